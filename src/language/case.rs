//! Headlines: words written with capitals for show are read as the rest of the document writes them.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::text::{Document, Sentence};

/// Fewest words of a headline that its capitals can be judged by.
const LEAST_WORDS: usize = 4;

/// How a sentence uses capitals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Capitals {
    Sentence,
    /// "Talks Near Agreement on Prisoners".
    Title,
    /// "TALKS NEAR AGREEMENT".
    All,
}

/// How the sentences of a document that are no headlines write their words.
#[derive(Debug, Default)]
pub struct Spelling<'d> {
    /// Words in lower case.
    lower: HashSet<&'d str>,
    /// Words with a capital that do not start a sentence.
    proper: HashSet<&'d str>,
    headlines: Vec<bool>,
}

impl<'d> Spelling<'d> {
    /// Reads a document; cheap if it has no headlines.
    pub fn of(document: &Document<'d>) -> Spelling<'d> {
        let headlines: Vec<bool> =
            document.sentences.iter().map(|s| capitals(document, s) != Capitals::Sentence).collect();
        let mut spelling = Spelling { headlines, ..Spelling::default() };
        if !spelling.headlines.contains(&true) {
            return spelling;
        }
        for (sentence, _) in document.sentences.iter().zip(&spelling.headlines).filter(|(_, headline)| !**headline) {
            for i in sentence.tokens.clone() {
                let word = document.word(i);
                if word.starts_with(char::is_lowercase) {
                    spelling.lower.insert(word);
                } else if word.starts_with(char::is_uppercase) && i > sentence.tokens.start {
                    spelling.proper.insert(word);
                }
            }
        }
        spelling
    }

    /// The words of a sentence as the rest of the document writes them. `common` tells whether a word that the rest does
    /// not have is known to be no name.
    pub fn words(
        &self,
        document: &Document<'d>,
        number: usize,
        common: impl Fn(&str, &str) -> bool,
    ) -> Vec<Cow<'d, str>> {
        let sentence = &document.sentences[number];
        let words = sentence.tokens.clone().map(|i| document.word(i));
        if !self.headlines.get(number).copied().unwrap_or_default() {
            return words.map(Cow::Borrowed).collect();
        }
        let all = capitals(document, sentence) == Capitals::All;
        words.enumerate().map(|(i, word)| self.word(word, i == 0, all, &common)).collect()
    }

    fn word(&self, word: &'d str, first: bool, all: bool, common: &impl Fn(&str, &str) -> bool) -> Cow<'d, str> {
        if !word.starts_with(char::is_uppercase) || self.proper.contains(word) {
            return Cow::Borrowed(word);
        }
        let lower = word.to_lowercase();
        let title = capitalised(&lower);
        if all && self.proper.contains(&*title) {
            return Cow::Owned(title);
        }
        // An acronym in a headline that is not all capitals stays one.
        let acronym = !all && word.chars().nth(1).is_some_and(|c| !c.is_lowercase());
        if acronym || !(self.lower.contains(&*lower) || common(&lower, &title)) {
            return if all && word.chars().count() > 4 { Cow::Owned(title) } else { Cow::Borrowed(word) };
        }
        Cow::Owned(if first { title } else { lower })
    }
}

fn capitalised(lower: &str) -> String {
    let mut chars = lower.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

fn capitals(document: &Document<'_>, sentence: &Sentence) -> Capitals {
    let (mut words, mut title, mut all) = (0, 0, 0);
    for i in sentence.tokens.clone() {
        let word = document.word(i);
        let mut letters = word.chars().filter(|c| c.is_alphabetic());
        let Some(first) = letters.next() else { continue };
        // Small words stay small in headlines.
        if word.len() <= 3 && first.is_lowercase() || document.tokens[i].joined {
            continue;
        }
        words += 1;
        title += usize::from(first.is_uppercase());
        all += usize::from(first.is_uppercase() && !word.chars().any(char::is_lowercase));
    }
    let most = |n: usize| words >= LEAST_WORDS && n * 5 >= words * 4;
    match (most(all), most(title)) {
        (true, _) => Capitals::All,
        (_, true) => Capitals::Title,
        _ => Capitals::Sentence,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headline(text: &str, common: &[&str]) -> String {
        let document = Document::of(text);
        let words = Spelling::of(&document).words(&document, 0, |lower, _| common.contains(&lower));
        words.join(" ")
    }

    #[test]
    fn headlines_are_read_as_the_text_writes_their_words() {
        let body = "\n\nIn Geneva, Russia said that talks on an agreement were near. Envoys of the EU left.";
        assert_eq!(
            headline(&format!("Talks Near Agreement as Russia Signals Resistance{body}"), &["signals"]),
            "Talks near agreement as Russia signals Resistance"
        );
        assert_eq!(
            headline(&format!("EU ENVOYS SAY TALKS IN GENEVA HALTED{body}"), &["say", "in", "halted", "envoys"]),
            "EU envoys say talks in Geneva halted"
        );
        assert_eq!(headline(&format!("Talks in Geneva were near.{body}"), &[]), "Talks in Geneva were near .");
    }
}
