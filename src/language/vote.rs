//! Names agree over a document: one spelling is one kind of thing, and a surname alone is still its person.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::gazetteer;
use super::syntax::{Deprel, Name, NameKind, Syntax, Upos};
use crate::text::Document;

/// Makes the names of a document agree with each other, and finds single words that are names elsewhere in it.
///
/// A name takes the kind that most mentions of the same words have. A word alone that ends a person's longer name is that
/// person, unless the word alone is mostly something else. A capitalised proper noun that stands alone and is a name
/// elsewhere becomes one.
pub fn agree(document: &Document<'_>, syntax: &mut Syntax) {
    whole_words(document, syntax);
    find_places(document, syntax);
    if syntax.names.is_empty() {
        return;
    }
    let words = |name: &Name| -> Vec<&str> { name.tokens.clone().map(|i| document.word(i)).collect() };
    let mut counts: HashMap<Vec<&str>, [u32; NameKind::ALL.len()]> = HashMap::new();
    let mut surnames: HashSet<&str> = HashSet::new();
    // Words of longer names of bodies and places: "Ford Motor" beside "Henry Ford".
    let mut shared: HashSet<&str> = HashSet::new();
    for name in &syntax.names {
        let words = words(name);
        match (name.kind, &words[..]) {
            (NameKind::Person, [_, .., last]) => drop(surnames.insert(last)),
            (_, [_, _, ..]) => shared.extend(&words),
            _ => {}
        }
        counts.entry(words).or_default()[name.kind as usize] += 1;
    }
    // The kind of some words and whether most mentions have it. A surname is its person whatever most mentions were taken
    // for, unless a body has it in its name too.
    let kind_of = |words: &[&str]| -> Option<NameKind> {
        let mut votes = counts.get(words).copied().unwrap_or_default();
        if let [word] = words
            && surnames.contains(word)
        {
            votes[NameKind::Person as usize] += if shared.contains(word) { 2 } else { u32::MAX / 2 };
        }
        let most = *votes.iter().max()?;
        let clear = most > 0 && votes.iter().filter(|&&v| v == most).count() == 1;
        NameKind::ALL.iter().copied().find(|&kind| clear && votes[kind as usize] == most)
    };
    for name in &mut syntax.names {
        name.kind = kind_of(&words(name)).unwrap_or(name.kind);
    }
    let mut named = vec![false; document.tokens.len()];
    for name in &syntax.names {
        named[name.tokens.clone()].fill(true);
    }
    for (i, named) in named.iter().enumerate().take(syntax.words.len()) {
        if !named && surnames.contains(document.word(i)) && is_person_after_all(document, syntax, i) {
            let word = &mut syntax.words[i];
            (word.upos, word.xpos, word.lemma) = (Upos::Propn, "NNP", document.word(i).into());
        }
    }
    let proper = |i: usize| syntax.words.get(i).is_some_and(|word| word.upos == Upos::Propn);
    let mut found = Vec::new();
    for sentence in &document.sentences {
        let tokens = sentence.tokens.clone();
        for i in tokens.clone() {
            let word = document.word(i);
            let beside = |j: usize| tokens.contains(&j) && proper(j);
            let alone = !named[i] && proper(i) && !beside(i + 1) && !i.checked_sub(1).is_some_and(beside);
            if alone
                && word.starts_with(char::is_uppercase)
                && let Some(kind) = kind_of(&[word])
            {
                found.push(Name { tokens: i..i + 1, kind });
            }
        }
    }
    if !found.is_empty() {
        syntax.names.append(&mut found);
        syntax.names.sort_by_key(|name| name.tokens.start);
    }
}

/// Whether a surname that the tagger took for a common noun is one here: "Jobs said", where "Steve Jobs" stands before.
/// "Jobs were lost" and "Banks have closed" speak of no person.
fn is_person_after_all(document: &Document<'_>, syntax: &Syntax, i: usize) -> bool {
    let word = &syntax.words[i];
    let plural = |t: usize| {
        matches!(document.word(t), "were" | "are" | "have" | "do" | "'re" | "'ve") && syntax.words[t].head == word.head
            || Some(t) == word.head && syntax.words[t].xpos == "VBP"
    };
    let sentence = &document.sentences[document.sentence_of(i)].tokens;
    let subject = matches!(word.deprel, Deprel::Nsubj | Deprel::NsubjPass);
    let other = sentence.clone().any(|t| {
        let own = syntax.words[t].head == Some(i);
        own && matches!(syntax.words[t].deprel, Deprel::Det | Deprel::Amod | Deprel::Nummod | Deprel::Compound)
    });
    word.upos == Upos::Noun
        && document.word(i).starts_with(char::is_uppercase)
        && !other
        && (subject && !sentence.clone().any(plural)
            || i > sentence.start
                && matches!(
                    word.deprel,
                    Deprel::NmodPoss | Deprel::Obj | Deprel::Obl | Deprel::OblAgent | Deprel::Nmod
                ))
}

/// Names of countries and capitals are places, whatever the network takes them for, unless somebody is called so; those
/// that it missed are found.
/// A name neither begins nor ends inside a hyphenated word whose other parts are capitalised too: "Kassym-Jomart Tokayev",
/// "Mazar-i-Sharif". In "U.S.-led" the last part is no name.
fn whole_words(document: &Document<'_>, syntax: &mut Syntax) {
    let hyphen = |i: usize| document.tokens.get(i).is_some_and(|t| document.word(i) == "-" && !t.space_after);
    let tight = |i: usize| document.tokens.get(i).is_some_and(|t| !t.space_after);
    let capital = |i: usize| i < document.tokens.len() && document.word(i).starts_with(char::is_uppercase);
    let mut names = std::mem::take(&mut syntax.names);
    for name in &mut names {
        let sentence = document.sentences[document.sentence_of(name.tokens.start)].tokens.clone();
        while name.tokens.start >= sentence.start + 2
            && hyphen(name.tokens.start - 1)
            && tight(name.tokens.start - 2)
            && capital(name.tokens.start - 2)
            && capital(name.tokens.start)
        {
            name.tokens.start -= 2;
        }
        // Small parts between ("-i-", "-al-") belong to the word if it ends with a capitalised one.
        let mut at = name.tokens.end;
        while at + 1 < sentence.end && tight(at - 1) && hyphen(at) {
            at += 2;
            if capital(at - 1) {
                name.tokens.end = at;
            }
        }
    }
    names.dedup_by(|next, name| {
        let overlaps = next.tokens.start < name.tokens.end;
        if overlaps {
            name.tokens.end = name.tokens.end.max(next.tokens.end);
        }
        overlaps
    });
    syntax.names = names;
}

fn find_places(document: &Document<'_>, syntax: &mut Syntax) {
    let text = |tokens: Range<usize>| tokens.map(|i| document.word(i)).collect::<Vec<_>>().join(" ");
    let called: HashSet<&str> = syntax
        .names
        .iter()
        .filter(|name| name.kind == NameKind::Person && name.tokens.len() > 1)
        .map(|name| document.word(name.tokens.end - 1))
        .collect();
    let mut named = vec![false; document.tokens.len()];
    for name in &mut syntax.names {
        named[name.tokens.clone()].fill(true);
        let short = name.tokens.len() <= gazetteer::LONGEST && name.kind != NameKind::Location;
        let person = name.tokens.len() == 1 && called.contains(document.word(name.tokens.start));
        if short && !person && gazetteer::is_place(&text(name.tokens.clone())) {
            name.kind = NameKind::Location;
        }
    }
    let proper = |i: usize| syntax.words.get(i).is_some_and(|word| word.upos == Upos::Propn);
    let mut found = Vec::new();
    for sentence in &document.sentences {
        let mut i = sentence.tokens.start;
        while i < sentence.tokens.end {
            let most = gazetteer::LONGEST.min(sentence.tokens.end - i);
            let fits = |length: &usize| {
                let tokens = i..i + length;
                // "Sudan Airways", "Lima Street": a part of a longer name is none of its own.
                let longer = tokens.end < sentence.tokens.end && proper(tokens.end)
                    || i > sentence.tokens.start && proper(i - 1)
                    || tokens.clone().any(|t| named[t]);
                proper(tokens.end - 1) && !longer && gazetteer::is_place(&text(tokens))
            };
            let starts =
                !named[i] && document.word(i).starts_with(char::is_uppercase) && !document.word(i).contains('.');
            match (1..=most).rev().filter(|_| starts).find(fits) {
                Some(length) => {
                    found.push(Name { tokens: i..i + length, kind: NameKind::Location });
                    i += length;
                }
                None => i += 1,
            }
        }
    }
    if !found.is_empty() {
        syntax.names.append(&mut found);
        syntax.names.sort_by_key(|name| name.tokens.start);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Word;

    #[test]
    fn names_are_made_of_whole_words() {
        let document = Document::of("Kassym-Jomart Tokayev flew to Mazar-i-Sharif with U.S.-led troops.");
        let word = |w: &str| (0..document.tokens.len()).find(|i| document.word(*i) == w).unwrap();
        let name = |kind, from: &str, to: &str| Name { tokens: word(from)..word(to) + 1, kind };
        let mut syntax = Syntax {
            names: vec![
                name(NameKind::Person, "Jomart", "Tokayev"),
                name(NameKind::Location, "Mazar", "Mazar"),
                name(NameKind::Location, "U.S.", "U.S."),
            ],
            ..Syntax::default()
        };
        whole_words(&document, &mut syntax);
        let found: Vec<_> = syntax.names.iter().map(|n| document.words(document.span_of(n.tokens.clone()))).collect();
        assert_eq!(found, ["Kassym-Jomart Tokayev", "Mazar-i-Sharif", "U.S."]);
    }

    #[test]
    fn a_surname_outvotes_what_it_was_taken_for() {
        let document = Document::of("Ada Banks spoke. Banks left. Banks slept.");
        let word = |upos| Word { lemma: "x".into(), upos, xpos: "NNP", head: None, deprel: Deprel::Nsubj };
        let capital = |i: usize| document.word(i).starts_with(char::is_uppercase);
        let upos = |i: usize| if capital(i) { Upos::Propn } else { Upos::Verb };
        let words: Vec<Word> = (0..document.tokens.len()).map(|i| word(upos(i))).collect();
        let name = |tokens, kind| Name { tokens, kind };
        let taken =
            vec![name(0..2, NameKind::Person), name(4..5, NameKind::Organisation), name(7..8, NameKind::Organisation)];
        let mut syntax = Syntax { words: words.clone(), names: taken.clone(), ..Syntax::default() };
        agree(&document, &mut syntax);
        assert!(syntax.names.iter().all(|n| n.kind == NameKind::Person), "{:?}", syntax.names);
        // A common noun in the singular subject of a clause, where the surname is known.
        let mut syntax = Syntax { words, names: taken[..1].to_vec(), ..Syntax::default() };
        syntax.words[4].upos = Upos::Noun;
        agree(&document, &mut syntax);
        assert!(syntax.names.contains(&name(4..5, NameKind::Person)), "{:?}", syntax.names);
    }

    #[test]
    fn a_surname_alone_is_its_person() {
        let document = Document::of("Anna Weber left. Weber said so. Officials met Weber in Weber.");
        let word = |propn: bool| Word {
            lemma: "x".into(),
            upos: if propn { Upos::Propn } else { Upos::Noun },
            xpos: "NN",
            head: None,
            deprel: Deprel::Dep,
        };
        let words = (0..document.tokens.len()).map(|i| word(matches!(document.word(i), "Anna" | "Weber"))).collect();
        let name = |tokens, kind| Name { tokens, kind };
        let mut syntax = Syntax {
            words,
            names: vec![name(0..2, NameKind::Person), name(4..5, NameKind::Organisation)],
            ..Syntax::default()
        };
        agree(&document, &mut syntax);
        let expected = [0..2, 4..5, 10..11, 12..13].map(|tokens| name(tokens, NameKind::Person));
        assert_eq!(syntax.names, expected);
    }
}
