//! The functions between the layers, from basic operations alone, so that they give the same bits on every machine.

/// Nearly the hyperbolic tangent: a ratio of polynomials that is 1 and flat at 3, and held at -1 and 1 beyond -3 and 3.
///
/// ```
/// use dateline::language::neural::maths::tanh;
/// assert_eq!(tanh(0.0), 0.0);
/// assert_eq!(tanh(-7.0), -1.0);
/// assert!((tanh(0.5) - 0.5_f32.tanh()).abs() < 0.01);
/// ```
#[inline(always)]
pub fn tanh(x: f32) -> f32 {
    let x = x.clamp(-3.0, 3.0);
    let square = x * x;
    x * (27.0 + square) / (27.0 + 9.0 * square)
}

/// The logistic function made of [`tanh`].
#[inline(always)]
pub fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}

/// The greater of a number and 0.
#[inline(always)]
pub fn positive(x: f32) -> f32 {
    if x > 0.0 { x } else { 0.0 }
}

/// The first of the greatest, leaving one out.
#[inline(always)]
pub fn top_but(scores: &[f32], out: u8) -> u8 {
    let mut best = None;
    for (i, &score) in scores.iter().enumerate() {
        if i != usize::from(out) && best.is_none_or(|(_, most)| score > most) {
            best = Some((i as u8, score));
        }
    }
    best.map_or(out, |(i, _)| i)
}

/// A sum in eight lanes.
#[inline(always)]
pub fn sum(x: impl Iterator<Item = f32>) -> f32 {
    let mut lanes = [0.0_f32; 8];
    for (i, x) in x.enumerate() {
        lanes[i % 8] += x;
    }
    lanes.iter().sum()
}

/// The sum of the products of two lists of equal length, a multiple of 16, in sixteen lanes.
#[inline(always)]
pub fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 16];
    for (a, b) in a.as_chunks::<16>().0.iter().zip(b.as_chunks::<16>().0) {
        for k in 0..16 {
            lanes[k] += a[k] * b[k];
        }
    }
    let mut width = 8;
    while width > 0 {
        for k in 0..width {
            lanes[k] += lanes[k + width];
        }
        width /= 2;
    }
    lanes[0]
}
