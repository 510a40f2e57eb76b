//! The lists: articles, actors, places, and what there is of each.

use rusqlite::Connection;

use super::codes::{AllCodes, name};
use super::entry::{country, language, place, published};
use super::events::interval;
use super::{Fault, SCHEMA_VERSION};
use crate::model::{ActorId, ActorSummary, ArticleId, ArticleSummary, Interval, PlaceSummary, Stats};
use crate::text::fold;

pub(super) fn articles(conn: &Connection) -> Result<Vec<ArticleSummary>, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT r.id, r.title, r.source, r.url, r.origin, r.published, r.published_basis, r.ingested_at, r.language,
                (SELECT count(DISTINCT m.event_id) FROM mention m WHERE m.article_id = r.id)
         FROM article r ORDER BY r.published IS NULL, r.published, r.id",
    )?;
    let mut rows = query.query([])?;
    let mut articles = Vec::new();
    while let Some(row) = rows.next()? {
        articles.push(ArticleSummary {
            id: ArticleId(row.get(0)?),
            title: row.get(1)?,
            source: row.get(2)?,
            url: row.get(3)?,
            origin: row.get(4)?,
            published: published(row.get(5)?, row.get(6)?)?,
            ingested_at: row.get(7)?,
            language: language(row.get(8)?),
            events: row.get(9)?,
        });
    }
    Ok(articles)
}

pub(super) fn actors(conn: &Connection, like: Option<&str>) -> Result<Vec<ActorSummary>, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT a.id, a.name, a.kind, a.country, a.sector, x.events, x.date_from, x.date_to
         FROM (SELECT actor_id, count(DISTINCT event_id) AS events, min(date_from) AS date_from, max(date_to) AS date_to
               FROM event_actor GROUP BY actor_id) x
         CROSS JOIN actor a ON a.id = x.actor_id
         WHERE ?1 IS NULL OR instr(a.key, ?1)
            OR EXISTS (SELECT 1 FROM alias n WHERE n.actor_id = a.id AND instr(n.key, ?1))
         ORDER BY x.events DESC, a.name, a.id",
    )?;
    let mut aliases = conn.prepare_cached(
        "SELECT name FROM alias WHERE actor_id = ?1
         UNION SELECT c.name FROM alias_correction c JOIN actor a ON a.key = c.actor_key WHERE a.id = ?1 AND c.same
         EXCEPT SELECT n.name FROM alias n JOIN actor a ON a.id = n.actor_id
                JOIN alias_correction c ON c.key = n.key AND c.actor_key = a.key AND NOT c.same WHERE a.id = ?1
         ORDER BY 1",
    )?;
    let mut rows = query.query([like.map(fold)])?;
    let mut actors = Vec::new();
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        actors.push(ActorSummary {
            id: ActorId(id),
            name: row.get(1)?,
            kind: name("actor kind", row.get(2)?)?,
            country: country(row.get(3)?)?,
            sector: name("sector", row.get(4)?)?,
            aliases: aliases.query_map([id], |row| row.get(0))?.collect::<Result<_, _>>()?,
            events: row.get(5)?,
            days: covered(row.get(6)?, row.get(7)?)?,
        });
    }
    Ok(actors)
}

/// The days between the first known start and the last known end. When only events with one known end are there, these
/// can lie the wrong way round: then nothing is covered for certain.
pub(super) fn covered(from: Option<i32>, to: Option<i32>) -> Result<Interval, Fault> {
    match (from, to) {
        (Some(from), Some(to)) if from > to => Ok(Interval::UNKNOWN),
        _ => interval(from, to),
    }
}

pub(super) fn places(conn: &Connection, like: Option<&str>) -> Result<Vec<PlaceSummary>, Fault> {
    let mut query = conn.prepare_cached(
        "SELECT p.name, p.country, p.region, p.lat, p.lon, p.precision, x.events
         FROM (SELECT place_id, count(*) AS events FROM event WHERE place_id IS NOT NULL GROUP BY place_id) x
         CROSS JOIN place p ON p.id = x.place_id
         WHERE ?1 IS NULL OR instr(p.key, ?1) OR instr(ifnull(p.region_key, ''), ?1)
         ORDER BY x.events DESC, p.name, p.id",
    )?;
    let mut rows = query.query([like.map(fold)])?;
    let mut places = Vec::new();
    while let Some(row) = rows.next()? {
        if let Some(place) = place(row, 0)? {
            places.push(PlaceSummary { place, events: row.get(6)? });
        }
    }
    Ok(places)
}

pub(super) fn stats(conn: &Connection, codes: &AllCodes) -> Result<Stats, Fault> {
    let _snapshot = super::snapshot(conn)?;
    let number = |sql: &str| conn.prepare_cached(sql)?.query_row([], |row| row.get::<_, u64>(0));
    let days = |sql: &str| conn.prepare_cached(sql)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?)));
    let (from, to) = days("SELECT (SELECT min(date_from) FROM event), (SELECT max(date_to) FROM event)")?;
    let (first, last) = days("SELECT min(published), max(published) FROM article")?;
    let mut types = Vec::new();
    let mut query = conn.prepare_cached(
        "SELECT type_id, sum(events) FROM event_count GROUP BY type_id HAVING sum(events) > 0 ORDER BY 2 DESC, type_id",
    )?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        types.push((codes.event_type.value(row.get(0)?)?, row.get(1)?));
    }
    Ok(Stats {
        schema: SCHEMA_VERSION as u64,
        bytes: number("SELECT (SELECT page_count FROM pragma_page_count) * (SELECT page_size FROM pragma_page_size)")?,
        articles: number("SELECT count(*) FROM article")?,
        sentences: number("SELECT count(*) FROM sentence")?,
        mentions: number("SELECT count(*) FROM mention")?,
        events: number("SELECT count(*) FROM event")?,
        dated_events: number("SELECT count(*) FROM event WHERE lvl <> 32")?,
        actors: number("SELECT count(DISTINCT actor_id) FROM event_actor")?,
        places: number("SELECT count(DISTINCT place_id) FROM event")?,
        days: covered(from, to)?,
        published: interval(first, last)?,
        types,
    })
}
