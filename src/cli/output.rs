//! Where results go, and in which shape.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::Context;
use clap::ValueEnum;
use comfy_table::{ContentArrangement, Table, presets};
use serde_json::Value;

use crate::export::{CsvStyle, Format, Losses, Setting, clean, exporter_with, stance, who_and_where};
use crate::model::{Entry, Filter};
use crate::store::Store;

/// The shape of a result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// For reading on a terminal
    Table,
    /// Comma-separated values
    Csv,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// Markdown
    Markdown,
}

impl Shape {
    /// What was asked for; else a table on a terminal and CSV in a pipe.
    pub fn or_default(asked: Option<Shape>) -> Shape {
        asked.unwrap_or(if io::stdout().is_terminal() { Shape::Table } else { Shape::Csv })
    }

    /// The file format, if it is one.
    pub fn format(self) -> Option<Format> {
        Some(match self {
            Shape::Table => return None,
            Shape::Csv => Format::Csv,
            Shape::Json => Format::Json,
            Shape::Jsonl => Format::Jsonl,
            Shape::Markdown => Format::Markdown,
        })
    }
}

/// Standard output, on a terminal through a pager, or the file; `-` is standard output.
pub fn sink(file: Option<&Path>) -> anyhow::Result<Box<dyn Write>> {
    Ok(match file.filter(|f| f.as_os_str() != "-") {
        None => match super::pager::stdout() {
            Some(pager) => pager,
            None => Box::new(BufWriter::with_capacity(1 << 16, io::stdout().lock())),
        },
        Some(path) => {
            let file = File::create(path).with_context(|| format!("{}: can't be written", path.display()))?;
            Box::new(BufWriter::with_capacity(1 << 16, file))
        }
    })
}

/// Writes the events of a filter to a file or standard output as they come; returns how many. A filter with an unknown
/// name, or a format that this build does not have, writes nothing and leaves the file as it was.
pub fn write_entries(
    store: &Store,
    filter: &Filter,
    format: Format,
    style: CsvStyle,
    file: Option<&Path>,
) -> anyhow::Result<u64> {
    let setting = Setting { csv: style, ..Setting::default() };
    Ok(write_entries_with(store, filter, format, &setting, file)?.0)
}

/// The same with all settings; returns also what the format could not carry.
pub fn write_entries_with(
    store: &Store,
    filter: &Filter,
    format: Format,
    setting: &Setting<'_>,
    file: Option<&Path>,
) -> anyhow::Result<(u64, Losses)> {
    store.check_filter(filter)?;
    format.available()?;
    let filter = match format.wants_all_evidence() {
        true => Filter { evidence: None, ..filter.clone() },
        false => filter.clone(),
    };
    let mut exporter = exporter_with(format, setting, sink(file)?)?;
    let mut count = 0;
    store.for_each_entry::<anyhow::Error>(&filter, &mut |entry| {
        exporter.entry(&entry)?;
        count += 1;
        Ok(ControlFlow::Continue(()))
    })?;
    exporter.finish()?;
    Ok((count, exporter.losses().clone()))
}

/// A table that fits the terminal.
pub fn table(headers: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic);
    if !io::stdout().is_terminal() {
        table.set_width(120);
    }
    table.set_header(headers.iter().copied());
    table
}

/// "1 event", "2 events".
pub fn counted(count: impl Into<u64>, what: &str) -> String {
    let count = count.into();
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// The row of an event in a table.
pub fn event_row(entry: &Entry) -> [String; 6] {
    let (actors, place) = who_and_where(entry);
    let stance = stance(entry);
    let headline = clean(&entry.headline);
    let told = if stance.is_empty() { headline.into_owned() } else { format!("[{stance}] {headline}") };
    let mut date = clean(entry.edtf.as_deref().unwrap_or("unknown")).into_owned();
    if entry.inferred {
        date.push_str(" (inferred)");
    }
    [entry.id.to_string(), date, told, actors, place, entry.event_type.to_string()]
}

/// A list of things that are not events, in any shape: a header, and rows of JSON values.
pub struct Sheet {
    /// Names of the columns.
    pub columns: Vec<&'static str>,
    /// One value for each column.
    pub rows: Vec<Vec<Value>>,
}

impl Sheet {
    /// Writes it to standard output.
    pub fn print(&self, shape: Shape) -> anyhow::Result<()> {
        let mut out = sink(None)?;
        match shape {
            Shape::Table => {
                let mut table = table(&self.columns);
                for row in &self.rows {
                    table.add_row(row.iter().map(|v| clean(&plain(v)).into_owned()));
                }
                writeln!(out, "{table}")?;
            }
            Shape::Csv => {
                let mut csv = csv::Writer::from_writer(&mut out);
                csv.write_record(&self.columns).map_err(io::Error::from)?;
                for row in &self.rows {
                    csv.write_record(row.iter().map(|v| clean(&plain(v)).into_owned())).map_err(io::Error::from)?;
                }
                csv.flush()?;
            }
            Shape::Json => {
                let rows: Vec<Value> = self.objects().collect();
                serde_json::to_writer_pretty(&mut out, &rows)?;
                writeln!(out)?;
            }
            Shape::Jsonl => {
                for row in self.objects() {
                    writeln!(out, "{row}")?;
                }
            }
            Shape::Markdown => {
                let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
                writeln!(out, "{}", line(self.columns.iter().map(|c| c.to_string()).collect()))?;
                writeln!(out, "{}", line(self.columns.iter().map(|_| "---".to_owned()).collect()))?;
                for row in &self.rows {
                    let cells = row.iter().map(|v| clean(&plain(v)).replace('|', "\\|").replace('<', "&lt;"));
                    writeln!(out, "{}", line(cells.collect()))?;
                }
            }
        }
        out.flush()?;
        Ok(())
    }

    fn objects(&self) -> impl Iterator<Item = Value> + '_ {
        self.rows
            .iter()
            .map(|row| Value::Object(self.columns.iter().map(|c| c.to_string()).zip(row.iter().cloned()).collect()))
    }
}

/// A value as it stands in a cell.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}
