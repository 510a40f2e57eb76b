//! From averaged weights to the blocks of the model file.

use dateline::language::linear::{build_sparse, build_triple};

use crate::perceptron::Weights;

/// Greatest quantised weight. Sums of a few hundred of them stay far inside 32 bits.
const TOP: f32 = 32000.0;

fn scale(weights: &Weights) -> f32 {
    let top = weights.iter().flat_map(|(_, list)| list).map(|(_, w)| w.abs()).fold(0.0, f32::max);
    if top > 0.0 { TOP / top } else { 1.0 }
}

/// The weight that the `count`-th greatest reaches.
fn threshold(mut sizes: Vec<f32>, count: usize) -> f32 {
    sizes.sort_by(|a, b| b.total_cmp(a));
    sizes.get(count).copied().unwrap_or(0.0)
}

/// The `count` greatest weights.
pub fn greatest(weights: Weights, count: usize) -> Weights {
    let least = threshold(weights.iter().flat_map(|(_, list)| list).map(|(_, w)| w.abs()).collect(), count);
    let kept =
        weights.into_iter().map(|(key, list)| (key, list.into_iter().filter(|(_, w)| w.abs() > least).collect()));
    kept.filter(|(_, list): &(u64, Vec<_>)| !list.is_empty()).collect()
}

/// The `count` features that have the greatest weights, with weights for all three classes.
pub fn greatest_features(weights: Weights, count: usize) -> Weights {
    let size = |list: &[(u8, f32)]| list.iter().map(|(_, w)| w.abs()).fold(0.0, f32::max);
    let least = threshold(weights.iter().map(|(_, list)| size(list)).collect(), count);
    let kept = weights.into_iter().filter(|(_, list)| size(list) > least);
    kept.map(|(key, _)| (key, (0..3).map(|class| (class, 0.0)).collect())).collect()
}

/// Table and lists of a sparse classifier.
pub fn sparse(weights: &Weights) -> (Vec<u8>, Vec<u8>) {
    let scale = scale(weights);
    let features: Vec<(u64, Vec<(u8, i16)>)> = weights
        .iter()
        .map(|(key, list)| (*key, list.iter().map(|(class, w)| (*class, (w * scale).round() as i16)).collect()))
        .collect();
    build_sparse(&features)
}

/// Table of a classifier with three classes.
pub fn triple(weights: &Weights) -> Vec<u8> {
    let differences: Vec<(u64, [f32; 2])> = weights
        .iter()
        .map(|(key, list)| {
            let of = |class: u8| list.iter().find(|(c, _)| *c == class).map_or(0.0, |(_, w)| *w);
            (*key, [of(0) - of(2), of(1) - of(2)])
        })
        .collect();
    let top = differences.iter().flat_map(|(_, d)| d).map(|d| d.abs()).fold(1e-6, f32::max);
    let features: Vec<(u64, [i16; 2])> =
        differences.iter().map(|(key, d)| (*key, d.map(|d| (d * TOP / top).round() as i16))).collect();
    build_triple(&features)
}
