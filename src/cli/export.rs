use std::io::Write;
use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::filters::FilterArgs;
use super::output::{counted, sink, write_entries_with};
use super::{Exit, Global};
use crate::export::{CsvStyle, Format, Setting, describe};
use crate::store::Store;

/// Write events to a file or to standard output
///
/// What a format cannot carry is left out or told less exactly, and counted on standard error. docs/formats.md describes
/// every column and field; --describe prints its part about one format.
///
/// Examples:
///   dateline export csv -o events.csv
///   dateline export xlsx -o events.xlsx
///   dateline export html --title "The strike" -o strike.html
///   dateline export csv --excel-safe --bom --actor Zelenskyy -o events.csv
///   dateline export jsonl --from 2025 | jq .headline
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The format
    #[arg(value_enum, required_unless_present = "describe")]
    format: Option<FormatArg>,
    /// Print what a format holds, and write nothing
    #[arg(long, value_enum, value_name = "FORMAT", conflicts_with = "format")]
    describe: Option<FormatArg>,
    /// The file to write; - is standard output
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// Tables: begin with a byte order mark, so that Excel reads UTF-8
    #[arg(long)]
    bom: bool,
    /// Tables: what stands between the cells; "tab" for a tabulator
    #[arg(long, value_name = "CHAR", default_value = ",", value_parser = delimiter)]
    delimiter: u8,
    /// CSV: one row for each actor of each event
    #[arg(long)]
    long: bool,
    /// Tables: a ' before cells that a spreadsheet would take for formulas
    #[arg(long)]
    excel_safe: bool,
    /// Pages, calendars, feeds and drawings: their title
    #[arg(long, value_name = "TEXT", default_value = "Timeline")]
    title: String,
    /// GeoJSON and KML: keep events without coordinates
    #[arg(long)]
    unlocated: bool,
    #[command(flatten)]
    filter: FilterArgs,
}

/// A format of `export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatArg {
    /// Comma-separated values, one row an event
    Csv,
    /// One JSON array
    Json,
    /// One JSON object a line
    Jsonl,
    /// A Markdown document
    Markdown,
    /// A page that stands alone: timeline, search, facets, table
    Html,
    /// TimelineJS, JSON
    Timelinejs,
    /// TimelineJS, the columns of its spreadsheets
    TimelinejsCsv,
    /// Timesketch, CSV
    Timesketch,
    /// Timesketch, JSON Lines
    TimesketchJsonl,
    /// FollowTheMoney entities, for Aleph
    Ftm,
    /// A calendar (iCalendar)
    Ics,
    /// A map
    Geojson,
    /// A map, for Google Earth
    Kml,
    /// A Mermaid timeline
    Mermaid,
    /// Items of vis-timeline
    Vis,
    /// Who acts with whom, for Gephi
    Gexf,
    /// Who acts with whom, as CSV
    Edges,
    /// A feed of the events
    Rss,
    /// The articles as CSL-JSON, for Zotero
    Csl,
    /// GDELT 2.0 Events with CAMEO root codes
    Gdelt,
    /// Excel, all cells text
    Xlsx,
    /// Parquet, in builds with that feature
    Parquet,
}

impl FormatArg {
    fn format(self) -> Format {
        match self {
            FormatArg::Csv => Format::Csv,
            FormatArg::Json => Format::Json,
            FormatArg::Jsonl => Format::Jsonl,
            FormatArg::Markdown => Format::Markdown,
            FormatArg::Html => Format::Html,
            FormatArg::Timelinejs => Format::TimelineJs,
            FormatArg::TimelinejsCsv => Format::TimelineJsCsv,
            FormatArg::Timesketch => Format::Timesketch,
            FormatArg::TimesketchJsonl => Format::TimesketchJsonl,
            FormatArg::Ftm => Format::Ftm,
            FormatArg::Ics => Format::Ics,
            FormatArg::Geojson => Format::GeoJson,
            FormatArg::Kml => Format::Kml,
            FormatArg::Mermaid => Format::Mermaid,
            FormatArg::Vis => Format::Vis,
            FormatArg::Gexf => Format::Gexf,
            FormatArg::Edges => Format::Edges,
            FormatArg::Rss => Format::Rss,
            FormatArg::Csl => Format::Csl,
            FormatArg::Gdelt => Format::Gdelt,
            FormatArg::Xlsx => Format::Xlsx,
            FormatArg::Parquet => Format::Parquet,
        }
    }
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [one] if one.is_ascii_graphic() && *one != b'"' || *one == b'\t' => Ok(*one),
        _ => Err("expected one character other than a quotation mark, such as ; or tab".to_owned()),
    }
}

/// Writes the events that pass the filters, or describes a format.
pub fn run(args: &Args, global: &Global) -> anyhow::Result<Exit> {
    let Some(format) = args.format.map(FormatArg::format) else {
        let format = args.describe.map_or(Format::Csv, FormatArg::format);
        let mut out = sink(None)?;
        writeln!(out, "{}", describe(format))?;
        out.flush()?;
        return Ok(Exit::Ok);
    };
    let store = Store::open_to_read(&global.db)?;
    let filter = args.filter.filter(global)?;
    let csv = CsvStyle { bom: args.bom, delimiter: args.delimiter, long: args.long, excel_safe: args.excel_safe };
    let setting = Setting { csv, title: &args.title, made: global.seconds(), unlocated: args.unlocated };
    let (count, losses) = write_entries_with(&store, &filter, format, &setting, Some(&args.output))?;
    anstream::eprint!("{losses}");
    if !global.quiet && args.output.as_os_str() != "-" {
        let written = counted(count - losses.skipped(), "event");
        anstream::eprintln!("{written} written to {}", args.output.display());
    }
    Ok(Exit::Ok)
}
