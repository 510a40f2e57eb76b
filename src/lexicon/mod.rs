//! Floor 2: the files under `data/`, checked and compiled.
//!
//! [`Data`] is the one door to the files: those built into the program, or a folder that overrides them. Whoever loads a
//! file reports what is wrong with it as a [`LexiconError`]: the file, the line, and the fix.

mod atom;
mod data;
mod error;
mod times;
mod vocabulary;

pub use atom::{Atom, AtomKind, atoms};
pub use data::{Data, DataFile};
pub use error::LexiconError;
pub use times::{TimeExample, TimeMatch, TimeRule, TimeRules};
pub use vocabulary::{Sym, Vocabulary};
