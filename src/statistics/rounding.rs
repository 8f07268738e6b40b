//! Rounding as English official statistics do it: halves away from zero.
//!
//! In: a value, decimal places (negative: tens, hundreds) or a base. Out: the rounded value.
//! Why: Rust and R round binary values half to even, so 2.5 would print as 2 and 2.675 as 2.67, and our tables would
//! differ from the publisher's. For printing only: never before ranking, banding or averaging.
//! Source: dfeR `round_five_up`: trunc(|x| 10^d + 0.5 + 1.49e-8) / 10^d, the last term for decimals binary cannot hold.

/// sqrt of the machine epsilon: what dfeR adds so that 1.005 counts as a half.
const FUDGE: f64 = 1.490_116_119_384_765_6e-8;

/// Rounds to `places` decimals, halves away from zero; negative places round to tens, hundreds.
///
/// Not-a-number and infinite values come back as they are; never returns minus zero.
pub fn round_half_up(value: f64, places: i32) -> f64 {
    let scale = 10_f64.powi(places.abs());
    let scaled = if places < 0 { value.abs() / scale } else { value.abs() * scale };
    let whole = (scaled + 0.5 + FUDGE).trunc();
    let rounded = if places < 0 { whole * scale } else { whole / scale };
    if !rounded.is_finite() {
        return value;
    }
    if value < 0.0 && rounded != 0.0 { -rounded } else { rounded }
}

/// Rounds to the nearest multiple of `base` (5, 10), halves away from zero; a base not above 0 leaves the value.
pub fn round_to_nearest(value: f64, base: f64) -> f64 {
    if base > 0.0 { round_half_up(value / base, 0) * base } else { value }
}
