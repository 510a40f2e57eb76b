use std::ops::Range;

use crate::model::{Span, Zone};

/// One word by Universal Dependencies conventions: `don't` is two tokens whose spans touch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes.
    pub span: Span,
    /// It continues the surface token before it: the `n't` of `don't`, the `'s` of `Bob's`. In CoNLL-U the two stand
    /// under one range line.
    pub joined: bool,
    /// White space follows it.
    pub space_after: bool,
}

/// A sentence: a run of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its bytes, without white space at the ends.
    pub span: Span,
    /// Its tokens, as a range of the document's. Never empty.
    pub tokens: Range<usize>,
    /// Where it stands.
    pub zone: Zone,
    /// Number of its paragraph, from 0.
    pub paragraph: u32,
}

/// The tokens and sentences of one text.
///
/// Tokens are in order, do not overlap, hold no white space, and together hold every character of the analysed ranges
/// that is not white space. Every token belongs to exactly one sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document<'a> {
    /// The text that all spans are over.
    pub text: &'a str,
    /// The tokens.
    pub tokens: Vec<Token>,
    /// The sentences.
    pub sentences: Vec<Sentence>,
}

impl<'a> Document<'a> {
    /// The words of token `i`.
    pub fn word(&self, i: usize) -> &'a str {
        self.words(self.tokens[i].span)
    }

    /// The words of a span of this text.
    pub fn words(&self, span: Span) -> &'a str {
        span.of(self.text)
    }

    /// The bytes from the first to the last token of a range; an empty range gives an empty span.
    pub fn span_of(&self, tokens: Range<usize>) -> Span {
        match (self.tokens.get(tokens.start), tokens.end.checked_sub(1).and_then(|i| self.tokens.get(i))) {
            (Some(first), Some(last)) if tokens.start < tokens.end => first.span.cover(last.span),
            _ => Span::default(),
        }
    }

    /// The tokens that overlap a span.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        let start = self.tokens.partition_point(|t| t.span.end <= span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end);
        start..end.max(start)
    }

    /// Index of the sentence that holds token `i`.
    pub fn sentence_of(&self, i: usize) -> usize {
        self.sentences.partition_point(|s| s.tokens.end <= i)
    }
}
