//! The items and groups of vis-timeline, as one JSON object: `{"groups": [...], "items": [...]}`. Its contents are HTML.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::losses::Losses;
use super::markup::escaped;
use super::place_in_time::{NO_DATE, OPEN, Open, date_words, placed, told};
use crate::model::{Day, Entry, Family};

pub(super) struct Vis<'a> {
    out: Box<dyn Write + 'a>,
    begun: bool,
    losses: Losses,
}

impl<'a> Vis<'a> {
    pub fn new(mut out: Box<dyn Write + 'a>) -> io::Result<Vis<'a>> {
        let groups: Vec<Value> = Family::ALL.iter().map(|f| json!({"id": f, "content": f})).collect();
        write!(out, "{{\"groups\":{},\n\"items\":[", Value::from(groups))?;
        Ok(Vis { out, begun: false, losses: Losses::none() })
    }
}

impl super::Exporter for Vis<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let Some(when) = placed(entry.interval) else {
            self.losses.skip(NO_DATE);
            return Ok(());
        };
        let mut class = vec![entry.polarity.as_str(), entry.modality.as_str()];
        match when.open {
            Open::Start => class.push("open-start"),
            Open::End => class.push("open-end"),
            Open::Neither => {}
        }
        if when.open != Open::Neither {
            self.losses.coarsen(OPEN);
        }
        if entry.approximate {
            class.push("approximate");
        }
        let mut item = Map::new();
        item.insert("id".into(), entry.id.0.into());
        item.insert("content".into(), escaped(&told(entry)).into());
        item.insert("title".into(), escaped(&date_words(entry)).into());
        item.insert("start".into(), moment(when.from).into());
        if when.from != when.to {
            // Ranges end where the next day begins; the last day of the calendar ends itself.
            item.insert("end".into(), moment(when.end_exclusive().unwrap_or(when.to)).into());
        }
        item.insert("type".into(), if when.from == when.to { "point" } else { "range" }.into());
        item.insert("group".into(), entry.event_type.family().as_str().into());
        item.insert("className".into(), class.join(" ").into());
        self.out.write_all(if std::mem::replace(&mut self.begun, true) { b",\n" } else { b"\n" })?;
        Ok(serde_json::to_writer(&mut self.out, &item)?)
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}

/// A day as JavaScript reads it: years below zero have six digits (ECMA-262, expanded years).
fn moment(day: Day) -> String {
    let (y, m, d) = day.ymd();
    if y < 0 { format!("-{:06}-{m:02}-{d:02}", -y) } else { day.to_string() }
}
