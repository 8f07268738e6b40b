//! Proportions and their Wilson score interval.
//!
//! In: a numerator and a denominator. Out: the share and its limits, times a multiplier (100 = per cent).
//! Why: Wilson never leaves 0 to 1 and is honest at 0 of n and n of n, where the plain formula says "certain".
//! Reference: Wilson 1927; Newcombe & Altman 2000; APHO Technical Briefing 3; as in PHEindicatormethods.

use super::{Confidence, Estimate, InputError, Interval};

/// Share `x / n` with its Wilson interval, times `multiplier`.
///
/// `Ok(None)` when a figure is missing. Refused: n not above 0 (0 of 0 too), x below 0, x above n.
/// A numerator need not be whole (modelled counts). To group areas, sum the numerators and denominators first.
pub fn proportion(
    x: Option<f64>,
    n: Option<f64>,
    confidence: Confidence,
    multiplier: f64,
) -> Result<Option<Estimate>, InputError> {
    let (Some(x), Some(n)) = (x, n) else {
        return Ok(None);
    };
    check(x, n)?;
    let interval = wilson(x, n, confidence.z()).map(|i| i.scaled(multiplier));
    Ok(interval.map(|interval| Estimate { value: x / n * multiplier, interval }))
}

/// Wilson score interval of `x` of `n` as shares 0 to 1, without continuity correction.
///
/// `z` is the normal quantile (infinite gives 0 to 1). `None` unless 0 <= x <= n and n > 0.
/// The lower limit is written as 2x^2 / (n (2x + z^2 + s)), which is the textbook formula without its
/// cancellation; x = 0 gives exactly 0 below, x = n exactly 1 above.
pub fn wilson(x: f64, n: f64, z: f64) -> Option<Interval> {
    check(x, n).ok()?;
    if z.is_infinite() {
        return Some(Interval { lower: 0.0, upper: 1.0 });
    }
    let spread = z * (z * z + 4.0 * x * (1.0 - x / n)).sqrt();
    let centre = 2.0 * x + z * z;
    let lower = if x == 0.0 { 0.0 } else { 2.0 * x * x / (n * (centre + spread)) };
    let upper = if x == n { 1.0 } else { ((centre + spread) / (2.0 * (n + z * z))).min(1.0) };
    Some(Interval { lower, upper })
}

fn check(x: f64, n: f64) -> Result<(), InputError> {
    if !(n > 0.0 && n.is_finite()) {
        return Err(InputError::Denominator(n));
    }
    if x.is_nan() || x < 0.0 {
        return Err(InputError::Numerator(x));
    }
    if x > n {
        return Err(InputError::AboveWhole(x, n));
    }
    Ok(())
}
