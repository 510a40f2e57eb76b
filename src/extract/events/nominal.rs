//! Event nouns: what stands around them tells who did what to whom.

use super::frame::{Frame, coordinated, verb_frame, verb_lemma};
use crate::extract::Lexicon;
use crate::extract::actors::phrase::{country_at, organisation_at};
use crate::extract::tree::Tree;
use crate::language::{Deprel, Upos};
use crate::lexicon::{CountryWord, List, Words};

/// The frame of an event noun: "Russia's invasion of Ukraine", "talks between A and B", "an attack by C on D", and the
/// arguments of the light verb that governs it.
pub fn noun_frame(tree: &Tree<'_>, words: &Words, noun: usize) -> Frame {
    let mut found = own_frame(tree, noun);
    if let Some(verb) = governing_verb(tree, noun).filter(|_| found.agents.is_empty()) {
        let lemma = verb_lemma(tree, verb);
        let above = verb_frame(tree, words, verb);
        // "a round of talks", "rejection and condemnation": the first noun is the object.
        let joined = |t: usize| match tree.rel(t) {
            Deprel::Conj => true,
            Deprel::Nmod => {
                let counted = |h: usize| words.has(List::Quantity, tree.lemma(h));
                tree.case(t).as_deref() == Some("of") && tree.head(t).is_some_and(counted)
            }
            _ => false,
        };
        let steps = std::iter::successors(Some(noun), |t| tree.head(*t).filter(|h| joined(*t) && *h != verb));
        let top = steps.take(4).last().unwrap_or(noun);
        let inside = tree.rel(noun) == Deprel::Obl
            && matches!(tree.case(noun).as_deref(), Some("in" | "at" | "during" | "with" | "on"));
        let is_object = tree.rel(top) == Deprel::Obj || (inside && !above.agents.contains(&noun));
        // "told a briefing" and "spoke at a briefing" say whose briefing it was; "reported an accident" does not.
        let speaks = words.has(List::Reporting, tree.lemma(verb)) || matches!(tree.lemma(verb), "speak");
        let told = tree.rel(noun) == Deprel::Obl || words.has(List::Addressing, tree.lemma(verb));
        let lends = words.has(List::Lending, &lemma) || speaks && told;
        let undergone = words.has(List::Undergoing, tree.lemma(verb)) && found.patients.is_empty();
        if above.passive && lends && above.patients.contains(&noun) {
            // "a raid was carried out by marines".
            found.agents = above.agents;
        } else if is_object && undergone && !above.passive {
            found.patients = above.agents.iter().copied().filter(|a| *a != noun).collect();
        } else if is_object && lends && !above.passive {
            found.agents = above.agents.iter().copied().filter(|a| *a != noun).collect();
            if found.recipients.is_empty() {
                found.recipients = above.recipients.into_iter().filter(|r| *r != noun).collect();
            }
        }
    }
    found
}

/// The arguments that an event noun has of itself.
pub fn own_frame(tree: &Tree<'_>, noun: usize) -> Frame {
    let mut found = Frame::default();
    for child in tree.dependents(noun) {
        let case = tree.case(child);
        match (tree.rel(child), case.as_deref()) {
            (Deprel::NmodPoss, _) => found.agents.extend(coordinated(tree, child)),
            (Deprel::Nmod | Deprel::Obl, Some("of")) => found.patients.extend(coordinated(tree, child)),
            (Deprel::Nmod | Deprel::Obl, Some("from")) if ASKING.contains(&tree.lemma(noun)) => {
                found.agents.extend(coordinated(tree, child))
            }
            (Deprel::Nmod | Deprel::Obl, Some("by" | "between" | "among")) => {
                found.agents.extend(coordinated(tree, child))
            }
            (Deprel::Nmod | Deprel::Obl, Some("on" | "against" | "for" | "into")) => {
                found.patients.extend(coordinated(tree, child))
            }
            (Deprel::Nmod | Deprel::Obl, Some("with" | "to")) => found.recipients.extend(coordinated(tree, child)),
            _ => {}
        }
    }
    found
}

/// Nouns whose "from" names who asks or offers: "a request from the miners".
const ASKING: &[&str] = &[
    "request",
    "appeal",
    "demand",
    "call",
    "plea",
    "invitation",
    "offer",
    "proposal",
    "petition",
    "complaint",
    "threat",
    "warning",
    "pressure",
];

/// The verb whose argument a noun is, through coordination.
pub fn governing_verb(tree: &Tree<'_>, noun: usize) -> Option<usize> {
    let mut at = noun;
    for _ in 0..8 {
        let head = tree.head(at)?;
        match tree.rel(at) {
            Deprel::Conj | Deprel::Nmod | Deprel::Compound | Deprel::NmodPoss if tree.pos(head) != Upos::Verb => {
                at = head
            }
            Deprel::Obj
            | Deprel::Nsubj
            | Deprel::NsubjPass
            | Deprel::Obl
            | Deprel::OblAgent
            | Deprel::OblUnmarked
            | Deprel::Iobj => {
                // "The trial is due to open": the adjective has no clause of its own to give.
                return match tree.pos(head) {
                    Upos::Verb => Some(head),
                    Upos::Adj => tree.first(head, &[Deprel::Xcomp]).filter(|x| tree.is_infinitive(*x)),
                    _ => None,
                };
            }
            _ => return None,
        }
    }
    None
}

/// The verb that supports an event noun: the one that governs it, or the infinitive that the governing verb only puts off
/// ("the trial is expected to open").
pub fn support(tree: &Tree<'_>, words: &Words, noun: usize) -> Option<usize> {
    let supports = |v: &usize| [List::Light, List::TakingPlace].iter().any(|l| words.has(*l, tree.lemma(*v)));
    // "expressed concern over the rejection": what somebody is concerned about took place at another time.
    if matches!(tree.rel(noun), Deprel::Nmod | Deprel::NmodPoss) && tree.case(noun).as_deref() != Some("of") {
        return None;
    }
    let verb = governing_verb(tree, noun)?;
    let infinitive = tree.first(verb, &[Deprel::Xcomp]).filter(|x| tree.is_infinitive(*x) && supports(x));
    infinitive.filter(|_| words.has(List::Plan, tree.lemma(verb))).or(Some(verb).filter(supports))
}

/// Whoever an adjective or an abbreviation before an act names as its doer: "Israeli airstrikes", "a NATO raid". A full name
/// of a country tells where or against whom ("Iran sanctions"), and a war has two sides.
pub fn doer_before(tree: &Tree<'_>, lexicon: &Lexicon, noun: usize) -> Option<usize> {
    if matches!(tree.lemma(noun), "war" | "conflict" | "crisis") {
        return None;
    }
    let before = tree.with_rel(noun, &[Deprel::Amod, Deprel::Compound, Deprel::NmodDesc]).filter(|d| *d < noun);
    before.into_iter().find(|d| is_doer_before(tree, lexicon, *d))
}

fn is_doer_before(tree: &Tree<'_>, lexicon: &Lexicon, word: usize) -> bool {
    match country_at(tree, lexicon, word, word + 1) {
        Some((CountryWord::People, ..)) => true,
        Some((CountryWord::Name, ..)) => tree.word(word).chars().all(|c| c.is_uppercase() || c == '.'),
        Some(_) => false,
        None => organisation_at(tree, lexicon, None, word, word + 1).is_some(),
    }
}
