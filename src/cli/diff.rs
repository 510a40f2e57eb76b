//! `timeline --diff`: what became known between two days.

use std::io::Write;
use std::ops::ControlFlow;

use anyhow::Context;
use serde_json::{Value, json};

use super::events::{TABLE_ROWS, say_how_many};
use super::output::{Shape, Sheet, sink};
use super::style::{bold, wrapped};
use super::{Exit, Global};
use crate::export::{clean, stance, when, who_and_where};
use crate::model::{Change, ChangeKind, Changed, Day, Filter};
use crate::query::compare;
use crate::store::Store;
use crate::time::parse_query_date;

/// Prints what became known after the last day of the first date and up to that of the second.
pub fn run(
    store: &Store,
    filter: &Filter,
    dates: (&str, &str),
    shape: Option<Shape>,
    global: &Global,
) -> anyhow::Result<Exit> {
    let last_day = |text: &str| -> anyhow::Result<Day> {
        let days = parse_query_date(text, global.today()).with_context(|| "--diff")?;
        days.to().with_context(|| format!("--diff: \"{text}\" has no last day; name a day, a month or a year"))
    };
    let (first, second) = (last_day(dates.0)?, last_day(dates.1)?);
    anyhow::ensure!(first < second, "--diff: {first} is not before {second}; name the earlier date first");
    let shape = Shape::or_default(shape);
    let most = filter.limit.or((shape == Shape::Table).then_some(TABLE_ROWS)).unwrap_or(u64::MAX);
    let (mut skip, mut more) = (filter.offset, false);
    let mut changes = Vec::new();
    store.for_each_retelling::<anyhow::Error>(filter, (first, second), &mut |before, after| {
        let Some(change) = compare(before, after) else { return Ok(ControlFlow::Continue(())) };
        if skip > 0 {
            skip -= 1;
            return Ok(ControlFlow::Continue(()));
        }
        more = changes.len() as u64 == most;
        if more {
            return Ok(ControlFlow::Break(()));
        }
        changes.push(change);
        Ok(ControlFlow::Continue(()))
    })?;
    if shape == Shape::Table {
        print(&changes, global)?;
        say_how_many(changes.len() as u64, more, filter, global);
        return Ok(Exit::Ok);
    }
    let columns = vec!["change", "id", "from", "to", "type", "headline", "fields"];
    Sheet { columns, rows: changes.iter().map(|change| row(change, shape)).collect() }.print(shape)?;
    Ok(Exit::Ok)
}

fn row(change: &Change, shape: Shape) -> Vec<Value> {
    let entry = &change.entry;
    let fields: Vec<Value> = match shape {
        Shape::Json | Shape::Jsonl => {
            change.fields.iter().map(|f| json!({"field": f.field, "before": f.before, "after": f.after})).collect()
        }
        _ => change.fields.iter().map(|f| Value::String(in_words(f))).collect(),
    };
    vec![
        json!(change.kind),
        json!(entry.id),
        json!(entry.interval.from()),
        json!(entry.interval.to()),
        json!(entry.event_type),
        json!(entry.headline),
        Value::Array(fields),
    ]
}

fn in_words(field: &Changed) -> String {
    let told = |text: &str| if text.is_empty() { "unknown".to_owned() } else { text.to_owned() };
    format!("{}: {} -> {}", field.field, told(&field.before), told(&field.after))
}

fn print(changes: &[Change], global: &Global) -> anyhow::Result<()> {
    let mut out = anstream::AutoStream::new(sink(None)?, super::style::choice(global));
    let mut heading = None;
    for change in changes {
        let entry = &change.entry;
        let date = when(entry.interval, entry.granularity);
        if heading.as_ref() != Some(&date) {
            let gap = if heading.is_some() { "\n" } else { "" };
            writeln!(out, "{gap}{}", bold(&date))?;
            heading = Some(date);
        }
        let sign = match change.kind {
            ChangeKind::New => "+",
            ChangeKind::Changed => "~",
            ChangeKind::Withdrawn => "-",
        };
        let stance = stance(entry);
        let mark = if stance.is_empty() { String::new() } else { format!("[{stance}] ") };
        let first = format!("  {sign} ");
        writeln!(out, "{}", wrapped(&format!("{mark}{}", clean(&entry.headline)), &first, "    "))?;
        let (actors, place) = who_and_where(entry);
        let mut about =
            vec![change.kind.to_string(), actors, place, entry.event_type.to_string(), format!("event {}", entry.id)];
        about.retain(|part| !part.is_empty());
        writeln!(out, "{}", wrapped(&about.join(" | "), "    ", "    "))?;
        for field in &change.fields {
            writeln!(out, "{}", wrapped(&clean(&in_words(field)), "      ", "        "))?;
        }
    }
    out.flush()?;
    Ok(())
}
