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
