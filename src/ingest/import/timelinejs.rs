//! TimelineJS: its spreadsheet as CSV, and its JSON. Texts are HTML there. Titles and eras are no events.

use std::io::{self, BufReader, Read};

use serde_json::Value;

use super::super::readers::{plain, whole};
use super::rows::{key_of, month, on, stated, year};
use super::sheet::{Row, Sheet};
use super::{Found, TableEvent, TableEvidence, Tables};
use crate::model::{Aspect, Day, EventType, Granularity, Interval, Modality, Origin, Polarity, When};
use crate::time::Edtf;

const KNOWN: &[&str] = &[
    "year",
    "month",
    "day",
    "end_year",
    "end_month",
    "end_day",
    "headline",
    "text",
    "type",
    "display_date",
    "group",
    "tag",
];

pub(super) fn read(bytes: Box<dyn Read + '_>, how: &Tables<'_>, found: &mut Found<'_>) -> io::Result<()> {
    let mut bytes = BufReader::new(bytes);
    let json = io::BufRead::fill_buf(&mut bytes)?.trim_ascii_start().first().is_some_and(|b| *b == b'{');
    if json { slides(Box::new(bytes), how, found) } else { sheet(Box::new(bytes), how, found) }
}

fn sheet(bytes: Box<dyn Read + '_>, how: &Tables<'_>, found: &mut Found<'_>) -> io::Result<()> {
    Sheet::new(bytes, &how.caps)?.for_each(found, |line, row, found| {
        if let Some(kind @ ("title" | "era")) = row.get("type") {
            found.not_taken.add(format!("rows of type \"{kind}\""));
            return Ok(());
        }
        row.others(KNOWN).for_each(|column| found.not_taken.add(format!("column {column}")));
        match row_event(row) {
            Ok(event) => found.event(line, event),
            Err(reason) => found.bad(line, reason),
        }
    })
}

fn row_event(row: &Row<'_>) -> Result<TableEvent, String> {
    let parts = |prefix: &str| -> Result<Option<Parts>, String> {
        let part = |name: &str| row.get(&format!("{prefix}{name}")).map(number).transpose();
        part("year")?.map(|year| Ok((year, part("month")?, part("day")?))).transpose()
    };
    let when = when(parts("")?.ok_or("no Year")?, parts("end_")?)?;
    let headline = row.get("headline").map(plain).unwrap_or_default();
    let text = row.get("text").map(plain).unwrap_or_default();
    event(key_of(&row.whole()), headline, text, when, row.own("display_date"))
}

fn slides(mut bytes: Box<dyn Read + '_>, how: &Tables<'_>, found: &mut Found<'_>) -> io::Result<()> {
    let bytes = whole(&mut bytes, &how.caps).map_err(io::Error::other)?;
    let document: Value = serde_json::from_slice(&bytes)?;
    for part in ["title", "eras"] {
        if document.get(part).is_some_and(|value| !value.is_null() && value != &Value::Array(Vec::new())) {
            found.not_taken.add(format!("\"{part}\" of the timeline"));
        }
    }
    for (number, slide) in document.get("events").and_then(Value::as_array).into_iter().flatten().enumerate() {
        let at = number as u64 + 1;
        for part in ["media", "background"] {
            if slide.get(part).is_some_and(Value::is_object) {
                found.not_taken.add(format!("\"{part}\" of slides"));
            }
        }
        match slide_event(slide) {
            Ok(event) => found.event(at, event)?,
            Err(reason) => found.bad(at, reason)?,
        }
    }
    Ok(())
}

fn slide_event(slide: &Value) -> Result<TableEvent, String> {
    let parts = |name: &str| -> Result<Option<Parts>, String> {
        let Some(date) = slide.get(name).filter(|date| date.is_object()) else { return Ok(None) };
        let part = |name: &str| match date.get(name) {
            Some(Value::String(text)) if !text.trim().is_empty() => number(text).map(Some),
            Some(Value::Number(n)) => number(&n.to_string()).map(Some),
            _ => Ok(None),
        };
        part("year")?.map(|year| Ok((year, part("month")?, part("day")?))).transpose()
    };
    let text = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).map(plain).unwrap_or_default();
    let words = slide.get("text").unwrap_or(&Value::Null);
    let shown = slide.get("display_date").or_else(|| slide.get("start_date").and_then(|d| d.get("display_date")));
    let when = when(parts("start_date")?.ok_or("no start_date with a year")?, parts("end_date")?)?;
    let key = match slide.get("unique_id").and_then(Value::as_str).filter(|id| !id.is_empty()) {
        Some(id) => id.to_owned(),
        None => key_of(&slide.to_string()),
    };
    event(key, text(words, "headline"), text(words, "text"), when, shown.and_then(Value::as_str).map(str::to_owned))
}

/// Year, month, day.
type Parts = (i32, Option<i32>, Option<i32>);

/// Whole numbers, with marks between the thousands as the program allows them.
fn number(text: &str) -> Result<i32, String> {
    let bare: String = text.chars().filter(|c| !c.is_whitespace() && *c != ',').collect();
    bare.parse().map_err(|_| format!("\"{text}\" is no number of a date"))
}

/// Year 0 is not in use there; -44 is 44 BC, which astronomers write -0043.
fn one(parts: Parts) -> Option<When> {
    let own = if parts.0 < 0 { parts.0 + 1 } else { parts.0 };
    let place = |n: i32| u32::try_from(n).ok();
    match parts {
        (_, Some(m), Some(d)) => Day::from_ymd(own, place(m)?, place(d)?).map(on),
        (_, Some(m), None) => month(own, place(m)?),
        _ => year(own),
    }
}

fn when(start: Parts, end: Option<Parts>) -> Result<When, String> {
    let bad = |(y, m, d): Parts| {
        let part = |n: Option<i32>| n.map_or(String::new(), |n| format!("-{n}"));
        format!("{y}{}{} is no date", part(m), part(d))
    };
    let first = one(start).ok_or_else(|| bad(start))?;
    let Some(end) = end.filter(|end| *end != start) else { return Ok(first) };
    let last = one(end).ok_or_else(|| bad(end))?;
    let interval = Interval::new(first.interval.from(), last.interval.to()).ok_or("it ends before it begins")?;
    Ok(stated(interval, Granularity::Range, Edtf::of_interval(interval).map(|edtf| edtf.to_string())))
}

fn event(
    key: String,
    headline: String,
    text: String,
    when: When,
    date_text: Option<String>,
) -> Result<TableEvent, String> {
    let headline = crate::ingest::clean(if headline.is_empty() { &text } else { &headline });
    if headline.is_empty() {
        return Err("neither Headline nor Text".to_owned());
    }
    let sentence = if text.trim().is_empty() { headline.clone() } else { text };
    let evidence =
        TableEvidence { source: Some("TimelineJS".to_owned()), sentence, date_text, ..TableEvidence::default() };
    Ok(TableEvent {
        origin: Origin::TimelineJs,
        key,
        event_type: EventType::Other,
        mode: None,
        contexts: Vec::new(),
        when,
        polarity: Polarity::Positive,
        modality: Modality::Asserted,
        aspect: Aspect::Completed,
        action: String::new(),
        actors: Vec::new(),
        place: None,
        counts: Vec::new(),
        confidence: 1.0,
        evidence: vec![evidence],
        headline,
    })
}
