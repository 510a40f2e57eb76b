use super::edtf::Qualifier;
use super::{
    Amount, Anchor, Cell, DateValue, Digits, Duration, DurationValue, Edtf, Field, Holiday, Period, Rest, Term,
    TimeOfDay, TimexValue, Unit, Vague, Which,
};
use crate::model::{Day, Granularity, Interval, TimexKind, TimexMod};

/// Which of the cells that a bare field names is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The latest that has begun by the anchor.
    Past,
    /// The first that is not over at the anchor.
    Future,
    /// The one that is nearest to the anchor.
    Nearest,
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
struct Place {
    cell: Result<Cell, Unplaced>,
    value: DateValue,
    time: Option<TimeOfDay>,
    modifier: Option<TimexMod>,
    anchor: Option<Anchor>,
    granularity: Granularity,
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
                Vague::Past => TimexValue::Past,
                Vague::Present => TimexValue::Present,
                Vague::Future => TimexValue::Future,
            };
            let mut reading = plain(TimexKind::Date, value, Unit::Day);
            reading.granularity = Granularity::Range;
            if let Some(dct) = anchors.dct {
                reading.interval = Ok(match vague {
                    Vague::Past => Interval::until(dct.last()),
                    Vague::Present => dct.interval(),
                    Vague::Future => Interval::since(dct.first()),
                });
                reading.anchor = Some(Anchor::Dct);
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
            let value = if *back { TimexValue::Past } else { TimexValue::Future };
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
fn moved(day: Day, back: bool, duration: &Duration) -> Option<Day> {
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

fn at_cell(cell: Cell) -> Place {
    Place {
        cell: Ok(cell),
        value: cell.value(),
        time: None,
        modifier: None,
        anchor: None,
        granularity: cell.unit().granularity(),
    }
}

fn nowhere(value: DateValue, why: Unplaced, unit: Unit) -> Place {
    Place { cell: Err(why), value, time: None, modifier: None, anchor: None, granularity: unit.granularity() }
}

fn at_optional(cell: Option<Cell>, value: DateValue, unit: Unit) -> Place {
    cell.map_or_else(|| nowhere(value, Unplaced::OutOfRange, unit), at_cell)
}

/// The value of a unit of which nothing is known.
fn unknown(unit: Unit) -> DateValue {
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

/// The value of a field whose outer unit is not known.
fn partial(field: &Field) -> DateValue {
    let year = Digits::unknown(false);
    let rest = match *field {
        Field::Month(m) => Rest::Month(Some(m as u8)),
        Field::MonthDay(m, d) => Rest::Day(Some(m as u8), Some(d as u8)),
        Field::DayOfMonth(d) => Rest::Day(None, Some(d as u8)),
        Field::Weekday(w) => Rest::WeekDay(None, w as u8),
        Field::Season(s) => Rest::Season(s),
        Field::Quarter(q) => Rest::Quarter(Some(q as u8)),
        Field::Half(h) => Rest::Half(Some(h as u8)),
        Field::Decade(d) => {
            let digits = [None, None, Some((d / 10 % 10) as u8)];
            return DateValue::of_year(Digits::new(false, &digits).unwrap_or(year));
        }
        Field::Year(y) => {
            let digits = [None, None, Some((y / 10 % 10) as u8), Some((y % 10) as u8)];
            return DateValue::of_year(Digits::new(false, &digits).unwrap_or(year));
        }
        Field::Holiday(ref h) => match **h {
            Holiday::Fixed(m, d) => Rest::Day(Some(m as u8), Some(d as u8)),
            _ => Rest::Day(None, None),
        },
    };
    DateValue { year, rest, time: None }
}

fn field_unit(field: &Field) -> Unit {
    match field {
        Field::Month(_) => Unit::Month,
        Field::MonthDay(..) | Field::DayOfMonth(_) | Field::Weekday(_) | Field::Holiday(_) => Unit::Day,
        Field::Season(_) => Unit::Season,
        Field::Quarter(_) => Unit::Quarter,
        Field::Half(_) => Unit::Half,
        Field::Decade(_) => Unit::Decade,
        Field::Year(_) => Unit::Year,
    }
}

/// The unit that a field comes back in.
fn outer_unit(field: &Field) -> Unit {
    match field {
        Field::Weekday(_) => Unit::Week,
        Field::DayOfMonth(_) => Unit::Month,
        Field::Decade(_) | Field::Year(_) => Unit::Century,
        _ => Unit::Year,
    }
}

/// The cell of a field inside one cell of its outer unit.
fn field_in(field: &Field, outer: Cell) -> Option<Cell> {
    let year = outer.named_year();
    match *field {
        Field::Month(m) => Cell::month(year, m),
        Field::MonthDay(m, d) => Day::from_ymd(year, m, d).map(Cell::day),
        Field::DayOfMonth(d) => {
            let (y, m, _) = outer.first().ymd();
            Day::from_ymd(y, m, d).map(Cell::day)
        }
        Field::Weekday(w) => Cell::of(outer.first(), Unit::Week).first().plus(w as i32 - 1).map(Cell::day),
        Field::Season(s) => Cell::season(year, s),
        Field::Quarter(q) => Cell::quarter(year, q),
        Field::Half(h) => Cell::half(year, h),
        Field::Decade(d) => Cell::decade(year.div_euclid(100) * 100 + d),
        Field::Year(y) => Cell::year(year.div_euclid(100) * 100 + y),
        Field::Holiday(ref h) => h.in_year(year).map(Cell::day),
    }
}

/// Whether no year has the field: 31 February.
fn impossible(field: &Field) -> bool {
    match *field {
        Field::MonthDay(m, d) => Day::from_ymd(2000, m, d).is_none(),
        Field::DayOfMonth(d) => !(1..=31).contains(&d),
        Field::Month(m) => !(1..=12).contains(&m),
        _ => false,
    }
}

/// The cells of a field around an anchor, in order: in the outer units before, at and after the anchor.
fn around(field: &Field, anchor: Cell) -> impl Iterator<Item = Cell> {
    let outer = Cell::of(anchor.first(), outer_unit(field));
    // 29 February may be four years away, the 31st two months; five steps reach either.
    (-5..=5).filter_map(move |n| field_in(field, outer.shift(n)?))
}

/// A date that lies further back than this many days is taken for one of the next year.
const TURN_OF_YEAR: i32 = 200;

fn choose(field: &Field, anchor: Cell, direction: Direction) -> Option<Cell> {
    let (first, last) = (anchor.first(), anchor.last());
    match direction {
        Direction::Past => around(field, anchor).filter(|c| c.first() <= last).last(),
        Direction::Future => around(field, anchor).find(|c| c.last() >= first),
        Direction::Within => {
            let outer = Cell::of(first, outer_unit(field));
            let found = field_in(field, outer)?;
            // A story that has come to November and goes on in January has turned the year.
            let turned = outer.unit() == Unit::Year
                && anchor.unit() != Unit::Year
                && first.number() - found.last().number() > TURN_OF_YEAR;
            if turned { field_in(field, outer.shift(1)?) } else { Some(found) }
        }
        Direction::Nearest => around(field, anchor).min_by_key(|c| {
            let (a, b) = (c.first().number() - last.number(), first.number() - c.last().number());
            // On a tie the past is more likely to be reported.
            (a.max(b).max(0), a > 0)
        }),
    }
}

fn pick(field: &Field, which: Which, anchor: Cell) -> Option<Cell> {
    match which {
        Which::Before => around(field, anchor).filter(|c| c.last() < anchor.first()).last(),
        Which::After => around(field, anchor).find(|c| c.first() > anchor.last()),
        Which::This => field_in(field, Cell::of(anchor.first(), outer_unit(field))),
    }
}

fn anchor_cell(anchor: Anchor, anchors: &Anchors) -> Result<Cell, Unplaced> {
    match anchor {
        Anchor::Dct => anchors.dct,
        Anchor::Reference => anchors.reference,
    }
    .ok_or(Unplaced::NoAnchor(anchor))
}

fn base_of(base: &Term, anchors: &Anchors) -> (Option<Anchor>, Result<Cell, Unplaced>) {
    match base {
        Term::Anchor(anchor) => (Some(*anchor), anchor_cell(*anchor, anchors)),
        _ => {
            let reading = resolve(base, anchors);
            let why = reading.interval.err().unwrap_or(Unplaced::NotADate);
            (reading.anchor, reading.cell.ok_or(why))
        }
    }
}

fn place(term: &Term, anchors: &Anchors) -> Place {
    match term {
        Term::Cell(cell) => at_cell(*cell),
        Term::NoSuchDay(value) => nowhere(*value, Unplaced::NoSuchDay, Unit::Day),
        Term::Field(field) => bare(field, anchors),
        Term::Anchor(anchor) => match anchor_cell(*anchor, anchors) {
            Ok(cell) => Place { anchor: Some(*anchor), ..at_cell(cell) },
            Err(why) => nowhere(unknown(Unit::Day), why, Unit::Day),
        },
        Term::In(inner, outer) => inside(inner, outer, anchors),
        Term::Pick(field, which, anchor) => match anchor_cell(*anchor, anchors) {
            Ok(cell) => Place {
                anchor: Some(*anchor),
                ..at_optional(pick(field, *which, cell), partial(field), field_unit(field))
            },
            Err(why) => nowhere(partial(field), why, field_unit(field)),
        },
        Term::Shift(base, unit, n) => shifted(base, *unit, *n, anchors),
        Term::Move(base, back, duration) => {
            let (anchor, cell) = base_of(base, anchors);
            Place { anchor, ..go(cell, *back, duration) }
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
fn on_the_day(anchors: &Anchors) -> Place {
    let day = |anchor| anchor_cell(anchor, anchors).ok().filter(|c| c.unit() == Unit::Day).map(|c| (c, anchor));
    match day(anchors.bare).or_else(|| day(Anchor::Reference)) {
        Some((cell, anchor)) => Place { anchor: Some(anchor), ..at_cell(cell) },
        None => nowhere(unknown(Unit::Day), Unplaced::NoAnchor(anchors.bare), Unit::Day),
    }
}

fn bare(field: &Field, anchors: &Anchors) -> Place {
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

fn inside(inner: &Term, outer: &Term, anchors: &Anchors) -> Place {
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

fn partial_in(field: &Field, outer: Cell) -> DateValue {
    DateValue { year: outer.value().year, ..partial(field) }
}

fn shifted(base: &Term, unit: Unit, n: i32, anchors: &Anchors) -> Place {
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
fn finer(unit: Unit, than: Unit) -> bool {
    let size = |u: Unit| u.days().or_else(|| u.months().map(|m| m * 30)).unwrap_or(1);
    size(unit) < size(than)
}

fn unknown_in(unit: Unit, cell: Cell) -> DateValue {
    let year = cell.value().year;
    match (unit, cell.value().rest) {
        (Unit::Day, Rest::Month(m)) => DateValue { year, rest: Rest::Day(m, None), time: None },
        _ => DateValue { year, ..unknown(unit) },
    }
}

fn go(cell: Result<Cell, Unplaced>, back: bool, duration: &Duration) -> Place {
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

/// The n-th cell of a unit inside a longer one, from the end when negative.
fn nth(n: i32, unit: Unit, outer: Cell) -> Option<Cell> {
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

impl DurationValue {
    /// So many of one unit.
    pub fn new(amount: Amount, unit: Unit) -> DurationValue {
        DurationValue { parts: vec![(amount, unit)] }
    }
}
