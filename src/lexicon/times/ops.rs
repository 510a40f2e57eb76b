//! The operations that the `value` of a rule may use: the calendar algebra by name.

use super::template::{Ty, Value};
use crate::model::TimexMod;
use crate::time::{
    Amount, Anchor, Cell, Clock, DateValue, Digits, Duration, Field, Period, Rest, Term, Unit, Vague, Which,
};

/// An operation. Its arguments have been checked when the rule was loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    Year,
    Bce,
    MonthOf,
    Month,
    MonthDay,
    Date,
    DayOfMonth,
    Weekday,
    Season,
    Quarter,
    Half,
    Decade,
    DecadeBce,
    Tens,
    ShortYear,
    EraYear,
    NthDay,
    Century,
    CenturyBce,
    Millennium,
    MillenniumBce,
    Holiday,
    At,
    Clock,
    ClockAm,
    ClockPm,
    Length,
    One,
    Both,
    Every,
    EveryField,
    EveryAt,
    Of,
    Before,
    After,
    This,
    Shift,
    Plus,
    Minus,
    Nth,
    On,
    To,
    Back,
    Ahead,
    Start,
    Mid,
    End,
    Approx,
    Less,
    More,
    AtLeast,
    AtMost,
    OrLater,
    OrEarlier,
    Earlier,
    Later,
    Scaled,
    HalfMore,
    Weekend,
    Second,
    Zone,
    ZoneEast,
    ZoneWest,
    Islamic,
    IslamicMonth,
    Lunation,
}

/// Name (methods begin with a dot and take what stands before it as first argument), arguments, result, operation.
pub const OPS: &[(&str, &[Ty], Ty, Op)] = {
    use Ty::*;
    &[
        ("Year", &[Int], Term, Op::Year),
        ("BC", &[Int], Term, Op::Bce),
        ("Month", &[Int], Term, Op::Month),
        ("Month", &[Int, Int], Term, Op::MonthOf),
        ("MonthDay", &[Int, Int], Term, Op::MonthDay),
        ("Date", &[Int, Int, Int], Term, Op::Date),
        ("DayOfMonth", &[Int], Term, Op::DayOfMonth),
        ("Weekday", &[Int], Term, Op::Weekday),
        ("Season", &[Season], Term, Op::Season),
        ("Quarter", &[Int], Term, Op::Quarter),
        ("Half", &[Int], Term, Op::Half),
        ("Decade", &[Int], Term, Op::Decade),
        ("DecadeBC", &[Int], Term, Op::DecadeBce),
        ("Tens", &[Int], Term, Op::Tens),
        ("ShortYear", &[Int], Term, Op::ShortYear),
        ("EraYear", &[Int], Term, Op::EraYear),
        ("Century", &[Int], Term, Op::Century),
        ("CenturyBC", &[Int], Term, Op::CenturyBce),
        ("Millennium", &[Int], Term, Op::Millennium),
        ("MillenniumBC", &[Int], Term, Op::MillenniumBce),
        ("Holiday", &[Holiday], Term, Op::Holiday),
        ("At", &[Clock], Term, Op::At),
        ("Clock", &[Int, Int], Clock, Op::Clock),
        ("ClockAm", &[Int, Int], Clock, Op::ClockAm),
        ("ClockPm", &[Int, Int], Clock, Op::ClockPm),
        ("Duration", &[Amount, Unit], Duration, Op::Length),
        ("Duration", &[Unit], Duration, Op::One),
        ("Every", &[Duration], Term, Op::Every),
        ("Each", &[Term], Term, Op::EveryField),
        ("Each", &[Term, Clock], Term, Op::EveryAt),
        ("Nth", &[Int, Unit, Term], Term, Op::Nth),
        ("NthDay", &[Int, Int, Term], Term, Op::NthDay),
        (".of", &[Term, Term], Term, Op::Of),
        (".before", &[Term, Term], Term, Op::Before),
        (".after", &[Term, Term], Term, Op::After),
        (".this", &[Term, Term], Term, Op::This),
        (".shift", &[Term, Unit, Int], Term, Op::Shift),
        (".weekend", &[Term], Term, Op::Weekend),
        (".plus", &[Duration, Duration], Duration, Op::Both),
        (".plus", &[Term, Duration], Term, Op::Plus),
        (".minus", &[Term, Duration], Term, Op::Minus),
        (".times", &[Amount, Int], Amount, Op::Scaled),
        (".and_half", &[Amount], Amount, Op::HalfMore),
        (".on", &[Clock, Term], Term, Op::On),
        (".second", &[Clock, Int], Clock, Op::Second),
        (".zone", &[Clock, Int], Clock, Op::Zone),
        (".zone_hours", &[Clock, Int], Clock, Op::ZoneEast),
        (".zone_hours_west", &[Clock, Int], Clock, Op::ZoneWest),
        ("Islamic", &[Int, Int, Int], Term, Op::Islamic),
        ("IslamicMonth", &[Int, Int], Term, Op::IslamicMonth),
        ("Lunation", &[Int], Term, Op::Lunation),
        (".to", &[Term, Term], Term, Op::To),
        (".until", &[Duration, Term], Term, Op::Back),
        (".from", &[Duration, Term], Term, Op::Ahead),
        (".start", &[Term], Term, Op::Start),
        (".mid", &[Term], Term, Op::Mid),
        (".end", &[Term], Term, Op::End),
        (".approx", &[Term], Term, Op::Approx),
        (".less", &[Term], Term, Op::Less),
        (".more", &[Term], Term, Op::More),
        (".at_least", &[Term], Term, Op::AtLeast),
        (".at_most", &[Term], Term, Op::AtMost),
        (".or_later", &[Term], Term, Op::OrLater),
        (".or_earlier", &[Term], Term, Op::OrEarlier),
        (".earlier", &[Term], Term, Op::Earlier),
        (".later", &[Term], Term, Op::Later),
    ]
};

/// A name, its type, and how to make its value.
type Constant = (&'static str, Ty, fn() -> Value);

/// Words that stand for a fixed value.
pub const CONSTANTS: &[Constant] = &[
    ("dct", Ty::Term, || Value::Term(Term::Anchor(Anchor::Dct))),
    ("ref", Ty::Term, || Value::Term(Term::Anchor(Anchor::Reference))),
    ("here", Ty::Term, || Value::Term(Term::Anchor(Anchor::Here))),
    ("Past", Ty::Term, || Value::Term(Term::Vague(Vague::Past))),
    ("Present", Ty::Term, || Value::Term(Term::Vague(Vague::Present))),
    ("Future", Ty::Term, || Value::Term(Term::Vague(Vague::Future))),
    ("Former", Ty::Term, || Value::Term(Term::Vague(Vague::Former))),
    ("Current", Ty::Term, || Value::Term(Term::Vague(Vague::Current))),
    ("Coming", Ty::Term, || Value::Term(Term::Vague(Vague::Coming))),
    ("any-day", Ty::Term, || Value::Term(Term::Any(Unit::Day))),
    ("Nothing", Ty::Term, || Value::Term(Term::Nothing)),
    ("some", Ty::Amount, || Value::Amount(Amount::Unknown)),
    ("half", Ty::Amount, || Value::Amount(Amount::Exact(500))),
    ("some-time", Ty::Clock, || Value::Clock(Clock::Unknown)),
];

fn cell(cell: Option<Cell>) -> Option<Value> {
    cell.map(|c| Value::Term(Term::Cell(c)))
}

fn field(field: Field) -> Option<Value> {
    Some(Value::Term(Term::Field(field)))
}

fn clock(hour: i32, minute: i32) -> Option<Value> {
    let hour = u8::try_from(hour).ok().filter(|h| *h <= 24)?;
    let minute = if minute < 0 { None } else { Some(u8::try_from(minute).ok().filter(|m| *m < 60)?) };
    Some(Value::Clock(Clock::Clock { hour, minute, second: None, offset: None }))
}

/// A date with year; a day that does not exist is kept as such.
fn date(year: i32, month: i32, day: i32) -> Option<Value> {
    let (m, d) = (u32::try_from(month).ok()?, u32::try_from(day).ok()?);
    if !(1..=12).contains(&m) || !(1..=31).contains(&d) {
        return None;
    }
    Some(Value::Term(match crate::model::Day::from_ymd(year, m, d) {
        Some(day) => Term::Cell(Cell::day(day)),
        None => Term::NoSuchDay(DateValue {
            year: Digits::year(year),
            rest: Rest::Day(Some(m as u8), Some(d as u8)),
            time: None,
        }),
    }))
}

/// One term inside another; what the words give in full becomes a cell at once.
fn inside(inner: Term, outer: Term) -> Option<Term> {
    if let (Term::Field(f), Term::Cell(c)) = (&inner, &outer) {
        let year = c.first().year();
        match (f, c.unit()) {
            (Field::MonthDay(m, d), Unit::Year) => return date(year, *m as i32, *d as i32)?.term(),
            (Field::Month(m), Unit::Year) => return Cell::month(year, *m).map(Term::Cell),
            _ => {}
        }
    }
    Some(match inner {
        // "early May 1990": the modifier stays outside.
        Term::Modified(modifier, inner) => Term::Modified(modifier, Box::new(inside(*inner, outer)?)),
        Term::At(time, None) => Term::At(time, Some(Box::new(outer))),
        Term::At(time, Some(date)) => Term::At(time, Some(Box::new(inside(*date, outer)?))),
        // "Friday, 5 May" of a year.
        Term::In(weekday, date) => Term::In(weekday, Box::new(inside(*date, outer)?)),
        Term::Between(a, b) => Term::Between(Box::new(inside(*a, outer.clone())?), Box::new(inside(*b, outer)?)),
        Term::Nth(n, unit, base) if matches!(*base, Term::Field(_)) => {
            Term::Nth(n, unit, Box::new(inside(*base, outer)?))
        }
        inner => Term::In(Box::new(inner), Box::new(outer)),
    })
}

fn pick(term: Term, anchor: Term, which: Which) -> Option<Term> {
    Some(match (term, anchor) {
        (Term::Field(field), Term::Anchor(anchor)) => Term::Pick(field, which, anchor),
        (Term::At(time, Some(date)), anchor) => Term::At(time, Some(Box::new(pick(*date, anchor, which)?))),
        (Term::Modified(m, inner), anchor) => Term::Modified(m, Box::new(pick(*inner, anchor, which)?)),
        _ => return None,
    })
}

fn year_like(n: i32) -> Option<i32> {
    (1..=9999).contains(&n).then_some(n)
}

impl Op {
    /// Applies the operation. `None` when the numbers make no sense.
    pub fn apply(self, a: Value, b: Value, c: Value) -> Option<Value> {
        let modified = |value: Value, modifier: TimexMod| {
            let term = value.term()?;
            Some(Value::Term(Term::Modified(modifier, Box::new(term))))
        };
        let within = |n: Option<i32>, low: i32, high: i32| n.filter(|n| (low..=high).contains(n));
        match self {
            Op::Year => cell(Cell::year(year_like(a.int()?)?)),
            Op::Bce => cell(Cell::year(1 - year_like(a.int()?)?)),
            Op::Month => field(Field::Month(within(a.int(), 1, 12)? as u32)),
            Op::MonthOf => cell(Cell::month(year_like(a.int()?)?, within(b.int(), 1, 12)? as u32)),
            Op::MonthDay => {
                let (m, d) = (within(a.int(), 1, 12)?, within(b.int(), 1, 31)?);
                field(Field::MonthDay(m as u32, d as u32))
            }
            Op::Date => date(year_like(a.int()?)?, b.int()?, c.int()?),
            Op::DayOfMonth => field(Field::DayOfMonth(within(a.int(), 1, 31)? as u32)),
            Op::Weekday => field(Field::Weekday(within(a.int(), 1, 7)? as u32)),
            Op::Season => match a {
                Value::Season(s) => field(Field::Season(s)),
                _ => None,
            },
            Op::Quarter => field(Field::Quarter(within(a.int(), 1, 4)?)),
            Op::Half => field(Field::Half(within(a.int(), 1, 2)?)),
            // "The 1800s" are a century, "the 1900s" and "the 2000s" as well as not.
            Op::Decade => {
                let year = year_like(a.int()?)?;
                let century = year % 100 == 0 && year < 1900;
                cell(if century { Cell::century(year / 100 + 1, false) } else { Cell::decade(year) })
            }
            Op::DecadeBce => cell(Cell::decade(1 - year_like(a.int()?)?)),
            Op::Tens => field(Field::Decade(within(a.int(), 0, 99)?)),
            Op::EraYear => field(Field::EraYear(within(a.int(), 100, 999)?)),
            Op::NthDay => {
                let n = within(a.int(), -5, 5)?;
                let weekday = within(b.int(), 1, 7)? as u32;
                Some(Value::Term(Term::NthDay(n, weekday, Box::new(c.term()?))))
            }
            Op::ShortYear => field(Field::Year(within(a.int(), 0, 99)?)),
            Op::Century => cell(Cell::century(a.int()?, false)),
            Op::CenturyBce => cell(Cell::century(a.int()?, true)),
            Op::Millennium => cell(Cell::millennium(a.int()?, false)),
            Op::MillenniumBce => cell(Cell::millennium(a.int()?, true)),
            Op::Holiday => match a {
                Value::Holiday(h) => field(Field::Holiday(h)),
                _ => None,
            },
            Op::At => Some(Value::Term(Term::At(a.clock()?, None))),
            Op::Clock => clock(a.int()?, b.int()?),
            Op::ClockAm => {
                let hour = within(a.int(), 1, 12)?;
                clock(if hour == 12 { 0 } else { hour }, b.int()?)
            }
            Op::ClockPm => {
                let hour = within(a.int(), 1, 12)?;
                clock(if hour == 12 { 12 } else { hour + 12 }, b.int()?)
            }
            Op::Length => {
                let (amount, unit) = (a.amount()?, b.unit()?);
                // Longer than a million years is no time that articles speak of.
                let long = match amount {
                    Amount::Exact(n) => {
                        u64::from(n) * unit.months().unwrap_or(1) as u64 > u64::from(Amount::MAX) * 12_000
                    }
                    Amount::Unknown => false,
                };
                (!long).then(|| Value::Duration(Duration::new(amount, unit)))
            }
            Op::One => Some(Value::Duration(Duration::new(Amount::whole(1)?, a.unit()?))),
            Op::Both => Some(Value::Duration(a.duration()?.plus(b.duration()?))),
            Op::Every => Some(Value::Term(Term::Set(Period::Every(a.duration()?)))),
            Op::EveryField => match a.term()? {
                Term::Field(f) => Some(Value::Term(Term::Set(Period::Each(f)))),
                _ => None,
            },
            Op::EveryAt => match a.term()? {
                Term::Field(f) => Some(Value::Term(Term::Set(Period::EachAt(f, b.clock()?)))),
                _ => None,
            },
            Op::Of => inside(a.term()?, b.term()?).map(Value::Term),
            Op::Before => pick(a.term()?, b.term()?, Which::Before).map(Value::Term),
            Op::After => pick(a.term()?, b.term()?, Which::After).map(Value::Term),
            Op::This => pick(a.term()?, b.term()?, Which::This).map(Value::Term),
            Op::Shift => Some(Value::Term(Term::Shift(Box::new(a.term()?), b.unit()?, c.int()?))),
            Op::Weekend => Some(Value::Term(Term::Shift(Box::new(a.term()?), Unit::Weekend, 0))),
            Op::Plus => Some(Value::Term(Term::Move(Box::new(a.term()?), false, b.duration()?))),
            Op::Minus => Some(Value::Term(Term::Move(Box::new(a.term()?), true, b.duration()?))),
            Op::Nth => {
                let n = within(a.int(), -400, 400)?;
                Some(Value::Term(Term::Nth(n, b.unit()?, Box::new(c.term()?))))
            }
            Op::On => Some(Value::Term(Term::At(a.clock()?, Some(Box::new(b.term()?))))),
            Op::Second => match a.clock()? {
                Clock::Clock { hour, minute, offset, .. } => {
                    let second = u8::try_from(within(b.int(), 0, 59)?).ok();
                    Some(Value::Clock(Clock::Clock { hour, minute, second, offset }))
                }
                _ => None,
            },
            Op::Zone | Op::ZoneEast | Op::ZoneWest => match a.clock()? {
                Clock::Clock { hour, minute, second, .. } => {
                    let scale = match self {
                        Op::ZoneEast => 60,
                        Op::ZoneWest => -60,
                        _ => 1,
                    };
                    let east = within(b.int().map(|n| n.saturating_mul(scale)), -14 * 60, 14 * 60)?;
                    Some(Value::Clock(Clock::Clock { hour, minute, second, offset: i16::try_from(east).ok() }))
                }
                other => Some(Value::Clock(other)),
            },
            Op::Islamic => {
                let (year, month, day) = (within(a.int(), 1, 9999)?, within(b.int(), 1, 12)?, within(c.int(), 1, 30)?);
                cell(crate::time::islamic_day(year, month as u32, day as u32).map(Cell::day))
            }
            Op::IslamicMonth => cell(Cell::lunation(within(a.int(), 1, 9999)?, within(b.int(), 1, 12)? as u32)),
            Op::Lunation => field(Field::Lunation(within(a.int(), 1, 12)? as u32)),
            Op::To => Some(Value::Term(Term::Between(Box::new(a.term()?), Box::new(b.term()?)))),
            Op::Back => Some(Value::Term(Term::Stretch(Box::new(b.term()?), true, a.duration()?))),
            Op::Ahead => Some(Value::Term(Term::Stretch(Box::new(b.term()?), false, a.duration()?))),
            Op::Scaled => match a.amount()? {
                Amount::Exact(n) => {
                    let scaled = u64::from(n) * u64::try_from(b.int()?).ok()?;
                    let max = u64::from(Amount::MAX) * 1000;
                    Some(Value::Amount(Amount::Exact(u32::try_from(scaled).ok().filter(|s| u64::from(*s) <= max)?)))
                }
                Amount::Unknown => Some(Value::Amount(Amount::Unknown)),
            },
            Op::HalfMore => match a.amount()? {
                Amount::Exact(n) => Some(Value::Amount(Amount::Exact(n.checked_add(500)?))),
                Amount::Unknown => Some(Value::Amount(Amount::Unknown)),
            },
            Op::Start => modified(a, TimexMod::Start),
            Op::Mid => modified(a, TimexMod::Mid),
            Op::End => modified(a, TimexMod::End),
            Op::Approx => modified(a, TimexMod::Approx),
            Op::Less => modified(a, TimexMod::LessThan),
            Op::More => modified(a, TimexMod::MoreThan),
            Op::AtLeast => modified(a, TimexMod::EqualOrMore),
            Op::AtMost => modified(a, TimexMod::EqualOrLess),
            Op::OrLater => modified(a, TimexMod::OnOrAfter),
            Op::OrEarlier => modified(a, TimexMod::OnOrBefore),
            Op::Earlier => modified(a, TimexMod::Before),
            Op::Later => modified(a, TimexMod::After),
        }
    }
}
