//! What became known of an event between two days.

use std::collections::BTreeMap;

use crate::model::{Change, ChangeKind, Changed, CountKind, Entry, Interval, Polarity};

/// Compares an event as it was told up to one day with how it was told up to a later one. `None` if there is nothing
/// new in it. The headline may change with the best evidence; that alone is no news.
pub fn compare(before: Option<Entry>, after: Option<Entry>) -> Option<Change> {
    let (before, after) = match (before, after) {
        (None, None) => return None,
        (None, Some(entry)) => return Some(Change { kind: ChangeKind::New, entry, fields: Vec::new() }),
        (Some(entry), None) => return Some(Change { kind: ChangeKind::Withdrawn, entry, fields: Vec::new() }),
        (Some(before), Some(after)) => (before, after),
    };
    let mut fields = Vec::new();
    let mut field = |name: &str, before: String, after: String| {
        if before != after {
            fields.push(Changed { field: name.to_owned(), before, after });
        }
    };
    field("when", days(before.interval), days(after.interval));
    field("type", before.event_type.to_string(), after.event_type.to_string());
    field("stance", stance(&before), stance(&after));
    field("who", who(&before), who(&after));
    field("where", place(&before), place(&after));
    let (mut old, new) = (numbers(&before), numbers(&after));
    for (kind, after) in new {
        field(kind.as_str(), old.remove(&kind).unwrap_or_default(), after);
    }
    field("sources", before.sources.to_string(), after.sources.to_string());
    let kind = match (before.polarity, after.polarity) {
        (Polarity::Positive, Polarity::Negative) => ChangeKind::Withdrawn,
        _ => ChangeKind::Changed,
    };
    if fields.is_empty() { None } else { Some(Change { kind, entry: after, fields }) }
}

fn days(interval: Interval) -> String {
    match (interval.from(), interval.to()) {
        (None, None) => String::new(),
        (Some(from), Some(to)) if from == to => from.to_string(),
        (from, to) => {
            let end = |day: Option<crate::model::Day>| day.map_or_else(|| "..".to_owned(), |d| d.to_string());
            format!("{}/{}", end(from), end(to))
        }
    }
}

fn stance(entry: &Entry) -> String {
    let mut words = vec![entry.modality.as_str(), entry.aspect.as_str()];
    if entry.polarity == Polarity::Negative {
        words.insert(0, "did not happen");
    }
    words.join(", ")
}

fn who(entry: &Entry) -> String {
    let mut names: Vec<String> = entry.actors.iter().map(|a| format!("{} ({})", a.name, a.role)).collect();
    names.sort();
    names.join("; ")
}

fn place(entry: &Entry) -> String {
    let Some(place) = &entry.place else { return String::new() };
    place.country.map_or_else(|| place.name.clone(), |country| format!("{}, {country}", place.name))
}

/// The numbers of each kind, least first: "12, 14".
fn numbers(entry: &Entry) -> BTreeMap<CountKind, String> {
    let mut of_kind: BTreeMap<CountKind, Vec<(f64, Option<f64>)>> = BTreeMap::new();
    for (count, _) in &entry.counts {
        let range = (count.low, count.high);
        let ranges = of_kind.entry(count.kind).or_default();
        if !ranges.contains(&range) {
            ranges.push(range);
        }
    }
    let words = |(low, high): &(f64, Option<f64>)| match high {
        Some(high) if high == low => low.to_string(),
        Some(high) => format!("{low} to {high}"),
        None => format!("{low} or more"),
    };
    let in_order = |mut ranges: Vec<(f64, Option<f64>)>| {
        ranges.sort_by(|a, b| a.0.total_cmp(&b.0));
        ranges.iter().map(words).collect::<Vec<_>>().join(", ")
    };
    of_kind.into_iter().map(|(kind, ranges)| (kind, in_order(ranges))).collect()
}
