//! Our own CSV, long or not. It has one sentence an event; that there were more is counted as not taken over.

use std::io::{self, Read};
use std::str::FromStr;

use super::rows::key_of;
use super::sheet::{Row, Sheet};
use super::{Found, TableActor, TableCount, TableEvent, TableEvidence, Tables};
use crate::model::{
    Aspect, Basis, CountKind, Day, EventType, Granularity, Interval, Modality, Origin, Place, PlacePrecision, Polarity,
    Published, PublishedBasis, Role, When,
};

pub(super) fn read(bytes: Box<dyn Read + '_>, how: &Tables<'_>, found: &mut Found<'_>) -> io::Result<()> {
    // A long table has a row for each actor of an event: they follow one another.
    let mut open: Option<(u64, String, TableEvent)> = None;
    Sheet::new(bytes, &how.caps)?.for_each(found, |line, row, found| {
        let id = row.own("event_id").unwrap_or_default();
        if let Some((_, known, event)) = &mut open
            && *known == id
            && let Some(actor) = long_actor(row)
        {
            event.actors.push(actor);
            return Ok(());
        }
        if let Some((at, _, event)) = open.take() {
            found.event(at, event)?;
        }
        match event(row) {
            Ok(event) => {
                for column in ["n_sources", "n_mentions"] {
                    if row.get(column).and_then(|n| n.parse::<u64>().ok()).is_some_and(|n| n > 1) {
                        let why = "the table has one sentence an event; JSON Lines has all";
                        found.not_taken.add(format!("{column} above 1 ({why})"));
                    }
                }
                open = Some((line, id, event));
                Ok(())
            }
            Err(reason) => found.bad(line, reason),
        }
    })?;
    match open {
        Some((at, _, event)) => found.event(at, event),
        None => Ok(()),
    }
}

/// A name of a closed set in a cell.
fn named<T: FromStr<Err = crate::model::UnknownName>>(row: &Row<'_>, column: &str) -> Result<Option<T>, String> {
    row.get(column)
        .map(|text| text.parse().map_err(|e: crate::model::UnknownName| format!("{column}: {e}")))
        .transpose()
}

/// The day in a cell.
fn day(row: &Row<'_>, column: &str) -> Result<Option<Day>, String> {
    row.get(column)
        .map(|text| text.parse().map_err(|_| format!("{column}: \"{text}\" is no day; write YYYY-MM-DD")))
        .transpose()
}

fn event(row: &Row<'_>) -> Result<TableEvent, String> {
    let headline = row.own("headline").ok_or("no headline")?;
    let interval = Interval::new(day(row, "date_start")?, day(row, "date_end")?).ok_or("it ends before it begins")?;
    let evidence = TableEvidence {
        article: 0,
        title: row.own("article_title"),
        url: row.own("article_url"),
        source: row.own("source"),
        published: day(row, "published_at")?.map(|day| Published { day, basis: PublishedBasis::Metadata }),
        sentence: row.own("sentence").unwrap_or_else(|| headline.clone()),
        date_text: row.own("date_text"),
        trigger: None,
        attribution: row.own("attribution"),
        modality: None,
    };
    let country = row
        .get("country")
        .map(|code| code.parse().map_err(|e: crate::model::UnknownName| e.to_string()))
        .transpose()?;
    let (lat, lon) = super::rows::point(row.get("latitude"), row.get("longitude")).unzip();
    let place = row.own("place").map(|name| Place {
        name,
        country,
        region: row.own("admin1"),
        lat,
        lon,
        precision: PlacePrecision::Unknown,
    });
    let precision = named(row, "geo_precision")?.unwrap_or(PlacePrecision::Unknown);
    let said: Vec<&str> = [
        "date_start",
        "date_end",
        "headline",
        "sentence",
        "article_url",
        "article_title",
        "published_at",
        "actors",
        "place",
    ]
    .iter()
    .map(|column| row.get(column).unwrap_or_default())
    .collect();
    Ok(TableEvent {
        origin: match named::<Origin>(row, "origin")?.unwrap_or_default() {
            Origin::Extracted => Origin::Dateline,
            other => other,
        },
        key: key_of(&said.join("\u{1f}")),
        event_type: named::<EventType>(row, "event_type")?.unwrap_or(EventType::Other),
        mode: row.own("event_mode"),
        contexts: Vec::new(),
        when: When {
            interval,
            granularity: named(row, "date_precision")?.unwrap_or(Granularity::Range),
            edtf: row.own("date_edtf"),
            basis: named(row, "date_basis")?.unwrap_or(if interval.is_unknown() { Basis::None } else { Basis::Stated }),
            timex: None,
            approximate: row.get("date_approximate") == Some("true"),
            inferred: row.get("date_inferred") == Some("true"),
        },
        polarity: named(row, "polarity")?.unwrap_or(Polarity::Positive),
        modality: named(row, "modality")?.unwrap_or(Modality::Asserted),
        aspect: named(row, "aspect")?.unwrap_or(Aspect::Completed),
        action: row.own("action").unwrap_or_default(),
        actors: match long_actor(row) {
            Some(actor) => vec![actor],
            None => actors(row),
        },
        place: place.map(|place| Place { precision, ..place }),
        counts: counts(row.get("counts").unwrap_or_default())?,
        confidence: row
            .get("confidence")
            .and_then(|c| c.parse().ok())
            .filter(|c| (0.0..=1.0).contains(c))
            .unwrap_or(1.0),
        evidence: vec![evidence],
        headline,
    })
}

/// The actor of a row of a long table.
fn long_actor(row: &Row<'_>) -> Option<TableActor> {
    Some(TableActor {
        name: row.own("actor")?,
        role: row.get("actor_role").and_then(|r| r.parse().ok()).unwrap_or(Role::Other),
        kind: row.get("actor_kind").and_then(|k| k.parse().ok()),
        country: row.get("actor_country").and_then(|c| c.parse().ok()),
        sector: row.get("actor_sector").and_then(|s| s.parse().ok()),
    })
}

/// Names joined by "; "; a name may stand in more than one role.
fn actors(row: &Row<'_>) -> Vec<TableActor> {
    let names = |column: &str| -> Vec<String> {
        row.get(column).map(|cell| cell.split("; ").map(str::to_owned).collect()).unwrap_or_default()
    };
    let (agents, targets) = (names("actor_source"), names("actor_target"));
    let others = names("actors").into_iter().filter(|name| !agents.contains(name) && !targets.contains(name)).collect();
    [(agents.clone(), Role::Agent), (targets.clone(), Role::Patient), (others, Role::Other)]
        .into_iter()
        .flat_map(|(names, role): (Vec<String>, Role)| {
            names.into_iter().map(move |name| TableActor { name, role, kind: None, country: None, sector: None })
        })
        .collect()
}

/// `dead 12 (a dozen); captured 24-99 (dozens); people 40- (at least 40)`.
fn counts(mut text: &str) -> Result<Vec<TableCount>, String> {
    let mut counts = Vec::new();
    while !text.is_empty() {
        let bad = || format!("counts: \"{text}\" is not like \"dead 12 (a dozen)\"");
        let (kind, rest) = text.split_once(' ').ok_or_else(bad)?;
        let (range, rest) = rest.split_once(" (").ok_or_else(bad)?;
        let kind: CountKind = kind.parse().map_err(|_| bad())?;
        // The words may hold brackets: they end where another count begins, or at the end.
        let another = |at: usize| {
            let kind = rest[at + 3..].split(' ').next().unwrap_or_default();
            kind.parse::<CountKind>().is_ok()
        };
        let end = rest.match_indices("); ").map(|(at, _)| at).find(|at| another(*at));
        let (words, next) = match end {
            Some(at) => (&rest[..at], &rest[at + 3..]),
            None => (rest.strip_suffix(')').ok_or_else(bad)?, ""),
        };
        // A minus before the number belongs to it.
        let cut = range.get(1..).and_then(|tail| tail.find('-')).map(|at| at + 1);
        let number = |text: &str| text.parse::<f64>().ok().filter(|n| n.is_finite()).ok_or_else(bad);
        let (low, high) = match cut {
            None => (number(range)?, Some(number(range)?)),
            Some(at) if at + 1 == range.len() => (number(&range[..at])?, None),
            Some(at) => (number(&range[..at])?, Some(number(&range[at + 1..])?)),
        };
        if high.is_some_and(|high| high < low) {
            return Err(bad());
        }
        counts.push((kind, low, high, words.to_owned()));
        text = next;
    }
    Ok(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_as_they_are_written() {
        let read = counts("dead 12 (a dozen); captured 24-99 (dozens (two); more); people 40- (at least 40)").unwrap();
        assert_eq!(read[0], (CountKind::Dead, 12.0, Some(12.0), "a dozen".into()));
        assert_eq!(read[1], (CountKind::Captured, 24.0, Some(99.0), "dozens (two); more".into()));
        assert_eq!(read[2], (CountKind::People, 40.0, None, "at least 40".into()));
        for text in ["dead", "dead 12", "dead x (y)", "dead 3-1 (y)", "dead 12 (y", "many 12 (y)"] {
            assert!(counts(text).is_err(), "{text}");
        }
    }
}
