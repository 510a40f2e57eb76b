//! What a statement does by what it says: whoever says that he will not, refuses; whoever says that another must, demands.
//!
//! PLOVER 2021 types statements of intent by the act that is promised, refused or threatened; so does this.

use super::Clauses;
use super::trigger::Trigger;
use crate::language::{Deprel, Upos};
use crate::lexicon::List;
use crate::model::EventType;

/// The type that a verb of saying or offering takes from its clause, with the name of the reading.
pub fn read(clauses: &Clauses<'_>, triggers: &[Trigger], trigger: &Trigger) -> Option<(EventType, &'static str)> {
    let (tree, words) = (clauses.tree, &clauses.lexicon.words);
    let lemma = tree.lemma(trigger.token).to_lowercase();
    // A rule that types the verb otherwise outranks this; the classifier does not.
    let own = if trigger.rule.is_some() { trigger.event_type(clauses) } else { EventType::Other };
    if !trigger.verb || !matches!(own, EventType::Statement | EventType::Other) {
        return None;
    }
    let content = tree.first(trigger.token, &[Deprel::Ccomp, Deprel::Xcomp]).filter(|c| tree.pos(*c) == Upos::Verb)?;
    let told = triggers.binary_search_by_key(&content, |t| t.token).ok().map(|t| triggers[t].event_type(clauses));
    let auxiliary =
        |list: &[&str]| tree.with_rel(content, &[Deprel::Aux]).any(|a| list.contains(&tree.lower(a).as_str()));
    let negated = tree.with_rel(content, &[Deprel::Advmod]).any(|a| words.has(List::Negation, &tree.lower(a)));
    let infinitive = tree.rel(content) == Deprel::Xcomp && tree.tag(content) == "VB";
    if words.has(List::Offering, &lemma) && infinitive && !negated {
        return Some(match told {
            Some(kind) if is_hostile(kind) => (EventType::Threaten, "threat-of-an-act"),
            _ => (EventType::Agree, "promise-of-an-act"),
        });
    }
    if !words.has(List::Reporting, &lemma) || tree.rel(content) != Deprel::Ccomp {
        return None;
    }
    let own_act = speaks_of_itself(clauses, trigger, content);
    if auxiliary(&["must", "should", "ought"]) && !own_act && !negated {
        return Some((EventType::Request, "demand-of-an-act"));
    }
    if !auxiliary(&["will", "would", "'ll", "\u{2019}ll", "shall", "wo"]) || !own_act {
        return None;
    }
    match told {
        _ if negated => Some((EventType::Reject, "refusal-of-an-act")),
        Some(kind) if is_hostile(kind) => Some((EventType::Threaten, "threat-of-an-act")),
        Some(kind) if is_friendly(kind) => Some((EventType::Agree, "promise-of-an-act")),
        _ => None,
    }
}

/// Whether the subject of a clause is who says it: the same actor, one of the same country, or a pronoun that nobody else
/// was found for.
fn speaks_of_itself(clauses: &Clauses<'_>, trigger: &Trigger, content: usize) -> bool {
    let tree = clauses.tree;
    let Some(subject) = tree.first(content, &[Deprel::Nsubj]) else { return false };
    let actor = |token: usize| clauses.cast.actor_at(token);
    let speaker = trigger.frame.agents.first().copied();
    match (speaker.and_then(actor), actor(subject)) {
        (Some(a), Some(b)) => {
            let country = |i: usize| clauses.cast.actors[i].country;
            a == b || country(a).is_some() && country(a) == country(b)
        }
        (_, None) => tree.pos(subject) == Upos::Pron,
        _ => false,
    }
}

fn is_hostile(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Assault | EventType::Sanction | EventType::Coerce | EventType::Threaten | EventType::Mobilize
    )
}

fn is_friendly(kind: EventType) -> bool {
    matches!(
        kind,
        EventType::Aid
            | EventType::Cooperate
            | EventType::Support
            | EventType::Concede
            | EventType::Retreat
            | EventType::Agree
            | EventType::Consult
    )
}
