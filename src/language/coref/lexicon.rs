//! What is known of single words: the kind of thing that they name, their sex, and which words are near them.

use crate::language::hash::of_bytes;
use crate::language::model::word_key;
use crate::language::table::Table;

/// Kinds of things. The names are those of the model file.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    #[default]
    Unknown,
    Person,
    Organisation,
    Place,
    Time,
    Event,
    Abstract,
    Object,
}

/// Number of kinds.
pub const KINDS: usize = 8;

const ALL: [Kind; KINDS] = [
    Kind::Unknown,
    Kind::Person,
    Kind::Organisation,
    Kind::Place,
    Kind::Time,
    Kind::Event,
    Kind::Abstract,
    Kind::Object,
];

/// Sex, as far as pronouns show it.
#[allow(missing_docs)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[repr(u8)]
pub enum Gender {
    #[default]
    Unknown,
    Male,
    Female,
    /// A thing.
    Neuter,
    /// A person, male or female.
    Person,
}

/// Number of genders.
pub const GENDERS: usize = 5;

/// Clusters of the lexicon, with 0 for words that it does not have.
pub const CLUSTERS: usize = 128;
/// Bits of a signature.
pub const SIGNATURE: u32 = 20;

/// What the lexicon tells of a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Noun {
    /// What it names.
    pub kind: Kind,
    /// Male, female or unknown, if it names a person.
    pub gender: Gender,
    /// Words of one cluster are near each other; from 1.
    pub cluster: u8,
    /// Near words have mostly the same bits.
    pub signature: u32,
}

impl Noun {
    /// A word that names a kind of thing, by its number; the rest is unknown.
    pub fn with_kind(kind: usize) -> Noun {
        Noun { kind: ALL.get(kind).copied().unwrap_or_default(), ..Noun::default() }
    }

    /// The payload of a word in the table.
    pub fn payload(self) -> u32 {
        let gender = (self.gender as u32).min(2);
        self.kind as u32 | gender << 3 | u32::from(self.cluster % CLUSTERS as u8) << 5 | (self.signature << 12)
    }

    fn of(payload: u32) -> Noun {
        Noun {
            kind: ALL[payload as usize & 7],
            gender: match payload >> 3 & 3 {
                1 => Gender::Male,
                2 => Gender::Female,
                _ => Gender::Unknown,
            },
            cluster: (payload >> 5 & 0x7f) as u8,
            signature: payload >> 12,
        }
    }
}

/// A lexicon over borrowed bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Lexicon<'a> {
    table: Table<'a>,
}

impl<'a> Lexicon<'a> {
    /// A lexicon over a table from [`key`] to [`Noun::payload`].
    pub fn new(bytes: &'a [u8]) -> Lexicon<'a> {
        Lexicon { table: Table::new(bytes) }
    }

    /// What is known of a word, by the [`hash`] of its form.
    pub fn get(&self, hash: u32) -> Option<Noun> {
        self.table.get(key(hash)).map(Noun::of)
    }
}

/// Hash of a word in lower case.
pub fn hash(word: &str) -> u32 {
    if word.is_ascii() {
        return of_bytes(word.bytes().map(|b| b.to_ascii_lowercase()));
    }
    let mut buffer = [0; 4];
    of_bytes(word.chars().take(64).flat_map(char::to_lowercase).flat_map(|c| {
        let length = c.encode_utf8(&mut buffer).len();
        buffer.into_iter().take(length)
    }))
}

/// Key of a word in the table.
pub fn key(hash: u32) -> u64 {
    word_key(hash)
}
