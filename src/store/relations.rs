//! Who acts with whom, and how much of what there is when.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::codes::{AllCodes, name};
use super::entry::country;
use super::lists::covered;
use super::{Fault, Store, StoreError, actors, counts, snapshot};
use crate::model::{ActorId, ActorSummary, Country, Day, EventType, Tally, TallyBy};

impl Store {
    /// The actors that take part in events with the one of this name, most frequent first, with the number of common events
    /// and the days that these cover.
    ///
    /// # Errors
    /// `NoActor`, with suggestions, if nobody has the name.
    pub fn actors_with(&self, name: &str, country: Option<Country>) -> Result<Vec<ActorSummary>, StoreError> {
        self.at(with(&self.conn, name, country))
    }

    /// How many events there are of each day, month, type or combination of them, in that order. An event of more than one
    /// day counts on its first; without a first day it counts under no date.
    pub fn tally(&self, by: &[TallyBy]) -> Result<Vec<Tally>, StoreError> {
        self.at(tally(&self.conn, &self.codes, by))
    }
}

fn with(conn: &Connection, asked: &str, of: Option<Country>) -> Result<Vec<ActorSummary>, Fault> {
    let _snapshot = snapshot(conn)?;
    let ids = serde_json::Value::from(actors::named(conn, asked, of)?).to_string();
    let mut query = conn.prepare_cached(
        "WITH one (id) AS (SELECT value FROM json_each(?1)),
              common (id) AS (SELECT DISTINCT x.event_id FROM one CROSS JOIN event_actor x ON x.actor_id = one.id)
         SELECT a.id, a.name, a.kind, a.country, a.sector, count(DISTINCT c.id) AS events, min(x.date_from), max(x.date_to)
         FROM common c CROSS JOIN event_actor x ON x.event_id = c.id CROSS JOIN actor a ON a.id = x.actor_id
         WHERE a.id NOT IN (SELECT id FROM one)
         GROUP BY a.id ORDER BY events DESC, a.name, a.id",
    )?;
    let mut rows = query.query([ids])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(ActorSummary {
            id: ActorId(row.get(0)?),
            name: row.get(1)?,
            kind: name("actor kind", row.get(2)?)?,
            country: country(row.get(3)?)?,
            sector: name("sector", row.get(4)?)?,
            aliases: Vec::new(),
            events: row.get(5)?,
            days: covered(row.get(6)?, row.get(7)?)?,
        });
    }
    Ok(found)
}

fn tally(conn: &Connection, codes: &AllCodes, by: &[TallyBy]) -> Result<Vec<Tally>, Fault> {
    let (days, months, types) = (by.contains(&TallyBy::Day), by.contains(&TallyBy::Month), by.contains(&TallyBy::Type));
    if !days {
        return by_month(conn, codes, months, types);
    }
    let mut query =
        conn.prepare_cached("SELECT date_from, iif(?1, type_id, NULL), count(*) FROM event GROUP BY 1, 2")?;
    let mut rows = query.query([types])?;
    let mut counts: Tallies = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let day = row.get::<_, Option<i32>>(0)?.and_then(Day::from_number);
        let kind = row.get::<_, Option<i64>>(1)?.map(|id| codes.event_type.value(id)).transpose()?;
        count(&mut counts, day.map(|day| (day, day.to_string())), kind, row.get(2)?);
    }
    Ok(counts.into_values().collect())
}

/// What is counted is sorted by date, without a date last, then by type.
type Tallies = BTreeMap<(bool, Option<Day>, Option<EventType>), Tally>;

fn count(counts: &mut Tallies, date: Option<(Day, String)>, event_type: Option<EventType>, events: u64) {
    let key = (date.is_none(), date.as_ref().map(|(day, _)| *day), event_type);
    let tally = || Tally { date: date.map(|(_, text)| text), event_type, events: 0 };
    counts.entry(key).or_insert_with(tally).events += events;
}

/// The same from the counts that are kept.
fn by_month(conn: &Connection, codes: &AllCodes, months: bool, types: bool) -> Result<Vec<Tally>, Fault> {
    let mut counts: Tallies = BTreeMap::new();
    for ((type_id, month), events) in counts::kept(conn)? {
        let day = month.filter(|_| months).and_then(counts::first_day);
        let date = day.map(|day| {
            let text = day.to_string();
            (day, text.strip_suffix("-01").unwrap_or(&text).to_owned())
        });
        let kind = if types { Some(codes.event_type.value(type_id)?) } else { None };
        count(&mut counts, date, kind, u64::try_from(events).unwrap_or(0));
    }
    Ok(counts.into_values().collect())
}
