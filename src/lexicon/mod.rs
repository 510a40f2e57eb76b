//! Floor 2: the files under `data/`, checked and compiled.
//!
//! [`Data`] is the one door to the files: those built into the program, or a folder that overrides them. Whoever loads a
//! file reports what is wrong with it as a [`LexiconError`]: the file, the line, and the fix.

mod atom;
mod confidence;
mod countries;
mod data;
mod error;
mod events;
mod gazetteer;
mod kin;
mod leaders;
mod organisations;
mod times;
mod tsv;
mod vocabulary;
mod words;

pub use atom::{Atom, AtomKind, atoms};
pub use confidence::{Confidence, Route};
pub use countries::{Countries, CountryNames, CountryWord};
pub use data::{Data, DataFile};
pub use error::LexiconError;
pub use events::{ArgumentClass, Condition, EventExample, EventRule, EventRules, Listener};
pub use gazetteer::{Gazetteer, KnownPlace};
pub use kin::{Concepts, Kin, Likeness};
pub use leaders::{Leader, Leaders};
pub use organisations::{Organisation, Organisations};
pub use times::{TimeExample, TimeMatch, TimeRule, TimeRules};
pub use vocabulary::{Sym, Vocabulary};
pub use words::{Gender, List, RoleNoun, Words};
