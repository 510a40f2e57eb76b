//! Floor 2: tags, lemmas, heads and names of a document.
//!
//! [`Model`] is a small linear model that `train/` makes from public treebanks; [`Parser`] is the door through which
//! everything above asks for [`Syntax`]. The feature functions are public because the trainer must see exactly what the
//! program sees.

pub mod arcs;
pub mod atoms;
mod brought;
mod brought_text;
mod case;
pub mod conllu;
mod decode;
mod foreign_labels;
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

pub use brought::{Brought, parts};
pub use model::Model;
pub use syntax::{Deprel, Name, NameKind, Parser, Syntax, Upos, Word};
