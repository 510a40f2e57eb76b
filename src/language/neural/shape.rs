//! The sizes of the network, and what it sees of a word.

use crate::language::atoms::Atom;

/// Number of tables of affixes and shapes.
pub const AFFIXES: usize = 5;

/// The sizes of the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Numbers that describe a word by itself.
    pub width: usize,
    /// Memory cells of each direction of each layer.
    pub cells: usize,
    /// Layers of memory cells.
    pub layers: usize,
    /// Numbers that describe a word as a head, and as a dependent.
    pub arc: usize,
    /// Numbers that describe an arc to be labelled.
    pub label: usize,
    /// Numbers that describe a word that may be part of a name.
    pub name: usize,
    /// Classes of the tagger.
    pub tags: usize,
    /// Labels of arcs.
    pub labels: usize,
    /// Classes of the name tagger.
    pub names: usize,
    /// Rows of the tables of affixes and shapes.
    pub affixes: [usize; AFFIXES],
}

/// Farthest distance between a word and its head that counts for itself.
const FAR: isize = 16;

impl Shape {
    /// How many distances there are.
    pub const DISTANCES: usize = 2 * FAR as usize + 1;

    /// Number of the distance from the word at place `dependent` to the one at place `head`.
    pub fn distance(dependent: usize, head: usize) -> usize {
        let distance = (head as isize).saturating_sub(dependent as isize).clamp(-FAR, FAR);
        (distance + FAR) as usize
    }

    /// Rows of a word in the tables of affixes: three first code points, two, three and four last ones, and its shape.
    pub fn rows(&self, atom: &Atom) -> [u32; AFFIXES] {
        let hashes = [atom.prefixes[2], atom.suffixes[1], atom.suffixes[2], atom.suffixes[3], atom.shape];
        let mut rows = [0; AFFIXES];
        for ((row, hash), size) in rows.iter_mut().zip(hashes).zip(self.affixes) {
            *row = hash % (size as u32).max(1);
        }
        rows
    }

    /// The sizes as numbers, in a fixed order.
    pub fn to_numbers(&self) -> Vec<u32> {
        let Shape { width, cells, layers, arc, label, name, tags, labels, names, affixes } = *self;
        [&[width, cells, layers, arc, label, name, tags, labels, names][..], &affixes]
            .concat()
            .iter()
            .map(|&n| n as u32)
            .collect()
    }
}
