use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum};

use super::filters::FilterArgs;
use super::output::{counted, write_entries};
use super::{Exit, Global};
use crate::export::{CsvStyle, Format};
use crate::store::Store;

/// Write events to a file or to standard output
///
/// docs/formats.md describes every column and field.
///
/// Examples:
///   dateline export csv -o events.csv
///   dateline export csv --excel-safe --bom --actor Zelenskyy -o events.csv
///   dateline export jsonl --from 2025 | jq .headline
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The format
    #[arg(value_enum)]
    format: FormatArg,
    /// The file to write; - is standard output
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    output: PathBuf,
    /// CSV: begin with a byte order mark, so that Excel reads UTF-8
    #[arg(long)]
    bom: bool,
    /// CSV: what stands between the cells; "tab" for a tabulator
    #[arg(long, value_name = "CHAR", default_value = ",", value_parser = delimiter)]
    delimiter: u8,
    /// CSV: one row for each actor of each event
    #[arg(long)]
    long: bool,
    /// CSV: a ' before cells that a spreadsheet would take for formulas
    #[arg(long)]
    excel_safe: bool,
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
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [one] if one.is_ascii_graphic() && *one != b'"' || *one == b'\t' => Ok(*one),
        _ => Err("expected one character other than a quotation mark, such as ; or tab".to_owned()),
    }
}

/// Writes the events that pass the filters.
pub fn run(args: &Args, global: &Global) -> anyhow::Result<Exit> {
    let store = Store::open_to_read(&global.db)?;
    let filter = args.filter.filter(global)?;
    let style = CsvStyle { bom: args.bom, delimiter: args.delimiter, long: args.long, excel_safe: args.excel_safe };
    let format = match args.format {
        FormatArg::Csv => Format::Csv,
        FormatArg::Json => Format::Json,
        FormatArg::Jsonl => Format::Jsonl,
        FormatArg::Markdown => Format::Markdown,
    };
    let count = write_entries(&store, &filter, format, style, Some(&args.output))?;
    if !global.quiet && args.output.as_os_str() != "-" {
        anstream::eprintln!("{} written to {}", counted(count, "event"), args.output.display());
    }
    Ok(Exit::Ok)
}
