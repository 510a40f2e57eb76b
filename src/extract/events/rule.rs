//! Which rule fits a word with its arguments.

use super::Clauses;
use super::frame::{Frame, PARTICLES, core, verb_frame};
use crate::extract::tree::Tree;
use crate::language::{Deprel, Upos};
use crate::lexicon::{ArgumentClass, Condition, EventRule, List, Listener};
use crate::model::ActorKind;

/// The rule that would type a word as a trigger, whether or not the word alone would be taken for one.
pub fn rule_of(clauses: &Clauses<'_>, token: usize, frame: &Frame) -> Option<usize> {
    let lemma = clauses.tree.lemma(token).to_lowercase();
    let verbs = best(clauses, clauses.lexicon.events.verb(&lemma), token, |listener, rule| {
        listener.others.iter().all(|o| clauses.has_other(token, o)) && verb_fits(clauses, rule, listener, token, frame)
    });
    let found = if clauses.tree.pos(token) == Upos::Verb { verbs } else { noun_rule(clauses, token) };
    found.map(|(rule, _)| rule)
}

/// The rule that fits a noun, with the words that it listens to.
pub fn noun_rule<'c>(clauses: &Clauses<'c>, token: usize) -> Option<(usize, &'c Listener)> {
    let lemma = noun_lemma(clauses.tree, token);
    best(clauses, clauses.lexicon.events.noun(&lemma), token, |listener, rule| {
        listener.others.iter().all(|o| clauses.has_other(token, o)) && near(clauses, &rule.near, token)
    })
}

/// The dictionary form of an event noun; "cease-fire" is one word, and no fire.
pub fn noun_lemma(tree: &Tree<'_>, token: usize) -> String {
    if is_ceasefire(tree, token) { "ceasefire".to_owned() } else { tree.lemma(token).to_lowercase() }
}

/// Whether a word is the last part of "cease-fire".
pub fn is_ceasefire(tree: &Tree<'_>, token: usize) -> bool {
    token >= 2
        && matches!(tree.lower(token).as_str(), "fire" | "fires")
        && tree.word(token - 1) == "-"
        && tree.lower(token - 2) == "cease"
}

/// Whether a noun names a happening.
pub fn is_event_noun(clauses: &Clauses<'_>, token: usize) -> bool {
    let tree = clauses.tree;
    (tree.pos(token) == Upos::Noun || tree.pos(token) == Upos::Propn && tree.name(token).is_none())
        && (noun_rule(clauses, token).is_some() || clauses.lexicon.words.has(List::Happening, tree.lemma(token)))
}

/// The fitting rule that asks for most; among equals the first.
pub fn best<'c>(
    clauses: &Clauses<'c>,
    listeners: &'c [Listener],
    token: usize,
    fits: impl Fn(&Listener, &EventRule) -> bool,
) -> Option<(usize, &'c Listener)> {
    let rules = clauses.lexicon.events.rules();
    let mut best: Option<(u32, usize, &'c Listener)> = None;
    for listener in listeners {
        let rule = &rules[listener.rule];
        if fits(listener, rule) {
            let asked = demands(clauses, rule, listener, token);
            if best.is_none_or(|(most, ..)| asked > most) {
                best = Some((asked, listener.rule, listener));
            }
        }
    }
    best.map(|(_, rule, listener)| (rule, listener))
}

/// How much a rule asks for: words of its own, then words of its arguments, then classes.
fn demands(clauses: &Clauses<'_>, rule: &EventRule, listener: &Listener, token: usize) -> u32 {
    let frame = verb_frame(clauses.tree, &clauses.lexicon.words, token);
    let weight = |condition: &Condition, heads: &[usize]| {
        let by_word =
            heads.iter().any(|h| condition.has_word(&clauses.lemma(core(clauses.tree, &clauses.lexicon.words, *h))));
        let open = heads.is_empty() && condition.classes().contains(&ArgumentClass::Nothing);
        match (condition.is_empty(), by_word, open) {
            (true, ..) => 0,
            (_, true, _) => 4,
            (_, _, true) => 1,
            _ => 2,
        }
    };
    8 * listener.others.len() as u32
        + weight(&rule.subject, &frame.agents)
        + weight(&rule.object, &frame.patients)
        + u32::from(!rule.not_object.is_empty())
        + 5 * u32::from(!rule.near.is_empty())
        + 2 * u32::from(rule.passive)
}

/// Whether a rule fits a verb with its arguments.
pub fn verb_fits(clauses: &Clauses<'_>, rule: &EventRule, listener: &Listener, token: usize, frame: &Frame) -> bool {
    // "die down" is not "die": a particle makes another verb.
    let particle = clauses.tree.first(token, &[Deprel::CompoundPrt]).map(|p| clauses.tree.lower(p));
    if particle.is_some_and(|p| PARTICLES.contains(&p.as_str()) && !listener.others.contains(&p)) {
        return false;
    }
    let with = rule.with.is_empty() || !listener.others.is_empty() || rule.with.contains(clauses.tree.lemma(token));
    let noun_object = listener.others.is_empty() || !rule.object.is_empty();
    (!rule.passive || frame.passive)
        && with
        && holds(clauses, &rule.subject, &frame.agents)
        && (!noun_object || listener_has_object(rule, listener) || holds(clauses, &rule.object, &frame.patients))
        && (rule.not_object.is_empty()
            || !listener.others.iter().all(|o| PARTICLES.contains(&o.as_str()))
            || !holds(clauses, &rule.not_object, &frame.patients))
        && near(clauses, &rule.near, token)
}

/// A verb phrase that names its own object needs no other.
fn listener_has_object(rule: &EventRule, listener: &Listener) -> bool {
    listener.others.len() > 1 || listener.others.iter().any(|o| rule.object.has_word(o))
}

/// Whether one of the arguments is what a condition asks for.
fn holds(clauses: &Clauses<'_>, condition: &Condition, heads: &[usize]) -> bool {
    if condition.is_empty() {
        return true;
    }
    if heads.is_empty() {
        return condition.classes().contains(&ArgumentClass::Nothing);
    }
    heads.iter().any(|head| {
        let head = core(clauses.tree, &clauses.lexicon.words, *head);
        let lemma = clauses.lemma(head);
        let singular = lemma.strip_suffix('s').unwrap_or(&lemma);
        condition.has_word(&lemma)
            || condition.has_word(singular)
            || condition.classes().iter().any(|c| is_a(clauses, head, *c))
    })
}

fn is_a(clauses: &Clauses<'_>, head: usize, class: ArgumentClass) -> bool {
    let own = clauses.class(head);
    let kind = |k: ActorKind| own.kind == Some(k);
    // "and", "the two": a pronoun is somebody even when nobody knows who.
    let pronoun = clauses.tree.pos(head) == Upos::Pron
        && matches!(
            clauses.tree.lower(head).as_str(),
            "he" | "she" | "they" | "we" | "i" | "him" | "them" | "who" | "her" | "us"
        );
    match class {
        ArgumentClass::Any => true,
        ArgumentClass::Nothing => false,
        ArgumentClass::Actor => own.kind.is_some() || clauses.cast.actor_at(head).is_some() || pronoun,
        ArgumentClass::Person => {
            kind(ActorKind::Person)
                || (kind(ActorKind::Group) && !own.armed)
                || pronoun
                || own.armed && kind(ActorKind::Group)
        }
        ArgumentClass::NotPerson => !(kind(ActorKind::Person) || kind(ActorKind::Group) || pronoun),
        ArgumentClass::Group => kind(ActorKind::Group),
        ArgumentClass::Organisation => kind(ActorKind::Organisation),
        ArgumentClass::Government => kind(ActorKind::Government) || kind(ActorKind::Country),
        ArgumentClass::Country => kind(ActorKind::Country),
        ArgumentClass::Armed => own.armed,
        ArgumentClass::Place => own.place,
        ArgumentClass::Number => own.number,
    }
}

/// Whether one of the words stands in the sentence.
fn near(clauses: &Clauses<'_>, condition: &Condition, token: usize) -> bool {
    if condition.is_empty() {
        return true;
    }
    let tree = clauses.tree;
    let sentence = &tree.document.sentences[tree.document.sentence_of(token)];
    sentence
        .tokens
        .clone()
        .filter(|t| *t != token)
        .any(|t| condition.has_word(&clauses.lemma(t)) || condition.has_word(tree.word(t)))
}
