use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::json;

use super::{Exit, Global};
use crate::export::write_analysis;
use crate::extract::Engine;
use crate::ingest::{Given, LineError, Lines, decode, infer, ordered, parse_line, read_brought};
use crate::language::{Brought, parts};
use crate::model::{Day, Note};

/// Analyse articles as a filter: JSON Lines in, JSON Lines out, no database
#[derive(Args, Debug)]
#[command(after_long_help = "Examples:
  dateline extract < articles.jsonl > analysed.jsonl
  dateline extract part-*.jsonl | jq -c '.events[] | [.when.value, .type, .headline]'
  dateline parse article.txt | dateline extract --conllu

Each line in is {\"id\", \"title\", \"text\", \"published\"}; each line out holds the same article with its sentences, times and
events. Offsets are Unicode code points into \"text\". A line that is not an article gives {\"id\", \"error\"} in its place.")]
pub struct ExtractArgs {
    /// Files of JSON Lines (CoNLL-U with --conllu); standard input if none or -
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The day the articles were published (YYYY-MM-DD), whatever they say themselves
    #[arg(long, value_name = "DATE")]
    published: Option<Day>,
    /// Infer the publication date of articles that have none from the dates they speak of
    #[arg(long)]
    infer_published: bool,
    /// The input is CoNLL-U of another parser: its words, tags, trees and names are taken as they are
    #[arg(long)]
    conllu: bool,
    /// Refuse lines (files with --conllu) longer than this, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 100_000_000)]
    max_bytes: u64,
}

/// Runs the command.
pub fn run(args: ExtractArgs, global: &Global) -> Result<Exit> {
    let engine = global.engine()?;
    let given = Given { published: args.published, ..Given::default() };
    let today = if args.infer_published { Some(global.today()) } else { None };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut failed = false;
    let files = if args.files.is_empty() { vec![PathBuf::from("-")] } else { args.files };
    for file in files {
        if args.conllu {
            let text = read_text(&file, args.max_bytes)?;
            let name = if file.as_os_str() == "-" { "stdin".into() } else { file.display().to_string() };
            ordered(
                parts(&text),
                |(line, part)| parsed(&engine, &name, line, part, &given, today),
                |line| {
                    failed |= line.failed;
                    out.write_all(&line.bytes)
                },
            )?;
            continue;
        }
        let input: Box<dyn BufRead> = if file.as_os_str() == "-" {
            Box::new(BufReader::new(io::stdin()))
        } else {
            Box::new(BufReader::new(File::open(&file).with_context(|| file.display().to_string())?))
        };
        let lines = Lines::new(input, args.max_bytes).filter(|l| !matches!(l, Ok(text) if text.trim().is_empty()));
        ordered(
            lines,
            |line| analysed(&engine, line, &given, today),
            |line| {
                failed |= line.failed;
                out.write_all(&line.bytes)
            },
        )?;
    }
    out.flush()?;
    Ok(if failed { Exit::Partly } else { Exit::Ok })
}

fn read_text(file: &Path, most: u64) -> Result<String> {
    let mut bytes = Vec::new();
    let name = || file.display().to_string();
    if file.as_os_str() == "-" {
        io::stdin().lock().take(most.saturating_add(1)).read_to_end(&mut bytes).context("standard input")?;
    } else {
        File::open(file).and_then(|f| f.take(most.saturating_add(1)).read_to_end(&mut bytes)).with_context(name)?;
    }
    if bytes.len() as u64 > most {
        bail!("{}: it is larger than {most} bytes; raise --max-bytes to read it", name());
    }
    decode(&bytes).with_context(name)
}

/// A document of a CoNLL-U file, whose first line has this number.
fn parsed(engine: &Engine, file: &str, line: usize, part: &str, given: &Given, today: Option<Day>) -> Output {
    let dates = |text: &str, day: Option<Day>| engine.dates(text, day);
    let brought = match Brought::read(part, line) {
        Ok(brought) => brought,
        Err(error) => return Output { bytes: error_line(None, &format!("{file}: {error}")), failed: true },
    };
    let mut article = read_brought(&brought, &dates);
    given.apply(&mut article);
    if let (None, Some(today)) = (article.published, today) {
        infer(&mut article, today, &dates);
    }
    let mut analysis = engine.analyse_brought(&article, &brought);
    analysis.notes.extend(brought.notes.iter().map(|text| Note { span: None, text: text.clone() }));
    let mut bytes = Vec::new();
    match write_analysis(&mut bytes, &article, &analysis) {
        Ok(()) => Output { bytes, failed: false },
        Err(error) => Output { bytes: error_line(article.id.as_deref(), &error.to_string()), failed: true },
    }
}

struct Output {
    bytes: Vec<u8>,
    failed: bool,
}

fn analysed(engine: &Engine, line: io::Result<String>, given: &Given, today: Option<Day>) -> Output {
    let dates = |text: &str, day: Option<Day>| engine.dates(text, day);
    let read = line.map_err(|e| LineError { id: None, reason: e.to_string() }).and_then(|l| parse_line(&l, &dates));
    let mut bytes = Vec::new();
    let written = read.map(|mut article| {
        given.apply(&mut article);
        if let (None, Some(today)) = (article.published, today) {
            infer(&mut article, today, &dates);
        }
        write_analysis(&mut bytes, &article, &engine.analyse(&article))
    });
    match written {
        Ok(Ok(())) => Output { bytes, failed: false },
        Ok(Err(error)) => Output { bytes: error_line(None, &error.to_string()), failed: true },
        Err(error) => Output { bytes: error_line(error.id.as_deref(), &error.reason), failed: true },
    }
}

fn error_line(id: Option<&str>, reason: &str) -> Vec<u8> {
    format!("{}\n", json!({ "id": id, "error": reason })).into_bytes()
}
