use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// The number of a known word; 0 is every word that is not known.
pub type Sym = u32;

/// A fast hash for short keys. Keys come from `data/`, so nobody gains from making them collide.
#[derive(Default, Clone, Copy)]
pub struct FastHasher(u64);

impl Hasher for FastHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for chunk in bytes.chunks(8) {
            let mut word = [0u8; 8];
            word[..chunk.len()].copy_from_slice(chunk);
            self.write_u64(u64::from_le_bytes(word));
        }
    }

    fn write_u8(&mut self, n: u8) {
        self.write_u64(u64::from(n));
    }

    fn write_u32(&mut self, n: u32) {
        self.write_u64(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.0 = (self.0.rotate_left(5) ^ n).wrapping_mul(0x517c_c1b7_2722_0a95);
        self.0 ^= self.0 >> 29;
    }

    fn write_usize(&mut self, n: usize) {
        self.write_u64(n as u64);
    }
}

/// A hash map with [`FastHasher`].
pub type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<FastHasher>>;

/// The words that rules speak of, each with a number.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    words: FastMap<Box<str>, Sym>,
}

impl Vocabulary {
    /// The number of a lower-case word, given one if it is new.
    pub fn learn(&mut self, word: &str) -> Sym {
        let next = self.words.len() as Sym + 1;
        match self.words.get(word) {
            Some(sym) => *sym,
            None => {
                self.words.insert(word.into(), next);
                next
            }
        }
    }

    /// The number of a word in any case, 0 if it is not known.
    pub fn find(&self, word: &str) -> Sym {
        let mut buffer = [0u8; 24];
        if word.is_ascii() {
            let Some(lower) = buffer.get_mut(..word.len()) else { return 0 };
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            std::str::from_utf8(lower).ok().and_then(|w| self.words.get(w)).copied().unwrap_or(0)
        } else if word.len() < 64 {
            self.words.get(word.to_lowercase().as_str()).copied().unwrap_or(0)
        } else {
            0
        }
    }

    /// How many numbers are in use, 0 included.
    pub fn len(&self) -> usize {
        self.words.len() + 1
    }

    /// Whether no word is known.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}
