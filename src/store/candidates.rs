//! Which events a happening may be the same as.

use std::collections::BTreeSet;

use rusqlite::{Connection, params};

use super::Fault;
use super::codes::AllCodes;
use super::events::mentions_of;
use super::summary::{Summary, granularity, summarise};
use crate::model::{Analysis, EventFacts, Interval};

/// The linker sees at most so many candidates.
const MOST: usize = 64;

/// The events that may be the one of a summary, the oldest first: those of the same day, the one before and the one after
/// with one of its actors or at its place. None for what has no day of its own.
pub(super) fn candidates(conn: &Connection, summary: &Summary, not: &BTreeSet<i64>) -> Result<Vec<i64>, Fault> {
    let Some(day) = summary.when.interval.from().filter(|d| summary.when.interval == Interval::day(*d)) else {
        return Ok(Vec::new());
    };
    let day = day.number();
    let mut found = BTreeSet::new();
    let mut by_actor = conn.prepare_cached(
        "SELECT DISTINCT event_id FROM event_actor INDEXED BY event_actor_by_actor
         WHERE actor_id = ?1 AND lvl = 0 AND date_from BETWEEN ?2 - 1 AND ?2 + 1 ORDER BY event_id LIMIT 64",
    )?;
    for (actor, _) in &summary.actors {
        let mut rows = by_actor.query(params![actor, day])?;
        while let Some(row) = rows.next()? {
            found.insert(row.get::<_, i64>(0)?);
        }
    }
    if let Some(place) = summary.place {
        let mut by_place = conn.prepare_cached(
            "SELECT id FROM event INDEXED BY event_by_place
             WHERE place_id = ?1 AND lvl = 0 AND date_from BETWEEN ?2 - 1 AND ?2 + 1 ORDER BY id LIMIT 64",
        )?;
        let mut rows = by_place.query(params![place, day])?;
        while let Some(row) = rows.next()? {
            found.insert(row.get::<_, i64>(0)?);
        }
    }
    // What others made is kept apart from what was read.
    let mut read = conn.prepare_cached(
        "SELECT 1 FROM event e JOIN article r ON r.id = e.lead_article WHERE e.id = ?1 AND r.imported IS NULL",
    )?;
    let mut apart = Vec::new();
    for id in found.into_iter().filter(|id| !not.contains(id)) {
        if apart.len() < MOST && read.exists([id])? {
            apart.push(id);
        }
    }
    Ok(apart)
}

/// What the mentions of a cluster say, for the linker.
pub(super) fn new_facts(
    conn: &Connection,
    analysis: &Analysis,
    members: &[usize],
    summary: &Summary,
) -> Result<EventFacts, Fault> {
    Ok(EventFacts {
        event_type: summary.event_type,
        modes: sorted(members.iter().filter_map(|i| analysis.events[*i].mode.clone())),
        interval: summary.when.interval,
        granularity: granularity(&summary.when),
        polarity: summary.polarity,
        lemmas: sorted(members.iter().map(|i| analysis.events[*i].trigger.lemma.clone())),
        actors: names(conn, summary)?,
        places: sorted(
            members.iter().filter_map(|i| Some(analysis.places[analysis.events[*i].place?].place.name.clone())),
        ),
    })
}

fn sorted<T: Ord>(values: impl Iterator<Item = T>) -> Vec<T> {
    values.collect::<BTreeSet<T>>().into_iter().collect()
}

fn names(conn: &Connection, summary: &Summary) -> Result<Vec<(crate::model::Role, String)>, Fault> {
    let mut name = conn.prepare_cached("SELECT name FROM actor WHERE id = ?1")?;
    let mut named = BTreeSet::new();
    for (actor, role) in &summary.actors {
        named.insert((*role, name.query_row([actor], |row| row.get(0))?));
    }
    Ok(named.into_iter().collect())
}

/// What is known of an event, for the linker.
pub(super) fn facts_of(conn: &Connection, codes: &AllCodes, event: i64) -> Result<EventFacts, Fault> {
    let mentions = mentions_of(conn, codes, event)?;
    let summary = summarise(&mentions).ok_or(Fault::Unknown { what: "event", found: event.to_string() })?;
    let lemmas = conn
        .prepare_cached("SELECT DISTINCT lemma FROM mention WHERE event_id = ?1 ORDER BY lemma")?
        .query_map([event], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    let places = conn
        .prepare_cached(
            "SELECT DISTINCT p.name FROM mention m JOIN place p ON p.id = m.place_id WHERE m.event_id = ?1 ORDER BY p.name",
        )?
        .query_map([event], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(EventFacts {
        event_type: summary.event_type,
        modes: sorted(mentions.into_iter().filter_map(|m| m.mode)),
        interval: summary.when.interval,
        granularity: granularity(&summary.when),
        polarity: summary.polarity,
        lemmas,
        actors: names(conn, &summary)?,
        places,
    })
}
