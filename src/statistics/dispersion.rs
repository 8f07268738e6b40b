//! How far apart authorities are on one measure, and whether that changes over time.
//!
//! In: the areas' values. Out: range, ratio, interquartile range, standard deviations, CV, MAD.
//! Why: an average hides who is left behind; the spread is the other half of the answer.

use super::mean::{mean, squared_deviations};
use super::quantile::percentile;
use super::sorted_present;

/// Spread of a set of values, in the values' unit unless said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// How many values there were.
    pub n: usize,
    /// Largest less smallest.
    pub range: f64,
    /// Largest over smallest; `None` where the smallest is 0.
    pub ratio: Option<f64>,
    /// Upper less lower quartile, type 7.
    pub iqr: f64,
    /// Standard deviation, n - 1; `None` for one value.
    pub sd_sample: Option<f64>,
    /// Standard deviation, n.
    pub sd_population: f64,
    /// Sample standard deviation as per cent of the mean; `None` for one value or a mean of 0.
    pub cv_percent: Option<f64>,
    /// Median distance from the median, unscaled.
    pub mad: f64,
}

/// Spread of the values present; `None` for none.
pub fn spread(values: &[Option<f64>]) -> Option<Spread> {
    let sorted = sorted_present(values);
    let (min, max) = (*sorted.first()?, *sorted.last()?);
    let n = sorted.len();
    let mean = mean(&sorted)?;
    let squares = squared_deviations(&sorted, mean);
    let sd_sample = (n > 1).then(|| (squares / (n as f64 - 1.0)).sqrt());
    Some(Spread {
        n,
        range: max - min,
        ratio: (min != 0.0).then(|| max / min),
        iqr: percentile(&sorted, 0.75)? - percentile(&sorted, 0.25)?,
        sd_sample,
        sd_population: (squares / n as f64).sqrt(),
        cv_percent: sd_sample.filter(|_| mean != 0.0).map(|sd| 100.0 * sd / mean),
        mad: median_distance(&sorted)?,
    })
}

fn median_distance(sorted: &[f64]) -> Option<f64> {
    let median = percentile(sorted, 0.5)?;
    let mut distances: Vec<f64> = sorted.iter().map(|v| (v - median).abs()).collect();
    distances.sort_by(f64::total_cmp);
    percentile(&distances, 0.5)
}
