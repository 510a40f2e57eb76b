//! TimelineJS (Knight Lab) 3: the template of its spreadsheets as CSV, and its JSON. Texts are HTML there.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::CsvStyle;
use super::csv::Cells;
use super::losses::Losses;
use super::markup::escaped;
use super::place_in_time::{NO_DATE, OPEN, Open, Placed, Unit, cited, date_words, event_id, placed, told, web_address};
use crate::model::{Day, Entry};

/// The columns of the official template, in its order. `Start Date` would make it be read as another format.
const COLUMNS: [&str; 18] = [
    "Year",
    "Month",
    "Day",
    "Time",
    "End Year",
    "End Month",
    "End Day",
    "End Time",
    "Display Date",
    "Headline",
    "Text",
    "Media",
    "Media Credit",
    "Media Caption",
    "Media Thumbnail",
    "Type",
    "Group",
    "Background",
];
/// Above so many slides the program is slow and the reader lost.
const READABLE: u64 = 150;
const MANY: &str = "TimelineJS is made for about 150 slides; --limit, --min-sources or --min-confidence take fewer";

pub(super) struct Table<'a> {
    out: Cells<'a>,
    losses: Losses,
    slides: u64,
}

impl<'a> Table<'a> {
    pub fn new(out: Box<dyn Write + 'a>, style: CsvStyle) -> io::Result<Table<'a>> {
        Ok(Table { out: Cells::new(out, style, &COLUMNS)?, losses: Losses::none(), slides: 0 })
    }
}

impl super::Exporter for Table<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let Some(when) = place(entry, &mut self.losses) else { return Ok(()) };
        let (start, end) = dates(when);
        let part = |date: Option<&[i32]>, i: usize| date.and_then(|d| d.get(i)).map_or(String::new(), i32::to_string);
        let end = end.as_deref();
        let cells = [
            part(Some(&start), 0),
            part(Some(&start), 1),
            part(Some(&start), 2),
            String::new(),
            part(end, 0),
            part(end, 1),
            part(end, 2),
            String::new(),
            escaped(&date_words(entry)),
            escaped(&told(entry)),
            text(entry),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            entry.event_type.family().to_string(),
            String::new(),
        ];
        self.slides += 1;
        self.out.row(cells)
    }

    fn finish(&mut self) -> io::Result<()> {
        if self.slides > READABLE {
            self.losses.advise(MANY);
        }
        self.out.flush()
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}

pub(super) struct Slides<'a> {
    out: Box<dyn Write + 'a>,
    losses: Losses,
    slides: u64,
}

impl<'a> Slides<'a> {
    pub fn new(mut out: Box<dyn Write + 'a>) -> io::Result<Slides<'a>> {
        out.write_all(b"{\"scale\":\"human\",\"events\":[")?;
        Ok(Slides { out, losses: Losses::none(), slides: 0 })
    }
}

impl super::Exporter for Slides<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        let Some(when) = place(entry, &mut self.losses) else { return Ok(()) };
        let (start, end) = dates(when);
        let mut slide = Map::new();
        slide.insert("unique_id".into(), format!("event-{}", event_id(entry)).into());
        slide.insert("start_date".into(), json_date(&start));
        if let Some(end) = end {
            slide.insert("end_date".into(), json_date(&end));
        }
        slide.insert("display_date".into(), escaped(&date_words(entry)).into());
        slide.insert("group".into(), entry.event_type.family().as_str().into());
        slide.insert("text".into(), json!({"headline": escaped(&told(entry)), "text": text(entry)}));
        self.out.write_all(if self.slides > 0 { b",\n" } else { b"\n" })?;
        self.slides += 1;
        Ok(serde_json::to_writer(&mut self.out, &slide)?)
    }

    fn finish(&mut self) -> io::Result<()> {
        if self.slides > READABLE {
            self.losses.advise(MANY);
        }
        self.out.write_all(b"\n]}\n")?;
        self.out.flush()
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}

fn place(entry: &Entry, losses: &mut Losses) -> Option<Placed> {
    let when = placed(entry.interval);
    match when {
        None => losses.skip(NO_DATE),
        Some(p) if p.open != Open::Neither => losses.coarsen(OPEN),
        Some(_) => {}
    }
    when
}

/// Year, month and day as far as they are meant; an end only where the days are not one unit of the calendar.
fn dates(when: Placed) -> (Vec<i32>, Option<Vec<i32>>) {
    let whole = |day: Day| {
        let (y, m, d) = day.ymd();
        vec![year(y), m as i32, d as i32]
    };
    match when.unit() {
        Some(Unit::Year(y)) => (vec![year(y)], None),
        Some(Unit::Month(y, m)) => (vec![year(y), m as i32], None),
        Some(Unit::Day(..)) => (whole(when.from), None),
        None => (whole(when.from), Some(whole(when.to))),
    }
}

/// TimelineJS has no year 0: 44 BC is -44.
fn year(astronomical: i32) -> i32 {
    if astronomical > 0 { astronomical } else { astronomical - 1 }
}

fn json_date(date: &[i32]) -> Value {
    let names = ["year", "month", "day"];
    Value::Object(names.iter().zip(date).map(|(name, n)| ((*name).to_owned(), Value::from(*n))).collect())
}

/// The sentence with its source, as HTML.
fn text(entry: &Entry) -> String {
    let Some(proof) = entry.evidence.first() else { return String::new() };
    let source = escaped(&cited(proof));
    let source = match web_address(proof.url.as_deref()) {
        Some(url) => format!("<a href=\"{}\">{source}</a>", escaped(url)),
        None => source,
    };
    format!("<p>{}</p><p>{source}</p>", escaped(&proof.sentence))
}
