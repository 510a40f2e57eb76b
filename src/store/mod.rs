//! Floor 3: the database. The only place that knows of SQL.
//!
//! One file holds everything; `docs/schema.md` describes every table. A [`Store`] is opened for writing by one program
//! at a time that means to write (others wait), and for reading by any number.
//!
//! Architecture invariant: what an article says (`mention`) is written once and only replaced as a whole with its article;
//! what happened (`event`) is computed from its mentions and from nothing else.

mod actors;
mod as_of;
mod bits;
mod candidates;
mod check;
mod codes;
mod copies;
mod corrections;
mod counts;
mod decisions;
mod edtf;
mod entry;
mod error;
mod event_rows;
mod events;
mod explain;
mod first_load;
mod imported;
mod listing;
mod lists;
mod near;
mod open;
mod places;
mod plan;
mod related;
mod relations;
mod rows;
mod save;
mod select;
mod summary;
mod upkeep;
mod words;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use crate::model::{
    ActorSummary, Analysis, Article, ArticleId, ArticleSummary, ContentHash, Entry, EventId, Explanation, Filter,
    Linker, Origin, PlaceSummary, Stats,
};

pub use check::{Checked, Part};
pub use error::{Fault, StoreError};
pub use open::{SCHEMA_VERSION, make_with_schema};
pub use upkeep::Optimized;

/// A database of articles and events.
pub struct Store {
    conn: Connection,
    path: PathBuf,
    codes: codes::AllCodes,
    rules: rows::KnownRules,
    known: actors::Known,
    cache: std::cell::RefCell<entry::Cache>,
    /// The first load goes on: the indexes for searching are left out.
    loading: bool,
    /// Articles of this transaction whose words are not in the search index yet: they go there at its end.
    unindexed: Vec<i64>,
}

/// How to save an article.
pub struct Saving<'a> {
    /// When the article was read, in seconds since 1970-01-01 00:00 UTC.
    pub ingested_at: i64,
    /// Replace what is stored of the article, if it is there already.
    pub replace: bool,
    /// Decides which events of other articles are the same. `None`: no event is looked for, every cluster becomes one; for
    /// first loads of what is linked already.
    pub linker: Option<&'a Linker<'a>>,
}

/// How to save an event of a table.
#[derive(Clone, Copy, Debug)]
pub struct Importing<'a> {
    /// The kind of table.
    pub origin: Origin,
    /// What tells the event from the others of the same origin.
    pub key: &'a str,
    /// Replace what is stored of it, if it is there already.
    pub replace: bool,
    /// When the table was read, in seconds since 1970-01-01 00:00 UTC.
    pub ingested_at: i64,
}

/// What saving an article did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Saved {
    /// It was not there before.
    New {
        /// Its id.
        article: ArticleId,
        /// Events that it tells of.
        events: usize,
        /// Those of them that no article told of before.
        new_events: usize,
    },
    /// It was there, and nothing changed.
    Unchanged(ArticleId),
    /// It was there, and its analysis was replaced.
    Replaced {
        /// Its id, the same as before.
        article: ArticleId,
        /// Events that it tells of.
        events: usize,
        /// Those of them that were not there before.
        new_events: usize,
    },
}

impl Store {
    /// Opens a database for reading and writing. A file that does not exist is made, an older one is upgraded.
    ///
    /// # Errors
    /// A file that is no database, that belongs to another program or that a later version made is left untouched.
    pub fn open(path: &Path) -> Result<Store, StoreError> {
        open::for_writing(path).and_then(|conn| Store::new(conn, path)).map_err(|fault| fault.at(path))
    }

    /// Opens a database for reading only. An older one is upgraded first.
    ///
    /// # Errors
    /// As [`Store::open`]; and `Missing` for a file that does not exist or is empty.
    pub fn open_to_read(path: &Path) -> Result<Store, StoreError> {
        open::for_reading(path).and_then(|conn| Store::new(conn, path)).map_err(|fault| fault.at(path))
    }

    fn new(conn: Connection, path: &Path) -> Result<Store, Fault> {
        let codes = codes::AllCodes::load(&conn)?;
        Ok(Store {
            conn,
            path: path.to_owned(),
            codes,
            rules: Default::default(),
            known: Default::default(),
            cache: Default::default(),
            loading: false,
            unindexed: Vec::new(),
        })
    }

    fn at<T>(&self, result: Result<T, Fault>) -> Result<T, StoreError> {
        result.map_err(|fault| fault.at(&self.path))
    }

    /// The stored article that this one is, if it was read before: the same text under the same title, and from no other
    /// address or outlet (what is not known agrees with anything).
    pub fn find_article(&self, article: &Article) -> Result<Option<ArticleId>, StoreError> {
        self.at(save::find(&self.conn, article, &ContentHash::of(&article.text).to_string()))
    }

    /// Saves an article with its analysis in one transaction: all of it or nothing.
    ///
    /// An article that is there already is left alone, unless `how.replace` is set: then its analysis is replaced, and
    /// events that come again keep their ids. Saving the same article and analysis twice is saving it once.
    ///
    /// # Errors
    /// `Misfit` if the analysis points outside its own lists or outside the text.
    pub fn save(&mut self, article: &Article, analysis: &Analysis, how: &Saving<'_>) -> Result<Saved, StoreError> {
        let saved = self.write(article, analysis, how);
        self.at(saved)
    }

    /// Saves an event of a table beside what was read in articles, in one transaction: the articles made of its row, each with
    /// an analysis that tells of this event alone. It is linked with no other event. One that is there already is left
    /// alone, unless `how.replace` is set: then it keeps its number.
    ///
    /// # Errors
    /// `Misfit` if an analysis points outside its own lists or outside the text, or if there is none.
    pub fn import(&mut self, told: &[(Article, Analysis)], how: &Importing<'_>) -> Result<Saved, StoreError> {
        let saved = self.write_imported(told, how);
        self.at(saved)
    }

    /// Begins a batch: articles saved until [`Store::commit`] reach the disk together, which is several times faster for
    /// many small ones. Each is still saved whole or not at all; a crash loses the batch and nothing before it. Other
    /// writers wait meanwhile, and searches for words do not find these articles yet.
    pub fn begin(&mut self) -> Result<(), StoreError> {
        self.at(self.conn.execute_batch("BEGIN IMMEDIATE").map_err(Fault::from))?;
        let began = self.transaction_began();
        self.at(began)
    }

    /// Ends a batch: what was saved in it is safe when this returns.
    ///
    /// # Errors
    /// When it cannot be written, such as on a full disk, nothing of the batch is kept.
    pub fn commit(&mut self) -> Result<(), StoreError> {
        let indexed = rows::put_words(&self.conn, &mut self.unindexed);
        let ended = indexed.and_then(|()| Ok(self.conn.execute_batch("COMMIT")?));
        if ended.is_err() {
            self.rules.clear();
            self.known.clear();
            if !self.conn.is_autocommit() {
                self.at(self.conn.execute_batch("ROLLBACK").map_err(Fault::from))?;
            }
        }
        self.at(ended)
    }

    /// Hands every event that passes the filter to `each`, in the order that the filter asks for, until `each` breaks.
    /// Memory does not grow with the number of events.
    ///
    /// # Errors
    /// `NoActor` or `NoPlace`, with suggestions, when a name of the filter is unknown; and whatever `each` fails with.
    pub fn for_each_entry<E: From<StoreError>>(
        &self,
        filter: &Filter,
        each: &mut dyn FnMut(Entry) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let _snapshot = self.at(snapshot(&self.conn))?;
        self.cache.borrow_mut().clear();
        if let Some(day) = filter.as_of {
            return self.each_as_of(day, filter, each);
        }
        self.each_entry(filter, each)
    }

    /// Whether a filter can be answered: every name in it is known. Nothing is read yet.
    ///
    /// # Errors
    /// As [`Store::for_each_entry`].
    pub fn check_filter(&self, filter: &Filter) -> Result<(), StoreError> {
        self.at(select::build(&self.conn, &self.codes, filter)).map(|_| ())
    }

    /// One event with all its evidence.
    ///
    /// # Errors
    /// `NoEvent` if there is none.
    pub fn entry(&self, id: EventId) -> Result<Entry, StoreError> {
        self.cache.borrow_mut().clear();
        self.at(self.read_entry(id, None))
    }

    /// Why an event is believed: its mentions with the words and the rules that made them.
    ///
    /// # Errors
    /// `NoEvent` if there is none.
    pub fn explain(&self, id: EventId) -> Result<Explanation, StoreError> {
        self.cache.borrow_mut().clear();
        self.at(self.read_explanation(id))
    }

    /// How SQLite finds the events of a filter, one step a line: for tests and for the curious.
    pub fn plan(&self, filter: &Filter) -> Result<Vec<String>, StoreError> {
        self.at(plan::of(&self.conn, &self.codes, filter))
    }

    /// All articles by publication date, those without a date last.
    pub fn articles(&self) -> Result<Vec<ArticleSummary>, StoreError> {
        self.at(lists::articles(&self.conn))
    }

    /// The actors of at least one event, most frequent first; `like` keeps those whose names contain it.
    pub fn actors(&self, like: Option<&str>) -> Result<Vec<ActorSummary>, StoreError> {
        self.at(lists::actors(&self.conn, like))
    }

    /// The places of at least one event, most frequent first; `like` keeps those whose names contain it.
    pub fn places(&self, like: Option<&str>) -> Result<Vec<PlaceSummary>, StoreError> {
        self.at(lists::places(&self.conn, like))
    }

    /// What the database holds.
    pub fn stats(&self) -> Result<Stats, StoreError> {
        self.at(lists::stats(&self.conn, &self.codes))
    }

    /// Joins events into the first of them. Their numbers keep finding it, and every mention stays in it through new
    /// analyses of its article. Returns the number of the event.
    ///
    /// # Errors
    /// `NoEvent` if one of them is not there; then nothing is changed.
    pub fn merge_events(&mut self, events: &[EventId], decided_at: i64) -> Result<EventId, StoreError> {
        let done = self.merge_by_hand(events, decided_at);
        self.at(done)
    }

    /// Makes an event of its own of some mentions of one, given as article and number in it. Both keep their mentions
    /// through new analyses. Returns the number of the new event.
    ///
    /// # Errors
    /// `NoEvent`, `NoMention` if the event does not have one of them, `NothingLeft` if it has no others; then nothing is
    /// changed.
    pub fn split_event(
        &mut self,
        event: EventId,
        mentions: &[(ArticleId, i64)],
        decided_at: i64,
    ) -> Result<EventId, StoreError> {
        let done = self.split_by_hand(event, mentions, decided_at);
        self.at(done)
    }

    /// Notes down that a name means (`same`) or does not mean an actor. It holds for searches at once and for every
    /// article that is saved later, and no re-analysis touches it.
    ///
    /// # Errors
    /// `NoActor` if no actor has the name `actor`, `NoWords` if the alias is empty.
    pub fn correct_alias(&mut self, alias: &str, actor: &str, same: bool, decided_at: i64) -> Result<(), StoreError> {
        self.known.clear();
        let done = corrections::put(&self.conn, alias, actor, same, decided_at);
        self.at(done)
    }
}

/// One view of the data, whatever others write meanwhile, for as long as the value lives; within a reading that goes on
/// already it is the view of that one.
fn snapshot(conn: &Connection) -> Result<Option<rusqlite::Transaction<'_>>, Fault> {
    let reading = || rusqlite::Transaction::new_unchecked(conn, rusqlite::TransactionBehavior::Deferred);
    if conn.is_autocommit() { Ok(Some(reading()?)) } else { Ok(None) }
}
