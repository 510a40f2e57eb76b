//! One layer: a product, and what is added.

use super::kernel::{BLOCK, GROUP, Kernel, Weights};

/// Weights with the size of one step of each output, and what is added to it.
#[derive(Clone, Debug, Default)]
pub struct Layer<'a> {
    pub weights: Weights<'a>,
    sums: Vec<i32>,
    pub steps: Vec<f32>,
    pub bias: Vec<f32>,
}

/// Takes whole numbers off the front of bytes.
pub struct Reader<'a>(pub &'a [u8]);

impl<'a> Reader<'a> {
    pub fn bytes(&mut self, length: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(head)
    }

    pub fn number(&mut self) -> Option<u32> {
        Some(u32::from_le_bytes(*self.bytes(4)?.first_chunk()?))
    }

    /// Numbers that are all finite.
    pub fn floats(&mut self, length: usize) -> Option<Vec<f32>> {
        let bytes = self.bytes(length.checked_mul(4)?)?;
        let list: Vec<f32> = bytes.as_chunks().0.iter().map(|&b| f32::from_le_bytes(b)).collect();
        list.iter().all(|x| x.is_finite()).then_some(list)
    }
}

/// Writes a layer: `weights` has a row of `outputs` numbers for each input.
pub fn pack(weights: &[f32], bias: &[f32], out: &mut Vec<u8>) {
    let outputs = bias.len();
    let inputs = weights.len() / outputs.max(1);
    let (rows, columns) = (inputs.next_multiple_of(GROUP), outputs.next_multiple_of(BLOCK));
    let step = |o: usize| {
        let most = (0..inputs).map(|i| weights[i * outputs + o].abs()).fold(0.0, f32::max);
        if most > 0.0 { most / 127.0 } else { 1.0 }
    };
    let steps: Vec<f32> = (0..columns).map(|o| if o < outputs { step(o) } else { 0.0 }).collect();
    out.extend((inputs as u32).to_le_bytes());
    out.extend((outputs as u32).to_le_bytes());
    steps.iter().for_each(|s| out.extend(s.to_le_bytes()));
    (0..columns).for_each(|o| out.extend(bias.get(o).copied().unwrap_or_default().to_le_bytes()));
    for block in 0..columns / BLOCK {
        for group in 0..rows / GROUP {
            for (o, step) in steps.iter().enumerate().skip(block * BLOCK).take(BLOCK) {
                for i in group * GROUP..(group + 1) * GROUP {
                    let weight =
                        if i < inputs && o < outputs { (weights[i * outputs + o] / step).round() } else { 0.0 };
                    out.push(weight as i8 as u8);
                }
            }
        }
    }
}

impl<'a> Layer<'a> {
    /// Reads what [`pack`] wrote.
    pub fn read(reader: &mut Reader<'a>, inputs: usize, outputs: usize) -> Option<Layer<'a>> {
        if reader.number()? as usize != inputs || reader.number()? as usize != outputs {
            return None;
        }
        let (rows, columns) = (inputs.next_multiple_of(GROUP), outputs.next_multiple_of(BLOCK));
        let steps = reader.floats(columns)?;
        let bias = reader.floats(columns)?;
        let weights = Weights::new(reader.bytes(rows.checked_mul(columns)?)?, rows, columns)?;
        Some(Layer { weights, sums: weights.sums(), steps, bias })
    }

    /// Numbers of each row of the result.
    pub fn outputs(&self) -> usize {
        self.steps.len()
    }

    /// The products alone.
    pub fn product(&self, kernel: Kernel, x: &[i8], out: &mut [i32]) {
        kernel.product(x, self.weights, &self.sums, out);
    }

    /// Fills `out` with the result for every row of `x`.
    #[inline(always)]
    pub fn apply(&self, kernel: Kernel, x: &Rows, products: &mut Vec<i32>, out: &mut Vec<f32>) {
        let n = self.outputs();
        // What stood there is overwritten.
        products.resize(x.sizes.len() * n, 0);
        self.product(kernel, &x.values, products);
        out.clear();
        for (products, &size) in products.chunks_exact(n.max(1)).zip(&x.sizes) {
            out.extend(
                products.iter().zip(&self.steps).zip(&self.bias).map(|((&p, &step), &b)| p as f32 * (step * size) + b),
            );
        }
    }
}

/// Rows of numbers as whole numbers of 8 bits, each row with the size of its steps.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    pub values: Vec<i8>,
    pub sizes: Vec<f32>,
}

/// Adding this to a number below two million leaves its nearest whole number in the low bits.
const NEAREST: f32 = 12_582_912.0;

impl Rows {
    /// Takes over rows of `width` numbers, a multiple of four.
    #[inline(always)]
    pub fn fill(&mut self, x: &[f32], width: usize) {
        self.values.clear();
        self.sizes.clear();
        for row in x.chunks_exact(width.max(1)) {
            // In lanes, so that the machine can do several at once; the order does not matter to a maximum.
            let (whole, rest) = row.as_chunks::<16>();
            let mut lanes = [f32::MIN_POSITIVE; 16];
            for chunk in whole {
                for (lane, x) in lanes.iter_mut().zip(chunk) {
                    *lane = if x.abs() > *lane { x.abs() } else { *lane };
                }
            }
            let most =
                lanes.iter().chain(rest).fold(f32::MIN_POSITIVE, |most, x| if x.abs() > most { x.abs() } else { most });
            let scale = 127.0 / most;
            self.sizes.push(most / 127.0);
            self.values.extend(row.iter().map(|x| (x * scale + NEAREST).to_bits() as u8 as i8));
        }
    }
}

/// A number between -1 and 1 in steps of 1/127.
#[inline(always)]
pub fn step_of(x: f32) -> i8 {
    (x * 127.0 + NEAREST).to_bits() as u8 as i8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_come_back_nearly_as_they_were() {
        let (inputs, outputs) = (10, 20);
        let weights: Vec<f32> = (0..inputs * outputs).map(|i| ((i * 37 % 101) as f32 - 50.0) / 40.0).collect();
        let bias: Vec<f32> = (0..outputs).map(|o| o as f32 / 10.0).collect();
        let mut bytes = Vec::new();
        pack(&weights, &bias, &mut bytes);
        let layer = Layer::read(&mut Reader(&bytes), inputs, outputs).unwrap();
        assert!(Layer::read(&mut Reader(&bytes), inputs, outputs + 1).is_none());
        assert!(Layer::read(&mut Reader(&bytes[..bytes.len() - 1]), inputs, outputs).is_none());
        let x: Vec<f32> = (0..12).map(|i| if i < 10 { (i as f32 - 4.0) / 3.0 } else { 0.0 }).collect();
        let mut rows = Rows::default();
        rows.fill(&x, 12);
        let mut out = Vec::new();
        layer.apply(Kernel::best(), &rows, &mut Vec::new(), &mut out);
        for (o, found) in out[..outputs].iter().enumerate() {
            let exact: f32 = bias[o] + (0..inputs).map(|i| x[i] * weights[i * outputs + o]).sum::<f32>();
            assert!((found - exact).abs() < 0.08, "{found} {exact}");
        }
        assert_eq!([-1.0, -0.5, 0.0, 1.0].map(step_of), [-127, -64, 0, 127]);
    }
}
