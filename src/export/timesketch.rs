//! Timesketch: CSV and JSON Lines, one row an event on its first possible day, the rest in further columns.

use std::io::{self, Write};

use serde_json::{Map, Value};

use super::CsvStyle;
use super::csv::Cells;
use super::losses::Losses;
use super::place_in_time::{NO_DATE, OPEN, Open, placed, told};
use super::words::{clean, who_and_where};
use crate::model::{Day, Entry};

const COLUMNS: [&str; 20] = [
    "message",
    "timestamp",
    "datetime",
    "timestamp_desc",
    "end_datetime",
    "date_precision",
    "date_edtf",
    "date_text",
    "event_id",
    "event_type",
    "actors",
    "place",
    "polarity",
    "modality",
    "confidence",
    "sentence",
    "source",
    "url",
    "tag",
    "data_type",
];
const TOO_EARLY: &str = "before the year 1, which Timesketch cannot hold";
const UNPADDED: &str = "before the year 1000: Timesketch writes such years without their zeros";
/// Longer values can be read, but not counted by Timesketch.
const LONGEST: usize = 32_000;

pub(super) struct Table<'a> {
    out: Cells<'a>,
    losses: Losses,
}

impl<'a> Table<'a> {
    pub fn new(out: Box<dyn Write + 'a>, style: CsvStyle) -> io::Result<Table<'a>> {
        Ok(Table { out: Cells::new(out, style, &COLUMNS)?, losses: Losses::none() })
    }
}

impl super::Exporter for Table<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let Some(cells) = cells(entry, &mut self.losses) else { return Ok(()) };
        self.out.row(cells)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}

pub(super) struct Lines<'a> {
    out: Box<dyn Write + 'a>,
    losses: Losses,
}

impl<'a> Lines<'a> {
    pub fn new(out: Box<dyn Write + 'a>) -> Lines<'a> {
        Lines { out, losses: Losses::none() }
    }
}

impl super::Exporter for Lines<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let Some(cells) = cells(entry, &mut self.losses) else { return Ok(()) };
        let mut line = Map::new();
        for (name, cell) in COLUMNS.iter().zip(cells) {
            let value = match *name {
                "timestamp" | "event_id" => cell.parse::<i64>().map_or(Value::Null, Value::from),
                "confidence" => cell.parse::<f64>().map_or(Value::Null, Value::from),
                "tag" => Value::from(vec![cell]),
                _ => Value::String(cell),
            };
            line.insert((*name).to_owned(), value);
        }
        serde_json::to_writer(&mut self.out, &line)?;
        self.out.write_all(b"\n")
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}

fn midnight(day: Day) -> String {
    format!("{day}T00:00:00+00:00")
}

fn cells(entry: &Entry, losses: &mut Losses) -> Option<[String; 20]> {
    let Some(when) = placed(entry.interval) else {
        losses.skip(NO_DATE);
        return None;
    };
    match when.from.year() {
        ..1 => {
            losses.skip(TOO_EARLY);
            return None;
        }
        1..1000 => losses.coarsen(UNPADDED),
        _ => {}
    }
    if when.open != Open::Neither {
        losses.coarsen(OPEN);
    }
    let described = match when.open {
        Open::Start => "Event end",
        Open::End => "Event start",
        Open::Neither if when.from == when.to => "Event date",
        Open::Neither => "Event start",
    };
    let (actors, place) = who_and_where(entry);
    let proof = entry.evidence.first();
    let of =
        |text: Option<&Option<String>>| text.and_then(Option::as_deref).map(clean).unwrap_or_default().into_owned();
    let cells = [
        told(entry),
        (i64::from(when.from.number()) * 86_400_000_000).to_string(),
        midnight(when.from),
        described.to_owned(),
        if when.open == Open::End { String::new() } else { midnight(when.to) },
        entry.granularity.to_string(),
        entry.edtf.clone().unwrap_or_default(),
        of(proof.map(|p| &p.date_text)),
        entry.id.to_string(),
        entry.event_type.to_string(),
        actors,
        place,
        entry.polarity.to_string(),
        entry.modality.to_string(),
        format!("{:.3}", entry.confidence),
        proof.map_or(String::new(), |p| clean(&p.sentence).into_owned()),
        of(proof.map(|p| &p.source)),
        of(proof.map(|p| &p.url)),
        entry.event_type.family().to_string(),
        "dateline:event".to_owned(),
    ];
    if cells.iter().any(|c| c.len() > LONGEST) {
        losses.coarsen("a text of more than 32,000 bytes was cut");
        return Some(cells.map(|c| c[..c.floor_char_boundary(LONGEST)].to_owned()));
    }
    Some(cells)
}
