//! Small cohorts: below a stated denominator no comparison word is used.
//!
//! In: a denominator and the minimum. Out: whether to compare, and the wording to use.
//! Why: one child in a cohort of twelve moves the rate by eight points; the figure is shown, the word is not.

use super::Polarity;
use super::benchmark::Wording;

/// The denominator below which no comparison word is given, unless a pipeline says otherwise. Ranks and bands keep
/// every published figure, as LAIT's do, unless a minimum for them is asked for.
pub const MINIMUM_DENOMINATOR: f64 = 30.0;

/// Whether a cohort is large enough to compare: the denominator is known and at least `minimum`.
pub fn is_comparable(denominator: Option<f64>, minimum: f64) -> bool {
    denominator.is_some_and(|n| n >= minimum)
}

/// The wording for a cohort: by polarity, or silent below the minimum.
pub fn wording(denominator: Option<f64>, minimum: f64, polarity: Polarity) -> Wording {
    if is_comparable(denominator, minimum) { Wording::By(polarity) } else { Wording::Silent }
}

/// How many points one person more or less moves a percentage; `None` for a denominator not above 0.
pub fn points_per_person(denominator: f64) -> Option<f64> {
    (denominator > 0.0).then(|| 100.0 / denominator)
}
