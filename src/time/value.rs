use std::fmt::{self, Display, Formatter, Write};

use super::{Amount, DayPart, Season, Unit};

/// The digits of a year from the left, some of which may be unknown (`X`): `1998`, `199` (a decade), `19` (a century),
/// `XXXX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Digits {
    /// Before Christ, as TIMEX3 writes it: `BC0044`.
    pub bce: bool,
    digits: [Option<u8>; 4],
    len: u8,
}

impl Digits {
    /// A whole year in astronomical counting.
    pub fn year(year: i32) -> Digits {
        let (bce, n) = if year > 0 { (false, year) } else { (true, 1 - year) };
        Digits::of_number(bce, n, 4)
    }

    /// The first `len` digits of the years of a decade (3), century (2) or millennium (1) with this running number.
    pub fn leading(index: i32, len: u8) -> Digits {
        let (bce, n) = if index >= 0 { (false, index) } else { (true, -index - 1) };
        Digits::of_number(bce, n, len)
    }

    fn of_number(bce: bool, n: i32, len: u8) -> Digits {
        let len = len.clamp(1, 4);
        let mut digits = [None; 4];
        let mut rest = n.clamp(0, 9999);
        for slot in digits[..usize::from(len)].iter_mut().rev() {
            *slot = Some((rest % 10) as u8);
            rest /= 10;
        }
        Digits { bce, digits, len }
    }

    /// Four unknown digits.
    pub const fn unknown(bce: bool) -> Digits {
        Digits { bce, digits: [None; 4], len: 4 }
    }

    /// One to four digits, each 0 to 9 or unknown.
    pub fn new(bce: bool, digits: &[Option<u8>]) -> Option<Digits> {
        let ok = (1..=4).contains(&digits.len()) && digits.iter().flatten().all(|d| *d <= 9);
        let mut all = [None; 4];
        all.get_mut(..digits.len())?.copy_from_slice(digits);
        ok.then_some(Digits { bce, digits: all, len: digits.len() as u8 })
    }

    /// The year in astronomical counting, when all four digits are known.
    pub fn as_year(self) -> Option<i32> {
        let n = self.digits.iter().try_fold(0, |n, d| d.map(|d| n * 10 + i32::from(d)))?;
        (self.len == 4).then_some(if self.bce { 1 - n } else { n })
    }
}

impl Display for Digits {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.bce {
            f.write_str("BC")?;
        }
        for digit in &self.digits[..usize::from(self.len)] {
            f.write_char(digit.map_or('X', |d| char::from(b'0' + d)))?;
        }
        Ok(())
    }
}

/// What stands after the year of a TIMEX3 date. Unknown numbers are `XX`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rest {
    /// Nothing: the year, decade or century itself.
    None,
    /// `-12`
    Month(Option<u8>),
    /// `-12-22`
    Day(Option<u8>, Option<u8>),
    /// `-W51`
    Week(Option<u8>),
    /// `-WXX-5`: a weekday, 1 is Monday.
    WeekDay(Option<u8>, u8),
    /// `-W51-WE`
    Weekend(Option<u8>),
    /// `-Q3`
    Quarter(Option<u8>),
    /// `-H2`
    Half(Option<u8>),
    /// `-SU`
    Season(Season),
}

fn two(f: &mut Formatter<'_>, before: &str, number: Option<u8>) -> fmt::Result {
    match number {
        Some(n) => write!(f, "{before}{n:02}"),
        None => write!(f, "{before}XX"),
    }
}

fn one(f: &mut Formatter<'_>, before: &str, number: Option<u8>) -> fmt::Result {
    match number {
        Some(n) => write!(f, "{before}{n}"),
        None => write!(f, "{before}X"),
    }
}

impl Display for Rest {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            Rest::None => Ok(()),
            Rest::Month(m) => two(f, "-", m),
            Rest::Day(m, d) => two(f, "-", m).and_then(|()| two(f, "-", d)),
            Rest::Week(w) => two(f, "-W", w),
            Rest::WeekDay(w, d) => two(f, "-W", w).and_then(|()| write!(f, "-{d}")),
            Rest::Weekend(w) => two(f, "-W", w).and_then(|()| f.write_str("-WE")),
            Rest::Quarter(q) => one(f, "-Q", q),
            Rest::Half(h) => one(f, "-H", h),
            Rest::Season(s) => write!(f, "-{}", s.code()),
        }
    }
}

/// A time of day: a part of the day, or hours and minutes, or a time that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TimeOfDay {
    /// `TMO`
    Part(DayPart),
    /// `TXX`
    Unknown,
    /// `T14:30`, `T14:30:05`, with the offset from UTC in minutes if the words tell a zone; hour 24 is the end of the day.
    Clock {
        /// 0 to 24.
        hour: u8,
        /// 0 to 59.
        minute: Option<u8>,
        /// 0 to 59; only with a minute.
        second: Option<u8>,
        /// Minutes east of UTC.
        offset: Option<i16>,
    },
}

impl Display for TimeOfDay {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match *self {
            TimeOfDay::Part(part) => write!(f, "T{}", part.code()),
            TimeOfDay::Unknown => f.write_str("TXX"),
            TimeOfDay::Clock { hour, minute, second, offset } => {
                write!(f, "T{hour:02}")?;
                if let Some(m) = minute {
                    write!(f, ":{m:02}")?;
                    if let Some(s) = second {
                        write!(f, ":{s:02}")?;
                    }
                }
                match offset {
                    None => Ok(()),
                    Some(0) => f.write_char('Z'),
                    Some(o) => {
                        let (sign, o) = (if o < 0 { '-' } else { '+' }, o.unsigned_abs());
                        write!(f, "{sign}{:02}", o / 60)?;
                        if o % 60 == 0 { Ok(()) } else { write!(f, ":{:02}", o % 60) }
                    }
                }
            }
        }
    }
}

/// A TIMEX3 date or time: `1998-02-12TEV`, `1989-Q3`, `199`, `XXXX-WXX-5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DateValue {
    /// The year or its first digits.
    pub year: Digits,
    /// What follows.
    pub rest: Rest,
    /// Time of day.
    pub time: Option<TimeOfDay>,
}

impl DateValue {
    /// Nothing but a year, decade or century.
    pub const fn of_year(year: Digits) -> DateValue {
        DateValue { year, rest: Rest::None, time: None }
    }

    /// The same with a time of day.
    pub const fn at(mut self, time: TimeOfDay) -> DateValue {
        self.time = Some(time);
        self
    }
}

impl Display for DateValue {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.year, self.rest)?;
        self.time.map_or(Ok(()), |t| write!(f, "{t}"))
    }
}

/// A TIMEX3 duration: `P3D`, `PT1H30M`, `PXW`, `P2.5Y`. Decades, centuries and millennia are `DE`, `CE`, `ML`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DurationValue {
    /// Amounts and units, the clock units last.
    pub parts: Vec<(Amount, Unit)>,
}

impl DurationValue {
    /// So many of one unit.
    pub fn new(amount: Amount, unit: Unit) -> DurationValue {
        DurationValue { parts: vec![(amount, unit)] }
    }
}

/// The letters of a unit in a TIMEX3 duration.
pub(super) const fn unit_code(unit: Unit) -> &'static str {
    match unit {
        Unit::Second => "S",
        Unit::Minute | Unit::Month => "M",
        Unit::Lunation => "LM",
        Unit::Hour => "H",
        Unit::Day => "D",
        Unit::Weekend => "WE",
        Unit::Week => "W",
        Unit::Season => "SN",
        Unit::Quarter => "Q",
        Unit::Half => "HY",
        Unit::Year => "Y",
        Unit::Decade => "DE",
        Unit::Century => "CE",
        Unit::Millennium => "ML",
    }
}

impl Display for DurationValue {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('P')?;
        let mut clock = false;
        for &(amount, unit) in &self.parts {
            if unit.is_clock() && !clock {
                clock = true;
                f.write_char('T')?;
            }
            match amount {
                Amount::Unknown => f.write_char('X')?,
                Amount::Exact(n) => {
                    write!(f, "{}", n / 1000)?;
                    if n % 1000 != 0 {
                        let part = format!("{:03}", n % 1000);
                        write!(f, ".{}", part.trim_end_matches('0'))?;
                    }
                }
            }
            f.write_str(unit_code(unit))?;
        }
        if self.parts.is_empty() { f.write_str("XX") } else { Ok(()) }
    }
}

/// Any TIMEX3 value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum TimexValue {
    /// A date or time of day.
    Date(DateValue),
    /// A length, also of a set ("every two weeks").
    Duration(DurationValue),
    /// `PAST_REF`
    Past,
    /// `PRESENT_REF`
    Present,
    /// `FUTURE_REF`
    Future,
}

impl Display for TimexValue {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            TimexValue::Date(date) => write!(f, "{date}"),
            TimexValue::Duration(duration) => write!(f, "{duration}"),
            TimexValue::Past => f.write_str("PAST_REF"),
            TimexValue::Present => f.write_str("PRESENT_REF"),
            TimexValue::Future => f.write_str("FUTURE_REF"),
        }
    }
}

/// A text that is not a TIMEX3 value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a TIMEX3 value; expected such as 2025-12-22, 1989-Q3, P3D, PAST_REF")]
pub struct ValueError(pub String);
