//! `dateline` turns news articles into a timeline of dated events: who did what to whom, where, when, how sure, who
//! says so, and which words of which article say it.
//!
//! The rooms stand on floors, and imports point down only (`tests/layers.rs` proves it); ARCHITECTURE.md is the plan.

#![warn(missing_docs)]

pub mod cli;
pub mod export;
pub mod extract;
pub mod ingest;
pub mod language;
pub mod lexicon;
pub mod link;
pub mod model;
pub mod query;
pub mod store;
pub mod text;
pub mod time;
