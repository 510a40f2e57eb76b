use super::Clauses;
use super::anchors::{Anchors, is_occasion, is_part_of_name, is_vague};
use super::around::{below, clause_behind, occasion_before, realises, subject_date, when_before};
use super::nominal::governing_verb;
use super::stance::Stance;
use super::story::{Story, StoryDay, is_main, is_past};
use super::trigger::Trigger;
use super::when::{Found, after, at, bounded, dated, edtf, found, open};
use crate::language::{Deprel, Upos};
use crate::lexicon::List;
use crate::model::{Basis, EventType, Granularity, Interval, Modality, When, Zone};

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
    let told = |day: StoryDay| {
        let rule = if day.timex.is_some() { "day-of-the-story" } else { "news-of-the-day" };
        found(clauses, day.when(), rule, day.timex.map(|t| clauses.times[t].span), trigger)
    };
    let support = || trigger.support.and_then(|s| anchors.of(s));
    // "Orders of the recently announced phone began on Tuesday".
    let own = anchors.of(trigger.token).filter(|t| !is_vague(clauses, *t) || support().is_none());
    if let Some(timex) = own {
        // "The keynote of Expo 2005", told of this year's: the name does not date it as well as the story does.
        let year = clauses.times[timex].interval.filter(|_| is_part_of_name(clauses, timex));
        let inside = |d: &StoryDay| year.is_some_and(|y| y.overlaps(Interval::day(d.day)));
        if let Some(day) = year.and_then(|_| story.day_of(clauses, trigger, stance)).filter(inside) {
            return told(day);
        }
        return dated(clauses, timex, "date-of-clause", trigger);
    }
    if let Some(timex) = when_before(clauses, trigger) {
        return at(clauses, timex, "date-before-when", trigger);
    }
    if let Some(timex) = support() {
        return dated(clauses, timex, "date-of-support-verb", trigger);
    }
    // "An agreement reached on Monday is expected to hold".
    let made = tree.with_rel(trigger.token, &[Deprel::Acl]).filter(|a| !trigger.verb && realises(clauses, *a));
    // "the crash, which happened on Wednesday morning".
    let happened = tree.with_rel(trigger.token, &[Deprel::AclRelcl]).filter(|a| {
        !trigger.verb && matches!(tree.lemma(*a), "happen" | "occur" | "take" | "begin" | "start" | "break")
    });
    if let Some(timex) = made.into_iter().chain(happened).find_map(|a| anchors.of(a)) {
        return dated(clauses, timex, "date-of-participle", trigger);
    }
    // "the raid on Monday, in which four were killed".
    if let Some(timex) = occasion_before(clauses, anchors, trigger) {
        return dated(clauses, timex, "date-of-noun-before", trigger);
    }
    // "Monday's raid killed four", "a statement on Friday denied it": the clause tells what its subject was.
    if let Some(timex) = subject_date(clauses, anchors, trigger) {
        return dated(clauses, timex, "date-of-subject", trigger);
    }
    if let Some(when) = story.recall(clauses, trigger, kind) {
        let span = when.timex.map(|t| clauses.times[t].span);
        return found(clauses, when, "happening-named-before", span, trigger);
    }
    // "In a July 16 press conference, she said": the occasion dates what is done there.
    let occasion = tree.with_rel(trigger.token, &[Deprel::Obl]).filter(|o| trigger.verb && is_occasion(clauses, *o));
    if let Some(timex) = occasion.filter_map(|o| anchors.of(o)).next() {
        return dated(clauses, timex, "date-of-occasion", trigger);
    }
    // "seized nine boats carrying flour on 28 May", "killed three and 46 wounded on Wednesday".
    if let Some(timex) = clause_behind(clauses, anchors, trigger) {
        return dated(clauses, timex, "date-of-clause-behind", trigger);
    }
    // A noun lives in the clause of the verb above it.
    let mut at = trigger.token;
    let is_about = |list: List| !trigger.verb && is_about(clauses, trigger.token, list);
    let looks_back = is_about(List::LookingBack);
    // "discussed the flood on Monday": it may have been before or lie ahead.
    if is_about(List::Pondering) {
        return found(clauses, When::unknown(), "no-date", None, trigger);
    }
    if !trigger.verb {
        if let Some(verb) = governing_verb(tree, trigger.token) {
            if let Some(timex) = anchors.of(verb) {
                let aim = clauses.lexicon.words.has(List::Plan, tree.lemma(verb));
                // "arrested on Tuesday after a raid".
                if let Some(before) = side_of(clauses, trigger.token) {
                    let rule = if before { "before-governing-clause" } else { "after-governing-clause" };
                    return bounded(clauses, timex, before, rule, trigger);
                }
                // "mourned the death of the bishop on Monday": the bishop had died before.
                if looks_back {
                    return bounded(clauses, timex, true, "before-what-looks-back", trigger);
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
            // "condemned the raid on Monday and mourned the dead"; "accused the army on Monday of shelling the port".
            Deprel::Conj if looks_back => return bounded(clauses, timex, true, "before-what-looks-back", trigger),
            Deprel::Advcl if clauses.lexicon.words.has(List::Charging, tree.lemma(above)) => {
                return bounded(clauses, timex, true, "before-the-charge", trigger);
            }
            // "were arrested in January but were later released".
            Deprel::Conj if tree.with_rel(at, &[Deprel::Advmod]).any(|a| is_later(&tree.lower(a))) => {
                return after(clauses, timex, "after-clause-before", trigger, stance);
            }
            // "In March he was dismissed and she took his place": a date that opens the sentence is that of both.
            Deprel::Conj if tree.first(at, &[Deprel::Nsubj, Deprel::NsubjPass]).is_some() => {
                if opens_both(clauses, timex, above, at) {
                    return dated(clauses, timex, "date-of-coordinated-clause", trigger);
                }
                break;
            }
            // "vanished from the radar ten minutes after it took off on Monday".
            Deprel::Advcl if within_hours(clauses, at) => {
                return dated(clauses, timex, "within-hours-of-governing-clause", trigger);
            }
            // "charged on Tuesday, a month after police searched his home".
            Deprel::Advcl if has_mark(clauses, at, &["after", "since"]) => {
                return bounded(clauses, timex, true, "before-governing-clause", trigger);
            }
            Deprel::Advcl if has_mark(clauses, at, &["before", "until", "till"]) => {
                return after(clauses, timex, "after-governing-clause", trigger, stance);
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
        return told(day);
    }
    if let Some(found) = beside_story(clauses, anchors, story, trigger, stance) {
        return found;
    }
    tense(clauses, anchors, story, trigger, kind, stance)
}

/// Before, after or on the day of a clause above whose day is that of the story: "opened fire before he was overpowered".
fn beside_story(
    clauses: &Clauses<'_>,
    anchors: &Anchors,
    story: &Story,
    trigger: &Trigger,
    stance: &Stance,
) -> Option<Found> {
    let tree = clauses.tree;
    if !matches!(stance.modality, Modality::Asserted | Modality::Reported) {
        return None;
    }
    let mut at = if trigger.verb { trigger.token } else { governing_verb(tree, trigger.token)? };
    for _ in 0..DEPTH {
        let mut above = tree.head(at)?;
        let side = match tree.rel(at) {
            Deprel::Advcl if within_hours(clauses, at) => Some(None),
            Deprel::Advcl if has_mark(clauses, at, &["after", "since"]) => Some(Some(true)),
            Deprel::Advcl if has_mark(clauses, at, &["before", "until", "till"]) => Some(Some(false)),
            // "the man arrested in the raid told the court": what a participle tells is over.
            Deprel::Acl if tree.tag(at) == "VBN" => {
                above = governing_verb(tree, above)?;
                Some(Some(true))
            }
            Deprel::Conj | Deprel::Xcomp | Deprel::Advcl => None,
            _ => return None,
        };
        let Some(side) = side else {
            at = above;
            continue;
        };
        if let Some(timex) = anchors.of(above) {
            return Some(match side {
                None => dated(clauses, timex, "within-hours-of-governing-clause", trigger),
                Some(true) => bounded(clauses, timex, true, "before-governing-clause", trigger),
                Some(false) => after(clauses, timex, "after-governing-clause", trigger, stance),
            });
        }
        let day = story.day_at(clauses, above, false, false)?;
        let span = day.timex.map(|t| clauses.times[t].span);
        let (interval, rule) = match side {
            None => (Interval::day(day.day), "within-hours-of-the-story"),
            Some(true) => (Interval::until(day.day), "before-the-story"),
            Some(false) => (Interval::new(Some(day.day), clauses.published)?, "after-the-story"),
        };
        if interval == Interval::day(day.day) {
            return Some(found(clauses, day.when(), rule, span, trigger));
        }
        let when = When {
            interval,
            granularity: Granularity::Range,
            edtf: edtf(interval),
            approximate: day.basis == Basis::Narrative,
            ..day.when()
        };
        return Some(found(clauses, when, rule, span, trigger));
    }
    None
}

/// Whether a clause with "after" or "before" lies no more than hours away from the one above: "ten minutes after it took
/// off", "shortly before he died".
fn within_hours(clauses: &Clauses<'_>, clause: usize) -> bool {
    let tree = clauses.tree;
    let mark = tree.with_rel(clause, &[Deprel::Mark]).find(|m| matches!(tree.lower(*m).as_str(), "after" | "before"));
    let Some(before) = mark.and_then(|m| m.checked_sub(1)) else { return false };
    if matches!(tree.lower(before).as_str(), "shortly" | "immediately" | "moments" | "minutes" | "seconds" | "hours") {
        return true;
    }
    let span = tree.document.tokens[before].span;
    clauses.times.iter().any(|t| t.span.contains(span) && t.value.starts_with("PT"))
}

/// Whether a date opens the sentence, and a second clause with a subject is joined to the first by "and" or "but" in the same tense.
fn opens_both(clauses: &Clauses<'_>, timex: usize, first: usize, second: usize) -> bool {
    let tree = clauses.tree;
    let date = tree.document.tokens_in(clauses.times[timex].span).start;
    let subject = tree.first(first, &[Deprel::Nsubj, Deprel::NsubjPass]);
    let joined = tree.with_rel(second, &[Deprel::Cc]).any(|c| matches!(tree.lower(c).as_str(), "and" | "but"));
    let timed = tree.with_rel(second, &[Deprel::Advmod]).any(|a| is_later(&tree.lower(a)));
    joined && !timed && subject.is_some_and(|s| date < s) && tree.rel(first) == Deprel::Root && is_past(clauses, second)
}

/// Whether a noun is what a verb of a list is about: "condemned the raid", "confessed to the killing".
pub fn is_about(clauses: &Clauses<'_>, noun: usize, list: List) -> bool {
    let tree = clauses.tree;
    let first = tree.head(noun).filter(|_| tree.rel(noun) == Deprel::Conj).unwrap_or(noun);
    let about = || matches!(tree.case(first).as_deref(), Some("to" | "for" | "about" | "over" | "against"));
    let argument = match tree.rel(first) {
        Deprel::Obj | Deprel::NsubjPass => true,
        Deprel::Obl => about(),
        _ => false,
    };
    let listed = |v: &usize| clauses.lexicon.words.has(list, &tree.lemma(*v).to_lowercase());
    argument && tree.head(first).is_some_and(|v| tree.pos(v) == Upos::Verb && listed(&v))
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

/// The day of the occasion on which the speaker speaks, when an earlier sentence dated it.
fn said_at(clauses: &Clauses<'_>, story: &Story, trigger: &Trigger) -> Option<Interval> {
    story.occasion(super::attribution::speaker(clauses, trigger)?.actor?)
}

/// What is left: a past tense lies not after the publication, a future not before it. Without a publication date, or with
/// a tense that tells nothing, the date is unknown.
fn tense(
    clauses: &Clauses<'_>,
    anchors: &Anchors,
    story: &Story,
    trigger: &Trigger,
    kind: EventType,
    stance: &Stance,
) -> Found {
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
        // "Rescuers worked to free them", "said it would close": what was ahead of the story is not ahead of today.
        let main = verb.and_then(|v| tree.ancestors(v).find(|t| tree.pos(*t) == Upos::Verb && is_main(clauses, *t)));
        if let Some(main) = main.filter(|m| is_past(clauses, *m) && zone != Zone::Title) {
            if let Some(timex) = anchors.of(main) {
                return bounded(clauses, timex, false, "after-governing-clause", trigger);
            }
            return match story.day_at(clauses, main, false, false) {
                Some(day) => {
                    let interval = Interval::since(day.day);
                    let when = When {
                        interval,
                        granularity: Granularity::Range,
                        edtf: edtf(interval),
                        approximate: day.basis == Basis::Narrative,
                        ..day.when()
                    };
                    found(clauses, when, "after-the-story", day.timex.map(|t| clauses.times[t].span), trigger)
                }
                None => none(),
            };
        }
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
pub fn definite_or_owned(clauses: &Clauses<'_>, noun: usize) -> bool {
    let tree = clauses.tree;
    tree.first(noun, &[Deprel::NmodPoss]).is_some()
        || tree.first(noun, &[Deprel::Det]).is_some_and(|d| matches!(tree.lower(d).as_str(), "the" | "this" | "that"))
}
