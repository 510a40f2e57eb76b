//! Floor 3: values to bytes. One format a file.
//!
//! An exporter writes entries as they come and keeps none of them, so that memory does not grow with their number. What a
//! format cannot carry is counted in its `Losses`.

mod analysis;
mod csl;
mod csv;
mod describe;
mod digest;
mod ftm;
mod gdelt;
mod geojson;
mod html;
mod ics;
mod json;
mod kml;
mod losses;
mod markdown;
mod markup;
mod mermaid;
mod network;
#[cfg(feature = "parquet")]
mod parquet;
mod place_in_time;
mod rss;
mod timelinejs;
mod timesketch;
mod vis;
mod words;
mod xlsx;

use std::io::{self, Write};

use crate::model::{Day, Entry, named_enum};

pub use analysis::write_analysis;
pub use csv::{COLUMNS, LONG_COLUMNS};
pub use describe::describe;
pub use digest::write_digest;
pub use losses::Losses;
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
        /// A page that stands alone.
        Html = "html",
        /// Knight Lab, JSON.
        TimelineJs = "timelinejs",
        /// Knight Lab, the columns of its spreadsheets.
        TimelineJsCsv = "timelinejs-csv",
        /// CSV.
        Timesketch = "timesketch",
        TimesketchJsonl = "timesketch-jsonl",
        /// FollowTheMoney.
        Ftm = "ftm",
        /// iCalendar.
        Ics = "ics",
        GeoJson = "geojson",
        Kml = "kml",
        Mermaid = "mermaid",
        /// vis-timeline.
        Vis = "vis",
        Gexf = "gexf",
        /// Who acts with whom.
        Edges = "edges",
        Rss = "rss",
        /// The articles, for reference managers.
        Csl = "csl",
        /// GDELT 2.0, and CAMEO root codes.
        Gdelt = "gdelt",
        /// A workbook of text cells.
        Xlsx = "xlsx",
        /// Apache Parquet; only in builds with the feature `parquet`.
        Parquet = "parquet",
    }
}

impl Format {
    /// Whether it tells of all the evidence; the others need one piece.
    pub const fn wants_all_evidence(self) -> bool {
        matches!(self, Format::Json | Format::Jsonl | Format::Html | Format::Ftm | Format::Csl)
    }

    /// Whether this build can write it; to be asked before a file is made for it, which `exporter` is too late for.
    ///
    /// # Errors
    /// `Unsupported`, with how to build what can, or what to export in its place.
    pub fn available(self) -> io::Result<()> {
        if self == Format::Parquet && cfg!(not(feature = "parquet")) { Err(no_parquet()) } else { Ok(()) }
    }
}

fn no_parquet() -> io::Error {
    io::Error::new(
        io::ErrorKind::Unsupported,
        "this build of dateline writes no Parquet; build with --features parquet, or export csv, which the same programs read",
    )
}

/// How to write tables; other formats have no such choices.
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

/// What an export is told from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting<'a> {
    /// How to write tables.
    pub csv: CsvStyle,
    /// The title, for formats that have one.
    pub title: &'a str,
    /// When it is made, in seconds since 1970-01-01 00:00 UTC, for formats that ask.
    pub made: i64,
    /// Maps: keep events without coordinates.
    pub unlocated: bool,
}

impl Default for Setting<'_> {
    fn default() -> Self {
        Setting { csv: CsvStyle::default(), title: "Timeline", made: 0, unlocated: false }
    }
}

impl Setting<'_> {
    /// When it is made, as digits: year, month and day with one mark between them, hours, minutes and seconds with another.
    fn stamp(&self, dash: &str, between: &str, colon: &str, end: &str) -> String {
        let day = self.made.div_euclid(86_400);
        let day = i32::try_from(day).ok().and_then(Day::from_number).unwrap_or(Day::MAX);
        let (y, m, d) = day.ymd();
        let second = self.made.rem_euclid(86_400);
        let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
        format!("{y:04}{dash}{m:02}{dash}{d:02}{between}{hour:02}{colon}{minute:02}{colon}{second:02}{end}")
    }
}

static LOSSLESS: Losses = Losses::none();

/// Writes entries in one format.
pub trait Exporter {
    /// Writes one entry.
    fn entry(&mut self, entry: &Entry) -> io::Result<()>;
    /// Writes what comes after the last entry, and flushes. To be called once; without it the output is not whole.
    fn finish(&mut self) -> io::Result<()>;
    /// What the format could not carry of the entries so far.
    fn losses(&self) -> &Losses {
        &LOSSLESS
    }
}

/// An exporter that writes to `out`. It begins at once: a table without entries has its header all the same.
pub fn exporter<'a>(format: Format, style: CsvStyle, out: Box<dyn Write + 'a>) -> io::Result<Box<dyn Exporter + 'a>> {
    exporter_with(format, &Setting { csv: style, ..Setting::default() }, out)
}

/// The same with a title and all other settings.
pub fn exporter_with<'a>(
    format: Format,
    setting: &Setting<'_>,
    out: Box<dyn Write + 'a>,
) -> io::Result<Box<dyn Exporter + 'a>> {
    Ok(match format {
        Format::Csv => Box::new(csv::Csv::new(out, setting.csv)?),
        Format::Json => Box::new(json::Json::new(out)),
        Format::Jsonl => Box::new(json::Jsonl::new(out)),
        Format::Markdown => Box::new(markdown::Markdown::new(out)),
        Format::Html => Box::new(html::Html::new(out, setting)?),
        Format::TimelineJs => Box::new(timelinejs::Slides::new(out)?),
        Format::TimelineJsCsv => Box::new(timelinejs::Table::new(out, setting.csv)?),
        Format::Timesketch => Box::new(timesketch::Table::new(out, setting.csv)?),
        Format::TimesketchJsonl => Box::new(timesketch::Lines::new(out)),
        Format::Ftm => Box::new(ftm::Ftm::new(out)),
        Format::Ics => Box::new(ics::Ics::new(out, setting)?),
        Format::GeoJson => Box::new(geojson::GeoJson::new(out, setting.unlocated)?),
        Format::Kml => Box::new(kml::Kml::new(out, setting)?),
        Format::Mermaid => Box::new(mermaid::Mermaid::new(out, setting)?),
        Format::Vis => Box::new(vis::Vis::new(out)?),
        Format::Gexf => Box::new(network::Gexf::new(out, setting)),
        Format::Edges => Box::new(network::Edges::new(out, setting.csv)?),
        Format::Rss => Box::new(rss::Rss::new(out, setting)?),
        Format::Csl => Box::new(csl::Csl::new(out)),
        Format::Gdelt => Box::new(gdelt::Gdelt::new(out, setting)),
        Format::Xlsx => Box::new(xlsx::Xlsx::new(out)?),
        #[cfg(feature = "parquet")]
        Format::Parquet => Box::new(parquet::Parquet::new(out)?),
        #[cfg(not(feature = "parquet"))]
        Format::Parquet => return Err(no_parquet()),
    })
}
