//! Where sentences end: rules, and a learned [`splitter`] that may correct them.

use super::boundary::{View, is_face, is_rule};
use super::{Document, SENTENCE_CAP, Sentence, splitter, words};
use crate::model::Zone;

/// Cuts the tokens from `first` on, one paragraph, into sentences.
pub fn split(document: &mut Document<'_>, first: usize, zone: Zone, paragraph: u32) {
    split_by(Some(splitter::WEIGHTS), document, first, zone, paragraph);
}

/// [`split`] with other weights, or by rules alone.
pub fn split_by(
    weights: Option<&[u8; splitter::BYTES]>,
    document: &mut Document<'_>,
    first: usize,
    zone: Zone,
    paragraph: u32,
) {
    let end = document.tokens.len();
    let view = View::of(document, first);
    let mut keys = Vec::new();
    let mut start = first;
    for i in first..end {
        let full = i + 1 - start;
        let mut ended = i + 1 == end;
        if !ended {
            ended = ends(document, start, i, end);
            // Titles and headings are one sentence unless a mark says otherwise.
            if let (Some(weights), Zone::Body, true) = (weights, zone, view.possible(i - first)) {
                view.features(start - first, i - first, ended, &mut keys);
                ended = splitter::decide(weights, &keys, ended, view.evidence(i - first));
            }
        }
        if ended {
            close(document, start, i + 1, zone, paragraph);
            start = i + 1;
        } else if full >= SENTENCE_CAP {
            let cut = clause_mark(document, start, i + 1);
            close(document, start, cut, zone, paragraph);
            start = cut;
        }
    }
}

fn close(document: &mut Document<'_>, start: usize, end: usize, zone: Zone, paragraph: u32) {
    if start < end {
        let span = document.span_of(start..end);
        document.sentences.push(Sentence { span, tokens: start..end, zone, paragraph });
    }
}

/// Where to cut a sentence that is too long: after a clause mark in its last quarter, or at its end.
fn clause_mark(document: &Document<'_>, start: usize, end: usize) -> usize {
    let earliest = end - SENTENCE_CAP / 4;
    for marks in [&[";", ":", "—", "--"][..], &[","]] {
        if let Some(i) = (earliest.max(start)..end).rev().find(|&i| marks.contains(&document.word(i))) {
            return i + 1;
        }
    }
    // A word of several tokens is not torn apart; it has three at most.
    (end - 3..=end).rev().find(|&i| !document.tokens.get(i).is_some_and(|t| t.joined)).unwrap_or(end)
}

fn is_closing(word: &str) -> bool {
    matches!(word, "\"" | "”" | "’" | "'" | "''" | "’’" | ")" | "]" | "»" | "}")
}

/// Last token of a note mark such as "[12]" that follows a sentence without a blank.
fn note(document: &Document<'_>, i: usize, end: usize) -> bool {
    let word = |j: usize| if j < end { document.word(j) } else { "" };
    !document.tokens[i].space_after
        && word(i + 1) == "["
        && word(i + 3) == "]"
        && word(i + 2).bytes().all(|b| b.is_ascii_digit())
}

fn is_opening(word: &str) -> bool {
    matches!(word, "\"" | "“" | "‘" | "'" | "``" | "`" | "(" | "[" | "«" | "-" | "–" | "—" | "*" | "•")
}

/// Whether by rule a sentence that began at token `start` ends after token `i`, which is not the last of its paragraph;
/// the paragraph ends before token `end`.
pub fn ends(document: &Document<'_>, start: usize, i: usize, end: usize) -> bool {
    // Closing quotes and brackets belong to the sentence before them, and so does the number of a note.
    let mut mark = if i >= start + 3 && note(document, i - 3, end) { i - 3 } else { i };
    while mark > start && is_closing(document.word(mark)) && !document.tokens[mark - 1].space_after {
        mark -= 1;
    }
    let next = &document.tokens[i + 1];
    if next.joined || is_closing(document.word(i + 1)) && !document.tokens[i].space_after {
        return false;
    }
    if note(document, i, end) {
        return false;
    }
    let word = document.word(mark);
    let after = document.word(i + 1);
    if is_rule(word) && word.len() > 3 && i == start || is_rule(after) && after.len() > 3 {
        return document.tokens[i].space_after;
    }
    let begin = (i + 1..end.min(i + 4)).map(|j| document.word(j)).find(|w| !is_opening(w)).unwrap_or(after);
    let capital = begin.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let lower = begin.starts_with(char::is_lowercase);
    let goes_on = lower && mark < i || starts_with_mark(after);
    if is_face(after) {
        return false;
    }
    if is_face(word) {
        return capital && mark > start && document.tokens[i].space_after;
    }
    if word.ends_with(['!', '?', '.'])
        && word.chars().all(|c| matches!(c, '!' | '?' | '.'))
        && !word.chars().all(|c| c == '.')
    {
        // "What?" he asked.
        return !goes_on;
    }
    if word == "." {
        return !goes_on;
    }
    if word.len() > 1 && word.chars().all(|c| c == '.') || word == "…" {
        return capital && document.tokens[i].space_after;
    }
    if word.ends_with('.') {
        return capital && !words::never_last(word) && words::starts_sentences(begin) && !is_initial(word);
    }
    false
}

/// Whether a word goes on with a sentence, as a comma does.
fn starts_with_mark(word: &str) -> bool {
    matches!(word, "," | ";" | ":" | "." | "!" | "?" | "%" | ")" | "]")
}

/// "J.": one capital with its full stop.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    matches!((chars.next(), chars.next(), chars.next()), (Some(c), Some('.'), None) if c.is_uppercase())
}
