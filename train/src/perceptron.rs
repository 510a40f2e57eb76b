//! Averaged perceptrons over hashed features.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use dateline::language::linear::CLASSES;

/// Feature keys are hashes already.
#[derive(Default)]
pub struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {
        unreachable!("only u64 keys are hashed")
    }

    fn write_u64(&mut self, key: u64) {
        self.0 = key.rotate_left(20);
    }
}

type Index = HashMap<u64, u32, BuildHasherDefault<Identity>>;

#[derive(Clone, Copy)]
struct Entry {
    class: u8,
    weight: f32,
    /// Sum of the weight over all steps up to `step`.
    total: f64,
    step: u32,
}

#[derive(Default)]
struct Row {
    updates: u32,
    entries: Vec<Entry>,
}

/// Features with their averaged weights, by key.
pub type Weights = Vec<(u64, Vec<(u8, f32)>)>;

/// A perceptron in training.
#[derive(Default)]
pub struct Perceptron {
    index: Index,
    rows: Vec<Row>,
    step: u32,
    /// No new features and classes are taken in.
    closed: bool,
}

impl Perceptron {
    /// A perceptron that knows these features and classes and takes in no others; their weights start at zero.
    pub fn limited(chosen: &Weights) -> Perceptron {
        let mut learner = Perceptron { closed: true, ..Perceptron::default() };
        for (key, list) in chosen {
            learner.index.insert(*key, learner.rows.len() as u32);
            let entries = list.iter().map(|&(class, _)| Entry { class, weight: 0.0, total: 0.0, step: 0 }).collect();
            learner.rows.push(Row { updates: 1, entries });
        }
        learner
    }

    pub fn score(&self, keys: &[u64], scores: &mut [f32; CLASSES]) {
        for key in keys {
            if let Some(&row) = self.index.get(key) {
                for entry in &self.rows[row as usize].entries {
                    scores[usize::from(entry.class)] += entry.weight;
                }
            }
        }
    }

    /// Counts one decision; without it averages do not move.
    pub fn tick(&mut self) {
        self.step += 1;
    }

    /// Moves the weights of the features towards `right` and away from `wrong`.
    pub fn update(&mut self, keys: &[u64], right: u8, wrong: u8) {
        for &key in keys {
            let row = match self.index.get(&key) {
                Some(&row) => row,
                None if self.closed => continue,
                None => {
                    let row = self.rows.len() as u32;
                    self.index.insert(key, row);
                    self.rows.push(Row::default());
                    row
                }
            };
            let row = &mut self.rows[row as usize];
            row.updates += 1;
            for (class, by) in [(right, 1.0), (wrong, -1.0)] {
                let entry = match row.entries.iter_mut().find(|e| e.class == class) {
                    Some(entry) => entry,
                    None if self.closed => continue,
                    None => {
                        row.entries.push(Entry { class, weight: 0.0, total: 0.0, step: self.step });
                        row.entries.last_mut().expect("just pushed")
                    }
                };
                entry.total += f64::from(entry.weight) * f64::from(self.step - entry.step);
                entry.step = self.step;
                entry.weight += by;
            }
        }
    }

    /// The averages of the features that were updated at least `least` times, sorted by key.
    pub fn averages(&self, least: u32) -> Weights {
        let mut out: Weights = Vec::new();
        for (&key, &row) in &self.index {
            let row = &self.rows[row as usize];
            if row.updates < least {
                continue;
            }
            let mut weights: Vec<(u8, f32)> = row
                .entries
                .iter()
                .map(|e| {
                    let total = e.total + f64::from(e.weight) * f64::from(self.step - e.step);
                    (e.class, (total / f64::from(self.step.max(1))) as f32)
                })
                .filter(|(_, w)| *w != 0.0)
                .collect();
            weights.sort_by_key(|(class, _)| *class);
            out.push((key, weights));
        }
        out.sort_by_key(|(key, _)| *key);
        out
    }
}

/// Random numbers, the same on each run.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) % limit.max(1) as u64) as usize
    }

    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}
