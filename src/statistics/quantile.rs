//! Quantiles of a set and quantile groups: type 7, PHE's groups, Fingertips' categories.
//!
//! In: values. Out: percentiles, group numbers. Why: three official tools group the same areas differently, so
//! each rule has its name. LAIT's quartile bands are in `quartile`.
//! Source: R type 7 (Excel's PERCENTILE.INC); PHEindicatormethods phe_quantile; Fingertips 2020.

use super::{Polarity, sorted_present};

/// Type-7 percentile of *ascending* values, `fraction` 0 to 1; `None` for no values or a fraction outside.
pub fn percentile(sorted: &[f64], fraction: f64) -> Option<f64> {
    if sorted.is_empty() || !(0.0..=1.0).contains(&fraction) {
        return None;
    }
    let place = fraction * (sorted.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    Some(sorted[below] + (place - below as f64) * (sorted[above] - sorted[below]))
}

/// Type-7 percentile of *ascending* values that stand so often each, `fraction` 0 to 1; `None` for no values or a fraction
/// outside.
pub fn percentile_of_counts(counts: &[(f64, u64)], fraction: f64) -> Option<f64> {
    let size: u64 = counts.iter().map(|(_, times)| times).sum();
    if size == 0 || !(0.0..=1.0).contains(&fraction) {
        return None;
    }
    let at = |wanted: u64| {
        let mut before = 0;
        counts.iter().find(|(_, times)| {
            before += times;
            wanted < before
        })
    };
    let place = fraction * (size - 1) as f64;
    let below = place.floor();
    let (low, high) = (at(below as u64)?.0, at((below as u64 + 1).min(size - 1))?.0);
    Some(low + (place - below) * (high - low))
}

/// Fingertips' percentile: type 7 rounded to ten decimals, missing left out, `None` with fewer than four values.
pub fn fingertips_percentile(values: &[Option<f64>], fraction: f64) -> Option<f64> {
    let sorted = sorted_present(values);
    let value = percentile(&sorted, fraction).filter(|_| sorted.len() >= 4)?;
    Some((value * 1e10).round() / 1e10)
}

/// Fingertips' legacy category: the first type-7 bound that the value does not exceed, numbered from 1.
///
/// 0 where the value is missing, there are fewer values than categories (or than four), or the value is above them all.
/// Quintiles are reversed where high is good; quartiles are not: the source's own inconsistency, kept.
pub fn fingertips_category(value: Option<f64>, values: &[Option<f64>], categories: usize, polarity: Polarity) -> usize {
    let enough = values.iter().flatten().count() >= categories;
    let (Some(value), true) = (value, enough && categories > 0) else {
        return 0;
    };
    let bound = |k: usize| fingertips_percentile(values, k as f64 / categories as f64);
    let found = (1..=categories).find(|&k| bound(k).is_some_and(|b| value <= b));
    match found {
        Some(k) if categories == 5 && polarity == Polarity::High => 6 - k,
        Some(k) => k,
        None => 0,
    }
}

/// PHE's quantile group of every area, 1 to `groups`; `highest_first` numbers the highest values 1 (the default).
///
/// quantile = (q + 1) - ceil((N + 1 - r) q / N), r = 1 + number strictly better, N = areas with a value.
/// In whole numbers: the source's floating point is wrong for q = 20 at N = 28, 56, 92. Ties are never split, so
/// groups may be empty. Missing values get `None`; fewer areas than groups gives `None` for all.
pub fn phe_quantiles(values: &[Option<f64>], groups: usize, highest_first: bool) -> Vec<Option<usize>> {
    let sorted = sorted_present(values);
    let n = sorted.len();
    if groups == 0 || n < groups {
        return vec![None; values.len()];
    }
    let better = |v: f64| {
        if highest_first { n - sorted.partition_point(|o| *o <= v) } else { sorted.partition_point(|o| *o < v) }
    };
    let group = |v: f64| groups + 1 - ((n - better(v)) * groups).div_ceil(n);
    values.iter().map(|v| v.filter(|v| v.is_finite()).map(group)).collect()
}
