//! Floor 1: tokens, sentences and the document, as spans over immutable text.
//!
//! [`document`] cuts text into tokens and sentences by the conventions of the Universal Dependencies treebanks EWT and
//! GUM: contractions and hyphenated words are several tokens, abbreviations keep their full stop. It takes any text of
//! any length in linear time and never fails. Sentences end by rules; a learned [`splitter`] may correct them.

pub mod boundary;
mod clitic;
mod copies;
mod document;
mod fold;
mod foreign;
mod paragraph;
mod quote;
pub mod sentence;
pub mod splitter;
mod token;
mod words;

pub use copies::Runs;
pub use document::{Document, Sentence, Token};
pub use fold::fold;
pub use foreign::{Languages, languages};
pub use quote::quote;

use crate::model::{Span, Zone};

/// Most tokens that a sentence has; a longer one is cut, at a clause mark if there is one.
pub const SENTENCE_CAP: usize = 400;

/// Cuts the given ranges of a text into tokens and sentences.
///
/// The ranges are bytes of `text`, in order and without overlap; one that starts inside the one before it or inside a
/// character is moved on to the first byte that is free, and what lies outside the text is ignored. No sentence crosses
/// from one range to the next, and each range begins a new paragraph. A blank line ends a paragraph; a single line break
/// does so unless the lines look wrapped at a column.
///
/// ```
/// use dateline::model::{Span, Zone};
/// let text = "Talks stall\nMr. Ito didn't sign. He left.";
/// let document = dateline::text::document(text, &[(Span::new(0, 11), Zone::Title), (Span::new(12, 41), Zone::Body)]);
/// let sentences: Vec<&str> = document.sentences.iter().map(|s| document.words(s.span)).collect();
/// assert_eq!(sentences, ["Talks stall", "Mr. Ito didn't sign.", "He left."]);
/// let words: Vec<&str> = (2..8).map(|i| document.word(i)).collect();
/// assert_eq!(words, ["Mr.", "Ito", "did", "n't", "sign", "."]);
/// ```
pub fn document<'a>(text: &'a str, ranges: &[(Span, Zone)]) -> Document<'a> {
    let mut document = Document { text, ..Document::default() };
    let (mut free, mut paragraph) = (0, 0);
    for &(range, zone) in ranges {
        let start = ceil(text, range.range().start.max(free));
        let end = ceil(text, range.range().end);
        if start >= end {
            continue;
        }
        free = end;
        for (start, end) in paragraph::paragraphs(text, start, end) {
            let first = document.tokens.len();
            token::tokenise(text, start, end, &mut document.tokens);
            if document.tokens.len() > first {
                sentence::split(&mut document, first, zone, paragraph);
                paragraph += 1;
            }
        }
    }
    document
}

impl<'a> Document<'a> {
    /// A whole text as body.
    pub fn of(text: &'a str) -> Document<'a> {
        document(text, &[(Span::new(0, text.len()), Zone::Body)])
    }
}

/// The first character boundary at or after a byte, at most the end of the text.
fn ceil(text: &str, mut at: usize) -> usize {
    while at < text.len() && !text.is_char_boundary(at) {
        at += 1;
    }
    at.min(text.len())
}
