use std::io::Write;
use std::ops::ControlFlow;
use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::events::{TABLE_ROWS, say_how_many};
use super::filters::FilterArgs;
use super::output::{Shape, sink, write_entries};
use super::style::{bold, wrapped};
use super::{Exit, Global, diff, digest};
use crate::export::{clean, stance, when, who_and_where};
use crate::model::{Entry, Filter};
use crate::query::Size;
use crate::store::Store;

/// Show events as a timeline: day by day, each with who, where, and how sure
///
/// As text it leaves out events below confidence 0.5; --min-confidence 0 shows them. CSV and the other shapes hold all.
///
/// Examples:
///   dateline timeline --actor Zelenskyy
///   dateline timeline --between 2025-12-01 2025-12-31 --sources
///   dateline timeline --place Ukraine --format markdown > timeline.md
///   dateline timeline --place Ukraine --entries 10 --sentences 2
///   dateline timeline --diff 2025-12-20 2025-12-23
///   dateline timeline --articles feed.jsonl --entries 20 --format json
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Show the sentence and the article behind each event
    #[arg(long, short)]
    sources: bool,
    /// The shape of the result: text on a terminal, CSV in a pipe
    #[arg(long, short, value_enum)]
    format: Option<Shape>,
    /// Only the days that matter most, at most so many, each told by sentences of the articles
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=100_000))]
    entries: Option<u32>,
    /// At most so many sentences for each of these days (1 unless given)
    #[arg(long, value_name = "K", value_parser = clap::value_parser!(u32).range(1..=100))]
    sentences: Option<u32>,
    /// Read these articles (JSON Lines, - for standard input) in place of the database; only the dates of the filters apply
    #[arg(long, value_name = "FILE")]
    articles: Option<PathBuf>,
    /// What became known between two days: what articles published after the first and up to the second told anew
    #[arg(long, num_args = 2, value_names = ["DATE", "DATE"], allow_hyphen_values = true,
          conflicts_with_all = ["as_of", "entries", "sentences", "articles", "sources", "order"])]
    diff: Option<Vec<String>>,
    #[command(flatten)]
    filter: FilterArgs,
}

/// Prints the timeline of the events that pass the filters.
pub fn run(args: &Args, global: &Global) -> anyhow::Result<Exit> {
    let filter = args.filter.filter(global)?;
    let size =
        Size { days: args.entries.map_or(DAYS, |n| n as usize), sentences: args.sentences.map_or(1, |n| n as usize) };
    if let Some(file) = &args.articles {
        return digest::of_articles(file, &filter, size, args.format, global);
    }
    let store = Store::open_to_read(&global.db)?;
    if let Some([first, second]) = args.diff.as_deref() {
        return diff::run(&store, &filter, (first, second), args.format, global);
    }
    if args.entries.is_some() || args.sentences.is_some() {
        return digest::of_store(&store, &filter, size, args.format, global);
    }
    match Shape::or_default(args.format).format() {
        Some(format) => {
            write_entries(&store, &filter, format, Default::default(), None)?;
        }
        None => print(&store, &filter, args.sources, global)?,
    }
    Ok(Exit::Ok)
}

/// How many days are chosen unless it is said.
const DAYS: usize = 20;

/// A timeline for people leaves out what was hardly understood, unless it is asked for.
const READABLE: f64 = 0.5;

/// Prints a timeline as text for people. Events below confidence 0.5 are left out unless the filter names a confidence.
pub fn print(store: &Store, filter: &Filter, sources: bool, global: &Global) -> anyhow::Result<()> {
    let limit = filter.limit.unwrap_or(TABLE_ROWS);
    let mut asked = filter.clone();
    asked.limit = Some(limit.saturating_add(1));
    asked.min_confidence.get_or_insert(READABLE);
    asked.evidence = if sources { Some(3) } else { Some(1) };
    let mut out = anstream::AutoStream::new(sink(None)?, super::style::choice(global));
    let mut heading = None;
    let (mut shown, mut more) = (0, false);
    store.for_each_entry::<anyhow::Error>(&asked, &mut |entry| {
        more = shown == limit;
        if more {
            return Ok(ControlFlow::Break(()));
        }
        let date = when(entry.interval, entry.granularity);
        if heading.as_ref() != Some(&date) {
            let gap = if heading.is_some() { "\n" } else { "" };
            writeln!(out, "{gap}{}", bold(&date))?;
            heading = Some(date);
        }
        print_entry(&mut out, &entry, sources)?;
        shown += 1;
        Ok(ControlFlow::Continue(()))
    })?;
    out.flush()?;
    say_how_many(shown, more, filter, global);
    if filter.min_confidence.is_none() && global.verbose > 0 {
        anstream::eprintln!("events below confidence {READABLE} are left out; --min-confidence 0 shows them");
    }
    Ok(())
}

fn print_entry(out: &mut dyn Write, entry: &Entry, sources: bool) -> anyhow::Result<()> {
    let stance = stance(entry);
    let mark = if stance.is_empty() { String::new() } else { format!("[{stance}] ") };
    writeln!(out, "{}", wrapped(&format!("{mark}{}", clean(&entry.headline)), "  - ", "    "))?;
    let (actors, place) = who_and_where(entry);
    let mut about = vec![actors, place, entry.event_type.to_string()];
    if entry.sources > 1 {
        about.push(format!("{} sources", entry.sources));
    }
    if entry.inferred {
        about.push("part of the date inferred".to_owned());
    }
    if entry.approximate {
        about.push("about this date".to_owned());
    }
    about.push(format!("event {}", entry.id));
    about.retain(|part| !part.is_empty());
    writeln!(out, "{}", wrapped(&about.join(" | "), "    ", "    "))?;
    for proof in entry.evidence.iter().filter(|_| sources) {
        writeln!(out, "{}", wrapped(&format!("\"{}\"", clean(&proof.sentence)), "      ", "      "))?;
        let published = proof.published.map(|p| format!("{} ({})", p.day, p.basis));
        let parts = [proof.title.as_deref(), proof.source.as_deref(), published.as_deref(), proof.url.as_deref()];
        let from: Vec<_> = parts.into_iter().flatten().map(clean).collect();
        writeln!(out, "{}", wrapped(&format!("article {}: {}", proof.article, from.join(", ")), "      ", "        "))?;
    }
    Ok(())
}
