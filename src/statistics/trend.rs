//! Recent trend: is the series going up or down beyond chance, and is that good.
//!
//! In: the annual points of one area, ascending. Out: a chi-squared, a slope and a marker.
//! Why: one year's change is mostly noise; five points at 99.8% with a leave-one-out check is what Fingertips asks.
//! Source: Fingertips TrendMarkers (C#), without its errors: there the slope of a proportion is never set (so every
//! trend is "decreasing"), and missing limits turn into "no change". Here a gap of any kind in the latest five
//! points means it cannot be calculated; nothing older is used in its place.

use super::cochran_armitage::cochran_armitage;
use super::interval_side::IntervalSide;
use super::{Interval, Polarity};

/// Chi-squared with one degree of freedom at 99.8%: the significance Fingertips asks of a trend.
pub const TREND_CHI_SQUARED: f64 = 9.549_535_706_083_24;

/// How many of the latest points are used.
pub const TREND_POINTS: usize = 5;

/// Where a series is going.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Marker {
    /// Up, beyond chance.
    Increasing,
    /// Down, beyond chance.
    Decreasing,
    /// Neither, as far as can be told.
    NoChange,
    /// Too few points, a gap, or a figure that makes the method undefined.
    CannotBeCalculated,
}

impl Marker {
    /// The marker in snake case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Increasing => "increasing",
            Self::Decreasing => "decreasing",
            Self::NoChange => "no_change",
            Self::CannotBeCalculated => "cannot_be_calculated",
        }
    }

    /// The direction of a word of the tables, as [`Marker::worded`] writes it; none where it could not be calculated.
    pub fn side_of(word: &str) -> Option<IntervalSide> {
        let is = |marker: Marker| word.starts_with(marker.as_str());
        match (is(Self::Increasing), is(Self::Decreasing), is(Self::NoChange)) {
            (true, ..) => Some(IntervalSide::Above),
            (_, true, _) => Some(IntervalSide::Below),
            (.., true) => Some(IntervalSide::Within),
            _ => None,
        }
    }

    /// Whether that direction is good: `Some(true)` better, `Some(false)` worse, `None` where there is nothing to judge.
    pub fn is_improvement(self, polarity: Polarity) -> Option<bool> {
        match (self, polarity) {
            (Self::Increasing, Polarity::High) | (Self::Decreasing, Polarity::Low) => Some(true),
            (Self::Increasing, Polarity::Low) | (Self::Decreasing, Polarity::High) => Some(false),
            _ => None,
        }
    }

    /// The marker worded by polarity: `increasing_getting_better`, or the plain direction where there is none.
    pub fn worded(self, polarity: Polarity) -> String {
        match self.is_improvement(polarity) {
            Some(true) => format!("{}_getting_better", self.as_str()),
            Some(false) => format!("{}_getting_worse", self.as_str()),
            None => self.as_str().to_owned(),
        }
    }
}

/// A trend with its evidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// Where the series is going.
    pub marker: Marker,
    /// Chi-squared, one degree of freedom; `None` where it cannot be calculated.
    pub chi_squared: Option<f64>,
    /// Slope a year over the five points (log odds for proportions); `None` where it cannot be calculated.
    pub slope: Option<f64>,
}

const UNKNOWN: Trend = Trend { marker: Marker::CannotBeCalculated, chi_squared: None, slope: None };

/// One year of a series; fields that a method does not need may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TrendPoint {
    /// The year the period starts in; equal to the previous point's plus one, or there is a gap.
    pub year: i32,
    /// The value; a point without one counts as hidden, whatever else is known.
    pub value: Option<f64>,
    /// Its 95% limits.
    pub p95: Option<Interval>,
    /// Numerator, for proportions.
    pub count: Option<f64>,
    /// Denominator, for proportions.
    pub denominator: Option<f64>,
}

/// The latest five points, if there are five and their years follow each other.
fn latest(points: &[TrendPoint]) -> Option<&[TrendPoint]> {
    let recent = &points[points.len().checked_sub(TREND_POINTS)?..];
    recent.windows(2).all(|w| w[1].year == w[0].year + 1).then_some(recent)
}

/// Trend of a series by weighted slope, each point weighing 1 / se^2 with se = (upper - lower) / 3.92.
///
/// For every kind of figure but proportions. Points ascending; only the latest five are used.
pub fn weighted_trend(points: &[TrendPoint]) -> Trend {
    let weighted = |p: &TrendPoint| {
        let limits = p.p95?;
        let se = (limits.upper - limits.lower) / 3.92;
        (se > 0.0 && se.is_finite()).then_some((p.value?, 1.0 / (se * se)))
    };
    let Some(series) = latest(points).and_then(|l| l.iter().map(weighted).collect::<Option<Vec<_>>>()) else {
        return UNKNOWN;
    };
    let (slope, precision) = weighted_slope(&series, None);
    judge(slope * slope * precision, slope, |without| weighted_slope(&series, Some(without)).0)
}

/// Trend of a proportion by Cochran-Armitage, with the slope of the log odds as direction.
///
/// A year in which everyone counts (x = n) cannot be calculated. A year in which none does takes half a case for its
/// log odds, so that one empty year does not make the direction undefined.
pub fn proportion_trend(points: &[TrendPoint]) -> Trend {
    let pair = |p: &TrendPoint| p.value.and(p.count.zip(p.denominator));
    let usable = |(x, n): &(f64, f64)| *x >= 0.0 && x < n;
    let pairs = latest(points).and_then(|l| l.iter().map(|p| pair(p).filter(usable)).collect::<Option<Vec<_>>>());
    let Some(pairs) = pairs else { return UNKNOWN };
    let (counts, denominators): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
    let log_odds = |(x, n): (&f64, &f64)| (x.max(0.5) / (n - x)).ln();
    let series: Vec<(f64, f64)> = counts.iter().zip(&denominators).map(|p| (log_odds(p), 1.0)).collect();
    let Some(test) = cochran_armitage(&counts, &denominators, &[1.0, 2.0, 3.0, 4.0, 5.0]) else {
        return UNKNOWN;
    };
    let slope = weighted_slope(&series, None).0;
    judge(test.chi_squared, slope, |without| weighted_slope(&series, Some(without)).0)
}

/// Weighted least-squares slope on t = 1, 2, ... leaving one point out if asked, and the slope's precision.
fn weighted_slope(series: &[(f64, f64)], without: Option<usize>) -> (f64, f64) {
    let kept =
        || series.iter().enumerate().filter(|(i, _)| Some(*i) != without).map(|(i, (y, w))| (i as f64 + 1.0, *y, *w));
    let weight: f64 = kept().map(|(_, _, w)| w).sum();
    let centre = kept().map(|(t, _, w)| w * t).sum::<f64>() / weight;
    let level = kept().map(|(_, y, w)| w * y).sum::<f64>() / weight;
    let precision: f64 = kept().map(|(t, _, w)| w * (t - centre).powi(2)).sum();
    (kept().map(|(t, y, w)| w * (t - centre) * (y - level)).sum::<f64>() / precision, precision)
}

/// Significant, and every slope with one point left out has the sign of the whole; a slope of 0 counts as up.
fn judge(chi_squared: f64, slope: f64, without: impl Fn(usize) -> f64) -> Trend {
    let agrees = (0..TREND_POINTS).all(|i| (without(i) < 0.0) == (slope < 0.0));
    let marker = match chi_squared > TREND_CHI_SQUARED && agrees {
        false => Marker::NoChange,
        true if slope > 0.0 => Marker::Increasing,
        true => Marker::Decreasing,
    };
    Trend { marker, chi_squared: Some(chi_squared), slope: Some(slope) }
}

/// Latest against previous point: changed only where their intervals do not touch.
///
/// Conservative (see `difference` for the interval of the change). Missing figures: cannot be calculated.
pub fn two_points(latest: Option<(f64, Interval)>, previous: Option<(f64, Interval)>) -> Marker {
    let (Some((now, limits)), Some((before, earlier))) = (latest, previous) else {
        return Marker::CannotBeCalculated;
    };
    match (now > before && limits.lower > earlier.upper, now < before && limits.upper < earlier.lower) {
        (true, _) => Marker::Increasing,
        (_, true) => Marker::Decreasing,
        _ => Marker::NoChange,
    }
}
