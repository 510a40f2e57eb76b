use std::sync::Arc;

use super::{Cell, DateValue, Duration, Holiday, Season, TimeOfDay, Unit};
use crate::model::TimexMod;

/// A time of day as words give it; the same as in a TIMEX3 value.
pub type Clock = TimeOfDay;

/// What a term is read against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Anchor {
    /// The day the article was written.
    Dct,
    /// The date that the text speaks of at this point.
    Reference,
    /// The day of writing in a report, the date spoken of in a narrative: what bare fields are read against.
    Here,
}

/// Which one of the cells that a field names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Which {
    /// The latest one that is over: "last Friday", "last March".
    Before,
    /// The first one that has not begun: "next Friday".
    After,
    /// The one in the unit that the anchor lies in: "this Friday" of this week, "this March" of this year.
    This,
}

/// A name of the calendar that comes back: a month without its year, a weekday.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// Month 1 to 12.
    Month(u32),
    /// Month and day; the day need not exist.
    MonthDay(u32, u32),
    /// A day of some month: "the 20th".
    DayOfMonth(u32),
    /// 1 is Monday.
    Weekday(u32),
    /// A month of the Islamic calendar, 1 (Muharram) to 12, in some year.
    Lunation(u32),
    /// A season of some year.
    Season(Season),
    /// Quarter 1 to 4 of some year.
    Quarter(i32),
    /// Half 1 or 2 of some year.
    Half(i32),
    /// A decade of some century by its tens: 90 for "the nineties".
    Decade(i32),
    /// A year of some century: 89 for "'89".
    Year(i32),
    /// A year of the era that the text speaks of: "499" among years before Christ.
    EraYear(i32),
    /// A feast of some year.
    Holiday(Arc<Holiday>),
}

/// Times that the words leave in a fog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Vague {
    /// "Recently", "in the past".
    Past,
    /// "Now", "currently".
    Present,
    /// "Soon", "in the coming days".
    Future,
    /// "Former", "recent": how a thing stands in time. It dates no happening, so it has no interval.
    Former,
    /// "Current": the same of the present.
    Current,
    /// "Future" before a noun.
    Coming,
}

/// How often.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// "Every two weeks".
    Every(Duration),
    /// "Each Friday", "every July".
    Each(Field),
    /// "Monday nights".
    EachAt(Field, TimeOfDay),
}

/// What the words of a time expression mean, before anything is known of the article.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Term {
    /// A cell that the words give in full: 1989, March 1990, 5 May 2020, the 1980s.
    Cell(Cell),
    /// Words that name a day which the calendar does not have: 31 February 2020.
    NoSuchDay(DateValue),
    /// Some cell of this unit, no matter which: the night of "at night".
    Any(Unit),
    /// A field without its outer unit.
    Field(Field),
    /// What the anchor stands for.
    Anchor(Anchor),
    /// The first inside the second: "March of last year", "the third quarter of 1989", "Friday, 5 May".
    In(Box<Term>, Box<Term>),
    /// A field chosen by direction: "last Friday".
    Pick(Field, Which, Anchor),
    /// The unit that holds the base, moved by so many: "last week", "the following year".
    Shift(Box<Term>, Unit, i32),
    /// The base moved by a length, as fine as the length is: "two weeks ago". Negative is back.
    Move(Box<Term>, bool, Duration),
    /// The n-th (from 1; from the end when negative) such unit in a longer one: "the first week of May".
    Nth(i32, Unit, Box<Term>),
    /// The n-th (from the end when negative) such weekday in something longer: "the second Tuesday of May".
    NthDay(i32, u32, Box<Term>),
    /// A time of day, on the day of the term, else on the day that the text speaks of.
    At(TimeOfDay, Option<Box<Term>>),
    /// With a TIMEX3 mod: "early 1990", "about noon".
    Modified(TimexMod, Box<Term>),
    /// From one to the other.
    Between(Box<Term>, Box<Term>),
    /// A length of time.
    Duration(Duration),
    /// A length of time that ends (back) or begins at the base: "the past two weeks", "the next five years".
    Stretch(Box<Term>, bool, Duration),
    /// Something that comes back.
    Set(Period),
    /// Past, present or future, no more.
    Vague(Vague),
    /// Not a time at all: "May" the person, "24/7".
    Nothing,
}

impl Term {
    /// The field whose outer unit the words leave out, however deep it lies: the month of "the end of March".
    pub fn field(&self) -> Option<&Field> {
        match self {
            Term::Field(field) => Some(field),
            Term::Modified(_, base) | Term::At(_, Some(base)) => base.field(),
            Term::Shift(base, ..) | Term::Move(base, ..) | Term::Nth(_, _, base) | Term::NthDay(_, _, base) => {
                base.field()
            }
            Term::In(inner, outer) => match (inner.field(), outer.field()) {
                (Some(Field::Weekday(_)), Some(field)) => Some(field),
                _ => None,
            },
            _ => None,
        }
    }
}
