//! Trains the learned part of the sentence splitter: logistic regression over the features of boundaries.

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};
use dateline::model::Zone;
use dateline::text::boundary::View;
use dateline::text::{Document, sentence, splitter};

use crate::inputs::{EWT_DEV, EWT_TRAIN, GUM_DEV, GUM_TRAIN, NEWS_DEV, NEWS_TRAIN};
use crate::raw::{self, Paragraph};
use crate::treebank::{checked, sha256};

/// Rounds over the boundaries, and how often that is done from the start, in another order.
const ROUNDS: usize = 6;
const TIMES: usize = 4;
/// Step of AdaGrad, and how much weights are drawn to zero.
const STEP: f32 = 0.05;
const DECAY: f32 = 1e-3;
/// A weight this far from zero is the greatest that is kept.
const GREATEST: f32 = 0.8;

/// A boundary: the slots of its features, and whether a sentence ends there.
type Example = (Vec<u32>, bool);

/// Trains on the treebanks in a folder, and writes `splitter.dlm` and its card into `model`.
pub fn train(treebanks: &Path, model: &Path) -> Result<()> {
    let read = |(name, hash): (&str, &str)| raw::paragraphs(&checked(&treebanks.join(name), hash)?);
    // News is what the program reads: it is seen twice, for it stands in GUM too. Whole documents without their paragraph
    // breaks teach what sentence ends look like where nothing else shows them.
    let mut examples = Vec::new();
    for bank in [EWT_TRAIN, GUM_TRAIN, NEWS_TRAIN] {
        let paragraphs = read(bank)?;
        paragraphs.iter().for_each(|p| learn_from(p, &mut examples));
        raw::joined(&paragraphs).iter().for_each(|p| learn_from(p, &mut examples));
    }
    println!("{} boundaries, {} sentence ends", examples.len(), examples.iter().filter(|e| e.1).count());
    let weights = fit(&examples);
    let unit = splitter::GREATEST as f32 / GREATEST;
    let weights: Vec<i32> = weights.iter().map(|w| (w * unit).round() as i32).collect();
    let packed = splitter::pack(&weights);
    let mut scores = String::new();
    let bytes = <&[u8; splitter::BYTES]>::try_from(&packed[..])?;
    for (name, bank) in [("EWT dev", EWT_DEV), ("GUM dev", GUM_DEV), ("GUM news dev", NEWS_DEV)] {
        let paragraphs = read(bank)?;
        let both = [&paragraphs, &raw::joined(&paragraphs)].map(|p| (f1(p, None), f1(p, Some(bytes))));
        let [(rules, learned), (rules_joined, learned_joined)] = both;
        writeln!(scores, "| {name} | {rules:.1} | {learned:.1} | {rules_joined:.1} | {learned_joined:.1} |")?;
    }
    print!("{scores}");
    std::fs::write(model.join("splitter.dlm"), &packed)?;
    std::fs::write(model.join("SPLITTER.md"), card(&scores, &packed)).context("the card")
}

/// The end of each token, in characters that are not white space.
fn ends(document: &Document<'_>) -> Vec<usize> {
    let lengths = document.tokens.iter().map(|t| document.words(t.span).chars().count());
    lengths
        .scan(0, |sum, n| {
            *sum += n;
            Some(*sum)
        })
        .collect()
}

fn learn_from(paragraph: &Paragraph, examples: &mut Vec<Example>) {
    let document = Document::of(&paragraph.text);
    let view = View::of(&document, 0);
    let ends = ends(&document);
    let (mut start, mut keys) = (0, Vec::new());
    for i in 0..ends.len().saturating_sub(1) {
        let gold = paragraph.ends.binary_search(&ends[i]).is_ok();
        if view.possible(i) {
            let rule = sentence::ends(&document, start, i, ends.len());
            view.features(start, i, rule, &mut keys);
            examples.push((keys.iter().map(|&key| splitter::slot(key) as u32).collect(), gold));
        }
        if gold {
            start = i + 1;
        }
    }
}

/// Marsaglia's xorshift: the same order on every machine.
struct Shuffler(u64);

impl Shuffler {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
}

/// Weights averaged over all rounds.
fn fit(examples: &[Example]) -> Vec<f32> {
    let mut sums = vec![0f64; splitter::SLOTS];
    let mut shuffler = Shuffler(2);
    let mut order: Vec<usize> = (0..examples.len()).collect();
    for _ in 0..TIMES {
        let mut weights = vec![0f32; splitter::SLOTS];
        let mut past = vec![1e-3f32; splitter::SLOTS];
        for _ in 0..ROUNDS {
            for i in (1..order.len()).rev() {
                order.swap(i, shuffler.below(i + 1));
            }
            for &i in &order {
                let (slots, gold) = &examples[i];
                let sum: f32 = slots.iter().map(|&slot| weights[slot as usize]).sum();
                let wrong = 1.0 / (1.0 + (-sum).exp()) - f32::from(u8::from(*gold));
                for &slot in slots {
                    let slot = slot as usize;
                    let gradient = wrong + DECAY * weights[slot];
                    past[slot] += gradient * gradient;
                    weights[slot] -= STEP * gradient / past[slot].sqrt();
                }
            }
            for (sum, weight) in sums.iter_mut().zip(&weights) {
                *sum += f64::from(*weight);
            }
        }
    }
    sums.iter().map(|sum| (sum / (TIMES * ROUNDS) as f64) as f32).collect()
}

/// F1 of whole sentences, by rules alone or with weights.
fn f1(paragraphs: &[Paragraph], weights: Option<&[u8; splitter::BYTES]>) -> f64 {
    let (mut right, mut found, mut expected) = (0, 0, 0);
    for paragraph in paragraphs {
        let mut document = Document::of(&paragraph.text);
        document.sentences.clear();
        sentence::split_by(weights, &mut document, 0, Zone::Body, 0);
        let ends = ends(&document);
        let last = |s: &dateline::text::Sentence| s.tokens.end.checked_sub(1).map_or(0, |i| ends[i]);
        let first = |s: &dateline::text::Sentence| s.tokens.start.checked_sub(1).map_or(0, |i| ends[i]);
        let mut from = 0;
        let gold: Vec<(usize, usize)> =
            paragraph.ends.iter().map(|&end| (std::mem::replace(&mut from, end), end)).collect();
        right += document.sentences.iter().filter(|s| gold.binary_search(&(first(s), last(s))).is_ok()).count();
        found += document.sentences.len();
        expected += gold.len();
    }
    200.0 * right as f64 / (found + expected) as f64
}

fn card(scores: &str, packed: &[u8]) -> String {
    let mut out = HEAD.to_owned();
    for ((file, hash), purpose) in [EWT_TRAIN, GUM_TRAIN, NEWS_TRAIN]
        .map(|f| (f, "training"))
        .into_iter()
        .chain([EWT_DEV, GUM_DEV, NEWS_DEV].map(|f| (f, "measuring")))
    {
        out += &format!("| {file} | {purpose} | `{hash}` |\n");
    }
    out += "\n## Scores: F1 of sentences in plain text, percent\n\nLines and paragraphs as the treebank gives them, and each \
            document as one line.\n\n| set | rules | learned | one line: rules | learned |\n|---|---|---|---|---|\n";
    out += scores;
    out += &format!("\n`splitter.dlm`: {} bytes, SHA-256 `{}`.\n", packed.len(), sha256(packed));
    out
}

const HEAD: &str = "\
# The sentence splitter of dateline

`splitter.dlm` corrects the rules of src/text/sentence.rs. It is rebuilt by

    cargo run --release -p train -- TREEBANKS VECTORS --only splitter

where TREEBANKS holds the files below.

## What it is

Logistic regression over hashed features of the boundary between two tokens (shapes and words on both sides, lengths,
verbs, brackets, what the rules say), each weight a whole number of 4 bits, two a byte. Where the rules see a sentence end
it takes a clear no to overrule them; where no mark stands, a yes, and between two words with capitals, which may be a
name, a clear one, unless the paragraph leaves out its last full stop as well. Titles and headings are left to the rules.

## Licence and attribution

The weights are derived from UD English EWT, train, and GUM, train, as CARD.md names them, and are shared under CC BY-SA
4.0. No test set was used.

## Inputs

| file | use | SHA-256 |
|---|---|---|
";
