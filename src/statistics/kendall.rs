//! Kendall's tau: does a series lean up or down, whatever the size of its steps.
//!
//! In: values in time order. Out: tau-b and an exact p. Why: a check on the trend that no single large year can
//! decide. With five points the smallest p is 1 in 60, so it can never reach 99.8%.
//! Reference: Kendall 1938; as scipy's `kendalltau`.

/// tau-b of a series, and its two-sided exact p.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Kendall {
    /// Rank correlation with time, -1 to 1.
    pub tau: f64,
    /// Exact two-sided p; `None` where values tie.
    pub p_exact: Option<f64>,
}

/// tau-b of `values` against their order; `None` for fewer than two values or all the same.
pub fn kendall(values: &[f64]) -> Option<Kendall> {
    let n = values.len();
    let (mut rising, mut falling) = (0_usize, 0_usize);
    for (i, a) in values.iter().enumerate() {
        rising += values[i + 1..].iter().filter(|b| *b > a).count();
        falling += values[i + 1..].iter().filter(|b| *b < a).count();
    }
    let pairs = n * n.saturating_sub(1) / 2;
    let untied = rising + falling;
    if untied == 0 {
        return None;
    }
    let tau = (rising as f64 - falling as f64) / ((untied as f64).sqrt() * (pairs as f64).sqrt());
    let p_exact = (untied == pairs).then(|| exact_p(n, rising.min(falling)));
    Some(Kendall { tau, p_exact })
}

/// Twice the share of orders of `n` things with at most `discordant` discordant pairs, at most 1.
fn exact_p(n: usize, discordant: usize) -> f64 {
    let mut shares = vec![1.0];
    for k in 2..=n {
        let mut next = vec![0.0; shares.len() + k - 1];
        for (c, share) in shares.iter().enumerate() {
            next[c..c + k].iter_mut().for_each(|s| *s += share / k as f64);
        }
        shares = next;
    }
    (2.0 * shares[..=discordant].iter().sum::<f64>()).min(1.0)
}
