//! Counts and crude rates: Byar's interval, and the exact Poisson interval below ten events.
//!
//! In: a count of events, a population. Out: limits of the count, or the rate with limits per multiplier.
//! Why: the switch at ten is the one PHE uses, so our limits are the ones analysts see on Fingertips.
//! Reference: Breslow & Day 1987 (Byar); Garwood 1936, Armitage & Berry 2002 (exact); PHEindicatormethods.

use super::confidence::chi_squared_quantile;
use super::{Confidence, Estimate, InputError, Interval};

/// Counts below this use the exact interval; ten itself is Byar's.
pub const EXACT_BELOW: f64 = 10.0;

/// Which method gave a count's limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CountMethod {
    /// Exact Poisson (Garwood).
    Exact,
    /// Byar's approximation.
    Byars,
}

impl CountMethod {
    /// The name as published by PHE.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "Exact",
            Self::Byars => "Byars",
        }
    }
}

/// Byar's limits of a count, without the switch for small counts.
///
/// The lower limit is `None` where the approximation falls below zero or is undefined (tiny counts).
/// Note that the lower limit uses the count and the upper the count plus one.
pub fn byars(count: f64, confidence: Confidence) -> Option<(Option<f64>, f64)> {
    if !(count >= 0.0 && count.is_finite()) {
        return None;
    }
    let z = confidence.z();
    let cube = |o: f64, z: f64| o * (1.0 - 1.0 / (9.0 * o) + z / (3.0 * o.sqrt())).powi(3);
    let lower = cube(count, -z);
    Some(((lower >= 0.0).then_some(lower), cube(count + 1.0, z)))
}

/// Exact Poisson limits of a count: chi-squared quantiles at 2O and 2O + 2 degrees of freedom, halved.
///
/// A count of 0 gives 0 to -ln(tail) (3.689 at 95%). Counts need not be whole. `None` below zero.
pub fn exact_poisson(count: f64, confidence: Confidence) -> Option<Interval> {
    if !(count >= 0.0 && count.is_finite()) {
        return None;
    }
    let tail = confidence.tail();
    let upper = if count == 0.0 { -tail.ln() } else { chi_squared_quantile(1.0 - tail, 2.0 * count + 2.0)? / 2.0 };
    Some(Interval { lower: chi_squared_quantile(tail, 2.0 * count)? / 2.0, upper })
}

/// Limits of a count by the PHE rule: exact strictly below ten events, Byar's from ten.
pub fn count_limits(count: f64, confidence: Confidence) -> Option<(Interval, CountMethod)> {
    if count < EXACT_BELOW {
        return exact_poisson(count, confidence).map(|i| (i, CountMethod::Exact));
    }
    if confidence.z().is_infinite() {
        return Some((Interval { lower: 0.0, upper: f64::INFINITY }, CountMethod::Byars));
    }
    let (lower, upper) = byars(count, confidence)?;
    Some((Interval { lower: lower.unwrap_or(0.0), upper }, CountMethod::Byars))
}

/// Crude rate `x / n`, its limits, times `multiplier` (1,000 or 100,000), and the method used.
///
/// `Ok(None)` when a figure is missing. Refused: n not above 0, x below 0. More events than people is legal.
pub fn rate(
    x: Option<f64>,
    n: Option<f64>,
    confidence: Confidence,
    multiplier: f64,
) -> Result<Option<(Estimate, CountMethod)>, InputError> {
    let (Some(x), Some(n)) = (x, n) else {
        return Ok(None);
    };
    if !(n > 0.0 && n.is_finite()) {
        return Err(InputError::Denominator(n));
    }
    let (limits, method) = count_limits(x, confidence).ok_or(InputError::Numerator(x))?;
    let interval = Interval { lower: limits.lower / n * multiplier, upper: limits.upper / n * multiplier };
    Ok(Some((Estimate { value: x / n * multiplier, interval }, method)))
}
