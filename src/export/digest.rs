//! The days that matter, in each of the formats. docs/formats.md describes every field.

use std::io::{self, Write};

use serde::Serialize;

use super::Format;
use super::markdown::escaped;
use super::words::{clean, day_words};
use crate::model::{Digest, DigestDay};

#[derive(Serialize)]
struct Whole<'a> {
    entries: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    date: String,
    headline: &'a str,
    text: String,
    articles: u32,
    weight: f64,
    sentences: Vec<Sentence<'a>>,
    events: Vec<Event<'a>>,
    numbers: Vec<Number<'a>>,
}

#[derive(Serialize)]
struct Sentence<'a> {
    text: &'a str,
    article: &'a str,
    source: Option<&'a str>,
    published: Option<String>,
}

#[derive(Serialize)]
struct Event<'a> {
    id: Option<i64>,
    headline: &'a str,
    r#type: &'static str,
    articles: u32,
}

#[derive(Serialize)]
struct Number<'a> {
    kind: &'static str,
    text: &'a str,
}

impl<'a> Line<'a> {
    fn of(day: &'a DigestDay) -> Line<'a> {
        let sentences = day.quotes.iter().map(|q| Sentence {
            text: &q.text,
            article: &q.article,
            source: q.source.as_deref(),
            published: q.published.map(|p| p.to_string()),
        });
        let events = day.events.iter().map(|e| Event {
            id: e.id.map(|id| id.0),
            headline: &e.headline,
            r#type: e.event_type.as_str(),
            articles: e.articles,
        });
        Line {
            date: day.day.to_string(),
            headline: &day.headline,
            text: text(day),
            articles: day.articles,
            weight: day.weight,
            sentences: sentences.collect(),
            events: events.collect(),
            numbers: day.told.iter().map(|t| Number { kind: t.kind.as_str(), text: &t.text }).collect(),
        }
    }
}

fn text(day: &DigestDay) -> String {
    day.quotes.iter().map(|q| q.text.as_str()).collect::<Vec<_>>().join(" ")
}

/// Writes a digest in one of the formats: JSON is one object with the field `entries`, JSON Lines one object a day.
///
/// # Errors
/// What the output says; `Unsupported` for the formats that are made for events.
pub fn write_digest(out: &mut dyn Write, digest: &Digest, format: Format) -> io::Result<()> {
    match format {
        Format::Json => {
            serde_json::to_writer(&mut *out, &Whole { entries: digest.days.iter().map(Line::of).collect() })?;
            out.write_all(b"\n")?;
        }
        Format::Jsonl => {
            for day in &digest.days {
                serde_json::to_writer(&mut *out, &Line::of(day))?;
                out.write_all(b"\n")?;
            }
        }
        Format::Csv => {
            let mut csv = ::csv::Writer::from_writer(&mut *out);
            csv.write_record(["date", "headline", "text", "articles", "weight"])?;
            for day in &digest.days {
                let cells = [day.day.to_string(), clean(&day.headline).into_owned(), clean(&text(day)).into_owned()];
                csv.write_record(cells.into_iter().chain([day.articles.to_string(), day.weight.to_string()]))?;
            }
            csv.flush()?;
        }
        Format::Markdown => {
            for (i, day) in digest.days.iter().enumerate() {
                let gap = if i > 0 { "\n" } else { "" };
                writeln!(out, "{gap}## {}\n\n{}\n", day_words(day.day), escaped(&day.headline))?;
                for quote in &day.quotes {
                    let from = quote.source.as_deref().unwrap_or(&quote.article);
                    let published = quote.published.map_or(String::new(), |p| format!(", {p}"));
                    writeln!(out, "- {} [{}{published}]", escaped(&quote.text), escaped(from))?;
                }
            }
        }
        other => {
            let what = format!("the days that matter are written as csv, json, jsonl or markdown, not as {other}");
            return Err(io::Error::new(io::ErrorKind::Unsupported, what));
        }
    }
    out.flush()
}
