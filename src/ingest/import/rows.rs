//! What rows of several tables have in common.

use std::io::{self, BufReader, Read};

use super::super::readers::Caps;
use super::Found;
use crate::ingest::Lines;
use crate::lexicon::{Countries, CountryWord};
use crate::model::{Basis, ContentHash, Country, Day, Granularity, Interval, When};

/// Hands every line to `each` with its number; reports those that are none.
pub(super) fn for_each_line(
    bytes: Box<dyn Read + '_>,
    caps: &Caps,
    found: &mut Found<'_>,
    mut each: impl FnMut(u64, &str, &mut Found<'_>) -> io::Result<()>,
) -> io::Result<()> {
    for (number, line) in Lines::new(BufReader::with_capacity(1 << 16, bytes), caps.article).enumerate() {
        let at = number as u64 + 1;
        match line {
            Ok(line) => each(at, line.trim_end_matches(['\r', '\n']), found)?,
            Err(error) if error.kind() == io::ErrorKind::InvalidData => found.bad(at, error.to_string())?,
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Days that a table names.
pub(super) fn stated(interval: Interval, granularity: Granularity, edtf: Option<String>) -> When {
    When { interval, granularity, edtf, basis: Basis::Stated, timex: None, approximate: false, inferred: false }
}

/// One day.
pub(super) fn on(day: Day) -> When {
    stated(Interval::day(day), Granularity::Day, Some(day.to_string()))
}

/// A whole month.
pub(super) fn month(year: i32, month: u32) -> Option<When> {
    let first = Day::from_ymd(year, month, 1)?;
    let next = if month == 12 { Day::from_ymd(year + 1, 1, 1) } else { Day::from_ymd(year, month + 1, 1) };
    let last = next?.plus(-1)?;
    let edtf = first.to_string();
    let edtf = edtf.get(..edtf.len() - 3).map(str::to_owned);
    Some(stated(Interval::new(Some(first), Some(last))?, Granularity::Month, edtf))
}

/// A whole year.
pub(super) fn year(year: i32) -> Option<When> {
    let (first, last) = (Day::from_ymd(year, 1, 1)?, Day::from_ymd(year, 12, 31)?);
    let edtf = first.to_string();
    let edtf = edtf.get(..edtf.len() - 6).map(str::to_owned);
    Some(stated(Interval::new(Some(first), Some(last))?, Granularity::Year, edtf))
}

/// What tells an event from others where the table gives it no id of its own: a hash of its words.
pub(super) fn key_of(words: &str) -> String {
    ContentHash::of(words).to_string()[..32].to_owned()
}

/// A country by its name.
pub(super) fn country(countries: &Countries, name: &str) -> Option<Country> {
    countries.find(name.trim()).filter(|(how, _)| *how == CountryWord::Name).map(|(_, country)| country.code)
}

/// Both coordinates, if they are on the globe.
pub(super) fn point(lat: Option<&str>, lon: Option<&str>) -> Option<(f64, f64)> {
    let (lat, lon): (f64, f64) = (lat?.parse().ok()?, lon?.parse().ok()?);
    ((-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon)).then_some((lat, lon))
}

/// The day of a time stamp in seconds since 1970.
pub(super) fn day_of_seconds(seconds: &str) -> Option<Day> {
    Day::from_number(i32::try_from(seconds.parse::<i64>().ok()?.div_euclid(86_400)).ok()?)
}
