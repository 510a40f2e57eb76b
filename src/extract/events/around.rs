//! Dates that a clause has from the words around it: its subject, its participles, the noun before it.

use super::Clauses;
use super::anchors::Anchors;
use super::nominal::governing_verb;
use super::rule::is_event_noun;
use super::story::is_past;
use super::trigger::Trigger;
use crate::language::{Deprel, Upos};
use crate::lexicon::List;

/// The date that a clause with "when" tells of: "until the summer of 1766, when they met and signed a treaty".
pub fn when_before(clauses: &Clauses<'_>, trigger: &Trigger) -> Option<usize> {
    let tree = clauses.tree;
    let shared = tree.head(trigger.token).filter(|_| tree.rel(trigger.token) == Deprel::Conj);
    let clause = shared.unwrap_or(trigger.token);
    let relative = trigger.verb && matches!(tree.rel(clause), Deprel::AclRelcl | Deprel::AdvclRelcl | Deprel::Advcl);
    let when = tree.with_rel(clause, &[Deprel::Mark, Deprel::Advmod]).find(|w| relative && tree.lower(*w) == "when")?;
    let before = when.checked_sub(1).map(|t| if tree.word(t) == "," { t.saturating_sub(1) } else { t })?;
    let span = tree.document.tokens[before].span;
    clauses.times.iter().position(|t| t.interval.is_some() && t.span.contains(span))
}

/// The date of the event noun that a relative clause tells the inside of: "the raid, in which", "the riot during which".
pub fn occasion_before(clauses: &Clauses<'_>, anchors: &Anchors, trigger: &Trigger) -> Option<usize> {
    let tree = clauses.tree;
    let relative = trigger.verb && tree.rel(trigger.token) == Deprel::AclRelcl;
    let noun = tree.head(trigger.token).filter(|n| relative && is_event_noun(clauses, *n))?;
    let which = tree
        .with_rel(trigger.token, &[Deprel::Obl])
        .any(|o| tree.lower(o) == "which" && matches!(tree.case(o).as_deref(), Some("in" | "during" | "at")));
    anchors.of(noun).filter(|_| which)
}

/// The date of the event noun that is the subject of a clause in the past tense without a date of its own.
pub fn subject_date(clauses: &Clauses<'_>, anchors: &Anchors, trigger: &Trigger) -> Option<usize> {
    let tree = clauses.tree;
    if !trigger.verb || tree.tag(trigger.token) != "VBD" || tree.first(trigger.token, &[Deprel::AuxPass]).is_some() {
        return None;
    }
    let subject = tree.first(trigger.token, &[Deprel::Nsubj])?;
    // "the raid on Monday that killed four".
    let relative = tree.head(trigger.token).filter(|_| tree.rel(trigger.token) == Deprel::AclRelcl);
    let stands = matches!(tree.lower(subject).as_str(), "that" | "which");
    let subject = relative.filter(|_| stands).unwrap_or(subject);
    let noun = matches!(tree.pos(subject), Upos::Noun | Upos::Propn);
    // "was hit by a quake in June that killed 40": the quake struck, and killed, in June.
    let struck = || {
        let verb = governing_verb(tree, subject).filter(|_| stands && is_event_noun(clauses, subject));
        let behind = |timex: &usize| {
            let start = tree.document.tokens_in(clauses.times[*timex].span).start;
            (subject..trigger.token).contains(&start)
        };
        verb.and_then(|v| anchors.of(v)).filter(behind)
    };
    anchors.of(subject).or_else(struck).filter(|_| noun)
}

/// The day at the end of a clause that only goes on with what the main clause tells: a participle of its object, or a second passive without an auxiliary of
/// its own.
pub fn clause_behind(clauses: &Clauses<'_>, anchors: &Anchors, trigger: &Trigger) -> Option<usize> {
    let tree = clauses.tree;
    if !trigger.verb || !is_past(clauses, trigger.token) {
        return None;
    }
    let objects = tree.with_rel(trigger.token, &[Deprel::Obj]);
    let participles = objects.flat_map(|o| tree.with_rel(o, &[Deprel::Acl])).filter(|a| tree.tag(*a) == "VBG");
    let deep = |p: usize| std::iter::once(p).chain(tree.first(p, &[Deprel::Xcomp]));
    let gapped = tree.with_rel(trigger.token, &[Deprel::Conj]).filter(|c| {
        trigger.frame.passive
            && tree.tag(*c) == "VBN"
            && tree.first(*c, &[Deprel::Aux, Deprel::AuxPass, Deprel::Obj, Deprel::Cop]).is_none()
    });
    let around = |c: usize| anchors.of(c).or_else(|| below(clauses, anchors, c));
    let timex =
        participles.flat_map(deep).find_map(|p| anchors.of(p)).or_else(|| gapped.into_iter().find_map(around))?;
    // Only a day that is over: "arrested a man planning an attack in May" is about another.
    let day = clauses.times[timex].interval.filter(|i| i.length().is_some_and(|days| days <= 2))?;
    let behind = clauses.times[timex].span.start > trigger.span.end;
    let over = clauses.published.is_none_or(|p| day.to().is_some_and(|d| d <= p));
    (behind && over).then_some(timex)
}

/// Whether a participle says that the noun above it came about: "a strike launched", "the treaty signed".
pub fn realises(clauses: &Clauses<'_>, verb: usize) -> bool {
    let (tree, words) = (clauses.tree, &clauses.lexicon.words);
    let lemma = tree.lemma(verb);
    let lists = [List::Light, List::Lending].iter().any(|l| words.has(*l, lemma));
    tree.tag(verb) == "VBN" && (lists || matches!(lemma, "reach" | "sign" | "publish" | "file" | "release"))
}

/// A date on a noun below a clause: "at a press conference on Monday".
pub fn below(clauses: &Clauses<'_>, anchors: &Anchors, clause: usize) -> Option<usize> {
    let tree = clauses.tree;
    tree.with_rel(clause, &[Deprel::Obl, Deprel::Obj]).find_map(|o| anchors.of(o))
}
