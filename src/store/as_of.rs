//! What was said of an event up to a day: the event as its mentions of that time make it.

use std::ops::ControlFlow;

use rusqlite::params;

use super::entry::read_counts;
use super::events::mentions_of;
use super::summary::{granularity, summarise};
use super::{Fault, Store, StoreError, select};
use crate::model::{Day, Entry, EventId, Filter};

impl Store {
    /// As [`Store::for_each_entry`], with every event as it was told up to `day`. How many are passed over and shown is
    /// counted here, for the query cannot know which events pass.
    pub(super) fn each_as_of<E: From<StoreError>>(
        &self,
        day: Day,
        filter: &Filter,
        each: &mut dyn FnMut(Entry) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let ids = self.at(select::build(&self.conn, &self.codes, &told_otherwise(filter)))?;
        let mut query = self.at(self.conn.prepare_cached(&ids.sql).map_err(Fault::from))?;
        let mut rows = self.at(query.query(rusqlite::params_from_iter(&ids.values)).map_err(Fault::from))?;
        let (mut skip, mut left) = (filter.offset, filter.limit.unwrap_or(u64::MAX));
        while let Some(row) = self.at(rows.next().map_err(Fault::from))? {
            let id = EventId(self.at(row.get(0).map_err(Fault::from))?);
            let Some(entry) = self.at(self.read_as_of(id, day, filter))? else { continue };
            if skip > 0 {
                skip -= 1;
                continue;
            }
            if left == 0 || each(entry)?.is_break() {
                break;
            }
            left -= 1;
        }
        Ok(())
    }

    /// Hands over every event of which articles published after `first` and up to `second` tell: as it was told up to the
    /// one day and up to the other, `None` where it was not told or does not pass the filter. Limit and offset do not
    /// count here.
    ///
    /// # Errors
    /// As [`Store::for_each_entry`].
    pub fn for_each_retelling<E: From<StoreError>>(
        &self,
        filter: &Filter,
        (first, second): (Day, Day),
        each: &mut dyn FnMut(Option<Entry>, Option<Entry>) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let _snapshot = self.at(super::snapshot(&self.conn))?;
        self.cache.borrow_mut().clear();
        let ids = self.at(select::build(&self.conn, &self.codes, &told_otherwise(filter)))?;
        let mut query = self.at(self.conn.prepare_cached(&ids.sql).map_err(Fault::from))?;
        let mut rows = self.at(query.query(rusqlite::params_from_iter(&ids.values)).map_err(Fault::from))?;
        let mut told = self.at(self
            .conn
            .prepare_cached(
                "SELECT 1 FROM mention m CROSS JOIN article r ON r.id = m.article_id
                     WHERE m.event_id = ?1 AND r.published > ?2 AND r.published <= ?3",
            )
            .map_err(Fault::from))?;
        while let Some(row) = self.at(rows.next().map_err(Fault::from))? {
            let id: i64 = self.at(row.get(0).map_err(Fault::from))?;
            let retold = told.exists(params![id, first.number(), second.number()]);
            if !self.at(retold.map_err(Fault::from))? {
                continue;
            }
            let before = self.at(self.read_as_of(EventId(id), first, filter))?;
            let after = self.at(self.read_as_of(EventId(id), second, filter))?;
            if each(before, after)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// An event as the articles published up to `day` tell it; `None` if none of them does, or if what they say does not
    /// pass the filter. Articles without a publication date do not count.
    fn read_as_of(&self, id: EventId, day: Day, filter: &Filter) -> Result<Option<Entry>, Fault> {
        let (conn, codes) = (&self.conn, &self.codes);
        let mut mentions = mentions_of(conn, codes, id.0)?;
        mentions.retain(|m| m.published.is_some_and(|p| p <= day.number()));
        let Some(said) = summarise(&mentions) else { return Ok(None) };
        let mut entry = self.read_entry(id, None)?;
        entry.evidence.retain(|e| e.published.is_some_and(|p| p.day <= day));
        entry.evidence.truncate(filter.evidence.map_or(usize::MAX, |d| d.max(1) as usize));
        entry.counts.clear();
        for at in self.evidence_of(id, None)? {
            if mentions.iter().any(|m| (m.article, m.mention) == (at.article, at.mention)) {
                read_counts(conn, codes, at, &mut entry.counts)?;
            }
        }
        (entry.headline, entry.action) = conn
            .prepare_cached("SELECT headline, lemma FROM mention WHERE article_id = ?1 AND mention = ?2")?
            .query_row(params![said.lead.0, said.lead.1], |row| Ok((row.get(0)?, row.get(1)?)))?;
        entry.actors.clear();
        for (actor, role) in &said.actors {
            entry.actors.push(self.cache.borrow_mut().actor(conn, *actor, *role)?);
        }
        entry.actors.sort_by_key(|a| (a.role, a.id));
        entry.place = said.place.map(|place| self.cache.borrow_mut().place(conn, place)).transpose()?;
        entry.event_type = said.event_type;
        entry.mode = said.mode;
        entry.contexts = codes.contexts(said.contexts);
        entry.granularity = granularity(&said.when);
        entry.interval = said.when.interval;
        entry.edtf = said.when.edtf.filter(|e| !e.is_empty());
        entry.basis = said.when.basis;
        entry.approximate = said.when.approximate;
        entry.inferred = said.when.inferred;
        entry.polarity = said.polarity;
        entry.modality = said.modality;
        entry.aspect = said.aspect;
        entry.confidence = said.confidence as f64 / 1000.0;
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        (entry.mentions, entry.articles, entry.sources) =
            (number(said.mentions), number(said.articles), number(said.sources));
        Ok(passes(filter, &entry).then_some(entry))
    }
}

/// The filter for the events to be looked at: what was told by then may be of another type or stance than what is told
/// today, and never has more sources or confidence.
fn told_otherwise(filter: &Filter) -> Filter {
    let (types, modality, polarity) = (Vec::new(), None, None);
    Filter { limit: None, offset: 0, as_of: None, types, modality, polarity, ..filter.clone() }
}

/// Whether what was said by then passes: the type, the days, how sure, how many sources.
fn passes(filter: &Filter, entry: &Entry) -> bool {
    let in_days = filter.dates.is_none_or(|d| !entry.interval.is_unknown() && d.overlaps(entry.interval));
    in_days
        && (filter.types.is_empty() || filter.types.contains(&entry.event_type))
        && filter.modality.is_none_or(|m| m == entry.modality)
        && filter.polarity.is_none_or(|p| p == entry.polarity)
        && filter.min_sources.is_none_or(|n| entry.sources >= n)
        && filter.min_confidence.is_none_or(|c| entry.confidence >= c)
}
