//! Who is unusual among authorities: the funnel the product uses.
//!
//! In: numerators and denominators of all areas open in the period. Out: limits for a denominator, and an area's place.
//! Why: "beyond chance" (an interval) is one question, "unusual among authorities" another, and both are printed.
//! Method: Spiegelhalter's additive random effects (see `overdispersion`), at full-precision z, with limits made on
//! the transformed scale and turned back, so that they never leave the possible.

use super::funnel::FunnelLimits;
use super::overdispersion::{Dispersion, Scale, angle, dispersion, share};
use super::{Confidence, Interval};

/// Where an area stands in a funnel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Below the 99.8% limit.
    FarBelow,
    /// Below the 95% limit.
    Below,
    /// Within the limits, which count as within.
    Within,
    /// Above the 95% limit.
    Above,
    /// Above the 99.8% limit.
    FarAbove,
}

impl Place {
    /// The word in the tables.
    pub fn word(self) -> &'static str {
        match self {
            Place::FarBelow => "far below",
            Place::Below => "below",
            Place::Within => "within",
            Place::Above => "above",
            Place::FarAbove => "far above",
        }
    }

    /// The word of a table back to the place.
    pub fn from_word(word: &str) -> Option<Place> {
        [Place::FarBelow, Place::Below, Place::Within, Place::Above, Place::FarAbove]
            .into_iter()
            .find(|place| place.word() == word)
    }
}

/// A set of areas with its average and its between-area variation: answers "who is unusual".
///
/// Proportions on the arcsine scale; rates as observed over expected (population times average) on the root scale.
/// Winsorised at 10%. Limits are made on that scale and turned back, at full-precision z; tau squared is 0 where
/// chance explains the spread, and then these are plain limits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Funnel {
    /// Sum of numerators over sum of denominators.
    pub average: f64,
    /// phi and tau squared.
    pub dispersion: Dispersion,
    scale: Scale,
}

impl Funnel {
    /// Funnel of proportions, from the areas that have both figures; `None` with fewer than two.
    pub fn of_proportions(areas: &[Option<(f64, f64)>]) -> Option<Self> {
        Self::new(areas, Scale::Proportion)
    }

    /// Funnel of crude rates, from the areas that have both figures; `None` with fewer than two, or no events.
    pub fn of_rates(areas: &[Option<(f64, f64)>]) -> Option<Self> {
        Self::new(areas, Scale::RatioRoot)
    }

    fn new(areas: &[Option<(f64, f64)>], scale: Scale) -> Option<Self> {
        let (x, mut n): (Vec<f64>, Vec<f64>) = areas.iter().flatten().filter(|(_, n)| *n > 0.0).copied().unzip();
        let average = x.iter().sum::<f64>() / n.iter().sum::<f64>();
        if x.len() < 2 || !average.is_finite() || (scale == Scale::RatioRoot && average <= 0.0) {
            return None;
        }
        if scale == Scale::RatioRoot {
            n.iter_mut().for_each(|n| *n *= average);
        }
        Some(Self { average, dispersion: dispersion(&x, &n, scale, 0.1)?, scale })
    }

    /// Whether the areas vary more than chance explains.
    pub fn is_overdispersed(&self) -> bool {
        self.dispersion.tau2 > 0.0
    }

    /// Limits of the share, or of the rate per person, for a denominator; `None` for one not above 0.
    pub fn limits(&self, n: f64) -> Option<FunnelLimits> {
        let proportion = self.scale == Scale::Proportion;
        let size = if proportion { n } else { n * self.average };
        if size.is_nan() || size <= 0.0 {
            return None;
        }
        FunnelLimits::from(|c: Confidence| {
            let half = c.z() * (1.0 / (4.0 * size) + self.dispersion.tau2).sqrt();
            let at = |d: f64| {
                if proportion { share(angle(self.average) + d) } else { (1.0 + d).max(0.0).powi(2) * self.average }
            };
            Some(Interval { lower: at(-half), upper: at(half) })
        })
    }

    /// Where `x` of `n` stands; `None` for a denominator not above 0.
    pub fn place(&self, x: f64, n: f64) -> Option<Place> {
        let limits = self.limits(n)?;
        let value = x / n;
        Some(match value {
            v if v < limits.p998.lower => Place::FarBelow,
            v if v < limits.p95.lower => Place::Below,
            v if v > limits.p998.upper => Place::FarAbove,
            v if v > limits.p95.upper => Place::Above,
            _ => Place::Within,
        })
    }
}
