//! Cochran-Armitage: do proportions rise or fall along a score.
//!
//! In: counts, denominators, scores (years, or any order). Out: chi-squared with one degree of freedom, and its p.
//! Why: the trend test for proportions; large denominators weigh more without any interval being needed.
//! Reference: Cochran 1954; Armitage 1955; R's `prop.trend.test`.

use super::confidence::chi_squared_p;

/// A chi-squared test with one degree of freedom.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChiSquaredTest {
    /// The statistic.
    pub chi_squared: f64,
    /// Its p-value.
    pub p: f64,
}

/// Cochran-Armitage test for a trend in proportions (R's `prop.trend.test`), any scores.
///
/// chi2 = (sum of (x - n p) t)^2 / (p (1 - p) sum of n (t - mean t)^2), p pooled. `None` where nobody or everybody
/// counts, the scores do not differ, the lengths differ, or a pair is no proportion.
pub fn cochran_armitage(counts: &[f64], denominators: &[f64], scores: &[f64]) -> Option<ChiSquaredTest> {
    let proportions = counts.iter().zip(denominators).all(|(x, n)| *x >= 0.0 && *n > 0.0 && x <= n);
    if counts.len() != denominators.len() || counts.len() != scores.len() || !proportions {
        return None;
    }
    let total: f64 = denominators.iter().sum();
    let p = counts.iter().sum::<f64>() / total;
    let centre = denominators.iter().zip(scores).map(|(n, t)| n * t).sum::<f64>() / total;
    let spread: f64 = denominators.iter().zip(scores).map(|(n, t)| n * (t - centre).powi(2)).sum();
    let lean: f64 = counts.iter().zip(denominators).zip(scores).map(|((x, n), t)| (x - n * p) * (t - centre)).sum();
    let chi_squared = lean * lean / (p * (1.0 - p) * spread);
    chi_squared.is_finite().then(|| ChiSquaredTest { chi_squared, p: chi_squared_p(chi_squared) })
}
