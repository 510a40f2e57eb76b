use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::Args as ClapArgs;

use super::output::counted;
use super::{Exit, Global, plain};
use crate::ingest::{BadRow, Caps, NotTaken, TableEvent, TableFormat, Tables, read_table, stories};
use crate::lexicon::Countries;
use crate::store::{Importing, Saved, Store, StoreError};

/// Take events from tables that others made
///
/// They stand beside the events that were read in articles, with their origin, and are never linked with them; filters
/// have --origin, exports the field origin. A row that is there already is left alone. What a table holds that no event has a
/// field for is said on standard error. Exit code 3: some rows could not be read, the others are in.
///
/// Examples:
///   dateline import acled-ukraine.csv
///   dateline import 20240115.export.CSV.zip
///   dateline import timeline.json --format timelinejs
///   dateline export jsonl | dateline --db other.db import -
///   dateline timeline --origin extracted
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Tables, packed with gzip, Zstandard or zip or not; - for standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// The format of the tables; told by their header unless given: acled, gdelt, timelinejs, dateline-csv, dateline-jsonl
    #[arg(long, value_name = "FORMAT", value_parser = format)]
    format: Option<TableFormat>,
    /// Take rows again that are in the database already
    #[arg(long)]
    update: bool,
    /// Refuse rows larger than this, in bytes
    #[arg(long, value_name = "BYTES", default_value_t = 10_000_000)]
    max_bytes: u64,
    /// Say what would be taken over, and change nothing
    #[arg(long)]
    dry_run: bool,
}

fn format(name: &str) -> Result<TableFormat, crate::model::UnknownName> {
    name.to_lowercase().parse()
}

/// So many rows reach the disk together.
const BATCH: usize = 1_000;

/// What became of a table.
#[derive(Default)]
struct Tally {
    new: u64,
    replaced: u64,
    unchanged: u64,
    bad: u64,
}

/// So many rows that cannot be read are named, the rest is counted.
const NAMED: u64 = 20;

/// Runs the command.
pub fn run(args: &Args, global: &Global) -> Result<Exit> {
    let countries = Countries::load(&global.data())?;
    let how = Tables {
        countries: &countries,
        caps: Caps { article: args.max_bytes, ..Caps::default() },
        format: args.format,
    };
    let mut store = if args.dry_run { None } else { Some(Store::open(&global.db)?) };
    let first_load = store.as_mut().map_or(Ok(false), Store::begin_first_load)?;
    let (mut good, mut failed) = (0, false);
    for file in &args.files {
        let name = if file.as_os_str() == "-" { "stdin".to_owned() } else { file.display().to_string() };
        let mut tally = Tally::default();
        let told =
            open(file).and_then(|bytes| table(bytes, &name, &how, store.as_mut(), args.update, global, &mut tally));
        good += tally.new + tally.replaced + tally.unchanged;
        failed |= tally.bad > 0;
        match told {
            Ok((format, not_taken)) => say(&name, format, &tally, &not_taken, args.dry_run, global),
            // A database that fails is the end; a file that cannot be read is one of several.
            Err(error) if error.downcast_ref::<StoreError>().is_some() => return Err(error.context(name)),
            Err(error) => {
                failed = true;
                anstream::eprintln!("{}: {}", plain(&name), plain(&format!("{error:#}")));
            }
        }
    }
    if let Some(store) = store.as_mut().filter(|_| first_load) {
        store.finish_first_load()?;
    }
    Ok(match (failed, good) {
        (false, _) => Exit::Ok,
        (true, 0) => Exit::Failed,
        (true, _) => Exit::Partly,
    })
}

fn open(file: &Path) -> Result<Box<dyn Read>> {
    if file.as_os_str() == "-" {
        return Ok(Box::new(io::stdin().lock()));
    }
    Ok(Box::new(BufReader::with_capacity(1 << 16, File::open(file).context("it can't be opened")?)))
}

/// Takes over one table, batch after batch.
fn table(
    bytes: Box<dyn Read>,
    name: &str,
    how: &Tables<'_>,
    mut store: Option<&mut Store>,
    update: bool,
    global: &Global,
    tally: &mut Tally,
) -> Result<(TableFormat, NotTaken)> {
    let mut broken: Option<StoreError> = None;
    let mut waiting = 0;
    let seconds = global.seconds();
    let mut give = |at: u64, event: Result<TableEvent, BadRow>| -> io::Result<()> {
        let event = match event {
            Ok(event) => event,
            Err(row) => {
                tally.bad += 1;
                if tally.bad <= NAMED {
                    anstream::eprintln!("{}:{}: {}", plain(name), row.at, plain(&row.reason));
                }
                return Ok(());
            }
        };
        let Some(store) = store.as_deref_mut() else {
            tally.new += 1;
            return Ok(());
        };
        let mut save = || -> Result<Saved, StoreError> {
            if waiting == 0 {
                store.begin()?;
            }
            waiting += 1;
            let how = Importing { origin: event.origin, key: &event.key, replace: update, ingested_at: seconds };
            let saved = store.import(&stories(&event, &format!("{name}:{at}")), &how)?;
            if waiting >= BATCH {
                waiting = 0;
                store.commit()?;
            }
            Ok(saved)
        };
        match save() {
            Ok(Saved::New { .. }) => tally.new += 1,
            Ok(Saved::Replaced { .. }) => tally.replaced += 1,
            Ok(Saved::Unchanged(_)) => tally.unchanged += 1,
            Err(error) if error.fault.is_of_article() => {
                tally.bad += 1;
                if tally.bad <= NAMED {
                    anstream::eprintln!("{}:{at}: {}", plain(name), error.fault);
                }
            }
            Err(error) => {
                broken = Some(error);
                return Err(io::Error::other("the database failed"));
            }
        }
        Ok(())
    };
    let read = read_table(bytes, how, &mut give);
    if let Some(error) = broken {
        return Err(error.into());
    }
    if let Some(store) = store.filter(|_| waiting > 0) {
        store.commit()?;
    }
    Ok(read?)
}

fn say(name: &str, format: TableFormat, tally: &Tally, not_taken: &NotTaken, dry_run: bool, global: &Global) {
    if tally.bad > NAMED {
        anstream::eprintln!("{}: {} more rows could not be read", plain(name), tally.bad - NAMED);
    }
    if global.quiet {
        return;
    }
    let mut parts = vec![match (dry_run, tally.replaced) {
        (true, _) => format!("{} would be read from {format}; nothing was changed", counted(tally.new, "event")),
        (false, 0) => format!("{} from {format}", counted(tally.new, "new event")),
        (false, replaced) => {
            format!("{} and {} from {format}", counted(tally.new, "new event"), counted(replaced, "updated event"))
        }
    }];
    if tally.unchanged > 0 {
        parts.push(format!("{} there already, unchanged", tally.unchanged));
    }
    if tally.bad > 0 {
        parts.push(format!("{} could not be read", counted(tally.bad, "row")));
    }
    anstream::eprintln!("{}: {}", plain(name), parts.join(", "));
    for (what, rows) in not_taken.iter() {
        anstream::eprintln!("  not taken over: {} ({})", plain(what), counted(rows, "row"));
    }
}
