//! Coreference within a document: laws that hold for any text, and short texts with the chains that they should have.

use dateline::language::conllu::{self, Sheet};
use dateline::language::coref::Net;
use dateline::language::coref::net::MAGIC;
use dateline::language::model::ModelError;
use dateline::language::{Model, Parser, Syntax};
use dateline::text::Document;
use proptest::prelude::*;
use std::collections::{HashMap, HashSet};

fn parse(text: &str) -> (Document<'_>, Syntax) {
    let document = Document::of(text);
    let syntax = Model::embedded().parse(&document);
    (document, syntax)
}

fn check(document: &Document<'_>, syntax: &Syntax) {
    let mut seen = HashSet::new();
    let mut first = 0;
    for chain in &syntax.chains {
        assert!(chain.mentions.len() > 1, "a chain has two mentions");
        assert!(chain.mentions[0].tokens.start >= first, "chains are in the order of their first mentions");
        first = chain.mentions[0].tokens.start;
        for mention in &chain.mentions {
            assert!(mention.tokens.contains(&mention.head));
            let sentence = &document.sentences[document.sentence_of(mention.head)].tokens;
            assert!(sentence.start <= mention.tokens.start && mention.tokens.end <= sentence.end, "inside a sentence");
            assert!(seen.insert(mention.tokens.clone()), "no two mentions have the same tokens");
        }
        for pair in chain.mentions.windows(2) {
            assert!(pair[0].tokens.end <= pair[1].tokens.start, "mentions of a chain are in order and do not overlap");
        }
    }
}

/// The chains that the brackets of `Entity=` give.
fn brackets(written: &str) -> Vec<Vec<(usize, usize)>> {
    let (mut chains, mut open): (HashMap<usize, Vec<_>>, Vec<(usize, usize)>) = Default::default();
    let mut token = 0;
    for line in written.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let columns: Vec<&str> = line.split('\t').collect();
        if columns[0].contains('-') {
            continue;
        }
        let keys: Vec<String> = columns[9].split('|').map(|p| p.split('=').next().unwrap().to_lowercase()).collect();
        assert!(keys.is_sorted(), "keys are in alphabetical order: {line}");
        let mut rest = columns[9].split('|').find_map(|part| part.strip_prefix("Entity=")).unwrap_or_default();
        while !rest.is_empty() {
            let opens = rest.starts_with('(');
            rest = rest.strip_prefix('(').unwrap_or(rest);
            let stop = rest.find(['(', ')']).unwrap_or(rest.len());
            let id: usize = rest[..stop].parse().unwrap();
            if opens {
                open.push((id, token));
            }
            rest = &rest[stop..];
            if let Some(after) = rest.strip_prefix(')') {
                let at = open.iter().rposition(|(other, _)| *other == id).expect("what closes was opened");
                chains.entry(id).or_default().push((open.remove(at).1, token + 1));
                rest = after;
            }
        }
        token += 1;
    }
    assert!(open.is_empty(), "what opens is closed");
    (1..=chains.len())
        .map(|id| {
            let mut chain = chains.remove(&id).expect("numbers count from 1");
            chain.sort_unstable();
            chain
        })
        .collect()
}

proptest! {
    #[test]
    fn any_text_has_lawful_chains(text in "((Anna|Bob|He|she|it|the man|They|his|this|U\\.N\\.|saw|said|of|and|in|[(]|[)]|“|”|,|[.]|\n\n|[a-z]{1,5}) ?){0,80}") {
        let (document, syntax) = parse(&text);
        check(&document, &syntax);
        let chains: Vec<Vec<(usize, usize)>> =
            syntax.chains.iter().map(|c| c.mentions.iter().map(|m| (m.tokens.start, m.tokens.end)).collect()).collect();
        prop_assert_eq!(brackets(&conllu::write(&document, &syntax, None)), chains);
    }

    #[test]
    fn any_characters_have_lawful_chains(text in ".{0,200}") {
        let (document, syntax) = parse(&text);
        check(&document, &syntax);
    }

    #[test]
    fn any_bytes_are_no_weights_or_harmless_ones(bytes in prop::collection::vec(any::<u8>(), 0..300), cut in 0..300_000_usize, at in 0..300_000_usize) {
        let _ = Net::read(&bytes);
        let mut damaged = include_bytes!("../data/model/coref.dlm").to_vec();
        let length = damaged.len();
        for (k, byte) in bytes.into_iter().enumerate() {
            damaged[(at + k) % length] = byte;
        }
        damaged.truncate(cut.max(length / 2));
        if let Ok(net) = Net::read(&damaged) {
            let (document, mut syntax) = parse("Anna saw the man. He thanked her, and they left the city.");
            syntax.chains = net.resolve(&document, &syntax);
            check(&document, &syntax);
        }
    }
}

#[test]
fn the_weights_in_the_binary_are_whole() {
    let bytes = include_bytes!("../data/model/coref.dlm");
    assert!(bytes.len() <= 300 << 10, "{} bytes", bytes.len());
    Net::read(bytes).expect("the weights are of this version");
    assert_eq!(Net::read(b"PK").unwrap_err(), ModelError::Version);
    assert!(matches!(Net::read(&bytes[..bytes.len() - 1]), Err(ModelError::CutOff(_))));
    assert!(matches!(Net::read(&MAGIC), Err(ModelError::CutOff(_))));
}

#[test]
fn without_weights_there_are_no_chains() {
    let (document, syntax) = parse("Anna left. She was tired.");
    assert_eq!(Net::empty().resolve(&document, &syntax), []);
    assert!(!Net::embedded().is_empty());
    assert_eq!(Net::embedded().resolve(&document, &Syntax::default()), []);
}

#[test]
fn long_input_takes_linear_time() {
    for piece in ["He said it. ", "(", "the man of ", "Anna Smith ", "“I ", "a, b and ", "he "] {
        let text = piece.repeat(200_000 / piece.len());
        let (document, syntax) = parse(&text);
        check(&document, &syntax);
    }
}

#[test]
fn each_document_of_a_sheet_numbers_its_chains() {
    let one = "# newdoc id = a\n1\tAnna\t_\t_\t_\t_\t_\t_\t_\tEntity=(7)\n2\tleft\t_\t_\t_\t_\t_\t_\t_\t_\n3\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n\
               1\tShe\t_\t_\t_\t_\t_\t_\t_\t_\n2\twas\t_\t_\t_\t_\t_\t_\t_\t_\n3\ttired\t_\t_\t_\t_\t_\t_\t_\t_\n4\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n";
    let sheet = Sheet::read(&one.repeat(2)).unwrap();
    let written = sheet.write(&sheet.parse(Model::embedded()));
    assert_eq!(written.matches("Entity=(1)|Name=B-PER\n").count(), 2, "{written}");
    assert_eq!(written.matches("Entity=(1)").count(), 4, "{written}");
    assert!(!written.contains("(7)"));
}

/// A line of tests/language/coref.txt: its text, and its mentions as bytes with their numbers.
fn bracketed(line: &str) -> (String, Vec<(usize, usize, u32)>) {
    let (mut text, mut mentions) = (String::new(), Vec::new());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('[') {
        let (inside, after) = after.split_once(']').unwrap();
        let (number, words) = inside.split_once(' ').unwrap();
        text.push_str(before);
        mentions.push((text.len(), text.len() + words.len(), number.parse().unwrap()));
        text.push_str(words);
        rest = after;
    }
    text.push_str(rest);
    (text, mentions)
}

#[test]
fn short_texts_have_the_chains_that_they_should_have() {
    let (mut right, mut expected, mut wrong) = (0, 0, 0);
    for line in include_str!("language/coref.txt").lines().filter(|line| !line.starts_with('#')) {
        let (text, mentions) = bracketed(line);
        let (document, syntax) = parse(&text);
        let chain = |start: usize, end: usize| {
            syntax.chains.iter().position(|c| {
                c.mentions.iter().any(|m| {
                    let span = document.span_of(m.tokens.clone());
                    // "Poland's" is a mention with its ending.
                    span.start as usize == start && document.words(span).trim_end_matches("'s").len() == end - start
                })
            })
        };
        let found: Vec<Option<usize>> = mentions.iter().map(|&(start, end, _)| chain(start, end)).collect();
        for (k, &(.., number)) in mentions.iter().enumerate() {
            if let Some(before) = mentions[..k].iter().rposition(|m| m.2 == number) {
                expected += 1;
                let linked = found[k].is_some() && found[k] == found[before];
                right += usize::from(linked);
                if !linked {
                    println!("not linked: {} in {text}", &text[mentions[k].0..mentions[k].1]);
                }
            }
            for other in (0..k).filter(|&other| mentions[other].2 != number) {
                if found[k].is_some() && found[k] == found[other] {
                    wrong += 1;
                    let words = |m: &(usize, usize, u32)| text[m.0..m.1].to_owned();
                    println!("linked: {} and {} in {text}", words(&mentions[other]), words(&mentions[k]));
                }
            }
        }
    }
    println!("{right} of {expected} links found, {wrong} pairs joined that should not be");
    assert!(right >= LINKS, "{right} of {expected} links");
    assert!(wrong <= WRONG, "{wrong} pairs");
}

/// What the weights in the repository reach, and one more either way.
const LINKS: usize = 32;
const WRONG: usize = 3;

#[test]
fn people_with_other_first_names_are_other_people() {
    let text = "John Smith spoke first. Jane Smith spoke next. John Smith left with Jane Smith.";
    let (document, syntax) = parse(text);
    for chain in &syntax.chains {
        let names: HashSet<&str> =
            chain.mentions.iter().map(|m| document.words(document.span_of(m.tokens.clone()))).collect();
        assert!(!(names.contains("John Smith") && names.contains("Jane Smith")), "{names:?}");
    }
}
