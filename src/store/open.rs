//! Opening: whose file is it, how old is it, and how little it is trusted.

use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use rusqlite_migration::{M, Migrations};

use super::{Fault, first_load};

/// "dtln" in the header of the file.
pub(super) const APPLICATION_ID: i64 = 0x6474_6C6E;

/// Every step of the schema. It only grows: a released step is never edited.
const STEPS: &[M<'static>] = &[
    M::up(include_str!("../../migrations/0001_names.sql")),
    M::up(include_str!("../../migrations/0002_articles.sql")),
    M::up(include_str!("../../migrations/0003_actors_and_places.sql")),
    M::up(include_str!("../../migrations/0004_events.sql")),
    M::up(include_str!("../../migrations/0005_mentions.sql")),
    M::up(include_str!("../../migrations/0006_search.sql")),
    M::up(include_str!("../../migrations/0007_views.sql")),
    M::up(include_str!("../../migrations/0008_ranges.sql")),
    M::up(include_str!("../../migrations/0009_languages.sql")),
    M::up(include_str!("../../migrations/0010_sectors.sql")),
    M::up(include_str!("../../migrations/0011_readers.sql")),
    M::up(include_str!("../../migrations/0012_copies.sql")),
    M::up(include_str!("../../migrations/0013_decisions.sql")),
    M::up(include_str!("../../migrations/0014_counts.sql")),
    M::up(include_str!("../../migrations/0015_imports.sql")),
    M::up(include_str!("../../migrations/0016_former_office.sql")),
    M::up(include_str!("../../migrations/0017_search_by_day.sql")),
    M::up(include_str!("../../migrations/0018_smaller_rows.sql")),
];

/// The schema that this program writes.
pub const SCHEMA_VERSION: usize = STEPS.len();

const fn migrations() -> Migrations<'static> {
    Migrations::from_slice(STEPS)
}

/// Opens a database for reading and writing, makes it if there is none, and upgrades it if it is older.
///
/// Another process may be making or upgrading the same file: SQLite then says "busy" at once, without waiting as it does
/// elsewhere, for it sees a deadlock. Trying anew is what it wants.
pub(super) fn for_writing(path: &Path) -> Result<Connection, Fault> {
    for _ in 0..TRIES {
        match try_for_writing(path) {
            Err(Fault::Sqlite(e)) if e.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => sleep(PAUSE),
            outcome => return outcome,
        }
    }
    try_for_writing(path)
}

/// Bytes of a page of a new file.
const PAGE: u32 = 8_192;
/// Pages in the log after which they are copied into the file.
const CHECKPOINT: u32 = 2_048;

/// How often, and after what pause, a busy file is tried again: ten seconds in all.
const TRIES: usize = 500;
const PAUSE: Duration = Duration::from_millis(20);

fn try_for_writing(path: &Path) -> Result<Connection, Fault> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags)?;
    distrust(&conn)?;
    let version = schema_of(&conn)?;
    // Articles are long: on larger pages less of the file stays empty. A file that is there keeps the size it has.
    conn.pragma_update(None, "page_size", PAGE)?;
    conn.pragma_update(None, "journal_mode", "WAL")?;
    conn.pragma_update(None, "synchronous", "NORMAL")?;
    conn.pragma_update(None, "journal_size_limit", 64 << 20)?;
    // Checkpoints write and sync every changed page: rarely enough that many articles share them, often enough that none
    // takes long.
    conn.pragma_update(None, "wal_autocheckpoint", CHECKPOINT)?;
    conn.pragma_update(None, "cache_size", -65_536)?;
    // What a savepoint would undo is kept in memory, not in a file: it is one article. Readers keep theirs in files, for
    // a sort of everything must not fill the memory.
    conn.pragma_update(None, "temp_store", "MEMORY")?;
    if version < SCHEMA_VERSION {
        upgrade(&mut conn, SCHEMA_VERSION)?;
    }
    if first_load::is_unfinished(&conn)? {
        first_load::finish(&conn)?;
    }
    Ok(conn)
}

/// Opens a database for reading only. An older one is upgraded first, if it can be written to.
pub(super) fn for_reading(path: &Path) -> Result<Connection, Fault> {
    match std::fs::metadata(path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Err(Fault::Missing),
        Ok(file) if file.len() == 0 => return Err(Fault::Missing),
        _ => {}
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut conn = Connection::open_with_flags(path, flags)?;
    distrust(&conn)?;
    let version = match schema_of(&conn) {
        // A database in a folder that can't be written to has no room for the files that readers share. As long as no
        // writer has left anything behind, it can be read as one that never changes.
        Err(Fault::Sqlite(e)) if cannot_share(&e) && !has_log(path) => {
            let uri = format!("file:{}?immutable=1", percent_encoded(path));
            conn = Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)?;
            distrust(&conn)?;
            schema_of(&conn)?
        }
        other => other?,
    };
    if version == 0 {
        return Err(Fault::Missing);
    }
    let unfinished = version == SCHEMA_VERSION && first_load::is_unfinished(&conn)?;
    if version < SCHEMA_VERSION || unfinished {
        drop(conn);
        let fault =
            || if unfinished { Fault::Unfinished } else { Fault::Older { found: version, known: SCHEMA_VERSION } };
        for_writing(path).map_err(|_| fault())?;
        conn = Connection::open_with_flags(path, flags)?;
        distrust(&conn)?;
    }
    conn.pragma_update(None, "query_only", true)?;
    conn.pragma_update(None, "cache_size", -131_072)?;
    Ok(conn)
}

fn cannot_share(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{CannotOpen, ReadOnly};
    matches!(error.sqlite_error_code(), Some(CannotOpen | ReadOnly))
}

fn has_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    std::fs::metadata(log).is_ok_and(|file| file.len() > 0)
}

fn percent_encoded(path: &Path) -> String {
    let mut encoded = String::new();
    for byte in path.as_os_str().as_encoded_bytes() {
        match byte {
            b'%' | b'?' | b'#' => encoded.push_str(&format!("%{byte:02X}")),
            b'!'..=b'~' => encoded.push(char::from(*byte)),
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}

/// A database in memory, for tests.
#[cfg(test)]
pub(super) fn in_memory() -> Result<Connection, Fault> {
    let mut conn = Connection::open_in_memory()?;
    distrust(&conn)?;
    upgrade(&mut conn, SCHEMA_VERSION)?;
    Ok(conn)
}

/// Settings under which a file that an enemy made can do no harm but give wrong answers.
fn distrust(conn: &Connection) -> Result<(), Fault> {
    conn.busy_timeout(Duration::from_secs(30))?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    conn.set_limit(Limit::SQLITE_LIMIT_SQL_LENGTH, 200_000)?;
    conn.set_limit(Limit::SQLITE_LIMIT_LENGTH, 500_000_000)?;
    conn.set_limit(Limit::SQLITE_LIMIT_COLUMN, 100)?;
    conn.set_limit(Limit::SQLITE_LIMIT_EXPR_DEPTH, 200)?;
    conn.set_limit(Limit::SQLITE_LIMIT_COMPOUND_SELECT, 500)?;
    conn.set_limit(Limit::SQLITE_LIMIT_FUNCTION_ARG, 16)?;
    conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 0)?;
    conn.set_limit(Limit::SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100)?;
    conn.set_limit(Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 10)?;
    conn.set_prepared_statement_cache_capacity(128);
    super::bits::teach(conn)?;
    conn.pragma_update(None, "cell_size_check", true)?;
    conn.pragma_update(None, "mmap_size", 0)?;
    conn.pragma_update(None, "foreign_keys", true)?;
    Ok(())
}

/// The schema of a file: 0 if it is empty. A file that is not ours or that is newer than we are is refused.
fn schema_of(conn: &Connection) -> Result<usize, Fault> {
    let number = |pragma: &str| conn.query_row(&format!("PRAGMA {pragma}"), [], |row| row.get::<_, i64>(0));
    let version = usize::try_from(number("user_version")?).map_err(|_| Fault::Foreign)?;
    if number("application_id")? == APPLICATION_ID {
        if version > SCHEMA_VERSION {
            return Err(Fault::Newer { found: version, known: SCHEMA_VERSION });
        }
        return Ok(version);
    }
    let things: i64 = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if version == 0 && things == 0 { Ok(0) } else { Err(Fault::Foreign) }
}

/// Brings the schema up to `target`, each step in a transaction of its own. When two programs do so at the same time,
/// the slower one finds the work done.
fn upgrade(conn: &mut Connection, target: usize) -> Result<(), Fault> {
    conn.set_transaction_behavior(rusqlite::TransactionBehavior::Immediate);
    loop {
        let before = schema_of(conn)?;
        match migrations().to_version(conn, target) {
            Ok(()) => return Ok(()),
            Err(_) if schema_of(conn)? >= target => return Ok(()),
            Err(_) if schema_of(conn)? > before => continue,
            Err(e) => return Err(e.into()),
        }
    }
}

/// Makes a database with an older schema, so that tests can upgrade it.
#[doc(hidden)]
pub fn make_with_schema(path: &Path, version: usize) -> Result<(), super::StoreError> {
    let make = || {
        let mut conn = Connection::open(path)?;
        distrust(&conn)?;
        upgrade(&mut conn, version)
    };
    make().map_err(|fault: Fault| fault.at(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn migrations_are_sound() {
        migrations().validate().unwrap();
    }

    #[test]
    fn the_schema_marks_the_file_as_ours() {
        let conn = in_memory().unwrap();
        assert_eq!(schema_of(&conn).unwrap(), SCHEMA_VERSION);
    }
}
