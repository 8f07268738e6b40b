//! The whole distribution of one area's rank, exactly: the reference for rank uncertainty.
//!
//! In: estimates and standard errors. Out: the probability of every rank for one area.
//! Why: simulating ranks (Goldstein & Spiegelhalter 1996; Leckie & Goldstein 2011) needs a seed and leaves noise;
//! this is the same model without either. theta_i ~ N(est_i, se_i^2) independently, and
//! P(rank_i = 1 + k) = integral of the density of theta_i times P(exactly k of the others are better), a Poisson-binomial.
//! About n^2 / 2 x 340 steps an area: right for one area, and for checks. For whole tables use `rank_interval`.

use super::Polarity;
use super::confidence::normal_cdf;

/// Nodes and weights of ten-point Gauss-Legendre on -1 to 1 (one half; the rule is symmetric).
const GAUSS: [(f64, f64); 5] = [
    (0.148_874_338_981_631_21, 0.295_524_224_714_752_87),
    (0.433_395_394_129_247_2, 0.269_266_719_309_996_35),
    (0.679_409_568_299_024_4, 0.219_086_362_515_982_04),
    (0.865_063_366_688_984_5, 0.149_451_349_150_580_6),
    (0.973_906_528_517_171_7, 0.066_671_344_308_688_14),
];

/// Half the width of the integration range, in standard errors: what lies beyond is below 1e-16.
const REACH: f64 = 8.5;

/// The probability of each rank, best first.
#[derive(Debug, Clone, PartialEq)]
pub struct RankDistribution {
    /// `probabilities[k]` is the probability of rank k + 1; they sum to 1.
    pub probabilities: Vec<f64>,
}

impl RankDistribution {
    /// Expected rank.
    pub fn mean(&self) -> f64 {
        self.probabilities.iter().enumerate().map(|(k, p)| (k + 1) as f64 * p).sum()
    }

    /// Probability of being first.
    pub fn first(&self) -> f64 {
        self.probabilities.first().copied().unwrap_or(0.0)
    }

    /// Probability of being last.
    pub fn last(&self) -> f64 {
        self.probabilities.last().copied().unwrap_or(0.0)
    }

    /// The smallest rank whose cumulative probability reaches `p`.
    pub fn quantile(&self, p: f64) -> usize {
        let mut sum = 0.0;
        let reached = self.probabilities.iter().position(|q| {
            sum += q;
            sum >= p - 1e-10
        });
        reached.unwrap_or(self.probabilities.len().saturating_sub(1)) + 1
    }
}

/// Distribution of the rank of area `index`; rank 1 is the largest for high polarity, the smallest for low.
///
/// `None` without polarity, for an index out of range, unequal lengths, or a standard error not above 0.
pub fn rank_distribution(
    estimates: &[f64],
    errors: &[f64],
    index: usize,
    polarity: Polarity,
) -> Option<RankDistribution> {
    let sign = match polarity {
        Polarity::High => 1.0,
        Polarity::Low => -1.0,
        Polarity::None => return None,
    };
    if estimates.len() != errors.len() || errors.iter().any(|s| s.is_nan() || *s <= 0.0) {
        return None;
    }
    let (own, own_error) = (estimates.get(index)? * sign, errors[index]);
    let others: Vec<(f64, f64)> = (0..estimates.len())
        .filter(|j| *j != index)
        .map(|j| ((estimates[j] * sign - own) / own_error, errors[j] / own_error))
        .collect();
    Some(RankDistribution { probabilities: integrate(&others) })
}

/// Works in the area's own standard units: theta ~ N(0, 1), the others relative to it.
fn integrate(others: &[(f64, f64)]) -> Vec<f64> {
    let mut total = vec![0.0; others.len() + 1];
    let mut counts = vec![0.0; others.len() + 1];
    for panel in breakpoints(others).windows(2) {
        let (centre, half) = ((panel[0] + panel[1]) / 2.0, (panel[1] - panel[0]) / 2.0);
        for (node, weight) in GAUSS {
            for t in [centre - half * node, centre + half * node] {
                let density = (-t * t / 2.0).exp() * half * weight;
                better_counts(t, others, &mut counts);
                total.iter_mut().zip(&counts).for_each(|(sum, p)| *sum += density * p);
            }
        }
    }
    let mass: f64 = total.iter().sum();
    total.iter_mut().for_each(|p| *p /= mass);
    total
}

/// Panel edges: every half standard error, and finer where another area is much more precise than this one.
fn breakpoints(others: &[(f64, f64)]) -> Vec<f64> {
    let mut edges: Vec<f64> = (0..=34).map(|k| -REACH + 0.5 * f64::from(k)).collect();
    let steps = [-8.0, -5.0, -3.0, -1.5, 0.0, 1.5, 3.0, 5.0, 8.0];
    for (centre, error) in others.iter().filter(|(_, error)| *error < 0.25) {
        edges.extend(steps.iter().map(|k| centre + k * error).filter(|e| e.abs() < REACH));
    }
    edges.sort_by(f64::total_cmp);
    edges
}

/// Probability that exactly k of the others exceed `t`, for every k, one area at a time.
fn better_counts(t: f64, others: &[(f64, f64)], counts: &mut [f64]) {
    counts.fill(0.0);
    counts[0] = 1.0;
    for (seen, (centre, error)) in others.iter().enumerate() {
        let p = normal_cdf((centre - t) / error);
        for k in (1..=seen + 1).rev() {
            counts[k] = counts[k] * (1.0 - p) + counts[k - 1] * p;
        }
        counts[0] *= 1.0 - p;
    }
}
