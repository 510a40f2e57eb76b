//! Floor 2: tags, lemmas, heads, names and coreference of a document.
//!
//! [`Model`] is a small linear model that `train/` makes from public treebanks, [`coref`] finds which phrases speak of the
//! same thing; [`Parser`] is the door through which everything above asks for [`Syntax`]. The feature functions are public
//! because the trainer must see exactly what the program sees.

pub mod arcs;
pub mod atoms;
mod case;
pub mod conllu;
pub mod coref;
mod decode;
pub mod hash;
pub mod labels;
pub mod lemma;
pub mod linear;
pub mod model;
pub mod names;
mod syntax;
pub mod table;
pub mod tagger;
pub mod transition;
mod verb;
mod vote;

pub use model::Model;
pub use syntax::{Chain, Deprel, Mention, Name, NameKind, Parser, Syntax, Upos, Word};
