use std::collections::{HashMap, HashSet};

use super::Clauses;
use super::nominal::governing_verb;
use super::rule::is_event_noun;
use super::stance::Stance;
use super::story::Story;
use super::trigger::Trigger;
use crate::language::{Deprel, Upos};
use crate::lexicon::List;
use crate::model::{
    Basis, Day, EventType, Granularity, Interval, Modality, Reason, Span, TimexKind, TimexMod, When, Zone,
};

/// Which time expressions belong to which clause: the nearest verb or event noun above each.
#[derive(Debug, Default)]
pub struct Anchors {
    owned: HashMap<usize, Vec<usize>>,
}

impl Anchors {
    /// Assigns every placed date to the trigger or verb that it depends on.
    pub fn read(clauses: &Clauses<'_>, triggers: &[Trigger]) -> Anchors {
        let tree = clauses.tree;
        let mut anchors = Anchors::default();
        let supports: HashSet<usize> = triggers.iter().filter_map(|t| t.support).collect();
        for (number, timex) in clauses.times.iter().enumerate() {
            let dated = matches!(timex.kind, TimexKind::Date | TimexKind::Time);
            if !dated || timex.interval.is_none_or(Interval::is_unknown) {
                continue;
            }
            let tokens = tree.document.tokens_in(timex.span);
            if tokens.is_empty() {
                continue;
            }
            let head = tree.head_of_range(tokens.clone());
            let is_trigger = |t: &usize| triggers.binary_search_by_key(t, |g| g.token).is_ok();
            let finite = |t: usize| tree.tag(t) == "VBD" && is_trigger(&t);
            let owner = if let Some(verb) = opened_clause(clauses, tokens.start, head) {
                // "On Monday police used water cannon", where "Monday" is read as a part of "police".
                Some(verb)
            } else if is_modifier(clauses, head) {
                // "the Christmas ceasefire", "this week's summit": a date that modifies a noun dates that noun alone, or
                // the clause that the noun is the occasion of.
                tree.head(head).and_then(|n| {
                    // "a 2004 quake killed 30": what the verb tells of is the quake.
                    // "rejected a Christmas ceasefire" is not done at Christmas.
                    let acts = tree.rel(n) == Deprel::Nsubj && is_event_noun(clauses, n);
                    let told = || tree.head(n).filter(|v| acts && is_trigger(v));
                    if is_trigger(&n) { Some(n) } else { occasion_of(clauses, n).or_else(told) }
                })
            } else if let Some(verb) = tokens.start.checked_sub(1).filter(|v| finite(*v)) {
                // "announced Monday it has settled the dispute".
                Some(verb)
            } else {
                let clause = |t: &usize| tree.pos(*t) == Upos::Verb || is_trigger(t) || supports.contains(t);
                tree.ancestors(head).find(|t| !tokens.contains(t) && clause(t))
            };
            let modifier = is_modifier(clauses, head);
            // A date that hangs on no clause belongs to the only event of its sentence.
            let sentence = &tree.document.sentences[tree.document.sentence_of(head)].tokens;
            let inside = || triggers.iter().filter(|g| sentence.contains(&g.token) && !tokens.contains(&g.token));
            let only = || inside().next().filter(|_| inside().nth(1).is_none()).map(|g| g.token);
            if let Some(owner) = owner.or_else(|| if modifier { None } else { only() }) {
                anchors.owned.entry(owner).or_default().push(number);
            }
        }
        anchors
    }

    /// The first time expression that belongs to a word.
    pub fn of(&self, token: usize) -> Option<usize> {
        self.owned.get(&token).and_then(|t| t.first().copied())
    }
}

/// Whether a date stands as a modifier of the noun above it.
fn is_modifier(clauses: &Clauses<'_>, head: usize) -> bool {
    let tree = clauses.tree;
    let nominal = |t: usize| matches!(tree.pos(t), Upos::Noun | Upos::Propn);
    match tree.rel(head) {
        Deprel::Compound | Deprel::Amod | Deprel::NmodPoss | Deprel::NmodDesc => true,
        Deprel::Nummod => tree.head(head).is_some_and(|n| n > head && nominal(n)),
        _ => false,
    }
}

/// The verb of a clause that opens with a preposition and a date, where the parser joined the date to the subject behind it.
fn opened_clause(clauses: &Clauses<'_>, start: usize, head: usize) -> Option<usize> {
    let tree = clauses.tree;
    let preposition = start.checked_sub(1).filter(|p| matches!(tree.lower(*p).as_str(), "on" | "in" | "at"))?;
    let opens = tree.document.sentences[tree.document.sentence_of(start)].tokens.start == preposition;
    let subject = tree.head(head).filter(|n| opens && is_modifier(clauses, head) && *n > head)?;
    let is_subject = matches!(tree.rel(subject), Deprel::Nsubj | Deprel::NsubjPass);
    tree.head(subject).filter(|v| is_subject && tree.pos(*v) == Upos::Verb)
}

/// The verb that a noun is the occasion of: "in a Wednesday media event".
fn occasion_of(clauses: &Clauses<'_>, noun: usize) -> Option<usize> {
    let tree = clauses.tree;
    let occasion = tree.rel(noun) == Deprel::Obl && is_occasion(clauses, noun);
    tree.head(noun).filter(|v| occasion && tree.pos(*v) == Upos::Verb)
}

fn is_occasion(clauses: &Clauses<'_>, noun: usize) -> bool {
    matches!(clauses.tree.case(noun).as_deref(), Some("in" | "at" | "during" | "on"))
}

/// A date found for an event and why.
pub struct Found {
    /// The date.
    pub when: When,
    /// The reasoning.
    pub reason: Reason,
}

/// A clause above is asked for its date up to so many steps.
const DEPTH: usize = 6;

/// When an event happened: the date of its own words, else that of the clause it stands in, else the only date of its
/// sentence, else what tense and publication date allow, as an open interval.
pub fn read(
    clauses: &Clauses<'_>,
    anchors: &Anchors,
    story: &Story,
    trigger: &Trigger,
    kind: EventType,
    stance: &Stance,
) -> Found {
    let tree = clauses.tree;
    if let Some(timex) = anchors.of(trigger.token) {
        return dated(clauses, timex, "date-of-clause", trigger);
    }
    if let Some(timex) = trigger.support.and_then(|s| anchors.of(s)) {
        return dated(clauses, timex, "date-of-support-verb", trigger);
    }
    // "In a July 16 press conference, she said": the occasion dates what is done there.
    let occasion = tree.with_rel(trigger.token, &[Deprel::Obl]).filter(|o| trigger.verb && is_occasion(clauses, *o));
    if let Some(timex) = occasion.filter_map(|o| anchors.of(o)).next() {
        return dated(clauses, timex, "date-of-occasion", trigger);
    }
    // A noun lives in the clause of the verb above it.
    let mut at = trigger.token;
    if !trigger.verb {
        if let Some(verb) = governing_verb(tree, trigger.token) {
            if let Some(timex) = anchors.of(verb) {
                let aim = clauses.lexicon.words.has(List::Plan, tree.lemma(verb));
                // "arrested on Tuesday after a raid".
                if let Some(before) = side_of(clauses, trigger.token) {
                    let rule = if before { "before-governing-clause" } else { "after-governing-clause" };
                    return bounded(clauses, timex, before, rule, trigger);
                }
                return if aim && stance.modality == Modality::Planned {
                    bounded(clauses, timex, false, "date-of-intention", trigger)
                } else {
                    dated(clauses, timex, "date-of-governing-verb", trigger)
                };
            }
            at = verb;
        } else if let Some(verb) = tree.ancestors(trigger.token).skip(1).find(|t| tree.pos(*t) == Upos::Verb) {
            at = verb;
        }
    }
    for _ in 0..DEPTH {
        let Some(above) = tree.head(at) else { break };
        let Some(timex) = anchors.of(above) else {
            if !matches!(
                tree.rel(at),
                Deprel::Conj | Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp | Deprel::Parataxis | Deprel::Obl
            ) {
                break;
            }
            at = above;
            continue;
        };
        let says = clauses.lexicon.words.has(List::Reporting, &tree.lemma(above).to_lowercase());
        match tree.rel(at) {
            // What is reported lies before the report, what is announced after it.
            Deprel::Ccomp | Deprel::Parataxis | Deprel::Xcomp
                if says || clauses.lexicon.words.has(List::Plan, tree.lemma(above)) =>
            {
                let future = stance.modality == Modality::Planned;
                return bounded(clauses, timex, !future, "date-of-report", trigger);
            }
            Deprel::Conj if tree.first(at, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some() => break,
            // "charged on Tuesday, a month after police searched his home".
            Deprel::Advcl if has_mark(clauses, at, &["after", "since"]) => {
                return bounded(clauses, timex, true, "before-governing-clause", trigger);
            }
            Deprel::Advcl if has_mark(clauses, at, &["before", "until", "till"]) => {
                return bounded(clauses, timex, false, "after-governing-clause", trigger);
            }
            // "were arrested in January but were later released".
            Deprel::Conj if tree.with_rel(at, &[Deprel::Advmod]).any(|a| is_later(&tree.lower(a))) => {
                return bounded(clauses, timex, false, "after-clause-before", trigger);
            }
            Deprel::Conj | Deprel::Xcomp | Deprel::Advcl | Deprel::Obl => {
                return dated(clauses, timex, "date-of-governing-clause", trigger);
            }
            _ => break,
        }
    }
    // A participle or purpose clause below may carry the date of the main clause: "Speaking on Monday, he said ...".
    if trigger.verb
        && let Some(timex) = tree
            .with_rel(trigger.token, &[Deprel::Advcl])
            .filter(|c| *c < trigger.token && tree.tag(*c) == "VBG")
            .find_map(|c| anchors.of(c).or_else(|| below(clauses, anchors, c)))
    {
        return dated(clauses, timex, "date-of-opening-clause", trigger);
    }
    if let Some(interval) = said_at(clauses, story, trigger) {
        return open(clauses, interval, Basis::Narrative, "date-of-statement", trigger);
    }
    if let Some(day) = story.day_of(clauses, trigger, stance) {
        let rule = if day.timex.is_some() { "day-of-the-story" } else { "news-of-the-day" };
        let span = day.timex.map(|t| clauses.times[t].span);
        return found(clauses, day.when(), rule, span, trigger);
    }
    tense(clauses, trigger, kind, stance)
}

/// Whether a noun stands behind a preposition that puts it before what its clause tells of (`true`) or after it (`false`).
fn side_of(clauses: &Clauses<'_>, noun: usize) -> Option<bool> {
    match clauses.tree.case(noun).as_deref() {
        Some("after" | "following" | "since") => Some(true),
        Some("before" | "until" | "till" | "ahead of" | "prior to") => Some(false),
        _ => None,
    }
}

/// Whether a subordinate clause opens with one of some words.
pub fn has_mark(clauses: &Clauses<'_>, clause: usize, words: &[&str]) -> bool {
    let tree = clauses.tree;
    tree.with_rel(clause, &[Deprel::Mark, Deprel::Advmod]).any(|m| words.contains(&tree.lower(m).as_str()))
}

fn is_later(word: &str) -> bool {
    matches!(word, "later" | "subsequently" | "afterwards" | "afterward" | "eventually" | "finally")
}

/// A date on a noun below a clause: "at a press conference on Monday".
fn below(clauses: &Clauses<'_>, anchors: &Anchors, clause: usize) -> Option<usize> {
    let tree = clauses.tree;
    tree.with_rel(clause, &[Deprel::Obl, Deprel::Obj]).find_map(|o| anchors.of(o))
}

/// The day of the occasion on which the speaker speaks, when an earlier sentence dated it.
fn said_at(clauses: &Clauses<'_>, story: &Story, trigger: &Trigger) -> Option<Interval> {
    story.occasion(super::attribution::speaker(clauses, trigger)?.actor?)
}

/// The reading of one time expression with the preposition before it.
pub fn interval_of(clauses: &Clauses<'_>, number: usize) -> (Interval, bool) {
    let timex = &clauses.times[number];
    let own = timex.interval.unwrap_or(Interval::UNKNOWN);
    // "between 2019 and 2021" is one range.
    let end = timex.until.and_then(|n| clauses.times.get(n)?.interval);
    let own = match end {
        Some(end) if own.from() <= end.to() => own.cover(end),
        _ => own,
    };
    // "until at least Sunday": what stands between says how sure the date is.
    let first = clauses.tree.document.tokens_in(timex.span).start;
    let before = (0..first).rev().take(3).map(|t| clauses.tree.lower(t));
    let preposition = before.into_iter().find(|w| !matches!(w.as_str(), "at" | "least" | "most" | "about" | "around"));
    let changed = match preposition.as_deref() {
        Some("since") => own.from().map(Interval::since),
        Some("until" | "till" | "by") => own.to().map(Interval::until),
        Some("before") => own.from().and_then(|d| d.plus(-1)).map(Interval::until),
        Some("after") => own.to().and_then(|d| d.plus(1)).map(Interval::since),
        _ => None,
    };
    match changed {
        Some(interval) => (interval, true),
        None => (own, end.is_some()),
    }
}

fn dated(clauses: &Clauses<'_>, number: usize, rule: &str, trigger: &Trigger) -> Found {
    let timex = &clauses.times[number];
    let (interval, open) = interval_of(clauses, number);
    let granularity = if open { Granularity::Range } else { timex.granularity };
    let when = When {
        interval,
        granularity,
        edtf: if open { edtf(interval) } else { timex.edtf.clone().or_else(|| edtf(interval)) },
        basis: timex.basis,
        timex: Some(number),
        approximate: timex.modifier == Some(TimexMod::Approx),
        inferred: clauses.inferred && timex.basis != Basis::Stated,
    };
    found(clauses, when, rule, Some(timex.span), trigger)
}

/// Before or after the date of another clause.
fn bounded(clauses: &Clauses<'_>, number: usize, before: bool, rule: &str, trigger: &Trigger) -> Found {
    let timex = &clauses.times[number];
    let (own, _) = interval_of(clauses, number);
    let interval = match (before, own.from(), own.to()) {
        (true, _, Some(to)) => Interval::until(to),
        (false, Some(from), _) => Interval::since(from),
        _ => Interval::UNKNOWN,
    };
    let when = When {
        interval,
        granularity: Granularity::Range,
        edtf: edtf(interval),
        basis: if interval.is_unknown() { Basis::None } else { Basis::Anchored },
        timex: Some(number),
        approximate: timex.modifier == Some(TimexMod::Approx),
        inferred: clauses.inferred && timex.basis != Basis::Stated,
    };
    found(clauses, when, rule, Some(timex.span), trigger)
}

fn open(clauses: &Clauses<'_>, interval: Interval, basis: Basis, rule: &str, trigger: &Trigger) -> Found {
    let when = When {
        interval,
        granularity: Granularity::Range,
        edtf: edtf(interval),
        basis,
        inferred: clauses.inferred,
        ..When::unknown()
    };
    found(clauses, when, rule, None, trigger)
}

/// What is left: a past tense lies not after the publication, a future not before it. Without a publication date, or with
/// a tense that tells nothing, the date is unknown.
fn tense(clauses: &Clauses<'_>, trigger: &Trigger, kind: EventType, stance: &Stance) -> Found {
    let none = || found(clauses, When::unknown(), "no-date", None, trigger);
    let Some(published) = clauses.published else { return none() };
    let tree = clauses.tree;
    let verb = if trigger.verb {
        Some(trigger.token)
    } else {
        trigger.support.or_else(|| governing_verb(tree, trigger.token))
    };
    // An infinitive has the tense of the verb that it completes: "refused to surrender".
    let verb = verb.map(|v| {
        let finite = |t: &usize| matches!(tree.tag(*t), "VBD" | "VBZ" | "VBP" | "VBN");
        let completes = tree.ancestors(v).take_while(|t| *t == v || tree.pos(*t) == Upos::Verb);
        completes.take(3).find(finite).filter(|_| matches!(tree.tag(v), "VB" | "VBG")).unwrap_or(v)
    });
    let zone = tree.document.sentences[tree.document.sentence_of(trigger.token)].zone;
    if stance.modality == Modality::Planned {
        return open(clauses, Interval::since(published), Basis::Published, "future-after-publication", trigger);
    }
    if stance.modality == Modality::Possible {
        return none();
    }
    let past = verb.is_some_and(|v| {
        let auxiliary = |lemmas: &[&str]| {
            tree.with_rel(v, &[Deprel::Aux, Deprel::AuxPass]).any(|a| lemmas.contains(&tree.lower(a).as_str()))
        };
        matches!(tree.tag(v), "VBD" | "VBN")
            || auxiliary(&["was", "were", "had", "has", "have", "did", "been", "'s", "'ve", "'d"])
    });
    // Headlines tell the past in the present tense.
    let headline = zone == Zone::Title && verb.is_some_and(|v| matches!(tree.tag(v), "VBZ" | "VBP"));
    let ongoing = stance.aspect == crate::model::Aspect::Ongoing;
    let noun_fact = !trigger.verb && kind != EventType::Other && definite_or_owned(clauses, trigger.token);
    if past || headline || ongoing || noun_fact {
        open(clauses, Interval::until(published), Basis::Published, "past-before-publication", trigger)
    } else {
        none()
    }
}

/// "the capture of", "Russia's invasion": the words take the happening for granted.
fn definite_or_owned(clauses: &Clauses<'_>, noun: usize) -> bool {
    let tree = clauses.tree;
    tree.first(noun, &[Deprel::NmodPoss]).is_some()
        || tree.first(noun, &[Deprel::Det]).is_some_and(|d| matches!(tree.lower(d).as_str(), "the" | "this" | "that"))
}

fn found(clauses: &Clauses<'_>, when: When, rule: &str, span: Option<Span>, _: &Trigger) -> Found {
    let rule = match when.timex {
        Some(number) => format!("{rule} ({})", clauses.times[number].rule),
        None => rule.to_owned(),
    };
    Found { when, reason: Reason { field: "when".into(), rule, span } }
}

/// The EDTF of an interval that no time expression wrote: a day, a range, or one with an open side.
pub fn edtf(interval: Interval) -> Option<String> {
    let day = |d: Option<Day>| d.map_or("..".to_owned(), |d| d.to_string());
    match (interval.from(), interval.to()) {
        (None, None) => None,
        (Some(a), Some(b)) if a == b => Some(a.to_string()),
        (a, b) => Some(format!("{}/{}", day(a), day(b))),
    }
}
