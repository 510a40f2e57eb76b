//! The weights of the classifier, read in place: whole numbers, and sums and a softmax made of basic operations alone, so
//! that every machine comes to the same types.

use std::sync::LazyLock;

use super::clauses::NONE;
use super::features::{PARTS, View};
use crate::language::hash;
use crate::model::EventType;

/// First bytes of a weights file; the last one is the version of the format and of the features.
const MAGIC: [u8; 4] = *b"dlt\x01";
/// Numbers of a word's vector.
pub const WIDTH: usize = 24;
/// Weights of features are multiples of this.
pub const UNIT: f32 = 1.0 / 32.0;
/// Products of a word's vector with that of a label are multiples of this.
pub const UNIT_OF_WORDS: f32 = 1.0 / 2048.0;

static EMBEDDED: &[u8] = include_bytes!("../../../../data/model/types.dlm");

/// What a clause may be said to tell of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Label {
    /// The type; `None` for no happening.
    pub event_type: Option<EventType>,
}

impl Label {
    /// Reads "SUE", "NONE".
    pub fn parse(text: &str) -> Option<Label> {
        let event_type = if text == NONE { None } else { Some(text.parse().ok()?) };
        Some(Label { event_type })
    }
}

/// Trained weights over their bytes.
#[derive(Clone, Debug, Default)]
pub struct Weights<'a> {
    labels: Vec<Label>,
    bias: &'a [u8],
    /// Vectors of labels, one for each of [`PARTS`].
    vectors: &'a [u8],
    word_keys: &'a [u8],
    word_vectors: &'a [u8],
    feature_keys: &'a [u8],
    /// Where the weights of each feature end.
    feature_ends: &'a [u8],
    /// Label and weight in turn.
    entries: &'a [u8],
}

/// What is written of trained weights.
pub struct Trained {
    /// Labels as [`Label::parse`] reads them.
    pub labels: Vec<String>,
    /// What is added for each label, in [`UNIT`]s.
    pub bias: Vec<i8>,
    /// Vectors of labels: for each part, each label, [`WIDTH`] numbers.
    pub vectors: Vec<i8>,
    /// Words by their hash, with their vectors.
    pub words: Vec<(u32, [i8; WIDTH])>,
    /// Features by their hash, with weights of labels in [`UNIT`]s.
    pub features: Vec<(u32, Vec<(u8, i8)>)>,
}

/// Writes weights as [`Weights::read`] reads them.
pub fn pack(mut trained: Trained) -> Vec<u8> {
    trained.words.sort_unstable_by_key(|w| w.0);
    trained.features.sort_unstable_by_key(|f| f.0);
    let labels = trained.labels.join("\n");
    let mut out = MAGIC.to_vec();
    for count in [trained.labels.len(), labels.len(), trained.words.len(), trained.features.len()] {
        out.extend((count as u32).to_le_bytes());
    }
    let signed = |x: i8| x as u8;
    out.extend(labels.bytes());
    out.extend(trained.bias.into_iter().map(signed));
    out.extend(trained.vectors.into_iter().map(signed));
    trained.words.iter().for_each(|w| out.extend(w.0.to_le_bytes()));
    trained.words.iter().for_each(|w| out.extend(w.1.map(signed)));
    trained.features.iter().for_each(|f| out.extend(f.0.to_le_bytes()));
    let mut end = 0u32;
    for (_, weights) in &trained.features {
        end += weights.len() as u32;
        out.extend(end.to_le_bytes());
    }
    trained.features.iter().flat_map(|f| &f.1).for_each(|&(label, weight)| out.extend([label, signed(weight)]));
    out
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at * 4..).and_then(<[u8]>::first_chunk).map_or(0, |b| u32::from_le_bytes(*b))
}

/// The place of a key in a sorted list.
fn find(keys: &[u8], key: u32) -> Option<usize> {
    let (mut low, mut high) = (0, keys.len() / 4);
    while low < high {
        let middle = (low + high) / 2;
        if number(keys, middle) < key { low = middle + 1 } else { high = middle }
    }
    (number(keys, low) == key && low < keys.len() / 4).then_some(low)
}

impl<'a> Weights<'a> {
    /// Reads what [`pack`] wrote; `None` if it is something else or bytes are missing.
    pub fn read(bytes: &'a [u8]) -> Option<Weights<'a>> {
        let mut rest = bytes.strip_prefix(&MAGIC)?;
        let mut take = |count: usize| {
            let (taken, after) = rest.split_at_checked(count)?;
            rest = after;
            Some(taken)
        };
        let counts = take(16)?;
        let [labels, text, words, features] = [0, 1, 2, 3].map(|i| number(counts, i) as usize);
        let text = str::from_utf8(take(text)?).ok()?;
        let names: Vec<Label> = text.lines().map(Label::parse).collect::<Option<_>>()?;
        let bias = take(labels)?;
        let vectors = take(labels.checked_mul(PARTS.len() * WIDTH)?)?;
        let word_keys = take(words.checked_mul(4)?)?;
        let word_vectors = take(words.checked_mul(WIDTH)?)?;
        let feature_keys = take(features.checked_mul(4)?)?;
        let feature_ends = take(features.checked_mul(4)?)?;
        let entries = rest;
        let last = features.checked_sub(1).map_or(0, |last| number(feature_ends, last) as usize);
        let whole = names.len() == labels && labels <= 255 && entries.len() == last * 2;
        whole.then_some(Weights {
            labels: names,
            bias,
            vectors,
            word_keys,
            word_vectors,
            feature_keys,
            feature_ends,
            entries,
        })
    }

    /// What it tells apart.
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// Adds the weights of a feature to the scores of labels.
    fn add_feature(&self, hash: u32, scores: &mut [f32]) {
        let Some(at) = find(self.feature_keys, hash) else { return };
        let start = at.checked_sub(1).map_or(0, |before| number(self.feature_ends, before) as usize);
        let end = number(self.feature_ends, at) as usize;
        for entry in self.entries.get(start * 2..end * 2).unwrap_or_default().chunks_exact(2) {
            if let Some(score) = scores.get_mut(usize::from(entry[0])) {
                *score += f32::from(entry[1] as i8) * UNIT;
            }
        }
    }

    /// Adds what the meaning of a part's words says: the mean of their vectors with that of each label.
    fn add_words<'w>(&self, part: usize, words: impl Iterator<Item = &'w str>, scores: &mut [f32]) {
        let (mut sum, mut count) = ([0i32; WIDTH], 0);
        for word in words {
            let Some(at) = find(self.word_keys, hash::of_bytes(word.bytes())) else { continue };
            let vector = self.word_vectors.get(at * WIDTH..(at + 1) * WIDTH).unwrap_or_default();
            sum.iter_mut().zip(vector).for_each(|(s, v)| *s += i32::from(*v as i8));
            count += 1;
        }
        if count == 0 {
            return;
        }
        let labels = self.labels.len();
        for (label, score) in scores.iter_mut().enumerate() {
            let start = (part * labels + label) * WIDTH;
            let own = self.vectors.get(start..start + WIDTH).unwrap_or_default();
            let product: i32 = own.iter().zip(&sum).map(|(a, b)| i32::from(*a as i8) * b).sum();
            *score += product as f32 / count as f32 * UNIT_OF_WORDS;
        }
    }

    /// The probability of each label.
    pub fn probabilities(&self, view: &View) -> Vec<f32> {
        let mut scores: Vec<f32> = self.bias.iter().map(|b| f32::from(*b as i8) * UNIT).collect();
        view.features.iter().for_each(|f| self.add_feature(f.hash(), &mut scores));
        for (part, words) in view.words.iter().enumerate() {
            self.add_words(part, words.iter().map(|(_, w)| w.as_str()), &mut scores);
        }
        softmax(&mut scores);
        scores
    }

    /// What speaks for a label: what was seen, the token that shows it, and its weight; heaviest first.
    pub fn why(&self, view: &View, label: usize) -> Vec<(String, usize, f32)> {
        let weigh = |add: &dyn Fn(&mut [f32])| {
            let mut scores = vec![0.0; self.labels.len()];
            add(&mut scores);
            scores.get(label).copied().unwrap_or_default()
        };
        let mut all: Vec<(String, usize, f32)> = Vec::new();
        for feature in &view.features {
            all.push((feature.key.clone(), feature.token, weigh(&|s| self.add_feature(feature.hash(), s))));
        }
        for (part, words) in view.words.iter().enumerate() {
            let Some((token, first)) = words.first() else { continue };
            let weight = weigh(&|s| self.add_words(part, words.iter().map(|(_, w)| w.as_str()), s));
            all.push((format!("meaning of {} {first}", PARTS[part]), *token, weight));
        }
        all.retain(|(.., weight)| *weight > 0.0);
        all.sort_by(|a, b| b.2.total_cmp(&a.2));
        all
    }
}

impl Weights<'static> {
    /// The weights inside the binary.
    pub fn embedded() -> &'static Weights<'static> {
        // The file is part of the program: a test reads it, so what cannot be read never ships.
        static WEIGHTS: LazyLock<Weights<'static>> = LazyLock::new(|| Weights::read(EMBEDDED).unwrap_or_default());
        &WEIGHTS
    }
}

/// Turns scores into probabilities.
pub fn softmax(scores: &mut [f32]) {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = exp(*score - most);
        sum += *score;
    }
    scores.iter_mut().for_each(|score| *score /= sum);
}

/// The exponential function for numbers up to 0, from basic operations alone: halved ten times, six terms of its series,
/// squared ten times. Off by less than a thousandth.
fn exp(x: f32) -> f32 {
    let x = f64::from(x.clamp(-40.0, 0.0)) / 1024.0;
    let mut y = 1.0 + x * (1.0 + x / 2.0 * (1.0 + x / 3.0 * (1.0 + x / 4.0)));
    for _ in 0..10 {
        y *= y;
    }
    y as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::events::typing::features::Feature;

    fn small() -> Vec<u8> {
        let mut vectors = vec![0; 2 * PARTS.len() * WIDTH];
        vectors[WIDTH] = 64;
        let word = |w: &str, x: i8| (hash::of_bytes(w.bytes()), std::array::from_fn(|i| if i == 0 { x } else { 0 }));
        pack(Trained {
            labels: vec!["NONE".into(), "ASSAULT".into()],
            bias: vec![0, -32],
            vectors,
            words: vec![word("shoot", 64), word("knit", -64)],
            features: vec![(hash::of_bytes("object=man".bytes()), vec![(1, 64)])],
        })
    }

    #[test]
    fn weights_come_back_as_they_were_packed() {
        let bytes = small();
        let weights = Weights::read(&bytes).unwrap();
        assert_eq!(weights.labels()[1].event_type, Some(EventType::Assault));
        let see = |word: &str, key: &str| View {
            features: vec![Feature { key: key.into(), token: 0 }],
            words: [vec![(0, word.to_owned())], vec![], vec![], vec![]],
        };
        // -1 + 2 + 2 and -1 - 2.
        assert!((weights.probabilities(&see("shoot", "object=man"))[1] - 0.9526).abs() < 0.001);
        assert!((weights.probabilities(&see("knit", "object=sock"))[1] - 0.0474).abs() < 0.001);
        let why = weights.why(&see("shoot", "object=man"), 1);
        assert_eq!(why.len(), 2);
    }

    #[test]
    fn what_is_cut_off_is_no_weights() {
        let bytes = small();
        for end in 0..bytes.len() {
            assert!(Weights::read(&bytes[..end]).is_none(), "{end} bytes");
        }
    }

    #[test]
    fn the_weights_in_the_program_can_be_read() {
        assert!(!Weights::embedded().labels().is_empty());
    }

    #[test]
    fn exp_is_near_the_exponential() {
        for i in 0..400 {
            let x = -0.05 * i as f32;
            assert!((exp(x) - x.exp()).abs() < 1e-5, "{x}");
        }
    }
}
