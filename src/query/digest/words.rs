//! The words of a sentence as the digest compares them.

use std::collections::HashMap;

use rust_stemmers::{Algorithm, Stemmer};

use crate::text::fold;

/// Words that say nothing of what a sentence is about: function words, words of time and of speech, numerals.
const EMPTY: &[&str] = &[
    "a",
    "about",
    "across",
    "after",
    "again",
    "against",
    "all",
    "along",
    "also",
    "although",
    "am",
    "among",
    "an",
    "and",
    "another",
    "any",
    "april",
    "are",
    "as",
    "at",
    "august",
    "back",
    "be",
    "because",
    "been",
    "before",
    "behind",
    "being",
    "between",
    "beyond",
    "both",
    "but",
    "by",
    "can",
    "could",
    "day",
    "december",
    "did",
    "do",
    "does",
    "done",
    "down",
    "during",
    "each",
    "either",
    "even",
    "every",
    "february",
    "first",
    "for",
    "four",
    "friday",
    "from",
    "further",
    "get",
    "got",
    "had",
    "has",
    "have",
    "having",
    "he",
    "her",
    "here",
    "him",
    "his",
    "how",
    "however",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "january",
    "july",
    "june",
    "just",
    "last",
    "less",
    "like",
    "made",
    "make",
    "many",
    "march",
    "may",
    "me",
    "might",
    "monday",
    "month",
    "more",
    "most",
    "mr",
    "mrs",
    "ms",
    "much",
    "must",
    "my",
    "near",
    "neither",
    "new",
    "next",
    "no",
    "nor",
    "not",
    "november",
    "now",
    "october",
    "of",
    "off",
    "on",
    "once",
    "one",
    "only",
    "or",
    "other",
    "our",
    "out",
    "over",
    "own",
    "part",
    "people",
    "per",
    "said",
    "same",
    "saturday",
    "say",
    "second",
    "september",
    "shall",
    "she",
    "should",
    "since",
    "so",
    "some",
    "still",
    "such",
    "sunday",
    "take",
    "tell",
    "ten",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "third",
    "this",
    "those",
    "though",
    "three",
    "through",
    "thursday",
    "time",
    "to",
    "today",
    "told",
    "tomorrow",
    "took",
    "tuesday",
    "two",
    "under",
    "until",
    "up",
    "us",
    "very",
    "via",
    "was",
    "way",
    "we",
    "wednesday",
    "week",
    "well",
    "were",
    "what",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whom",
    "why",
    "will",
    "with",
    "within",
    "without",
    "would",
    "year",
    "yesterday",
    "yet",
    "you",
    "your",
];

/// Gives every word a number, the same one wherever it comes.
#[derive(Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<String, u32>,
}

/// A word that is not empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Its number.
    pub number: u32,
    /// It is written like a name: with a capital inside a sentence.
    pub name: bool,
    /// It is a number in figures.
    pub figure: bool,
}

impl Vocabulary {
    /// How many different words there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The words of a text, without the empty ones.
    pub fn words(&mut self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        let mut before = ['.', ' '];
        let mut start = None;
        let mut name = false;
        for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
            if c.is_alphanumeric() || (start.is_some() && matches!(c, '-' | '\'' | '\u{2019}')) {
                if start.is_none() {
                    start = Some(at);
                    let inside =
                        before[1].is_whitespace() && (before[0].is_lowercase() || matches!(before[0], ',' | ';'));
                    name = inside && c.is_uppercase();
                }
            } else if let Some(from) = start.take() {
                self.push(&text[from..at], name, &mut words);
            }
            before = [before[1], c];
        }
        words
    }

    fn push(&mut self, word: &str, name: bool, words: &mut Vec<Word>) {
        let folded = fold(word);
        let bare = folded.trim_end_matches(['-', '\'']);
        let bare = bare.strip_suffix("'s").unwrap_or(bare);
        if bare.is_empty() || EMPTY.binary_search(&bare).is_ok() {
            return;
        }
        let stem = stem(bare);
        if EMPTY.binary_search(&stem.as_str()).is_ok() {
            return;
        }
        let figure = stem.chars().all(|c| c.is_ascii_digit());
        let next = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        let number = *self.numbers.entry(stem).or_insert(next);
        words.push(Word { number, name, figure });
    }
}

/// The stem of a word by the rules of Snowball for English, so that "protests", "protested" and "protesting" are one word.
fn stem(word: &str) -> String {
    Stemmer::create(Algorithm::English).stem(word).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_words_are_sorted() {
        assert!(EMPTY.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn forms_of_a_word_are_one() {
        for forms in [["protests", "protested"], ["killed", "killing"], ["parties", "party"], ["cases", "case"]] {
            assert_eq!(stem(forms[0]), stem(forms[1]));
        }
        assert_ne!(stem("crisis"), stem("cry"));
    }

    #[test]
    fn names_are_words_with_a_capital_inside_a_sentence() {
        let mut all = Vocabulary::default();
        let words = all.words("Rebels near Kalemie said the army's 12 tanks left. Troops came.");
        let shown: Vec<_> = words.iter().map(|w| (w.name, w.figure)).collect();
        // Rebels, Kalemie, army, 12, tanks, left, Troops, came
        assert_eq!(shown.len(), 8);
        assert_eq!(shown.iter().filter(|(name, _)| *name).count(), 1);
        assert!(shown[1].0 && shown[3].1);
        assert_eq!(all.len(), 8);
    }
}
