//! Scores on the development sets, with gold tokens.

use dateline::language::{Model, Name};

use crate::treebank::{Named, Sentence};

/// Percentages of words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scores {
    pub upos: f64,
    pub xpos: f64,
    pub lemmas: f64,
    pub uas: f64,
    pub las: f64,
    /// UAS of words that are no punctuation.
    pub uas_words: f64,
}

pub fn parse(model: &Model<'_>, gold: &[Sentence]) -> Scores {
    let found = model.sentences(gold.iter().map(|s| s.iter().map(|w| w.form.as_str()).collect()));
    let mut right = [0usize; 6];
    let mut words = 0;
    let mut at = 0;
    for sentence in gold {
        for (i, word) in sentence.iter().enumerate() {
            let f = &found.words[at + i];
            let head = f.head.map_or(sentence.len(), |h| h - at) as u32;
            let attached = head == word.head;
            right[0] += usize::from(f.upos.as_str() == word.upos);
            right[1] += usize::from(f.xpos == word.xpos);
            right[2] += usize::from(word.lemma == "_" || *f.lemma == *word.lemma);
            right[3] += usize::from(attached);
            words += usize::from(word.upos != "PUNCT");
            right[5] += usize::from(attached && word.upos != "PUNCT");
            right[4] += usize::from(attached && f.deprel.as_str() == word.deprel);
        }
        at += sentence.len();
    }
    let uas_words = 100.0 * right[5] as f64 / words.max(1) as f64;
    let share = right.map(|r| 100.0 * r as f64 / at.max(1) as f64);
    Scores { upos: share[0], xpos: share[1], lemmas: share[2], uas: share[3], las: share[4], uas_words }
}

/// Precision, recall and F1 of names, in percent.
pub fn names(model: &Model<'_>, gold: &[Named]) -> [f64; 3] {
    let found = model.sentences(gold.iter().map(|s| s.iter().map(|(w, _)| w.as_str()).collect()));
    let mut expected = Vec::new();
    let mut at = 0;
    for sentence in gold {
        for (i, (_, tag)) in sentence.iter().enumerate() {
            let Some((part, kind)) = tag.split_once('-') else { continue };
            let Ok(kind) = kind.parse() else { continue };
            match expected.last_mut() {
                Some(Name { tokens, kind: k }) if part == "I" && tokens.end == at + i && *k == kind => tokens.end += 1,
                _ => expected.push(Name { tokens: at + i..at + i + 1, kind }),
            }
        }
        at += sentence.len();
    }
    let right = found.names.iter().filter(|name| expected.contains(name)).count() as f64;
    let (p, r) = (right / found.names.len().max(1) as f64, right / expected.len().max(1) as f64);
    [p, r, 2.0 * p * r / (p + r).max(1e-9)].map(|x| 100.0 * x)
}
