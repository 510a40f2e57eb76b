//! Products of matrices of 32-bit floats, the same to the bit on every machine.
//!
//! Each element of a product adds its terms in the order of the inner index, each with a fused multiply-add; how many of
//! them a machine does at once does not matter.

/// Rows and columns of the block that one step works on.
const ROWS: usize = 6;
const COLUMNS: usize = 32;

/// A matrix that is read: row `i`, column `j` stands at `i * row + j * column`.
#[derive(Clone, Copy)]
pub struct View<'a> {
    data: &'a [f32],
    rows: usize,
    columns: usize,
    row: usize,
    column: usize,
}

impl<'a> View<'a> {
    /// A matrix stored row after row.
    pub fn new(data: &'a [f32], rows: usize, columns: usize) -> View<'a> {
        assert!(data.len() >= rows * columns);
        View { data, rows, columns, row: columns, column: 1 }
    }

    /// The same matrix, mirrored.
    pub fn transposed(self) -> View<'a> {
        View { rows: self.columns, columns: self.rows, row: self.column, column: self.row, ..self }
    }
}

/// The right side of a product, ready to be used many times.
pub struct Right {
    panels: Vec<f32>,
    depth: usize,
    columns: usize,
}

impl Right {
    pub fn new(b: View<'_>) -> Right {
        let depth = b.rows;
        let mut panels = vec![0.0_f32; b.columns.div_ceil(COLUMNS) * depth * COLUMNS];
        for (panel, block) in panels.chunks_exact_mut((depth * COLUMNS).max(1)).enumerate() {
            let first = panel * COLUMNS;
            let width = COLUMNS.min(b.columns - first);
            for (k, line) in block.chunks_exact_mut(COLUMNS).enumerate() {
                if b.column == 1 {
                    line[..width].copy_from_slice(&b.data[k * b.row + first..][..width]);
                } else {
                    for (j, to) in line[..width].iter_mut().enumerate() {
                        *to = b.data[k * b.row + (first + j) * b.column];
                    }
                }
            }
        }
        Right { panels, depth, columns: b.columns }
    }
}

/// `out += a * b`; `out` has rows `stride` apart.
pub fn add_product(out: &mut [f32], stride: usize, a: View<'_>, b: View<'_>) {
    add_product_with(out, stride, a, &Right::new(b));
}

/// `out += a * b`; `out` has rows `stride` apart.
pub fn add_product_with(out: &mut [f32], stride: usize, a: View<'_>, b: &Right) {
    assert_eq!(a.columns, b.depth);
    assert!(a.rows == 0 || b.columns == 0 || out.len() >= (a.rows - 1) * stride + b.columns);
    let depth = a.columns;
    if depth == 0 {
        return;
    }
    let mut left = vec![0.0_f32; depth * ROWS];
    let mut first = 0;
    while first < a.rows {
        let height = ROWS.min(a.rows - first);
        if height < ROWS {
            left.fill(0.0);
        }
        if a.row == 1 {
            for (k, to) in left.as_chunks_mut::<ROWS>().0.iter_mut().enumerate() {
                to[..height].copy_from_slice(&a.data[first + k * a.column..][..height]);
            }
        } else {
            for i in 0..height {
                let line = &a.data[(first + i) * a.row..];
                for (k, to) in left.as_chunks_mut::<ROWS>().0.iter_mut().enumerate() {
                    to[i] = line[k * a.column];
                }
            }
        }
        for (panel, block) in b.panels.chunks_exact(depth * COLUMNS).enumerate() {
            let column = panel * COLUMNS;
            let width = COLUMNS.min(b.columns - column);
            let mut sums = [[0.0_f32; COLUMNS]; ROWS];
            for (i, sum) in sums.iter_mut().enumerate().take(height) {
                sum[..width].copy_from_slice(&out[(first + i) * stride + column..][..width]);
            }
            block_product(&mut sums, &left, block);
            for (i, sum) in sums.iter().enumerate().take(height) {
                out[(first + i) * stride + column..][..width].copy_from_slice(&sum[..width]);
            }
        }
        first += ROWS;
    }
}

#[inline(always)]
fn steps(sums: &mut [[f32; COLUMNS]; ROWS], left: &[f32], right: &[f32]) {
    let mut local = *sums;
    for (a, b) in left.as_chunks::<ROWS>().0.iter().zip(right.as_chunks::<COLUMNS>().0) {
        for (sum, &a) in local.iter_mut().zip(a) {
            for (sum, &b) in sum.iter_mut().zip(b) {
                *sum = a.mul_add(b, *sum);
            }
        }
    }
    *sums = local;
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn steps_512(sums: &mut [[f32; COLUMNS]; ROWS], left: &[f32], right: &[f32]) {
    steps(sums, left, right);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma")]
fn steps_256(sums: &mut [[f32; COLUMNS]; ROWS], left: &[f32], right: &[f32]) {
    steps(sums, left, right);
}

fn block_product(sums: &mut [[f32; COLUMNS]; ROWS], left: &[f32], right: &[f32]) {
    #[cfg(target_arch = "x86_64")]
    {
        if std::arch::is_x86_feature_detected!("avx512f") {
            // SAFETY: the machine has the instructions.
            return unsafe { steps_512(sums, left, right) };
        }
        if std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma") {
            // SAFETY: the machine has the instructions.
            return unsafe { steps_256(sums, left, right) };
        }
    }
    steps(sums, left, right);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_those_of_the_definition() {
        let number = |n: usize| ((n * 7919 % 23) as f32 - 11.0) / 4.0;
        for (m, k, n) in [(1, 1, 1), (5, 7, 3), (13, 40, 70), (6, 32, 32), (64, 3, 33)] {
            let a: Vec<f32> = (0..m * k).map(number).collect();
            let b: Vec<f32> = (0..k * n).map(|i| number(i + 5)).collect();
            let turned: Vec<f32> = (0..k * n).map(|i| b[(i % k) * n + i / k]).collect();
            let mut expected = vec![1.0_f32; m * n];
            for i in 0..m {
                for j in 0..n {
                    for x in 0..k {
                        expected[i * n + j] = a[i * k + x].mul_add(b[x * n + j], expected[i * n + j]);
                    }
                }
            }
            let mut out = vec![1.0; m * n];
            add_product(&mut out, n, View::new(&a, m, k), View::new(&b, k, n));
            assert_eq!(out, expected);
            let mut out = vec![1.0; m * n];
            add_product(&mut out, n, View::new(&a, m, k), View::new(&turned, n, k).transposed());
            assert_eq!(out, expected);
        }
    }
}
