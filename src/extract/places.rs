//! Where: places named in an article, as far as its own words and the list of countries tell.

use super::Lexicon;
use super::actors::phrase::{country_at, country_in, lemma_of};
use super::tree::Tree;
use crate::language::{Deprel, NameKind, Upos};
use crate::lexicon::{CountryWord, List};
use crate::model::{Country, Place, PlaceMention, PlacePrecision};
use crate::text::fold;
use crate::time::is_calendar_name;

/// The place that a nominal head names, if it names one: a name of a place, a country, or a noun such as "village" that
/// a name or a region makes definite ("a border village in Ukraine's Sumy region").
///
/// What is not said stays unknown: no country is guessed for a town.
pub fn place_at(tree: &Tree<'_>, lexicon: &Lexicon, head: usize) -> Option<PlaceMention> {
    let named = name_of(tree, lexicon, head);
    let lemma = lemma_of(tree, head);
    let noun = lexicon.words.has(List::Place, &lemma) && tree.pos(head) != Upos::Verb;
    let phrase = tree.phrase(head);
    let span = tree.document.span_of(phrase.clone());
    let (name, precision, country, rule) = match named {
        Some((name, Some((CountryWord::Name, code)))) => (name, PlacePrecision::Country, Some(code), "country-name"),
        Some((name, Some((_, code)))) => (name, PlacePrecision::City, Some(code), "capital-name"),
        Some((name, None)) => {
            let precision = if noun { precision_of(&lemma) } else { PlacePrecision::Unknown };
            (name, precision, containing(tree, lexicon, head), "place-name")
        }
        None if noun => {
            let rels =
                [Deprel::Nmod, Deprel::Compound, Deprel::Appos, Deprel::NmodDesc, Deprel::Flat, Deprel::NmodPoss];
            let names: Vec<usize> = tree.with_rel(head, &rels).filter(|d| names_place(tree, lexicon, *d)).collect();
            // "the village of Hrabovske in ...": its own name first; then the name of the region before its owner.
            let own = names.iter().copied().find(|d| tree.case(*d).as_deref() == Some("of"));
            let inner = own.or_else(|| names.last().copied());
            let inner = inner?;
            let of = matches!(tree.case(inner).as_deref(), Some("of") | None) && tree.rel(inner) != Deprel::NmodPoss;
            let (inner_name, known) = name_of(tree, lexicon, inner)
                .or_else(|| place_at(tree, lexicon, inner).map(|m| (m.place.name, None)))?;
            let country = known
                .map(|(_, code)| code)
                .or_else(|| containing(tree, lexicon, inner))
                .or_else(|| containing(tree, lexicon, head));
            if of {
                // "the village of Hrabovske", "Hatay province": the name is that of the noun.
                let before = tree.rel(inner) == Deprel::Compound && inner < head;
                let name = if before { format!("{inner_name} {}", tree.word(head)) } else { inner_name };
                (name, precision_of(&lemma), country, "place-noun-with-name")
            } else {
                // "a border village in the Sumy region": all that is known is the region.
                let inner = place_at(tree, lexicon, inner)?;
                (inner.place.name, inner.place.precision, inner.place.country.or(country), "place-noun-inside")
            }
        }
        None => return None,
    };
    let place = Place { name, country, region: None, lat: None, lon: None, precision };
    Some(PlaceMention { span, place, rule: rule.to_owned() })
}

/// The place name that a token heads, and the country word that it is, if it is one. Signs alone name nothing, whatever
/// the model takes them for.
fn name_of(tree: &Tree<'_>, lexicon: &Lexicon, head: usize) -> Option<(String, Option<(CountryWord, Country)>)> {
    words_of(tree, lexicon, head).filter(|(name, _)| fold(name).contains(char::is_alphanumeric))
}

fn words_of(tree: &Tree<'_>, lexicon: &Lexicon, head: usize) -> Option<(String, Option<(CountryWord, Country)>)> {
    let sentence = &tree.document.sentences[tree.document.sentence_of(head)].tokens;
    if let Some(name) = tree.name(head) {
        if name.kind != NameKind::Location {
            return None;
        }
        let words = tree.document.words(tree.document.span_of(name.tokens.clone()));
        let known = country_at(tree, lexicon, name.tokens.start, name.tokens.end)
            .filter(|(how, _, end)| *end == name.tokens.end && *how != CountryWord::People)
            .map(|(how, code, _)| (how, code));
        return Some((words.trim_end_matches(['\'', '’']).to_owned(), known));
    }
    let start = tree.phrase(head).start.max(head.saturating_sub(4));
    for first in start..=head {
        if let Some((how, code, end)) = country_at(tree, lexicon, first, sentence.end)
            && how != CountryWord::People
            && end > head
            && tree.head_of_range(first..end) == head
        {
            return Some((tree.document.words(tree.document.span_of(first..end)).to_owned(), Some((how, code))));
        }
    }
    // "Sumy region", "Hatay province": a name that the model missed, right before a place noun.
    let before_noun = tree.pos(head) == Upos::Propn
        && tree.rel(head) == Deprel::Compound
        && tree.head(head).is_some_and(|h| h == head + 1 && lexicon.words.has(List::Place, &lemma_of(tree, h)));
    if before_noun && tree.name(head).is_none() && lexicon.words.role(&lemma_of(tree, head)).is_none() {
        return Some((tree.word(head).to_owned(), None));
    }
    // A capitalised name that the model missed, right after a preposition of place.
    let proper = tree.pos(head) == Upos::Propn && tree.name(head).is_none();
    let placed = tree
        .case(head)
        .is_some_and(|c| matches!(c.as_str(), "in" | "at" | "near" | "outside" | "from" | "to" | "around"));
    let is_time = lexicon.words.role(&lemma_of(tree, head)).is_some() || is_calendar_name(&tree.lower(head));
    let titled = tree
        .with_rel(head, &[Deprel::Compound, Deprel::NmodDesc, Deprel::Flat])
        .any(|d| lexicon.words.role(&lemma_of(tree, d)).is_some() || lexicon.words.first_name(tree.word(d)).is_some());
    (proper && placed && !is_time && !titled).then(|| {
        let start = tree.with_rel(head, &[Deprel::Compound, Deprel::Flat]).filter(|d| *d < head).min().unwrap_or(head);
        let end = tree.with_rel(head, &[Deprel::Flat]).max().unwrap_or(head).max(head);
        (tree.document.words(tree.document.span_of(start..end + 1)).to_owned(), None)
    })
}

fn names_place(tree: &Tree<'_>, lexicon: &Lexicon, token: usize) -> bool {
    name_of(tree, lexicon, token).is_some()
        || (lexicon.words.has(List::Place, &lemma_of(tree, token)) && place_at_depth(tree, lexicon, token))
}

/// Whether a place noun holds a name of its own, one step down; deeper nesting is not read.
fn place_at_depth(tree: &Tree<'_>, lexicon: &Lexicon, token: usize) -> bool {
    tree.dependents(token).any(|d| name_of(tree, lexicon, d).is_some())
}

/// The country that the words around a place name put it in: "Ukraine's Sumy region", "Lusail, Qatar", "Chiva in Spain".
fn containing(tree: &Tree<'_>, lexicon: &Lexicon, head: usize) -> Option<Country> {
    let below = tree.extent(head, &[Deprel::Acl, Deprel::AclRelcl, Deprel::Conj, Deprel::Advcl, Deprel::Parataxis]);
    if let Some(code) = country_in(tree, lexicon, below) {
        return Some(code);
    }
    let above = tree
        .head(head)
        .filter(|_| matches!(tree.rel(head), Deprel::Compound | Deprel::Nmod | Deprel::Flat | Deprel::Appos))?;
    country_in(tree, lexicon, tree.phrase(above))
}

fn precision_of(noun: &str) -> PlacePrecision {
    match noun {
        "village" | "town" | "city" | "capital" | "port" | "suburb" | "settlement" | "municipality" | "hamlet"
        | "commune" | "enclave" => PlacePrecision::City,
        "region" | "province" | "district" | "county" | "state" | "oblast" | "territory" | "peninsula" | "island"
        | "prefecture" | "canton" | "valley" | "coast" | "zone" | "strip" => PlacePrecision::Region,
        _ => PlacePrecision::Exact,
    }
}
