//! XmR control charts for monthly local series: limits, and which points are special.
//!
//! In: values in time order, without gaps. Out: mean and limits, a label a point.
//! Why: a monthly figure wobbles; the chart says which wobble deserves a question.
//! Source: NHSRplotthedots 0.2 (Making Data Count): mean -/+ 2.66 mean |moving range|; moving ranges of at least
//! 3.267 times their mean are left out once.

use super::mean::mean;

/// Limits are this many mean moving ranges from the mean.
const LIMIT: f64 = 2.66;
/// Moving ranges from this many times their mean are screened out.
const SCREEN: f64 = 3.267;
/// A run is this long.
const RUN: usize = 7;

/// Below this many points limits are shaky: say so.
pub const FEW_POINTS: usize = 13;

/// Mean and limits of an XmR chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct XmrLimits {
    /// Centre line.
    pub mean: f64,
    /// Lower process limit.
    pub lower: f64,
    /// Upper process limit.
    pub upper: f64,
}

/// Limits of a series; `screen` leaves extreme moving ranges out once (the default upstream). `None` below two points.
pub fn xmr_limits(values: &[f64], screen: bool) -> Option<XmrLimits> {
    let centre = mean(values)?;
    let ranges: Vec<f64> = values.windows(2).map(|w| (w[1] - w[0]).abs()).collect();
    let first = mean(&ranges)?;
    let kept: Vec<f64> = ranges.into_iter().filter(|r| *r < SCREEN * first).collect();
    let range = if screen { mean(&kept).unwrap_or(first) } else { first };
    Some(XmrLimits { mean: centre, lower: centre - LIMIT * range, upper: centre + LIMIT * range })
}

/// What a point shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PointLabel {
    /// Nothing special.
    CommonCause,
    /// Strictly above the upper limit.
    AboveUpper,
    /// Strictly below the lower limit.
    BelowLower,
    /// Part of seven points that each rise.
    TrendUp,
    /// Part of seven points that each fall.
    TrendDown,
    /// One of two in three near the upper limit.
    TwoInThreeAbove,
    /// One of two in three near the lower limit.
    TwoInThreeBelow,
    /// Part of seven points above the mean.
    RunAbove,
    /// Part of seven points below the mean.
    RunBelow,
}

impl PointLabel {
    /// The label as the NHS package prints it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CommonCause => "Common Cause",
            Self::AboveUpper => "Above UCL",
            Self::BelowLower => "Below LCL",
            Self::TrendUp => "7 Point Trend (Increasing)",
            Self::TrendDown => "7 Point Trend (Decreasing)",
            Self::TwoInThreeAbove => "2 in 3 Above CL",
            Self::TwoInThreeBelow => "2 in 3 Below CL",
            Self::RunAbove => "7 Points Above CL",
            Self::RunBelow => "7 Points Below CL",
        }
    }
}

/// One label a point, in the order of precedence: limits, trend, two in three, run. Screened limits.
///
/// With fewer than two points everything is common cause.
pub fn xmr_labels(values: &[f64]) -> Vec<PointLabel> {
    let Some(limits) = xmr_limits(values, true) else {
        return vec![PointLabel::CommonCause; values.len()];
    };
    let side: Vec<i8> = values.iter().map(|v| i8::from(*v > limits.mean) - i8::from(*v < limits.mean)).collect();
    let outside: Vec<bool> = values.iter().map(|v| *v < limits.lower || *v > limits.upper).collect();
    let near = near_limits(values, &limits, &outside);
    let trend = spread_back(&trend_ends(values));
    let rising = trend_direction(values, &trend);
    let pairs = two_in_three(&near, &side);
    let run = spread_back(&run_ends(&side));
    let by_side = |i: usize, above, below| if side[i] > 0 { above } else { below };
    let label = |i: usize| match () {
        _ if outside[i] => by_side(i, PointLabel::AboveUpper, PointLabel::BelowLower),
        _ if trend[i] => {
            if rising[i] {
                PointLabel::TrendUp
            } else {
                PointLabel::TrendDown
            }
        }
        _ if pairs[i] && near[i] => by_side(i, PointLabel::TwoInThreeAbove, PointLabel::TwoInThreeBelow),
        _ if run[i] => by_side(i, PointLabel::RunAbove, PointLabel::RunBelow),
        _ => PointLabel::CommonCause,
    };
    (0..values.len()).map(label).collect()
}

/// Within the limits but beyond two thirds of the way to them.
fn near_limits(values: &[f64], limits: &XmrLimits, outside: &[bool]) -> Vec<bool> {
    let reach = (limits.upper - limits.mean) * 2.0 / 3.0;
    values.iter().zip(outside).map(|(v, out)| !out && (v - limits.mean).abs() > reach).collect()
}

/// Marks each point that ends seven in a row on one side of the mean; a point on the mean (0) breaks the run.
pub fn run_ends(side: &[i8]) -> Vec<i8> {
    let ends = |i: usize| i + 1 >= RUN && side[i] != 0 && side[i + 1 - RUN..i].iter().all(|s| *s == side[i]);
    (0..side.len()).map(|i| i8::from(ends(i))).collect()
}

/// Marks each point that ends seven strictly rising (1) or falling (-1) points.
pub fn trend_ends(values: &[f64]) -> Vec<i8> {
    let steps =
        |i: usize, up: bool| values[i + 1 - RUN..=i].windows(2).all(|w| if up { w[1] > w[0] } else { w[1] < w[0] });
    let mark = |i: usize| {
        if i + 1 < RUN { 0 } else { i8::from(steps(i, true)) - i8::from(steps(i, false)) }
    };
    (0..values.len()).map(mark).collect()
}

/// Marks the seven points that lead up to each end mark, the end included.
pub fn spread_back(ends: &[i8]) -> Vec<bool> {
    (0..ends.len()).map(|i| ends[i..ends.len().min(i + RUN)].iter().any(|e| *e != 0)).collect()
}

/// Marks every point of each three in a row with at least two near a limit and all three on one side of the mean.
pub fn two_in_three(near: &[bool], side: &[i8]) -> Vec<bool> {
    let mut marked = vec![false; near.len().min(side.len())];
    for i in 2..marked.len() {
        let three = i - 2..=i;
        let close = near[three.clone()].iter().filter(|n| **n).count() >= 2;
        if close && side[three.clone()].iter().sum::<i8>().abs() == 3 {
            marked[three].fill(true);
        }
    }
    marked
}

/// Whether each point of a trend rises: by the step after it inside the trend, by the step before at its end.
fn trend_direction(values: &[f64], trend: &[bool]) -> Vec<bool> {
    let rises = |i: usize| {
        let inside = trend[i] && trend.get(i + 1) == Some(&true);
        if inside { values[i + 1] > values[i] } else { i > 0 && values[i] > values[i - 1] }
    };
    (0..values.len()).map(rises).collect()
}
