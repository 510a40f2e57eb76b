//! Keeping a database well: copies that are known to be good, and the file in shape.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::backup::{Backup, StepResult};
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags};

use super::{Fault, Store, StoreError, snapshot};

/// What [`Store::optimize`] did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Optimized {
    /// Size of the database in bytes before.
    pub before: u64,
    /// And after.
    pub after: u64,
    /// Whether the file was written anew, without its empty pages.
    pub vacuumed: bool,
}

/// Pages that are copied at a time.
const PAGES: i32 = 4_096;
/// A file that is locked is tried again after a pause, up to so long.
const PATIENCE: Duration = Duration::from_secs(30);
const PAUSE: Duration = Duration::from_millis(20);
/// A file is written anew when this share of its bytes is unused: an eighth.
const UNUSED: u64 = 8;

impl Store {
    /// Copies the database as it is at this moment into a new file, while others go on reading and writing. The copy is
    /// checked page by page and takes its name only when it is sound and safe on the disk, so that a file of this name is a
    /// whole backup or the one that was there before. Returns its size in bytes.
    ///
    /// # Errors
    /// `Exists` if the file is there and `overwrite` is not set; `BadCopy` if the check finds something.
    pub fn backup(&self, to: &Path, overwrite: bool) -> Result<u64, StoreError> {
        let same = |a: &Path, b: &Path| a.canonicalize().ok().zip(b.canonicalize().ok()).is_some_and(|(a, b)| a == b);
        if same(to, &self.path) || (!overwrite && to.exists()) {
            return Err(Fault::Exists.at(to));
        }
        let part = beside(to, ".part");
        let copied = self.copy_to(&part).and_then(|()| finish(&part, to));
        if copied.is_err() {
            // Whatever made the copy fail is what the user must know of, not that its remains can't be removed.
            let _ = std::fs::remove_file(&part);
        }
        copied.map_err(|fault| fault.at(to))
    }

    fn copy_to(&self, part: &Path) -> Result<(), Fault> {
        if part.exists() {
            std::fs::remove_file(part)?;
        }
        let mut copy = Connection::open_with_flags(
            part,
            OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )?;
        copy.set_limit(Limit::SQLITE_LIMIT_LENGTH, 500_000_000)?;
        copy.busy_timeout(Duration::from_secs(30))?;
        {
            // The reading that lasts until the end keeps the copy at one moment.
            let _snapshot = snapshot(&self.conn)?;
            self.conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
            let backup = Backup::new(&self.conn, &mut copy)?;
            let mut waited = Duration::ZERO;
            loop {
                match backup.step(PAGES)? {
                    StepResult::Done => break,
                    StepResult::More => {}
                    _ if waited >= PATIENCE => return Err(busy()),
                    _ => {
                        std::thread::sleep(PAUSE);
                        waited += PAUSE;
                    }
                }
            }
        }
        // One file, without a log beside it; a database that is opened for writing gets its log back.
        copy.pragma_update(None, "journal_mode", "DELETE")?;
        // What the second check walks is only sure to end if the first has found nothing.
        for check in ["PRAGMA integrity_check(1)", "PRAGMA foreign_key_check"] {
            let mut says = copy.prepare(check)?.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
            says.retain(|line| line != "ok");
            if !says.is_empty() {
                says.truncate(3);
                return Err(Fault::BadCopy(says.join("; ").replace('\n', " ")));
            }
        }
        Ok(())
    }

    /// Puts the file in shape: joins the parts of the search index, renews the statistics of the planner, and writes the
    /// file anew if an eighth of it is unused. The latter needs as much room on the disk as the database, and nobody else
    /// may be using it.
    pub fn optimize(&mut self) -> Result<Optimized, StoreError> {
        let done = self.put_in_shape();
        self.at(done)
    }

    fn put_in_shape(&mut self) -> Result<Optimized, Fault> {
        let conn = &self.conn;
        let number = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, u64>(0));
        let size = || Ok::<_, rusqlite::Error>(number("PRAGMA page_count")? * number("PRAGMA page_size")?);
        let before = size()?;
        conn.execute("INSERT INTO sentence_fts (sentence_fts) VALUES ('optimize')", [])?;
        conn.execute_batch("PRAGMA analysis_limit = 1000; ANALYZE; PRAGMA optimize")?;
        let free = number("PRAGMA freelist_count")? * number("PRAGMA page_size")?;
        let unused = free + number("SELECT ifnull(sum(unused), 0) FROM dbstat WHERE aggregate")?;
        let vacuumed = unused >= size()? / UNUSED;
        if vacuumed {
            // It works through a second database that it attaches.
            let limit = conn.limit(Limit::SQLITE_LIMIT_ATTACHED)?;
            conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1)?;
            let done = conn.execute_batch("VACUUM");
            conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, limit)?;
            done?;
        }
        conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
        Ok(Optimized { before, after: size()?, vacuumed })
    }
}

fn busy() -> Fault {
    let busy = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
    Fault::Sqlite(rusqlite::Error::SqliteFailure(busy, None))
}

/// Makes a finished copy safe on the disk and gives it its name.
fn finish(part: &Path, to: &Path) -> Result<u64, Fault> {
    let file = File::options().write(true).open(part)?;
    file.sync_all()?;
    let bytes = file.metadata()?.len();
    drop(file);
    // The log of a database that had this name before must not be taken for that of the new one.
    for end in ["-wal", "-shm", "-journal"] {
        match std::fs::remove_file(beside(to, end)) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
    }
    std::fs::rename(part, to)?;
    #[cfg(unix)]
    File::open(to.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")))?.sync_all()?;
    Ok(bytes)
}

fn beside(path: &Path, end: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(end);
    name.into()
}
