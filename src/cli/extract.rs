use std::fs::File;
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use clap::Args;
use serde_json::json;

use super::source::SourceArgs;
use super::{Exit, Global};
use crate::export::write_analysis;
use crate::extract::Engine;
use crate::ingest::{
    Caps, Content, FileFormat, Given, Piece, Place, Reading, decode, infer, ordered, pieces, read_brought,
};
use crate::language::{Brought, parts};
use crate::model::{Day, Note};

/// Analyse articles as a filter: articles in, JSON Lines out, no database
#[derive(Args, Debug)]
#[command(after_long_help = "Examples:
  dateline extract < articles.jsonl > analysed.jsonl
  dateline extract part-*.jsonl | jq -c '.events[] | [.when.value, .type, .headline]'
  dateline extract --format html saved/*.html.gz | jq .title
  dateline parse article.txt | dateline extract --conllu

Files of every format that `ingest` reads are taken; text that shows no format is JSON Lines, where each line in is {\"id\", \"title\", \"text\", \"published\"}; each line out holds the same article with its sentences, times and
events. The id of an article that has none is its file's name. Offsets are Unicode code points into \"text\". A line that is not an article gives {\"id\", \"error\"} in its place.")]
pub struct ExtractArgs {
    /// Files or web addresses of any format, JSON Lines above all (CoNLL-U with --conllu); standard input if none or -
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
    #[command(flatten)]
    reading: SourceArgs,
}

/// Runs the command.
pub fn run(args: ExtractArgs, global: &Global) -> Result<Exit> {
    let engine = global.engine()?;
    let given = Given { published: args.published, ..Given::default() };
    let today = if args.infer_published { Some(global.today()) } else { None };
    let mut out = BufWriter::new(io::stdout().lock());
    let mut failed = false;
    let files = if args.files.is_empty() { vec![PathBuf::from("-")] } else { args.files };
    if !args.conllu {
        let inputs: Vec<Place> = files.into_iter().map(Place::of).collect();
        for input in &inputs {
            if let Place::File(file) = input {
                File::open(file).with_context(|| file.display().to_string())?;
            }
        }
        let source = args.reading.source(FileFormat::Jsonl, &inputs);
        let reading = (global.today(), source.caps);
        ordered(
            pieces(inputs, source),
            |piece| analysed(&engine, piece, &given, today, reading),
            |line| {
                failed |= line.failed;
                out.write_all(&line.bytes)
            },
        )?;
    } else {
        for file in files {
            let text = read_text(&file, args.reading.max_bytes.saturating_mul(FILE_OF_ARTICLES))?;
            let name = if file.as_os_str() == "-" { "stdin".into() } else { file.display().to_string() };
            ordered(
                parts(&text),
                |(line, part)| parsed(&engine, &name, line, part, &given, today),
                |line| {
                    failed |= line.failed;
                    out.write_all(&line.bytes)
                },
            )?;
        }
    }
    out.flush()?;
    Ok(if failed { Exit::Partly } else { Exit::Ok })
}

/// A CoNLL-U file may be so many times larger than the largest article.
const FILE_OF_ARTICLES: u64 = 100;

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

fn analysed(engine: &Engine, piece: Piece, given: &Given, today: Option<Day>, reading: (Day, Caps)) -> Output {
    let dates = |text: &str, day: Option<Day>| engine.dates(text, day);
    let Piece { name, id, url, content, .. } = piece;
    let reading = Reading { dates: &dates, today: reading.0, caps: reading.1 };
    // A line of JSON Lines has its place in the output; of other inputs only their name tells which they were.
    let line = matches!(content, Ok(Content::Line(_)));
    let named = |reason: String| if line { reason } else { format!("{name}: {reason}") };
    let read = content.map_err(|reason| (None, reason)).and_then(|content| content.read(&reading));
    let (mut bytes, file) = (Vec::new(), id.clone());
    let written = read.map(|mut article| {
        if article.id.is_none() {
            article.id = id;
        }
        article.url = article.url.take().or(url);
        given.apply(&mut article);
        if let (None, Some(today)) = (article.published, today) {
            infer(&mut article, today, &dates);
        }
        write_analysis(&mut bytes, &article, &engine.analyse(&article))
    });
    match written {
        Ok(Ok(())) => Output { bytes, failed: false },
        Ok(Err(error)) => Output { bytes: error_line(None, &error.to_string()), failed: true },
        Err((own, reason)) => Output { bytes: error_line(own.or(file).as_deref(), &named(reason)), failed: true },
    }
}

fn error_line(id: Option<&str>, reason: &str) -> Vec<u8> {
    format!("{}\n", json!({ "id": id, "error": reason })).into_bytes()
}
