//! Floor 2: the files of `data/`, checked and compiled.

mod countries;
mod data;
mod events;
mod words;

pub use countries::{Countries, CountryNames, CountryWord};
pub use data::{Data, DataError};
pub use events::{ArgumentClass, Condition, EventExample, EventRule, EventRules, Listener};
pub use words::{List, RoleNoun, Words};
