//! What a statement does by what it says: whoever says that he will not, refuses; whoever says that another must, demands.
//!
//! PLOVER 2021 types statements of intent by the act that is promised, refused or threatened; so does this.

use super::Clauses;
use super::trigger::Trigger;
use crate::language::{Deprel, Upos};
use crate::lexicon::List;
use crate::model::EventType;

/// The type that a statement has by what it says, and the name of the reading.
pub type Act = (EventType, &'static str);

/// The type that a verb of saying or offering takes from its clause, with the name of the reading.
pub fn read(clauses: &Clauses<'_>, triggers: &[Trigger], trigger: &Trigger) -> Option<Act> {
    let (tree, words) = (clauses.tree, &clauses.lexicon.words);
    let lemma = tree.lemma(trigger.token).to_lowercase();
    // A rule that types the verb otherwise outranks this; the classifier does not.
    let own = if trigger.rule.is_some() { trigger.event_type(clauses) } else { EventType::Other };
    if let Some(act) = intent(clauses, trigger, own) {
        return Some(act);
    }
    if !trigger.verb || !matches!(own, EventType::Statement | EventType::Other) {
        return None;
    }
    if words.has(List::Reporting, &lemma) && blamed(clauses, triggers, trigger).is_some() {
        return Some((EventType::Accuse, "blame-for-an-act"));
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

/// What a clause without a verb of saying declares of an act to come: "is willing to lend arms" is an offer, "will not lift the
/// ban" a refusal.
fn intent(clauses: &Clauses<'_>, trigger: &Trigger, own: EventType) -> Option<Act> {
    let tree = clauses.tree;
    let known = |heads: &[usize]| heads.iter().any(|h| clauses.cast.actor_at(*h).is_some());
    if !trigger.verb || trigger.frame.passive || !known(&trigger.frame.agents) {
        return None;
    }
    let above = tree.head(trigger.token).filter(|_| tree.rel(trigger.token) == Deprel::Xcomp);
    let willing = above.is_some_and(|h| {
        matches!(tree.lower(h).as_str(), "willing" | "ready" | "prepared") && tree.first(h, &[Deprel::Cop]).is_some()
    });
    if willing && (is_friendly(own) || own == EventType::Other && known(&trigger.frame.recipients)) {
        return Some((EventType::Agree, "willingness-to-act"));
    }
    // What somebody said that he will not do, the verb of saying has told.
    let told = tree.rel(trigger.token) == Deprel::Ccomp;
    (is_friendly(own) && !told && refuses(clauses, trigger)).then_some((EventType::Reject, REFUSAL))
}

/// The reading of "will not" as a refusal.
pub const REFUSAL: &str = "refusal-of-own-act";

fn refuses(clauses: &Clauses<'_>, trigger: &Trigger) -> bool {
    let tree = clauses.tree;
    let will = |a: usize| matches!(tree.lower(a).as_str(), "will" | "wo");
    let not = |a: usize| matches!(tree.lower(a).as_str(), "not" | "n't" | "never");
    tree.with_rel(trigger.token, &[Deprel::Aux]).any(will) && tree.with_rel(trigger.token, &[Deprel::Advmod]).any(not)
}

/// Whoever a statement makes answerable for something: "said that Iran was behind the blast", "claims that rebels shelled the
/// town".
pub fn blamed(clauses: &Clauses<'_>, triggers: &[Trigger], trigger: &Trigger) -> Option<usize> {
    let tree = clauses.tree;
    let content = tree.first(trigger.token, &[Deprel::Ccomp])?;
    let other = |head: &usize| {
        let speaker = trigger.frame.agents.first().and_then(|a| clauses.cast.actor_at(*a));
        clauses.cast.actor_at(*head).is_some_and(|a| speaker.is_some_and(|s| s != a))
    };
    let denied =
        tree.with_rel(content, &[Deprel::Advmod]).any(|a| clauses.lexicon.words.has(List::Negation, &tree.lower(a)));
    let answerable = tree.first(content, &[Deprel::Cop]).is_some()
        && (matches!(tree.lower(content).as_str(), "responsible" | "behind" | "guilty" | "complicit" | "blame")
            || tree.case(content).as_deref() == Some("behind"));
    if answerable && !denied {
        return tree.first(content, &[Deprel::Nsubj]).filter(other);
    }
    let alleges = matches!(tree.lemma(trigger.token), "claim" | "allege");
    let act = triggers
        .binary_search_by_key(&content, |t| t.token)
        .ok()
        .map(|t| &triggers[t])
        .filter(|_| alleges && !denied)?;
    let hostile = matches!(act.event_type(clauses), EventType::Assault | EventType::Coerce);
    act.frame.agents.iter().copied().find(|a| hostile && other(a))
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
        EventType::Assault
            | EventType::Sanction
            | EventType::Coerce
            | EventType::Threaten
            | EventType::Mobilize
            | EventType::Protest
    )
}

pub fn is_friendly(kind: EventType) -> bool {
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
