//! Averages of a group of areas: pooled, mean, median, weighted; and how fragile the comparison is.
//!
//! In: members' values, or numerators and denominators. Out: one figure, always with how many members had data.
//! Why: official tools differ (LAIT prints the mean of the ten neighbours, the CSC dashboard the median, Fingertips
//! pools), the choice changes answers, so each has its name and [`choice_flips`] says where it matters.
//! Pooled is one population's rate; the mean treats every neighbour as one comparator. Leave the area itself out first.

use super::mean::mean;
use super::quantile::percentile;
use super::sorted_present;

/// Sum of numerators over sum of denominators, times `multiplier`.
///
/// A member missing either figure is dropped whole. `None` with fewer than two members that have both, or no denominator.
pub fn pooled(numerators: &[Option<f64>], denominators: &[Option<f64>], multiplier: f64) -> Option<f64> {
    let pairs = both(numerators, denominators);
    if pairs.len() < 2 { None } else { ratio_of_sums_of(&pairs, multiplier) }
}

/// As [`pooled`], but one member is enough: for figures derived from counts of a single area.
pub fn ratio_of_sums(numerators: &[Option<f64>], denominators: &[Option<f64>], multiplier: f64) -> Option<f64> {
    ratio_of_sums_of(&both(numerators, denominators), multiplier)
}

fn ratio_of_sums_of(pairs: &[(f64, f64)], multiplier: f64) -> Option<f64> {
    let below: f64 = pairs.iter().map(|p| p.1).sum();
    (below > 0.0).then(|| pairs.iter().map(|p| p.0).sum::<f64>() / below * multiplier)
}

fn both(a: &[Option<f64>], b: &[Option<f64>]) -> Vec<(f64, f64)> {
    a.iter().zip(b).filter_map(|(a, b)| a.zip(*b)).collect()
}

/// One figure for several periods of one area, each given as value, numerator and denominator: the counts pooled times the
/// `multiplier` of the unit; the plain mean where a count is missing or the unit is no quotient. `None` for no periods.
pub fn over_periods(periods: &[(f64, f64, f64)], multiplier: Option<f64>) -> Option<f64> {
    let (above, below) = periods.iter().fold((0.0, 0.0), |(above, below), period| (above + period.1, below + period.2));
    let rate = above / below * multiplier.unwrap_or(f64::NAN);
    let values: Vec<f64> = periods.iter().map(|period| period.0).collect();
    if rate.is_finite() { Some(rate) } else { mean(&values) }
}

/// Mean of the members' values, missing left out (the same to the last digit in any order): what LAIT calls the statistical neighbours' figure.
pub fn mean_of(values: &[Option<f64>]) -> Option<f64> {
    mean(&sorted_present(values))
}

/// Median of the members' values, missing left out: what the CSC dashboard shows.
pub fn median_of(values: &[Option<f64>]) -> Option<f64> {
    percentile(&sorted_present(values), 0.5)
}

/// Mean of the members' values weighted by size; members missing either are dropped. `None` for no weight.
pub fn weighted_mean(values: &[Option<f64>], weights: &[Option<f64>]) -> Option<f64> {
    let pairs = both(values, weights);
    let weight: f64 = pairs.iter().map(|p| p.1).sum();
    (weight > 0.0).then(|| pairs.iter().map(|(v, w)| v * w).sum::<f64>() / weight)
}

/// Sum of the members' values, missing left out; `None` where all are missing.
pub fn sum_of(values: &[Option<f64>]) -> Option<f64> {
    let present = sorted_present(values);
    (!present.is_empty()).then(|| present.iter().sum())
}

/// Whether an area stands above by one choice (of average, or of neighbour set) and below by another.
///
/// Choices without a figure are ignored; being equal to one is on neither side.
pub fn choice_flips(value: f64, choices: &[Option<f64>]) -> bool {
    let above = choices.iter().flatten().any(|c| value > *c);
    let below = choices.iter().flatten().any(|c| value < *c);
    above && below
}
