//! Linear classifiers over hashed features, read in place from the bytes of the model.

use super::table::{Table, build};

/// Most classes of a classifier.
pub const CLASSES: usize = 192;

/// Bytes of one class with its weight in the list of a feature.
const ENTRY: usize = 3;
/// Lists of this many classes or more tell their length themselves.
const LONG: usize = 31;

/// A classifier with many classes: each feature has weights for a few of them.
///
/// The payload of a feature has its number of classes in 5 bits; behind it stands the class (8 bits) and the weight (16)
/// if there is one class, else the place of the list.
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

    /// Whether the classifier has weights for a feature.
    pub fn knows(&self, key: u64) -> bool {
        self.table.get(key).is_some()
    }

    /// Adds the weights of the features to the scores of the classes.
    pub fn add(&self, keys: &[u64], scores: &mut [i32; CLASSES]) {
        self.table.touch(keys);
        for &key in keys {
            let Some(payload) = self.table.get(key) else { continue };
            let (count, rest) = (payload as usize & LONG, payload >> 5);
            if count == 1 {
                let (class, weight) = ((rest & 0xff) as usize, (rest >> 8) as u16 as i16);
                if let Some(score) = scores.get_mut(class) {
                    *score += i32::from(weight);
                }
                continue;
            }
            let mut start = rest as usize;
            let mut count = count;
            if count == LONG {
                count = self.lists.get(start).copied().map_or(0, usize::from);
                start += 1;
            }
            let Some(list) = self.lists.get(start..start + count * ENTRY) else { continue };
            for entry in list.as_chunks::<ENTRY>().0 {
                if let Some(score) = scores.get_mut(usize::from(entry[0])) {
                    *score += i32::from(i16::from_le_bytes([entry[1], entry[2]]));
                }
            }
        }
    }
}

/// The blocks of a sparse classifier: (table, lists). Each feature has at most 255 classes, in a fixed order, and all
/// lists together less than 128 MB.
pub fn build_sparse(features: &[(u64, Vec<(u8, i16)>)]) -> (Vec<u8>, Vec<u8>) {
    let mut lists = Vec::new();
    let mut entries = Vec::with_capacity(features.len());
    for (key, weights) in features {
        let payload = match weights[..] {
            [(class, weight)] => 1 | u32::from(class) << 5 | u32::from(weight as u16) << 13,
            _ => {
                let start = lists.len() as u32;
                let count = weights.len().min(LONG) as u32;
                if weights.len() >= LONG {
                    lists.push(weights.len() as u8);
                }
                for (class, weight) in weights {
                    lists.push(*class);
                    lists.extend(weight.to_le_bytes());
                }
                count | start << 5
            }
        };
        entries.push((*key, payload));
    }
    (build(&entries), lists)
}

/// A classifier with three classes: each feature says by how much the first two are better than the third.
#[derive(Clone, Copy, Debug, Default)]
pub struct Triple<'a> {
    table: Table<'a>,
}

impl<'a> Triple<'a> {
    /// A classifier over the block that [`build_triple`] makes.
    pub fn new(table: &'a [u8]) -> Triple<'a> {
        Triple { table: Table::new(table) }
    }

    /// Scores of the three classes; that of the third is 0.
    pub fn score(&self, keys: &[u64]) -> [i32; 3] {
        self.table.touch(keys);
        let mut scores = [0; 3];
        for payload in keys.iter().filter_map(|&key| self.table.get(key)) {
            scores[0] += i32::from(payload as u16 as i16);
            scores[1] += i32::from((payload >> 16) as u16 as i16);
        }
        scores
    }
}

/// The block of a classifier with three classes.
pub fn build_triple(features: &[(u64, [i16; 2])]) -> Vec<u8> {
    let entries: Vec<(u64, u32)> =
        features.iter().map(|(key, [a, b])| (*key, u32::from(*a as u16) | u32::from(*b as u16) << 16)).collect();
    build(&entries)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_come_back_as_they_were_built() {
        let long: Vec<(u8, i16)> = (0..40).map(|c| (c, i16::from(c) - 20)).collect();
        let (table, lists) =
            build_sparse(&[(7 << 40 | 1, vec![(3, -5)]), (8 << 40 | 2, vec![(1, 2), (3, 4)]), (9 << 40 | 3, long)]);
        let sparse = Sparse::new(&table, &lists);
        let mut scores = [0; CLASSES];
        sparse.add(&[7 << 40 | 1, 8 << 40 | 2], &mut scores);
        assert_eq!(scores[..5], [0, 2, 0, -1, 0]);
        sparse.add(&[9 << 40 | 3], &mut scores);
        assert_eq!(scores[35..41], [15, 16, 17, 18, 19, 0]);
        let table = build_triple(&[(5, [300, -400])]);
        assert_eq!(Triple::new(&table).score(&[5, 6, 5]), [600, -800, 0]);
    }
}
