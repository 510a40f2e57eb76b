//! The rounds of training, and what comes out of them.

use std::time::Instant;

use dateline::language::neural::shape::Shape;
use dateline::language::neural::{Parts, pack};

use super::network::{Example, Loss, Network};
use super::parameters::{Adam, Builder, Matrix};
use crate::random::Random;
use crate::vectors::{DIMENSIONS, Vectors};

/// Words that one step of the optimiser sees.
const BATCH: usize = 1600;
/// Greatest step.
const RATE: f32 = 0.002;
/// Steps until it is reached.
const WARM: usize = 300;
/// Longer sentences are not learned from.
const LONGEST: usize = 120;
/// How much the names of a batch count beside its trees.
const NAMES: f32 = 0.5;

/// A network with its parameters.
pub struct Trained {
    network: Network,
    values: Vec<f32>,
}

/// Trains for a number of rounds; `look` sees the network now and then.
pub fn fit(
    examples: &[Example],
    vectors: &Vectors,
    shape: Shape,
    words: usize,
    rounds: usize,
    mut look: impl FnMut(usize, &Trained),
) -> Trained {
    let mut builder = Builder::new(11);
    let network = Network::new(&mut builder, shape, words, DIMENSIONS);
    let values = std::mem::take(&mut builder.values);
    let mut adam = Adam::new(values.len());
    let mut gradients = [vec![0.0; values.len()], vec![0.0; values.len()]];
    let mut random = Random::new(12);
    let mut trained = Trained { network, values };
    let started = Instant::now();
    let total = rounds * batches(examples, &mut Random::new(0)).len();
    let mut step = 0;
    for round in 1..=rounds {
        let mut loss = Loss::default();
        for batch in batches(examples, &mut random) {
            let progress = step as f32 / total as f32;
            // Down along a half cosine (Loshchilov and Hutter 2017), by a polynomial that is its own mirror.
            let rate = RATE * ((step + 1) as f32 / WARM as f32).min(1.0) * fall(progress);
            step += 1;
            let count = |of: fn(&Example) -> bool| -> usize {
                batch.iter().map(|&i| &examples[i]).filter(|e| of(e)).map(|e| e.words.len()).sum()
            };
            let share =
                [1.0 / count(|e| e.syntax.is_some()).max(1) as f32, NAMES / count(|e| e.names.is_some()).max(1) as f32];
            let seeds = [random.below(usize::MAX), random.below(usize::MAX)];
            let Trained { network, values } = &trained;
            // Two halves, whatever the machine has, so that sums have one order.
            let losses = std::thread::scope(|scope| {
                let workers: Vec<_> = gradients
                    .iter_mut()
                    .enumerate()
                    .map(|(half, gradient)| {
                        let part: Vec<&Example> = batch.iter().skip(half).step_by(2).map(|&i| &examples[i]).collect();
                        scope.spawn(move || {
                            gradient.fill(0.0);
                            let mut random = Random::new(seeds[half] as u64);
                            network.learn(values, &vectors.values, &part, share, &mut random, gradient)
                        })
                    })
                    .collect();
                workers.into_iter().filter_map(|worker| worker.join().ok()).collect::<Vec<_>>()
            });
            assert_eq!(losses.len(), 2, "a worker failed");
            losses.iter().for_each(|l| loss.add(l));
            let [a, b] = &gradients;
            adam.step(&mut trained.values, [a, b], rate);
        }
        println!(
            "  round {round}: {:.0} s; loss of tags {:.3}, heads {:.3}, labels {:.3}, names {:.3}",
            started.elapsed().as_secs_f64(),
            loss.tags / loss.words.max(1) as f64,
            loss.heads / loss.words.max(1) as f64,
            loss.labels / loss.words.max(1) as f64,
            loss.names / loss.named.max(1) as f64
        );
        look(round, &trained);
    }
    trained
}

/// From 1 to 0, flat at both ends.
fn fall(x: f32) -> f32 {
    1.0 - x * x * (3.0 - 2.0 * x)
}

/// Sentences of nearly one length together, each batch the longest first.
fn batches(examples: &[Example], random: &mut Random) -> Vec<Vec<usize>> {
    let mut order: Vec<(usize, usize)> = examples
        .iter()
        .enumerate()
        .filter(|(_, e)| (1..=LONGEST).contains(&e.words.len()))
        .map(|(i, e)| (e.words.len() * 2 + random.below(7), i))
        .collect();
    random.shuffle(&mut order);
    order.sort_by_key(|(length, _)| *length);
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut room = 0;
    for (_, i) in order {
        let length = examples[i].words.len() + 1;
        match out.last_mut().filter(|_| room >= length) {
            Some(batch) => batch.push(i),
            None => {
                out.push(vec![i]);
                room = BATCH;
            }
        }
        room = room.saturating_sub(length);
    }
    for batch in &mut out {
        batch.sort_by_key(|&i| std::cmp::Reverse(examples[i].words.len()));
    }
    random.shuffle(&mut out);
    out
}

impl Loss {
    fn add(&mut self, other: &Loss) {
        self.tags += other.tags;
        self.heads += other.heads;
        self.labels += other.labels;
        self.names += other.names;
        self.words += other.words;
        self.named += other.named;
    }
}

impl Trained {
    /// The network as bytes of the model file; `words` are the own rows and vectors of its words.
    pub fn pack(&self, words: &[(u32, u32)], vectors: &Vectors) -> Vec<u8> {
        let Trained { network: n, values } = self;
        let width = n.shape.width;
        let project = n.project.of(values);
        let mut rows = Vec::with_capacity(words.len() * width);
        for &(own, vector) in words {
            let mut row = values[n.own.row(values, own as usize)].to_vec();
            for (x, line) in
                vectors.values[vector as usize * DIMENSIONS..][..DIMENSIONS].iter().zip(project.chunks_exact(width))
            {
                row.iter_mut().zip(line).for_each(|(r, p)| *r += x * p);
            }
            rows.extend(row);
        }
        let matrix = |m: &Matrix| m.of(values);
        let none = |m: &Matrix| vec![0.0; m.columns];
        let mut layers: Vec<(&[f32], Vec<f32>)> = Vec::new();
        for cells in n.layers.iter().flat_map(|layer| &layer.directions) {
            layers.push((matrix(&cells.input), matrix(&cells.bias).to_vec()));
            layers.push((matrix(&cells.state), none(&cells.state)));
        }
        for dense in [&n.tags, &n.head, &n.dependent, &n.label_head, &n.label_dependent, &n.name_hidden] {
            layers.push((matrix(&dense.weights), matrix(&dense.bias).to_vec()));
        }
        layers.push((matrix(&n.pair), matrix(&n.likely).to_vec()));
        for dense in [&n.labels, &n.names] {
            layers.push((matrix(&dense.weights), matrix(&dense.bias).to_vec()));
        }
        let mut tables = vec![rows.as_slice()];
        tables.extend(n.affixes.iter().map(matrix));
        let lists = [&n.root, &n.scale, &n.shift, &n.distance].map(matrix);
        pack(&n.shape, &Parts { lists, tables, layers })
    }
}

#[cfg(test)]
mod tests {
    use super::super::network::{Syntax, Word};
    use super::*;

    fn small() -> (Network, Vec<f32>, Vec<f32>, Vec<Example>) {
        let shape = Shape {
            width: 4,
            cells: 3,
            layers: 2,
            arc: 5,
            label: 4,
            name: 3,
            tags: 3,
            labels: 4,
            names: 3,
            affixes: [3; 5],
        };
        let mut builder = Builder::new(1);
        let network = Network::new(&mut builder, shape, 4, 2);
        let values = builder.values.iter().map(|v| v * 2.0 + 0.01).collect();
        let word = |n: u32| Word { own: n % 4, vector: n % 3, affixes: [n % 3; 5] };
        let syntax = |heads: &[u32]| {
            Some(Syntax {
                tags: heads.iter().map(|&h| (h % 3) as u8).collect(),
                heads: heads.to_vec(),
                labels: heads.iter().map(|&h| h as u8 % 4).collect(),
            })
        };
        let examples = vec![
            Example { words: (0..4).map(word).collect(), syntax: syntax(&[2, 0, 4, 2]), names: Some(vec![0, 1, 2, 0]) },
            Example { words: (1..4).map(word).collect(), syntax: None, names: Some(vec![2, 0, 1]) },
            Example { words: (5..7).map(word).collect(), syntax: syntax(&[0, 1]), names: None },
        ];
        (network, values, vec![0.0, 0.0, 1.0, -1.0, 0.5, 2.0], examples)
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_loss() {
        let (network, values, vectors, examples) = small();
        let parts: Vec<&Example> = examples.iter().collect();
        let loss = |values: &[f32], gradient: &mut [f32]| {
            // The same numbers are left out each time.
            let l = network.learn(values, &vectors, &parts, [1.0, 1.0], &mut Random::new(3), gradient);
            l.tags + l.heads + l.labels + l.names
        };
        let mut gradient = vec![0.0; values.len()];
        loss(&values, &mut gradient);
        let mut wrong = 0;
        for i in 0..values.len() {
            let mut shifted = values.clone();
            let mut spare = gradient.clone();
            shifted[i] += 0.004;
            let above = loss(&shifted, &mut spare);
            shifted[i] -= 0.008;
            let below = loss(&shifted, &mut spare);
            let slope = ((above - below) / 0.008) as f32;
            if (slope - gradient[i]).abs() > 0.02 + 0.05 * slope.abs() {
                wrong += 1;
                println!("{i}: {slope} {}", gradient[i]);
            }
        }
        // A kink of a layer may lie between the two points.
        assert!(wrong * 50 < values.len(), "{wrong} of {}", values.len());
        assert!(gradient.iter().filter(|g| **g != 0.0).count() * 2 > values.len());
    }
}
