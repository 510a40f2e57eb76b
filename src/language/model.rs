//! The model file, and the parser that reads it in place.

use std::str::FromStr;
use std::sync::LazyLock;

use super::lemma::{Lemmas, Script};
use super::linear::{Sparse, Triple};
use super::syntax::{Deprel, Upos};
use super::table::Table;

/// First bytes of a model file; the last one is the version of the format and of the features.
pub const MAGIC: [u8; 4] = *b"dlm\x02";

/// The blocks of a model file, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// Table from word to cluster.
    Clusters,
    /// Classes of the tagger: a line of Penn tag, blank, universal tag each.
    TagClasses,
    /// Tagger: table.
    Tags,
    /// Tagger: lists.
    TagLists,
    /// Parser: table.
    Moves,
    /// Classes of the labeller: a line each.
    LabelClasses,
    /// Labeller: table.
    Labels,
    /// Labeller: lists.
    LabelLists,
    /// Lemmas: table.
    Lemmas,
    /// Lemmas: scripts, a line each.
    Scripts,
    /// Names: table.
    Names,
    /// Names: lists.
    NameLists,
}

/// Number of blocks.
pub const BLOCKS: usize = 12;

/// Why bytes are not a model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// It does not start with [`MAGIC`].
    #[error("not a model of this version: train it again with `cargo run --release -p train`")]
    Version,
    /// A block lies outside the file.
    #[error("the model file is cut off in block {0}")]
    CutOff(usize),
    /// A class that the program does not know.
    #[error("the model names the unknown class \"{0}\"")]
    UnknownClass(String),
}

/// Blocks start at multiples of this, so that a bucket of a table is one cache line.
const ALIGNMENT: usize = 64;

/// Joins blocks into a model file.
pub fn write(blocks: &[Vec<u8>; BLOCKS]) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    for block in blocks {
        out.extend((block.len() as u32).to_le_bytes());
    }
    for block in blocks {
        out.resize(out.len().next_multiple_of(ALIGNMENT), 0);
        out.extend(block);
    }
    out
}

/// Bytes at an address that is a multiple of [`ALIGNMENT`].
#[repr(align(64))]
pub(super) struct Aligned<B: ?Sized>(pub(super) B);

static ENGLISH: &Aligned<[u8]> = &Aligned(*include_bytes!("../../data/model/english.dlm"));

/// The Penn tags, as English treebanks use them.
pub const XPOS: [&str; 52] = [
    "$", "''", ",", "-LRB-", "-RRB-", ".", ":", "ADD", "AFX", "CC", "CD", "DT", "EX", "FW", "GW", "HYPH", "IN", "JJ",
    "JJR", "JJS", "LS", "MD", "NFP", "NN", "NNP", "NNPS", "NNS", "PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP",
    "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ", "WDT", "WP", "WP$", "WRB", "XX", "``", "#", "_",
];

/// A trained model over its bytes.
#[derive(Clone, Debug)]
pub struct Model<'a> {
    pub(super) clusters: Table<'a>,
    pub(super) tag_classes: Vec<(&'static str, Upos)>,
    pub(super) tags: Sparse<'a>,
    pub(super) moves: Triple<'a>,
    pub(super) label_classes: Vec<Deprel>,
    pub(super) labels: Sparse<'a>,
    pub(super) lemmas: Lemmas<'a>,
    pub(super) names: Sparse<'a>,
}

impl<'a> Model<'a> {
    /// Reads a model file. The weights stay where they are, so this takes well under a millisecond.
    pub fn read(bytes: &'a [u8]) -> Result<Model<'a>, ModelError> {
        let body = bytes.strip_prefix(&MAGIC).ok_or(ModelError::Version)?;
        let lengths = body.get(..BLOCKS * 4).ok_or(ModelError::CutOff(0))?;
        let mut blocks: [&'a [u8]; BLOCKS] = [&[]; BLOCKS];
        let mut at = MAGIC.len() + BLOCKS * 4;
        for (i, length) in lengths.as_chunks().0.iter().enumerate() {
            let start = at.next_multiple_of(ALIGNMENT);
            at = start + u32::from_le_bytes(*length) as usize;
            blocks[i] = bytes.get(start..at).ok_or(ModelError::CutOff(i))?;
        }
        let block = |b: Block| blocks[b as usize];
        let lines = |b: Block| str::from_utf8(block(b)).unwrap_or_default().lines();
        let unknown = |line: &str| ModelError::UnknownClass(line.to_owned());
        let tag_class = |line: &str| {
            let (xpos, upos) = line.split_once(' ')?;
            Some((*XPOS.iter().find(|x| **x == xpos)?, Upos::from_str(upos).ok()?))
        };
        Ok(Model {
            clusters: Table::new(block(Block::Clusters)),
            tag_classes: lines(Block::TagClasses)
                .map(|line| tag_class(line).ok_or_else(|| unknown(line)))
                .collect::<Result<_, _>>()?,
            tags: Sparse::new(block(Block::Tags), block(Block::TagLists)),
            moves: Triple::new(block(Block::Moves)),
            label_classes: lines(Block::LabelClasses)
                .map(|line| Deprel::from_str(line).map_err(|_| unknown(line)))
                .collect::<Result<_, _>>()?,
            labels: Sparse::new(block(Block::Labels), block(Block::LabelLists)),
            lemmas: Lemmas {
                table: Table::new(block(Block::Lemmas)),
                scripts: lines(Block::Scripts)
                    .map(|line| Script::from_line(line).ok_or_else(|| unknown(line)))
                    .collect::<Result<_, _>>()?,
            },
            names: Sparse::new(block(Block::Names), block(Block::NameLists)),
        })
    }
}

impl Model<'static> {
    /// The model inside the binary.
    pub fn embedded() -> &'static Model<'static> {
        static MODEL: LazyLock<Model<'static>> = LazyLock::new(|| {
            // The file is part of the program: a test reads it, so what cannot be read never ships.
            Model::read(&ENGLISH.0).unwrap_or_else(|_| Model::empty())
        });
        &MODEL
    }
}

impl<'a> Model<'a> {
    /// A model that knows nothing: every word is a noun below the last word of its sentence.
    pub fn empty() -> Model<'a> {
        Model {
            clusters: Table::default(),
            tag_classes: vec![("NN", Upos::Noun)],
            tags: Sparse::default(),
            moves: Triple::default(),
            label_classes: vec![Deprel::Dep],
            labels: Sparse::default(),
            lemmas: Lemmas::default(),
            names: Sparse::default(),
        }
    }
}
