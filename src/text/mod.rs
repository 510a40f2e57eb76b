//! Floor 1: tokens, sentences and the document, as spans over immutable text.

mod document;

pub use document::{Document, Sentence, Token};
