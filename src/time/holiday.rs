use std::str::FromStr;

use super::Cell;
use crate::model::Day;

/// How the day of a holiday is found in a year.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Holiday {
    /// The same month and day each year.
    Fixed(u32, u32),
    /// The n-th weekday (1 Monday) of a month; -1 is the last. The days are added afterwards.
    Nth(i32, u32, u32, i32),
    /// So many days after Western Easter Sunday.
    Easter(i32),
    /// So many days after Orthodox Easter Sunday.
    OrthodoxEaster(i32),
    /// Month and day of the Islamic calendar, by the tabular calendar: what is observed may differ by a day.
    Islamic(u32, u32),
    /// One day for each year, by table. Other years have none.
    Table(Vec<Day>),
}

/// A text that is not a way to find a holiday.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" does not say when a holiday is; expected \"12-25\", \"nth 4 thursday november\", \"easter -2\", \
     \"orthodox-easter 0\", \"islamic 9 1\" or a list of days"
)]
pub struct HolidayError(pub String);

/// Western Easter Sunday (Gauss, in the form of Meeus, Jones and Butcher).
fn easter(year: i32) -> Option<Day> {
    let (a, b, c) = (year.rem_euclid(19), year.div_euclid(100), year.rem_euclid(100));
    let (d, e, f) = (b.div_euclid(4), b.rem_euclid(4), (b + 8).div_euclid(25));
    let g = (b - f + 1).div_euclid(3);
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l).div_euclid(451);
    let n = h + l - 7 * m + 114;
    Day::from_ymd(year, (n / 31) as u32, (n % 31 + 1) as u32)
}

/// Orthodox Easter Sunday in the Gregorian calendar (Meeus).
fn orthodox_easter(year: i32) -> Option<Day> {
    let d = (19 * year.rem_euclid(19) + 15).rem_euclid(30);
    let e = (2 * year.rem_euclid(4) + 4 * year.rem_euclid(7) - d + 34).rem_euclid(7);
    let n = d + e + 114;
    let julian = Day::from_ymd(year, (n / 31) as u32, (n % 31 + 1) as u32)?;
    julian.plus(year.div_euclid(100) - year.div_euclid(400) - 2)
}

/// A day of the tabular Islamic calendar (civil epoch, 16 July 622 Julian; leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29
/// of each 30). What is observed after sighting the moon may differ by a day or two. Any month number is taken, so that
/// month 13 is the first of the next year; the formula is that of Reingold and Dershowitz, *Calendrical Calculations*.
pub(super) fn islamic(year: i32, month: i32, day: i32) -> Option<Day> {
    let (year, month) = (year.checked_add((month - 1).div_euclid(12))?, (month - 1).rem_euclid(12) + 1);
    let months = 29 * (month - 1) + month / 2;
    let days = (year - 1).checked_mul(354)? + (3 + 11 * year).div_euclid(30) + months + day;
    // 1 Muharram 1 is 492,148 days before 1970-01-01.
    Day::from_number(days - 492_149)
}

/// A day of the tabular Islamic calendar: year after the Hijra, month 1 to 12, day 1 to 30. `None` if the month is shorter.
///
/// ```
/// use dateline::time::islamic_day;
/// assert_eq!(islamic_day(1445, 9, 1).unwrap().to_string(), "2024-03-11");
/// assert_eq!(islamic_day(1445, 10, 30), None);
/// ```
pub fn islamic_day(year: i32, month: u32, day: u32) -> Option<Day> {
    let month = i32::try_from(month).ok().filter(|m| (1..=12).contains(m))?;
    let found = islamic(year, month, i32::try_from(day).ok().filter(|d| *d > 0)?)?;
    (found < islamic(year, month + 1, 1)?).then_some(found)
}

/// The number of the lunar month (from that of 1 Muharram 1, which is 0) that a day lies in.
pub(super) fn lunation_of(day: Day) -> i32 {
    // A lunar month has 29.53 days, so the guess is at most one off.
    let guess = (i64::from(day.number() + 492_148) * 360 / 10_631) as i32;
    let starts = |n: i32| islamic(1, n + 1, 1).is_none_or(|first| first <= day);
    let mut n = guess + 2;
    while n > guess - 2 && !starts(n) {
        n -= 1;
    }
    n
}

impl Holiday {
    /// The day in a year, or `None` if the year has none (before the Gregorian calendar for movable feasts).
    pub fn in_year(&self, year: i32) -> Option<Day> {
        match *self {
            Holiday::Fixed(month, day) => Day::from_ymd(year, month, day),
            Holiday::Nth(n, weekday, month, plus) => {
                let cell = Cell::month(year, month)?;
                let day = if n > 0 {
                    let ahead = (weekday + 7 - cell.first().weekday()) % 7;
                    cell.first().plus(ahead as i32 + 7 * (n - 1))?
                } else {
                    let back = (cell.last().weekday() + 7 - weekday) % 7;
                    cell.last().plus(7 * (n + 1) - back as i32)?
                };
                day.plus(plus).filter(|_| cell.contains(day))
            }
            Holiday::Easter(plus) => easter(year).filter(|_| year > 300)?.plus(plus),
            Holiday::OrthodoxEaster(plus) => orthodox_easter(year).filter(|_| year > 300)?.plus(plus),
            Holiday::Islamic(month, day) => {
                // Twelve lunar months are about 354.37 days, so a Gregorian year holds one or two of each feast.
                let guess = ((f64::from(year) - 622.0) * 1.030_7) as i32;
                (guess..=guess + 2)
                    .filter(|y| *y > 0)
                    .find_map(|y| islamic(y, month as i32, day as i32).filter(|d| d.year() == year))
            }
            Holiday::Table(ref days) => days.iter().copied().find(|d| d.year() == year),
        }
    }
}

fn name_index(names: &[&str], text: &str) -> Option<u32> {
    names.iter().position(|n| *n == text).map(|i| i as u32 + 1)
}

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
pub(super) const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether a word in small letters names a month or a weekday, in full or cut ("dec.", "tue").
///
/// ```
/// use dateline::time::is_calendar_name;
/// assert!(is_calendar_name("sept.") && is_calendar_name("monday"));
/// assert!(!is_calendar_name("faraday") && !is_calendar_name("ma"));
/// ```
pub fn is_calendar_name(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    word.len() >= 3 && MONTHS.iter().chain(&WEEKDAYS).any(|name| name.starts_with(word))
}

impl FromStr for Holiday {
    type Err = HolidayError;

    /// Reads `12-25`, `nth 4 thursday november`, `nth 4 thursday november +1`, `nth -1 monday may`, `easter -2`,
    /// `orthodox-easter 0`, `islamic 9 1` or days (`2024-02-10 2025-01-29`).
    fn from_str(text: &str) -> Result<Holiday, HolidayError> {
        parse(text).ok_or_else(|| HolidayError(text.chars().take(60).collect()))
    }
}

fn parse(text: &str) -> Option<Holiday> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let number = |t: &str| t.parse::<i32>().ok().filter(|n| n.abs() <= 400);
    match words.as_slice() {
        ["nth", n, weekday, month, plus @ ..] => {
            let n = number(n).filter(|n| *n == -1 || (1..=5).contains(n))?;
            let plus = plus.first().map_or(Some(0), |p| number(p))?;
            Some(Holiday::Nth(n, name_index(&WEEKDAYS, weekday)?, name_index(&MONTHS, month)?, plus))
        }
        ["easter", plus] => Some(Holiday::Easter(number(plus)?)),
        ["orthodox-easter", plus] => Some(Holiday::OrthodoxEaster(number(plus)?)),
        ["islamic", month, day] => {
            let (month, day) = (number(month)? as u32, number(day)? as u32);
            ((1..=12).contains(&month) && (1..=30).contains(&day)).then_some(Holiday::Islamic(month, day))
        }
        [fixed] if fixed.len() == 5 => {
            let (month, day) = fixed.split_once('-')?;
            let (month, day) = (number(month)? as u32, number(day)? as u32);
            Day::from_ymd(2000, month, day).map(|_| Holiday::Fixed(month, day))
        }
        [_, ..] => words.iter().map(|w| w.parse().ok()).collect::<Option<Vec<Day>>>().map(Holiday::Table),
        [] => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(rule: &str, year: i32) -> String {
        rule.parse::<Holiday>().unwrap().in_year(year).map_or("none".into(), |d| d.to_string())
    }

    #[test]
    fn feasts_fall_on_their_days() {
        assert_eq!(on("easter 0", 2000), "2000-04-23");
        assert_eq!(on("easter 0", 2024), "2024-03-31");
        assert_eq!(on("easter 0", 1818), "1818-03-22");
        assert_eq!(on("orthodox-easter 0", 2024), "2024-05-05");
        assert_eq!(on("orthodox-easter 0", 2025), "2025-04-20");
        assert_eq!(on("nth 4 thursday november", 2023), "2023-11-23");
        assert_eq!(on("nth 4 thursday november +1", 2023), "2023-11-24");
        assert_eq!(on("nth -1 monday may", 2024), "2024-05-27");
        assert_eq!(on("nth 5 friday february", 2023), "none");
        assert_eq!(on("02-29", 2023), "none");
        assert_eq!(on("islamic 9 1", 2024), "2024-03-11");
        assert_eq!(on("islamic 10 1", 2024), "2024-04-10");
    }

    #[test]
    fn nonsense_is_refused() {
        for text in ["", "13-01", "nth 6 monday may", "easter", "islamic 13 1", "someday", "nth 1 foo may"] {
            assert!(text.parse::<Holiday>().is_err(), "{text}");
        }
    }
}
