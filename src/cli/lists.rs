//! `actors`, `places`, `articles` and `stats`: four lists, one way to print them.

use clap::Args as ClapArgs;
use serde_json::{Value, json};

use super::output::{Shape, Sheet};
use super::{Exit, Global};
use crate::lexicon::Countries;
use crate::model::{Interval, TallyBy};
use crate::query::Asked;
use crate::store::Store;

/// List actors by the number of events they take part in
///
/// Examples:
///   dateline actors
///   dateline actors zelensk --format json
///   dateline actors --with Zelenskyy
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct ActorsArgs {
    /// Only those with this in one of their names
    name: Option<String>,
    /// Only those who act with this one: in how many events, the first and the last day
    #[arg(long, value_name = "NAME", conflicts_with = "name")]
    with: Option<String>,
    #[command(flatten)]
    shape: ShapeArgs,
}

/// List places by the number of events that happened there
///
/// Example:
///   dateline places ky
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct PlacesArgs {
    /// Only those with this in their name or region
    name: Option<String>,
    #[command(flatten)]
    shape: ShapeArgs,
}

/// List the articles that were ingested
///
/// Example:
///   dateline articles --format csv
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct ArticlesArgs {
    #[command(flatten)]
    shape: ShapeArgs,
}

/// Show how much the database holds, and of which types
///
/// Example:
///   dateline stats
///   dateline stats --by month,type --format csv
#[derive(ClapArgs, Clone, Debug)]
#[command(verbatim_doc_comment)]
pub struct StatsArgs {
    /// Count events by day, month, type, or several with commas
    #[arg(long, value_name = "WHAT", value_delimiter = ',', value_parser = tally_by)]
    by: Vec<TallyBy>,
    #[command(flatten)]
    shape: ShapeArgs,
}

#[derive(ClapArgs, Clone, Debug)]
struct ShapeArgs {
    /// The shape of the result: a table on a terminal, CSV in a pipe
    #[arg(long, short, value_enum)]
    format: Option<Shape>,
    /// At most so many rows
    #[arg(long, short = 'n', value_name = "N")]
    limit: Option<usize>,
}

impl ShapeArgs {
    fn print(&self, mut sheet: Sheet) -> anyhow::Result<Exit> {
        sheet.rows.truncate(self.limit.unwrap_or(usize::MAX));
        sheet.print(Shape::or_default(self.format))?;
        Ok(Exit::Ok)
    }
}

/// Reads what events are counted by.
fn tally_by(text: &str) -> Result<TallyBy, crate::model::UnknownName> {
    text.trim().to_lowercase().parse()
}

fn ends(days: Interval) -> [Value; 2] {
    [json!(days.from()), json!(days.to())]
}

/// Prints the actors.
pub fn actors(args: &ActorsArgs, global: &Global) -> anyhow::Result<Exit> {
    let store = Store::open_to_read(&global.db)?;
    let all = match &args.with {
        Some(name) => {
            let asked = Asked { actors: vec![name.clone()], ..Asked::default() };
            let filter = asked.filter(global.today(), &Countries::load(&global.data())?)?;
            store.actors_with(name, filter.actors.first().and_then(|a| a.country))?
        }
        None => store.actors(args.name.as_deref())?,
    };
    let rows = all.into_iter().map(|a| {
        let [first, last] = ends(a.days);
        vec![
            json!(a.id),
            json!(a.name),
            json!(a.kind),
            json!(a.country),
            json!(a.sector),
            json!(a.events),
            first,
            last,
            json!(a.aliases),
        ]
    });
    let columns = vec!["id", "name", "kind", "country", "sector", "events", "first", "last", "aliases"];
    args.shape.print(Sheet { columns, rows: rows.collect() })
}

/// Prints the places.
pub fn places(args: &PlacesArgs, global: &Global) -> anyhow::Result<Exit> {
    let all = Store::open_to_read(&global.db)?.places(args.name.as_deref())?;
    let rows = all.into_iter().map(|p| {
        let place = p.place;
        vec![
            json!(place.name),
            json!(place.region),
            json!(place.country),
            json!(place.lat),
            json!(place.lon),
            json!(place.precision),
            json!(p.events),
        ]
    });
    let columns = vec!["name", "region", "country", "lat", "lon", "precision", "events"];
    args.shape.print(Sheet { columns, rows: rows.collect() })
}

/// Prints the articles.
pub fn articles(args: &ArticlesArgs, global: &Global) -> anyhow::Result<Exit> {
    let all = Store::open_to_read(&global.db)?.articles()?;
    let rows = all.into_iter().map(|a| {
        let read =
            chrono::DateTime::from_timestamp(a.ingested_at, 0).map(|t| t.format("%Y-%m-%dT%H:%M:%SZ").to_string());
        vec![
            json!(a.id),
            json!(a.published.map(|p| p.day)),
            json!(a.published.map(|p| p.basis)),
            json!(a.title),
            json!(a.source),
            json!(a.url),
            json!(a.language.map(|l| l.to_string())),
            json!(a.origin),
            json!(read),
            json!(a.events),
        ]
    });
    let columns = vec![
        "id",
        "published",
        "published_basis",
        "title",
        "source",
        "url",
        "language",
        "origin",
        "ingested_at",
        "events",
    ];
    args.shape.print(Sheet { columns, rows: rows.collect() })
}

/// Prints what the database holds.
pub fn stats(args: &StatsArgs, global: &Global) -> anyhow::Result<Exit> {
    let store = Store::open_to_read(&global.db)?;
    if !args.by.is_empty() {
        return tallies(args, &store);
    }
    let s = store.stats()?;
    let [first, last] = ends(s.days);
    let [first_published, last_published] = ends(s.published);
    let mut rows = vec![
        vec![json!("schema version"), json!(s.schema)],
        vec![json!("bytes"), json!(s.bytes)],
        vec![json!("articles"), json!(s.articles)],
        vec![json!("first published"), first_published],
        vec![json!("last published"), last_published],
        vec![json!("sentences"), json!(s.sentences)],
        vec![json!("event mentions"), json!(s.mentions)],
        vec![json!("events"), json!(s.events)],
        vec![json!("events with a date"), json!(s.dated_events)],
        vec![json!("first day of an event"), first],
        vec![json!("last day of an event"), last],
        vec![json!("actors"), json!(s.actors)],
        vec![json!("places"), json!(s.places)],
    ];
    rows.extend(s.types.iter().map(|(t, n)| vec![json!(format!("events of type {t}")), json!(n)]));
    args.shape.print(Sheet { columns: vec!["what", "value"], rows })
}

fn tallies(args: &StatsArgs, store: &Store) -> anyhow::Result<Exit> {
    let date = match (args.by.contains(&TallyBy::Day), args.by.contains(&TallyBy::Month)) {
        (true, _) => Some("day"),
        (false, true) => Some("month"),
        (false, false) => None,
    };
    let by_type = args.by.contains(&TallyBy::Type);
    let rows = store.tally(&args.by)?.into_iter().map(|t| {
        let mut row = Vec::new();
        row.extend(date.map(|_| json!(t.date)));
        row.extend(by_type.then(|| json!(t.event_type)));
        row.push(json!(t.events));
        row
    });
    let columns = date.into_iter().chain(by_type.then_some("type")).chain(["events"]).collect();
    args.shape.print(Sheet { columns, rows: rows.collect() })
}
