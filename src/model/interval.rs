use super::{Day, named_enum};

/// A closed range of days, either end of which may be open.
///
/// `from` is the earliest day the thing can have happened, `to` the latest, both inclusive; `None` means that nothing
/// is known on that side. `from <= to` when both are known: the constructors see to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, serde::Serialize)]
pub struct Interval {
    from: Option<Day>,
    to: Option<Day>,
}

impl Interval {
    /// Nothing known on either side.
    pub const UNKNOWN: Interval = Interval { from: None, to: None };

    /// The days from `from` to `to`, both inclusive, or `None` if they are the wrong way round.
    pub fn new(from: Option<Day>, to: Option<Day>) -> Option<Interval> {
        match (from, to) {
            (Some(a), Some(b)) if a > b => None,
            _ => Some(Interval { from, to }),
        }
    }

    /// Exactly one day.
    pub const fn day(day: Day) -> Interval {
        Interval { from: Some(day), to: Some(day) }
    }

    /// Any day up to and including `day`.
    pub const fn until(day: Day) -> Interval {
        Interval { from: None, to: Some(day) }
    }

    /// `day` or any day after it.
    pub const fn since(day: Day) -> Interval {
        Interval { from: Some(day), to: None }
    }

    /// Earliest day, inclusive.
    pub const fn from(self) -> Option<Day> {
        self.from
    }

    /// Latest day, inclusive.
    pub const fn to(self) -> Option<Day> {
        self.to
    }

    /// Whether nothing is known on either side.
    pub const fn is_unknown(self) -> bool {
        self.from.is_none() && self.to.is_none()
    }

    /// Number of days, both ends included, when both are known.
    pub fn length(self) -> Option<u32> {
        Some((self.to?.number() - self.from?.number() + 1) as u32)
    }

    /// Whether the two ranges share at least one day; an open side reaches as far as the calendar.
    ///
    /// ```
    /// use dateline::model::{Day, Interval};
    /// let day = |s: &str| s.parse::<Day>().unwrap();
    /// let december = Interval::new(Some(day("2025-12-01")), Some(day("2025-12-31"))).unwrap();
    /// assert!(december.overlaps(Interval::until(day("2025-12-01"))));
    /// assert!(!december.overlaps(Interval::since(day("2026-01-01"))));
    /// ```
    pub fn overlaps(self, other: Interval) -> bool {
        let lo = |i: Interval| i.from.unwrap_or(Day::MIN);
        let hi = |i: Interval| i.to.unwrap_or(Day::MAX);
        lo(self) <= hi(other) && lo(other) <= hi(self)
    }

    /// The days that both ranges share, or `None` if there are none.
    pub fn intersect(self, other: Interval) -> Option<Interval> {
        let from = match (self.from, other.from) {
            (Some(a), Some(b)) => Some(a.max(b)),
            (a, b) => a.or(b),
        };
        let to = match (self.to, other.to) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        };
        Interval::new(from, to)
    }

    /// The smallest range that holds both; a side that is open in either stays open.
    pub fn cover(self, other: Interval) -> Interval {
        Interval {
            from: self.from.zip(other.from).map(|(a, b)| a.min(b)),
            to: self.to.zip(other.to).map(|(a, b)| a.max(b)),
        }
    }
}

named_enum! {
    /// How fine a date is: the unit of the calendar that the words name.
    pub enum Granularity: "granularity" {
        /// A time of day.
        Time = "time",
        Day = "day",
        Weekend = "weekend",
        Week = "week",
        Month = "month",
        Season = "season",
        Quarter = "quarter",
        Half = "half-year",
        Year = "year",
        Decade = "decade",
        Century = "century",
        Millennium = "millennium",
        /// Any other range of days: a period between two dates, or one with an open side.
        Range = "range",
    }
}
