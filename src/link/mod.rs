//! Floor 3: which reports tell of the same happening. Pure: the caller brings the reports or the candidates, this room only
//! decides.
//!
//! [`link()`] takes many articles at once: a mention is held against all that an event says by then, its gist,
//! never against one mention of it. [`Judge`] decides for a collection that grows, on what the store knows of its events.

mod bag;
mod batch;
mod gist;
mod judge;
mod quick;
mod report;
mod story;
mod words;

pub use batch::{Linked, link};
pub use gist::{Score, Weights};
pub use judge::{Judge, Verdict, choose};
pub use report::{Report, Said};
pub use words::{Word, stem, words};
