//! Funnel limits with over-dispersion: additive random effects after Spiegelhalter.
//!
//! In: numerators and denominators of a set of areas. Out: phi, tau squared, limits, and whether a point is outside.
//! Why: authorities differ for many reasons, so a plain 95% interval calls 133 of 150 of them different; these
//! limits ask who is unusual among authorities. This is FunnelPlotR's form; `unusual` is what the product uses.
//! Reference: Spiegelhalter 2005, Stat Med 24:1185 and Qual Saf Health Care 14:347; FunnelPlotR 0.6.0.

use super::Interval;
use super::confidence::chi_squared_quantile;
use super::funnel::FunnelLimits;
use super::quantile::percentile;
use super::rank::{Ties, rank_ascending};
use std::f64::consts::FRAC_PI_2;

/// The z constants FunnelPlotR uses, six decimals.
const FPR_Z: [f64; 2] = [1.959964, 3.090232];

/// The scale on which areas are made comparable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Observed over expected, logarithm, outer groups truncated (SHMI).
    RatioLog,
    /// Observed over expected, square root, winsorised (CQC).
    RatioRoot,
    /// Proportion, arcsine of the root, winsorised.
    Proportion,
    /// Ratio of counts, logarithm with half added, winsorised.
    CountRatio,
}

/// Between-area variation of a set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dispersion {
    /// Areas used after trimming.
    pub n: usize,
    /// Mean squared z: 1 when chance explains everything, larger when not.
    pub phi: f64,
    /// Between-area variance on the chosen scale; 0 where chance explains the spread.
    pub tau2: f64,
}

/// phi and tau squared of a set, on `scale`, trimming `trim` (0.1 is usual) at each end.
///
/// `None` for slices of unequal length, no areas, a denominator not above 0, or a trim outside 0 to 0.5.
/// `RatioLog` rounds expected counts to 2 decimals and drops truncated areas; the others winsorise at type-7 quantiles.
pub fn dispersion(x: &[f64], n: &[f64], scale: Scale, trim: f64) -> Option<Dispersion> {
    let valid = n.iter().all(|n| *n > 0.0) && x.iter().all(|x| *x >= 0.0);
    if x.len() != n.len() || x.is_empty() || !valid || !(0.0..0.5).contains(&trim) {
        return None;
    }
    let average = x.iter().sum::<f64>() / n.iter().sum::<f64>();
    let scored: Vec<(f64, f64)> = x.iter().zip(n).map(|(&x, &n)| z_score(x, n, scale, average)).collect();
    let kept = if scale == Scale::RatioLog { truncated(&scored, trim) } else { winsorised(&scored, trim)? };
    estimate(&kept)
}

/// z-score and standard error of one area.
fn z_score(x: f64, n: f64, scale: Scale, average: f64) -> (f64, f64) {
    match scale {
        Scale::RatioLog => {
            let expected = (n * 100.0).round_ties_even() / 100.0;
            (expected.sqrt() * (x / expected).ln(), 1.0 / expected.sqrt())
        }
        Scale::RatioRoot => {
            let s = 1.0 / (2.0 * n.sqrt());
            (((x / n).sqrt() - 1.0) / s, s)
        }
        Scale::Proportion => {
            let s = 1.0 / (2.0 * n.sqrt());
            ((angle(x / n) - angle(average)) / s, s)
        }
        Scale::CountRatio => {
            let s = (x / (x + 0.5).powi(2) + n / (n + 0.5).powi(2)).sqrt();
            ((((x + 0.5) / (n + 0.5)).ln() - average.ln()) / s, s)
        }
    }
}

/// The arcsine of the root of a share: the scale on which a proportion's variance is 1 / 4n.
pub(super) fn angle(share: f64) -> f64 {
    share.clamp(0.0, 1.0).sqrt().asin()
}

/// Drops the first and last of 1 / trim groups by rank.
fn truncated(scored: &[(f64, f64)], trim: f64) -> Vec<(f64, f64)> {
    if trim == 0.0 {
        return scored.to_vec();
    }
    let groups = 1.0 / trim;
    let z: Vec<f64> = scored.iter().map(|s| s.0).collect();
    let ranks = rank_ascending(&z, Ties::Average);
    let group = |rank: f64| (rank * groups / (scored.len() as f64 + 1.0)).floor();
    let inside = |rank: f64| group(rank) > 0.0 && group(rank) < groups - 1.0;
    scored.iter().zip(ranks).filter(|(_, r)| inside(*r)).map(|(s, _)| *s).collect()
}

/// Pulls z-scores beyond the outer quantiles in to them; `None` where a score is infinite (no events at all).
fn winsorised(scored: &[(f64, f64)], trim: f64) -> Option<Vec<(f64, f64)>> {
    let mut z: Vec<f64> = scored.iter().map(|s| s.0).collect();
    if z.iter().any(|z| !z.is_finite()) {
        return None;
    }
    z.sort_by(f64::total_cmp);
    let (low, high) = (percentile(&z, trim)?, percentile(&z, 1.0 - trim)?);
    Some(scored.iter().map(|(z, s)| (z.clamp(low, high), *s)).collect())
}

fn estimate(kept: &[(f64, f64)]) -> Option<Dispersion> {
    let n = kept.len();
    let count = n as f64;
    let phi = kept.iter().map(|(z, _)| z * z).sum::<f64>() / count;
    let (w, w2) = kept.iter().fold((0.0, 0.0), |(w, w2), (_, s)| (w + s.powi(-2), w2 + s.powi(-4)));
    let excess = (count * phi - (count - 1.0)) / (w - w2 / w);
    let tau2 = if n > 1 && excess.is_finite() { excess.max(0.0) } else { 0.0 };
    phi.is_finite().then_some(Dispersion { n, phi, tau2 })
}

/// FunnelPlotR's over-dispersed limits for a denominator (or expected count), times `multiplier`.
///
/// `target` is the average (1 for ratios). Where the arcsine would wrap, the limit is 0 or 1. Constants are its six-decimal z.
pub fn adjusted_limits(scale: Scale, n: f64, tau2: f64, target: f64, multiplier: f64) -> Option<FunnelLimits> {
    if !(n > 0.0 && tau2 >= 0.0) {
        return None;
    }
    let limits = |z: f64| {
        let quarter = z * (1.0 / (4.0 * n) + tau2).sqrt();
        let (lower, upper) = match scale {
            Scale::RatioLog => mirrored((z * (1.0 / n + tau2).sqrt()).exp()),
            Scale::RatioRoot => (1.0 - quarter, 1.0 + quarter),
            Scale::Proportion => (share(angle(target) - quarter), share(angle(target) + quarter)),
            Scale::CountRatio => (target * (-quarter).exp(), target * quarter.exp()),
        };
        Interval { lower: lower * multiplier, upper: upper * multiplier }
    };
    Some(FunnelLimits { p95: limits(FPR_Z[0]), p998: limits(FPR_Z[1]) })
}

fn mirrored(factor: f64) -> (f64, f64) {
    (1.0 / factor, factor)
}

/// The share at an angle, held at 0 and 1 where the arcsine would wrap round.
pub(super) fn share(angle: f64) -> f64 {
    angle.clamp(0.0, FRAC_PI_2).sin().powi(2)
}

/// FunnelPlotR's limits of a ratio without over-dispersion: a Poisson interval round the *expected* count.
pub fn unadjusted_ratio_limits(expected: f64, multiplier: f64) -> Option<FunnelLimits> {
    if expected.is_nan() || expected <= 0.0 {
        return None;
    }
    let at = |p: f64, e: f64| Some(chi_squared_quantile(p, 2.0 * e)? / 2.0 / expected * multiplier);
    FunnelLimits::from(|c| {
        Some(Interval { lower: at(c.tail(), expected)?, upper: at(1.0 - c.tail(), expected + 1.0)? })
    })
}

/// Whether a ratio lies beyond its limits; on the limit is not an outlier. The limits are already times the multiplier.
pub fn is_outlier(ratio: f64, multiplier: f64, limits: &Interval) -> bool {
    !limits.contains(ratio * multiplier)
}
