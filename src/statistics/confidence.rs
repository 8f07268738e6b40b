//! Confidence levels, and the quantiles of the normal, chi-squared and t distributions they stand for.
//!
//! In: 0.95 or 95. Out: `z` at full precision, tail probabilities, quantiles (from `statrs`).
//! Why: official tools use 1.96, 1.959964 or full precision; here it is full precision unless a method
//! is defined by another constant, and then that method says so.

use super::InputError;
use statrs::distribution::{ChiSquared, Continuous, ContinuousCDF, StudentsT};
use statrs::function::erf::{erfc, erfc_inv};
use std::f64::consts::SQRT_2;

/// A two-sided confidence level with its standard-normal quantile.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Confidence {
    level: f64,
    z: f64,
}

impl Confidence {
    /// 95%: one result in forty beyond each limit.
    pub const P95: Self = Self { level: 0.95, z: 1.959_963_984_540_054 };
    /// 99.8%: one result in a thousand beyond each limit.
    pub const P998: Self = Self { level: 0.998, z: 3.090_232_306_167_813 };

    /// Accepts 0.9 to 1 and 90 to 100 (per cent); anything else is an error.
    ///
    /// At exactly 1 (or 100) `z` is infinite and a proportion's interval is 0 to 1.
    pub fn new(level: f64) -> Result<Self, InputError> {
        let share = if (90.0..=100.0).contains(&level) { level / 100.0 } else { level };
        if !(0.9..=1.0).contains(&share) {
            return Err(InputError::Confidence(level));
        }
        Ok(Self { level: share, z: two_sided_z(1.0 - share) })
    }

    /// The level as a share: 0.95.
    pub fn level(&self) -> f64 {
        self.level
    }

    /// Standard-normal quantile at level + (1 - level) / 2: 1.959964 for 95%.
    pub fn z(&self) -> f64 {
        self.z
    }

    /// Probability beyond each limit: 0.025 for 95%.
    pub fn tail(&self) -> f64 {
        (1.0 - self.level) / 2.0
    }
}

/// The `z` that a two-sided test at `alpha` asks for: 1.96 for 0.05; infinite at 0.
pub fn two_sided_z(alpha: f64) -> f64 {
    if alpha <= 0.0 { f64::INFINITY } else { SQRT_2 * erfc_inv(alpha.min(2.0)) }
}

/// Two-sided p-value of a standard-normal `z`.
pub fn two_sided_p(z: f64) -> f64 {
    erfc(z.abs() / SQRT_2)
}

/// Share of the standard normal distribution below `z`.
pub fn normal_cdf(z: f64) -> f64 {
    0.5 * erfc(-z / SQRT_2)
}

/// The `p` quantile of chi-squared with `freedom` degrees of freedom; 0 where there are none.
///
/// R's `qchisq(p, 0)` is 0 while most libraries refuse it, so the case is met here.
/// `None` when `p` is outside 0 to 1 or `freedom` is negative or not a number.
pub fn chi_squared_quantile(p: f64, freedom: f64) -> Option<f64> {
    if !(0.0..=1.0).contains(&p) || !freedom.is_finite() || freedom < 0.0 {
        return None;
    }
    if freedom == 0.0 {
        return Some(0.0);
    }
    if p == 1.0 {
        return Some(f64::INFINITY);
    }
    let law = ChiSquared::new(freedom).ok()?;
    Some(polished(law.inverse_cdf(p), p, |x| law.cdf(x), |x| law.pdf(x)))
}

/// Newton steps on the logarithms: `statrs` stops at an absolute 1e-9, which is coarse for quantiles near 0.
fn polished(start: f64, p: f64, cdf: impl Fn(f64) -> f64, pdf: impl Fn(f64) -> f64) -> f64 {
    let mut x = start;
    for _ in 0..8 {
        let below = cdf(x);
        let step = (below.ln() - p.ln()) * below / (x * pdf(x));
        let next = x * (-step).exp();
        if !(next > 0.0 && next.is_finite()) {
            return x;
        }
        x = next;
        if step.abs() < 1e-13 {
            break;
        }
    }
    x
}

/// Probability that chi-squared with one degree of freedom exceeds `x`.
pub fn chi_squared_p(x: f64) -> f64 {
    two_sided_p(x.max(0.0).sqrt())
}

/// The two-sided t quantile for `confidence` with `freedom` degrees of freedom; `None` below one degree.
pub fn t_quantile(confidence: Confidence, freedom: f64) -> Option<f64> {
    if freedom < 1.0 || confidence.tail() <= 0.0 {
        return None;
    }
    let law = StudentsT::new(0.0, 1.0, freedom).ok()?;
    let p = 1.0 - confidence.tail();
    Some(polished(law.inverse_cdf(p), p, |x| law.cdf(x), |x| law.pdf(x)))
}
