use std::io::Write;
use std::ops::ControlFlow;

use clap::Args as ClapArgs;

use super::filters::FilterArgs;
use super::output::{Shape, event_row, sink, table, write_entries};
use super::{Exit, Global};
use crate::model::Filter;
use crate::store::Store;

/// So many rows does a table have when no limit is given.
pub const TABLE_ROWS: u64 = 100;

/// List events
///
/// Examples:
///   dateline events --actor Zelenskyy --on 2025-12
///   dateline events --place Ukraine --type ASSAULT --from "last month"
///   dateline events --text '"peace plan"' --format csv > events.csv
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// The shape of the result: a table on a terminal, CSV in a pipe
    #[arg(long, short, value_enum)]
    format: Option<Shape>,
    #[command(flatten)]
    filter: FilterArgs,
}

/// Prints the events that pass the filters.
pub fn run(args: &Args, global: &Global) -> anyhow::Result<Exit> {
    let store = Store::open_to_read(&global.db)?;
    let filter = args.filter.filter(global)?;
    match Shape::or_default(args.format).format() {
        Some(format) => {
            write_entries(&store, &filter, format, Default::default(), None)?;
        }
        None => print_table(&store, &filter, global)?,
    }
    Ok(Exit::Ok)
}

fn print_table(store: &Store, filter: &Filter, global: &Global) -> anyhow::Result<()> {
    let limit = filter.limit.unwrap_or(TABLE_ROWS);
    let mut rows = table(&["id", "when", "what", "who", "where", "type"]);
    let (mut shown, mut more) = (0, false);
    // One more than is shown tells whether there are more.
    let one_more = Filter { limit: Some(limit.saturating_add(1)), ..filter.clone() };
    store.for_each_entry::<anyhow::Error>(&one_more, &mut |entry| {
        more = shown == limit;
        if !more {
            rows.add_row(event_row(&entry));
            shown += 1;
        }
        Ok(ControlFlow::Continue(()))
    })?;
    if shown > 0 {
        let mut out = sink(None)?;
        writeln!(out, "{rows}")?;
        out.flush()?;
    }
    say_how_many(shown, more, filter, global);
    Ok(())
}

/// Says on standard error what the result leaves out.
pub fn say_how_many(shown: u64, more: bool, filter: &Filter, global: &Global) {
    if global.quiet {
        return;
    }
    if shown == 0 {
        anstream::eprintln!("no events pass these filters");
    } else if more && filter.limit.is_none() {
        anstream::eprintln!("the first {shown} events; --limit N shows more, --format csv all of them");
    }
}
