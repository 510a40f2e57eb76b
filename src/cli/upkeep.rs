//! `check`, `backup` and `optimize`: what keeps a database well.

use std::io::Write;
use std::path::PathBuf;

use clap::Args as ClapArgs;

use super::output::sink;
use super::{Exit, Global};
use crate::export::clean;
use crate::store::{Part, Store};

/// Check the database: the file, and all that is derived against what it is derived from
///
/// Examples:
///   dateline check
///   dateline --db news.db check --repair
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct CheckArgs {
    /// Compute what is derived (events, counts, the search index) again where it is wrong
    #[arg(long)]
    repair: bool,
}

/// Copy the database into a file, while others use it, and check the copy
///
/// Example:
///   dateline backup news-backup.db
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct BackupArgs {
    /// The file to write
    file: PathBuf,
    /// Overwrite the file if it is there
    #[arg(long)]
    force: bool,
}

/// Put the database in shape: join parts of the search index, renew statistics, give back unused space
///
/// Example:
///   dateline optimize
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct OptimizeArgs {}

/// Checks the database part by part and says of each whether it is well.
pub fn check(args: &CheckArgs, global: &Global) -> anyhow::Result<Exit> {
    let reader = Store::open_to_read(&global.db)?;
    if !args.repair {
        return report(&reader, global);
    }
    drop(reader);
    let mut store = Store::open(&global.db)?;
    store.repair()?;
    report(&store, global)
}

fn report(store: &Store, global: &Global) -> anyhow::Result<Exit> {
    let mut out = sink(None)?;
    let (mut damaged, mut derived) = (false, false);
    for part in Part::ALL.iter().copied() {
        let (name, well) = in_words(part);
        let checked = match store.check(part) {
            // The index can only be asked by one who may write; the rest is read by one who may not.
            Err(e) if part.needs_writing() && e.fault.is_of_rights() => {
                match Store::open(&global.db).and_then(|s| s.check(part)) {
                    Err(e) if e.fault.is_of_rights() => {
                        writeln!(out, "--   {name}: not checked, for the file can't be written to")?;
                        continue;
                    }
                    checked => checked?,
                }
            }
            checked => checked?,
        };
        if checked.wrong == 0 {
            writeln!(out, "ok   {name}: {well}")?;
            continue;
        }
        damaged |= !part.is_derived();
        derived |= part.is_derived();
        writeln!(out, "BAD  {name}: {} wrong; {}", checked.wrong, clean(&checked.examples.join("; ")))?;
        out.flush()?;
        if part == Part::File {
            // In a damaged file a walk through a table need not end.
            writeln!(out, "--   the rest is not checked, for the file is damaged")?;
            break;
        }
    }
    if damaged {
        writeln!(
            out,
            "     What was read is damaged and can't be computed again: go back to a backup, or ingest the articles into a new database."
        )?;
    } else if derived {
        writeln!(out, "     `dateline check --repair` computes again what is wrong; nothing that was read is lost.")?;
    }
    out.flush()?;
    Ok(if damaged || derived { Exit::Failed } else { Exit::Ok })
}

fn in_words(part: Part) -> (&'static str, &'static str) {
    match part {
        Part::File => ("file", "every page, table and index is whole"),
        Part::References => ("references", "each leads to a row that is there"),
        Part::Articles => ("articles", "their words are those that were read"),
        Part::Events => ("events", "they say what their mentions say"),
        Part::Counts => ("counts", "there are as many events of each month and type"),
        Part::Search => ("search", "the index holds the words of all sentences"),
    }
}

/// Writes a backup.
pub fn backup(args: &BackupArgs, global: &Global) -> anyhow::Result<Exit> {
    let bytes = Store::open_to_read(&global.db)?.backup(&args.file, args.force)?;
    if !global.quiet {
        anstream::eprintln!("{}: {bytes} bytes, checked", args.file.display());
    }
    Ok(Exit::Ok)
}

/// Puts the database in shape.
pub fn optimize(_: &OptimizeArgs, global: &Global) -> anyhow::Result<Exit> {
    // Opened to read first: a database that does not exist is not made for this.
    drop(Store::open_to_read(&global.db)?);
    let done = Store::open(&global.db)?.optimize()?;
    let how = if done.vacuumed { "written anew" } else { "little of it is unused, so it was not written anew" };
    anstream::println!("{} bytes before, {} bytes after; {how}", done.before, done.after);
    Ok(Exit::Ok)
}
