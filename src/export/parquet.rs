//! Apache Parquet: the columns of the CSV with types of their own, ten thousand events a row group.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;

use super::csv::{COLUMNS, cells};
use super::losses::Losses;
use super::words::clean;
use crate::model::{Day, Entry, Role};

/// Events of a row group: what is held in memory.
const GROUP: usize = 10_000;

/// What the writer hands over before it goes on to `out`: it wants to own something that may change threads.
#[derive(Clone, Default)]
struct Waiting(Arc<Mutex<Vec<u8>>>);

impl Write for Waiting {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().map_err(|_| io::Error::other("a writer panicked"))?.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The values of one column, with the levels that tell which are there and which are in one list.
enum Values {
    Text(Vec<ByteArray>),
    List(Vec<ByteArray>),
    Number(Vec<i64>),
    Day(Vec<i32>),
    Real(Vec<f64>),
    Flag(Vec<bool>),
}

struct Column {
    values: Values,
    defined: Vec<i16>,
    repeated: Vec<i16>,
}

pub(super) struct Parquet<'a> {
    out: Box<dyn Write + 'a>,
    waiting: Waiting,
    writer: Option<SerializedFileWriter<Waiting>>,
    columns: Vec<Column>,
    events: usize,
    losses: Losses,
}

/// Programs that read Parquet into Python fail on the whole file for one such day.
const EARLY: &str = "a day before year 1 is left out of date_start or date_end, and told in date_edtf only";

fn failed(error: ParquetError) -> io::Error {
    io::Error::other(error)
}

/// The column's type: all but a few are texts.
fn values(column: &str) -> Values {
    match column {
        "event_id" | "article_id" | "n_sources" | "n_mentions" => Values::Number(Vec::new()),
        "date_start" | "date_end" | "published_at" => Values::Day(Vec::new()),
        "latitude" | "longitude" | "confidence" => Values::Real(Vec::new()),
        "date_approximate" | "date_inferred" => Values::Flag(Vec::new()),
        "actor_source" | "actor_target" | "actors" => Values::List(Vec::new()),
        _ => Values::Text(Vec::new()),
    }
}

fn fresh() -> Vec<Column> {
    COLUMNS.iter().map(|name| Column { values: values(name), defined: Vec::new(), repeated: Vec::new() }).collect()
}

/// The schema in the words of Parquet.
fn schema() -> String {
    let field = |name: &&str| match values(name) {
        Values::Text(_) => format!("optional binary {name} (UTF8);"),
        Values::List(_) => {
            format!("required group {name} (LIST) {{ repeated group list {{ required binary element (UTF8); }} }}")
        }
        Values::Number(_) => format!("optional int64 {name};"),
        Values::Day(_) => format!("optional int32 {name} (DATE);"),
        Values::Real(_) => format!("optional double {name};"),
        Values::Flag(_) => format!("optional boolean {name};"),
    };
    format!("message events {{ {} }}", COLUMNS.iter().map(field).collect::<Vec<_>>().join(" "))
}

impl<'a> Parquet<'a> {
    pub fn new(out: Box<dyn Write + 'a>) -> io::Result<Parquet<'a>> {
        let waiting = Waiting::default();
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let schema = Arc::new(parse_message_type(&schema()).map_err(failed)?);
        let writer = SerializedFileWriter::new(waiting.clone(), schema, Arc::new(properties)).map_err(failed)?;
        Ok(Parquet { out, waiting, writer: Some(writer), columns: fresh(), events: 0, losses: Losses::none() })
    }

    /// Writes what is held as a row group.
    fn group(&mut self) -> io::Result<()> {
        self.events = 0;
        let columns = std::mem::replace(&mut self.columns, fresh());
        let Some(writer) = self.writer.as_mut() else { return Ok(()) };
        let mut group = writer.next_row_group().map_err(failed)?;
        for column in columns {
            let Some(mut to) = group.next_column().map_err(failed)? else { break };
            let (defined, repeated) = (Some(column.defined.as_slice()), column.repeated.as_slice());
            match &column.values {
                Values::Text(all) => to.typed::<ByteArrayType>().write_batch(all, defined, None),
                Values::List(all) => to.typed::<ByteArrayType>().write_batch(all, defined, Some(repeated)),
                Values::Number(all) => to.typed::<Int64Type>().write_batch(all, defined, None),
                Values::Day(all) => to.typed::<Int32Type>().write_batch(all, defined, None),
                Values::Real(all) => to.typed::<DoubleType>().write_batch(all, defined, None),
                Values::Flag(all) => to.typed::<BoolType>().write_batch(all, defined, None),
            }
            .map_err(failed)?;
            to.close().map_err(failed)?;
        }
        group.close().map_err(failed)?;
        self.hand_over()
    }

    fn hand_over(&mut self) -> io::Result<()> {
        let mut waiting = self.waiting.0.lock().map_err(|_| io::Error::other("a writer panicked"))?;
        self.out.write_all(&waiting)?;
        waiting.clear();
        Ok(())
    }
}

impl Column {
    fn push(&mut self, entry: &Entry, name: &str, cell: &str, losses: &mut Losses) {
        let mut there = i16::from(!cell.is_empty());
        match &mut self.values {
            Values::List(all) => {
                let names = names(entry, name);
                if names.is_empty() {
                    self.defined.push(0);
                    self.repeated.push(0);
                }
                for (at, name) in names.into_iter().enumerate() {
                    self.defined.push(1);
                    self.repeated.push(i16::from(at > 0));
                    all.push(name.as_str().into());
                }
                return;
            }
            Values::Text(all) => all.extend((there == 1).then(|| cell.into())),
            Values::Number(all) => all.extend(cell.parse::<i64>().ok()),
            Values::Day(all) => match cell.parse::<Day>() {
                Ok(day) if day.year() >= 1 => all.push(day.number()),
                Ok(_) => {
                    losses.coarsen(EARLY);
                    there = 0;
                }
                Err(_) => there = 0,
            },
            Values::Real(all) => all.extend(cell.parse::<f64>().ok()),
            Values::Flag(all) => all.extend((there == 1).then_some(cell == "true")),
        }
        self.defined.push(there);
    }
}

/// The names of a column of actors, each once.
fn names(entry: &Entry, column: &str) -> Vec<String> {
    let wanted = |role: Role| match column {
        "actor_source" => role == Role::Agent,
        "actor_target" => matches!(role, Role::Patient | Role::Recipient),
        _ => true,
    };
    let mut names: Vec<String> = Vec::new();
    for actor in entry.actors.iter().filter(|actor| wanted(actor.role)) {
        let name = clean(&actor.name).into_owned();
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

impl super::Exporter for Parquet<'_> {
    fn entry(&mut self, entry: &Entry) -> io::Result<()> {
        for ((column, name), cell) in self.columns.iter_mut().zip(COLUMNS).zip(cells(entry)) {
            column.push(entry, name, &cell, &mut self.losses);
        }
        self.events += 1;
        if self.events >= GROUP { self.group() } else { Ok(()) }
    }

    fn finish(&mut self) -> io::Result<()> {
        if self.events > 0 {
            self.group()?;
        }
        if let Some(writer) = self.writer.take() {
            writer.close().map_err(failed)?;
        }
        self.hand_over()?;
        self.out.flush()
    }

    fn losses(&self) -> &Losses {
        &self.losses
    }
}
