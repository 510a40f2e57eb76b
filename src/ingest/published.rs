use std::collections::BTreeSet;

use super::head::DateFinder;
use crate::model::{Article, Day, Granularity, Published, PublishedBasis};
use crate::time::{DateValue, Rest, TimexValue};

/// What the dates of an article say of its publication.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inference {
    /// The latest day that the article speaks of, not after the limit.
    Found(Published),
    /// The dates range over decades: a history or a life. When it was written cannot be told from them.
    History,
    /// No day is spoken of.
    NoDates,
}

/// Dates that range over more years than this, with at least four different ones, are a history.
const HISTORY_SPAN: i32 = 8;

/// Infers when an article was published: the latest day among its own dates that is not after `limit` (the day its file
/// was last changed, or today). Dates without a year are read as the last such day up to `limit`.
///
/// A history is not dated by the events it tells of: for those the answer is [`Inference::History`].
pub fn infer_published(article: &Article, limit: Day, dates: DateFinder<'_>) -> Inference {
    // Holidays are spoken of long before and after; a date with a figure in it is what news dates itself by.
    let figures = |words: &str| words.bytes().any(|b| b.is_ascii_digit());
    let found: Vec<_> = dates(&article.text, None).into_iter().filter(|t| figures(t.span.of(&article.text))).collect();
    let years: BTreeSet<i32> = found.iter().filter_map(|t| Some(t.interval?.from()?.year())).collect();
    if let (Some(first), Some(last)) = (years.first(), years.last())
        && years.len() >= 4
        && last - first > HISTORY_SPAN
        && limit.year() - last > 1
    {
        return Inference::History;
    }
    let fine = |g: Granularity| matches!(g, Granularity::Day | Granularity::Time);
    let stated = found.iter().filter(|t| fine(t.granularity)).filter_map(|t| t.interval?.to());
    let yearless = found
        .iter()
        .filter(|t| t.interval.is_none() && fine(t.granularity))
        .filter_map(|t| month_day(&t.value))
        .filter_map(|(month, day)| last_such_day(month, day, limit));
    let latest = stated.chain(yearless).filter(|day| *day <= limit).max();
    match latest {
        Some(day) => Inference::Found(Published { day, basis: PublishedBasis::Inferred }),
        None => Inference::NoDates,
    }
}

/// Month and day of a TIMEX3 value whose year is not known.
fn month_day(value: &str) -> Option<(u32, u32)> {
    match value.parse() {
        Ok(TimexValue::Date(DateValue { year, rest: Rest::Day(Some(month), Some(day)), .. }))
            if year.as_year().is_none() =>
        {
            Some((u32::from(month), u32::from(day)))
        }
        _ => None,
    }
}

/// The last day with this month and day of month that is not after `limit`; 29 February goes back to a leap year.
fn last_such_day(month: u32, day: u32, limit: Day) -> Option<Day> {
    (0..=8).filter_map(|back| Day::from_ymd(limit.year() - back, month, day)).find(|d| *d <= limit)
}
