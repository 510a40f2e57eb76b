use super::edtf::Qualifier;
use super::field::{field_unit, partial};
use super::place::{base_of, place};
use super::{Anchor, Cell, DateValue, Digits, Duration, Edtf, Period, Rest, Term, TimeOfDay, TimexValue, Unit, Vague};
use crate::model::{Day, Granularity, Interval, TimexKind, TimexMod};

/// Which of the cells that a bare field names is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The latest that has begun by the anchor.
    Past,
    /// The first that is not over at the anchor.
    Future,
    /// The one that is nearest to the anchor; one ahead counts as a little farther than it is.
    Nearest,
    /// The one that is nearest, but one ahead counts as five times as far.
    MostlyPast,
    /// The one that is nearest, but one behind counts as three times as far.
    MostlyFuture,
    /// The one in the longer unit that the anchor lies in: the month of the anchor's year.
    Within,
}

/// What a term is read against. Everything may be unknown.
#[derive(Clone, Copy, Debug)]
pub struct Anchors {
    /// When the article was written.
    pub dct: Option<Cell>,
    /// What the text speaks of at this point.
    pub reference: Option<Cell>,
    /// The anchor of bare fields ("Friday", "March 3").
    pub bare: Anchor,
    /// The direction of bare fields.
    pub direction: Direction,
}

impl Anchors {
    /// What [`Anchor::Here`] stands for.
    pub const fn here(&self) -> Anchor {
        match self.bare {
            Anchor::Here => Anchor::Dct,
            other => other,
        }
    }

    /// The anchor itself, [`Anchor::Here`] replaced by what it stands for.
    pub const fn real(&self, anchor: Anchor) -> Anchor {
        match anchor {
            Anchor::Here => self.here(),
            other => other,
        }
    }
}

/// Why a reading has no interval although the words were understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unplaced {
    /// It is no date: a length, a set, a vague reference.
    NotADate,
    /// The anchor it needs is not known.
    NoAnchor(Anchor),
    /// The calendar has no such day.
    NoSuchDay,
    /// It lies outside the years -9999 to 9999.
    OutOfRange,
}

/// How a term reads.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// TIMEX3 type.
    pub kind: TimexKind,
    /// TIMEX3 value.
    pub value: TimexValue,
    /// TIMEX3 mod.
    pub modifier: Option<TimexMod>,
    /// The days, or why there are none.
    pub interval: Result<Interval, Unplaced>,
    /// How fine.
    pub granularity: Granularity,
    /// The same in EDTF.
    pub edtf: Option<Edtf>,
    /// The cell of the calendar, if it is one: what later expressions may be read against.
    pub cell: Option<Cell>,
    /// The anchor that was used.
    pub anchor: Option<Anchor>,
}

/// A date on its way: a cell or a partial value.
pub(super) struct Place {
    pub(super) cell: Result<Cell, Unplaced>,
    pub(super) value: DateValue,
    pub(super) time: Option<TimeOfDay>,
    pub(super) modifier: Option<TimexMod>,
    pub(super) anchor: Option<Anchor>,
    pub(super) granularity: Granularity,
}

/// Reads a term. Total: every term has a reading; what cannot be placed says why.
///
/// ```
/// use dateline::time::{Anchor, Anchors, Cell, Direction, Field, Term, resolve};
/// let dct = Cell::day("2025-12-24".parse().unwrap());
/// let anchors = Anchors { dct: Some(dct), reference: None, bare: Anchor::Dct, direction: Direction::Past };
/// assert_eq!(resolve(&Term::Field(Field::Weekday(1)), &anchors).value.to_string(), "2025-12-22");
/// assert!(resolve(&Term::Field(Field::MonthDay(2, 31)), &anchors).interval.is_err());
/// ```
pub fn resolve(term: &Term, anchors: &Anchors) -> Reading {
    match term {
        Term::Duration(duration) => plain(TimexKind::Duration, TimexValue::Duration(duration.value()), duration.unit()),
        Term::Stretch(base, back, duration) => stretch(base, *back, duration, anchors),
        Term::Set(period) => set(period),
        Term::Vague(vague) => {
            let value = match vague {
                Vague::Past | Vague::Former => TimexValue::Past,
                Vague::Present | Vague::Current => TimexValue::Present,
                Vague::Future | Vague::Coming => TimexValue::Future,
            };
            let mut reading = plain(TimexKind::Date, value, Unit::Day);
            reading.granularity = Granularity::Range;
            if let Some(dct) = anchors.dct {
                reading.anchor = Some(Anchor::Dct);
                reading.interval = match vague {
                    Vague::Past => Ok(Interval::until(dct.last())),
                    Vague::Present => Ok(dct.interval()),
                    Vague::Future => Ok(Interval::since(dct.first())),
                    Vague::Former | Vague::Current | Vague::Coming => Err(Unplaced::NotADate),
                };
            }
            reading
        }
        Term::Modified(modifier, inner) if !matches!(**inner, Term::Cell(_)) => {
            let mut reading = resolve(inner, anchors);
            reading.modifier = Some(*modifier);
            bounded(&mut reading);
            reading
        }
        Term::Move(base, back, duration) if !duration.is_exact() => {
            let (anchor, cell) = base_of(base, anchors);
            // "Days later" in a story lies in no future of the reader: it is some day.
            let value = match (anchor, back) {
                (Some(Anchor::Reference), _) => TimexValue::Date(unknown(duration.unit())),
                (_, true) => TimexValue::Past,
                (_, false) => TimexValue::Future,
            };
            let mut reading = plain(TimexKind::Date, value, duration.unit());
            reading.granularity = Granularity::Range;
            reading.interval = cell.map(|c| if *back { Interval::until(c.last()) } else { Interval::since(c.first()) });
            reading.anchor = anchor;
            reading
        }
        Term::Between(from, to) => between(&resolve(from, anchors), &resolve(to, anchors)),
        Term::Nothing => plain(TimexKind::Date, TimexValue::Present, Unit::Day),
        _ => finish(place(term, anchors)),
    }
}

fn plain(kind: TimexKind, value: TimexValue, unit: Unit) -> Reading {
    Reading {
        kind,
        value,
        modifier: None,
        interval: Err(Unplaced::NotADate),
        granularity: unit.granularity(),
        edtf: None,
        cell: None,
        anchor: None,
    }
}

fn set(period: &Period) -> Reading {
    match period {
        Period::Every(duration) => plain(TimexKind::Set, TimexValue::Duration(duration.value()), duration.unit()),
        Period::Each(field) => plain(TimexKind::Set, TimexValue::Date(partial(field)), field_unit(field)),
        Period::EachAt(field, time) => {
            plain(TimexKind::Set, TimexValue::Date(partial(field).at(*time)), field_unit(field))
        }
    }
}

fn stretch(base: &Term, back: bool, duration: &Duration, anchors: &Anchors) -> Reading {
    let mut reading = plain(TimexKind::Duration, TimexValue::Duration(duration.value()), duration.unit());
    let (anchor, cell) = base_of(base, anchors);
    reading.anchor = anchor;
    reading.interval = cell.map(|c| {
        let edge = if back { c.last() } else { c.first() };
        let other = moved(edge, back, duration);
        let (from, to) = if back { (other, Some(edge)) } else { (Some(edge), other) };
        Interval::new(from, to).unwrap_or(Interval::UNKNOWN)
    });
    reading.granularity = Granularity::Range;
    reading.edtf = reading.interval.ok().and_then(Edtf::of_interval);
    reading
}

/// A day moved by a length, as exactly as the length allows; an open length gives `None`.
pub(super) fn moved(day: Day, back: bool, duration: &Duration) -> Option<Day> {
    let sign = if back { -1 } else { 1 };
    if let Some(days) = duration.days() {
        return day.plus(sign * days);
    }
    let months = duration.months()?;
    let (y, m, d) = day.ymd();
    let target = Cell::month(y, m)?.shift(sign * months)?;
    target.first().plus(d as i32 - 1).map(|moved| moved.min(target.last()))
}

fn between(from: &Reading, to: &Reading) -> Reading {
    let mut reading = from.clone();
    reading.granularity = Granularity::Range;
    reading.cell = None;
    reading.interval = match (from.interval, to.interval) {
        (Ok(a), Ok(b)) => Interval::new(a.from(), b.to()).ok_or(Unplaced::NoSuchDay),
        (Err(why), _) | (_, Err(why)) => Err(why),
    };
    reading.edtf = match (&from.edtf, &to.edtf) {
        (Some(Edtf::Date(a)), Some(Edtf::Date(b))) if reading.interval.is_ok() => Some(Edtf::between(*a, *b)),
        _ => reading.interval.ok().and_then(Edtf::of_interval),
    };
    reading
}

/// Opens the interval for "or later" and marks the EDTF date for "about".
fn bounded(reading: &mut Reading) {
    match reading.modifier {
        Some(TimexMod::Approx) => reading.edtf = reading.edtf.take().map(|e| e.qualified(Qualifier::Approximate)),
        Some(TimexMod::OnOrAfter) if reading.kind != TimexKind::Duration => {
            reading.interval = reading.interval.map(|i| i.from().map_or(i, Interval::since));
            reading.edtf = reading.interval.ok().and_then(Edtf::of_interval);
        }
        Some(TimexMod::OnOrBefore) if reading.kind != TimexKind::Duration => {
            reading.interval = reading.interval.map(|i| i.to().map_or(i, Interval::until));
            reading.edtf = reading.interval.ok().and_then(Edtf::of_interval);
        }
        Some(TimexMod::After) => {
            let day = reading.interval.ok().and_then(|i| i.to()).and_then(|d| d.plus(1));
            reading.interval = day.map_or(reading.interval, |d| Ok(Interval::since(d)));
            reading.edtf = reading.interval.ok().and_then(Edtf::of_interval);
        }
        Some(TimexMod::Before) => {
            let day = reading.interval.ok().and_then(|i| i.from()).and_then(|d| d.plus(-1));
            reading.interval = day.map_or(reading.interval, |d| Ok(Interval::until(d)));
            reading.edtf = reading.interval.ok().and_then(Edtf::of_interval);
        }
        _ => {}
    }
}

fn finish(place: Place) -> Reading {
    let value = match place.time {
        Some(time) => place.value.at(time),
        None => place.value,
    };
    let mut reading = Reading {
        kind: if place.time.is_some() { TimexKind::Time } else { TimexKind::Date },
        value: TimexValue::Date(value),
        modifier: place.modifier,
        interval: place.cell.map(Cell::interval),
        granularity: if place.time.is_some() { Granularity::Time } else { place.granularity },
        edtf: place.cell.ok().map(Cell::edtf),
        cell: place.cell.ok(),
        anchor: place.anchor,
    };
    bounded(&mut reading);
    reading
}

pub(super) fn at_cell(cell: Cell) -> Place {
    Place {
        cell: Ok(cell),
        value: cell.value(),
        time: None,
        modifier: None,
        anchor: None,
        granularity: cell.unit().granularity(),
    }
}

pub(super) fn nowhere(value: DateValue, why: Unplaced, unit: Unit) -> Place {
    Place { cell: Err(why), value, time: None, modifier: None, anchor: None, granularity: unit.granularity() }
}

pub(super) fn at_optional(cell: Option<Cell>, value: DateValue, unit: Unit) -> Place {
    cell.map_or_else(|| nowhere(value, Unplaced::OutOfRange, unit), at_cell)
}

/// The value of a unit of which nothing is known.
pub(super) fn unknown(unit: Unit) -> DateValue {
    let rest = match unit {
        Unit::Week => Rest::Week(None),
        Unit::Weekend => Rest::Weekend(None),
        Unit::Month => Rest::Month(None),
        Unit::Quarter => Rest::Quarter(None),
        Unit::Half => Rest::Half(None),
        Unit::Season | Unit::Year => Rest::None,
        Unit::Decade | Unit::Century | Unit::Millennium => {
            let digits = [None; 3];
            let len = if unit == Unit::Decade { 3 } else { 2 };
            return DateValue::of_year(Digits::new(false, &digits[..len]).unwrap_or(Digits::unknown(false)));
        }
        _ => Rest::Day(None, None),
    };
    DateValue { year: Digits::unknown(false), rest, time: None }
}
