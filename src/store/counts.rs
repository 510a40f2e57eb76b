//! How many events there are of each type in each month: kept with every event, so that a histogram reads few rows.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::Fault;
use crate::model::Day;

/// The month of a day, counted from 1970-01.
pub(super) fn month(day: i32) -> Option<i64> {
    let (year, month, _) = Day::from_number(day)?.ymd();
    Some((i64::from(year) - 1970) * 12 + i64::from(month) - 1)
}

/// The first day of a month.
pub(super) fn first_day(month: i64) -> Option<Day> {
    let year = i32::try_from(month.div_euclid(12) + 1970).ok()?;
    Day::from_ymd(year, u32::try_from(month.rem_euclid(12) + 1).ok()?, 1)
}

/// Counts events of a type and first day more, or fewer.
pub(super) fn add(write: &Connection, type_id: i64, from: Option<i32>, more: i64) -> Result<(), Fault> {
    let month = from.and_then(month);
    // By rowid it is one row: of several, SQLite would copy the pages first, in case the statement fails half-way.
    let counted = write
        .prepare_cached(
            "UPDATE event_count SET events = events + ?3
             WHERE rowid = (SELECT rowid FROM event_count WHERE type_id = ?1 AND month IS ?2)",
        )?
        .execute(params![type_id, month, more])?;
    if counted == 0 {
        write
            .prepare_cached("INSERT INTO event_count (type_id, month, events) VALUES (?1, ?2, ?3)")?
            .execute(params![type_id, month, more])?;
    }
    Ok(())
}

/// Takes an event out of the count.
pub(super) fn remove(write: &Connection, event: i64) -> Result<(), Fault> {
    let mut row = write.prepare_cached("SELECT type_id, date_from FROM event WHERE id = ?1")?;
    let mut rows = row.query([event])?;
    match rows.next()? {
        Some(row) => add(write, row.get(0)?, row.get(1)?, -1),
        None => Ok(()),
    }
}

type Counts = BTreeMap<(i64, Option<i64>), i64>;

/// The counts as the events make them.
pub(super) fn of_events(conn: &Connection) -> Result<Counts, Fault> {
    let mut counts = Counts::new();
    let mut query = conn.prepare("SELECT type_id, date_from, count(*) FROM event GROUP BY type_id, date_from")?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let month = row.get::<_, Option<i32>>(1)?.and_then(month);
        *counts.entry((row.get(0)?, month)).or_default() += row.get::<_, i64>(2)?;
    }
    Ok(counts)
}

/// The counts as they are kept, without those that are 0.
pub(super) fn kept(conn: &Connection) -> Result<Counts, Fault> {
    let mut query = conn.prepare_cached("SELECT type_id, month, events FROM event_count WHERE events <> 0")?;
    let rows = query.query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Counts everything again.
pub(super) fn rebuild(write: &Connection) -> Result<(), Fault> {
    write.execute("DELETE FROM event_count", [])?;
    let mut put = write.prepare("INSERT INTO event_count (type_id, month, events) VALUES (?1, ?2, ?3)")?;
    for ((type_id, month), events) in of_events(write)? {
        put.execute(params![type_id, month, events])?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_counted_from_1970() {
        let of = |day: &str| month(day.parse::<Day>().unwrap().number()).unwrap();
        assert_eq!([of("1970-01-31"), of("1969-12-31"), of("2024-02-29"), of("0001-01-01")], [0, -1, 649, -23628]);
        for day in ["1970-01-01", "-0043-03-01", "2024-12-01"] {
            assert_eq!(first_day(of(day)).unwrap().to_string(), day);
        }
    }

    /// The migration counts by arithmetic of its own.
    #[test]
    fn the_migration_counts_months_as_we_do() {
        let conn = rusqlite::Connection::open_in_memory().unwrap();
        conn.execute_batch(
            "CREATE TABLE event_type (id INTEGER PRIMARY KEY); INSERT INTO event_type VALUES (1);
             CREATE TABLE event (type_id INTEGER, date_from INTEGER); CREATE TABLE article_band (article_id INTEGER);
             CREATE INDEX article_band_by_article ON article_band (article_id); INSERT INTO event VALUES (1, NULL);",
        )
        .unwrap();
        let mut put = conn.prepare("INSERT INTO event VALUES (1, ?1)").unwrap();
        for day in (Day::MIN.number()..=Day::MAX.number()).step_by(1009).chain(-800..800).chain([Day::MAX.number()]) {
            put.execute([day]).unwrap();
        }
        conn.execute_batch(include_str!("../../migrations/0014_counts.sql")).unwrap();
        assert_eq!(kept(&conn).unwrap(), of_events(&conn).unwrap());
    }
}
