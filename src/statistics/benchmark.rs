//! Better, similar or worse than a benchmark: the comparison methods of Fingertips, by name.
//!
//! In: an area's value with its limits, a benchmark, a method. Out: an [`Outcome`], worded by polarity.
//! Why: a difference is only worth a word when it is beyond chance. Touching a limit counts as similar.
//! The benchmark's own uncertainty is ignored by the single-interval methods: safe for England, not for
//! a small region or the mean of ten neighbours. Source: Fingertips `*Comparer.cs` (2020) and its successor.

use super::confidence::chi_squared_quantile;
use super::proportion::wilson;
use super::{Interval, Polarity};

/// How a result is put into words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    /// By polarity: better or worse, or higher and lower where there is none.
    By(Polarity),
    /// No comparison word at all: the measure is not for comparing, or the cohort is too small.
    Silent,
}

/// The word a comparison ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Better beyond the 99.8% limits (two-level method only).
    Best,
    /// Better than the benchmark.
    Better,
    /// Not different from the benchmark beyond chance.
    Similar,
    /// Worse than the benchmark.
    Worse,
    /// Worse beyond the 99.8% limits (two-level method only).
    Worst,
    /// Above the benchmark, where neither direction is good.
    Higher,
    /// Below the benchmark, where neither direction is good.
    Lower,
    /// No comparison was possible or wanted: not the same as similar.
    None,
}

impl Outcome {
    /// The word in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Best => "best",
            Self::Better => "better",
            Self::Similar => "similar",
            Self::Worse => "worse",
            Self::Worst => "worst",
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::None => "none",
        }
    }
}

/// What is compared, or compared with: a value and what is known about it. Values are in the measure's unit.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct ComparedValue {
    /// The value.
    pub value: Option<f64>,
    /// 95% limits.
    pub p95: Option<Interval>,
    /// 99.8% limits.
    pub p998: Option<Interval>,
    /// Denominator, for the control-limit methods.
    pub denominator: Option<f64>,
}

/// A comparison method.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Comparer {
    /// Benchmark inside the area's 95% interval: similar.
    SingleInterval,
    /// As before, with best and worst beyond the 99.8% limits.
    SingleIntervalTwoLevels,
    /// Similar when the lower area's upper limit reaches the higher area's lower limit.
    DoubleOverlap,
    /// Wilson interval round the expected count; `unit` 100 for per cent, `z` 1.96 or 3.0902 upstream.
    ControlProportion {
        /// What a rate is out of.
        unit: f64,
        /// How many standard errors the limits are away.
        z: f64,
    },
    /// Poisson limits round the expected count, rounded outwards; `tail` 0.025 or 0.001.
    ControlRate {
        /// What a rate is out of.
        unit: f64,
        /// The chance left beyond each limit.
        tail: f64,
    },
    /// Below `lower` is worse, from `upper` better, between similar (half open).
    RangeTarget {
        /// The end of worse.
        lower: f64,
        /// The start of better.
        upper: f64,
    },
    /// As the range target, its bounds being percentiles of the areas; silent where there is no polarity.
    PercentileTarget {
        /// The percentile at which worse ends.
        lower: f64,
        /// The percentile at which better starts.
        upper: f64,
    },
    /// Meets the target or not; meeting it exactly counts.
    TargetValue {
        /// The target.
        target: f64,
    },
    /// The whole 95% interval on one side of the target, else similar.
    TargetInterval {
        /// The target.
        target: f64,
    },
}

/// Gaps under this share of the distance between the quartiles are too small to matter, however certain.
const SMALLEST: f64 = 0.1;

/// The smallest gap that matters: as declared, else a tenth of how far apart authorities lie, upper less lower quartile.
pub fn smallest(declared: Option<f64>, spread: Option<f64>) -> Option<f64> {
    declared.or_else(|| spread.map(|spread| SMALLEST * spread))
}

/// How far and on which side of the benchmark, before polarity; positive is above.
type IntervalSide = i8;

/// Compares `area` with `benchmark`; [`Outcome::None`] when a needed figure is missing or a denominator is not above 0.
pub fn compare(comparer: Comparer, area: &ComparedValue, benchmark: &ComparedValue, wording: Wording) -> Outcome {
    let Wording::By(polarity) = wording else {
        return Outcome::None;
    };
    if polarity == Polarity::None && matches!(comparer, Comparer::PercentileTarget { .. }) {
        return Outcome::None;
    }
    side(comparer, area, benchmark, polarity).map_or(Outcome::None, |side| worded(side, polarity))
}

fn side(
    comparer: Comparer,
    area: &ComparedValue,
    benchmark: &ComparedValue,
    polarity: Polarity,
) -> Option<IntervalSide> {
    match comparer {
        Comparer::SingleInterval => {
            area.value?;
            Some(against(&area.p95?, benchmark.value?))
        }
        Comparer::SingleIntervalTwoLevels => {
            area.value?;
            Some(against(&area.p95?, benchmark.value?) + against(&area.p998?, benchmark.value?))
        }
        Comparer::DoubleOverlap => overlap(area, benchmark),
        Comparer::ControlProportion { unit, z } => {
            let (n, p0) = (positive(area.denominator)?, benchmark.value? / unit);
            Some(-against(&wilson(n * p0, n, z)?, area.value? / unit))
        }
        Comparer::ControlRate { unit, tail } => control_rate(area, benchmark, unit, tail),
        Comparer::RangeTarget { lower, upper } | Comparer::PercentileTarget { lower, upper } => {
            let value = area.value?;
            Some(if value < lower { -1 } else { IntervalSide::from(value >= upper) })
        }
        Comparer::TargetValue { target } => Some(meets(area.value?, target, polarity)),
        Comparer::TargetInterval { target } => {
            let limits = area.p95?;
            Some(if limits.lower >= target { 1 } else { -IntervalSide::from(limits.upper < target) })
        }
    }
}

/// +1 when the whole interval is above `point`, -1 when it is below, 0 when the point is inside or touched.
fn against(interval: &Interval, point: f64) -> IntervalSide {
    IntervalSide::from(point < interval.lower) - IntervalSide::from(point > interval.upper)
}

fn overlap(area: &ComparedValue, benchmark: &ComparedValue) -> Option<IntervalSide> {
    let (value, other) = (area.value?, benchmark.value?);
    let (own, theirs) = (area.p95?, benchmark.p95?);
    let (low, high, side) = if value < other { (own, theirs, -1) } else { (theirs, own, 1) };
    Some(if value == other || low.upper >= high.lower { 0 } else { side })
}

/// The source sums whole counts, so an expected count that is not whole is rounded away from the centre.
fn control_rate(area: &ComparedValue, benchmark: &ComparedValue, unit: f64, tail: f64) -> Option<IntervalSide> {
    let n = positive(area.denominator)?;
    let expected = benchmark.value? * n / unit;
    let limits = Interval {
        lower: chi_squared_quantile(tail, 2.0 * expected.ceil())? / 2.0,
        upper: chi_squared_quantile(1.0 - tail, 2.0 * expected.floor() + 2.0)? / 2.0,
    };
    Some(-against(&limits.scaled(unit / n), area.value?))
}

fn meets(value: f64, target: f64, polarity: Polarity) -> IntervalSide {
    match polarity {
        Polarity::Low => {
            if value <= target {
                -1
            } else {
                1
            }
        }
        _ => {
            if value >= target {
                1
            } else {
                -1
            }
        }
    }
}

fn positive(n: Option<f64>) -> Option<f64> {
    n.filter(|n| *n > 0.0)
}

fn worded(side: IntervalSide, polarity: Polarity) -> Outcome {
    match (polarity, side) {
        (_, 0) => Outcome::Similar,
        (Polarity::None, s) => {
            if s > 0 {
                Outcome::Higher
            } else {
                Outcome::Lower
            }
        }
        (Polarity::High, 1) | (Polarity::Low, -1) => Outcome::Better,
        (Polarity::High, -1) | (Polarity::Low, 1) => Outcome::Worse,
        (Polarity::High, s) => {
            if s > 0 {
                Outcome::Best
            } else {
                Outcome::Worst
            }
        }
        (Polarity::Low, s) => {
            if s > 0 {
                Outcome::Worst
            } else {
                Outcome::Best
            }
        }
    }
}
