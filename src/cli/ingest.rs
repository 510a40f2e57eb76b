use std::io::IsTerminal;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::output::counted;
use super::source::SourceArgs;
use super::{Exit, Global};
use crate::ingest::{FileFormat, Given, Ingest, Outcome, Place, find_files};
use crate::lexicon::Kin;
use crate::link::Judge;
use crate::model::{Day, PublishedBasis};
use crate::store::{Saved, Store};

/// Read articles into the database
#[derive(Args, Debug)]
#[command(after_long_help = "Examples:
  dateline ingest article.txt                     one article
  dateline ingest news/                           every file below a folder that can be read
  dateline ingest page.html CC-NEWS.warc.gz       saved web pages, web archives
  dateline ingest feed.xml letters.mbox           RSS and Atom, mails
  dateline ingest clips.csv --map title=Headline,text=\"Full story\"
  dateline ingest feed.jsonl --source Reuters     one article a line: {\"text\": ..., \"title\": ..., \"published\": ...}
  cat article.txt | dateline ingest - --published 2025-12-23
  dateline ingest https://example.org/story.html  a page, a feed, an archive on the web
  dateline ingest --fetch feed.xml                and the pages that a feed or a sitemap names
  dateline ingest --conllu parsed/                articles that another program has parsed

Formats are found by content, packed files (.gz, .zst, .zip) are unpacked as they are read. Nothing is
fetched unless a web address or --fetch is given; robots.txt is obeyed, and a host is asked once a second.
Title, byline, outlet, date line and dateline are read from the head of the text. What is there already is left alone;
--update analyses it again. Exit code 3: some articles could not be read, the others are in.")]
pub struct IngestArgs {
    /// Files, folders, web addresses, or - for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// The day the articles were published (YYYY-MM-DD), whatever they say themselves
    #[arg(long, value_name = "DATE")]
    published: Option<Day>,
    /// The outlet, whatever they say themselves
    #[arg(long, value_name = "NAME")]
    source: Option<String>,
    /// The address, whatever they say themselves
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Analyse articles again that are in the database already
    #[arg(long)]
    update: bool,
    /// The input is CoNLL-U of another parser: its words, tags, trees and names are taken as they are
    #[arg(long)]
    conllu: bool,
    #[command(flatten)]
    reading: SourceArgs,
    /// Say what would be done, and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Runs the command.
pub fn run(args: IngestArgs, global: &Global) -> Result<Exit> {
    let (inputs, mut failed) = inputs(&args.paths, args.conllu);
    let how = Ingest {
        given: Given { published: args.published, source: args.source, url: args.url },
        conllu: args.conllu,
        source: args.reading.source(FileFormat::Text, &inputs),
        update: args.update,
        today: global.today(),
        ingested_at: global.seconds(),
    };
    if args.dry_run {
        for input in &inputs {
            match input {
                Place::File(path) => anstream::eprintln!("would read {}", super::plain(&path.display().to_string())),
                Place::Url(url) => anstream::eprintln!("would fetch {}", super::plain(url)),
                Place::Stdin => {}
            }
        }
        let files = counted(inputs.len() as u64, "file");
        anstream::eprintln!("{files} would be read into {}; nothing was changed", global.db.display());
        return Ok(if failed > 0 { Exit::Partly } else { Exit::Ok });
    }
    if inputs.is_empty() && failed == 0 {
        if args.conllu {
            bail!("there is no .conllu file below the given paths; name a file to read it whatever its ending");
        }
        bail!(
            "there is no file below the given paths whose ending says that it can be read; name a file to read it whatever its ending"
        );
    }
    let engine = global.engine()?;
    let judge = Judge::new(Kin::load(&global.data())?);
    let mut store = Store::open(&global.db)?;
    let reader = Store::open_to_read(&global.db)?;
    let mut tally = Tally::default();
    let bar = progress(inputs.len(), global);
    let told = crate::ingest::ingest(&engine, &judge, &mut store, reader, inputs, &how, |outcome| {
        bar.inc(1);
        tally.add(&outcome);
        if let Some(line) = line(&outcome, global) {
            bar.suspend(|| anstream::eprintln!("{line}"));
        }
    });
    bar.finish_and_clear();
    told.with_context(|| format!("ingest stopped; {} articles were saved before", tally.new + tally.replaced))?;
    failed += tally.failed;
    if !global.quiet {
        anstream::eprintln!("{}", tally.line(failed, &global.db));
    }
    Ok(match (failed, tally.new + tally.replaced + tally.unchanged) {
        (0, _) => Exit::Ok,
        (_, 0) => Exit::Failed,
        _ => Exit::Partly,
    })
}

/// The inputs that paths stand for; what cannot be searched is said and counted.
fn inputs(paths: &[PathBuf], conllu: bool) -> (Vec<Place>, usize) {
    let (mut inputs, mut failed) = (Vec::new(), 0);
    for path in paths {
        match Place::of(path.clone()) {
            Place::File(path) => {
                let (found, skipped) = find_files(&[path], conllu);
                inputs.extend(found.into_iter().map(|f| Place::File(f.path)));
                for skip in skipped {
                    failed += 1;
                    anstream::eprintln!("{}: {}", super::plain(&skip.path.display().to_string()), skip.error);
                }
            }
            other => inputs.push(other),
        }
    }
    (inputs, failed)
}

#[derive(Default)]
struct Tally {
    new: usize,
    replaced: usize,
    unchanged: usize,
    failed: usize,
    events: usize,
}

impl Tally {
    fn add(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Failed { .. } => self.failed += 1,
            Outcome::Done { saved, .. } => match saved {
                Saved::New { events, .. } => {
                    self.new += 1;
                    self.events += events;
                }
                Saved::Replaced { events, .. } => {
                    self.replaced += 1;
                    self.events += events;
                }
                Saved::Unchanged(_) => self.unchanged += 1,
            },
        }
    }

    fn line(&self, failed: usize, db: &std::path::Path) -> String {
        let events = counted(self.events as u64, "event");
        let mut parts = vec![match self.replaced {
            0 => format!("{} with {events}", counted(self.new as u64, "new article")),
            replaced => format!("{} new and {} with {events}", self.new, counted(replaced as u64, "updated article")),
        }];
        if self.unchanged > 0 {
            parts.push(format!("{} there already, unchanged", self.unchanged));
        }
        if failed > 0 {
            parts.push(format!("{failed} failed"));
        }
        format!("{}: {}", db.display(), parts.join(", "))
    }
}

/// What to say of one article: failures and assumptions always, the rest on request.
fn line(outcome: &Outcome, global: &Global) -> Option<String> {
    match outcome {
        Outcome::Failed { name, reason } => Some(format!("{}: {}", super::plain(name), super::plain(reason))),
        Outcome::Done { name, saved, published, notes, foreign } => {
            let assumed = published.is_none_or(|p| p.basis == PublishedBasis::Inferred);
            let fresh = !matches!(saved, Saved::Unchanged(_));
            if !global.quiet && fresh && !notes.is_empty() && (assumed || *foreign || global.verbose > 0) {
                return Some(format!("{}: {}", super::plain(name), super::plain(&notes.join("; "))));
            }
            (global.verbose > 0).then(|| match saved {
                Saved::New { events, .. } => format!("{}: {}", super::plain(name), counted(*events as u64, "event")),
                Saved::Replaced { events, .. } => {
                    format!("{}: updated, {}", super::plain(name), counted(*events as u64, "event"))
                }
                Saved::Unchanged(_) => format!("{}: there already, unchanged", super::plain(name)),
            })
        }
    }
}

fn progress(inputs: usize, global: &Global) -> ProgressBar {
    if global.quiet || !std::io::stderr().is_terminal() || inputs < 2 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} articles {per_sec} {eta}");
    ProgressBar::new(inputs as u64).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}
