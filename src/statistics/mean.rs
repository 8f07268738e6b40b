//! The mean of a few values with its t interval.
//!
//! In: values, one an area or a person. Out: n, mean, sample standard deviation, limits.
//! Why: for measures published as means (days, scores). The mean of area values is not a pooled rate:
//! its interval says how the areas vary, not how sure we are of the children's rate.

use super::confidence::t_quantile;
use super::{Confidence, Interval};

/// Mean, spread and t interval of a set of values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MeanSummary {
    /// How many values there were.
    pub n: usize,
    /// Arithmetic mean.
    pub mean: f64,
    /// Sample standard deviation (n - 1); `None` for one value.
    pub sd: Option<f64>,
    /// mean -/+ t * sd / sqrt(n); `None` for one value.
    pub interval: Option<Interval>,
}

/// Mean with its t interval (n - 1 degrees of freedom); `None` for no values.
pub fn mean_interval(values: &[f64], confidence: Confidence) -> Option<MeanSummary> {
    let mean = mean(values)?;
    let n = values.len();
    let sd = (n > 1).then(|| (squared_deviations(values, mean) / (n as f64 - 1.0)).sqrt());
    let half = sd.and_then(|sd| Some(t_quantile(confidence, n as f64 - 1.0)? * sd / (n as f64).sqrt()));
    let interval = half.map(|h| Interval { lower: mean - h, upper: mean + h });
    Some(MeanSummary { n, mean, sd, interval })
}

/// Arithmetic mean; `None` for no values.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Sum of squared distances from `mean`.
pub fn squared_deviations(values: &[f64], mean: f64) -> f64 {
    values.iter().map(|v| (v - mean).powi(2)).sum()
}
