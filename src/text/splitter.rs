//! The learned part of the sentence splitter: one small whole number for each feature of a boundary.
//!
//! The weights are read in place and added up as whole numbers, so that every machine comes to the same sentences.

use super::boundary::Evidence;

/// Number of weights.
pub const SLOTS: usize = 1 << 18;
/// Bytes of a weights file: two weights a byte.
pub const BYTES: usize = SLOTS / 2;
/// Least and greatest weight are this far from zero.
pub const GREATEST: i32 = 7;

/// The weights inside the binary; `train/` makes them, and a file of another size does not compile.
pub static WEIGHTS: &[u8; BYTES] = include_bytes!("../../data/model/splitter.dlm");

/// A sum that outvotes the rules when they say that a sentence ends.
const VETO: i32 = -17;
/// A sum that ends a sentence without a mark in a paragraph whose sentences have theirs.
const UNMARKED: i32 = 3;
/// The same between two words with capitals. News is such text, and a name torn apart costs more there than two sentences
/// run together.
const NAMES: i32 = 15;

/// The slot of a feature.
pub fn slot(key: u32) -> usize {
    (key.wrapping_mul(0x85eb_ca6b) >> (32 - SLOTS.trailing_zeros())) as usize
}

/// The weight of a slot: the lower half of a byte comes first, and 8 stands for zero.
fn weight(weights: &[u8; BYTES], slot: usize) -> i32 {
    let byte = weights[slot / 2 % BYTES];
    i32::from(if slot.is_multiple_of(2) { byte & 15 } else { byte >> 4 }) - 8
}

/// Writes weights as they are read; those beyond [`GREATEST`] are cut.
pub fn pack(weights: &[i32]) -> Vec<u8> {
    let half = |w: i32| (w.clamp(-GREATEST, GREATEST) + 8) as u8;
    weights.chunks(2).map(|pair| half(pair[0]) | half(pair.get(1).copied().unwrap_or_default()) << 4).collect()
}

/// Whether a sentence ends at a boundary with these features, for which the rules say `rule`.
pub fn decide(weights: &[u8; BYTES], keys: &[u32], rule: bool, evidence: Evidence) -> bool {
    let sum: i32 = keys.iter().map(|&key| weight(weights, slot(key))).sum();
    let more_than = match (rule, evidence) {
        (true, _) => VETO,
        (false, Evidence::None) => UNMARKED,
        (false, Evidence::Names) => NAMES,
        (false, Evidence::Mark | Evidence::OpenParagraph) => 0,
    };
    sum > more_than
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_come_back_as_they_were_packed() {
        let mut weights = vec![0; SLOTS];
        (weights[0], weights[1], weights[SLOTS - 1]) = (-7, 7, 9);
        let packed = <[u8; BYTES]>::try_from(pack(&weights)).unwrap();
        assert_eq!([0, 1, 2, SLOTS - 1].map(|slot| weight(&packed, slot)), [-7, 7, 0, 7]);
    }

    #[test]
    fn without_weights_the_rules_decide() {
        let none = [0x88; BYTES];
        for evidence in [Evidence::Mark, Evidence::OpenParagraph, Evidence::None, Evidence::Names] {
            assert!(decide(&none, &[1, 2, 3], true, evidence));
            assert!(!decide(&none, &[1, 2, 3], false, evidence));
        }
    }
}
