//! A layer of memory cells that reads sentences in both directions (Hochreiter and Schmidhuber 1997).

use dateline::language::neural::maths::{sigmoid, tanh};

use super::gemm::{Right, View, add_product, add_product_with};
use super::parameters::{Builder, Matrix};

/// The sentences of a batch, the longest first, as rows one sentence after the other.
pub struct Batch {
    /// First row of each sentence, and the end of the last one.
    pub starts: Vec<usize>,
    /// How many sentences have a word at each place.
    active: Vec<usize>,
}

impl Batch {
    /// Lengths must not rise.
    pub fn new(lengths: &[usize]) -> Batch {
        let mut starts = vec![0];
        for length in lengths {
            starts.push(starts.last().copied().unwrap_or_default() + length);
        }
        let longest = lengths.first().copied().unwrap_or_default();
        let active = (0..longest).map(|t| lengths.iter().take_while(|&&l| l > t).count()).collect();
        Batch { starts, active }
    }

    pub fn rows(&self) -> usize {
        self.starts.last().copied().unwrap_or_default()
    }

    pub fn sentences(&self) -> impl Iterator<Item = std::ops::Range<usize>> {
        self.starts.windows(2).map(|w| w[0]..w[1])
    }

    /// The row of each step: place after place, all sentences that have it; from the end if `back`.
    fn steps(&self, back: bool) -> Vec<usize> {
        let mut out = Vec::with_capacity(self.rows());
        for (t, &active) in self.active.iter().enumerate() {
            out.extend((0..active).map(|s| if back { self.starts[s + 1] - 1 - t } else { self.starts[s] + t }));
        }
        out
    }
}

/// One direction.
#[derive(Clone, Debug)]
pub struct Cells {
    /// From the input to the gates: input, forget, output, and the new value.
    pub input: Matrix,
    /// From the state before.
    pub state: Matrix,
    pub bias: Matrix,
}

/// Both directions.
#[derive(Clone, Debug)]
pub struct Layer {
    pub directions: [Cells; 2],
    /// Cells of one direction.
    pub cells: usize,
}

/// What the way forward leaves for the way back, for one direction, in the order of its steps.
struct Trace {
    steps: Vec<usize>,
    x: Vec<f32>,
    /// Values of the gates, and the slopes there.
    gates: Vec<f32>,
    slopes: Vec<f32>,
    memory: Vec<f32>,
    out: Vec<f32>,
    /// `tanh` of the memory, and its slope.
    shown: Vec<f32>,
    shown_slope: Vec<f32>,
}

/// What the way forward leaves for the way back.
pub struct Traces([Trace; 2]);

fn slope(x: f32) -> f32 {
    let x = x.clamp(-3.0, 3.0);
    let square = x * x;
    let ratio = (square - 9.0) / (square + 3.0);
    ratio * ratio / 9.0
}

impl Layer {
    pub fn new(builder: &mut Builder, inputs: usize, cells: usize) -> Layer {
        let directions = std::array::from_fn(|_| {
            let input = builder.layer(inputs, 4 * cells);
            let state = builder.layer(cells, 4 * cells);
            let bias = builder.constant(1, 4 * cells, 0.0);
            // Cells remember at first.
            builder.values[bias.at.start + cells..bias.at.start + 2 * cells].fill(1.0);
            Cells { input, state, bias }
        });
        Layer { directions, cells }
    }

    /// Rows of twice as many numbers as there are cells.
    pub fn forward(&self, values: &[f32], batch: &Batch, x: &[f32]) -> (Vec<f32>, Traces) {
        let h = self.cells;
        let mut out = vec![0.0; batch.rows() * 2 * h];
        let traces = [false, true].map(|back| {
            let trace = self.run(values, batch, x, back);
            for (step, &row) in trace.steps.iter().enumerate() {
                out[row * 2 * h + usize::from(back) * h..][..h].copy_from_slice(&trace.out[step * h..][..h]);
            }
            trace
        });
        (out, Traces(traces))
    }

    fn run(&self, values: &[f32], batch: &Batch, x: &[f32], back: bool) -> Trace {
        let (h, cells, rows) = (self.cells, &self.directions[usize::from(back)], batch.rows());
        let inputs = cells.input.at.len() / (4 * h);
        let steps = batch.steps(back);
        let x: Vec<f32> = steps.iter().flat_map(|&row| &x[row * inputs..][..inputs]).copied().collect();
        let bias = cells.bias.of(values);
        let mut gates: Vec<f32> = (0..rows).flat_map(|_| bias).copied().collect();
        let weights = View::new(cells.input.of(values), inputs, 4 * h);
        add_product(&mut gates, 4 * h, View::new(&x, rows, inputs), weights);
        let mut slopes = vec![0.0; rows * 4 * h];
        let [mut memory, mut out, mut shown, mut shown_slope] = [(); 4].map(|()| vec![0.0; rows * h]);
        let state = Right::new(View::new(cells.state.of(values), h, 4 * h));
        let (mut first, mut before) = (0, 0);
        for (t, &active) in batch.active.iter().enumerate() {
            if t > 0 {
                let last = View::new(&out[before * h..], active, h);
                add_product_with(&mut gates[first * 4 * h..], 4 * h, last, &state);
            }
            for s in 0..active {
                let row = first + s;
                let old = (t > 0).then(|| before + s);
                let gate = &mut gates[row * 4 * h..][..4 * h];
                let slopes = &mut slopes[row * 4 * h..][..4 * h];
                for (gate, slot) in gate[..3 * h].iter_mut().zip(&mut slopes[..3 * h]) {
                    *slot = 0.25 * slope(0.5 * *gate);
                    *gate = sigmoid(*gate);
                }
                for (gate, slot) in gate[3 * h..].iter_mut().zip(&mut slopes[3 * h..]) {
                    *slot = slope(*gate);
                    *gate = tanh(*gate);
                }
                for k in 0..h {
                    let kept = old.map_or(0.0, |old| memory[old * h + k] * gate[h + k]);
                    let value = kept + gate[k] * gate[3 * h + k];
                    memory[row * h + k] = value;
                    shown_slope[row * h + k] = slope(value);
                    let value = tanh(value);
                    shown[row * h + k] = value;
                    out[row * h + k] = value * gate[2 * h + k];
                }
            }
            before = first;
            first += active;
        }
        Trace { steps, x, gates, slopes, memory, out, shown, shown_slope }
    }

    /// Adds to the gradient of the parameters; gives that of the input.
    pub fn backward(
        &self,
        values: &[f32],
        batch: &Batch,
        traces: &Traces,
        up: &[f32],
        gradient: &mut [f32],
    ) -> Vec<f32> {
        let h = self.cells;
        let rows = batch.rows();
        let inputs = self.directions[0].input.at.len() / (4 * h);
        let mut down = vec![0.0; rows * inputs];
        for (side, (cells, trace)) in self.directions.iter().zip(&traces.0).enumerate() {
            let mut dout: Vec<f32> =
                trace.steps.iter().flat_map(|&row| &up[row * 2 * h + side * h..][..h]).copied().collect();
            let mut dmemory = vec![0.0; rows * h];
            let mut dgates = vec![0.0; rows * 4 * h];
            let mut before_out = vec![0.0; rows * h];
            let back = Right::new(View::new(cells.state.of(values), h, 4 * h).transposed());
            let mut end = rows;
            for (t, &active) in batch.active.iter().enumerate().rev() {
                let first = end - active;
                let before = (t > 0).then(|| first - batch.active[t - 1]);
                for s in 0..active {
                    let row = first + s;
                    let gate = &trace.gates[row * 4 * h..][..4 * h];
                    let slopes = &trace.slopes[row * 4 * h..][..4 * h];
                    let dgate = &mut dgates[row * 4 * h..][..4 * h];
                    for k in 0..h {
                        let at = row * h + k;
                        let d = dout[at];
                        let dm = dmemory[at] + d * gate[2 * h + k] * trace.shown_slope[at];
                        dgate[2 * h + k] = d * trace.shown[at] * slopes[2 * h + k];
                        dgate[k] = dm * gate[3 * h + k] * slopes[k];
                        dgate[3 * h + k] = dm * gate[k] * slopes[3 * h + k];
                        if let Some(before) = before {
                            let old = (before + s) * h + k;
                            dgate[h + k] = dm * trace.memory[old] * slopes[h + k];
                            dmemory[old] += dm * gate[h + k];
                        }
                    }
                    if let Some(before) = before {
                        before_out[row * h..][..h].copy_from_slice(&trace.out[(before + s) * h..][..h]);
                    }
                }
                if let Some(before) = before {
                    let dgate = View::new(&dgates[first * 4 * h..], active, 4 * h);
                    add_product_with(&mut dout[before * h..], h, dgate, &back);
                }
                end = first;
            }
            let dgate = View::new(&dgates, rows, 4 * h);
            add_product(cells.state.of_mut(gradient), 4 * h, View::new(&before_out, rows, h).transposed(), dgate);
            add_product(cells.input.of_mut(gradient), 4 * h, View::new(&trace.x, rows, inputs).transposed(), dgate);
            let bias = cells.bias.of_mut(gradient);
            for row in dgates.chunks_exact(4 * h) {
                bias.iter_mut().zip(row).for_each(|(b, d)| *b += d);
            }
            let mut dx = vec![0.0; rows * inputs];
            add_product(&mut dx, inputs, dgate, View::new(cells.input.of(values), inputs, 4 * h).transposed());
            for (step, &row) in trace.steps.iter().enumerate() {
                let to = &mut down[row * inputs..][..inputs];
                to.iter_mut().zip(&dx[step * inputs..][..inputs]).for_each(|(a, b)| *a += b);
            }
        }
        down
    }
}
