//! Whether two texts are copies of each other: wire stories with small edits share most runs of four words.

use std::collections::HashSet;

/// A run of words is this long.
const RUN: usize = 4;
/// Hashes of a signature (MinHash, Broder 1997).
const HASHES: usize = 64;
/// Hashes that one band joins: texts that share nine runs in ten share one of the 16 bands all but once in 10 million.
const ROWS: usize = 4;
/// Texts with fewer runs are not told apart from quotations by their words alone.
const FEWEST: usize = 16;
/// Runs of a text that are looked at.
const MOST: usize = 20_000;

/// The runs of words of a text, as numbers. Only letters and digits count, and not their case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Runs {
    hashes: HashSet<u64>,
}

impl Runs {
    /// The runs of a text; for long texts those of its beginning.
    pub fn of(text: &str) -> Runs {
        let words: Vec<u64> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .take(MOST + RUN)
            .map(|w| w.chars().flat_map(char::to_lowercase).fold(0xcbf2_9ce4_8422_2325, |h, c| step(h, u64::from(c))))
            .collect();
        Runs { hashes: words.windows(RUN).map(|run| mix(run.iter().fold(1, |h, w| step(h, *w)))).collect() }
    }

    /// The share of runs that two texts have in common (Jaccard), from 0 to 1; 0 for texts too short to tell.
    ///
    /// ```
    /// use dateline::text::Runs;
    /// let text = "Rescuers reached the village late on Monday after the road had been cleared, and found all of its people \
    ///     alive, the mayor said by telephone.";
    /// let edited = text.replace("by telephone", "on the phone");
    /// assert!(Runs::of(text).likeness(&Runs::of(&edited)) > 0.7);
    /// assert_eq!(Runs::of(text).likeness(&Runs::of(text)), 1.0);
    /// ```
    pub fn likeness(&self, other: &Runs) -> f64 {
        if self.hashes.len().min(other.hashes.len()) < FEWEST {
            return 0.0;
        }
        let shared = self.hashes.intersection(&other.hashes).count();
        shared as f64 / (self.hashes.len() + other.hashes.len() - shared) as f64
    }

    /// Numbers of which two texts share at least one if they are copies, and mostly none if they are not (locality
    /// sensitive hashing). None for texts too short to tell.
    pub fn bands(&self) -> Vec<i64> {
        if self.hashes.len() < FEWEST {
            return Vec::new();
        }
        let mut least = [u64::MAX; HASHES];
        for hash in &self.hashes {
            for (number, least) in least.iter_mut().enumerate() {
                *least = (*least).min(mix(hash ^ (number as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15)));
            }
        }
        let band = |(number, rows): (usize, &[u64])| rows.iter().fold(number as u64 + 1, |h, r| step(h, *r));
        least.chunks(ROWS).enumerate().map(|b| mix(band(b)) as i64).collect()
    }
}

fn step(hash: u64, value: u64) -> u64 {
    (hash ^ value).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(23)
}

/// The finish of SplitMix64: every bit of the result depends on every bit of the number.
fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
