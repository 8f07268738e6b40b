//! Projection: where an annual series goes if it keeps going as it has, with intervals, and how wrong that has been.
//!
//! In: consecutive annual figures of one area, oldest first. Out: a few years ahead with 95% prediction intervals, and
//! the error of the same method tried on the series' own past. None where the series is too short to try it.
//! Why: budgets and places are planned ahead, and a straight line through the last two figures runs away. Damped trend
//! (additive Holt with damping) is the usual answer to that: Gardner and McKenzie (1985), "Forecasting trends in time
//! series"; variance of the state-space model ETS(A,Ad,N) in Hyndman, Koehler, Ord and Snyder (2008), table 6.1.
//! Smoothing parameters are taken from a small grid by least one-step error: a series of ten figures cannot carry more.

use super::confidence::t_quantile;
use super::{Confidence, Interval};

/// The fewest figures in a row that a projection is made from.
pub const FEWEST: usize = 8;
/// The fewest figures that the method is tried on when its error is measured.
const FEWEST_TRIED: usize = 5;
/// Estimated from the series: two smoothing parameters, the damping, the first level.
const ESTIMATED: usize = 4;

/// Level and trend smoothing and damping.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Smoothing {
    /// How much of a step's error the level takes, 0 to 1.
    pub level: f64,
    /// How much of it the trend takes, at most `level`.
    pub trend: f64,
    /// What is left of the trend each year, 0.8 to 0.98.
    pub damping: f64,
}

/// One projected year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ahead {
    /// The figure, in the unit of the series.
    pub value: f64,
    /// Where it lies with the confidence asked for, if the series goes on as it has.
    pub interval: Interval,
}

/// How wrong the method has been on the series' own past, one year ahead.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BackTest {
    /// How many figures it was tried on.
    pub tried: usize,
    /// Mean absolute error, in the unit of the series.
    pub error: f64,
    /// Mean absolute error of taking the last figure as the next.
    pub unchanged: f64,
}

/// A projection.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// The years ahead.
    pub ahead: Vec<Ahead>,
    /// What the parameters came out as.
    pub smoothing: Smoothing,
    /// How wrong it has been.
    pub back_test: BackTest,
}

/// The state after a series: level, trend, and the sum of squared one-step errors.
struct State {
    level: f64,
    trend: f64,
    squares: f64,
}

/// Projects `series` by `years`.
///
/// `None` with fewer than [`FEWEST`] figures, a figure that is not finite, or a series that never changes.
pub fn damped_trend(series: &[f64], years: usize, confidence: Confidence) -> Option<Projection> {
    if series.len() < FEWEST || series.iter().any(|value| !value.is_finite()) {
        return None;
    }
    let (smoothing, state) = fit(series)?;
    let freedom = series.len() - ESTIMATED;
    let variance = state.squares / freedom as f64;
    if variance == 0.0 {
        return None;
    }
    let t = t_quantile(confidence, freedom as f64)?;
    let ahead = (1..=years)
        .map(|year| {
            let value = state.level + state.trend * damped(smoothing.damping, year);
            let half = t * (variance * spread(smoothing, year)).sqrt();
            Ahead { value, interval: Interval { lower: value - half, upper: value + half } }
        })
        .collect();
    Some(Projection { ahead, smoothing, back_test: back_test(series)? })
}

/// Damping + damping^2 + ... over `years`.
fn damped(damping: f64, years: usize) -> f64 {
    (1..=years as i32).map(|power| damping.powi(power)).sum()
}

/// The variance of the error `years` ahead over that of one year: 1 + the squares of what each earlier error adds.
fn spread(smoothing: Smoothing, years: usize) -> f64 {
    let added = |year: usize| smoothing.level + smoothing.trend * damped(smoothing.damping, year);
    1.0 + (1..years).map(|year| added(year).powi(2)).sum::<f64>()
}

/// Runs the recursions over `series`; the first level is the first figure, the first trend the mean of three steps.
fn run(series: &[f64], smoothing: Smoothing) -> Option<State> {
    let [first, .., _] = series else { return None };
    let steps = (series.len() - 1).min(3);
    let start = State { level: *first, trend: (series[steps] - first) / steps as f64, squares: 0.0 };
    Some(series[1..].iter().fold(start, |state, value| {
        let (expected, trend) = (state.level + smoothing.damping * state.trend, smoothing.damping * state.trend);
        let error = value - expected;
        State {
            level: expected + smoothing.level * error,
            trend: trend + smoothing.trend * error,
            squares: state.squares + error * error,
        }
    }))
}

/// The parameters of least squared one-step error, and the state they lead to.
fn fit(series: &[f64]) -> Option<(Smoothing, State)> {
    let tenths = || (1..=9).map(|tenth| f64::from(tenth) / 10.0);
    let grid = [0.8, 0.85, 0.9, 0.95, 0.98].into_iter().flat_map(|damping| {
        tenths().flat_map(move |level| tenths().map(move |share| Smoothing { level, trend: level * share, damping }))
    });
    grid.filter_map(|smoothing| Some((smoothing, run(series, smoothing)?)))
        .min_by(|a, b| a.1.squares.total_cmp(&b.1.squares))
}

/// Each figure from the sixth on, projected from those before it.
fn back_test(series: &[f64]) -> Option<BackTest> {
    let tries: Vec<(f64, f64)> = (FEWEST_TRIED..series.len())
        .filter_map(|now| {
            let (smoothing, state) = fit(&series[..now])?;
            let expected = state.level + smoothing.damping * state.trend;
            Some(((series[now] - expected).abs(), (series[now] - series[now - 1]).abs()))
        })
        .collect();
    let tried = tries.len();
    let mean = |errors: f64| errors / tried as f64;
    (tried > 0).then(|| BackTest {
        tried,
        error: mean(tries.iter().map(|(error, _)| error).sum()),
        unchanged: mean(tries.iter().map(|(_, unchanged)| unchanged).sum()),
    })
}
