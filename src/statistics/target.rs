//! Targets of many kinds: what is asked, whether it is met, and which way is good.
//!
//! In: a target, an aim, a tolerance, the latest and the previous value. Out: a status and a direction of travel.
//! Why: council plans mix numbers, "national average", "zero", "above zero", "trend only" and "to be confirmed", with
//! bigger, smaller or plan is best. What cannot be judged says so; it is never silently missed.

use super::Polarity;

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// A number, in the measure's unit.
    Number(f64),
    /// A number that is not enough itself: `below 5`.
    Beyond(f64),
    /// Exactly none.
    Zero,
    /// Anything more than none.
    AboveZero,
    /// The figure of England, a region or the neighbours, passed in; `None` where it is not published.
    Benchmark(Option<f64>),
    /// Watched, not judged.
    TrendOnly,
    /// Not set yet.
    ToBeConfirmed,
}

/// Which way is good against a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aim {
    /// Bigger is better: at least the target.
    Bigger,
    /// Smaller is better: at most the target.
    Smaller,
    /// Plan is best: as near the target as possible, either way.
    Plan,
}

impl Aim {
    /// The aim that a polarity stands for; without polarity the plan is best.
    pub fn from_polarity(polarity: Polarity) -> Self {
        match polarity {
            Polarity::High => Self::Bigger,
            Polarity::Low => Self::Smaller,
            Polarity::None => Self::Plan,
        }
    }

    /// The arrow that says which way is good.
    pub fn arrow(self) -> char {
        match self {
            Self::Bigger => '▲',
            Self::Smaller => '▼',
            Self::Plan => '◆',
        }
    }
}

/// Whether a target is met.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum TargetStatus {
    /// Met, meeting it exactly included.
    Achieved,
    /// Not met, but no further off than the tolerance.
    WithinTolerance,
    /// Not met.
    Missed,
    /// Not judged: no value, no target, or a target that is only watched.
    #[default]
    NotJudged,
}

impl TargetStatus {
    /// The status in words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Achieved => "achieved",
            Self::WithinTolerance => "within tolerance",
            Self::Missed => "missed",
            Self::NotJudged => "not judged",
        }
    }

    /// The colour of a BRAG rating in words, given the status one period before: blue where the target was met then
    /// and now.
    pub fn colour(self, before: Self) -> &'static str {
        match (self, before) {
            (Self::Achieved, Self::Achieved) => "blue",
            (Self::Achieved, _) => "green",
            (Self::WithinTolerance, _) => "amber",
            (Self::Missed, _) => "red",
            (Self::NotJudged, _) => "not rated",
        }
    }
}

/// Judges `value` against a target; `tolerance` is absolute, in the measure's unit (negative counts as 0).
///
/// "Zero" is met by exactly 0 whatever the aim, "above zero" by anything more than 0, and neither looks at the aim.
pub fn judge(value: Option<f64>, target: Target, aim: Aim, tolerance: f64) -> TargetStatus {
    let Some(value) = value.filter(|v| v.is_finite()) else {
        return TargetStatus::NotJudged;
    };
    let shortfall = match target {
        Target::Number(t) | Target::Beyond(t) | Target::Benchmark(Some(t)) => shortfall(value, t, aim),
        Target::Zero => value.abs(),
        Target::AboveZero => return above_zero(value),
        Target::Benchmark(None) | Target::TrendOnly | Target::ToBeConfirmed => {
            return TargetStatus::NotJudged;
        }
    };
    let slack = 1e-9 * value.abs().max(1.0);
    let strict = matches!(target, Target::Beyond(_));
    match shortfall {
        s if s < -slack || (s <= slack && !strict) => TargetStatus::Achieved,
        s if tolerance > 0.0 && s <= tolerance + slack => TargetStatus::WithinTolerance,
        _ => TargetStatus::Missed,
    }
}

fn above_zero(value: f64) -> TargetStatus {
    if value > 0.0 { TargetStatus::Achieved } else { TargetStatus::Missed }
}

/// How far the value is on the wrong side of the target; 0 or less when it is met.
fn shortfall(value: f64, target: f64, aim: Aim) -> f64 {
    match aim {
        Aim::Bigger => target - value,
        Aim::Smaller => value - target,
        Aim::Plan => (value - target).abs(),
    }
}

/// Direction of travel from the previous true period to the latest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Travel {
    /// Moved the good way.
    Improving,
    /// Moved the wrong way.
    Worsening,
    /// Did not move.
    Unchanged,
    /// A figure is missing, or plan is best and there is no number to be near.
    Unknown,
}

/// Direction of travel; with plan is best, nearer the target is improving.
pub fn travel(latest: Option<f64>, previous: Option<f64>, target: Target, aim: Aim) -> Travel {
    let (Some(latest), Some(previous)) = (latest, previous) else {
        return Travel::Unknown;
    };
    let gain = match (aim, target) {
        (Aim::Bigger, _) => latest - previous,
        (Aim::Smaller, _) => previous - latest,
        (Aim::Plan, Target::Number(t) | Target::Beyond(t) | Target::Benchmark(Some(t))) => {
            (previous - t).abs() - (latest - t).abs()
        }
        (Aim::Plan, Target::Zero) => previous.abs() - latest.abs(),
        (Aim::Plan, _) => return Travel::Unknown,
    };
    match gain {
        g if g > 0.0 => Travel::Improving,
        g if g < 0.0 => Travel::Worsening,
        _ => Travel::Unchanged,
    }
}
