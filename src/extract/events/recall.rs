//! Nouns that take up what was told before: "the announcement" of what was announced.

use super::Clauses;
use super::trigger::Trigger;
use crate::language::Deprel;
use crate::model::{Basis, EventMention, EventType, Modality, Polarity, When};

/// A happening with its day.
#[derive(Clone, Debug)]
struct Happening {
    lemma: String,
    kind: EventType,
    sentence: usize,
    when: When,
}

/// "The attack" is the one that was told of at most so many sentences before.
const RECALL: usize = 8;

/// The happenings that have had their day so far, the latest last.
#[derive(Debug, Default)]
pub struct Happenings(Vec<Happening>);

impl Happenings {
    /// Takes in an event that lies on one day.
    pub fn remember(&mut self, event: &EventMention) {
        if event.polarity == Polarity::Positive && event.modality <= Modality::Reported {
            let (lemma, kind) = (event.trigger.lemma.clone(), event.event_type);
            self.0.push(Happening { lemma, kind, sentence: event.sentence, when: event.when.clone() });
        }
    }

    /// The date of the happening that a definite noun takes up: "the announcement" of what was announced, "the attack" that
    /// was told of before.
    pub fn recall(&self, clauses: &Clauses<'_>, trigger: &Trigger, kind: EventType) -> Option<When> {
        let tree = clauses.tree;
        let noun = trigger.token;
        let definite = tree.first(noun, &[Deprel::NmodPoss]).is_some()
            || tree
                .first(noun, &[Deprel::Det])
                .is_some_and(|d| matches!(tree.lower(d).as_str(), "the" | "this" | "that"));
        // "The second attack", "the attack of last year", "the announcement of the winner" may be another.
        let other =
            tree.with_rel(noun, &[Deprel::Amod, Deprel::Nummod, Deprel::Nmod, Deprel::AclRelcl]).next().is_some();
        if trigger.verb || !definite || other || tree.tag(noun) == "NNS" {
            return None;
        }
        // A war or a campaign is longer than the day that was named last.
        if LASTING.contains(&trigger.lemma.as_str()) {
            return None;
        }
        let at = tree.document.sentence_of(noun);
        let near = self.0.iter().rev().take_while(|t| t.sentence + RECALL >= at);
        let sudden = is_sudden(&trigger.lemma);
        let mut same = near.filter(|t| {
            let types = t.kind == kind || t.kind == EventType::Other || kind == EventType::Other;
            types && share_stem(&t.lemma, &trigger.lemma) || sudden && t.kind == kind
        });
        let told = same.next()?;
        // Of two days, nobody says which.
        if same.any(|t| t.when.interval != told.when.interval) {
            return None;
        }
        let edtf = told.when.interval.from().map(|d| format!("{d}~"));
        Some(When { basis: Basis::Narrative, approximate: true, edtf, ..told.when.clone() })
    }
}

/// Nouns for what lasts: the day that something of it happened is not its day.
const LASTING: &[&str] = &[
    "war",
    "offensive",
    "fighting",
    "campaign",
    "conflict",
    "siege",
    "blockade",
    "occupation",
    "operation",
    "crisis",
    "investigation",
    "inquiry",
    "search",
    "dispute",
    "revolution",
    "rebellion",
    "struggle",
    "talk",
    "negotiation",
];

/// Nouns that take up any sudden happening of their type: "the accident" after "a lorry hit a bus", "the verdict" after "was
/// jailed".
const SUDDEN: &[&str] = &[
    "attack",
    "incident",
    "accident",
    "crash",
    "disaster",
    "tragedy",
    "blast",
    "explosion",
    "shooting",
    "assault",
    "derailment",
    "collision",
    "announcement",
    "statement",
    "resignation",
    "verdict",
    "ruling",
];

/// Whether a noun takes up any sudden happening of its type.
pub fn is_sudden(noun: &str) -> bool {
    SUDDEN.contains(&noun)
}

/// Whether two words are forms of one: "announce" and "announcement", "bomb" and "bombing".
fn share_stem(a: &str, b: &str) -> bool {
    const STEM: usize = 5;
    let shared = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let shorter = a.chars().count().min(b.chars().count());
    shared >= STEM || shared >= STEM - 1 && shared == shorter
}
