//! One act, one event: a sentence may tell of the same act in several words.
//!
//! "launched an assault", "agreed to lift the ban", "held talks to discuss trade" and "met for talks" tell of one act each.

use std::collections::HashMap;

use super::Clauses;
use super::frame::{Frame, verb_lemma};
use super::nominal::governing_verb;
use super::speech_act::{Act, is_friendly};
use super::trigger::Trigger;
use crate::language::{Deprel, Upos};
use crate::lexicon::{List, Listener};
use crate::model::EventType;

/// Triggers by the words that they stand on: their own, and the light verbs that support them.
type At = HashMap<usize, usize>;

/// Leaves one trigger of those that tell of one act. What a disaster or an attack cost becomes a death, not a second attack.
pub fn merge(clauses: &Clauses<'_>, found: &mut Vec<Trigger>) {
    let mut at: At = found.iter().enumerate().filter_map(|(i, t)| Some((t.support?, i))).collect();
    at.extend(found.iter().enumerate().map(|(i, t)| (t.token, i)));
    for i in 0..found.len() {
        if let Some(rule) = toll_of_disaster(clauses, found, &at, i) {
            (found[i].rule, found[i].frame.agents) = (Some(rule), Vec::new());
        } else if let Some((rule, attack)) = toll_of_attack(clauses, found, &at, i) {
            found[i].rule = Some(rule);
            let Frame { agents, patients, .. } = found[i].frame.clone();
            let above = &mut found[attack];
            if !above.verb && above.frame.agents.is_empty() {
                above.frame.agents = agents.into_iter().filter(|a| *a != above.token).collect();
            }
            if !above.verb && above.frame.patients.is_empty() {
                above.frame.patients = patients;
            }
        }
    }
    let mut told = vec![false; found.len()];
    for i in 0..found.len() {
        if let Some(noun) = named_by_object(clauses, found, &at, i) {
            let Trigger { token, frame, .. } = found[i].clone();
            let act = &mut found[noun];
            act.support = Some(token);
            if act.frame.agents.is_empty() {
                act.frame.agents = frame.agents;
            }
            told[i] = true;
        }
    }
    for i in 0..found.len() {
        if !found[i].verb && told_by_verb(clauses, found, &at, i) {
            told[i] = true;
        } else if let Some(main) = told_before(clauses, found, &at, i).filter(|main| !told[*main]) {
            let partners = if found[i].verb { Vec::new() } else { found[i].frame.recipients.clone() };
            found[main].frame.recipients.extend(partners);
            told[i] = true;
        }
    }
    let mut told = told.iter();
    found.retain(|_| !told.next().is_some_and(|t| *t));
}

/// Leaves out what a statement has told by promising, refusing or threatening it: "said that it would free the sailors" is a
/// promise, and the sailors are not free.
pub fn drop_promised(clauses: &Clauses<'_>, acts: &HashMap<usize, Act>, triggers: &mut Vec<Trigger>) {
    let tree = clauses.tree;
    triggers.retain(|t| {
        let act = tree.head(t.token).and_then(|above| acts.get(&above)).map(|act| act.0);
        let spoken = matches!(act, Some(EventType::Agree | EventType::Reject | EventType::Threaten));
        let content = t.verb && matches!(tree.rel(t.token), Deprel::Ccomp | Deprel::Xcomp);
        !(spoken && content && kind_of(clauses, t).is_some_and(|k| k <= EventType::Assault) && !dated(clauses, t.token))
    });
}

/// Whether a date stands with a word itself: "agreed on Monday to meet in June" has two to tell.
fn dated(clauses: &Clauses<'_>, token: usize) -> bool {
    clauses.tree.dependents(token).any(|t| {
        let span = clauses.tree.document.tokens[t].span;
        clauses.times.iter().any(|x| x.interval.is_some() && x.span.contains(span))
    })
}

fn kind_of(clauses: &Clauses<'_>, trigger: &Trigger) -> Option<EventType> {
    trigger.rule.map(|r| clauses.lexicon.events.rules()[r].event_type)
}

/// The rule for deaths, or that for injuries.
fn toll(clauses: &Clauses<'_>, verb: &str) -> Option<usize> {
    let rules = clauses.lexicon.events.rules();
    let kind = if verb == "kill" { EventType::Die } else { EventType::Injure };
    let of_people = |l: &&Listener| l.others.is_empty() && rules[l.rule].event_type == kind;
    clauses.lexicon.events.verb(verb).iter().find(of_people).map(|l| l.rule)
}

/// The rule for deaths or injuries, where a killing is what an accident, a storm or an outbreak above it cost: "the bus overturned,
/// killing nine and injuring 40" has no killer, nor has "a quake that killed 1,000".
fn toll_of_disaster(clauses: &Clauses<'_>, found: &[Trigger], at: &At, i: usize) -> Option<usize> {
    let (tree, killing) = (clauses.tree, &found[i]);
    let token = killing.token;
    let costs = killing.verb && matches!(killing.lemma.as_str(), "kill" | "injure" | "wound" | "hurt");
    let is_disaster = |cause: usize| {
        let kind = at.get(&cause).and_then(|c| kind_of(clauses, &found[*c]));
        matches!(kind, Some(EventType::Accident | EventType::Natural | EventType::Disease))
    };
    // "killing nine and injuring 40": both are what the first clause above cost.
    let first = tree.head(token).filter(|h| {
        tree.rel(token) == Deprel::Conj && tree.rel(*h) == Deprel::Advcl && tree.tag(*h) == tree.tag(token)
    });
    let clause = first.unwrap_or(token);
    let cause = tree.head(clause)?;
    let subject = tree.first(token, &[Deprel::Nsubj]);
    let disaster = match tree.rel(clause) {
        Deprel::Advcl | Deprel::Conj => subject.is_none() && is_disaster(cause),
        Deprel::AclRelcl => {
            subject.is_some_and(|s| matches!(tree.lower(s).as_str(), "that" | "which")) && is_disaster(cause)
        }
        _ => false,
    };
    let passive = tree.first(token, &[Deprel::AuxPass]).is_some();
    toll(clauses, &killing.lemma).filter(|_| costs && disaster && !passive)
}

/// The rule for deaths and the attack, where a killing is what an attack cost that the sentence tells of beside it: "the bombing
/// killed six", "rebels attacked the camp, killing six", "killed six in an attack".
fn toll_of_attack(clauses: &Clauses<'_>, found: &[Trigger], at: &At, i: usize) -> Option<(usize, usize)> {
    let (tree, killing) = (clauses.tree, &found[i]);
    let assault = |j: &usize| kind_of(clauses, &found[*j]) == Some(EventType::Assault);
    if !killing.verb || killing.lemma != "kill" || !assault(&i) {
        return None;
    }
    let token = killing.token;
    let without_subject = tree.first(token, &[Deprel::Nsubj, Deprel::NsubjPass]).is_none();
    let above = || {
        let follows = without_subject && matches!(tree.rel(token), Deprel::Advcl | Deprel::Conj);
        tree.head(token).filter(|_| follows).and_then(|h| at.get(&h).copied())
    };
    let by = || tree.first(token, &[Deprel::Nsubj]).and_then(|s| at.get(&s).copied());
    let inside = || {
        let inside = tree.with_rel(token, &[Deprel::Obl]).find(|o| tree.case(*o).as_deref() == Some("in"));
        inside.and_then(|o| at.get(&o).copied())
    };
    let attack = above().filter(assault).or_else(|| by().filter(assault)).or_else(|| inside().filter(assault))?;
    Some((toll(clauses, "kill")?, attack))
}

/// The noun that names the act of a light verb, where a rule knows both for the same: "launched a rocket attack".
fn named_by_object(clauses: &Clauses<'_>, found: &[Trigger], at: &At, i: usize) -> Option<usize> {
    let (tree, words, verb) = (clauses.tree, &clauses.lexicon.words, &found[i]);
    let lemma = verb_lemma(tree, verb.token);
    let light = words.has(List::Light, &lemma) || words.has(List::Lending, &lemma);
    if !verb.verb || !light || verb.frame.passive {
        return None;
    }
    let noun = tree.with_rel(verb.token, &[Deprel::Obj]).find_map(|o| at.get(&o).copied())?;
    let same = kind_of(clauses, verb).is_some() && kind_of(clauses, verb) == kind_of(clauses, &found[noun]);
    (same && !found[noun].verb).then_some(noun)
}

/// Whether an event noun only names what its verb tells of: "a quake struck", "signed the treaty"; or what its verb brings to
/// an end: "lifted the sanctions on Ghana" tells of no sanctions that were imposed then.
fn told_by_verb(clauses: &Clauses<'_>, found: &[Trigger], at: &At, i: usize) -> bool {
    let noun = &found[i];
    let Some(verb) = governing_verb(clauses.tree, noun.token).and_then(|v| at.get(&v)).map(|v| &found[*v]) else {
        return false;
    };
    let Some(rule) = verb.rule.filter(|_| verb.verb).map(|r| &clauses.lexicon.events.rules()[r]) else { return false };
    let argument = verb.frame.agents.contains(&noun.token) || verb.frame.patients.contains(&noun.token);
    let asked = rule.subject.has_word(&noun.lemma) || rule.object.has_word(&noun.lemma);
    // What is put off still lies ahead.
    let undone = matches!(rule.event_type, EventType::Concede | EventType::Reject)
        && !clauses.lexicon.words.has(List::Seeking, &verb.lemma);
    // "upheld the ban", "overturned his conviction": a court rules on what was there before.
    let judged = clauses.lexicon.words.has(List::Judging, &verb.lemma) && verb.frame.patients.contains(&noun.token);
    // "The probe landed on the moon": a craft, and no inquiry.
    let craft = argument && rule.event_type == EventType::Launch && rule.near.has_word(&noun.lemma);
    let same = noun.rule.is_none() || kind_of(clauses, noun) == Some(rule.event_type);
    let named = argument && (asked || noun.rule.is_none());
    craft
        || judged && !dated(clauses, noun.token)
        || named && (same || asked && (undone || noun.frame == Frame::default()))
}

/// The trigger that has told what this one tells once more.
fn told_before(clauses: &Clauses<'_>, found: &[Trigger], at: &At, i: usize) -> Option<usize> {
    let (tree, again) = (clauses.tree, &found[i]);
    let kind = kind_of(clauses, again).filter(|kind| *kind <= EventType::Assault)?;
    let head = tree.head(again.token)?;
    // "met the premier for talks", where the talks hang on the premier.
    let governs =
        |h: &usize| matches!(tree.rel(*h), Deprel::Obj | Deprel::Obl) && tree.rel(again.token) == Deprel::Nmod;
    let main = at.get(&head).or_else(|| at.get(&tree.head(head).filter(|_| governs(&head))?)).copied()?;
    let first = kind_of(clauses, &found[main])?;
    if main == i || dated(clauses, again.token) {
        return None;
    }
    let case = tree.case(again.token);
    let case = case.as_deref();
    let repeats = match tree.rel(again.token) {
        // "agreed to lift the ban", "refused to meet": what is promised or refused is the promise or the refusal.
        Deprel::Xcomp if again.verb && tree.is_infinitive(again.token) => {
            matches!(first, EventType::Agree | EventType::Reject | EventType::Threaten) || first == kind
        }
        // "launched a raid to retake the hill": the aim of an act is no second one of its kind.
        Deprel::Advcl | Deprel::Acl if again.verb && first == kind && tree.is_infinitive(again.token) => true,
        // "met to discuss trade", "held talks, discussing trade".
        Deprel::Advcl | Deprel::Acl | Deprel::Conj | Deprel::AclRelcl if again.verb => {
            let own = tree.first(again.token, &[Deprel::Nsubj]).filter(|s| tree.pos(*s) != Upos::Pron);
            first == EventType::Consult && kind == first && own.is_none()
        }
        // "refused talks", "agreed a truce": the same with a noun.
        Deprel::Obj if !again.verb && matches!(first, EventType::Agree | EventType::Reject | EventType::Threaten) => {
            let own = again.frame.agents.iter().any(|a| !found[main].frame.agents.contains(a));
            is_friendly(kind) && !own
        }
        // "met for talks", "talks during a visit", "downed tools in a strike".
        Deprel::Obl | Deprel::Nmod if !again.verb => {
            let same = matches!(kind, EventType::Consult | EventType::Protest) && kind == first;
            let own = again.frame.agents.iter().any(|a| !found[main].frame.agents.contains(a));
            same && !own && matches!(case, Some("for" | "in" | "at" | "during" | "on" | "as"))
        }
        _ => false,
    };
    repeats.then_some(main)
}
