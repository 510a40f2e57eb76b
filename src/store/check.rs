//! Whether a database is sound: the file itself, and everything derived against what it is derived from.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::event_rows::{COMPUTED, actor_rows, row_of};
use super::events::{mentions_of, refresh};
use super::summary::summarise;
use super::{Fault, Store, StoreError, copies, counts, snapshot};
use crate::model::{ContentHash, Span};
use crate::text::Runs;

/// What one part of the check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The part of the database.
    pub part: Part,
    /// How many things are wrong; 0: all is well.
    pub wrong: u64,
    /// The first few of them in words.
    pub examples: Vec<String>,
}

/// A part of the check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Every page, table and index of the file.
    File,
    /// Numbers that lead to rows of other tables.
    References,
    /// Articles: the words are those that were read, and what points into them stays inside.
    Articles,
    /// Events: what they say is what their mentions make of them.
    Events,
    /// The counts by month and type are those of the events.
    Counts,
    /// The search index holds the words of the sentences.
    Search,
}

impl Part {
    /// All parts, in the order in which they are checked.
    pub const ALL: &[Part] = &[Part::File, Part::References, Part::Articles, Part::Events, Part::Counts, Part::Search];

    /// Whether it can be checked only in a database that was opened for writing.
    pub fn needs_writing(self) -> bool {
        self == Part::Search
    }

    /// Whether [`Store::repair`] can compute it again from the rest.
    pub fn is_derived(self) -> bool {
        matches!(self, Part::Events | Part::Counts | Part::Search)
    }
}

/// So many examples of what is wrong are kept.
const EXAMPLES: usize = 3;

/// Collects what is wrong.
#[derive(Default)]
struct Wrong {
    count: u64,
    examples: Vec<String>,
}

impl Wrong {
    fn note(&mut self, example: impl FnOnce() -> String) {
        self.count += 1;
        if self.examples.len() < EXAMPLES {
            self.examples.push(example());
        }
    }
}

impl Store {
    /// Checks one part of the database. Nothing is changed. A part that cannot be read to its end is wrong.
    ///
    /// # Errors
    /// Holding the search index against the sentences needs a database that was opened for writing.
    pub fn check(&self, part: Part) -> Result<Checked, StoreError> {
        let mut wrong = Wrong::default();
        let checked = self.check_part(part, &mut wrong);
        match checked {
            Err(Fault::Sqlite(e)) if is_of_access(&e) => return self.at(Err(Fault::Sqlite(e))),
            Err(fault) => wrong.note(|| fault.to_string()),
            Ok(()) => {}
        }
        Ok(Checked { part, wrong: wrong.count, examples: wrong.examples })
    }

    fn check_part(&self, part: Part, wrong: &mut Wrong) -> Result<(), Fault> {
        if part == Part::Search {
            return search(&self.conn);
        }
        let _snapshot = snapshot(&self.conn)?;
        match part {
            Part::File => file(&self.conn, wrong),
            Part::References => references(&self.conn, wrong),
            Part::Articles => articles(&self.conn, wrong),
            Part::Counts => tallies(&self.conn, wrong),
            _ => self.each_wrong_event(&mut |id, what| wrong.note(|| format!("event {id}: {what}"))),
        }
    }

    /// Computes what is derived (events that differ from their mentions, the counts, the search index) again, whole or not at
    /// all.
    pub fn repair(&mut self) -> Result<(), StoreError> {
        let done = self.derive_again();
        self.at(done)
    }

    fn derive_again(&mut self) -> Result<(), Fault> {
        let write = self.conn.unchecked_transaction()?;
        let mut wrong = Vec::new();
        self.each_wrong_event(&mut |id, _| wrong.push(id))?;
        for id in wrong {
            refresh(&write, &self.codes, id)?;
        }
        counts::rebuild(&write)?;
        write.execute("INSERT INTO sentence_fts (sentence_fts) VALUES ('rebuild')", [])?;
        write.commit()?;
        Ok(())
    }

    /// Hands over every event whose row or actors are not what its mentions make of it.
    fn each_wrong_event(&self, each: &mut dyn FnMut(i64, &'static str)) -> Result<(), Fault> {
        let (conn, codes) = (&self.conn, &self.codes);
        let mut rows = conn.prepare(&format!("SELECT id, {COMPUTED} FROM event ORDER BY id"))?;
        let mut of_event = conn.prepare_cached(
            "SELECT actor_id, role_id, type_id, lvl, date_from, date_to FROM event_actor WHERE event_id = ?1
             ORDER BY actor_id, role_id",
        )?;
        let width = rows.column_count();
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let id: i64 = row.get(0)?;
            let Some(summary) = summarise(&mentions_of(conn, codes, id)?) else {
                each(id, "no article tells of it");
                continue;
            };
            let stored = (1..width).map(|i| row.get::<_, Value>(i)).collect::<Result<Vec<_>, _>>()?;
            if stored != row_of(codes, &summary)? {
                each(id, "it differs from what its mentions say");
                continue;
            }
            let taking_part = of_event
                .query_map([id], |row| {
                    Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?])
                })?
                .collect::<Result<Vec<[Value; 6]>, _>>()?;
            let mut said = actor_rows(codes, &summary)?;
            said.sort_by_key(|[actor, role, ..]| (number(actor), number(role)));
            if taking_part != said {
                each(id, "its actors differ from those of its mentions");
            }
        }
        Ok(())
    }
}

fn number(value: &Value) -> i64 {
    if let Value::Integer(n) = value { *n } else { i64::MIN }
}

/// Whether an error says that the check could not be made, not that something is wrong.
fn is_of_access(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{CannotOpen, DatabaseBusy, DatabaseLocked, DiskFull, OutOfMemory, ReadOnly};
    matches!(
        error.sqlite_error_code(),
        Some(CannotOpen | DatabaseBusy | DatabaseLocked | DiskFull | OutOfMemory | ReadOnly)
    )
}

fn file(conn: &Connection, wrong: &mut Wrong) -> Result<(), Fault> {
    // One finding ends it: the walk through the rows of a table whose pages are damaged need not end.
    let mut check = conn.prepare("PRAGMA integrity_check(1)")?;
    let mut rows = check.query([])?;
    while let Some(row) = rows.next()? {
        let says: String = row.get(0)?;
        if says != "ok" {
            wrong.note(|| says.lines().collect::<Vec<_>>().join(" "));
        }
    }
    Ok(())
}

fn references(conn: &Connection, wrong: &mut Wrong) -> Result<(), Fault> {
    let mut check = conn.prepare("SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2")?;
    let mut rows = check.query([])?;
    while let Some(row) = rows.next()? {
        let (table, parent, count): (String, String, u64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        wrong.note(|| format!("{count} in {table} lead to rows of {parent} that are not there"));
        wrong.count += count - 1;
    }
    let mut tombstones = conn.prepare("SELECT m.event_id FROM event_merged m JOIN event e ON e.id = m.event_id")?;
    let mut rows = tombstones.query([])?;
    while let Some(row) = rows.next()? {
        let id: i64 = row.get(0)?;
        wrong.note(|| format!("event {id} is there and went into another"));
    }
    Ok(())
}

fn articles(conn: &Connection, wrong: &mut Wrong) -> Result<(), Fault> {
    let mut all = conn.prepare("SELECT id, sha256, text, body_start FROM article ORDER BY id")?;
    let mut spans = conn.prepare(
        "SELECT 'sentence', start, end FROM sentence WHERE article_id = ?1
         UNION ALL SELECT 'head_part', start, end FROM head_part WHERE article_id = ?1
         UNION ALL SELECT 'timex', start, end FROM timex WHERE article_id = ?1
         UNION ALL SELECT 'note', start, end FROM note WHERE article_id = ?1 AND start NOT NULL
         UNION ALL SELECT 'mention', trigger_start, trigger_end FROM mention WHERE article_id = ?1
         UNION ALL SELECT 'mention', place_start, place_end FROM mention WHERE article_id = ?1 AND place_start NOT NULL
         UNION ALL SELECT 'mention', attribution_start, attribution_end FROM mention
                   WHERE article_id = ?1 AND attribution_start NOT NULL
         UNION ALL SELECT 'participant', start, end FROM participant WHERE article_id = ?1
         UNION ALL SELECT 'count', start, end FROM count WHERE article_id = ?1
         UNION ALL SELECT 'reason', start, end FROM reason WHERE article_id = ?1 AND start NOT NULL",
    )?;
    let mut band = conn.prepare("SELECT 1 FROM article_band WHERE band = ?1 AND article_id = ?2")?;
    let mut noted = 0;
    let mut rows = all.query([])?;
    while let Some(row) = rows.next()? {
        let (id, hash, text): (i64, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        if hash != ContentHash::of(&text).to_string() {
            wrong.note(|| format!("article {id}: its text is not the one that was read"));
        }
        let body: usize = row.get(3)?;
        if text.get(body..).is_none() {
            wrong.note(|| format!("article {id}: its body begins outside its text"));
        }
        let mut inside = spans.query([id])?;
        while let Some(row) = inside.next()? {
            let (table, span): (String, Span) = (row.get(0)?, Span { start: row.get(1)?, end: row.get(2)? });
            if text.get(span.range()).is_none() {
                wrong.note(|| format!("article {id}: a span of {table} lies outside its text"));
            }
        }
        // Copies have no bands, nor have articles that were read before there were any.
        let bands = copies::bands_in_order(&Runs::of(&text));
        let mut there = 0;
        for of_text in &bands {
            there += usize::from(band.exists([*of_text, id])?);
        }
        noted += there;
        if there != 0 && there != bands.len() {
            wrong.note(|| format!("article {id}: copies of it are not found by all of its words"));
        }
    }
    let all: usize = conn.query_row("SELECT count(*) FROM article_band", [], |row| row.get(0))?;
    if noted != all {
        wrong.note(|| "copies are looked for by words that their articles do not have".to_owned());
    }
    Ok(())
}

fn tallies(conn: &Connection, wrong: &mut Wrong) -> Result<(), Fault> {
    let (kept, made) = (counts::kept(conn)?, counts::of_events(conn)?);
    for (key, events) in &made {
        if kept.get(key) != Some(events) {
            wrong.note(|| {
                format!("{} events of a type and month are counted as {}", events, kept.get(key).unwrap_or(&0))
            });
        }
    }
    for _ in kept.keys().filter(|key| !made.contains_key(key)) {
        wrong.note(|| "events are counted that are not there".to_owned());
    }
    Ok(())
}

/// Has the search index compare itself with the sentences.
fn search(conn: &Connection) -> Result<(), Fault> {
    conn.execute("INSERT INTO sentence_fts (sentence_fts, rank) VALUES ('integrity-check', 1)", [])?;
    Ok(())
}
