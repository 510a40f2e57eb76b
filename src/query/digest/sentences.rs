//! Which sentences tell of a day: those nearest to what all sentences on the day speak of, each saying something new.

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;

use super::Read;
use super::days::Candidate;

/// Sentences shorter or longer than this, in words, are furniture or lists.
const WORDS: RangeInclusive<usize> = 6..=40;
/// Between the cosine with the words of the day (0.5), which long sentences win, and what a word says on average (1).
const SHORT: f64 = 0.75;
/// Sentences that share more of their words than this say the same.
const SAME: f64 = 0.6;

/// How rare words are: the logarithm of the number of sentences for each that holds the word.
pub(super) struct Rarity {
    of: Vec<f64>,
}

impl Rarity {
    /// Counts the sentences of all articles. Word numbers lie below `words`.
    pub fn of(reports: &[Read<'_>], words: usize) -> Rarity {
        let mut counts = vec![0u32; words];
        let mut sentences = 0u32;
        for sentence in reports.iter().flat_map(|r| &r.sentences) {
            sentences += 1;
            for word in &sentence.words {
                if let Some(count) = counts.get_mut(*word as usize) {
                    *count += 1;
                }
            }
        }
        let rarity = |count: u32| if count == 0 { 0.0 } else { (1.0 + f64::from(sentences) / f64::from(count)).ln() };
        Rarity { of: counts.into_iter().map(rarity).collect() }
    }

    fn word(&self, number: u32) -> f64 {
        self.of.get(number as usize).copied().unwrap_or_default()
    }
}

/// At most `most` sentences for a day, the best first.
pub(super) fn choose(reports: &[Read<'_>], candidates: &[Candidate], rarity: &Rarity, most: usize) -> Vec<Candidate> {
    let mut best: BTreeMap<(usize, usize), f64> = BTreeMap::new();
    for c in candidates {
        let weight = best.entry((c.report, c.sentence)).or_default();
        *weight = weight.max(c.weight);
    }
    let words = |at: (usize, usize)| reports[at.0].sentences[at.1].words.as_slice();
    best.retain(|at, _| WORDS.contains(&reports[at.0].sentences[at.1].length) && !words(*at).is_empty());
    let mut centre: HashMap<u32, f64> = HashMap::new();
    for (at, weight) in &best {
        for word in words(*at) {
            *centre.entry(*word).or_default() += weight;
        }
    }
    let mut scored: Vec<(Candidate, f64)> = best
        .into_iter()
        .map(|(at, weight)| {
            let (mut along, mut length) = (0.0, 0.0);
            for word in words(at) {
                let rare = rarity.word(*word);
                along += centre.get(word).copied().unwrap_or_default() * rare;
                length += rare * rare;
            }
            let central = if length > 0.0 { along / length.powf(SHORT) } else { 0.0 };
            let score = central * (1.0 + reports[at.0].sentences[at.1].topical);
            (Candidate { report: at.0, sentence: at.1, weight }, score)
        })
        .collect();
    // Stable: on a tie the earlier article comes first.
    scored.sort_by(|a, b| b.1.total_cmp(&a.1));
    pick(scored, most, |c| words((c.report, c.sentence)))
}

/// Takes the best that is left, again and again, less what it shares with those that are taken.
fn pick<'a>(scored: Vec<(Candidate, f64)>, most: usize, words: impl Fn(&Candidate) -> &'a [u32]) -> Vec<Candidate> {
    let mut left: Vec<(Candidate, f64, f64)> = scored.into_iter().map(|(c, score)| (c, score, 0.0)).collect();
    let mut picked: Vec<Candidate> = Vec::new();
    while picked.len() < most {
        let worth = |(_, score, same): &(Candidate, f64, f64)| if *same < SAME { score * (1.0 - same) } else { 0.0 };
        let mut top: Option<(usize, f64)> = None;
        for (i, candidate) in left.iter().enumerate() {
            let worth = worth(candidate);
            if worth > top.map_or(0.0, |(_, best)| best) {
                top = Some((i, worth));
            }
        }
        let Some((i, _)) = top else { break };
        let (chosen, _, _) = left.remove(i);
        let taken = words(&chosen);
        for (candidate, _, same) in &mut left {
            *same = same.max(overlap(words(candidate), taken));
        }
        picked.push(chosen);
    }
    picked
}

/// The share of the shorter of two sorted lists that the other holds.
fn overlap(a: &[u32], b: &[u32]) -> f64 {
    let shared = a.iter().filter(|word| b.binary_search(word).is_ok()).count();
    shared as f64 / a.len().min(b.len()).max(1) as f64
}
