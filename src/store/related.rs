//! Which events have to do with one, and why.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, params};

use super::decisions::resolve;
use super::events::interval;
use super::{Fault, Store, StoreError, snapshot};
use crate::model::{Day, EventId, Interval, Link, Related};

/// Events further away than this are no neighbours.
const NEIGHBOURS: i32 = 14;
/// At most so many events are looked at for each actor, article or place: those of the days around first.
const POSTINGS: usize = 400;
/// At most so many actors and articles of the event are followed.
const FOLLOWED: usize = 32;
/// What a common article is worth beside what a common actor of average frequency is: a round number.
const STORY: f64 = 6.0;

/// What two events have in common.
#[derive(Default)]
struct Common {
    actors: BTreeMap<i64, String>,
    articles: BTreeSet<i64>,
    place: Option<String>,
    weight: f64,
}

impl Store {
    /// The events that share actors, the place within a fortnight, or articles and their copies with one, those that
    /// share most first: what is rare in the database weighs more than what is frequent, and the more the nearer the days
    /// are. At most `limit` of them.
    ///
    /// # Errors
    /// `NoEvent` if there is no such event.
    pub fn related(&self, id: EventId, limit: usize) -> Result<Vec<Related>, StoreError> {
        self.at(related(&self.conn, id, limit))
    }
}

fn related(conn: &Connection, id: EventId, limit: usize) -> Result<Vec<Related>, Fault> {
    let _snapshot = snapshot(conn)?;
    let event = resolve(conn, id)?;
    let (from, to, place) = conn
        .prepare_cached("SELECT date_from, date_to, place_id FROM event WHERE id = ?1")?
        .query_row([event], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, Option<i64>>(2)?)))
        .map_err(|e| if e == rusqlite::Error::QueryReturnedNoRows { Fault::NoEvent(id) } else { e.into() })?;
    let of_event = interval(from, to)?;
    let all: f64 = conn.prepare_cached("SELECT ifnull(max(id), 1) FROM event")?.query_row([], |row| row.get(0))?;
    let mut found: BTreeMap<i64, Common> = BTreeMap::new();
    // The days around are those of the first day, or of the last if only that is known.
    let around = of_event.from().or(of_event.to()).map(Day::number);
    by_actor(conn, event, around, all, &mut found)?;
    if let (Some(place), Some(day)) = (place, around) {
        by_place(conn, event, place, day, &mut found)?;
    }
    by_story(conn, event, &mut found)?;
    found.remove(&event);
    let mut related = Vec::new();
    let mut row = conn.prepare_cached(
        "SELECT e.date_from, e.date_to, m.headline FROM event e CROSS JOIN mention m
            ON m.article_id = e.lead_article AND m.mention = e.lead_mention WHERE e.id = ?1",
    )?;
    for (other, common) in found {
        let (from, to, headline) =
            row.query_row([other], |row| Ok((row.get(0)?, row.get(1)?, row.get::<_, String>(2)?)))?;
        let interval = interval(from, to)?;
        let apart = days_between(of_event, interval);
        let mut links = Vec::new();
        if !common.actors.is_empty() {
            links.push(Link::Actors(common.actors.into_values().collect()));
        }
        links.extend(common.place.map(Link::Place));
        if !common.articles.is_empty() {
            links.push(Link::Story(common.articles.len() as u64));
        }
        links.extend(apart.filter(|days| days.abs() <= NEIGHBOURS).map(Link::Days));
        // Twice the weight on the same day, and hardly more after a fortnight.
        let nearness = apart.map_or(1.0, |days| 1.0 + 1.0 / f64::from(1 + days.abs()));
        related.push((common.weight * nearness, Related { event: EventId(other), interval, headline, links }));
    }
    related.sort_by(|(a, x), (b, y)| b.total_cmp(a).then(x.event.cmp(&y.event)));
    related.truncate(limit);
    Ok(related.into_iter().map(|(_, related)| related).collect())
}

/// Days from the first interval to the second, negative if that lies before; 0 if they overlap. `None` without two days.
fn days_between(a: Interval, b: Interval) -> Option<i32> {
    let ends = |i: Interval| i.from().zip(i.to()).map(|(from, to)| (from.number(), to.number()));
    let ((a_from, a_to), (b_from, b_to)) = (ends(a)?, ends(b)?);
    Some(if b_from > a_to {
        b_from - a_to
    } else if b_to < a_from {
        b_to - a_from
    } else {
        0
    })
}

/// Events of the same actors: of a frequent one those of the days around only.
fn by_actor(
    conn: &Connection,
    event: i64,
    around: Option<i32>,
    all: f64,
    found: &mut BTreeMap<i64, Common>,
) -> Result<(), Fault> {
    let mut actors = conn.prepare_cached(
        "SELECT DISTINCT a.id, a.name FROM event_actor x CROSS JOIN actor a ON a.id = x.actor_id
         WHERE x.event_id = ?1 ORDER BY a.id LIMIT ?2",
    )?;
    let mut frequency = conn.prepare_cached(
        "SELECT count(*) FROM (SELECT 1 FROM event_actor INDEXED BY event_actor_by_actor WHERE actor_id = ?1 LIMIT 100000)",
    )?;
    let mut near = conn.prepare_cached(
        "SELECT event_id FROM event_actor INDEXED BY event_actor_by_actor
         WHERE actor_id = ?1 AND lvl = 0 AND date_from BETWEEN ?2 - ?3 AND ?2 + ?3 LIMIT ?4",
    )?;
    let mut any = conn.prepare_cached(
        "SELECT event_id FROM event_actor INDEXED BY event_actor_by_actor WHERE actor_id = ?1 LIMIT ?2",
    )?;
    let mut rows = actors.query(params![event, FOLLOWED])?;
    while let Some(row) = rows.next()? {
        let (actor, name): (i64, String) = (row.get(0)?, row.get(1)?);
        let events: f64 = frequency.query_row([actor], |row| row.get(0))?;
        let weight = (1.0 + all / events.max(1.0)).ln();
        let mut ids: BTreeSet<i64> = BTreeSet::new();
        if let Some(day) = around {
            for id in near.query_map(params![actor, day, NEIGHBOURS, POSTINGS], |row| row.get(0))? {
                ids.insert(id?);
            }
        }
        for id in any.query_map(params![actor, POSTINGS], |row| row.get(0))? {
            ids.insert(id?);
        }
        for id in ids {
            let common = found.entry(id).or_default();
            if common.actors.insert(actor, name.clone()).is_none() {
                common.weight += weight;
            }
        }
    }
    Ok(())
}

/// Events of the days around at the same place.
fn by_place(
    conn: &Connection,
    event: i64,
    place: i64,
    day: i32,
    found: &mut BTreeMap<i64, Common>,
) -> Result<(), Fault> {
    let name: String =
        conn.prepare_cached("SELECT name FROM place WHERE id = ?1")?.query_row([place], |row| row.get(0))?;
    let mut near = conn.prepare_cached(
        "SELECT id FROM event INDEXED BY event_by_place
         WHERE place_id = ?1 AND lvl = 0 AND date_from BETWEEN ?2 - ?3 AND ?2 + ?3 AND id <> ?4 LIMIT ?5",
    )?;
    for id in near.query_map(params![place, day, NEIGHBOURS, event, POSTINGS], |row| row.get(0))? {
        let common = found.entry(id?).or_default();
        common.place = Some(name.clone());
        common.weight += 3.0;
    }
    Ok(())
}

/// Events that are told in the same articles, or in copies of them: those of one story.
fn by_story(conn: &Connection, event: i64, found: &mut BTreeMap<i64, Common>) -> Result<(), Fault> {
    let mut articles = conn.prepare_cached(
        "SELECT DISTINCT ifnull(r.copy_of, r.id) FROM mention m CROSS JOIN article r ON r.id = m.article_id
         WHERE m.event_id = ?1 ORDER BY 1 LIMIT ?2",
    )?;
    let mut events =
        conn.prepare_cached("SELECT DISTINCT event_id FROM mention WHERE article_id = ?1 ORDER BY mention LIMIT ?2")?;
    let told = articles.query_map(params![event, FOLLOWED], |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()?;
    for article in told {
        for id in events.query_map(params![article, POSTINGS], |row| row.get(0))? {
            let common = found.entry(id?).or_default();
            if common.articles.insert(article) {
                common.weight += STORY / common.articles.len() as f64;
            }
        }
    }
    Ok(())
}
