//! Fields: names of the calendar that come back, and which of their cells is meant.

use super::{Cell, DateValue, Digits, Direction, Field, Holiday, Rest, Season, Unit, Which};
use crate::model::Day;

/// The value of a field whose outer unit is not known.
pub(super) fn partial(field: &Field) -> DateValue {
    let year = Digits::unknown(false);
    let rest = match *field {
        Field::Month(m) => Rest::Month(Some(m as u8)),
        Field::MonthDay(m, d) => Rest::Day(Some(m as u8), Some(d as u8)),
        Field::DayOfMonth(d) => Rest::Day(None, Some(d as u8)),
        Field::Weekday(w) => Rest::WeekDay(None, w as u8),
        Field::Lunation(_) => Rest::None,
        Field::Season(s) => Rest::Season(s),
        Field::Quarter(q) => Rest::Quarter(Some(q as u8)),
        Field::Half(h) => Rest::Half(Some(h as u8)),
        Field::Decade(d) => {
            let digits = [None, None, Some((d / 10 % 10) as u8)];
            return DateValue::of_year(Digits::new(false, &digits).unwrap_or(year));
        }
        Field::EraYear(_) => Rest::None,
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

pub(super) fn field_unit(field: &Field) -> Unit {
    match field {
        Field::Month(_) => Unit::Month,
        Field::Lunation(_) => Unit::Lunation,
        Field::MonthDay(..) | Field::DayOfMonth(_) | Field::Weekday(_) | Field::Holiday(_) => Unit::Day,
        Field::Season(_) => Unit::Season,
        Field::Quarter(_) => Unit::Quarter,
        Field::Half(_) => Unit::Half,
        Field::Decade(_) => Unit::Decade,
        Field::Year(_) | Field::EraYear(_) => Unit::Year,
    }
}

/// The unit that a field comes back in.
pub(super) fn outer_unit(field: &Field) -> Unit {
    match field {
        Field::Weekday(_) => Unit::Week,
        Field::DayOfMonth(_) => Unit::Month,
        Field::Decade(_) | Field::Year(_) => Unit::Century,
        Field::EraYear(_) => Unit::Millennium,
        _ => Unit::Year,
    }
}

/// The cell of a field inside one cell of its outer unit.
pub(super) fn field_in(field: &Field, outer: Cell) -> Option<Cell> {
    let year = outer.named_year();
    match *field {
        Field::Month(m) => Cell::month(year, m),
        Field::MonthDay(m, d) => Day::from_ymd(year, m, d).map(Cell::day),
        Field::DayOfMonth(d) => {
            let (y, m, _) = outer.first().ymd();
            Day::from_ymd(y, m, d).map(Cell::day)
        }
        Field::Weekday(w) => Cell::of(outer.first(), Unit::Week).first().plus(w as i32 - 1).map(Cell::day),
        Field::Lunation(m) => Cell::lunation_in(year, m),
        Field::Season(s) => Cell::season(year, s),
        Field::Quarter(q) => Cell::quarter(year, q),
        Field::Half(h) => Cell::half(year, h),
        Field::Decade(d) => Cell::decade(year.div_euclid(100) * 100 + d),
        Field::Year(y) => Cell::year(year.div_euclid(100) * 100 + y),
        // Only years before Christ are counted with three digits and no more said.
        Field::EraYear(y) => Cell::year(1 - y).filter(|_| outer.last().year() <= 0),
        Field::Holiday(ref h) => h.in_year(year).map(Cell::day),
    }
}

/// Whether no year has the field: 31 February.
pub(super) fn impossible(field: &Field) -> bool {
    match *field {
        Field::MonthDay(m, d) => Day::from_ymd(2000, m, d).is_none(),
        Field::DayOfMonth(d) => !(1..=31).contains(&d),
        Field::Month(m) => !(1..=12).contains(&m),
        _ => false,
    }
}

/// The cells of a field around an anchor, in order: in the outer units before, at and after the anchor.
pub(super) fn around(field: &Field, anchor: Cell) -> impl Iterator<Item = Cell> {
    let outer = Cell::of(anchor.first(), outer_unit(field));
    // 29 February may be four years away, the 31st two months; five steps reach either.
    (-5..=5).filter_map(move |n| field_in(field, outer.shift(n)?))
}

/// A date that lies further back than this many days is taken for one of the next year.
const TURN_OF_YEAR: i32 = 200;

pub(super) fn choose(field: &Field, anchor: Cell, direction: Direction) -> Option<Cell> {
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
        Direction::Nearest => nearest(field, anchor, 4, 5),
        Direction::MostlyPast => nearest(field, anchor, 1, 5),
        Direction::MostlyFuture => nearest(field, anchor, 3, 1),
    }
}

/// The nearest cell, with distances behind and ahead weighed.
pub(super) fn nearest(field: &Field, anchor: Cell, behind: i32, ahead: i32) -> Option<Cell> {
    around(field, anchor).min_by_key(|c| {
        let after = c.first().number() - anchor.last().number();
        let before = anchor.first().number() - c.last().number();
        (after.max(0) * ahead).max(before.max(0) * behind)
    })
}

pub(super) fn pick(field: &Field, which: Which, anchor: Cell) -> Option<Cell> {
    match which {
        Which::Before => around(field, anchor).filter(|c| c.last() < anchor.first()).last(),
        Which::After => around(field, anchor).find(|c| c.first() > anchor.last()),
        // The winter that we are in may have begun last year.
        Which::This => match Cell::of(anchor.first(), field_unit(field)) {
            cell if *field == Field::Season(Season::from_index(cell.index()))
                && cell.unit() == Unit::Season
                && anchor.unit() != Unit::Year =>
            {
                Some(cell)
            }
            _ => field_in(field, Cell::of(anchor.first(), outer_unit(field))),
        },
    }
}
