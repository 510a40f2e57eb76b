use std::collections::HashMap;

use super::tsv::{list, rows, wrong};
use super::{Data, LexiconError};

/// How near two actions are in meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The same word.
    Same,
    /// Words of one root: "announce", "announcement".
    Root,
    /// Words that may be used for the same happening: "quake", "earthquake".
    Kin,
    /// Neither is known of them.
    Unlike,
}

/// What a word or phrase for a happening has in common with others: numbers of concepts, sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Concepts {
    /// The word itself and those of its root.
    pub roots: Vec<u32>,
    /// Families and senses.
    pub senses: Vec<u32>,
}

/// The families of `data/link/kin.tsv` and the senses of `data/link/wordnet.tsv`.
#[derive(Clone, Debug, Default)]
pub struct Kin {
    words: HashMap<String, Concepts>,
}

impl Kin {
    /// Reads both files.
    ///
    /// # Errors
    /// A row without words, a sense that is no number.
    pub fn load(data: &Data) -> Result<Kin, LexiconError> {
        let mut kin = Kin::default();
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let file = data.file("link/wordnet.tsv")?;
        let rows_of_words = rows(&file, &["word", "root", "senses"])?;
        // A sense is counted from 1 in the file; words and families get the numbers behind the last.
        let mut next = 0;
        for (line, cells) in &rows_of_words {
            for sense in list(cells[2]) {
                let number: u32 =
                    sense.parse().map_err(|_| wrong(&file, *line, "a sense is no number", "write 1|2|3"))?;
                next = next.max(number);
            }
        }
        let mut number = |word: &str| {
            *numbers.entry(word.to_owned()).or_insert_with(|| {
                next += 1;
                next
            })
        };
        for (_, cells) in &rows_of_words {
            let concepts = kin.words.entry(cells[0].to_owned()).or_default();
            concepts.roots = list(cells[1]).chain([cells[0]]).map(&mut number).collect();
            concepts.senses = list(cells[2]).filter_map(|s| s.parse().ok()).collect();
        }
        // The senses of the words of a root are those of the word.
        let own: HashMap<&str, Vec<u32>> =
            rows_of_words.iter().map(|(_, c)| (c[0], list(c[2]).filter_map(|s| s.parse().ok()).collect())).collect();
        for (_, cells) in &rows_of_words {
            let more: Vec<u32> = list(cells[1]).filter_map(|r| own.get(r)).flatten().copied().collect();
            if let Some(concepts) = kin.words.get_mut(cells[0]) {
                concepts.senses.extend(more);
            }
        }
        let file = data.file("link/kin.tsv")?;
        for (line, cells) in rows(&file, &["name", "words"])? {
            if list(cells[1]).nth(1).is_none() {
                return Err(wrong(&file, line, "a family of less than two words", "part its words by |"));
            }
            let family = number(&format!("family {}", cells[0]));
            for word in list(cells[1]) {
                let root = number(word);
                let concepts = kin.words.entry(word.to_owned()).or_default();
                concepts.roots.push(root);
                concepts.senses.push(family);
            }
        }
        for concepts in kin.words.values_mut() {
            for list in [&mut concepts.roots, &mut concepts.senses] {
                list.sort_unstable();
                list.dedup();
            }
        }
        Ok(kin)
    }

    /// What is known of a word or phrase, given in its dictionary form and small letters.
    pub fn concepts(&self, word: &str) -> Option<&Concepts> {
        self.words.get(word)
    }

    /// How near two words or phrases are.
    ///
    /// ```
    /// use dateline::lexicon::{Data, Kin, Likeness};
    /// let kin = Kin::load(&Data::BuiltIn).unwrap();
    /// assert_eq!(kin.likeness("die", "death"), Likeness::Root);
    /// assert_eq!(kin.likeness("quake", "earthquake"), Likeness::Kin);
    /// assert_eq!(kin.likeness("quake", "election"), Likeness::Unlike);
    /// ```
    pub fn likeness(&self, a: &str, b: &str) -> Likeness {
        if a == b {
            return Likeness::Same;
        }
        match (self.concepts(a), self.concepts(b)) {
            (Some(a), Some(b)) => a.likeness(b),
            _ => Likeness::Unlike,
        }
    }
}

impl Concepts {
    /// How near the words of two sets of concepts are, if they are not the same word.
    pub fn likeness(&self, other: &Concepts) -> Likeness {
        if meet(&self.roots, &other.roots) {
            Likeness::Root
        } else if meet(&self.senses, &other.senses) {
            Likeness::Kin
        } else {
            Likeness::Unlike
        }
    }
}

/// Whether two sorted lists have a number in common.
fn meet(a: &[u32], b: &[u32]) -> bool {
    let (mut i, mut j) = (0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
        }
    }
    false
}
