//! Floor 3: from an article to what it says. Pure: no I/O, no clock; it never fails, it returns what it understood, plus
//! notes.

mod actors;
mod engine;
mod events;
mod locate;
mod mend;
mod places;
pub mod times;
mod tree;
mod zones;

pub use actors::fold_name;
pub use engine::{Engine, Lexicon, Seen};
pub use events::typing;
