use std::fmt::{self, Display, Formatter, Write};

use crate::model::{Day, Interval};

/// How sure a part of an EDTF date is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Qualifier {
    /// As it stands.
    #[default]
    None,
    /// `?`
    Uncertain,
    /// `~`
    Approximate,
    /// `%`
    Both,
}

impl Qualifier {
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Qualifier::None => "",
            Qualifier::Uncertain => "?",
            Qualifier::Approximate => "~",
            Qualifier::Both => "%",
        }
    }

    pub(super) const fn of_sign(c: u8) -> Qualifier {
        match c {
            b'?' => Qualifier::Uncertain,
            b'~' => Qualifier::Approximate,
            b'%' => Qualifier::Both,
            _ => Qualifier::None,
        }
    }

    /// Both qualifiers together.
    pub(super) const fn and(self, other: Qualifier) -> Qualifier {
        match (self, other) {
            (Qualifier::None, q) | (q, Qualifier::None) => q,
            (Qualifier::Uncertain, Qualifier::Uncertain) => Qualifier::Uncertain,
            (Qualifier::Approximate, Qualifier::Approximate) => Qualifier::Approximate,
            _ => Qualifier::Both,
        }
    }
}

/// One EDTF date: year, month or season, day; digits may be unspecified (`X`), each part may carry a qualifier.
///
/// The parts exist as far as they are given: a day only with a month. Month numbers 21 to 41 are seasons, quarters and
/// halves (21 spring to 24 winter, 33 to 36 quarters, 40 and 41 halves).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct EdtfDate {
    pub(super) negative: bool,
    pub(super) year: [Option<u8>; 4],
    pub(super) month: Option<[Option<u8>; 2]>,
    pub(super) day: Option<[Option<u8>; 2]>,
    pub(super) qualifiers: [Qualifier; 3],
}

pub(super) fn known<const N: usize>(digits: [Option<u8>; N]) -> Option<u32> {
    digits.iter().try_fold(0, |n, d| d.map(|d| n * 10 + u32::from(d)))
}

fn pair(n: u32) -> Option<[Option<u8>; 2]> {
    Some([Some((n / 10 % 10) as u8), Some((n % 10) as u8)])
}

impl EdtfDate {
    /// A year in astronomical counting, cut to -9999 to 9999.
    pub fn year(year: i32) -> EdtfDate {
        let n = year.unsigned_abs().min(9999);
        let digit = |scale: u32| Some((n / scale % 10) as u8);
        EdtfDate {
            negative: year < 0,
            year: [digit(1000), digit(100), digit(10), digit(1)],
            month: None,
            day: None,
            qualifiers: [Qualifier::None; 3],
        }
    }

    /// A month (1 to 12) or season code (21 to 41) of a year.
    pub fn month(year: i32, month: u32) -> EdtfDate {
        EdtfDate { month: pair(month), ..EdtfDate::year(year) }
    }

    /// A day.
    pub fn day(day: Day) -> EdtfDate {
        let (y, m, d) = day.ymd();
        EdtfDate { day: pair(d), ..EdtfDate::month(y, m) }
    }

    /// A year whose last `masked` digits (1 to 3) are unspecified; `leading` are the digits before them.
    pub fn masked(leading: i32, masked: u32) -> EdtfDate {
        let masked = masked.min(3);
        let mut date = EdtfDate::year(leading.saturating_mul(10i32.pow(masked)));
        for slot in date.year.iter_mut().rev().take(masked as usize) {
            *slot = None;
        }
        date
    }

    /// The same with one qualifier on every part.
    pub fn qualified(mut self, qualifier: Qualifier) -> EdtfDate {
        self.qualifiers = [qualifier; 3];
        if self.day.is_none() {
            self.qualifiers[2] = Qualifier::None;
        }
        if self.month.is_none() {
            self.qualifiers[1] = Qualifier::None;
        }
        self
    }

    pub(super) const fn parts(&self) -> usize {
        1 + self.month.is_some() as usize + self.day.is_some() as usize
    }

    /// The days that the date can stand for, unspecified digits counted as any digit.
    pub fn interval(&self) -> Interval {
        let fill = |digits: [Option<u8>; 4], with: u8| known(digits.map(|d| d.or(Some(with)))).unwrap_or(0) as i32;
        let (small, large) = (fill(self.year, 0), fill(self.year, 9));
        let (low, high) = if self.negative { (-large, -small) } else { (small, large) };
        let months = |digits: [Option<u8>; 2]| match known(digits) {
            Some(n) => (n, n),
            None => {
                let from = digits[0].map_or(1, |t| u32::from(t) * 10).max(1);
                let to = digits[0].map_or(12, |t| u32::from(t) * 10 + 9).min(12);
                digits[1].map_or((from, to), |d| {
                    if d <= 2 && digits[0].is_none() { (u32::from(d).max(1), 12) } else { (from, to) }
                })
            }
        };
        let (first, last) = match self.month.map(months) {
            None => (Day::from_ymd(low, 1, 1), Day::from_ymd(high, 12, 31)),
            Some((a, b)) => match self.day.and_then(known) {
                Some(d) => {
                    let days = |y: i32| (a..=b).filter_map(move |m| Day::from_ymd(y, m, d));
                    (days(low).next(), days(high).next_back())
                }
                None => (code(low, a).and_then(Interval::from), code(high, b).and_then(Interval::to)),
            },
        };
        Interval::new(first, last).unwrap_or(Interval::UNKNOWN)
    }
}

/// The days of a month number of EDTF: a month, season, quarter, quadrimester or half of a year.
fn code(year: i32, month: u32) -> Option<Interval> {
    let run = |first: u32, months: u32| {
        let start = Day::from_ymd(year, first, 1)?;
        let (y, m) = if first + months > 12 { (year + 1, first + months - 12) } else { (year, first + months) };
        Interval::new(Some(start), Some(Day::from_ymd(y, m, 1).map_or(Some(Day::MAX), |d| d.plus(-1))?))
    };
    match month {
        1..=12 => run(month, 1),
        21..=24 => run(3 * (month - 20), 3),
        25..=28 => run(3 * (month - 24), 3),
        // Southern seasons begin in September.
        29..=30 => run(9 + 3 * (month - 29), 3),
        31..=32 => run(3 + 3 * (month - 31), 3),
        33..=36 => run(3 * (month - 33) + 1, 3),
        37..=39 => run(4 * (month - 37) + 1, 4),
        40..=41 => run(6 * (month - 40) + 1, 6),
        _ => None,
    }
}

fn digits(f: &mut Formatter<'_>, digits: &[Option<u8>]) -> fmt::Result {
    digits.iter().try_for_each(|d| f.write_char(d.map_or('X', |d| char::from(b'0' + d))))
}

impl Display for EdtfDate {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let n = self.parts();
        let same = self.qualifiers[..n].iter().all(|q| *q == self.qualifiers[0]);
        let sign = |i: usize| if same { "" } else { self.qualifiers[i].sign() };
        f.write_str(sign(0))?;
        if self.negative {
            f.write_char('-')?;
        }
        digits(f, &self.year)?;
        if let Some(month) = self.month {
            write!(f, "-{}", sign(1))?;
            digits(f, &month)?;
        }
        if let Some(day) = self.day {
            write!(f, "-{}", sign(2))?;
            digits(f, &day)?;
        }
        f.write_str(if same { self.qualifiers[0].sign() } else { "" })
    }
}

/// An end of an EDTF interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EdtfBound {
    /// A date.
    Date(EdtfDate),
    /// `..`: no end.
    Open,
    /// Nothing: the end is not known.
    Unknown,
}

impl Display for EdtfBound {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            EdtfBound::Date(date) => write!(f, "{date}"),
            EdtfBound::Open => f.write_str(".."),
            EdtfBound::Unknown => Ok(()),
        }
    }
}

/// A member of an EDTF set: a date, or all dates between two, either of which may be open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Member {
    /// One date.
    One(EdtfDate),
    /// From a date to another; at least one of them is given.
    Run(Option<EdtfDate>, Option<EdtfDate>),
}

impl Display for Member {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Member::One(date) => write!(f, "{date}"),
            Member::Run(from, to) => {
                from.iter().try_for_each(|d| write!(f, "{d}"))?;
                f.write_str("..")?;
                to.iter().try_for_each(|d| write!(f, "{d}"))
            }
        }
    }
}

/// An EDTF expression (ISO 8601-2, levels 0 to 2) over days: no clock times, years -9999 to 9999.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Edtf {
    /// One date: `2023-12?`, `194X`, `2023-21`.
    Date(EdtfDate),
    /// `2013-03-01/2013-03-05`; one end may be open or unknown.
    Interval(EdtfBound, EdtfBound),
    /// `[1667..1668]`: one of these.
    OneOf(Vec<Member>),
    /// `{1667, 1668}`: all of these.
    AllOf(Vec<Member>),
}

impl From<EdtfDate> for Edtf {
    fn from(date: EdtfDate) -> Edtf {
        Edtf::Date(date)
    }
}

impl Edtf {
    /// From one date to another.
    pub const fn between(from: EdtfDate, to: EdtfDate) -> Edtf {
        Edtf::Interval(EdtfBound::Date(from), EdtfBound::Date(to))
    }

    /// A range of days, open ends as `..`; a single day as a date. `None` when nothing is known.
    pub fn of_interval(interval: Interval) -> Option<Edtf> {
        let bound = |day: Option<Day>| day.map_or(EdtfBound::Open, |d| EdtfBound::Date(EdtfDate::day(d)));
        match (interval.from(), interval.to()) {
            (None, None) => None,
            (Some(a), Some(b)) if a == b => Some(EdtfDate::day(a).into()),
            (a, b) => Some(Edtf::Interval(bound(a), bound(b))),
        }
    }

    /// The same with a qualifier on every date.
    pub fn qualified(self, qualifier: Qualifier) -> Edtf {
        let bound = |b: EdtfBound| match b {
            EdtfBound::Date(date) => EdtfBound::Date(date.qualified(qualifier)),
            other => other,
        };
        match self {
            Edtf::Date(date) => Edtf::Date(date.qualified(qualifier)),
            Edtf::Interval(a, b) => Edtf::Interval(bound(a), bound(b)),
            sets => sets,
        }
    }

    /// The days from the earliest to the latest that the expression can mean; open and unknown ends are open.
    ///
    /// ```
    /// use dateline::time::Edtf;
    /// let days = |text: &str| {
    ///     let interval = text.parse::<Edtf>().unwrap().interval();
    ///     (interval.from().map(|d| d.to_string()), interval.to().map(|d| d.to_string()))
    /// };
    /// assert_eq!(days("194X"), (Some("1940-01-01".into()), Some("1949-12-31".into())));
    /// assert_eq!(days("../2013-03"), (None, Some("2013-03-31".into())));
    /// ```
    pub fn interval(&self) -> Interval {
        let of_bound = |b: &EdtfBound| match b {
            EdtfBound::Date(date) => date.interval(),
            _ => Interval::UNKNOWN,
        };
        match self {
            Edtf::Date(date) => date.interval(),
            Edtf::Interval(a, b) => Interval::new(of_bound(a).from(), of_bound(b).to()).unwrap_or(Interval::UNKNOWN),
            Edtf::OneOf(members) | Edtf::AllOf(members) => members
                .iter()
                .map(|m| match m {
                    Member::One(date) => date.interval(),
                    Member::Run(a, b) => {
                        let from = a.and_then(|d| d.interval().from());
                        let to = b.and_then(|d| d.interval().to());
                        Interval::new(from, to).unwrap_or(Interval::UNKNOWN)
                    }
                })
                .reduce(Interval::cover)
                .unwrap_or(Interval::UNKNOWN),
        }
    }
}

fn list(f: &mut Formatter<'_>, open: char, members: &[Member], close: char) -> fmt::Result {
    f.write_char(open)?;
    for (i, member) in members.iter().enumerate() {
        write!(f, "{}{member}", if i > 0 { "," } else { "" })?;
    }
    f.write_char(close)
}

impl Display for Edtf {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Edtf::Date(date) => write!(f, "{date}"),
            Edtf::Interval(a, b) => write!(f, "{a}/{b}"),
            Edtf::OneOf(members) => list(f, '[', members, ']'),
            Edtf::AllOf(members) => list(f, '{', members, '}'),
        }
    }
}

/// A text that is not an EDTF expression of levels 0 to 2 within the years -9999 to 9999.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not an EDTF date; expected such as 2025-12-22, 2025-12?, 194X, 2023-21, ../2013-03, [1667..1668]")]
pub struct EdtfError(pub String);
