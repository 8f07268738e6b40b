//! The difference between two areas or two periods: proportions, and rates.
//!
//! In: two numerators and two denominators. Out: the difference with an interval, and a test.
//! Why: whether two intervals overlap is a conservative test (two equal intervals that just touch have
//! p = 0.0056), so a change or a gap gets an interval of its own.
//! Reference: Newcombe 1998, Stat Med 17:873, method 10; Donner & Zou (MOVER) for rates.

use super::confidence::two_sided_p;
use super::count::count_limits;
use super::proportion::wilson;
use super::{Confidence, Estimate, Interval};
use statrs::distribution::{Binomial, Discrete};

/// Above this many events the exact test of two rates is left out: the z test says the same.
const ENUMERABLE: f64 = 1_000_000.0;

/// A numerator and its denominator.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratio {
    /// Numerator.
    pub x: f64,
    /// Denominator.
    pub n: f64,
}

impl Ratio {
    fn share(self) -> f64 {
        self.x / self.n
    }
}

/// The difference of two proportions as shares: first minus second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ProportionDifference {
    /// p1 - p2 with Newcombe's hybrid score interval.
    pub difference: Estimate,
    /// Pooled z; `None` when both proportions are 0 or both are 1.
    pub z: Option<f64>,
    /// Two-sided p of that z.
    pub p: Option<f64>,
}

/// Newcombe's interval for p1 - p2, and the pooled z test.
///
/// `None` unless both are proportions (0 <= x <= n, n > 0).
pub fn two_proportions(a: Ratio, b: Ratio, confidence: Confidence) -> Option<ProportionDifference> {
    let (ia, ib) = (wilson(a.x, a.n, confidence.z())?, wilson(b.x, b.n, confidence.z())?);
    let z = pooled_z(a, b);
    Some(ProportionDifference { difference: square_and_add(a.share(), ia, b.share(), ib), z, p: z.map(two_sided_p) })
}

fn pooled_z(a: Ratio, b: Ratio) -> Option<f64> {
    let p = (a.x + b.x) / (a.n + b.n);
    let variance = p * (1.0 - p) * (1.0 / a.n + 1.0 / b.n);
    (variance > 0.0).then(|| (a.share() - b.share()) / variance.sqrt())
}

/// Square-and-add (MOVER): the limits of a difference from the limits of its two parts.
pub fn square_and_add(a: f64, ia: Interval, b: f64, ib: Interval) -> Estimate {
    let value = a - b;
    let interval = Interval {
        lower: value - (a - ia.lower).hypot(ib.upper - b),
        upper: value + (ia.upper - a).hypot(b - ib.lower),
    };
    Estimate { value, interval }
}

/// The comparison of two rates: first over second, first minus second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RateDifference {
    /// r1 / r2 with log-Wald limits; `None` when either count is 0.
    pub ratio: Option<Estimate>,
    /// r1 - r2 per person, MOVER limits from the count limits.
    pub difference: Estimate,
    /// Exact conditional p (outcomes no likelier than the observed); `None` for counts not whole or past a million.
    pub p_exact: Option<f64>,
}

/// Rate ratio, rate difference and exact conditional test; `None` unless n > 0 and x >= 0 for both.
pub fn two_rates(a: Ratio, b: Ratio, confidence: Confidence) -> Option<RateDifference> {
    let difference = rate_difference(a, b, confidence)?;
    Some(RateDifference { ratio: rate_ratio(a, b, confidence), difference, p_exact: conditional_p(a, b) })
}

/// The difference of two rates per person alone, without the exact test, which takes as long as there are events.
pub fn rate_difference(a: Ratio, b: Ratio, confidence: Confidence) -> Option<Estimate> {
    if !(a.n > 0.0 && b.n > 0.0) {
        return None;
    }
    let limits = |r: Ratio| count_limits(r.x, confidence).map(|(i, _)| i.scaled(1.0 / r.n));
    Some(square_and_add(a.share(), limits(a)?, b.share(), limits(b)?))
}

fn rate_ratio(a: Ratio, b: Ratio, confidence: Confidence) -> Option<Estimate> {
    if a.x <= 0.0 || b.x <= 0.0 {
        return None;
    }
    let value = a.share() / b.share();
    let factor = (confidence.z() * (1.0 / a.x + 1.0 / b.x).sqrt()).exp();
    Some(Estimate { value, interval: Interval { lower: value / factor, upper: value * factor } })
}

/// Given x1 + x2 events, x1 is binomial with probability n1 / (n1 + n2): sum of outcomes no likelier than observed.
fn conditional_p(a: Ratio, b: Ratio) -> Option<f64> {
    let total = a.x + b.x;
    if a.x.fract() != 0.0 || b.x.fract() != 0.0 || total > ENUMERABLE {
        return None;
    }
    let law = Binomial::new(a.n / (a.n + b.n), total as u64).ok()?;
    let observed = law.pmf(a.x as u64) * (1.0 + 1e-7);
    let p: f64 = (0..=total as u64).map(|k| law.pmf(k)).filter(|&q| q <= observed).sum();
    Some(p.min(1.0))
}
