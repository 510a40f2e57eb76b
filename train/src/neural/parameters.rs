//! The numbers that training changes, in one list, and how they change.

use std::ops::Range;

use crate::random::Random;

/// Some of the parameters: a matrix stored row after row.
#[derive(Clone, Debug)]
pub struct Matrix {
    pub at: Range<usize>,
    pub columns: usize,
}

impl Matrix {
    pub fn of<'a>(&self, list: &'a [f32]) -> &'a [f32] {
        &list[self.at.clone()]
    }

    pub fn of_mut<'a>(&self, list: &'a mut [f32]) -> &'a mut [f32] {
        &mut list[self.at.clone()]
    }

    pub fn row(&self, list: &[f32], row: usize) -> Range<usize> {
        debug_assert!(list.len() >= self.at.end);
        let start = self.at.start + row * self.columns;
        start..start + self.columns
    }
}

/// All parameters, and their first values.
#[derive(Default)]
pub struct Builder {
    pub values: Vec<f32>,
    random: Random,
}

impl Builder {
    pub fn new(seed: u64) -> Builder {
        Builder { values: Vec::new(), random: Random::new(seed) }
    }

    /// A matrix of even random numbers up to `most` on both sides of 0.
    pub fn even(&mut self, rows: usize, columns: usize, most: f32) -> Matrix {
        let start = self.values.len();
        for _ in 0..rows * columns {
            let x = self.random.fraction();
            self.values.push((2.0 * x - 1.0) * most);
        }
        Matrix { at: start..self.values.len(), columns }
    }

    /// A matrix for a layer with `rows` inputs, so that values keep their size (Glorot and Bengio 2010).
    pub fn layer(&mut self, rows: usize, columns: usize) -> Matrix {
        self.even(rows, columns, (6.0 / (rows + columns) as f32).sqrt())
    }

    pub fn constant(&mut self, rows: usize, columns: usize, value: f32) -> Matrix {
        let start = self.values.len();
        self.values.resize(start + rows * columns, value);
        Matrix { at: start..self.values.len(), columns }
    }
}

const BETA_1: f32 = 0.9;
const BETA_2: f32 = 0.98;
const TINY: f32 = 1e-8;
/// Gradients longer than this are cut.
const LONGEST: f32 = 5.0;

/// The optimiser Adam (Kingma and Ba 2015).
pub struct Adam {
    first: Vec<f32>,
    second: Vec<f32>,
    steps: i32,
}

impl Adam {
    pub fn new(length: usize) -> Adam {
        Adam { first: vec![0.0; length], second: vec![0.0; length], steps: 0 }
    }

    /// One step against the sum of two gradients.
    pub fn step(&mut self, values: &mut [f32], gradients: [&[f32]; 2], rate: f32) {
        self.steps += 1;
        let squares = |k: usize| {
            // Sums over runs, so that the order is fixed whatever the machine does at once.
            gradients[0].chunks(4096).zip(gradients[1].chunks(4096)).skip(k).step_by(2).fold(0.0_f64, |sum, (a, b)| {
                sum + f64::from(a.iter().zip(b).fold(0.0_f32, |sum, (a, b)| (a + b).mul_add(a + b, sum)))
            })
        };
        let norm = std::thread::scope(|scope| {
            let other = scope.spawn(|| squares(1));
            let own = squares(0);
            (own + other.join().unwrap_or(f64::NAN)).sqrt()
        });
        let scale = if norm > f64::from(LONGEST) { LONGEST / norm as f32 } else { 1.0 };
        let (c1, c2) = (1.0 - power(BETA_1, self.steps), 1.0 - power(BETA_2, self.steps));
        let (rate, root) = (rate / c1, c2.sqrt());
        let half = values.len() / 2;
        let (v1, v2) = values.split_at_mut(half);
        let (f1, f2) = self.first.split_at_mut(half);
        let (s1, s2) = self.second.split_at_mut(half);
        let [a, b] = gradients;
        std::thread::scope(|scope| {
            scope.spawn(|| update(v2, [&a[half..], &b[half..]], f2, s2, scale, rate, root));
            update(v1, [&a[..half], &b[..half]], f1, s1, scale, rate, root);
        });
    }
}

fn power(base: f32, exponent: i32) -> f32 {
    (0..exponent.min(2000)).fold(1.0, |power, _| power * base)
}

fn update(
    values: &mut [f32],
    [a, b]: [&[f32]; 2],
    first: &mut [f32],
    second: &mut [f32],
    scale: f32,
    rate: f32,
    root: f32,
) {
    for ((((value, a), b), first), second) in values.iter_mut().zip(a).zip(b).zip(first).zip(second) {
        let gradient = (a + b) * scale;
        *first = BETA_1 * *first + (1.0 - BETA_1) * gradient;
        *second = BETA_2 * *second + (1.0 - BETA_2) * gradient * gradient;
        *value -= rate * *first / (second.sqrt() / root + TINY);
    }
}
