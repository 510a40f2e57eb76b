//! Dates as events have them: of a time expression, before or after it, or open on a side.

use super::Clauses;
use super::stance::Stance;
use super::trigger::Trigger;
use crate::language::Deprel;
use crate::model::{Basis, Day, Granularity, Interval, Modality, Reason, Span, TimexMod, When};

/// A date found for an event and why.
pub struct Found {
    /// The date.
    pub when: When,
    /// The reasoning.
    pub reason: Reason,
}

/// The reading of one time expression with the preposition before it.
pub fn interval_of(clauses: &Clauses<'_>, number: usize) -> (Interval, bool) {
    let timex = &clauses.times[number];
    let own = timex.interval.unwrap_or(Interval::UNKNOWN);
    // "between 2019 and 2021" is one range.
    let end = timex.until.or_else(|| goes_on(clauses, number)).and_then(|n| clauses.times.get(n)?.interval);
    let own = match end {
        Some(end) if own.from() <= end.to() => own.cover(end),
        _ => own,
    };
    // "until at least Sunday": what stands between says how sure the date is.
    let first = clauses.tree.document.tokens_in(timex.span).start;
    let before = (0..first).rev().take(3).map(|t| (t, clauses.tree.lower(t)));
    let before = before.into_iter().find(|(_, w)| !matches!(w.as_str(), "at" | "least" | "most" | "about" | "around"));
    // "after third-quarter orders fell" opens a clause.
    let preposition = before.filter(|(t, _)| clauses.tree.rel(*t) != Deprel::Mark).map(|(_, word)| word);
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

/// Whether a date is that of a noun since which something has gone on: "the third coup since independence in 1975".
fn is_since(clauses: &Clauses<'_>, number: usize, trigger: &Trigger) -> bool {
    let tree = clauses.tree;
    let start = tree.document.tokens_in(clauses.times[number].span).start;
    let noun = start.checked_sub(2).filter(|n| matches!(tree.lower(n + 1).as_str(), "in" | "of" | "on"));
    noun.is_some_and(|noun| noun != trigger.token && tree.case(noun).as_deref() == Some("since"))
}

/// The next stretch of the calendar where two are named as one: "in April and May", "on Monday and Tuesday".
fn goes_on(clauses: &Clauses<'_>, number: usize) -> Option<usize> {
    let (first, second) = (&clauses.times[number], clauses.times.get(number + 1)?);
    let document = &clauses.tree.document;
    let (a, b) = (document.tokens_in(first.span), document.tokens_in(second.span));
    let joined = a.end + 1 == b.start && clauses.tree.lower(a.end) == "and";
    let next = first.interval?.to()?.plus(1) == second.interval?.from();
    (joined && next && first.granularity == second.granularity).then_some(number + 1)
}

/// On the date of a time expression, with the preposition before it.
pub fn dated(clauses: &Clauses<'_>, number: usize, rule: &str, trigger: &Trigger) -> Found {
    let (mut interval, mut open) = interval_of(clauses, number);
    if is_since(clauses, number, trigger) {
        (interval, open) = (interval.from().map_or(interval, Interval::since), true);
    }
    on(clauses, number, interval, open, rule, trigger)
}

/// On the date of a time expression, whatever stands before it.
pub fn at(clauses: &Clauses<'_>, number: usize, rule: &str, trigger: &Trigger) -> Found {
    on(clauses, number, clauses.times[number].interval.unwrap_or(Interval::UNKNOWN), false, rule, trigger)
}

fn on(clauses: &Clauses<'_>, number: usize, interval: Interval, open: bool, rule: &str, trigger: &Trigger) -> Found {
    let timex = &clauses.times[number];
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
pub fn bounded(clauses: &Clauses<'_>, number: usize, before: bool, rule: &str, trigger: &Trigger) -> Found {
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

/// On the date of another clause or after it, but not after the publication that tells of it, unless it is planned.
pub fn after(clauses: &Clauses<'_>, number: usize, rule: &str, trigger: &Trigger, stance: &Stance) -> Found {
    let (own, _) = interval_of(clauses, number);
    let mut result = bounded(clauses, number, false, rule, trigger);
    let told = clauses.published.filter(|_| stance.modality != Modality::Planned && own.from().is_some());
    let Some(interval) = told.and_then(|p| Interval::new(own.from(), Some(p))) else { return result };
    result.when.interval = interval;
    result.when.edtf = edtf(interval);
    if interval.length() == Some(1) {
        result.when.granularity = Granularity::Day;
    }
    result
}

pub fn open(clauses: &Clauses<'_>, interval: Interval, basis: Basis, rule: &str, trigger: &Trigger) -> Found {
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

pub fn found(clauses: &Clauses<'_>, when: When, rule: &str, span: Option<Span>, _: &Trigger) -> Found {
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
