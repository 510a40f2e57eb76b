//! Dates as events have them: of a time expression, before or after it, or open on a side.

use super::Clauses;
use super::stance::Stance;
use super::trigger::Trigger;
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

pub fn dated(clauses: &Clauses<'_>, number: usize, rule: &str, trigger: &Trigger) -> Found {
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
