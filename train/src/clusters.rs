//! Clusters of word vectors, by k-means.

use crate::vectors::{DIMENSIONS, Vector};

/// Cluster of each vector, and the centres. Starts from the first vectors, which are those of the most frequent words.
pub fn k_means(vectors: &[Vector], k: usize, rounds: usize) -> (Vec<usize>, Vec<Vector>) {
    let mut centres: Vec<Vector> = vectors.iter().step_by((vectors.len() / k / 8).max(1)).take(k).copied().collect();
    let mut found = vec![0; vectors.len()];
    for _ in 0..rounds {
        let halves: Vec<f32> = centres.iter().map(|c| dot(c, c) / 2.0).collect();
        let half = vectors.len().div_ceil(2);
        std::thread::scope(|scope| {
            for (found, vectors) in found.chunks_mut(half).zip(vectors.chunks(half)) {
                let (centres, halves) = (&centres, &halves);
                scope.spawn(move || {
                    for (found, v) in found.iter_mut().zip(vectors) {
                        let mut top = f32::NEG_INFINITY;
                        for (i, (c, half)) in centres.iter().zip(halves).enumerate() {
                            let near = dot(v, c) - half;
                            if near > top {
                                (top, *found) = (near, i);
                            }
                        }
                    }
                });
            }
        });
        let mut sums = vec![([0.0; DIMENSIONS], 0.0); centres.len()];
        for (&cluster, v) in found.iter().zip(vectors) {
            let (sum, count) = &mut sums[cluster];
            *count += 1.0;
            for (to, from) in sum.iter_mut().zip(v) {
                *to += from;
            }
        }
        for (centre, (sum, count)) in centres.iter_mut().zip(&sums) {
            if *count > 0.0 {
                *centre = sum.map(|x: f32| x / count);
            }
        }
    }
    (found, centres)
}

pub fn dot(a: &Vector, b: &Vector) -> f32 {
    // Eight sums at once, always added up in the same order.
    let mut sums = [0.0; 8];
    let (a, b) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a.remainder().iter().zip(b.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a.zip(b) {
        for k in 0..8 {
            sums[k] += x[k] * y[k];
        }
    }
    rest + sums.iter().sum::<f32>()
}
