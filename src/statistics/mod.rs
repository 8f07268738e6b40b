//! Statistics for comparing areas: pure functions over numbers.
//!
//! In: counts, denominators, values and intervals, as `f64` and `Option<f64>` (`None` = not published).
//! Out: intervals, ranks, bands, funnel places, trends, averages, judgements. Nothing here reads a file,
//! knows an area's name or uses a data frame, so every method can be checked against published figures.
//! Why: the distribution functions come from `statrs`; the methods, their edge cases and the choice where
//! official tools disagree are ours, and each function names its source. `docs/statistics.md` is the guide.

pub mod average;
pub mod benchmark;
pub mod cochran_armitage;
pub mod cohort;
pub mod confidence;
pub mod control_chart;
pub mod count;
pub mod difference;
pub mod dispersion;
pub mod funnel;
mod input_error;
pub mod interval_side;
pub mod kendall;
pub mod mean;
pub mod neighbours;
pub mod overdispersion;
pub mod projection;
pub mod proportion;
pub mod quantile;
pub mod quartile;
pub mod quotient;
pub mod rank;
pub mod rank_distribution;
pub mod rank_interval;
pub mod rounding;
pub mod suppression;
pub mod target;
pub mod trend;
pub mod unusual;

pub use input_error::InputError;

pub use confidence::Confidence;

/// Which way is good: larger values, smaller values, or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Polarity {
    /// A larger value is better.
    High,
    /// A smaller value is better.
    Low,
    /// Neither: said as higher and lower, never as better and worse; not ranked, not banded.
    #[default]
    None,
}

impl Polarity {
    /// The polarity of the same measure turned upside down (per cent absent for per cent present).
    pub fn mirrored(self) -> Self {
        match self {
            Self::High => Self::Low,
            Self::Low => Self::High,
            Self::None => Self::None,
        }
    }
}

/// A lower and an upper limit, in the units of what they are about.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Lower limit.
    pub lower: f64,
    /// Upper limit.
    pub upper: f64,
}

impl Interval {
    /// Whether `value` lies inside; the limits themselves count as inside.
    pub fn contains(&self, value: f64) -> bool {
        self.lower <= value && value <= self.upper
    }

    /// Both limits times `factor` (a positive unit, such as 100 for per cent).
    pub fn scaled(&self, factor: f64) -> Self {
        Self { lower: self.lower * factor, upper: self.upper * factor }
    }

    /// The standard error that a symmetric normal interval of this width would have had: width / 2z.
    ///
    /// Never zero for a Wilson or a count interval, also where the plain formula gives 0 (0 of 40).
    pub fn standard_error(&self, confidence: Confidence) -> f64 {
        (self.upper - self.lower) / (2.0 * confidence.z())
    }
}

/// A value with its interval, both times the multiplier.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The point value.
    pub value: f64,
    /// Its limits.
    pub interval: Interval,
}

/// The present and finite values, ascending.
pub(crate) fn sorted_present(values: &[Option<f64>]) -> Vec<f64> {
    let mut present: Vec<f64> = values.iter().flatten().copied().filter(|v| v.is_finite()).collect();
    present.sort_by(f64::total_cmp);
    present
}
