//! Floor 3: values to bytes. One format a file.
//!
//! An exporter writes entries as they come and keeps none of them, so that memory does not grow with their number.

mod analysis;
mod csv;
mod digest;
mod json;
mod markdown;
mod words;

use std::io::{self, Write};

use crate::model::{Entry, named_enum};

pub use analysis::write_analysis;
pub use csv::{COLUMNS, LONG_COLUMNS};
pub use digest::write_digest;
pub use words::{clean, day_words, stance, when, who_and_where};

named_enum! {
    /// A format that entries can be written in.
    pub enum Format: "format" {
        Csv = "csv",
        /// One array.
        Json = "json",
        /// One object a line.
        Jsonl = "jsonl",
        Markdown = "markdown",
    }
}

/// How to write CSV; the other formats have no choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CsvStyle {
    /// Begin with a byte order mark, by which Excel knows UTF-8.
    pub bom: bool,
    /// Between the cells.
    pub delimiter: u8,
    /// One row for each actor of each event, not for each event.
    pub long: bool,
    /// A `'` before every cell that a spreadsheet would take for a formula.
    pub excel_safe: bool,
}

impl Default for CsvStyle {
    fn default() -> CsvStyle {
        CsvStyle { bom: false, delimiter: b',', long: false, excel_safe: false }
    }
}

/// Writes entries in one format.
pub trait Exporter {
    /// Writes one entry.
    fn entry(&mut self, entry: &Entry) -> io::Result<()>;
    /// Writes what comes after the last entry, and flushes. To be called once; without it the output is not whole.
    fn finish(&mut self) -> io::Result<()>;
}

/// An exporter that writes to `out`. It begins at once: a table without entries has its header all the same.
pub fn exporter<'a>(
    format: Format,
    style: CsvStyle,
    mut out: Box<dyn Write + 'a>,
) -> io::Result<Box<dyn Exporter + 'a>> {
    Ok(match format {
        Format::Csv => {
            if style.bom {
                out.write_all("\u{feff}".as_bytes())?;
            }
            Box::new(csv::Csv::new(out, style)?)
        }
        Format::Json => Box::new(json::Json::new(out)),
        Format::Jsonl => Box::new(json::Jsonl::new(out)),
        Format::Markdown => Box::new(markdown::Markdown::new(out)),
    })
}
