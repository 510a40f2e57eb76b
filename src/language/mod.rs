//! Floor 2: tags, lemmas, heads, names and coreference of a document.
//!
//! [`Model`] is a small neural network that `train/` makes from public treebanks, [`coref`] finds which phrases speak of
//! the same thing; [`Parser`] is the door through which everything above asks for [`Syntax`]. What the learners see is
//! public because the trainer must see exactly that.

pub mod atoms;
mod brought;
mod brought_text;
mod case;
pub mod conllu;
pub mod coref;
mod decode;
mod foreign_labels;
mod gazetteer;
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
pub use syntax::{Chain, Deprel, Mention, Name, NameKind, Parser, Syntax, Upos, Word};
pub use verb::past_base;
