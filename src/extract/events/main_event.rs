//! The event that an article is about.

use std::collections::HashSet;

use super::Clauses;
use super::trigger::Trigger;
use crate::language::Deprel;
use crate::model::{Basis, EventMention, EventType, Granularity, Modality, Polarity, Role, Zone};

/// Only the first sentences of the body tell what a report is about.
const LEAD: usize = 6;

/// Words that share so many letters at their start are forms of one word: "derails" and "derailment".
const STEM: usize = 5;

/// The event that the article is about, as an index: one of the lead that happened, with as many words of the title as
/// possible, told in a main clause with a doer, a date and a place. The title itself is one only where nothing follows it.
pub fn main_event(clauses: &Clauses<'_>, triggers: &[Trigger], events: &[EventMention]) -> Option<usize> {
    let tree = clauses.tree;
    let sentences = &tree.document.sentences;
    let own_title = sentences.iter().take_while(|s| s.zone == Zone::Title).map(|s| s.span.of(tree.document.text));
    let title: HashSet<String> = clauses.title.into_iter().chain(own_title).flat_map(words).collect();
    let first = sentences.iter().position(|s| s.zone == Zone::Body).unwrap_or(0);
    let mut best: Option<(f64, usize)> = None;
    for (at, (trigger, event)) in triggers.iter().zip(events).enumerate() {
        let Some(place_in_lead) = event.sentence.checked_sub(first).filter(|n| *n < LEAD) else { continue };
        let score = score(clauses, &title, trigger, event) - 0.8 * place_in_lead as f64;
        if best.is_none_or(|(most, _)| score > most) {
            best = Some((score, at));
        }
    }
    best.map(|(_, at)| at).or(if events.is_empty() { None } else { Some(0) })
}

fn score(clauses: &Clauses<'_>, title: &HashSet<String>, trigger: &Trigger, event: &EventMention) -> f64 {
    let tree = clauses.tree;
    let text = tree.document.text;
    let in_title = |words_of: &str| words(words_of).any(|w| title.contains(&w));
    let mut score = 0.0;
    score += if in_title(event.trigger.span.of(text)) || in_title(&event.trigger.lemma) { 2.0 } else { 0.0 };
    score += event.participants.iter().filter(|p| in_title(p.span.of(text))).count().min(2) as f64;
    score += if event.event_type == EventType::Other { 0.0 } else { 1.0 };
    score += if event.event_type == EventType::Statement { -1.0 } else { 0.0 };
    score += if event.participants.iter().any(|p| p.role == Role::Agent) { 1.0 } else { 0.0 };
    score +=
        if matches!(tree.rel(trigger.token), Deprel::Root | Deprel::Ccomp | Deprel::Parataxis) { 0.7 } else { 0.0 };
    score += match (event.modality, event.polarity) {
        (Modality::Asserted | Modality::Reported, Polarity::Positive) => 1.0,
        _ => -0.5,
    };
    let exact = matches!(event.when.granularity, Granularity::Day | Granularity::Time);
    score += match event.when.basis {
        Basis::Stated | Basis::Anchored if exact => 1.5,
        Basis::Narrative | Basis::Published if exact => 1.0,
        Basis::Stated | Basis::Anchored => 0.5,
        _ => 0.0,
    };
    score + if event.place.is_some() { 0.5 } else { 0.0 }
}

/// The words of a text, lower case, cut to their stems; short ones say little.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() > 3)
        .map(|w| w.to_lowercase().chars().take(STEM).collect())
}
