use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

/// A calendar day: the number of days since 1970-01-01 in the proleptic Gregorian calendar, negative before.
///
/// Years run from -9999 to 9999 in astronomical counting: year 0 is 1 BC, year -43 is 44 BC. `Display` and `FromStr`
/// use ISO 8601 with a sign before years below zero (`2025-12-22`, `-0043-03-15`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(i32);

/// A day that the calendar does not have, or a text that is not `YYYY-MM-DD`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a day; expected YYYY-MM-DD with a year from -9999 to 9999")]
pub struct DayError(pub String);

/// Days from 0001-01-01 (day 1 of the common era) to 1970-01-01.
const EPOCH_FROM_CE: i32 = 719_163;

/// The months of the calendar by their English names, January first.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Day {
    /// The first day that can be told: -9999-01-01.
    pub const MIN: Day = Day(-4_371_587);
    /// The last day that can be told: 9999-12-31.
    pub const MAX: Day = Day(2_932_896);

    /// The day `year-month-day`, or `None` if the calendar has no such day or the year is outside -9999 to 9999.
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Day> {
        if !(-9999..=9999).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(|d| Day(d.num_days_from_ce() - EPOCH_FROM_CE))
    }

    /// The day with this number of days since 1970-01-01, or `None` outside the years -9999 to 9999.
    pub fn from_number(days: i32) -> Option<Day> {
        (Self::MIN.0..=Self::MAX.0).contains(&days).then_some(Day(days))
    }

    /// Days since 1970-01-01, negative before.
    pub const fn number(self) -> i32 {
        self.0
    }

    fn date(self) -> NaiveDate {
        NaiveDate::from_num_days_from_ce_opt(self.0 + EPOCH_FROM_CE).unwrap_or_default()
    }

    /// Year in astronomical counting (0 is 1 BC), month 1 to 12, day of month 1 to 31.
    pub fn ymd(self) -> (i32, u32, u32) {
        let d = self.date();
        (d.year(), d.month(), d.day())
    }

    /// Year in astronomical counting: 0 is 1 BC.
    pub fn year(self) -> i32 {
        self.ymd().0
    }

    /// Day of the week: 1 is Monday, 7 is Sunday (ISO 8601).
    pub fn weekday(self) -> u32 {
        self.date().weekday().number_from_monday()
    }

    /// ISO 8601 week: the year the week belongs to, and its number from 1 to 53.
    pub fn iso_week(self) -> (i32, u32) {
        let w = self.date().iso_week();
        (w.year(), w.week())
    }

    /// The day `days` later (earlier when negative), or `None` outside the years -9999 to 9999.
    pub fn plus(self, days: i32) -> Option<Day> {
        self.0.checked_add(days).and_then(Day::from_number)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (y, m, d) = self.ymd();
        // Exports print millions of days: digit by digit is four times as fast as by formatting.
        let mut text = *b"-0000-00-00";
        let mut write = |at: usize, mut number: u32| {
            let mut at = at;
            while number > 0 {
                text[at] += (number % 10) as u8;
                number /= 10;
                at -= 1;
            }
        };
        write(4, y.unsigned_abs());
        write(7, m);
        write(10, d);
        f.pad(std::str::from_utf8(&text[usize::from(y >= 0)..]).unwrap_or_default())
    }
}

impl FromStr for Day {
    type Err = DayError;

    /// Parses `YYYY-MM-DD`, with `-` before years below zero. Nothing else: looser forms are the time grammar's work.
    ///
    /// ```
    /// use dateline::model::Day;
    /// let day: Day = "-0043-03-15".parse().unwrap();
    /// assert_eq!(day.ymd(), (-43, 3, 15));
    /// assert!("2023-02-29".parse::<Day>().is_err());
    /// ```
    fn from_str(text: &str) -> Result<Self, DayError> {
        let bad = || DayError(text.chars().take(40).collect());
        let (sign, rest) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let b = rest.as_bytes();
        let digits = |r: std::ops::Range<usize>| b[r].iter().all(u8::is_ascii_digit);
        if b.len() != 10 || b[4] != b'-' || b[7] != b'-' || !digits(0..4) || !digits(5..7) || !digits(8..10) {
            return Err(bad());
        }
        let number = |r: std::ops::Range<usize>| b[r].iter().fold(0, |n, c| n * 10 + u32::from(c - b'0'));
        Day::from_ymd(sign * number(0..4) as i32, number(5..7), number(8..10)).ok_or_else(bad)
    }
}

impl serde::Serialize for Day {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Day {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_the_years_they_say() {
        assert_eq!(Day::from_ymd(-9999, 1, 1), Some(Day::MIN));
        assert_eq!(Day::from_ymd(9999, 12, 31), Some(Day::MAX));
        assert_eq!(Day::MAX.plus(1), None);
        assert_eq!(Day::from_ymd(1970, 1, 1).map(Day::number), Some(0));
    }

    #[test]
    fn weekdays_are_iso() {
        assert_eq!("2025-12-22".parse::<Day>().unwrap().weekday(), 1);
    }
}
