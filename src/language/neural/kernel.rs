//! Products of whole numbers of 8 bits, for one machine or another; all give exactly the same sums.
//!
//! Weights are stored in blocks of [`BLOCK`] outputs; in a block, for each group of [`GROUP`] inputs, for each output, the
//! weights of the group one after the other.

/// Outputs of a block.
pub const BLOCK: usize = 16;
/// Inputs of a group.
pub const GROUP: usize = 4;
/// Bytes of the weights of a group of inputs and a block of outputs.
const STEP: usize = BLOCK * GROUP;

/// Weights of one layer, in place: `outputs` a multiple of [`BLOCK`], `inputs` of [`GROUP`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Weights<'a> {
    /// `inputs * outputs` bytes, each a whole number from -127 to 127.
    bytes: &'a [u8],
    outputs: usize,
    inputs: usize,
}

impl<'a> Weights<'a> {
    /// Weights over some bytes; `None` if the sizes do not fit.
    pub fn new(bytes: &'a [u8], inputs: usize, outputs: usize) -> Option<Weights<'a>> {
        let whole = inputs.is_multiple_of(GROUP) && outputs.is_multiple_of(BLOCK);
        // Sums of so many products of two numbers up to 127 are whole numbers that 32-bit floats hold exactly.
        let fits = inputs <= 1 << 10 && bytes.len() == inputs * outputs;
        (whole && fits).then_some(Weights { bytes, outputs, inputs })
    }

    /// Number of outputs.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Number of inputs.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Sum of the weights of each output.
    pub fn sums(&self) -> Vec<i32> {
        let mut sums = vec![0; self.outputs];
        let blocks = self.bytes.chunks_exact((self.inputs * BLOCK).max(1));
        for (sums, block) in sums.chunks_exact_mut(BLOCK).zip(blocks) {
            for group in block.as_chunks::<STEP>().0 {
                for (sum, weights) in sums.iter_mut().zip(group.as_chunks::<GROUP>().0) {
                    *sum += weights.iter().map(|&w| i32::from(w as i8)).sum::<i32>();
                }
            }
        }
        sums
    }
}

/// Which instructions are used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kernel {
    /// Those that every machine has.
    Plain,
    /// AVX2.
    #[cfg(target_arch = "x86_64")]
    Avx2,
    /// AVX-512 with VNNI.
    #[cfg(target_arch = "x86_64")]
    Vnni,
}

impl Kernel {
    /// Whether this machine has the instructions.
    pub fn works(self) -> bool {
        match self {
            Kernel::Plain => true,
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => is_x86_feature_detected!("avx2"),
            #[cfg(target_arch = "x86_64")]
            Kernel::Vnni => {
                is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512bw")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512vnni")
            }
        }
    }

    /// Every kernel that this machine can run, the fastest last.
    pub fn all() -> Vec<Kernel> {
        let mut all = vec![Kernel::Plain];
        #[cfg(target_arch = "x86_64")]
        all.extend([Kernel::Avx2, Kernel::Vnni]);
        all.retain(|kernel| kernel.works());
        all
    }

    /// The fastest kernel of this machine.
    pub fn best() -> Kernel {
        Kernel::all().last().copied().unwrap_or(Kernel::Plain)
    }

    /// Products of rows of inputs with the weights: `out[row][output]`. `sums` are those of [`Weights::sums`].
    ///
    /// Inputs are from -127 to 127; rows that are not whole are left out.
    pub fn product(self, x: &[i8], weights: Weights<'_>, sums: &[i32], out: &mut [i32]) {
        if weights.inputs == 0 || weights.outputs == 0 || sums.len() != weights.outputs {
            return;
        }
        let rows = (x.len() / weights.inputs).min(out.len() / weights.outputs);
        let (x, out) = (&x[..rows * weights.inputs], &mut out[..rows * weights.outputs]);
        match self {
            Kernel::Plain => plain(x, weights, out),
            // SAFETY: these two are only run where `works` has found the instructions.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => {
                assert!(self.works());
                unsafe { x86::avx2(x, weights, out) }
            }
            #[cfg(target_arch = "x86_64")]
            Kernel::Vnni => {
                assert!(self.works());
                unsafe { x86::vnni(x, weights, sums, out) }
            }
        }
    }
}

/// Rows that share the weights that [`plain`] unpacks.
const ROWS: usize = 8;

/// Written so that compilers find several products at once on any machine: in floating point, which is exact here because
/// all sums stay below 2^24 (see [`Weights::new`]).
fn plain(x: &[i8], weights: Weights<'_>, out: &mut [i32]) {
    let (n, k) = (weights.outputs, weights.inputs);
    for (x, out) in x.chunks(k * ROWS).zip(out.chunks_mut(n * ROWS)) {
        let blocks = weights.bytes.chunks_exact(k * BLOCK);
        for (number, block) in blocks.enumerate() {
            let mut sums = [[0.0_f32; BLOCK]; ROWS];
            for (group, step) in block.as_chunks::<STEP>().0.iter().enumerate() {
                let mut unpacked = [[0.0_f32; BLOCK]; GROUP];
                for (o, four) in step.as_chunks::<GROUP>().0.iter().enumerate() {
                    for (unpacked, &w) in unpacked.iter_mut().zip(four) {
                        unpacked[o] = f32::from(w as i8);
                    }
                }
                for (sums, x) in sums.iter_mut().zip(x.chunks_exact(k)) {
                    for (&x, unpacked) in x[group * GROUP..][..GROUP].iter().zip(&unpacked) {
                        let x = f32::from(x);
                        for (sum, w) in sums.iter_mut().zip(unpacked) {
                            *sum += x * w;
                        }
                    }
                }
            }
            for (sums, out) in sums.iter().zip(out.chunks_exact_mut(n)) {
                for (out, &sum) in out[number * BLOCK..][..BLOCK].iter_mut().zip(sums) {
                    *out = sum as i32;
                }
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use std::arch::x86_64::*;

    use super::{BLOCK, GROUP, STEP, Weights};

    /// Four inputs as one number, for all lanes.
    fn four(x: &[i8; GROUP]) -> i32 {
        i32::from_le_bytes(x.map(|b| b as u8))
    }

    /// The inputs of each row in groups.
    #[inline(always)]
    fn groups<const ROWS: usize>(x: &[i8], inputs: usize) -> [&[[i8; GROUP]]; ROWS] {
        let mut rows: [&[[i8; GROUP]]; ROWS] = [&[]; ROWS];
        for (row, x) in rows.iter_mut().zip(x.chunks_exact(inputs)) {
            *row = x.as_chunks().0;
        }
        rows
    }

    /// Rows that share the weights they load.
    const TOGETHER: usize = 4;

    /// `x` and `out` hold the same number of whole rows.
    #[target_feature(enable = "avx2")]
    pub fn avx2(x: &[i8], weights: Weights<'_>, out: &mut [i32]) {
        let (n, k) = (weights.outputs, weights.inputs);
        let mut xs = x.chunks_exact(k * TOGETHER);
        let mut outs = out.chunks_exact_mut(n * TOGETHER);
        for (x, out) in (&mut xs).zip(&mut outs) {
            avx2_rows::<TOGETHER>(x, weights, out);
        }
        for (x, out) in xs.remainder().chunks_exact(k).zip(outs.into_remainder().chunks_exact_mut(n)) {
            avx2_rows::<1>(x, weights, out);
        }
    }

    #[target_feature(enable = "avx2")]
    fn avx2_rows<const ROWS: usize>(x: &[i8], weights: Weights<'_>, out: &mut [i32]) {
        let (n, k) = (weights.outputs, weights.inputs);
        let ones = _mm256_set1_epi16(1);
        let rows = groups::<ROWS>(x, k);
        for block in 0..n / BLOCK {
            let mut sums = [[_mm256_setzero_si256(); 2]; ROWS];
            let steps = weights.bytes[block * k * BLOCK..][..k * BLOCK].as_chunks::<STEP>().0;
            for (group, bytes) in steps.iter().enumerate() {
                // SAFETY: 64 bytes are there; the loads need no alignment.
                let (w0, w1) = unsafe {
                    let start = bytes.as_ptr().cast::<__m256i>();
                    (_mm256_loadu_si256(start), _mm256_loadu_si256(start.add(1)))
                };
                for (sums, row) in sums.iter_mut().zip(rows) {
                    let x = _mm256_set1_epi32(four(&row[group]));
                    let size = _mm256_abs_epi8(x);
                    // Unsigned times signed: the sign of the input moves to the weight. Pairs stay below 2 * 127 * 127.
                    for (sum, w) in sums.iter_mut().zip([w0, w1]) {
                        let pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(w, x));
                        *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(pairs, ones));
                    }
                }
            }
            for (r, sums) in sums.iter().enumerate() {
                let to: &mut [i32; BLOCK] =
                    out[r * n + block * BLOCK..].first_chunk_mut().expect("the sizes were checked");
                // SAFETY: 16 numbers of 4 bytes are there; the stores need no alignment.
                unsafe {
                    let start = to.as_mut_ptr().cast::<__m256i>();
                    _mm256_storeu_si256(start, sums[0]);
                    _mm256_storeu_si256(start.add(1), sums[1]);
                }
            }
        }
    }

    /// `x` and `out` hold the same number of whole rows; one sum for each output.
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    pub fn vnni(x: &[i8], weights: Weights<'_>, sums: &[i32], out: &mut [i32]) {
        let (n, k) = (weights.outputs, weights.inputs);
        let mut xs = x.chunks_exact(k * 8);
        let mut outs = out.chunks_exact_mut(n * 8);
        for (x, out) in (&mut xs).zip(&mut outs) {
            vnni_rows::<8, 2>(x, weights, sums, out);
        }
        let (x, out) = (xs.remainder(), outs.into_remainder());
        match x.len() / k {
            0 => {}
            1 => vnni_rows::<1, 4>(x, weights, sums, out),
            2 => vnni_rows::<2, 4>(x, weights, sums, out),
            3 => vnni_rows::<3, 4>(x, weights, sums, out),
            4 => vnni_rows::<4, 4>(x, weights, sums, out),
            5 => vnni_rows::<5, 2>(x, weights, sums, out),
            6 => vnni_rows::<6, 2>(x, weights, sums, out),
            _ => vnni_rows::<7, 2>(x, weights, sums, out),
        }
    }

    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn vnni_rows<const ROWS: usize, const BLOCKS: usize>(
        x: &[i8],
        weights: Weights<'_>,
        sums: &[i32],
        out: &mut [i32],
    ) {
        let blocks = weights.outputs / BLOCK;
        let mut block = 0;
        while block + BLOCKS <= blocks {
            vnni_blocks::<ROWS, BLOCKS>(x, weights, sums, out, block);
            block += BLOCKS;
        }
        while block < blocks {
            vnni_blocks::<ROWS, 1>(x, weights, sums, out, block);
            block += 1;
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vnni")]
    fn vnni_blocks<const ROWS: usize, const BLOCKS: usize>(
        x: &[i8],
        weights: Weights<'_>,
        sums: &[i32],
        out: &mut [i32],
        first: usize,
    ) {
        let (n, k) = (weights.outputs, weights.inputs);
        let rows = groups::<ROWS>(x, k);
        let mut totals = [[_mm512_setzero_si512(); BLOCKS]; ROWS];
        // Inputs become unsigned by adding 128 to each, which adds 128 times the sum of the weights.
        let sign = _mm512_set1_epi8(-128);
        let mut steps: [&[[u8; STEP]]; BLOCKS] = [&[]; BLOCKS];
        for (steps, block) in steps.iter_mut().zip(weights.bytes[first * k * BLOCK..].chunks_exact(k * BLOCK)) {
            *steps = block.as_chunks().0;
        }
        for group in 0..k / GROUP {
            // No closure here: it would not have the instructions.
            let mut w = [sign; BLOCKS];
            for (w, steps) in w.iter_mut().zip(steps) {
                // SAFETY: 64 bytes are there; the load needs no alignment.
                *w = unsafe { _mm512_loadu_si512(steps[group].as_ptr().cast()) };
            }
            for (totals, row) in totals.iter_mut().zip(rows) {
                let x = _mm512_xor_si512(_mm512_set1_epi32(four(&row[group])), sign);
                for (total, w) in totals.iter_mut().zip(w) {
                    *total = _mm512_dpbusd_epi32(*total, x, w);
                }
            }
        }
        for (r, totals) in totals.iter().enumerate() {
            for (b, total) in totals.iter().enumerate() {
                let block = (first + b) * BLOCK;
                let sums: &[i32; BLOCK] = sums[block..].first_chunk().expect("the sizes were checked");
                let to: &mut [i32; BLOCK] = out[r * n + block..].first_chunk_mut().expect("the sizes were checked");
                // SAFETY: 16 numbers of 4 bytes are there; load and store need no alignment.
                unsafe {
                    let sums = _mm512_loadu_si512(sums.as_ptr().cast());
                    let total = _mm512_sub_epi32(*total, _mm512_slli_epi32::<7>(sums));
                    _mm512_storeu_si512(to.as_mut_ptr().cast(), total);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_kernels_give_the_sums_of_the_definition() {
        let number = |n: usize| ((n.wrapping_mul(2_654_435_761) >> 7) % 255) as i32 - 127;
        for (rows, inputs, outputs) in [(1, 4, 16), (3, 96, 384), (4, 8, 48), (9, 192, 112), (5, 12, 64)] {
            let x: Vec<i8> = (0..rows * inputs).map(|i| if i % 50 < 8 { -127 } else { number(i) as i8 }).collect();
            let bytes: Vec<u8> =
                (0..inputs * outputs).map(|i| if i % 60 < 30 { 129 } else { number(i + 3) as i8 as u8 }).collect();
            let weights = Weights::new(&bytes, inputs, outputs).unwrap();
            let weight =
                |i: usize, o: usize| i32::from(bytes[o / 16 * inputs * 16 + i / 4 * 64 + o % 16 * 4 + i % 4] as i8);
            let expected: Vec<i32> = (0..rows * outputs)
                .map(|at| {
                    let (r, o) = (at / outputs, at % outputs);
                    (0..inputs).map(|i| i32::from(x[r * inputs + i]) * weight(i, o)).sum()
                })
                .collect();
            for kernel in Kernel::all() {
                let mut out = vec![1; rows * outputs];
                kernel.product(&x, weights, &weights.sums(), &mut out);
                assert_eq!(out, expected, "{kernel:?} {rows} {inputs} {outputs}");
            }
        }
        assert!(Weights::new(&[0; 64], 4, 17).is_none());
    }
}
