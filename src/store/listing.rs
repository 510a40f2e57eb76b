//! Handing on the entries of a filter: few of them one by one, many in one walk through the file.

use std::ops::ControlFlow;

use rusqlite::params;

use super::bits::Bits;
use super::{Fault, Store, StoreError, select};
use crate::model::{Entry, EventId, Filter};

/// Events that are found before the first of them is read: at first, so that the first rows come at once, and then.
const AT_ONCE: (usize, usize) = (128, 1 << 20);

/// So many events and more, and at least this share of those between the first and the last of them in the file, are read
/// by walking through it: a step takes a hundredth of the time in which an event is looked up.
const MANY: (usize, usize) = (4_096, 64);

impl Store {
    /// What [`Store::for_each_entry`] does within one view of the data.
    pub(super) fn each_entry<E: From<StoreError>>(
        &self,
        filter: &Filter,
        each: &mut dyn FnMut(Entry) -> Result<ControlFlow<()>, E>,
    ) -> Result<(), E> {
        let found = self.at(select::build(&self.conn, &self.codes, filter))?;
        let mut query = self.at(self.conn.prepare_cached(&found.sql).map_err(Fault::from))?;
        let mut rows = self.at(query.query(rusqlite::params_from_iter(&found.values)).map_err(Fault::from))?;
        let mut many = AT_ONCE.0;
        loop {
            let mut ids = Vec::new();
            while ids.len() < many
                && let Some(row) = self.at(rows.next().map_err(Fault::from))?
            {
                ids.push(EventId(self.at(row.get(0).map_err(Fault::from))?));
            }
            if ids.is_empty() {
                return Ok(());
            }
            let went = match crowd(&ids) {
                Some(crowd) => self.each_of_crowd(crowd, ids.len(), filter, each)?,
                None => self.each_of_few(&ids, filter, each)?,
            };
            if went.is_break() {
                return Ok(());
            }
            many = AT_ONCE.1;
        }
    }

    /// Events in the order of their numbers in `ids`.
    fn each_of_few<E: From<StoreError>>(
        &self,
        ids: &[EventId],
        filter: &Filter,
        each: &mut dyn FnMut(Entry) -> Result<ControlFlow<()>, E>,
    ) -> Result<ControlFlow<()>, E> {
        for id in ids {
            if each(self.at(self.read_event(*id, filter.evidence))?)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        Ok(ControlFlow::Continue(()))
    }

    /// All events of a set, in the order that the filter asks for. SQLite reads them in the order of the file, where the
    /// events of one article are neighbours, and sorts the rows; those that do not fit into memory in files of its own.
    fn each_of_crowd<E: From<StoreError>>(
        &self,
        (set, first, last): (Bits, i64, i64),
        many: usize,
        filter: &Filter,
        each: &mut dyn FnMut(Entry) -> Result<ControlFlow<()>, E>,
    ) -> Result<ControlFlow<()>, E> {
        let mut query = self.at(self.conn.prepare_cached(&Store::all_in(filter.order)).map_err(Fault::from))?;
        let set = rusqlite::types::Value::from(set);
        let mut rows = self.at(query.query(params![set, first, last]).map_err(Fault::from))?;
        let mut left = many;
        while let Some(row) = self.at(rows.next().map_err(Fault::from))? {
            left = left.saturating_sub(1);
            if each(self.at(self.entry_of_row(row, filter.evidence))?)?.is_break() {
                return Ok(ControlFlow::Break(()));
            }
        }
        let lost = Fault::Unknown { what: "mention", found: format!("that tells best of {left} events") };
        self.at(if left == 0 { Ok(()) } else { Err(lost) })?;
        Ok(ControlFlow::Continue(()))
    }
}

/// The set of these events, and its first and last, if they stand close enough in the file to be met by walking through it.
fn crowd(ids: &[EventId]) -> Option<(Bits, i64, i64)> {
    let (first, last) = (ids.iter().min()?.0, ids.iter().max()?.0);
    let span = usize::try_from(last.checked_sub(first)?).ok()?;
    if ids.len() < MANY.0 || span / MANY.1 > ids.len() {
        return None;
    }
    let mut set = Bits::default();
    ids.iter().all(|id| set.add(id.0)).then_some((set, first, last))
}
