//! How sure a rank is, from pairwise differences: the method the product uses.
//!
//! In: estimates and standard errors. Out: lowest and highest rank each area may really hold.
//! Why: rank 12 of 148 is often "somewhere between 3 and 31". For area i every other area is tested: the best
//! rank is 1 + the areas significantly better, the worst p - the areas significantly worse. Deterministic, needs no
//! seed, O(n^2) a set with no sorting and no p-values. Holm within each area's p - 1 tests keeps the chance
//! that its interval misses the true rank at 1 - confidence. Sampling error only. `None` is anti-conservative.
//! Reference: Mogstad, Romano, Shaikh & Wilhelm (csranks), with z tests in place of the bootstrap; Holm 1979.

use super::confidence::two_sided_z;
use super::{Confidence, Polarity};

/// How many tests at once are paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Correction {
    /// Not at all: each test at its own level.
    None,
    /// Each test at alpha / m.
    Bonferroni,
    /// Step-down: the k-th smallest p at alpha / (m - k + 1). Never weaker than Bonferroni.
    #[default]
    Holm,
}

/// The ranks an area may really hold, both ends included; 1 is best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankInterval {
    /// Best rank.
    pub low: usize,
    /// Worst rank.
    pub high: usize,
}

/// Rank intervals of a set, in the order given: the method for the product (Holm at 95%).
///
/// Standard errors in the estimates' unit; take them from the Wilson or count interval
/// (`Interval::standard_error`), which is never 0. Areas without both figures get `None` and are not counted.
/// Everything is `None` without polarity. For slices of unequal length the shorter one counts.
pub fn rank_intervals(
    estimates: &[Option<f64>],
    errors: &[Option<f64>],
    confidence: Confidence,
    correction: Correction,
    polarity: Polarity,
) -> Vec<Option<RankInterval>> {
    let usable = |e: Option<f64>, s: Option<f64>| Some((e.filter(|e| e.is_finite())?, s.filter(|s| *s >= 0.0)?));
    let pairs: Vec<Option<(f64, f64)>> = estimates.iter().zip(errors).map(|(e, s)| usable(*e, *s)).collect();
    let Some(sign) = sign(polarity) else {
        return vec![None; pairs.len()];
    };
    let areas: Vec<(f64, f64)> = pairs.iter().flatten().map(|(e, s)| (e * sign, s * s)).collect();
    let tests = areas.len().saturating_sub(1);
    let bars = squared_bars(1.0 - confidence.level(), tests, correction);
    let mut work = Counter::new(tests);
    let mut found = (0..areas.len()).map(|i| interval_of(i, &areas, &bars, &mut work));
    pairs.iter().map(|p| p.and_then(|_| found.next())).collect()
}

/// The rank interval of one area of a set, counted from the highest figure; none where it has no figure or no error.
pub fn from_the_highest(
    at: usize,
    estimates: &[(f64, f64)],
    confidence: Confidence,
    correction: Correction,
) -> Option<RankInterval> {
    let areas: Vec<(f64, f64)> = estimates.iter().map(|(estimate, error)| (*estimate, error * error)).collect();
    areas.get(at).filter(|(_, variance)| variance.is_finite())?;
    let tests = areas.len().saturating_sub(1);
    let bars = squared_bars(1.0 - confidence.level(), tests, correction);
    Some(interval_of(at, &areas, &bars, &mut Counter::new(tests)))
}

fn sign(polarity: Polarity) -> Option<f64> {
    match polarity {
        Polarity::High => Some(1.0),
        Polarity::Low => Some(-1.0),
        Polarity::None => None,
    }
}

/// The squared z that the first, second, ... rejection asks for, descending.
fn squared_bars(alpha: f64, tests: usize, correction: Correction) -> Vec<f64> {
    let bar = |m: usize| two_sided_z(alpha / m as f64).powi(2);
    match correction {
        Correction::None => vec![bar(1)],
        Correction::Bonferroni => vec![bar(tests.max(1))],
        Correction::Holm => (1..=tests.max(1)).rev().map(bar).collect(),
    }
}

/// Scratch space for one area's tests, reused by the next.
struct Counter {
    reached: Vec<usize>,
    better: Vec<f64>,
    worse: Vec<f64>,
}

impl Counter {
    fn new(tests: usize) -> Self {
        Self { reached: vec![0; tests + 2], better: Vec::with_capacity(tests), worse: Vec::with_capacity(tests) }
    }
}

/// Tests area `i` against every other: squared differences over summed variances, larger is more certain.
fn interval_of(i: usize, areas: &[(f64, f64)], bars: &[f64], work: &mut Counter) -> RankInterval {
    let (own, variance) = areas[i];
    work.better.clear();
    work.worse.clear();
    let weakest = bars.last().copied().unwrap_or(f64::INFINITY);
    for (j, (other, v)) in areas.iter().enumerate() {
        let distance = other - own;
        let (square, summed) = (distance * distance, variance + v);
        // Multiplying first spares the many undecided pairs a division.
        if square >= weakest * summed && square > 0.0 && j != i {
            let score = square / summed;
            if distance > 0.0 { work.better.push(score) } else { work.worse.push(score) }
        }
    }
    let bar = rejection_bar(bars, work);
    let beyond = |scores: &[f64]| scores.iter().filter(|s| **s >= bar).count();
    RankInterval { low: 1 + beyond(&work.better), high: areas.len() - beyond(&work.worse) }
}

/// The bar of the last step that Holm reaches: step k needs at least k scores at or above its bar.
fn rejection_bar(bars: &[f64], work: &mut Counter) -> f64 {
    if bars.len() == 1 {
        return bars[0];
    }
    work.reached.fill(0);
    for score in work.better.iter().chain(&work.worse) {
        let step = if *score >= bars[0] { 0 } else { bars.partition_point(|b| b > score) };
        work.reached[step] += 1;
    }
    let mut count = 0;
    let mut last = f64::INFINITY;
    for (k, bar) in bars.iter().enumerate() {
        count += work.reached[k];
        if count < k + 1 {
            break;
        }
        last = *bar;
    }
    last
}

/// Which of several p-values are rejected at `alpha`, in the order given.
///
/// Holm stops at the first p above alpha / (m - k + 1), ascending; Bonferroni compares each with alpha / m.
pub fn rejections(p_values: &[f64], alpha: f64, correction: Correction) -> Vec<bool> {
    let m = p_values.len();
    let threshold = match correction {
        Correction::None => alpha,
        Correction::Bonferroni => alpha / m as f64,
        Correction::Holm => return holm(p_values, alpha),
    };
    p_values.iter().map(|p| *p <= threshold).collect()
}

fn holm(p_values: &[f64], alpha: f64) -> Vec<bool> {
    let m = p_values.len();
    let mut order: Vec<usize> = (0..m).collect();
    order.sort_by(|a, b| p_values[*a].total_cmp(&p_values[*b]));
    let mut rejected = vec![false; m];
    for (k, &i) in order.iter().enumerate() {
        if p_values[i] > alpha / (m - k) as f64 {
            break;
        }
        rejected[i] = true;
    }
    rejected
}
