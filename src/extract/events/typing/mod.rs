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
use crate::lexicon::Route;
use crate::model::{EventType, Reason};

/// A type is given only with at least this probability: on clauses that train and measure in turn, four of five such types
/// are right.
pub static SURE: std::sync::LazyLock<f32> = std::sync::LazyLock::new(|| std::env::var("SURE").ok().and_then(|v| v.parse().ok()).unwrap_or(0.5));
/// A mode is given only if it has at least this share of its type.
const SURE_OF_MODE: f32 = 0.5;
/// Reasons that are told.
const TOLD: usize = 5;

/// What the classifier thinks of a trigger.
#[derive(Clone, Copy, Debug, Default)]
pub struct Opinion<'w> {
    /// The likeliest type; `None` for no happening, and where there are no weights.
    pub event_type: Option<EventType>,
    /// Its likeliest mode, where one is likely.
    pub mode: Option<&'w str>,
    /// The probability of that type.
    pub probability: f32,
    /// That of the type that a rule gave.
    pub of_rule: f32,
    /// That of no type: no happening, or one of none of the types.
    pub untyped: f32,
}

impl Opinion<'_> {
    /// The type, where it is one and sure enough.
    pub fn sure(&self) -> Option<EventType> {
        self.event_type.filter(|kind| *kind != EventType::Other && self.probability >= *SURE)
    }
}

/// What the classifier thinks of the clause of a trigger.
pub fn read(clauses: &Clauses<'_>, trigger: &Trigger) -> Opinion<'static> {
    let view = features::view(clauses, trigger);
    let of_rule = trigger.rule.map(|r| clauses.lexicon.events.rules()[r].event_type);
    opinion(Weights::embedded(), &view, of_rule)
}

/// The opinion that weights have of what is seen.
pub fn opinion<'w>(weights: &Weights<'w>, view: &View, of_rule: Option<EventType>) -> Opinion<'w> {
    let probabilities = weights.probabilities(view);
    let labelled = || weights.labels().iter().zip(&probabilities);
    let of = |kind: Option<EventType>| labelled().filter(|(l, _)| l.event_type == kind).map(|(_, p)| p).sum::<f32>();
    let mut best = Opinion { untyped: of(None) + of(Some(EventType::Other)), ..Opinion::default() };
    for kind in std::iter::once(None).chain(EventType::ALL.iter().copied().map(Some)) {
        let probability = of(kind);
        if probability > best.probability {
            (best.event_type, best.probability) = (kind, probability);
        }
    }
    let modes = labelled().filter(|(l, _)| l.event_type == best.event_type && l.event_type.is_some());
    let mode = modes.max_by(|a, b| a.1.total_cmp(b.1));
    best.mode = mode.filter(|(_, p)| **p >= SURE_OF_MODE * best.probability).and_then(|(l, _)| l.mode);
    best.of_rule = of_rule.map_or(0.0, |kind| of(Some(kind)));
    best
}

/// Why the classifier thinks so: how sure it is, and the five things it saw that weigh most.
pub fn reasons(clauses: &Clauses<'_>, trigger: &Trigger) -> Vec<Reason> {
    let (weights, view) = (Weights::embedded(), features::view(clauses, trigger));
    let probabilities = weights.probabilities(&view);
    let of_type = |(l, _): &(usize, &f32)| weights.labels()[*l].event_type == trigger.opinion.event_type;
    let label = probabilities.iter().enumerate().filter(of_type).max_by(|a, b| a.1.total_cmp(b.1));
    let percent = (trigger.opinion.probability * 100.0).round();
    let mut out =
        vec![Reason { field: "type".into(), rule: format!("classifier ({percent} %)"), span: Some(trigger.span) }];
    for (key, token, weight) in weights.why(&view, label.map_or(0, |l| l.0)).into_iter().take(TOLD) {
        let span = Some(clauses.tree.document.tokens[token].span);
        out.push(Reason { field: "type".into(), rule: format!("{key} (+{weight:.1})"), span });
    }
    out
}

/// How the type of an event was found, and how likely the classifier holds it.
pub fn route(trigger: &Trigger, by_speech_act: bool) -> (Route, f32) {
    let opinion = &trigger.opinion;
    match trigger.rule {
        _ if by_speech_act => (Route::SpeechAct, 0.0),
        Some(_) => (Route::Rule, opinion.of_rule),
        None if opinion.sure().is_some() => (Route::Classifier, opinion.probability),
        None => (Route::Untyped, opinion.untyped),
    }
}
