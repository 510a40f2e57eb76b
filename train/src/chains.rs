//! How good chains are: MUC, B3, CEAF-e and their mean, as in the CoNLL shared tasks; no chain of one mention counts.

use std::collections::HashMap;

/// A mention: number of the document, first token, token behind the last.
pub type Place = (usize, usize, usize);

/// Hits and totals of a measure, for precision and recall.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measure {
    right: [f64; 2],
    all: [f64; 2],
}

impl Measure {
    fn add(&mut self, other: Measure) {
        for k in 0..2 {
            self.right[k] += other.right[k];
            self.all[k] += other.all[k];
        }
    }

    /// Precision, recall and F1, in percent.
    pub fn percent(&self) -> [f64; 3] {
        let [p, r] = [0, 1].map(|k| self.right[k] / self.all[k].max(1e-9));
        [p, r, 2.0 * p * r / (p + r).max(1e-9)].map(|x| 100.0 * x)
    }
}

/// The measures of some documents.
#[derive(Clone, Copy, Debug, Default)]
pub struct Score {
    pub mentions: Measure,
    pub muc: Measure,
    pub b3: Measure,
    pub ceaf: Measure,
}

impl Score {
    /// Adds the chains of one document.
    pub fn add(&mut self, found: &[Vec<Place>], gold: &[Vec<Place>]) {
        let index = |chains: &[Vec<Place>]| -> HashMap<Place, usize> {
            chains.iter().enumerate().flat_map(|(k, chain)| chain.iter().map(move |&m| (m, k))).collect()
        };
        let (in_found, in_gold) = (index(found), index(gold));
        let hits = in_found.keys().filter(|m| in_gold.contains_key(m)).count() as f64;
        let sizes = [in_found.len() as f64, in_gold.len() as f64];
        self.mentions.add(Measure { right: [hits; 2], all: sizes });
        let sides = [(found, &in_gold), (gold, &in_found)];
        let (mut muc, mut b3) = (Measure::default(), Measure { all: sizes, ..Measure::default() });
        for (k, (chains, other)) in sides.into_iter().enumerate() {
            for chain in chains {
                let mut parts: HashMap<usize, f64> = HashMap::new();
                let mut alone = 0;
                for mention in chain {
                    match other.get(mention) {
                        Some(&part) => *parts.entry(part).or_default() += 1.0,
                        None => alone += 1,
                    }
                }
                muc.right[k] += (chain.len() - parts.len() - alone) as f64;
                muc.all[k] += (chain.len() - 1) as f64;
                let mut squares: Vec<f64> = parts.values().map(|n| n * n).collect();
                squares.sort_by(f64::total_cmp);
                b3.right[k] += squares.iter().sum::<f64>() / chain.len() as f64;
            }
        }
        self.muc.add(muc);
        self.b3.add(b3);
        let mut shared = vec![vec![0.0; gold.len()]; found.len()];
        for (mention, &f) in &in_found {
            if let Some(&g) = in_gold.get(mention) {
                shared[f][g] += 1.0;
            }
        }
        for (f, row) in shared.iter_mut().enumerate() {
            for (g, n) in row.iter_mut().enumerate() {
                *n = 2.0 * *n / (found[f].len() + gold[g].len()) as f64;
            }
        }
        let best = assignment(&shared);
        self.ceaf.add(Measure { right: [best; 2], all: [found.len() as f64, gold.len() as f64] });
    }

    /// The mean of the three F1.
    pub fn conll(&self) -> f64 {
        (self.muc.percent()[2] + self.b3.percent()[2] + self.ceaf.percent()[2]) / 3.0
    }
}

/// Greatest sum of gains when each row gets at most one column and the other way round (Hungarian method).
fn assignment(gains: &[Vec<f64>]) -> f64 {
    let (rows, columns) = (gains.len(), gains.first().map_or(0, Vec::len));
    let n = rows.max(columns);
    let cost = |i: usize, j: usize| gains.get(i).and_then(|row| row.get(j)).map_or(0.0, |gain| -gain);
    let (mut u, mut v) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    let (mut owner, mut way) = (vec![0; n + 1], vec![0; n + 1]);
    for i in 1..=n {
        owner[0] = i;
        let mut column = 0;
        let (mut least, mut used) = (vec![f64::INFINITY; n + 1], vec![false; n + 1]);
        while owner[column] != 0 {
            used[column] = true;
            let (row, mut delta, mut next) = (owner[column], f64::INFINITY, 0);
            for j in (1..=n).filter(|&j| !used[j]) {
                let reduced = cost(row - 1, j - 1) - u[row] - v[j];
                if reduced < least[j] {
                    (least[j], way[j]) = (reduced, column);
                }
                if least[j] < delta {
                    (delta, next) = (least[j], j);
                }
            }
            for j in 0..=n {
                if used[j] {
                    u[owner[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            column = next;
        }
        while column != 0 {
            owner[column] = owner[way[column]];
            column = way[column];
        }
    }
    (1..=n).filter(|&j| owner[j] > 0).map(|j| -cost(owner[j] - 1, j - 1)).sum()
}
