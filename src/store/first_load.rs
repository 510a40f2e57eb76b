//! The first load of a database: the search index and the indexes by which events are found are built at its end, which takes
//! half the time. A file without them is one whose first load did not end; whoever opens it ends it.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use super::{Fault, Store, StoreError};

/// The indexes that saving does without, as the schema has them.
const LEFT_OUT: [(&str, &str); 4] = [
    ("event_by_date", "CREATE INDEX event_by_date ON event (lvl, date_from, date_to, id, lead_sentence, mentions)"),
    ("event_by_type", "CREATE INDEX event_by_type ON event (type_id, lvl, date_from, date_to)"),
    (
        "event_by_place",
        "CREATE INDEX event_by_place ON event (place_id, lvl, date_from, date_to) WHERE place_id IS NOT NULL",
    ),
    (
        "event_actor_by_actor",
        "CREATE INDEX event_actor_by_actor ON event_actor (actor_id, lvl, date_from, date_to, event_id, type_id)",
    ),
];

/// Bytes of words that the search index keeps in memory before it writes them: while all of it is built, and else.
const WORDS_AT_ONCE: [i64; 2] = [16 << 20, 1 << 20];

impl Store {
    /// Begins the first load of an empty database: until [`Store::finish_first_load`] articles are saved without the
    /// indexes that only searches need. Nothing can be searched meanwhile, nor linked. In a database that has articles
    /// nothing happens, and `false` is returned.
    ///
    /// Should the program end before the load does, what was committed is safe, and the indexes are built when the
    /// file is opened next.
    pub fn begin_first_load(&mut self) -> Result<bool, StoreError> {
        let begun = leave_out(&self.conn);
        self.loading = matches!(begun, Ok(true));
        self.at(begun)
    }

    /// Ends the first load: builds what was left out, whole or not at all. Readers go on meanwhile.
    pub fn finish_first_load(&mut self) -> Result<(), StoreError> {
        let done = finish(&self.conn);
        self.loading &= done.is_err();
        self.at(done)
    }

    /// Notices, at the beginning of a transaction, that other programs have written meanwhile: whether one has built the
    /// indexes, which must be kept from then on.
    pub(super) fn transaction_began(&mut self) -> Result<(), Fault> {
        let version = self.conn.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))?;
        self.known.holds_at(version);
        self.unindexed.clear();
        self.loading = self.loading && is_unfinished(&self.conn)?;
        Ok(())
    }
}

fn leave_out(conn: &Connection) -> Result<bool, Fault> {
    let write = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    if write.query_row("SELECT EXISTS (SELECT 1 FROM article)", [], |row| row.get(0))? {
        return Ok(false);
    }
    for (name, _) in LEFT_OUT {
        write.execute_batch(&format!("DROP INDEX IF EXISTS {name}"))?;
    }
    write.commit()?;
    Ok(true)
}

/// Whether the first load of a database did not end.
pub(super) fn is_unfinished(conn: &Connection) -> Result<bool, Fault> {
    let mut there = conn.prepare_cached("SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?1")?;
    for (name, _) in LEFT_OUT {
        if !there.exists([name])? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Builds the indexes that are not there, and the search index.
pub(super) fn finish(conn: &Connection) -> Result<(), Fault> {
    // What is sorted does not fit into memory.
    conn.pragma_update(None, "temp_store", "FILE")?;
    let write = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    // Another program may have been faster.
    if is_unfinished(&write)? {
        let words_at_once = |bytes: i64| {
            write.execute("INSERT INTO sentence_fts (sentence_fts, rank) VALUES ('hashsize', ?1)", [bytes])
        };
        words_at_once(WORDS_AT_ONCE[0])?;
        write.execute("INSERT INTO sentence_fts (sentence_fts) VALUES ('rebuild')", [])?;
        // Out of the way of what comes later: a part as large as this among the small ones of single articles would be written
        // anew with the first sixteen of them, in one commit.
        write.execute("INSERT INTO sentence_fts (sentence_fts) VALUES ('optimize')", [])?;
        words_at_once(WORDS_AT_ONCE[1])?;
        // After the words: the indexes fill the pages that putting the parts together has left.
        for (name, sql) in LEFT_OUT {
            write.execute_batch(&format!("DROP INDEX IF EXISTS {name}; {sql}"))?;
        }
    }
    write.commit()?;
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_indexes_are_those_of_the_schema() {
        let conn = super::super::open::in_memory().unwrap();
        for (name, sql) in LEFT_OUT {
            let of_schema: String = conn
                .query_row("SELECT sql FROM sqlite_schema WHERE type = 'index' AND name = ?1", [name], |row| row.get(0))
                .unwrap();
            assert_eq!(sql, of_schema);
        }
        assert!(!is_unfinished(&conn).unwrap());
    }
}
