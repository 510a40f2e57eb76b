//! Floor 4, the read side: from what a person asks to a [`Filter`], and from the store to a [`Timeline`].

mod asked;
mod changes;
mod digest;

use std::ops::ControlFlow;

use crate::model::{Filter, Timeline};
use crate::store::{Store, StoreError};

pub use asked::{Asked, AskedError};
pub use changes::compare;
pub use digest::{Report, ReportEvent, ReportSentence, Size, digest};

/// The events that pass a filter, all in memory. For more than fits, see [`Store::for_each_entry`].
///
/// # Errors
/// As [`Store::for_each_entry`].
pub fn timeline(store: &Store, filter: &Filter) -> Result<Timeline, StoreError> {
    let mut timeline = Timeline::default();
    store.for_each_entry::<StoreError>(filter, &mut |entry| {
        timeline.entries.push(entry);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(timeline)
}
