//! Linear classifiers over hashed features, read in place from the bytes of the model.

use super::table::Table;

/// Most classes of a classifier.
pub const CLASSES: usize = 192;

/// Bytes of one class with its weight in the list of a feature.
const ENTRY: usize = 3;

/// A classifier with many classes: each feature has weights for a few of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sparse<'a> {
    table: Table<'a>,
    lists: &'a [u8],
}

impl<'a> Sparse<'a> {
    /// A classifier over the two blocks that [`build_sparse`] makes.
    pub fn new(table: &'a [u8], lists: &'a [u8]) -> Sparse<'a> {
        Sparse { table: Table::new(table), lists }
    }

    /// Adds the weights of the features to the scores of the classes.
    pub fn add(&self, keys: &[u64], scores: &mut [i32; CLASSES]) {
        for &key in keys {
            let Some(payload) = self.table.get(key) else { continue };
            let (count, rest) = ((payload & 0xff) as usize, payload >> 8);
            if count == 1 {
                let (class, weight) = ((rest & 0xff) as usize, (rest >> 8) as u16 as i16);
                if let Some(score) = scores.get_mut(class) {
                    *score += i32::from(weight);
                }
                continue;
            }
            let start = rest as u32 as usize;
            let Some(list) = self.lists.get(start..start + count * ENTRY) else { continue };
            for entry in list.chunks_exact(ENTRY) {
                if let Some(score) = scores.get_mut(usize::from(entry[0])) {
                    *score += i32::from(i16::from_le_bytes([entry[1], entry[2]]));
                }
            }
        }
    }
}

/// The blocks of a sparse classifier: (table, lists). Each feature has at most 255 classes, in a fixed order.
pub fn build_sparse(features: &[(u64, Vec<(u8, i16)>)]) -> (Vec<u8>, Vec<u8>) {
    let mut lists = Vec::new();
    let mut entries = Vec::with_capacity(features.len());
    for (key, weights) in features {
        let payload = match weights[..] {
            [(class, weight)] => 1 | u64::from(class) << 8 | u64::from(weight as u16) << 16,
            _ => {
                let start = lists.len() as u64;
                for (class, weight) in weights {
                    lists.push(*class);
                    lists.extend(weight.to_le_bytes());
                }
                weights.len() as u64 | start << 8
            }
        };
        entries.push((*key, payload));
    }
    (super::table::build(&entries), lists)
}

/// A classifier with three classes: each feature has a weight for each.
#[derive(Clone, Copy, Debug, Default)]
pub struct Triple<'a> {
    table: Table<'a>,
}

impl<'a> Triple<'a> {
    /// A classifier over the block that [`build_triple`] makes.
    pub fn new(table: &'a [u8]) -> Triple<'a> {
        Triple { table: Table::new(table) }
    }

    /// Scores of the three classes.
    pub fn score(&self, keys: &[u64]) -> [i32; 3] {
        let mut scores = [0; 3];
        for &key in keys {
            if let Some(payload) = self.table.get(key) {
                for (k, score) in scores.iter_mut().enumerate() {
                    *score += i32::from((payload >> (16 * k)) as u16 as i16);
                }
            }
        }
        scores
    }
}

/// The block of a classifier with three classes.
pub fn build_triple(features: &[(u64, [i16; 3])]) -> Vec<u8> {
    let entries: Vec<(u64, u64)> = features
        .iter()
        .map(|(key, [a, b, c])| (*key, u64::from(*a as u16) | u64::from(*b as u16) << 16 | u64::from(*c as u16) << 32))
        .collect();
    super::table::build(&entries)
}

/// The class with the highest score among those allowed; the first of equals.
pub fn best(scores: &[i32], allowed: impl Fn(usize) -> bool) -> Option<usize> {
    let mut best: Option<(usize, i32)> = None;
    for (class, &score) in scores.iter().enumerate() {
        if best.is_none_or(|(_, top)| score > top) && allowed(class) {
            best = Some((class, score));
        }
    }
    best.map(|(class, _)| class)
}
