//! From a filter to the SQL that finds its events.
//!
//! The query walks one index, the driver: of the rarest actor, of the words, of the place, of the types, or of the dates.
//! For every length class of intervals (`lvl`, see `migrations/0004_events.sql`) it has one arm, each a short range of
//! that index in the order of the result; SQLite merges the arms as rows are asked for, so the first rows come at once
//! and nothing is sorted. Words that stand in few sentences lead by those; of frequent ones the sentences are listed
//! once, as a set of numbers, and another index leads (see `words`). The events of a second frequent actor are such a set
//! too. Everything else that the filter asks is checked row by row. `INDEXED BY` pins the plan: should an index not serve its
//! arm any more, the query fails in the tests instead of crawling in the field.

use std::fmt::Write;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::codes::AllCodes;
use super::rows::thousandths;
use super::summary::{SINCE, UNKNOWN, UNTIL};
use super::words::{Way, fts_query};
use super::{Fault, actors, places};
use crate::model::{Day, Filter, Interval, Order};
use crate::text::fold;

/// A query for the ids of events, in order.
pub(super) struct Ids {
    pub sql: String,
    pub values: Vec<Value>,
}

/// Events of unknown date come after all others: the days that they are sorted by.
pub(super) const LAST: i64 = i32::MAX as i64;
pub(super) const FIRST: i64 = i32::MIN as i64;

/// More arms than this are not merged but sorted.
const MOST_ARMS: usize = 120;

/// An actor in at most so many events leads, and the others are asked for in each of these (3 µs). Above that the events of
/// all but one are listed first (0.1 µs each).
const RARE: usize = 1_500;

struct Builder<'a> {
    conn: &'a Connection,
    codes: &'a AllCodes,
    filter: &'a Filter,
    values: Vec<Value>,
    actors: Vec<actors::InRole>,
    /// All actors are frequent.
    listed: bool,
    places: Option<Vec<i64>>,
    types: Vec<i64>,
}

/// Builds the query.
pub(super) fn build(conn: &Connection, codes: &AllCodes, filter: &Filter) -> Result<Ids, Fault> {
    let mut actor_ids = Vec::new();
    for actor in &filter.actors {
        let role = actor.role.map(|role| codes.role.id(role)).transpose()?;
        actor_ids.push((actors::named(conn, &actor.name, actor.country)?, role));
    }
    // The rarest actor leads; of frequent ones the one whose name means fewest, for each of these is an arm of its own.
    let mut counted = Vec::new();
    for (i, (ids, _)) in actor_ids.iter().enumerate() {
        let events = if actor_ids.len() > 1 { actors::count_up_to(conn, ids, RARE + 1)? } else { 0 };
        counted.push((events, ids.len(), i));
    }
    counted.sort_unstable();
    let listed = counted.first().is_some_and(|(events, ..)| *events > RARE);
    let actors = counted.iter().map(|(.., i)| actor_ids[*i].clone()).collect();
    let places = filter.place.as_ref().map(|p| places::inside(conn, &p.name, p.country)).transpose()?;
    let mut types = filter.types.iter().map(|t| codes.event_type.id(*t)).collect::<Result<Vec<_>, _>>()?;
    types.sort_unstable();
    types.dedup();
    Builder { conn, codes, filter, values: Vec::new(), actors, listed, places, types }.build()
}

/// The level present in the table, each once.
fn levels(conn: &Connection) -> Result<Vec<i64>, Fault> {
    let mut levels = conn.prepare_cached(
        "WITH RECURSIVE present (lvl) AS (
             SELECT min(lvl) FROM event
             UNION ALL SELECT (SELECT min(e.lvl) FROM event e WHERE e.lvl > present.lvl) FROM present WHERE present.lvl NOT NULL)
         SELECT lvl FROM present WHERE lvl NOT NULL",
    )?;
    Ok(levels.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

impl Builder<'_> {
    fn build(mut self) -> Result<Ids, Fault> {
        let (body, unknown) = match self.filter.text.as_deref() {
            None => self.by_index("")?,
            Some(text) => {
                let query = fts_query(text)?;
                let way = if self.filter.limit.is_some() { Way::of(self.conn, &query)? } else { Way::Look };
                let words = self.value(query);
                match way {
                    Way::Look => (self.by_words(&words)?, None),
                    Way::Walk(sentences) => {
                        let sentences = self.value(sentences);
                        let told = told(|sentence| format!("has_bit({sentences}, {sentence})"));
                        self.by_index(&told)?
                    }
                    Way::Ask => {
                        let asked = |sentence: &str| {
                            format!(
                                "EXISTS (SELECT 1 FROM sentence_fts WHERE text MATCH {words} AND rowid = {sentence})"
                            )
                        };
                        self.by_index(&told(asked))?
                    }
                }
            }
        };
        let order = match self.filter.order {
            Order::Date => "ORDER BY sort, lvl, until, id",
            Order::Newest => "ORDER BY sort DESC, lvl DESC, until DESC, id DESC",
            Order::Confidence => "ORDER BY confidence DESC, sort, lvl, until, id",
        };
        let limit = self.filter.limit.map_or(-1, |l| i64::try_from(l).unwrap_or(i64::MAX));
        let (limit, offset) = (self.value(limit), self.value(i64::try_from(self.filter.offset).unwrap_or(i64::MAX)));
        let sql = match (self.filter.order, unknown) {
            (Order::Confidence, unknown) => {
                let (sort, unknown) = (self.unknown_sort(), unknown.unwrap_or("SELECT 0 AS id WHERE 0".to_owned()));
                format!(
                    "SELECT f.id FROM (SELECT f.*, e.confidence FROM
                         (SELECT * FROM ({body}) UNION ALL SELECT {sort}, {UNKNOWN}, NULL, id FROM ({unknown})) f
                         CROSS JOIN event e ON e.id = f.id) f
                     {order} LIMIT {limit} OFFSET {offset}"
                )
            }
            (_, None) => format!("SELECT id FROM ({body} {order} LIMIT {limit} OFFSET {offset})"),
            // Events without a date come last, and are not even looked for before. Merged with the others they would all be
            // sorted, for SQLite does not see that they are in order. LIMIT -1 keeps the parts as they are.
            (ordered, Some(unknown)) => {
                let by_id = if ordered == Order::Newest { "ORDER BY id DESC" } else { "ORDER BY id" };
                format!(
                    "SELECT id FROM (SELECT id FROM ({body} {order} LIMIT -1)
                                     UNION ALL SELECT id FROM ({unknown} {by_id} LIMIT -1)) LIMIT {limit} OFFSET {offset}"
                )
            }
        };
        Ok(Ids { sql, values: self.values })
    }

    /// Binds a value and returns its name in the SQL.
    fn value(&mut self, value: impl Into<Value>) -> String {
        self.values.push(value.into());
        format!("?{}", self.values.len())
    }

    /// A list of ids for `IN`.
    fn list(&mut self, ids: &[i64]) -> String {
        if ids.len() <= 50 {
            let ids: Vec<String> = ids.iter().map(i64::to_string).collect();
            return format!("({})", ids.join(", "));
        }
        let json = serde_json::Value::from(ids.to_vec()).to_string();
        let json = self.value(json);
        format!("(SELECT value FROM json_each({json}))")
    }

    /// Events with a mention whose sentence holds the words: all of them are looked at, then sorted.
    fn by_words(&mut self, words: &str) -> Result<String, Fault> {
        let actors = std::mem::take(&mut self.actors);
        let mut rest = self.rest("e.id", &actors)?;
        if let Some(places) = self.places.take() {
            let list = self.list(&places);
            let _ = write!(rest, " AND e.place_id IN {list}");
        }
        if !self.types.is_empty() {
            let types = std::mem::take(&mut self.types);
            let list = self.list(&types);
            let _ = write!(rest, " AND e.type_id IN {list}");
        }
        if let Some(dates) = self.filter.dates {
            rest.push_str(" AND e.lvl <> 32");
            if let Some(to) = dates.to() {
                let to = self.value(i64::from(to.number()));
                let _ = write!(rest, " AND (e.date_from IS NULL OR e.date_from <= {to})");
            }
            if let Some(from) = dates.from() {
                let from = self.value(i64::from(from.number()));
                let _ = write!(rest, " AND (e.date_to IS NULL OR e.date_to >= {from})");
            }
        }
        let unknown = self.unknown_sort();
        Ok(format!(
            "SELECT coalesce(e.date_from, e.date_to, {unknown}) AS sort, e.lvl AS lvl,
                    iif(e.date_from IS NULL, NULL, e.date_to) AS until, e.id AS id
             FROM (SELECT DISTINCT m.event_id
                   FROM (SELECT w.rowid AS id, (SELECT max(first_sentence) FROM article WHERE first_sentence <= w.rowid) AS first
                         FROM sentence_fts w WHERE w.text MATCH {words}) s
                   CROSS JOIN article r INDEXED BY article_by_first_sentence ON r.first_sentence = s.first
                   CROSS JOIN mention m ON m.article_id = r.id AND m.sentence = s.id - s.first) f
             CROSS JOIN event e ON e.id = f.event_id WHERE 1{rest}"
        ))
    }

    fn unknown_sort(&self) -> i64 {
        if self.filter.order == Order::Newest { FIRST } else { LAST }
    }

    /// Events by an index that has the dates behind its first column: those with a date, and the ids of the others. `told` is
    /// what must hold of the sentences.
    fn by_index(&mut self, told: &str) -> Result<(String, Option<String>), Fault> {
        let levels: Vec<i64> =
            levels(self.conn)?.into_iter().filter(|l| *l != UNKNOWN || self.filter.dates.is_none()).collect();
        // (table and index, name of the event's id, conditions on the first column, whether an event can come twice)
        let mut actors = std::mem::take(&mut self.actors);
        let (from, id, heads, twice) = if !actors.is_empty() {
            let (ids, role) = actors.remove(0);
            let role = role.map(|r| format!(" AND x.role_id = {r}")).unwrap_or_default();
            let heads = self.heads("x.actor_id", &ids, levels.len()).into_iter().map(|h| h + &role).collect();
            ("event_actor x INDEXED BY event_actor_by_actor", "x.event_id", heads, true)
        } else if let Some(places) = self.places.take() {
            let heads = self.heads("x.place_id", &places, levels.len());
            ("event x INDEXED BY event_by_place", "x.id", heads, false)
        } else if !self.types.is_empty() {
            let types = std::mem::take(&mut self.types);
            let heads = self.heads("x.type_id", &types, levels.len());
            ("event x INDEXED BY event_by_type", "x.id", heads, false)
        } else {
            ("event x INDEXED BY event_by_date", "x.id", vec!["1".to_owned()], false)
        };
        let mut rest = self.rest(id, &actors)? + told;
        if !self.types.is_empty() {
            let types = std::mem::take(&mut self.types);
            let list = self.list(&types);
            let _ = write!(rest, " AND x.type_id IN {list}");
        }
        if let Some(places) = self.places.take() {
            let list = self.list(&places);
            let _ = write!(rest, " AND e.place_id IN {list}");
        }
        let event = if rest.contains(" e.") && twice {
            " CROSS JOIN event e ON e.id = x.event_id".to_owned()
        } else {
            rest = rest.replace(" e.", " x.");
            String::new()
        };
        let (mut arms, mut unknown) = (Vec::new(), Vec::new());
        for head in &heads {
            for level in &levels {
                if *level == UNKNOWN {
                    unknown.push(format!(
                        "SELECT {id} AS id FROM {from}{event} WHERE {head} AND x.lvl = {level} AND x.date_from IS NULL AND x.date_to IS NULL{rest}"
                    ));
                    continue;
                }
                let (sort, range) = self.range(*level);
                // Where the first day is unknown it is NULL, and the index knows that.
                let until = if *level == UNTIL { "x.date_from" } else { "x.date_to" };
                arms.push(format!(
                    "SELECT {sort} AS sort, x.lvl AS lvl, {until} AS until, {id} AS id FROM {from}{event} WHERE {head} AND x.lvl = {level}{range}{rest}"
                ));
            }
        }
        let joined = |mut arms: Vec<String>, none: &str| match arms.len() {
            0 => none.to_owned(),
            1 => arms.remove(0).replacen("SELECT", "SELECT DISTINCT", 1),
            _ => arms.join(if twice { " UNION " } else { " UNION ALL " }),
        };
        let none = "SELECT 0 AS sort, 0 AS lvl, 0 AS until, 0 AS id WHERE 0";
        Ok((joined(arms, none), Some(joined(unknown, "SELECT 0 AS id WHERE 0"))))
    }

    /// Conditions on the first column of an index: one for each value, or a single one for all when they are many.
    fn heads(&mut self, column: &str, ids: &[i64], levels: usize) -> Vec<String> {
        if ids.len() * levels.max(1) <= MOST_ARMS {
            ids.iter().map(|id| format!("{column} = {id}")).collect()
        } else {
            vec![format!("{column} IN {}", self.list(ids))]
        }
    }

    /// The column that sorts a length class, and the condition that its intervals overlap the days of the filter.
    fn range(&mut self, level: i64) -> (String, String) {
        let dates = self.filter.dates.unwrap_or(Interval::UNKNOWN);
        let day = |d: Option<Day>| d.map(|d| i64::from(d.number()));
        let (q0, q1) = (day(dates.from()), day(dates.to()));
        let mut range = String::new();
        let (starts, ends) = match level {
            UNTIL => (false, true),
            SINCE => (true, false),
            _ => (true, true),
        };
        if !starts {
            range.push_str(" AND x.date_from IS NULL");
        }
        if let (true, Some(q1)) = (starts, q1) {
            let q1 = self.value(q1);
            let _ = write!(range, " AND x.date_from <= {q1}");
        }
        if let (true, Some(q0)) = (ends, q0) {
            if starts {
                let earliest = self.value(q0 - (1 << level) + 1);
                let _ = write!(range, " AND x.date_from >= {earliest}");
            }
            let q0 = self.value(q0);
            let _ = write!(range, " AND x.date_to >= {q0}");
        }
        (if starts { "x.date_from" } else { "x.date_to" }.to_owned(), range)
    }

    /// Everything else that must hold, as conditions on the event `e` and on the id `id`.
    fn rest(&mut self, id: &str, actors: &[actors::InRole]) -> Result<String, Fault> {
        let mut rest = String::new();
        for actor in actors {
            let events = if self.listed { actors::events_of(self.conn, actor)? } else { None };
            if let Some(events) = events {
                let events = self.value(events);
                let _ = write!(rest, " AND has_bit({events}, {id})");
                continue;
            }
            let (ids, role) = actor;
            let list = self.list(ids);
            let role = role.map(|r| format!(" AND a.role_id = {r}")).unwrap_or_default();
            let _ = write!(
                rest,
                " AND EXISTS (SELECT 1 FROM event_actor a WHERE a.event_id = {id} AND a.actor_id IN {list}{role})"
            );
        }
        if let Some(modality) = self.filter.modality {
            let _ = write!(rest, " AND e.modality_id = {}", self.codes.modality.id(modality)?);
        }
        if let Some(polarity) = self.filter.polarity {
            let _ = write!(rest, " AND e.polarity_id = {}", self.codes.polarity.id(polarity)?);
        }
        if let Some(sources) = self.filter.min_sources {
            let _ = write!(rest, " AND e.sources >= {sources}");
        }
        if let Some(confidence) = self.filter.min_confidence {
            let _ = write!(rest, " AND e.confidence >= {}", thousandths(confidence));
        }
        if !self.filter.origins.is_empty() {
            let names: Vec<&str> = self.filter.origins.iter().map(|o| o.as_str()).collect();
            let names = self.value(serde_json::Value::from(names).to_string());
            let extracted = crate::model::Origin::Extracted;
            let _ = write!(
                rest,
                " AND (SELECT ifnull(r.imported, '{extracted}') FROM article r WHERE r.id = e.lead_article)
                      IN (SELECT value FROM json_each({names}))"
            );
        }
        if let Some(source) = self.filter.source.as_deref() {
            let outlets = self.outlets(source)?;
            let host = format!("%://%{}%", source.trim().to_lowercase().replace(['%', '_'], ""));
            let outlets = self.value(serde_json::Value::from(outlets).to_string());
            let mut told = format!("r.source IN (SELECT value FROM json_each({outlets}))");
            if source.contains('.') {
                let host = self.value(host);
                let _ = write!(told, " OR r.url LIKE {host}");
            }
            let _ = write!(
                rest,
                " AND EXISTS (SELECT 1 FROM mention m CROSS JOIN article r ON r.id = m.article_id
                              WHERE m.event_id = {id} AND ({told}))"
            );
        }
        Ok(rest)
    }

    /// The outlets that are written like this one, but for case and accents.
    fn outlets(&self, source: &str) -> Result<Vec<String>, Fault> {
        let mut all = self.conn.prepare_cached(
            "WITH RECURSIVE outlet (name) AS (
                 SELECT min(source) FROM article WHERE source NOT NULL
                 UNION ALL SELECT (SELECT min(a.source) FROM article a WHERE a.source > outlet.name AND a.source NOT NULL)
                           FROM outlet WHERE outlet.name NOT NULL)
             SELECT name FROM outlet WHERE name NOT NULL",
        )?;
        let key = fold(source);
        let mut same = Vec::new();
        let mut rows = all.query([])?;
        while let Some(row) = rows.next()? {
            let name: String = row.get(0)?;
            if fold(&name) == key {
                same.push(name);
            }
        }
        Ok(same)
    }
}

/// The condition that a sentence of the event `e` holds words: the one that tells of it best, which its row knows, or that of
/// another mention. `holds` is the condition on one sentence.
fn told(holds: impl Fn(&str) -> String) -> String {
    format!(
        " AND ({} OR e.mentions > 1 AND EXISTS (SELECT 1 FROM mention m CROSS JOIN article r ON r.id = m.article_id
                                               WHERE m.event_id = e.id AND {}))",
        holds("e.lead_sentence"),
        holds("r.first_sentence + m.sentence")
    )
}
