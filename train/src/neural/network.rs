//! The network: what it computes, how wrong it is, and in which direction it gets better.

use dateline::language::neural::shape::{AFFIXES, Shape};

use super::gemm::{View, add_product};
use super::lstm::{Batch, Layer};
use super::parameters::{Builder, Matrix};
use crate::random::Random;

/// One word: row of its own, row of the fixed vectors (0 for none), and rows of its affixes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    pub own: u32,
    pub vector: u32,
    pub affixes: [u32; AFFIXES],
}

/// A sentence with what is known of it.
#[derive(Clone, Debug, Default)]
pub struct Example {
    pub words: Vec<Word>,
    /// Tags, heads (0 is the root, words count from 1) and labels, if it comes from a treebank.
    pub syntax: Option<Syntax>,
    /// Classes of the name tagger, if its names are known.
    pub names: Option<Vec<u8>>,
}

#[derive(Clone, Debug, Default)]
pub struct Syntax {
    pub tags: Vec<u8>,
    pub heads: Vec<u32>,
    pub labels: Vec<u8>,
}

/// A layer without memory: a matrix and what is added.
#[derive(Clone, Debug)]
pub struct Dense {
    pub weights: Matrix,
    pub bias: Matrix,
}

impl Dense {
    fn new(builder: &mut Builder, inputs: usize, outputs: usize) -> Dense {
        Dense { weights: builder.layer(inputs, outputs), bias: builder.constant(1, outputs, 0.0) }
    }

    fn outputs(&self) -> usize {
        self.weights.columns
    }

    fn inputs(&self) -> usize {
        self.weights.at.len() / self.weights.columns
    }

    fn forward(&self, values: &[f32], x: &[f32]) -> Vec<f32> {
        let (n, m) = (self.inputs(), self.outputs());
        let rows = x.len() / n;
        let mut out: Vec<f32> = (0..rows).flat_map(|_| self.bias.of(values)).copied().collect();
        add_product(&mut out, m, View::new(x, rows, n), View::new(self.weights.of(values), n, m));
        out
    }

    /// Adds to the gradients of the parameters and of the input.
    fn backward(&self, values: &[f32], x: &[f32], up: &[f32], gradient: &mut [f32], down: &mut [f32]) {
        let (n, m) = (self.inputs(), self.outputs());
        let rows = x.len() / n;
        add_product(self.weights.of_mut(gradient), m, View::new(x, rows, n).transposed(), View::new(up, rows, m));
        let bias = self.bias.of_mut(gradient);
        for row in up.chunks_exact(m) {
            bias.iter_mut().zip(row).for_each(|(b, d)| *b += d);
        }
        add_product(down, n, View::new(up, rows, m), View::new(self.weights.of(values), n, m).transposed());
    }
}

/// The parameters by their use.
pub struct Network {
    pub shape: Shape,
    pub own: Matrix,
    pub affixes: [Matrix; AFFIXES],
    pub project: Matrix,
    pub root: Matrix,
    pub scale: Matrix,
    pub shift: Matrix,
    pub layers: Vec<Layer>,
    pub tags: Dense,
    /// What a word is as a head and as a dependent.
    pub head: Dense,
    pub dependent: Dense,
    pub pair: Matrix,
    pub likely: Matrix,
    pub distance: Matrix,
    pub label_head: Dense,
    pub label_dependent: Dense,
    pub labels: Dense,
    pub name_hidden: Dense,
    pub names: Dense,
}

/// How often numbers are left out in training.
const LEFT_OUT: f32 = 0.33;
/// How often a word is taken for an unknown one.
const UNKNOWN: f32 = 0.15;

/// How much numbers spread before they are brought to one size.
const EPSILON: f32 = 1e-5;

/// What the layers of decisions learn from: what the cells say, and where losses and gradients go.
struct Step<'s> {
    values: &'s [f32],
    examples: &'s [&'s Example],
    batch: &'s Batch,
    /// What one word of a treebank and one of a name file count.
    share: [f32; 2],
    /// Rows of the cells, and the gradient there.
    x: &'s [f32],
    down: &'s mut [f32],
    gradient: &'s mut [f32],
    loss: &'s mut Loss,
    random: &'s mut Random,
}

/// Sums of losses, and over how many words.
#[derive(Clone, Copy, Debug, Default)]
pub struct Loss {
    pub tags: f64,
    pub heads: f64,
    pub labels: f64,
    pub names: f64,
    pub words: usize,
    pub named: usize,
}

fn exp(x: f32) -> f32 {
    // 2^k times a polynomial on [-0.5, 0.5] ln 2, so that no library decides the bits.
    let x = x.clamp(-87.0, 87.0) * std::f32::consts::LOG2_E;
    let whole = x.round();
    let y = (x - whole) * std::f32::consts::LN_2;
    let poly = 1.0 + y * (1.0 + y * (0.5 + y * (1.0 / 6.0 + y * (1.0 / 24.0 + y * (1.0 / 120.0)))));
    poly * f32::from_bits((((whole as i32) + 127) as u32) << 23)
}

/// Turns scores into the gradient of the loss, times `weight`; gives the loss.
fn soft_loss(scores: &mut [f32], right: usize, weight: f32) -> f64 {
    let most = scores.iter().copied().fold(f32::NEG_INFINITY, f32::max);
    let mut sum = 0.0;
    for score in scores.iter_mut() {
        *score = exp(*score - most);
        sum += *score;
    }
    let p = scores[right] / sum;
    scores.iter_mut().for_each(|s| *s *= weight / sum);
    scores[right] -= weight;
    -f64::from(p.max(1e-12)).ln()
}

/// Which numbers stay, and by how much they grow for those that go.
struct Mask(Vec<f32>);

impl Mask {
    fn new(length: usize, random: &mut Random) -> Mask {
        let grown = 1.0 / (1.0 - LEFT_OUT);
        Mask((0..length).map(|_| if random.fraction() < LEFT_OUT { 0.0 } else { grown }).collect())
    }

    fn apply(&self, x: &mut [f32]) {
        x.iter_mut().zip(&self.0).for_each(|(x, m)| *x *= m);
    }
}

fn relu(x: &mut [f32]) {
    x.iter_mut().for_each(|x| *x = x.max(0.0));
}

/// The gradient below a [`relu`] that gave `out`.
fn below_relu(up: &mut [f32], out: &[f32]) {
    up.iter_mut().zip(out).for_each(|(d, o)| *d = if *o > 0.0 { *d } else { 0.0 });
}

impl Network {
    pub fn new(builder: &mut Builder, shape: Shape, words: usize, dimensions: usize) -> Network {
        let Shape { width, cells, layers, arc, label, name, tags, labels, names, .. } = shape;
        let spread = 0.17;
        let own = builder.even(words, width, spread);
        let affixes = shape.affixes.map(|rows| builder.even(rows, width, spread));
        let project = builder.layer(dimensions, width);
        let root = builder.even(1, width, spread);
        let scale = builder.constant(1, width, 1.0);
        let shift = builder.constant(1, width, 0.0);
        let layers: Vec<Layer> =
            (0..layers).map(|l| Layer::new(builder, if l == 0 { width } else { 2 * cells }, cells)).collect();
        let out = 2 * cells;
        Network {
            own,
            affixes,
            project,
            root,
            scale,
            shift,
            layers,
            tags: Dense::new(builder, out, tags),
            head: Dense::new(builder, out, arc),
            dependent: Dense::new(builder, out, arc),
            pair: builder.even(arc, arc, 0.04),
            likely: builder.even(1, arc, 0.04),
            distance: builder.constant(1, Shape::DISTANCES, 0.0),
            label_head: Dense::new(builder, out, label),
            label_dependent: Dense::new(builder, out, label),
            labels: Dense::new(builder, label, labels),
            name_hidden: Dense::new(builder, out, name),
            names: Dense::new(builder, name, names),
            shape,
        }
    }

    /// Adds the gradient of the loss over the examples, longest first; `share` is what one word of a treebank and one
    /// of a name file count.
    pub fn learn(
        &self,
        values: &[f32],
        vectors: &[f32],
        examples: &[&Example],
        share: [f32; 2],
        random: &mut Random,
        gradient: &mut [f32],
    ) -> Loss {
        let width = self.shape.width;
        let lengths: Vec<usize> = examples.iter().map(|e| e.words.len() + 1).collect();
        let batch = Batch::new(&lengths);
        let rows = batch.rows();
        // Words.
        let dimensions = self.project.at.len() / width;
        let (mut x, mut vector) = (vec![0.0; rows * width], vec![0.0; rows * dimensions]);
        let mut owns = vec![0; rows];
        for (example, range) in examples.iter().zip(batch.sentences()) {
            x[range.start * width..][..width].copy_from_slice(self.root.of(values));
            for (row, word) in (range.start + 1..range.end).zip(&example.words) {
                let own = if random.fraction() < UNKNOWN { 0 } else { word.own };
                owns[row] = own;
                let to = &mut x[row * width..][..width];
                to.copy_from_slice(&values[self.own.row(values, own as usize)]);
                for (table, &at) in self.affixes.iter().zip(&word.affixes) {
                    to.iter_mut().zip(&values[table.row(values, at as usize)]).for_each(|(x, e)| *x += e);
                }
                vector[row * dimensions..][..dimensions]
                    .copy_from_slice(&vectors[word.vector as usize * dimensions..][..dimensions]);
            }
        }
        let project = View::new(self.project.of(values), dimensions, width);
        add_product(&mut x, width, View::new(&vector, rows, dimensions), project);
        // Numbers of a word get one size; those of the root too.
        let mut normal = x;
        let mut sizes = vec![0.0; rows];
        for (row, size) in normal.chunks_exact_mut(width).zip(&mut sizes) {
            let mean = row.iter().sum::<f32>() / width as f32;
            row.iter_mut().for_each(|x| *x -= mean);
            *size = 1.0 / (row.iter().map(|x| x * x).sum::<f32>() / width as f32 + EPSILON).sqrt();
            row.iter_mut().for_each(|x| *x *= *size);
        }
        let (scale, shift) = (self.scale.of(values), self.shift.of(values));
        let mut x = normal.clone();
        for row in x.chunks_exact_mut(width) {
            row.iter_mut().zip(scale).zip(shift).for_each(|((x, a), b)| *x = *x * a + b);
        }
        let first = Mask::new(x.len(), random);
        first.apply(&mut x);
        // Cells.
        let mut inputs = vec![x];
        let mut traces = Vec::new();
        let mut masks = Vec::new();
        for (l, layer) in self.layers.iter().enumerate() {
            let (mut out, trace) = layer.forward(values, &batch, &inputs[l]);
            let mask = Mask::new(out.len(), random);
            mask.apply(&mut out);
            if l > 0 {
                out.iter_mut().zip(&inputs[l]).for_each(|(x, below)| *x += below);
            }
            inputs.push(out);
            traces.push(trace);
            masks.push(mask);
        }
        let x = inputs.last().map(Vec::as_slice).unwrap_or_default();
        let mut down = vec![0.0; x.len()];
        let mut loss = Loss::default();
        let mut step =
            Step { values, examples, batch: &batch, share, x, down: &mut down, gradient, loss: &mut loss, random };
        self.learn_tags(&mut step);
        self.learn_names(&mut step);
        if examples.iter().any(|e| e.syntax.is_some()) {
            self.learn_heads(&mut step);
            self.learn_labels(&mut step);
        }
        // And all the way back.
        for (l, layer) in self.layers.iter().enumerate().rev() {
            let through = (l > 0).then(|| down.clone());
            masks[l].apply(&mut down);
            down = layer.backward(values, &batch, &traces[l], &down, gradient);
            if let Some(through) = through {
                down.iter_mut().zip(through).for_each(|(d, t)| *d += t);
            }
        }
        first.apply(&mut down);
        for (row, normal) in down.chunks_exact(width).zip(normal.chunks_exact(width)) {
            for k in 0..width {
                gradient[self.scale.at.start + k] += row[k] * normal[k];
                gradient[self.shift.at.start + k] += row[k];
            }
        }
        for ((row, normal), size) in down.chunks_exact_mut(width).zip(normal.chunks_exact(width)).zip(&sizes) {
            row.iter_mut().zip(scale).for_each(|(d, a)| *d *= a);
            let mean = row.iter().sum::<f32>() / width as f32;
            let along = row.iter().zip(normal).map(|(d, x)| d * x).sum::<f32>() / width as f32;
            row.iter_mut().zip(normal).for_each(|(d, x)| *d = size * (*d - mean - x * along));
        }
        add_product(
            self.project.of_mut(gradient),
            width,
            View::new(&vector, rows, dimensions).transposed(),
            View::new(&down, rows, width),
        );
        let mut add = |range: std::ops::Range<usize>, d: &[f32]| {
            gradient[range].iter_mut().zip(d).for_each(|(g, d)| *g += d);
        };
        for (example, range) in examples.iter().zip(batch.sentences()) {
            add(self.root.at.clone(), &down[range.start * width..][..width]);
            for (row, word) in (range.start + 1..range.end).zip(&example.words) {
                let d = &down[row * width..][..width];
                add(self.own.row(values, owns[row] as usize), d);
                for (table, &at) in self.affixes.iter().zip(&word.affixes) {
                    add(table.row(values, at as usize), d);
                }
            }
        }
        loss
    }

    fn learn_tags(&self, step: &mut Step<'_>) {
        let Step { values, examples, batch, share: [share, _], x, down, gradient, loss, .. } = step;
        let (values, examples, batch, x, share) = (*values, *examples, *batch, *x, *share);
        let classes = self.shape.tags;
        let mut scores = self.tags.forward(values, x);
        for (example, range) in examples.iter().zip(batch.sentences()) {
            let scores = &mut scores[range.start * classes..range.end * classes];
            let Some(syntax) = &example.syntax else {
                scores.fill(0.0);
                continue;
            };
            scores[..classes].fill(0.0);
            for (scores, &right) in scores[classes..].chunks_exact_mut(classes).zip(&syntax.tags) {
                loss.tags += soft_loss(scores, usize::from(right), share);
                loss.words += 1;
            }
        }
        self.tags.backward(values, x, &scores, gradient, down);
    }

    fn learn_names(&self, step: &mut Step<'_>) {
        let Step { values, examples, batch, share: [_, share], x, down, gradient, loss, random, .. } = step;
        let (values, examples, batch, x, share) = (*values, *examples, *batch, *x, *share);
        if examples.iter().all(|e| e.names.is_none()) {
            return;
        }
        let classes = self.shape.names;
        let mut hidden = self.name_hidden.forward(values, x);
        relu(&mut hidden);
        let mask = Mask::new(hidden.len(), random);
        mask.apply(&mut hidden);
        let mut scores = self.names.forward(values, &hidden);
        for (example, range) in examples.iter().zip(batch.sentences()) {
            let scores = &mut scores[range.start * classes..range.end * classes];
            let Some(names) = &example.names else {
                scores.fill(0.0);
                continue;
            };
            scores[..classes].fill(0.0);
            for (scores, &right) in scores[classes..].chunks_exact_mut(classes).zip(names) {
                loss.names += soft_loss(scores, usize::from(right), share);
                loss.named += 1;
            }
        }
        let mut up = vec![0.0; hidden.len()];
        self.names.backward(values, &hidden, &scores, gradient, &mut up);
        mask.apply(&mut up);
        below_relu(&mut up, &hidden);
        self.name_hidden.backward(values, x, &up, gradient, down);
    }

    fn learn_heads(&self, step: &mut Step<'_>) {
        let Step { values, examples, batch, share: [share, _], x, down, gradient, loss, random, .. } = step;
        let (values, examples, batch, x, share) = (*values, *examples, *batch, *x, *share);
        let (rows, arc) = (batch.rows(), self.shape.arc);
        let mut head = self.head.forward(values, x);
        let mut dependent = self.dependent.forward(values, x);
        let masks = [Mask::new(head.len(), random), Mask::new(dependent.len(), random)];
        for (side, mask) in [&mut head, &mut dependent].into_iter().zip(&masks) {
            relu(side);
            mask.apply(side);
        }
        // What each dependent looks for.
        let likely = self.likely.of(values);
        let mut sought: Vec<f32> = (0..rows).flat_map(|_| likely).copied().collect();
        let pair = View::new(self.pair.of(values), arc, arc);
        add_product(&mut sought, arc, View::new(&dependent, rows, arc), pair);
        let (mut up_head, mut up_sought) = (vec![0.0; head.len()], vec![0.0; sought.len()]);
        for (example, range) in examples.iter().zip(batch.sentences()) {
            let Some(syntax) = &example.syntax else { continue };
            let n = range.len();
            let mut scores = vec![0.0; n * n];
            let distance = self.distance.of(values);
            for (d, row) in scores.chunks_exact_mut(n).enumerate() {
                row.iter_mut().enumerate().for_each(|(h, s)| *s = distance[Shape::distance(d, h)]);
            }
            let heads = View::new(&head[range.start * arc..], n, arc);
            let seeks = View::new(&sought[range.start * arc..], n, arc);
            add_product(&mut scores, n, seeks, heads.transposed());
            scores[..n].fill(0.0);
            for (d, (row, &right)) in scores.chunks_exact_mut(n).skip(1).zip(&syntax.heads).enumerate() {
                row[d + 1] = -1e9;
                loss.heads += soft_loss(row, right as usize, share);
                row[d + 1] = 0.0;
            }
            let up = View::new(&scores, n, n);
            add_product(&mut up_sought[range.start * arc..], arc, up, heads);
            add_product(&mut up_head[range.start * arc..], arc, up.transposed(), seeks);
            let distance = self.distance.of_mut(gradient);
            for (d, row) in scores.chunks_exact(n).enumerate().skip(1) {
                row.iter().enumerate().for_each(|(h, s)| distance[Shape::distance(d, h)] += s);
            }
        }
        let likely = self.likely.of_mut(gradient);
        for row in up_sought.chunks_exact(arc) {
            likely.iter_mut().zip(row).for_each(|(g, d)| *g += d);
        }
        let seeks = View::new(&up_sought, rows, arc);
        add_product(self.pair.of_mut(gradient), arc, View::new(&dependent, rows, arc).transposed(), seeks);
        let mut up_dependent = vec![0.0; dependent.len()];
        add_product(&mut up_dependent, arc, seeks, pair.transposed());
        for (((dense, out), up), mask) in [(&self.head, &head), (&self.dependent, &dependent)]
            .into_iter()
            .zip([&mut up_head, &mut up_dependent])
            .zip(&masks)
        {
            mask.apply(up);
            below_relu(up, out);
            dense.backward(values, x, up, gradient, down);
        }
    }

    fn learn_labels(&self, step: &mut Step<'_>) {
        let Step { values, examples, batch, share: [share, _], x, down, gradient, loss, random, .. } = step;
        let (values, examples, batch, x, share) = (*values, *examples, *batch, *x, *share);
        let (label, classes) = (self.shape.label, self.shape.labels);
        let head = self.label_head.forward(values, x);
        let mut hidden = self.label_dependent.forward(values, x);
        for (example, range) in examples.iter().zip(batch.sentences()) {
            let Some(syntax) = &example.syntax else { continue };
            for (row, &h) in (range.start + 1..range.end).zip(&syntax.heads) {
                let from = &head[(range.start + h as usize) * label..][..label];
                hidden[row * label..][..label].iter_mut().zip(from).for_each(|(x, h)| *x += h);
            }
        }
        relu(&mut hidden);
        let mask = Mask::new(hidden.len(), random);
        mask.apply(&mut hidden);
        let mut scores = self.labels.forward(values, &hidden);
        for (example, range) in examples.iter().zip(batch.sentences()) {
            let scores = &mut scores[range.start * classes..range.end * classes];
            let Some(syntax) = &example.syntax else {
                scores.fill(0.0);
                continue;
            };
            scores[..classes].fill(0.0);
            for (scores, &right) in scores[classes..].chunks_exact_mut(classes).zip(&syntax.labels) {
                loss.labels += soft_loss(scores, usize::from(right), share);
            }
        }
        let mut up = vec![0.0; hidden.len()];
        self.labels.backward(values, &hidden, &scores, gradient, &mut up);
        mask.apply(&mut up);
        below_relu(&mut up, &hidden);
        self.label_dependent.backward(values, x, &up, gradient, down);
        let mut up_head = vec![0.0; up.len()];
        for (example, range) in examples.iter().zip(batch.sentences()) {
            let Some(syntax) = &example.syntax else { continue };
            for (row, &h) in (range.start + 1..range.end).zip(&syntax.heads) {
                let to = &mut up_head[(range.start + h as usize) * label..][..label];
                to.iter_mut().zip(&up[row * label..][..label]).for_each(|(t, d)| *t += d);
            }
        }
        self.label_head.backward(values, x, &up_head, gradient, down);
    }
}
