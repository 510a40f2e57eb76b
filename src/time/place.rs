//! Where a term lies: a cell of the calendar, or as much of its value as is known.

use super::field::{around, choose, field_in, field_unit, impossible, partial, pick};
use super::resolve::{Place, at_cell, at_optional, moved, nowhere, resolve, unknown};
use super::{Amount, Anchor, Anchors, Cell, DateValue, Duration, Field, Rest, Term, TimexValue, Unit, Unplaced};

pub(super) fn anchor_cell(anchor: Anchor, anchors: &Anchors) -> Result<Cell, Unplaced> {
    match anchor {
        Anchor::Dct => anchors.dct,
        Anchor::Reference => anchors.reference,
        Anchor::Here => return anchor_cell(anchors.here(), anchors),
    }
    .ok_or(Unplaced::NoAnchor(anchor))
}

pub(super) fn base_of(base: &Term, anchors: &Anchors) -> (Option<Anchor>, Result<Cell, Unplaced>) {
    match base {
        Term::Anchor(anchor) => (Some(anchors.real(*anchor)), anchor_cell(*anchor, anchors)),
        _ => {
            let reading = resolve(base, anchors);
            let why = reading.interval.err().unwrap_or(Unplaced::NotADate);
            (reading.anchor, reading.cell.ok_or(why))
        }
    }
}

pub(super) fn place(term: &Term, anchors: &Anchors) -> Place {
    match term {
        Term::Cell(cell) => at_cell(*cell),
        Term::NoSuchDay(value) => nowhere(*value, Unplaced::NoSuchDay, Unit::Day),
        Term::Any(unit) => nowhere(unknown(*unit), Unplaced::NotADate, *unit),
        Term::Field(field) => bare(field, anchors),
        Term::Anchor(anchor) => match anchor_cell(*anchor, anchors) {
            Ok(cell) => Place { anchor: Some(anchors.real(*anchor)), ..at_cell(cell) },
            Err(why) => nowhere(unknown(Unit::Day), why, Unit::Day),
        },
        Term::In(inner, outer) => inside(inner, outer, anchors),
        Term::Pick(field, which, anchor) => match anchor_cell(*anchor, anchors) {
            Ok(cell) => Place {
                anchor: Some(anchors.real(*anchor)),
                ..at_optional(pick(field, *which, cell), partial(field), field_unit(field))
            },
            Err(why) => nowhere(partial(field), why, field_unit(field)),
        },
        Term::Shift(base, unit, n) => shifted(base, *unit, *n, anchors),
        Term::Move(base, back, duration) => {
            let (anchor, cell) = base_of(base, anchors);
            Place { anchor, ..go(cell, *back, duration) }
        }
        Term::NthDay(n, weekday, base) => {
            let (anchor, cell) = base_of(base, anchors);
            let place = match cell {
                Ok(cell) => at_optional(nth_day(*n, *weekday, cell), unknown(Unit::Day), Unit::Day),
                Err(why) => nowhere(unknown(Unit::Day), why, Unit::Day),
            };
            Place { anchor, ..place }
        }
        Term::Nth(n, unit, base) => {
            let (anchor, cell) = base_of(base, anchors);
            let place = match cell {
                Ok(cell) => at_optional(nth(*n, *unit, cell), unknown(*unit), *unit),
                Err(why) => nowhere(unknown(*unit), why, *unit),
            };
            Place { anchor, ..place }
        }
        Term::At(time, date) => {
            let mut place = match date {
                Some(date) => place(date, anchors),
                None => on_the_day(anchors),
            };
            place.time = Some(*time);
            place
        }
        Term::Modified(modifier, inner) => Place { modifier: Some(*modifier), ..place(inner, anchors) },
        Term::Between(..) | Term::Duration(_) | Term::Stretch(..) | Term::Set(_) | Term::Vague(_) | Term::Nothing => {
            let reading = resolve(term, anchors);
            let value = match reading.value {
                TimexValue::Date(value) => value,
                _ => unknown(Unit::Day),
            };
            let why = reading.interval.err().unwrap_or(Unplaced::NotADate);
            Place { anchor: reading.anchor, ..nowhere(value, why, Unit::Day) }
        }
    }
}

/// The day that a time of day without a date belongs to: the one the text speaks of, else the day of writing.
pub(super) fn on_the_day(anchors: &Anchors) -> Place {
    let day = |anchor| anchor_cell(anchor, anchors).ok().filter(|c| c.unit() == Unit::Day).map(|c| (c, anchor));
    match day(anchors.bare).or_else(|| day(Anchor::Reference)) {
        Some((cell, anchor)) => Place { anchor: Some(anchor), ..at_cell(cell) },
        None => nowhere(unknown(Unit::Day), Unplaced::NoAnchor(anchors.bare), Unit::Day),
    }
}

pub(super) fn bare(field: &Field, anchors: &Anchors) -> Place {
    let unit = field_unit(field);
    if impossible(field) {
        return nowhere(partial(field), Unplaced::NoSuchDay, unit);
    }
    match anchor_cell(anchors.bare, anchors) {
        Ok(cell) => {
            let found = choose(field, cell, anchors.direction);
            let why = if found.is_none() { Unplaced::NoSuchDay } else { Unplaced::OutOfRange };
            Place { anchor: Some(anchors.bare), ..found.map_or_else(|| nowhere(partial(field), why, unit), at_cell) }
        }
        Err(why) => nowhere(partial(field), why, unit),
    }
}

pub(super) fn inside(inner: &Term, outer: &Term, anchors: &Anchors) -> Place {
    let Term::Field(field) = inner else {
        // Only fields can lie in something; anything else keeps its own reading.
        return place(inner, anchors);
    };
    // "Friday, 5 May": the weekday chooses the year, and must not contradict the date.
    if let (Field::Weekday(weekday), Term::Field(day @ Field::MonthDay(..))) = (field, outer) {
        let Ok(anchor) = anchor_cell(anchors.bare, anchors) else { return bare(day, anchors) };
        let plain = choose(day, anchor, anchors.direction);
        if plain.is_some_and(|c| c.first().weekday() == *weekday) {
            return bare(day, anchors);
        }
        let fits = around(day, anchor).filter(|c| c.first().weekday() == *weekday);
        let near = fits.min_by_key(|c| (c.first().number() - anchor.first().number()).abs());
        let near = near.filter(|c| (c.first().number() - anchor.first().number()).abs() < 370);
        return match near {
            Some(cell) => Place { anchor: Some(anchors.bare), ..at_cell(cell) },
            None => bare(day, anchors),
        };
    }
    let (anchor, cell) = base_of(outer, anchors);
    let unit = field_unit(field);
    let place = match cell {
        // The outer one is a single day already: its weekday adds nothing.
        Ok(cell) if cell.unit() == Unit::Day && matches!(field, Field::Weekday(_)) => at_cell(cell),
        Ok(cell) => match field_in(field, cell) {
            Some(found) => at_cell(found),
            None => nowhere(partial_in(field, cell), Unplaced::NoSuchDay, unit),
        },
        Err(why) => nowhere(partial(field), why, unit),
    };
    Place { anchor, ..place }
}

pub(super) fn partial_in(field: &Field, outer: Cell) -> DateValue {
    DateValue { year: outer.value().year, ..partial(field) }
}

pub(super) fn shifted(base: &Term, unit: Unit, n: i32, anchors: &Anchors) -> Place {
    let (anchor, cell) = base_of(base, anchors);
    let place = match cell {
        // A day cannot be found in a month or year that is all we know.
        Ok(cell) if finer(unit, cell.unit()) => {
            nowhere(unknown_in(unit, cell), Unplaced::NoAnchor(Anchor::Reference), unit)
        }
        Ok(cell) => {
            let from = if n > 0 { cell.last() } else { cell.first() };
            at_optional(Cell::of(from, unit).shift(n), unknown(unit), unit)
        }
        Err(why) => nowhere(unknown(unit), why, unit),
    };
    Place { anchor, ..place }
}

/// Whether one unit is too fine to be told inside the other.
pub(super) fn finer(unit: Unit, than: Unit) -> bool {
    let size = |u: Unit| u.days().or_else(|| u.months().map(|m| m * 30)).unwrap_or(1);
    size(unit) < size(than)
}

pub(super) fn unknown_in(unit: Unit, cell: Cell) -> DateValue {
    let year = cell.value().year;
    match (unit, cell.value().rest) {
        (Unit::Day, Rest::Month(m)) => DateValue { year, rest: Rest::Day(m, None), time: None },
        _ => DateValue { year, ..unknown(unit) },
    }
}

pub(super) fn go(cell: Result<Cell, Unplaced>, back: bool, duration: &Duration) -> Place {
    let sign = if back { -1 } else { 1 };
    let unit = match duration.unit() {
        Unit::Second | Unit::Minute | Unit::Hour => Unit::Day,
        // "A decade ago" points at a year, not at the decade before.
        Unit::Decade | Unit::Century | Unit::Millennium | Unit::Half => Unit::Year,
        Unit::Season | Unit::Quarter => Unit::Month,
        other => other,
    };
    let unit = if duration.months().is_some_and(|m| m % 12 != 0) && unit == Unit::Year { Unit::Month } else { unit };
    let cell = match cell {
        Ok(cell) => cell,
        Err(why) => return nowhere(unknown(unit), why, unit),
    };
    if finer(unit, cell.unit()) && !duration.unit().is_clock() {
        // The base is coarser than the length: only whole coarser units can be told.
        let target = duration.months().and_then(|m| Some((m, cell.unit().months()?)));
        return match target {
            Some((m, size)) if m % size == 0 => at_optional(cell.shift(sign * (m / size)), unknown(unit), unit),
            _ => nowhere(unknown_in(unit, cell), Unplaced::NoAnchor(Anchor::Reference), unit),
        };
    }
    let edge = if back { cell.first() } else { cell.last() };
    let found = moved(edge, back, duration).or_else(|| {
        let (Amount::Exact(n), _) = *duration.parts.first()? else { return None };
        let months = i64::from(n) * i64::from(duration.parts.first()?.1.months()?) / 1000;
        Some(Cell::of(edge, Unit::Month).shift(sign * i32::try_from(months).ok()?)?.first())
    });
    at_optional(found.map(|d| Cell::of(d, unit)), unknown(unit), unit)
}

/// The n-th such weekday inside something longer, from the end when negative.
fn nth_day(n: i32, weekday: u32, outer: Cell) -> Option<Cell> {
    if n == 0 || outer.unit() == Unit::Day {
        return None;
    }
    let day = if n > 0 {
        let ahead = (weekday + 7 - outer.first().weekday()) % 7;
        outer.first().plus(ahead as i32 + 7 * (n - 1))?
    } else {
        let back = (outer.last().weekday() + 7 - weekday) % 7;
        outer.last().plus(7 * (n + 1) - back as i32)?
    };
    Some(Cell::day(day)).filter(|_| outer.contains(day))
}

/// The n-th cell of a unit inside a longer one, from the end when negative.
pub(super) fn nth(n: i32, unit: Unit, outer: Cell) -> Option<Cell> {
    if n == 0 || finer(outer.unit(), unit) {
        return None;
    }
    let found = if n > 0 {
        let first = Cell::of(outer.first(), unit);
        // A week that began before the month counts when most of it lies inside.
        let skip = unit == Unit::Week && outer.first().weekday() > 4;
        first.shift(n - 1 + i32::from(skip))?
    } else {
        Cell::of(outer.last(), unit).shift(n + 1)?
    };
    outer.interval().overlaps(found.interval()).then_some(found)
}
