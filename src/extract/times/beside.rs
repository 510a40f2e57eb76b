//! Lengths that lead to a day: "two days after the siege began on 3 May".

use crate::model::{Basis, TimexKind};
use crate::text::Document;
use crate::time::{Amount, Anchor, Anchors, Bounds, Cell, Direction, Duration, Field, Reading, Term, Unit, resolve};

use super::{Candidate, Times};

/// How many bytes a clause may put between the length and its date.
const CLAUSE: usize = 120;

/// How many bytes may stand in the brackets between a time of day and its day.
const BRACKETS: usize = 30;

/// Words before a length that make it a stretch of time, not a way to a day.
const STRETCH: &[&str] = &[
    "for", "in", "over", "within", "during", "of", "the", "than", "lasted", "last", "took", "takes", "least", "every",
];

/// Gives the lengths before a dated clause their day: the length is counted from the date that the clause names. Lengths
/// before clauses without a date stay lengths.
pub fn dated(document: &Document<'_>, candidates: &[Candidate], readings: &[(usize, Reading)], found: &mut Times) {
    for (at, pair) in readings.windows(2).enumerate() {
        let (Some(length), Some(date)) = (candidates.get(pair[0].0), candidates.get(pair[1].0)) else { continue };
        let duration = match &length.term {
            Term::Duration(duration) => duration.clone(),
            // "The day after the siege ended on 3 May".
            Term::Any(unit) => Duration { parts: vec![(Amount::Exact(1000), *unit)] },
            _ => continue,
        };
        let Some(cell) = pair[1].1.cell.filter(|_| pair[1].1.kind == TimexKind::Date) else { continue };
        let Some(back) = leads(document, length, date) else { continue };
        // "A year after May 1950" is a month; "two days after May 1950" is no day.
        if !duration.is_exact() || !fine_enough(cell, duration.unit()) {
            continue;
        }
        let anchors = Anchors { dct: None, reference: None, bare: Anchor::Dct, direction: Direction::Past };
        let reading = resolve(&Term::Move(Box::new(Term::Cell(cell)), back, duration), &anchors);
        let Ok(interval) = reading.interval else { continue };
        let bounds = Bounds::of(&reading);
        let timex = &mut found.times[at];
        timex.kind = reading.kind;
        timex.value = reading.value.to_string();
        timex.interval = Some(interval);
        timex.granularity = reading.granularity;
        timex.basis = Basis::Anchored;
        timex.edtf = reading.edtf.map(|e| e.to_string());
        timex.anchor = Some(at + 1);
        found.bounds[at] = bounds;
    }
}

/// A time of day whose day follows at once, or behind brackets: the first of "10:35 a.m. on Thursday, Aug. 17", of
/// "10:35 a.m. (0735 GMT) Friday" and of "0735 GMT) Friday".
pub fn clock_of_day(document: &Document<'_>, candidates: &[Candidate]) -> Option<Term> {
    let clock = candidates.first()?;
    let (modifier, time) = match &clock.term {
        Term::At(time, None) => (None, time),
        Term::Modified(modifier, inner) => match &**inner {
            Term::At(time, None) => (Some(*modifier), time),
            _ => return None,
        },
        _ => return None,
    };
    // "Thursday, Aug. 17" is a weekday of a date.
    let is_day = |term: &Term| match term {
        Term::Field(field) => matches!(field, Field::Weekday(_) | Field::MonthDay(..)),
        Term::In(inner, _) => matches!(**inner, Term::Field(Field::Weekday(_))),
        _ => false,
    };
    let day = candidates.iter().skip(1).take(2).find(|c| is_day(&c.term) && c.sentence == clock.sentence)?;
    let between = document.text.get(clock.span.end as usize..day.span.start as usize)?;
    // One pair of brackets may stand between, or the end of those that the clock itself stands in.
    let rest = match between.trim_start().strip_prefix('(') {
        Some(inside) if inside.len() < BRACKETS => inside.split_once(')').map(|(_, rest)| rest)?,
        Some(_) => return None,
        None => between.trim_start().strip_prefix(')').unwrap_or(between),
    };
    if !matches!(rest.trim(), "" | "on" | ",") {
        return None;
    }
    let term = Term::At(*time, Some(Box::new(day.term.clone())));
    Some(match modifier {
        Some(modifier) => Term::Modified(modifier, Box::new(term)),
        None => term,
    })
}

/// Whether a candidate says nothing unless a dated clause follows, and none does: "the day after the siege".
pub fn hangs(document: &Document<'_>, candidate: &Candidate, next: Option<&Candidate>) -> bool {
    matches!(candidate.term, Term::Any(_)) && next.is_none_or(|next| leads(document, candidate, next).is_none())
}

/// Whether a length counts from the date behind it, and if so, whether backwards.
fn leads(document: &Document<'_>, length: &Candidate, date: &Candidate) -> Option<bool> {
    if length.sentence != date.sentence || STRETCH.contains(&length.before.as_str()) {
        return None;
    }
    let between = document.text.get(length.span.end as usize..date.span.start as usize)?;
    if between.len() > CLAUSE || between.contains([',', ';', ':', '.', '(', '\u{2014}', '"']) {
        return None;
    }
    let mut words = between.split_whitespace();
    let back = match words.next()? {
        "after" | "following" => false,
        "before" => true,
        _ => return None,
    };
    // A clause has words of its own between the two; its date stands at its end: "after the siege began on 3 May".
    let last = words.next_back()?;
    matches!(last, "on" | "in" | "of" | "at").then_some(back)
}

const fn fine_enough(cell: Cell, unit: Unit) -> bool {
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour => false,
        Unit::Day | Unit::Week => matches!(cell.unit(), Unit::Day),
        Unit::Month => matches!(cell.unit(), Unit::Day | Unit::Month),
        _ => matches!(cell.unit(), Unit::Day | Unit::Month | Unit::Year),
    }
}
