use crate::language::{Deprel, Upos};
use crate::lexicon::{CountryWord, List, Organisation, RoleNoun};
use crate::model::{ActorKind, Country, Sector};

use super::super::Lexicon;
use super::super::tree::Tree;

/// The country that a run of tokens names, the longest reading first, with the tokens it takes.
pub fn country_at(
    tree: &Tree<'_>,
    lexicon: &Lexicon,
    start: usize,
    end: usize,
) -> Option<(CountryWord, Country, usize)> {
    let longest = lexicon.countries.longest().min(end - start);
    (1..=longest).rev().find_map(|length| {
        let words = tree.document.words(tree.document.span_of(start..start + length));
        // A lone small letter is never a country word.
        let capital = words.starts_with(|c: char| c.is_uppercase()) || words.starts_with("the ");
        let (how, names) = lexicon.countries.find(words).filter(|_| capital)?;
        Some((how, names.code, start + length))
    })
}

/// The first country that the tokens of a range speak of, in any way: "Russian forces", "Ukraine's Sumy region".
pub fn country_in(tree: &Tree<'_>, lexicon: &Lexicon, range: std::ops::Range<usize>) -> Option<Country> {
    let mut at = range.start;
    while at < range.end {
        match country_at(tree, lexicon, at, range.end) {
            Some((_, code, _)) => return Some(code),
            // "a former CIA official".
            None => match organisation_at(tree, lexicon, None, at, range.end) {
                Some((Organisation { country: Some(code), .. }, _)) => return Some(*code),
                _ => at += 1,
            },
        }
    }
    None
}

/// The role noun of a nominal head, with two-word nouns ("riot police", "prime minister") before one-word ones.
pub fn role_noun(tree: &Tree<'_>, lexicon: &Lexicon, head: usize) -> Option<RoleNoun> {
    let own = lemma_of(tree, head);
    if let Some(before) = head.checked_sub(1).filter(|b| tree.head(*b) == Some(head)) {
        let two = format!("{} {own}", tree.lower(before));
        if let Some(role) = lexicon.words.role(&two) {
            return Some(role);
        }
    }
    // Some plurals are lemmas of their own in the treebanks ("troops").
    let known = |noun: &str| lexicon.words.role(noun).or_else(|| lexicon.words.role(noun.strip_suffix('s')?));
    // "co-founder", "ex-minister", "vice-president".
    known(&own).or_else(|| known(own.split_once('-').filter(|(before, _)| OFFICE_PREFIXES.contains(before))?.1))
}

/// The sector of whoever a role noun names: that of the body in which an office is held ("a police spokesman", "director of
/// the aid agency"), else the noun's own; of an office that is held no longer, that it was.
pub fn sector_of(tree: &Tree<'_>, lexicon: &Lexicon, year: Option<i32>, noun: usize) -> Option<Sector> {
    let role = role_noun(tree, lexicon, noun)?;
    if role.kind != ActorKind::Person {
        return role.sector;
    }
    let phrase = tree.phrase(noun);
    if phrase.clone().any(|t| t < noun && lexicon.words.has(List::Bygone, &tree.lower(t))) {
        return role.sector.map(|_| Sector::Former);
    }
    if !lexicon.words.has(List::Heading, &lemma_of(tree, noun)) {
        return role.sector;
    }
    let known = |t: usize| organisation_at(tree, lexicon, year, t, phrase.end).and_then(|(known, _)| known.sector);
    let body = |t: usize| {
        let beside = matches!(tree.rel(t), Deprel::Compound | Deprel::Amod | Deprel::NmodPoss)
            || tree.rel(t) == Deprel::Nmod && matches!(tree.case(t).as_deref(), Some("of" | "for" | "at" | "with"));
        let body = role_noun(tree, lexicon, t).filter(|r| beside && r.kind != ActorKind::Person);
        body.and_then(|b| b.sector)
    };
    let found = phrase.clone().filter(|t| *t != noun).find_map(known);
    found.or_else(|| tree.dependents(noun).find_map(body)).or(role.sector)
}

/// Prefixes that leave a role what it is.
const OFFICE_PREFIXES: &[&str] = &["co", "ex", "vice"];

/// The dictionary form of a noun in small letters, also where the tagger took it for a name ("President").
pub fn lemma_of(tree: &Tree<'_>, token: usize) -> String {
    let lemma = tree.lemma(token).to_lowercase();
    if tree.pos(token) == Upos::Propn && tree.tag(token) == "NNPS" {
        return lemma.strip_suffix('s').map(str::to_owned).unwrap_or(lemma);
    }
    lemma
}

/// Whether a nominal stands where an actor acts or speaks: subject, agent of a passive, owner of an act.
pub fn acts(tree: &Tree<'_>, head: usize) -> bool {
    match tree.rel(head) {
        Deprel::Nsubj | Deprel::NsubjPass | Deprel::OblAgent | Deprel::NmodPoss | Deprel::Iobj => true,
        Deprel::Conj => tree.head(head).is_some_and(|h| tree.pos(h) != Upos::Verb && acts(tree, h)),
        Deprel::Obl | Deprel::Nmod => {
            let case = tree.case(head);
            matches!(case.as_deref(), Some("by" | "with" | "against" | "between" | "according to" | "for" | "of"))
        }
        _ => false,
    }
}

/// The known organisation that starts at a token, the longest reading first, with the end of its words. What a longer name
/// holds ("Apple Daily") is not the organisation.
pub fn organisation_at<'l>(
    tree: &Tree<'_>,
    lexicon: &'l Lexicon,
    year: Option<i32>,
    start: usize,
    end: usize,
) -> Option<(&'l Organisation, usize)> {
    let first = tree.word(start);
    if !first.starts_with(|c: char| c.is_uppercase()) && first != "al" {
        return None;
    }
    let longest = lexicon.organisations.longest().min(end - start);
    let name = tree.name(start).map(|n| n.tokens.clone());
    (1..=longest).rev().find_map(|length| {
        let stop = start + length;
        let inside = name.as_ref().is_some_and(|n| n.start < start || n.end > stop);
        let cuts = stop < end && tree.name(stop).is_some_and(|n| n.tokens.start < stop);
        if inside || cuts {
            return None;
        }
        let words = tree.document.words(tree.document.span_of(start..stop));
        lexicon.organisations.find(words, year).map(|known| (known, stop))
    })
}
