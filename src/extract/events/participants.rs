//! Who takes part in an event, in which role.

use super::Clauses;
use super::frame::{coordinated, counted, verb_frame};
use super::nominal::{doer_before, governing_verb, own_frame};
use super::rule::is_event_noun;
use super::trigger::Trigger;
use crate::language::{Deprel, Upos};
use crate::lexicon::List;
use crate::model::{EventType, Participant, Role, Span, Timex};

/// A noun in a role, with the reading that put it there.
type Part = (Role, usize, String);

/// The participants in their roles. Words that name a time or a place only are none.
/// In quoted words "I" and "we" are the speaker.
pub fn read(clauses: &Clauses<'_>, trigger: &Trigger, kind: EventType, speaker: Option<usize>) -> Vec<Participant> {
    let (tree, words) = (clauses.tree, &clauses.lexicon.words);
    let mut found: Vec<Participant> = Vec::new();
    let mut parts = of_clause(clauses, trigger);
    let actor = |part: &Part| clauses.cast.actor_at(part.1);
    if is_political(kind) {
        if !parts.iter().any(|p| p.0 == Role::Agent) {
            parts.extend(doer(clauses, trigger).map(|head| (Role::Agent, head, "doer-of-noun".to_owned())));
        }
        let agents: Vec<usize> = parts.iter().filter(|p| p.0 == Role::Agent).filter_map(actor).collect();
        if !parts.iter().any(|p| p.0 != Role::Agent && actor(p).is_some()) {
            let other = |head: &usize| clauses.cast.actor_at(*head).is_some_and(|a| !agents.contains(&a));
            let target = target(clauses, trigger, kind, &parts, &other);
            let role = |head| if clauses.cast.actor_at(head).is_some() { Role::Recipient } else { Role::Patient };
            parts.extend(target.map(|(head, rule)| (role(head), head, rule.to_owned())));
        }
    }
    let aimed = !is_political(kind) || parts.iter().any(|p| p.0 != Role::Agent && actor(p).is_some());
    for (role, head, rule) in parts {
        for head in counted(tree, words, head) {
            let span = without_date(clauses, tree.phrase_span(head), head);
            let actor = clauses.cast.actor_at(head);
            // "The unions said they will not join it": nobody does to himself what no "-self" says.
            let again = tree.pos(head) == Upos::Pron
                && role != Role::Agent
                && !tree.lower(head).ends_with("self")
                && !tree.lower(head).ends_with("selves")
                && found.iter().any(|p| p.role == Role::Agent && p.actor.is_some() && p.actor == actor);
            let actor = actor.filter(|_| !again);
            let empty = matches!(tree.lower(head).as_str(), "it" | "there" | "that" | "this" | "what" | "which")
                && actor.is_none();
            let where_only = role == Role::Recipient && actor.is_none() && clauses.class(head).place;
            // "talks on trade", "treated for a wound": what it is about takes no part in it.
            let topic = role == Role::Recipient
                && aimed
                && actor.is_none()
                && !clauses.lexicon.words.is_person(&tree.lemma(head).to_lowercase())
                && tree.case(head).is_some_and(|c| matches!(c.as_str(), "on" | "of" | "for"));
            // "rose to 4.1 percent", "from dusk to dawn".
            let amount = role == Role::Recipient
                && actor.is_none()
                && (tree.pos(head) == Upos::Sym
                    || matches!(
                        tree.lemma(head),
                        "percent"
                            | "dollar"
                            | "euro"
                            | "pound"
                            | "yen"
                            | "point"
                            | "dawn"
                            | "dusk"
                            | "noon"
                            | "midnight"
                    ));
            // "voted 86 to 32".
            let score = tree.pos(head) == Upos::Num
                && tree.phrase(head).len() > 1
                && tree
                    .phrase(head)
                    .all(|t| tree.pos(t) == Upos::Num || matches!(tree.lower(t).as_str(), "to" | "-" | "–"));
            if is_timed(clauses, head)
                || score
                || empty
                || where_only
                || topic
                || amount
                || found.iter().any(|p| p.span == span)
                || span.overlaps(trigger.span)
            {
                continue;
            }
            if let Some(pair) = clauses.cast.pair_at(head) {
                let rule = format!("{rule}, both");
                let both = pair.map(|actor| Participant { role, span, actor: Some(actor), rule: rule.clone() });
                found.extend(both);
                continue;
            }
            let myself = matches!(tree.lower(head).as_str(), "i" | "we" | "me" | "us" | "myself" | "ourselves");
            found.push(Participant { role, span, actor: actor.or(speaker.filter(|_| myself)), rule: rule.clone() });
        }
    }
    found
}

fn is_timed(clauses: &Clauses<'_>, head: usize) -> bool {
    clauses.times.iter().any(|t| t.span.contains(clauses.tree.document.tokens[head].span))
}

/// What the grammar of the clause gives.
fn of_clause(clauses: &Clauses<'_>, trigger: &Trigger) -> Vec<Part> {
    let tree = clauses.tree;
    let voice = if trigger.frame.passive { "passive" } else { "active" };
    // "two sailors drowned": it happened to them.
    let undergone = trigger.verb
        && !trigger.frame.passive
        && !tree.with_rel(trigger.token, &[Deprel::Xcomp]).any(|x| tree.is_infinitive(x))
        && tree.with_rel(trigger.token, &[Deprel::Obj]).all(|o| is_timed(clauses, o))
        && trigger.frame.patients.iter().all(|p| is_timed(clauses, *p))
        && clauses.lexicon.words.has(List::Unaccusative, &tree.lemma(trigger.token).to_lowercase());
    let roles = [
        (if undergone { Role::Patient } else { Role::Agent }, &trigger.frame.agents),
        (Role::Patient, &trigger.frame.patients),
        (Role::Recipient, &trigger.frame.recipients),
    ];
    let mut parts = Vec::new();
    for (role, heads) in roles {
        for head in heads {
            // "an attack by rebels killed six": the rebels did.
            let doers = if role == Role::Agent { doers_of(clauses, *head) } else { Vec::new() };
            match doers[..] {
                [] => parts.push((role, *head, format!("{}-{voice}", tree.rel(*head)))),
                _ => parts.extend(doers.into_iter().map(|doer| (role, doer, "doer-of-subject".to_owned()))),
            }
        }
    }
    parts
}

/// Who did what a noun tells of, where the noun itself is no actor.
fn doers_of(clauses: &Clauses<'_>, noun: usize) -> Vec<usize> {
    if clauses.cast.actor_at(noun).is_some() || !is_event_noun(clauses, noun) {
        return Vec::new();
    }
    let known = |head: &usize| clauses.cast.actor_at(*head).is_some();
    let own: Vec<usize> = own_frame(clauses.tree, noun).agents.into_iter().filter(known).collect();
    if own.is_empty() {
        doer_before(clauses.tree, clauses.lexicon, noun).filter(known).into_iter().collect()
    } else {
        own
    }
}

/// The doer of an event noun that has none behind it: the adjective before it, or who announces it.
fn doer(clauses: &Clauses<'_>, trigger: &Trigger) -> Option<usize> {
    let tree = clauses.tree;
    let before = (!trigger.verb).then(|| doer_before(tree, clauses.lexicon, trigger.token)).flatten();
    let known = |head: &usize| clauses.cast.actor_at(*head).is_some();
    before.filter(known).or_else(|| {
        let verb =
            governing_verb(tree, trigger.token).filter(|_| !trigger.verb && tree.rel(trigger.token) == Deprel::Obj)?;
        let above = verb_frame(tree, &clauses.lexicon.words, verb);
        let announces = clauses.lexicon.words.has(List::Announcing, tree.lemma(verb)) && !above.passive;
        above.agents.into_iter().find(|a| announces && known(a))
    })
}

/// The one whom an act is aimed at, where its own clause has no actor for that: the owner of what is praised or condemned
/// ("welcomed the decision of the court"), the one in the clause of a promise, threat, refusal or demand ("agreed to lend $1
/// billion to Indonesia").
fn target(
    clauses: &Clauses<'_>,
    trigger: &Trigger,
    kind: EventType,
    parts: &[Part],
    other: &dyn Fn(&usize) -> bool,
) -> Option<(usize, &'static str)> {
    let tree = clauses.tree;
    let things = parts.iter().filter(|p| p.0 != Role::Agent).map(|p| p.1);
    if let Some(owner) = things.clone().find_map(|thing| owner(clauses, thing, other, 2)) {
        return Some((owner, "owner-of-object"));
    }
    let from = tree.with_rel(trigger.token, &[Deprel::Obl]).filter(|o| tree.case(*o).as_deref() == Some("from"));
    if let Some(from) = from.into_iter().find(|o| matches!(kind, EventType::Sanction | EventType::Retreat) && other(o))
    {
        return Some((from, "place-left"));
    }
    // "sent 40 tents to help the people of Fiji", "an inquiry into claims that the firm had bribed officials".
    let meant = |c: &usize| match kind {
        EventType::Agree | EventType::Reject | EventType::Threaten | EventType::Request | EventType::Concede => true,
        EventType::Aid => tree.is_infinitive(*c),
        EventType::Accuse => matches!(tree.rel(*c), Deprel::Acl | Deprel::Ccomp),
        _ => false,
    };
    let clause = [Deprel::Ccomp, Deprel::Xcomp, Deprel::Acl, Deprel::Advcl];
    let mut content = std::iter::once(trigger.token).chain(things).find_map(|t| tree.first(t, &clause)).filter(|c| {
        meant(c) && matches!(tree.pos(*c), Upos::Verb | Upos::Adj | Upos::Adv | Upos::Noun) && *c > trigger.token
    });
    let mut thing = None;
    for _ in 0..3 {
        let Some(verb) = content else { break };
        let frame = verb_frame(tree, &clauses.lexicon.words, verb);
        let asked = kind == EventType::Accuse || kind == EventType::Request && tree.rel(verb) == Deprel::Ccomp;
        let doers = frame.agents.iter().filter(|_| asked);
        let heads = doers.chain(&frame.recipients).chain(&frame.patients).flat_map(|h| coordinated(tree, *h));
        let heads: Vec<usize> = heads.collect();
        let found = heads.iter().copied().find(other);
        let found = found.or_else(|| heads.iter().find_map(|head| owner(clauses, *head, other, 2)));
        if let Some(found) = found {
            return Some((found, "target-in-clause"));
        }
        let object = |h: &usize| {
            matches!(tree.rel(*h), Deprel::Obj | Deprel::NsubjPass)
                && matches!(tree.pos(*h), Upos::Noun | Upos::Propn)
                && !is_timed(clauses, *h)
        };
        thing =
            heads.into_iter().find(object).filter(|_| tree.is_infinitive(verb) || kind != EventType::Reject).or(thing);
        content = tree.first(verb, &[Deprel::Xcomp, Deprel::Ccomp]).filter(|c| tree.pos(*c) == Upos::Verb);
    }
    // "threatened to shell the port", "refused to admit the ship": what the act would have been done to.
    let spoken = matches!(kind, EventType::Agree | EventType::Reject | EventType::Threaten);
    let bare = !parts.iter().any(|p| p.0 != Role::Agent);
    if let Some(thing) = thing.filter(|_| spoken && bare) {
        return Some((thing, "object-in-clause"));
    }
    // "imposed a curfew in the north": a measure is taken against those who live there.
    let measured = matches!(kind, EventType::Coerce | EventType::Sanction) && bare;
    let around = |t: usize| tree.with_rel(t, &[Deprel::Obl, Deprel::Nmod]).collect::<Vec<usize>>();
    let objects = tree.with_rel(trigger.token, &[Deprel::Obj]).flat_map(around).collect::<Vec<usize>>();
    let there = |t: &usize| {
        tree.case(*t).is_some_and(|c| matches!(c.as_str(), "in" | "across" | "throughout" | "on"))
            && clauses.class(*t).place
            && !is_timed(clauses, *t)
    };
    let territory = || objects.into_iter().chain(around(trigger.token)).find(there);
    measured.then(territory).flatten().map(|t| (t, "territory-of-measure"))
}

/// The actor that the words around a noun name as its owner, its doer or its aim.
fn owner(clauses: &Clauses<'_>, noun: usize, other: &dyn Fn(&usize) -> bool, depth: usize) -> Option<usize> {
    let tree = clauses.tree;
    let own = tree.first(noun, &[Deprel::NmodPoss]).filter(|p| other(p));
    let before = || doer_before(tree, clauses.lexicon, noun).filter(|p| other(p));
    let behind = |cases: &'static [&str]| {
        let owned = move |n: &usize| tree.case(*n).is_some_and(|c| cases.contains(&c.as_str()));
        tree.with_rel(noun, &[Deprel::Nmod, Deprel::Obl]).filter(owned).collect::<Vec<usize>>()
    };
    let near = || behind(&["by", "from"]).into_iter().chain(behind(OWNING)).find(|n| other(n));
    let passive = || {
        let verb = tree.first(noun, &[Deprel::Acl])?;
        tree.first(verb, &[Deprel::OblAgent]).filter(|a| other(a))
    };
    own.or_else(near).or_else(before).or_else(passive).or_else(|| {
        let deeper = behind(OWNING);
        deeper.into_iter().filter(|_| depth > 0).find_map(|n| owner(clauses, n, other, depth - 1))
    })
}

/// Prepositions between a thing and the one it belongs to or is meant for.
const OWNING: &[&str] =
    &["of", "against", "on", "with", "for", "to", "between", "into", "over", "at", "toward", "towards"];

/// Acts of one upon another, which have a target: the types that PLOVER calls political.
fn is_political(kind: EventType) -> bool {
    kind <= EventType::Assault
}

/// The words of a noun phrase up to a date that the parser hung on its end: "the court on Friday", "the court Friday".
fn without_date(clauses: &Clauses<'_>, span: Span, head: usize) -> Span {
    let (tree, document) = (clauses.tree, &clauses.tree.document);
    let behind = document.tokens[head].span.end;
    let ends = |t: &&Timex| t.span.start > behind && t.span.end == span.end;
    let Some(date) = clauses.times.iter().find(ends) else { return span };
    let before = document.tokens_in(date.span).start.saturating_sub(1);
    let last = match tree.lower(before).as_str() {
        "on" | "in" | "at" | "since" | "until" | "during" | "by" => before.saturating_sub(1),
        _ if matches!(tree.pos(before), Upos::Noun | Upos::Propn) => before,
        _ => return span,
    };
    Span { start: span.start, end: document.tokens[last].span.end.max(behind) }
}
