//! Floor 2: tags, lemmas, heads and names of a document.
//!
//! [`Model`] is a small neural network that `train/` makes from public treebanks; [`Parser`] is the door through which
//! everything above asks for [`Syntax`]. What the network sees of a word is public because the trainer must see exactly
//! that.

pub mod atoms;
mod brought;
mod brought_text;
mod case;
pub mod conllu;
mod decode;
mod foreign_labels;
pub mod hash;
pub mod lemma;
pub mod model;
pub mod names;
pub mod neural;
mod syntax;
pub mod table;
mod verb;
mod vote;

pub use brought::{Brought, parts};
pub use model::Model;
pub use syntax::{Deprel, Name, NameKind, Parser, Syntax, Upos, Word};
