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
    /// It asks for the other side than the aim.
    Contrary,
    /// It is another's figure, and that is not known.
    NoBenchmark,
    /// A check doubts the figure.
    Doubted,
    /// There is no figure to judge.
    NoFigure,
}

/// Whose average a target is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Whose {
    /// England's.
    England,
    /// The region's.
    Region,
    /// The statistical neighbours'.
    Neighbours,
}

/// A figure that was judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// What is asked.
    pub target: Target,
    /// Whose average that is, where it is one.
    pub whose: Option<Whose>,
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
            Target::Number(number) | Target::Beyond(number) | Target::Benchmark(Some(number)) => Some(number),
            Target::Zero => Some(0.0),
            _ => None,
        };
        let range = counts.and_then(|(quotient, ratio)| quotient.interval(ratio));
        let chance = number.zip(range).is_some_and(|(number, range)| range.contains(number));
        let within_chance = chance && matches!(rating, Rating::Amber | Rating::Red);
        let whose = matches!(target, Target::Benchmark(_)).then_some(Whose::England);
        Judgement::Judged(Judged { target, whose, number, tolerance, rating, within_chance })
    }

    /// The same where the target is the average of `whose`.
    pub fn of_average(self, whose: Option<Whose>) -> Judgement {
        match self {
            Judgement::Judged(judged) if judged.whose.is_some() => {
                Judgement::Judged(Judged { whose: whose.or(judged.whose), ..judged })
            }
            other => other,
        }
    }

    /// The rating, where it was judged.
    pub fn rating(&self) -> Option<Rating> {
        match self {
            Judgement::Judged(judged) => Some(judged.rating),
            Judgement::None(_) => None,
        }
    }
}

fn unjudged(target: Option<Target>) -> NoTarget {
    match target {
        None => NoTarget::NotUnderstood,
        Some(Target::TrendOnly) => NoTarget::ToImprove,
        Some(Target::ToBeConfirmed) => NoTarget::NotSet,
        Some(Target::Benchmark(None)) => NoTarget::NoBenchmark,
        Some(_) => NoTarget::NoFigure,
    }
}
