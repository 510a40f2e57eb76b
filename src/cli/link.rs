use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::Args;
use serde_json::{Map, Value, json};

use super::{Exit, Global};
use crate::extract::Engine;
use crate::ingest::{Lines, Told, ordered, told};
use crate::lexicon::Kin;
use crate::link::{Linked, Weights, link};

/// Find which mentions tell of the same event, as a filter: the lines of extract in, the same lines out
#[derive(Args, Debug)]
#[command(after_long_help = "Examples:
  dateline extract < articles.jsonl | dateline link > linked.jsonl
  dateline link --explain analysed.jsonl | jq -c '.events[] | [.cluster, .headline, .joined]'

Each line in is one article as extract writes it; all of them are read before the first is written. Each line out is the same line,
in the same order, with \"cluster\" on every event: events with the same one are the same happening. An event that holds only a
trigger is analysed first. A line that cannot be read gives {\"id\", \"error\"} in its place.")]
pub struct LinkArgs {
    /// Files of JSON Lines; standard input if none or -
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Say why each mention was joined to its event: \"joined\" holds what each kind of evidence is worth
    #[arg(long)]
    explain: bool,
    /// Refuse lines longer than this, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 100_000_000)]
    max_bytes: u64,
}

/// Runs the command.
pub fn run(args: LinkArgs, global: &Global) -> Result<Exit> {
    let engine = global.engine()?;
    let kin = Kin::load(&global.data())?;
    let files = if args.files.is_empty() { vec![PathBuf::from("-")] } else { args.files };
    let (mut articles, mut failed) = (Vec::new(), false);
    for file in files {
        let input: Box<dyn BufRead> = if file.as_os_str() == "-" {
            Box::new(BufReader::new(io::stdin()))
        } else {
            Box::new(BufReader::new(File::open(&file).with_context(|| file.display().to_string())?))
        };
        let lines = Lines::new(input, args.max_bytes).filter(|l| !matches!(l, Ok(text) if text.trim().is_empty()));
        ordered(
            lines,
            |line| read(&engine, &kin, line),
            |article| {
                failed |= article.is_err();
                articles.push(article);
                Ok::<(), std::convert::Infallible>(())
            },
        )?;
    }
    let (reports, lines): (Vec<_>, Vec<_>) =
        articles.into_iter().map(|a| a.map_or_else(|e| (Default::default(), e), |t| (t.report, t.line))).unzip();
    let linked = link(&reports, &kin, &Weights::default(), args.explain);
    write(lines, &linked, args.explain)?;
    Ok(if failed { Exit::Partly } else { Exit::Ok })
}

/// One line, or the line that says what is wrong with it.
fn read(engine: &Engine, kin: &Kin, line: io::Result<String>) -> Result<Told, Map<String, Value>> {
    let read = line.map_err(|e| (None, e.to_string()));
    read.and_then(|line| told(engine, kin, &line).map_err(|e| (e.id, e.reason))).map_err(|(id, reason)| {
        let mut error = Map::new();
        error.insert("id".into(), json!(id));
        error.insert("error".into(), json!(reason));
        error
    })
}

fn write(lines: Vec<Map<String, Value>>, linked: &Linked, explain: bool) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    for (number, mut line) in lines.into_iter().enumerate() {
        let events = line.get_mut("events").and_then(Value::as_array_mut).into_iter().flatten();
        for (at, event) in events.filter_map(Value::as_object_mut).enumerate() {
            let Some(cluster) = linked.events[number].get(at) else { continue };
            event.insert("cluster".into(), json!(format!("c{}", cluster + 1)));
            if let (true, Some(why)) = (explain, linked.why[number].get(at).copied().flatten()) {
                let evidence: Map<String, Value> = why
                    .named()
                    .iter()
                    .filter(|(_, worth)| *worth != 0.0)
                    .map(|(name, worth)| ((*name).to_owned(), json!((f64::from(*worth) * 100.0).round() / 100.0)))
                    .collect();
                event.insert("joined".into(), Value::Object(evidence));
            }
        }
        serde_json::to_writer(&mut out, &line)?;
        out.write_all(b"\n")?;
    }
    out.flush()
}
