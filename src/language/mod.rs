//! Floor 2: tags, lemmas, heads and names of a document.

mod syntax;

pub use syntax::{Deprel, Name, NameKind, Parser, Syntax, Upos, Word};
