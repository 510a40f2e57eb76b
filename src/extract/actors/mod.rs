//! Who: the persons, organisations, governments, groups and countries of one article, and where they are named.

mod cast;
pub mod fold;
mod home;
mod person;
pub mod phrase;
mod pronouns;
mod reader;
mod resolve;
mod state;
mod title;

pub use cast::{Cast, NounClass};
pub use fold::fold_name;
