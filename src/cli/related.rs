use clap::Args as ClapArgs;
use serde_json::json;

use super::output::{Shape, Sheet};
use super::{Exit, Global};
use crate::model::{EventId, Link};
use crate::store::Store;

/// List events that have to do with one: same actors, same place, same days, same articles
///
/// Example:
///   dateline related 12
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct Args {
    /// Number of the event, as `events` and `timeline` print it
    event: i64,
    /// The shape of the result: a table on a terminal, CSV in a pipe
    #[arg(long, short, value_enum)]
    format: Option<Shape>,
    /// At most so many events
    #[arg(long, short = 'n', value_name = "N", default_value_t = 20)]
    limit: usize,
}

/// Prints the events, those that have most in common first, each with the reason.
pub fn run(args: &Args, global: &Global) -> anyhow::Result<Exit> {
    let found = Store::open_to_read(&global.db)?.related(EventId(args.event), args.limit)?;
    let rows = found.into_iter().map(|r| {
        let why: Vec<String> = r.links.iter().map(in_words).collect();
        vec![json!(r.event), json!(r.interval.from()), json!(r.interval.to()), json!(r.headline), json!(why)]
    });
    let sheet = Sheet { columns: vec!["id", "from", "to", "what", "why"], rows: rows.collect() };
    if sheet.rows.is_empty() && !global.quiet {
        anstream::eprintln!("nothing has to do with event {}", args.event);
    }
    sheet.print(Shape::or_default(args.format))?;
    Ok(Exit::Ok)
}

fn in_words(link: &Link) -> String {
    match link {
        Link::Actors(names) => format!("with {}", names.join(", ")),
        Link::Place(name) => format!("in {name}"),
        Link::Story(1) => "told in the same article".to_owned(),
        Link::Story(articles) => format!("told in {articles} same articles"),
        Link::Days(0) => "at the same time".to_owned(),
        Link::Days(1) => "a day later".to_owned(),
        Link::Days(-1) => "a day earlier".to_owned(),
        Link::Days(days) => format!("{} days {}", days.abs(), if *days > 0 { "later" } else { "earlier" }),
    }
}
