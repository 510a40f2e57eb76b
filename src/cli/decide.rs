use std::str::FromStr;

use clap::Args as ClapArgs;

use super::{Exit, Global};
use crate::model::{ArticleId, EventId};
use crate::store::Store;

/// Join events that are the same happening into the first of them
///
/// Their numbers keep finding it, and it holds through every new analysis.
///
/// Example:
///   dateline merge 12 31
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct MergeArgs {
    /// Numbers of the events, as `events` and `timeline` print them
    #[arg(required = true, num_args = 2..)]
    events: Vec<i64>,
}

/// Make an event of its own of some mentions of one
///
/// It holds through every new analysis. `explain` prints the mentions of an event.
///
/// Example:
///   dateline split 12 4:0 7:3
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct SplitArgs {
    /// Number of the event, as `events` and `timeline` print it
    event: i64,
    /// The mentions that tell of another happening: number of the article, colon, number of the mention in it
    #[arg(required = true)]
    mentions: Vec<MentionName>,
}

/// `ARTICLE:MENTION`.
#[derive(Clone, Copy, Debug)]
struct MentionName(ArticleId, i64);

impl FromStr for MentionName {
    type Err = String;

    fn from_str(text: &str) -> Result<MentionName, String> {
        let parts =
            text.split_once(':').and_then(|(a, m)| Some(MentionName(ArticleId(a.parse().ok()?), m.parse().ok()?)));
        parts.ok_or_else(|| "write ARTICLE:MENTION as `dateline explain` prints it, such as 4:0".to_owned())
    }
}

/// Joins events.
pub fn merge(args: &MergeArgs, global: &Global) -> anyhow::Result<Exit> {
    // Opened to read first: a database that does not exist is not made for this.
    drop(Store::open_to_read(&global.db)?);
    let events: Vec<EventId> = args.events.iter().map(|id| EventId(*id)).collect();
    let into = Store::open(&global.db)?.merge_events(&events, global.seconds())?;
    anstream::println!("event {into}");
    Ok(Exit::Ok)
}

/// Splits an event.
pub fn split(args: &SplitArgs, global: &Global) -> anyhow::Result<Exit> {
    drop(Store::open_to_read(&global.db)?);
    let mentions: Vec<(ArticleId, i64)> = args.mentions.iter().map(|m| (m.0, m.1)).collect();
    let new = Store::open(&global.db)?.split_event(EventId(args.event), &mentions, global.seconds())?;
    anstream::println!("event {new}");
    Ok(Exit::Ok)
}
