use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::model::EventId;

/// What went wrong with a database, in which file, and what to do next.
#[derive(Debug, thiserror::Error)]
#[error("{}: {fault}", file.display())]
pub struct StoreError {
    /// The database file.
    pub file: PathBuf,
    /// What went wrong.
    pub fault: Fault,
}

/// What went wrong with a database.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// There is no such file.
    #[error("there is no such database; `dateline ingest FILES` makes one")]
    Missing,
    /// The file is no SQLite database.
    #[error("this is not a database; choose another file with --db")]
    NotADatabase,
    /// The file is a SQLite database that another program made.
    #[error("this database belongs to another program; choose another file with --db")]
    Foreign,
    /// A later version of the program made it.
    #[error("made by a later version of dateline (schema {found}, this one knows up to {known}); install that version")]
    Newer {
        /// Its schema.
        found: usize,
        /// The newest schema that this program knows.
        known: usize,
    },
    /// An older version made it, and it cannot be written to.
    #[error(
        "made by an older version of dateline (schema {found}, this one needs {known}) and it can't be written to; \
         make a copy that can be written to, and use that"
    )]
    Older {
        /// Its schema.
        found: usize,
        /// The schema that this program needs.
        known: usize,
    },
    /// Its first load was interrupted, and the indexes that are missing cannot be built.
    #[error(
        "its first load was interrupted and it can't be written to, so that this could be finished; make a copy that can be written to, and use that"
    )]
    Unfinished,
    /// No actor has this name.
    #[error("no actor named \"{name}\"{}", did_you_mean(near, "`dateline actors` lists them"))]
    NoActor {
        /// The name that was asked for.
        name: String,
        /// Names that are nearly the same, nearest first.
        near: Vec<String>,
    },
    /// No place has this name.
    #[error("no place named \"{name}\"{}", did_you_mean(near, "`dateline places` lists them"))]
    NoPlace {
        /// The name that was asked for.
        name: String,
        /// Names that are nearly the same, nearest first.
        near: Vec<String>,
    },
    /// There is no such event.
    #[error("no event {0}; `dateline events` lists them")]
    NoEvent(EventId),
    /// The event has no such mention.
    #[error("event {event} has no mention {mention}; `dateline explain {event}` lists them")]
    NoMention {
        /// The event.
        event: EventId,
        /// Article and number of the mention.
        mention: String,
    },
    /// Splitting an event must leave mentions on both sides.
    #[error("all mentions of event {0} or none would go; name some of them, `dateline explain {0}` lists them")]
    NothingLeft(EventId),
    /// A search without a word in it.
    #[error("\"{0}\" holds no word to search for")]
    NoWords(String),
    /// The article has more sentences than an article can have here.
    #[error("the article has {0} sentences, more than the 1,048,576 that fit; split it")]
    TooLong(usize),
    /// An analysis that points outside its own lists or outside the text. It is never stored.
    #[error("the analysis does not fit its article: {0}")]
    Misfit(&'static str),
    /// The file holds a name that this version does not know.
    #[error("unknown {what} {found} in the database; it is damaged or was changed by hand")]
    Unknown {
        /// What kind of value.
        what: &'static str,
        /// What was found.
        found: String,
    },
    /// A backup never overwrites a file unless it is told to, and never the database itself.
    #[error("there is such a file already; name another one, or overwrite an older backup with --force")]
    Exists,
    /// The copy of a database is not sound, nor is the database.
    #[error("the copy is not sound and was not kept ({0}); `dateline check` tells what is wrong with the database")]
    BadCopy(String),
    /// A file could not be read or written.
    #[error("it can't be written: {0}")]
    Io(#[from] std::io::Error),
    /// An upgrade of the schema failed.
    #[error("the upgrade of the database failed: {0}; the file is as it was before")]
    Upgrade(#[from] rusqlite_migration::Error),
    /// SQLite reports it.
    #[error("{}", in_words(.0))]
    Sqlite(#[from] rusqlite::Error),
}

impl Fault {
    pub(super) fn at(self, file: &Path) -> StoreError {
        let fault = match self {
            Fault::Sqlite(e) if e.sqlite_error_code() == Some(ErrorCode::NotADatabase) => Fault::NotADatabase,
            other => other,
        };
        StoreError { file: file.to_owned(), fault }
    }
}

fn did_you_mean(near: &[String], otherwise: &str) -> String {
    match near {
        [] => format!("; {otherwise}"),
        [one] => format!("; did you mean {one}?"),
        [most @ .., last] => format!("; did you mean {} or {last}?", most.join(", ")),
    }
}

fn in_words(error: &rusqlite::Error) -> String {
    let advice = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another process is writing to it; try again when that has finished"
        }
        Some(ErrorCode::DatabaseCorrupt) => "the file is damaged; go back to a backup, or ingest the articles again",
        Some(ErrorCode::DiskFull) => "the disk is full; what was committed is safe, make room and run it again",
        Some(ErrorCode::ReadOnly) => "it can't be written to; check the rights of the file and its folder",
        Some(ErrorCode::CannotOpen) => "it can't be opened; check the path and its rights",
        Some(ErrorCode::SystemIoFailure) => {
            "reading or writing it failed; check the disk and the room on it, what was committed is safe"
        }
        _ => return error.to_string(),
    };
    format!("{advice} ({error})")
}
impl Fault {
    /// Whether the file may only be read, or not even that.
    pub fn is_of_rights(&self) -> bool {
        use ErrorCode::{CannotOpen, PermissionDenied, ReadOnly};
        matches!(self, Fault::Sqlite(e) if matches!(e.sqlite_error_code(), Some(CannotOpen | PermissionDenied | ReadOnly)))
    }

    /// Whether it is one article that cannot be stored, and not the database that fails.
    pub fn is_of_article(&self) -> bool {
        matches!(self, Fault::TooLong(_) | Fault::Misfit(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_that_does_not_fit_is_no_failure_of_the_database() {
        assert!(Fault::Misfit("a place without a name").is_of_article() && Fault::TooLong(2_000_000).is_of_article());
        assert!(!Fault::Missing.is_of_article() && !Fault::NotADatabase.is_of_article());
    }
}
