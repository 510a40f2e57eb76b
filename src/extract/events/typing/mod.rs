//! The type of an event that no rule knows: a classifier that has learned from clauses of our own.
//!
//! Rules outrank it. What it thinks of the clauses that rules decide goes into their confidence. `train/` makes its
//! weights; what it sees of a clause and reads of the clauses is public because the trainer must see exactly that.

pub mod clauses;
pub mod features;
pub mod weights;

use features::View;
use weights::Weights;

use super::Clauses;
use super::trigger::Trigger;
use crate::lexicon::{List, Route};
use crate::model::{EventMention, EventType, Reason, Role};

/// A type is given only with at least this probability: from here on, about two of three types that the classifier gives to
/// training clauses it has not learned from are right (data/model/TYPES.md).
pub const SURE: f32 = 0.8;
/// The same where the rules know the word for this type alone, though none of them fits: four of five are right.
pub const SURE_OF_KNOWN: f32 = 0.4;
/// Reasons that are told.
const TOLD: usize = 5;

/// What the classifier thinks of a trigger.
#[derive(Clone, Copy, Debug, Default)]
pub struct Opinion {
    /// The likeliest type; `None` for no happening, and where there are no weights.
    pub event_type: Option<EventType>,
    /// The probability of that type.
    pub probability: f32,
    /// That of the type that a rule gave.
    pub of_rule: f32,
    /// That of no happening.
    pub nothing: f32,
    /// The rules know the word for the likeliest type and no other.
    pub known: bool,
}

impl Opinion {
    /// The type, where it is one and sure enough.
    pub fn sure(&self) -> Option<EventType> {
        let sure = if self.known { SURE_OF_KNOWN } else { SURE };
        self.event_type.filter(|kind| *kind != EventType::Other && self.probability >= sure)
    }
}

/// What the classifier thinks of the clause of a trigger.
pub fn read(clauses: &Clauses<'_>, trigger: &Trigger) -> Opinion {
    let view = features::view(clauses, trigger);
    let of_rule = trigger.rule.map(|r| clauses.lexicon.events.rules()[r].event_type);
    opinion(Weights::embedded(), &view, of_rule)
}

/// The opinion that weights have of what is seen.
pub fn opinion(weights: &Weights<'_>, view: &View, of_rule: Option<EventType>) -> Opinion {
    let probabilities = weights.probabilities(view);
    let labelled = || weights.labels().iter().zip(&probabilities);
    let of = |kind: Option<EventType>| labelled().find(|(l, _)| l.event_type == kind).map_or(0.0, |(_, p)| *p);
    let mut best = Opinion { nothing: of(None), ..Opinion::default() };
    for kind in std::iter::once(None).chain(EventType::ALL.iter().copied().map(Some)) {
        let probability = of(kind);
        if probability > best.probability {
            (best.event_type, best.probability) = (kind, probability);
        }
    }
    best.known = best.event_type.is_some_and(|kind| view.is_known_for(kind)) && view.is_of_verb();
    // A death that rules count as one is as sure, whoever caused it.
    let killed = if of_rule == Some(EventType::Die) { of(Some(EventType::Assault)) } else { 0.0 };
    best.of_rule = of_rule.map_or(0.0, |kind| of(Some(kind))) + killed;
    best
}

/// Why the classifier thinks so: how sure it is, and the five things it saw that weigh most.
pub fn reasons(clauses: &Clauses<'_>, trigger: &Trigger) -> Vec<Reason> {
    let (weights, view) = (Weights::embedded(), features::view(clauses, trigger));
    let label = weights.labels().iter().position(|l| l.event_type == trigger.opinion.event_type);
    let percent = (trigger.opinion.probability * 100.0).round();
    let mut out =
        vec![Reason { field: "type".into(), rule: format!("classifier ({percent} %)"), span: Some(trigger.span) }];
    for (key, token, weight) in weights.why(&view, label.unwrap_or_default()).into_iter().take(TOLD) {
        let span = Some(clauses.tree.document.tokens[token].span);
        out.push(Reason { field: "type".into(), rule: format!("{key} (+{weight:.1})"), span });
    }
    out
}

/// How the type of an event was found, and how likely the classifier holds it; for events without a type, how likely it
/// holds them to be happenings at all.
pub fn route(clauses: &Clauses<'_>, trigger: &Trigger, by_speech_act: bool) -> (Route, f32) {
    let opinion = &trigger.opinion;
    match trigger.rule {
        _ if by_speech_act => (Route::SpeechAct, 0.0),
        Some(_) => (Route::Rule, opinion.of_rule),
        None if opinion.sure().is_some() => (Route::Classifier, opinion.probability),
        None if clauses.lexicon.words.has(List::Weak, &trigger.lemma) => (Route::Weak, 1.0 - opinion.nothing),
        None => (Route::Untyped, 1.0 - opinion.nothing),
    }
}

/// What a mention adds to its confidence for all else that was understood of it: so little that the confidence stays what it
/// is, and enough that of equally sure mentions the fullest speaks for the event.
pub fn fullness(event: &EventMention) -> f64 {
    let known = event.participants.iter().any(|p| p.role == Role::Agent && p.actor.is_some());
    let others = event.participants.iter().any(|p| p.role != Role::Agent);
    let parts = [known, others, event.when.timex.is_some(), event.place.is_some()];
    0.002 * parts.into_iter().filter(|part| *part).count() as f64
}
