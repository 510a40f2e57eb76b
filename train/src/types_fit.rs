//! The learner of event types: a softmax over what is seen of a clause, and over what its words mean.
//!
//! A word's meaning is its public vector in the directions in which the words of the clauses differ most, so that words
//! which no clause has are judged by their neighbours. AdaGrad, one clause after the other, the mean of the later rounds,
//! sums in a fixed order: the same clauses give the same weights, to the bit.

use std::collections::{HashMap, HashSet};

use dateline::extract::typing::features::{PARTS, View};
use dateline::extract::typing::weights::{Trained, UNIT, UNIT_OF_WORDS, WIDTH, softmax};
use dateline::language::hash;

use crate::random::Random;
use crate::vectors::{DIMENSIONS, Vector};

/// Rounds over all clauses.
const ROUNDS: usize = 24;
/// First steps of AdaGrad for weights of features and for meanings.
const STEP: f32 = 0.15;
const STEP_OF_WORDS: f32 = 0.03;
/// How much weights are drawn to zero whenever they are used.
const DECAY: f32 = 2e-4;
const DECAY_OF_WORDS: f32 = 1e-3;
/// The share of features that a clause is read without, so that no single one is relied upon.
const DROPPED: f32 = 0.7;
/// What meanings are multiplied with: vectors have the length 1, so that their numbers are small.
const SCALE: f64 = 10.0;
/// Weights of features below this are left out of the file.
const LEAST: f32 = 0.45;

/// Word vectors by word.
pub type Vectors<'v> = HashMap<&'v str, &'v Vector>;

/// A clause to learn from.
pub struct Example<'e> {
    pub view: &'e View,
    pub label: usize,
}

/// A clause in numbers.
struct Row<'v> {
    features: Vec<usize>,
    words: [Vec<&'v Vector>; PARTS.len()],
    label: usize,
}

/// A weight that remembers the steps it took.
#[derive(Clone, Copy, Default)]
struct Weight {
    value: f32,
    past: f32,
    sum: f32,
}

impl Weight {
    fn step(&mut self, gradient: f32, size: f32, decay: f32) {
        let gradient = gradient + decay * self.value;
        self.past += gradient * gradient;
        self.value -= size * gradient / (1e-6 + self.past).sqrt();
    }
}

struct Learner {
    labels: usize,
    bias: Vec<Weight>,
    features: Vec<Weight>,
    /// For each part, each label, [`WIDTH`].
    vectors: Vec<Weight>,
    /// [`WIDTH`] times [`DIMENSIONS`]: the directions of meaning.
    matrix: Vec<f32>,
}

/// Learns from clauses; `words` are those that the file shall know.
pub fn fit(examples: &[Example<'_>], labels: &[&str], vectors: &Vectors<'_>, words: &[&str]) -> Trained {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    let keys = || examples.iter().flat_map(|e| e.view.features.iter().map(|f| f.key.as_str()));
    keys().for_each(|key| *counts.entry(key).or_default() += 1);
    // A feature that one clause alone has tells of its trigger or of nothing.
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    for key in keys().filter(|key| counts[key] > 1 || key.starts_with("trigger=")) {
        let next = numbers.len();
        numbers.entry(key).or_insert(next);
    }
    let rows: Vec<Row<'_>> = examples.iter().map(|e| row(e, &numbers, vectors)).collect();
    let mut random = Random::new(7);
    let mut learner = Learner {
        labels: labels.len(),
        bias: vec![Weight::default(); labels.len()],
        features: vec![Weight::default(); labels.len() * numbers.len()],
        vectors: vec![Weight::default(); labels.len() * PARTS.len() * WIDTH],
        matrix: directions(examples, vectors),
    };
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut rounds = 0.0;
    for round in 0..ROUNDS {
        random.shuffle(&mut order);
        order.iter().for_each(|&at| learner.learn(&rows[at], &mut random));
        if round * 2 >= ROUNDS {
            rounds += 1.0;
            learner.remember();
        }
    }
    learner.settle(rounds);
    learner.pack(labels, &numbers, vectors, words)
}

/// The directions in which the words of clauses differ most, by power iteration, times [`SCALE`].
fn directions(examples: &[Example<'_>], vectors: &Vectors<'_>) -> Vec<f32> {
    let words = examples.iter().flat_map(|e| e.view.words.iter().flatten());
    let mut seen = HashSet::new();
    let found: Vec<&Vector> =
        words.filter(|(_, w)| seen.insert(w.as_str())).filter_map(|(_, w)| vectors.get(w.as_str()).copied()).collect();
    let count = found.len().max(1) as f64;
    let mut mean = vec![0.0_f64; DIMENSIONS];
    found.iter().for_each(|v| mean.iter_mut().zip(v.iter()).for_each(|(m, x)| *m += f64::from(*x) / count));
    let mut spread = vec![0.0_f64; DIMENSIONS * DIMENSIONS];
    for vector in &found {
        let centred: Vec<f64> = vector.iter().zip(&mean).map(|(x, m)| f64::from(*x) - m).collect();
        for (row, a) in spread.chunks_exact_mut(DIMENSIONS).zip(&centred) {
            row.iter_mut().zip(&centred).for_each(|(s, b)| *s += a * b / count);
        }
    }
    let mut out = Vec::with_capacity(WIDTH * DIMENSIONS);
    for k in 0..WIDTH {
        let mut direction: Vec<f64> = (0..DIMENSIONS).map(|i| if i % WIDTH == k { 1.0 } else { 0.01 }).collect();
        let mut size = 1.0;
        for _ in 0..300 {
            let next: Vec<f64> = spread.chunks_exact(DIMENSIONS).map(|row| product(row, &direction)).collect();
            size = product(&next, &next).sqrt().max(1e-12);
            direction = next.into_iter().map(|x| x / size).collect();
        }
        for (i, row) in spread.chunks_exact_mut(DIMENSIONS).enumerate() {
            row.iter_mut().zip(&direction).for_each(|(s, d)| *s -= size * direction[i] * d);
        }
        out.extend(direction.iter().map(|d| (d * SCALE) as f32));
    }
    out
}

fn product(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

fn row<'v>(example: &Example<'_>, numbers: &HashMap<&str, usize>, vectors: &Vectors<'v>) -> Row<'v> {
    let features = example.view.features.iter().filter_map(|f| numbers.get(f.key.as_str()).copied()).collect();
    let words = std::array::from_fn(|part| {
        example.view.words[part].iter().filter_map(|(_, word)| vectors.get(word.as_str()).copied()).collect()
    });
    Row { features, words, label: example.label }
}

impl Learner {
    /// The mean of some words' meanings.
    fn meaning(&self, words: &[&Vector]) -> [f32; WIDTH] {
        let mut mean = [0.0; DIMENSIONS];
        for word in words {
            mean.iter_mut().zip(word.iter()).for_each(|(m, x)| *m += x / words.len() as f32);
        }
        self.through(&mean)
    }

    fn through(&self, vector: &Vector) -> [f32; WIDTH] {
        std::array::from_fn(|k| {
            let row = &self.matrix[k * DIMENSIONS..(k + 1) * DIMENSIONS];
            row.iter().zip(vector).map(|(w, x)| w * x).sum()
        })
    }

    fn all(&mut self) -> impl Iterator<Item = &mut Weight> {
        self.bias.iter_mut().chain(&mut self.features).chain(&mut self.vectors)
    }

    /// Adds the weights of this round to their sums.
    fn remember(&mut self) {
        self.all().for_each(|w| w.sum += w.value);
    }

    /// Puts the mean of the rounds in the place of each weight.
    fn settle(&mut self, rounds: f32) {
        self.all().for_each(|w| w.value = w.sum / rounds);
    }

    fn learn(&mut self, row: &Row<'_>, random: &mut Random) {
        let labels = self.labels;
        let features: Vec<usize> = row.features.iter().copied().filter(|_| random.fraction() >= DROPPED).collect();
        let kept = 1.0 / (1.0 - DROPPED);
        let meanings: [[f32; WIDTH]; PARTS.len()] = std::array::from_fn(|part| self.meaning(&row.words[part]));
        let mut scores: Vec<f32> = self.bias.iter().map(|b| b.value).collect();
        for &feature in &features {
            let weights = &self.features[feature * labels..(feature + 1) * labels];
            scores.iter_mut().zip(weights).for_each(|(s, w)| *s += w.value * kept);
        }
        for (part, meaning) in meanings.iter().enumerate().filter(|(part, _)| !row.words[*part].is_empty()) {
            for (label, score) in scores.iter_mut().enumerate() {
                let start = (part * labels + label) * WIDTH;
                let own = &self.vectors[start..start + WIDTH];
                *score += own.iter().zip(meaning).map(|(w, x)| w.value * x).sum::<f32>();
            }
        }
        softmax(&mut scores);
        scores[row.label] -= 1.0;
        for (bias, wrong) in self.bias.iter_mut().zip(&scores) {
            bias.step(*wrong, STEP, DECAY);
        }
        for &feature in &features {
            let weights = &mut self.features[feature * labels..(feature + 1) * labels];
            weights.iter_mut().zip(&scores).for_each(|(w, wrong)| w.step(wrong * kept, STEP, DECAY));
        }
        for (part, meaning) in meanings.iter().enumerate().filter(|(part, _)| !row.words[*part].is_empty()) {
            for (label, wrong) in scores.iter().enumerate() {
                let start = (part * labels + label) * WIDTH;
                let own = &mut self.vectors[start..start + WIDTH];
                own.iter_mut().zip(meaning).for_each(|(w, x)| w.step(wrong * x, STEP_OF_WORDS, DECAY_OF_WORDS));
            }
        }
    }

    fn pack(&self, labels: &[&str], numbers: &HashMap<&str, usize>, vectors: &Vectors<'_>, words: &[&str]) -> Trained {
        let small = |x: f32| (x / UNIT).round().clamp(-127.0, 127.0) as i8;
        let mut seen = HashSet::new();
        let known: Vec<(u32, [f32; WIDTH])> = words
            .iter()
            .filter_map(|word| Some((hash::of_bytes(word.bytes()), self.through(vectors.get(word)?))))
            .filter(|(key, _)| seen.insert(*key))
            .collect();
        let most = known.iter().flat_map(|w| w.1).fold(1e-6_f32, |most, x| most.max(x.abs()));
        let scale = 127.0 / most;
        let other = 1.0 / (UNIT_OF_WORDS * scale);
        let mut sorted: Vec<(&str, usize)> = numbers.iter().map(|(key, number)| (*key, *number)).collect();
        sorted.sort_unstable_by_key(|(_, number)| *number);
        let mut taken = HashSet::new();
        let feature = |(key, number): (&str, usize)| {
            let own = &self.features[number * self.labels..(number + 1) * self.labels];
            let weights: Vec<(u8, i8)> = own
                .iter()
                .enumerate()
                .filter(|(_, w)| w.value.abs() >= LEAST)
                .map(|(label, w)| (label as u8, small(w.value)))
                .collect();
            (hash::of_bytes(key.bytes()), weights)
        };
        Trained {
            labels: labels.iter().map(|l| (*l).to_owned()).collect(),
            bias: self.bias.iter().map(|b| small(b.value)).collect(),
            vectors: self.vectors.iter().map(|w| (w.value * other).round().clamp(-127.0, 127.0) as i8).collect(),
            words: known
                .into_iter()
                .map(|(key, meaning)| (key, meaning.map(|x| (x * scale).round().clamp(-127.0, 127.0) as i8)))
                .collect(),
            features: sorted
                .into_iter()
                .map(feature)
                .filter(|(key, weights)| !weights.is_empty() && taken.insert(*key))
                .collect(),
        }
    }
}
