//! The model file, and the parser that reads it in place.

use std::str::FromStr;
use std::sync::LazyLock;

use super::lemma::{Lemmas, Script};
use super::neural::Network;
use super::neural::kernel::Kernel;
use super::syntax::{Deprel, Upos};
use super::table::Table;

/// First bytes of a model file; the last one is the version of the format and of the features.
pub const MAGIC: [u8; 4] = *b"dlm\x03";

/// The blocks of a model file, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// Table from word to its row in the network, see [`word_payload`].
    Words,
    /// Classes of the tagger: a line of Penn tag, blank, universal tag each.
    TagClasses,
    /// Classes of the labeller: a line each.
    LabelClasses,
    /// The network.
    Network,
    /// Lemmas: table.
    Lemmas,
    /// Lemmas: scripts, a line each.
    Scripts,
}

/// Number of blocks.
pub const BLOCKS: usize = 6;

/// What the table of words says of a word: its row, and whether the training data have it inside a sentence in lower case
/// and with a capital.
pub fn word_payload(row: u32, lower: bool, capital: bool) -> u32 {
    row << 2 | u32::from(capital) << 1 | u32::from(lower)
}

/// Key of a word in the table of words; `lower` is that of its atom.
pub fn word_key(lower: u32) -> u64 {
    u64::from(lower).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Row of words that are not in the table.
pub const UNKNOWN_ROW: u32 = 0;

/// Why bytes are not a model.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// It does not start with [`MAGIC`].
    #[error("not a model of this version: train it again with `cargo run --release -p train`")]
    Version,
    /// A block lies outside the file.
    #[error("the model file is cut off in block {0}")]
    CutOff(usize),
    /// The network has other sizes than its classes or than its bytes.
    #[error("the network in the model file is damaged")]
    Network,
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
    pub(super) words: Table<'a>,
    pub(super) tag_classes: Vec<(&'static str, Upos)>,
    pub(super) label_classes: Vec<Deprel>,
    /// Class of the label of the root.
    pub(super) root: u8,
    pub(super) network: Option<Network<'a>>,
    pub(super) lemmas: Lemmas<'a>,
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
        let tag_classes = lines(Block::TagClasses)
            .map(|line| tag_class(line).ok_or_else(|| unknown(line)))
            .collect::<Result<Vec<_>, _>>()?;
        let label_classes = lines(Block::LabelClasses)
            .map(|line| Deprel::from_str(line).map_err(|_| unknown(line)))
            .collect::<Result<Vec<_>, _>>()?;
        let network = Network::read(block(Block::Network)).ok_or(ModelError::Network)?;
        let root = label_classes.iter().position(|&label| label == Deprel::Root).ok_or(ModelError::Network)? as u8;
        if network.shape().tags != tag_classes.len() || network.shape().labels != label_classes.len() {
            return Err(ModelError::Network);
        }
        Ok(Model {
            words: Table::new(block(Block::Words)),
            tag_classes,
            label_classes,
            root,
            network: Some(network),
            lemmas: Lemmas {
                table: Table::new(block(Block::Lemmas)),
                scripts: lines(Block::Scripts)
                    .map(|line| Script::from_line(line).ok_or_else(|| unknown(line)))
                    .collect::<Result<_, _>>()?,
            },
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
    /// A model that knows nothing: every word is a noun below the first word of its sentence.
    pub fn empty() -> Model<'a> {
        Model {
            words: Table::default(),
            tag_classes: vec![("NN", Upos::Noun)],
            label_classes: vec![Deprel::Dep],
            root: 0,
            network: None,
            lemmas: Lemmas::default(),
        }
    }

    /// The same model with its products made by other instructions; the answers are the same.
    pub fn with_kernel(self, kernel: Kernel) -> Model<'a> {
        Model { network: self.network.map(|network| network.with_kernel(kernel)), ..self }
    }
}
