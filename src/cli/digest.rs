//! `timeline --entries`, `timeline --articles`: the days that matter, from the database or from a file.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use anyhow::{Context, bail};

use super::output::{Shape, counted, sink};
use super::style::{bold, wrapped};
use super::{Exit, Global};
use crate::export::{clean, day_words, write_digest};
use crate::ingest::{LineError, Lines, ordered, parse_line};
use crate::model::{Day, Digest, DigestDay, Filter};
use crate::query::{Report, Size, digest, timeline};
use crate::store::Store;

/// A line of articles is refused when it is longer than this, in bytes.
const LONGEST_LINE: u64 = 100_000_000;

/// Prints the days that matter among the events of the filter.
pub fn of_store(
    store: &Store,
    filter: &Filter,
    size: Size,
    shape: Option<Shape>,
    global: &Global,
) -> anyhow::Result<Exit> {
    let all = Filter { evidence: None, ..filter.clone() };
    let reports = Report::of_entries(&timeline(store, &all)?.entries);
    write(&digest(&reports, filter.dates, size), shape, global)?;
    Ok(Exit::Ok)
}

/// Analyses the articles of a file on all cores and prints the days that matter in them. A line that is no article is
/// named on standard error.
pub fn of_articles(
    file: &Path,
    filter: &Filter,
    size: Size,
    shape: Option<Shape>,
    global: &Global,
) -> anyhow::Result<Exit> {
    let dates_only = Filter { dates: filter.dates, ..Filter::default() };
    if *filter != dates_only {
        bail!("--articles takes --from, --to, --on and --between only; ingest the articles to use the other filters");
    }
    let engine = global.engine()?;
    let dates = |text: &str, day: Option<Day>| engine.dates(text, day);
    let input: Box<dyn BufRead> = if file.as_os_str() == "-" {
        Box::new(BufReader::new(io::stdin()))
    } else {
        Box::new(BufReader::new(File::open(file).with_context(|| file.display().to_string())?))
    };
    let lines = Lines::new(input, LONGEST_LINE).enumerate();
    let lines = lines.filter(|(_, line)| !matches!(line, Ok(text) if text.trim().is_empty()));
    let mut reports = Vec::new();
    let mut failed = 0u64;
    ordered(
        lines,
        |(number, line)| {
            let line = line.map_err(|e| LineError { id: None, reason: e.to_string() });
            let article = line.and_then(|l| parse_line(&l, &dates)).map_err(|e| (number + 1, e.reason))?;
            Ok(Report::of(&article, &engine.analyse(&article), number + 1))
        },
        |report: Result<Report, (usize, String)>| {
            match report {
                Ok(report) => reports.push(report),
                Err((line, reason)) => {
                    failed += 1;
                    anstream::eprintln!("{}:{line}: {}", file.display(), clean(&reason));
                }
            }
            Ok::<(), anyhow::Error>(())
        },
    )?;
    write(&digest(&reports, filter.dates, size), shape, global)?;
    Ok(match (failed, reports.is_empty()) {
        (0, _) => Exit::Ok,
        (_, true) => bail!("{}: {} could not be read, and none could", file.display(), counted(failed, "line")),
        _ => Exit::Partly,
    })
}

fn write(digest: &Digest, shape: Option<Shape>, global: &Global) -> anyhow::Result<()> {
    match Shape::or_default(shape).format() {
        Some(format) => Ok(write_digest(&mut sink(None)?, digest, format)?),
        None => print(digest, global),
    }
}

/// Prints it as text for people.
fn print(digest: &Digest, global: &Global) -> anyhow::Result<()> {
    if digest.days.is_empty() && !global.quiet {
        anstream::eprintln!("no day stands out");
    }
    let mut out = anstream::AutoStream::new(sink(None)?, super::style::choice(global));
    for (i, day) in digest.days.iter().enumerate() {
        let gap = if i > 0 { "\n" } else { "" };
        writeln!(out, "{gap}{}", bold(&day_words(day.day)))?;
        print_day(&mut out, day)?;
    }
    Ok(out.flush()?)
}

fn print_day(out: &mut dyn Write, day: &DigestDay) -> anyhow::Result<()> {
    writeln!(out, "{}", wrapped(&clean(&day.headline), "  ", "  "))?;
    for quote in &day.quotes {
        let published = quote.published.map(|p| p.to_string());
        let from = [Some(quote.article.as_str()), quote.source.as_deref(), published.as_deref()];
        let from: Vec<_> = from.into_iter().flatten().map(clean).collect();
        let line = format!("\"{}\" ({})", clean(&quote.text), from.join(", "));
        writeln!(out, "{}", wrapped(&line, "  - ", "    "))?;
    }
    let mut about = vec![counted(day.articles, "article")];
    let numbers: Vec<String> = day.told.iter().map(|t| format!("{} {}", t.kind, clean(&t.text))).collect();
    if !numbers.is_empty() {
        about.push(format!("numbers differ: {}", numbers.join("; ")));
    }
    let ids: Vec<String> = day.events.iter().filter_map(|e| e.id).map(|id| id.to_string()).collect();
    if !ids.is_empty() {
        about.push(format!("event{} {}", if ids.len() == 1 { "" } else { "s" }, ids.join(", ")));
    }
    writeln!(out, "{}", wrapped(&about.join(" | "), "    ", "    "))?;
    Ok(())
}
