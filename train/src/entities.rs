//! Names from the entity annotation of GUM: the proper-noun core of each person, organisation and place.

use dateline::language::NameKind;

use crate::treebank::{Gold, Named, Sentence};

/// An entity bracket of one sentence: first and last token.
struct Mention {
    start: usize,
    end: usize,
    kind: Option<NameKind>,
}

/// Sentences with name tags. Where names are nested, the outer one counts: "University of Portsmouth".
pub fn names(sentences: &[Sentence]) -> Vec<Named> {
    sentences
        .iter()
        .map(|sentence| {
            let mut tags: Vec<Option<(NameKind, bool)>> = vec![None; sentence.len()];
            let mut mentions = mentions(sentence);
            mentions.sort_by_key(|m| (m.start, std::cmp::Reverse(m.end)));
            for mention in mentions {
                let Some((start, end)) = core(sentence, &mention) else { continue };
                let Some(kind) = mention.kind else { continue };
                if tags[start..=end].iter().all(Option::is_none) {
                    for (i, tag) in tags.iter_mut().enumerate().take(end + 1).skip(start) {
                        *tag = Some((kind, i == start));
                    }
                }
            }
            sentence
                .iter()
                .zip(tags)
                .map(|(word, tag)| {
                    let tag = match tag {
                        Some((kind, first)) => format!("{}-{kind}", if first { "B" } else { "I" }),
                        None => "O".to_owned(),
                    };
                    (word.form.clone(), tag)
                })
                .collect()
        })
        .collect()
}

/// The brackets of `Entity=(1-person-...(2-place-...)1)`, those of other kinds too.
fn mentions(sentence: &Sentence) -> Vec<Mention> {
    let mut open: Vec<(String, usize, Option<NameKind>)> = Vec::new();
    let mut out = Vec::new();
    for (i, word) in sentence.iter().enumerate() {
        let Some(entity) = word.misc.split('|').find_map(|part| part.strip_prefix("Entity=")) else { continue };
        let mut rest = entity;
        while !rest.is_empty() {
            let opens = rest.strip_prefix('(');
            let body = opens.unwrap_or(rest);
            let stop = body.find(['(', ')']).unwrap_or(body.len());
            let mut fields = body[..stop].split('-');
            let id = fields.next().unwrap_or_default().to_owned();
            if opens.is_some() {
                let kind = match fields.next() {
                    Some("person") => Some(NameKind::Person),
                    Some("organization") => Some(NameKind::Organisation),
                    Some("place") => Some(NameKind::Location),
                    _ => None,
                };
                open.push((id.clone(), i, kind));
            }
            let closes = body[stop..].starts_with(')');
            if closes && let Some(at) = open.iter().rposition(|(other, ..)| *other == id) {
                let (_, start, kind) = open.remove(at);
                out.push(Mention { start, end: i, kind });
            }
            rest = &body[stop + usize::from(closes)..];
        }
    }
    out
}

fn is_proper(word: &Gold) -> bool {
    word.xpos.starts_with("NNP") || word.upos == "PROPN"
}

/// First and last token of the name in a mention, if it is one: its head is a proper noun.
fn core(sentence: &Sentence, mention: &Mention) -> Option<(usize, usize)> {
    let inside = mention.start..mention.end + 1;
    let head = inside.clone().find(|&i| !inside.contains(&(sentence[i].head as usize)))?;
    if !is_proper(&sentence[head]) {
        return None;
    }
    let person = mention.kind == Some(NameKind::Person);
    let title = |i: usize| person && i != head && sentence[i].deprel.starts_with("nmod:desc");
    let part = |i: usize| {
        let word = &sentence[i];
        (is_proper(word)
            || word.form.starts_with(char::is_uppercase) && !matches!(word.upos.as_str(), "DET" | "PRON" | "ADP"))
            && !title(i)
            || matches!(
                word.form.as_str(),
                "-" | "–" | "." | "'s" | "’s" | "&" | "and" | "of" | "for" | "the" | "de" | "la" | "al"
            ) && !person
            || matches!(word.form.as_str(), "-" | "de" | "van" | "von" | "bin" | "al" | "la" | "der" | "du")
            || word.upos == "NUM" && i > head
            || matches!(word.deprel.as_str(), "flat" | "goeswith")
    };
    let mut start = head;
    while start > mention.start && part(start - 1) {
        start -= 1;
    }
    let mut end = head;
    while end < mention.end && part(end + 1) {
        end += 1;
    }
    // Names begin and end with a word of their own.
    while start < head && !is_proper(&sentence[start]) && !sentence[start].form.starts_with(char::is_uppercase) {
        start += 1;
    }
    while end > head && !is_proper(&sentence[end]) && sentence[end].upos != "NUM" {
        end -= 1;
    }
    Some((start, end))
}
