//! Reads treebanks and name files, and makes sure that they are the ones expected.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, bail};
use flate2::read::GzDecoder;
use sha2::{Digest, Sha256};

/// A word of a treebank.
#[derive(Clone, Debug)]
pub struct Gold {
    pub form: String,
    pub lemma: String,
    pub upos: String,
    pub xpos: String,
    /// Index in the sentence, its length for the root.
    pub head: u32,
    pub deprel: String,
    pub misc: String,
}

/// A sentence of a treebank.
pub type Sentence = Vec<Gold>;

/// A sentence of a name file: words with their tags, such as "B-PER".
pub type Named = Vec<(String, String)>;

/// SHA-256 of some bytes, in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of a file that must have this hash.
pub fn checked(path: &Path, hash: &str) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path).and_then(|mut f| f.read_to_end(&mut bytes)).with_context(|| format!("{}", path.display()))?;
    let found = sha256(&bytes);
    if found != hash {
        bail!("{}: SHA-256 is {found}, expected {hash}", path.display());
    }
    Ok(bytes)
}

/// The text of a gzipped file.
pub fn unpacked(bytes: &[u8]) -> Result<String> {
    let mut text = String::new();
    GzDecoder::new(bytes).read_to_string(&mut text)?;
    Ok(text)
}

/// Reads gzipped CoNLL-U.
pub fn conllu(bytes: &[u8]) -> Result<Vec<Sentence>> {
    sentences(&unpacked(bytes)?)
}

/// Reads CoNLL-U.
pub fn sentences(text: &str) -> Result<Vec<Sentence>> {
    let mut out = Vec::new();
    for block in text.split("\n\n") {
        let mut sentence: Sentence = Vec::new();
        for line in block.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&str> = line.split('\t').collect();
            let [id, form, lemma, upos, xpos, _, head, deprel, _, misc] = fields[..] else { continue };
            if id.contains(['-', '.']) {
                continue;
            }
            sentence.push(Gold {
                form: form.to_owned(),
                lemma: lemma.to_owned(),
                upos: upos.to_owned(),
                xpos: xpos.to_owned(),
                head: head.parse().with_context(|| line.to_owned())?,
                deprel: deprel.to_owned(),
                misc: misc.to_owned(),
            });
        }
        let length = sentence.len() as u32;
        for word in &mut sentence {
            word.head = word.head.checked_sub(1).unwrap_or(length);
        }
        if length > 0 {
            out.push(sentence);
        }
    }
    Ok(out)
}

/// The names of sentences that have them in the last column, such as `Name=B-PER`.
pub fn names_of(sentences: &[Sentence]) -> Vec<Named> {
    let tag = |misc: &str| misc.split('|').find_map(|part| part.strip_prefix("Name=")).unwrap_or("O").to_owned();
    sentences.iter().map(|s| s.iter().map(|w| (w.form.clone(), tag(&w.misc))).collect()).collect()
}

/// Reads a gzipped name file: word, tab, tag; a blank line between sentences.
pub fn names(bytes: &[u8]) -> Result<Vec<Named>> {
    let text = unpacked(bytes)?;
    let sentences = text.split("\n\n").map(|block| {
        block
            .lines()
            .filter_map(|line| line.split_once('\t'))
            .map(|(w, t)| (w.to_owned(), t.to_owned()))
            .collect::<Named>()
    });
    Ok(sentences.filter(|s| !s.is_empty()).collect())
}
