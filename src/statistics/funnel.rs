//! Funnel limits without over-dispersion: proportions, counts, the exact binomial, and the significance label.
//!
//! In: a denominator (or a count) and the average of the set. Out: 95% and 99.8% limits, or a label.
//! Why: a small authority varies more, so its limits are wider. "2 SD" and "3 SD" mean tail probabilities of
//! 0.025 and 0.001, not z = 2 and 3. The average is the sum of numerators over the sum of denominators.
//! Source: PHEindicatormethods; Spiegelhalter 2005 (Stat Med 24:1185) for the binomial.

use super::confidence::chi_squared_quantile;
use super::count::{EXACT_BELOW, count_limits};
use super::{Confidence, Interval};
use statrs::distribution::{Binomial, DiscreteCDF};

/// 95% and 99.8% limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FunnelLimits {
    /// Tail probability 0.025.
    pub p95: Interval,
    /// Tail probability 0.001.
    pub p998: Interval,
}

impl FunnelLimits {
    /// Both pairs of limits from a function of the confidence level.
    pub(super) fn from(limits: impl Fn(Confidence) -> Option<Interval>) -> Option<Self> {
        Some(Self { p95: limits(Confidence::P95)?, p998: limits(Confidence::P998)? })
    }
}

/// PHE's limits of a proportion: p0 -/+ z sqrt(p0 (1 - p0) / n), clipped to the possible, times `multiplier`.
///
/// PHE calls them Wilson because a point crosses them exactly when its own Wilson interval excludes p0.
/// `None` unless n > 0 and 0 <= p0 <= 1.
pub fn proportion_limits(n: f64, p0: f64, multiplier: f64) -> Option<FunnelLimits> {
    if !(n > 0.0 && (0.0..=1.0).contains(&p0)) {
        return None;
    }
    let se = (p0 * (1.0 - p0) / n).sqrt();
    FunnelLimits::from(|c| {
        let clipped = |v: f64| v.clamp(0.0, 1.0) * multiplier;
        Some(Interval { lower: clipped(p0 - c.z() * se), upper: clipped(p0 + c.z() * se) })
    })
}

/// Expected counts at which `observed` events would just be on a limit: upper limit first, for one level.
///
/// `low` solves P(X >= O | mu) = tail and gives the upper funnel limit O / low; `high` solves P(X <= O | mu) = tail
/// and gives the lower limit O / high. Times the average and a multiplier for a rate. Exact, where PHE bisects to 1e-7.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CountFunnel {
    /// The smaller expected count.
    pub low: f64,
    /// The larger expected count.
    pub high: f64,
}

impl CountFunnel {
    /// Inverts the Poisson distribution at `observed`; `None` for a negative count.
    pub fn new(observed: f64, confidence: Confidence) -> Option<Self> {
        if !observed.is_finite() || observed < 0.0 {
            return None;
        }
        let p = confidence.tail();
        Some(Self {
            low: chi_squared_quantile(p, 2.0 * observed)? / 2.0,
            high: chi_squared_quantile(1.0 - p, 2.0 * observed + 2.0)? / 2.0,
        })
    }

    /// The funnel limits of observed / expected, times `scale` (average times multiplier for a rate).
    pub fn limits(&self, observed: f64, scale: f64) -> Interval {
        Interval { lower: observed / self.high * scale, upper: observed / self.low * scale }
    }
}

/// Exact binomial limits by interpolation, as shares; may be below 0 where n * target is tiny (clip to show).
///
/// r = smallest count with F(r) >= p, a = (F(r) - p) / (F(r) - F(r - 1)), limit = (r - a) / n.
pub fn binomial_limits(n: u64, target: f64) -> Option<FunnelLimits> {
    let law = Binomial::new(target, n).ok().filter(|_| n > 0)?;
    let at = |p: f64| {
        let r = law.inverse_cdf(p);
        let here = law.cdf(r);
        let below = if r == 0 { 0.0 } else { law.cdf(r - 1) };
        (r as f64 - (here - p) / (here - below)) / n as f64
    };
    FunnelLimits::from(|c| Some(Interval { lower: at(c.tail()), upper: at(1.0 - c.tail()) }))
}

/// What kind of figure a significance label is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FunnelKind {
    /// A share of a denominator.
    Proportion,
    /// Observed over expected: the denominator is the expected count.
    Ratio,
    /// Events over a population.
    CrudeRate,
    /// Directly standardised rate: no label below ten events.
    StandardisedRate,
}

/// PHE's funnel label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Significance {
    /// Below the 99.8% limit.
    Low001,
    /// Below the 95% limit.
    Low025,
    /// Within the limits.
    NotSignificant,
    /// Above the 95% limit.
    High025,
    /// Above the 99.8% limit.
    High001,
    /// Too few events for a standardised rate.
    NotApplicable,
}

impl Significance {
    /// The label as PHE prints it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Low001 => "Low (0.001)",
            Self::Low025 => "Low (0.025)",
            Self::NotSignificant => "Not significant",
            Self::High025 => "High (0.025)",
            Self::High001 => "High (0.001)",
            Self::NotApplicable => "Not applicable",
        }
    }
}

/// Label of one area against the average of its set (`average`: share, rate per person, or 1 for ratios).
///
/// Proportions: the value against the limits. Counts: the average against the area's own count interval
/// (exact below ten, Byar's from ten). Strict, 99.8% first. `None` where the figures make no proportion or rate.
pub fn significance(kind: FunnelKind, x: f64, n: f64, average: f64) -> Option<Significance> {
    if kind == FunnelKind::StandardisedRate && x < EXACT_BELOW {
        return Some(Significance::NotApplicable);
    }
    if n.is_nan() || n <= 0.0 {
        return None;
    }
    let (point, limits) = if kind == FunnelKind::Proportion {
        (x / n, proportion_limits(n, average, 1.0)?)
    } else {
        (average, FunnelLimits::from(|c| count_limits(x, c).map(|(i, _)| i.scaled(1.0 / n)))?)
    };
    Some(beside_limits(point, &limits, kind == FunnelKind::Proportion))
}

/// `point_is_area`: the point is the area's value; otherwise it is the average, and above means the area is low.
fn beside_limits(point: f64, limits: &FunnelLimits, point_is_area: bool) -> Significance {
    let beyond = |i: &Interval| (point < i.lower, point > i.upper);
    let (below, above) = (Significance::Low001, Significance::High001);
    match (beyond(&limits.p998), beyond(&limits.p95), point_is_area) {
        ((true, _), _, true) | ((_, true), _, false) => below,
        ((_, true), _, true) | ((true, _), _, false) => above,
        (_, (true, _), true) | (_, (_, true), false) => Significance::Low025,
        (_, (_, true), true) | (_, (true, _), false) => Significance::High025,
        _ => Significance::NotSignificant,
    }
}
