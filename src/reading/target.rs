//! A figure against its target: arithmetic, with the rating, and whether chance alone could explain a miss.

use crate::statistics::difference::Ratio;
use crate::statistics::quotient::Quotient;
use crate::statistics::target::{Target, TargetStatus};

/// Blue, green, amber or red.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Rating {
    /// Met in this period and the one before.
    Blue,
    /// Met.
    Green,
    /// Missed within the tolerance.
    Amber,
    /// Missed.
    Red,
}

/// Why a figure is not judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum NoTarget {
    /// None has been set, or it is to be confirmed.
    #[default]
    NotSet,
    /// The figure is watched: to improve, and no number is set.
    ToImprove,
    /// Its words cannot be read.
    NotUnderstood,
    /// There is no figure to judge.
    NoFigure,
}

/// A figure that was judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// What is asked.
    pub target: Target,
    /// The number asked for; none where the target is "above none".
    pub number: Option<f64>,
    /// How far off still counts as near.
    pub tolerance: f64,
    /// The rating.
    pub rating: Rating,
    /// Whether chance alone could explain a miss, by the figure's own interval.
    pub within_chance: bool,
}

/// What became of a target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Judgement {
    /// It was judged.
    Judged(Judged),
    /// It was not, and why.
    None(NoTarget),
}

impl Default for Judgement {
    fn default() -> Judgement {
        Judgement::None(NoTarget::default())
    }
}

impl Judgement {
    /// From the status of this period and of the one before.
    pub fn of(
        target: Option<Target>,
        tolerance: f64,
        (status, before): (TargetStatus, TargetStatus),
        counts: Option<(Quotient, Ratio)>,
    ) -> Judgement {
        let rating = match (status, before) {
            (TargetStatus::Achieved, TargetStatus::Achieved) => Rating::Blue,
            (TargetStatus::Achieved, _) => Rating::Green,
            (TargetStatus::WithinTolerance, _) => Rating::Amber,
            (TargetStatus::Missed, _) => Rating::Red,
            (TargetStatus::NotJudged, _) => return Judgement::None(unjudged(target)),
        };
        let Some(target) = target else { return Judgement::None(NoTarget::NotUnderstood) };
        let number = match target {
            Target::Number(number) | Target::Benchmark(Some(number)) => Some(number),
            Target::Zero => Some(0.0),
            _ => None,
        };
        let range = counts.and_then(|(quotient, ratio)| quotient.interval(ratio));
        let chance = number.zip(range).is_some_and(|(number, range)| range.contains(number));
        let within_chance = chance && matches!(rating, Rating::Amber | Rating::Red);
        Judgement::Judged(Judged { target, number, tolerance, rating, within_chance })
    }
}

fn unjudged(target: Option<Target>) -> NoTarget {
    match target {
        None => NoTarget::NotUnderstood,
        Some(Target::TrendOnly) => NoTarget::ToImprove,
        Some(Target::ToBeConfirmed) => NoTarget::NotSet,
        Some(_) => NoTarget::NoFigure,
    }
}
