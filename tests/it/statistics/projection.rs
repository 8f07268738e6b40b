//! Projections against a second working-out: plain loops and the closed form of the variance.

use abreast::statistics::Confidence;
use abreast::statistics::projection::{FEWEST, damped_trend};

const SERIES: [f64; 12] =
    [1010.0, 1024.0, 1100.0, 1212.0, 1302.0, 1355.0, 1452.0, 1628.0, 1911.0, 2084.0, 2200.0, 2503.0];

/// Squared one-step errors, level and trend, written out step by step.
fn run(series: &[f64], alpha: f64, beta: f64, phi: f64) -> (f64, f64, f64) {
    let (mut level, mut trend, mut squares) = (series[0], (series[3] - series[0]) / 3.0, 0.0);
    for value in &series[1..] {
        let expected = level + phi * trend;
        squares += (value - expected) * (value - expected);
        let before = level;
        // The error form is level = alpha y + (1 - alpha) (level + phi trend); here in the textbook's smoothing form.
        level = alpha * value + (1.0 - alpha) * expected;
        trend = (beta / alpha) * (level - before) + (1.0 - beta / alpha) * phi * trend;
    }
    (squares, level, trend)
}

/// The least squares over the same grid, found by trying all.
fn best(series: &[f64]) -> (f64, f64, f64, f64) {
    let mut best = (f64::INFINITY, 0.0, 0.0, 0.0);
    for phi in [0.8, 0.85, 0.9, 0.95, 0.98] {
        for a in 1..=9 {
            for b in 1..=9 {
                let (alpha, beta) = (f64::from(a) / 10.0, f64::from(a * b) / 100.0);
                let (squares, _, _) = run(series, alpha, beta, phi);
                if squares < best.0 - 1e-6 {
                    best = (squares, alpha, beta, phi);
                }
            }
        }
    }
    best
}

#[test]
fn figures_and_intervals_are_those_of_the_textbook() {
    let (squares, a, b, p) = best(&SERIES);
    let (_, level, trend) = run(&SERIES, a, b, p);
    let projection = damped_trend(&SERIES, 5, Confidence::P95).expect("a projection");
    let made = projection.smoothing;
    assert!((made.level - a).abs() < 1e-12 && (made.trend - b).abs() < 1e-12 && (made.damping - p).abs() < 1e-12);
    // t of 12 - 4 = 8 degrees of freedom at 97.5%, from printed tables.
    let (t, variance) = (2.306_004_135, squares / 8.0);
    for (at, ahead) in projection.ahead.iter().enumerate() {
        let h = at as f64 + 1.0;
        let damped = p * (1.0 - p.powf(h)) / (1.0 - p);
        assert!((ahead.value - (level + damped * trend)).abs() < 1e-6);
        // Hyndman and others 2008, table 6.1, in closed form.
        let q = 1.0 - p;
        let spread = 1.0 + a * a * (h - 1.0) + b * p * h / (q * q) * (2.0 * a * q + b * p)
            - b * p * (1.0 - p.powf(h)) / (q * q * (1.0 - p * p))
                * (2.0 * a * (1.0 - p * p) + b * p * (1.0 + 2.0 * p - p.powf(h)));
        let half = t * (variance * spread).sqrt();
        let made = (ahead.interval.upper - ahead.interval.lower) / 2.0;
        assert!((made - half).abs() < 1e-4 * half, "{h} years ahead: {made} and {half}");
    }
}

#[test]
fn the_back_test_projects_each_figure_from_those_before_it() {
    let test = damped_trend(&SERIES, 1, Confidence::P95).expect("a projection").back_test;
    let (mut error, mut unchanged) = (0.0, 0.0);
    for now in 5..SERIES.len() {
        let (_, a, b, p) = best(&SERIES[..now]);
        let (_, level, trend) = run(&SERIES[..now], a, b, p);
        error += (SERIES[now] - level - p * trend).abs();
        unchanged += (SERIES[now] - SERIES[now - 1]).abs();
    }
    assert_eq!(test.tried, 7);
    assert!((test.error - error / 7.0).abs() < 1e-6 && (test.unchanged - unchanged / 7.0).abs() < 1e-9);
}

#[test]
fn a_series_that_is_short_flat_or_broken_is_refused() {
    assert!(damped_trend(&SERIES[..FEWEST - 1], 3, Confidence::P95).is_none());
    assert!(damped_trend(&SERIES[..FEWEST], 3, Confidence::P95).is_some());
    assert!(damped_trend(&[5.0; 12], 3, Confidence::P95).is_none());
    let mut gap = SERIES;
    gap[4] = f64::NAN;
    assert!(damped_trend(&gap, 3, Confidence::P95).is_none());
}

#[test]
fn intervals_widen_and_the_trend_fades() {
    let ahead = damped_trend(&SERIES, 6, Confidence::P95).expect("a projection").ahead;
    for pair in ahead.windows(2) {
        assert!(pair[1].interval.upper - pair[1].interval.lower > pair[0].interval.upper - pair[0].interval.lower);
    }
    let steps: Vec<f64> = ahead.windows(2).map(|pair| pair[1].value - pair[0].value).collect();
    assert!(steps.windows(2).all(|pair| pair[1] < pair[0]), "{steps:?}");
}
