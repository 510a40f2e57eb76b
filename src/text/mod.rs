//! Floor 1: tokens, sentences and the document, as spans over immutable text.

mod document;
mod fold;

pub use document::{Document, Sentence, Token};
pub use fold::fold;
