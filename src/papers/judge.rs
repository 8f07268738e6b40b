//! A figure against what a council asks of it: the words of the return or of the targets file, and what became of it.
//!
//! In: a figure, the averages it may be held against, the council's words. Out: a `Judgement` of the reading, for own figures and
//! published ones alike.

use crate::pipeline::Unit;
use crate::reading::{Judgement, NoTarget, Seen, Whose};
use crate::statistics::Polarity;
use crate::statistics::difference::Ratio;
use crate::statistics::quotient::Quotient;
use crate::statistics::target::{Aim, Target, TargetStatus, judge};
use crate::store::measure;
use crate::targets::{TargetRow, aim, average_of, target, tolerance};

use super::choose::Chosen;

/// What is asked of a figure, in the council's words; empty where nothing is said.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The target.
    pub target: String,
    /// Which way is good.
    pub aim: String,
    /// How far off still counts as near.
    pub tolerance: String,
    /// Who answers for it.
    pub owner: String,
    /// The council's own number of it.
    pub reference: String,
    /// The priority that it belongs to.
    pub priority: String,
    /// Where it stands in the council's own order.
    pub order: u32,
}

impl Asked {
    /// A row of the targets file.
    pub fn of(row: &TargetRow) -> Asked {
        Asked {
            target: row.target.clone(),
            aim: row.aim.clone(),
            tolerance: row.tolerance.clone(),
            owner: row.owner.clone(),
            reference: row.reference.clone(),
            priority: row.priority.clone(),
            order: row.place.row.unwrap_or_default(),
        }
    }

    /// Whether the target asks for the other side than the aim.
    pub fn is_contrary(&self, polarity: Polarity) -> bool {
        aim(&self.aim, &self.target, polarity).is_none()
    }

    /// Which way is good; by the polarity where target and aim contradict each other.
    pub fn aim(&self, polarity: Polarity) -> Aim {
        aim(&self.aim, &self.target, polarity).unwrap_or(Aim::from_polarity(polarity))
    }
}

/// The averages that a target may be.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside {
    /// England's.
    pub england: Option<f64>,
    /// The region's.
    pub region: Option<f64>,
    /// The statistical neighbours'.
    pub neighbours: Option<f64>,
}

/// A figure as far as judging needs it.
pub struct JudgedFigure {
    value: Option<f64>,
    doubted: bool,
    counts: Option<(Quotient, Ratio)>,
    unit: Option<Unit>,
    polarity: Polarity,
    beside: Beside,
    before: TargetStatus,
}

impl JudgedFigure {
    /// A figure of a measure, with nothing beside it.
    pub fn new(chosen: &Chosen<'_>, seen: &Seen) -> JudgedFigure {
        let measure = measure(&chosen.found(), "");
        let ratio = seen.counts().map(|(x, n)| Ratio { x, n });
        JudgedFigure {
            value: seen.value,
            doubted: seen.is_doubted(),
            counts: measure.quotient().zip(ratio),
            unit: Unit::from_word(&chosen.measure.unit),
            polarity: measure.polarity,
            beside: Beside::default(),
            before: TargetStatus::NotJudged,
        }
    }

    /// The same with the averages that a target may be.
    pub fn beside(self, beside: Beside) -> JudgedFigure {
        JudgedFigure { beside, ..self }
    }

    /// The same after a figure that stood so against the target of its own period.
    pub fn after(self, before: TargetStatus) -> JudgedFigure {
        JudgedFigure { before, ..self }
    }

    /// The target as read; none where its words are not understood.
    fn target(&self, asked: &Asked) -> Option<Target> {
        target(&asked.target, self.unit, &|word: &str| match word {
            "neighbour" => self.beside.neighbours,
            "region" => self.beside.region,
            _ => self.beside.england,
        })
    }

    /// Whether the target is met; not judged where there is none or its words are not understood.
    pub fn status(&self, asked: &Asked) -> TargetStatus {
        let aim = aim(&asked.aim, &asked.target, self.polarity);
        match (self.target(asked), aim, tolerance(&asked.tolerance)) {
            (Some(target), Some(aim), Some(tolerance)) if !self.doubted => judge(self.value, target, aim, tolerance),
            _ => TargetStatus::NotJudged,
        }
    }
}

/// What became of the target.
pub fn judgement(figure: &JudgedFigure, asked: &Asked) -> Judgement {
    let none = |why| Judgement::None(why);
    if asked.target.is_empty() {
        return none(NoTarget::NotSet);
    }
    let Some(tolerance) = tolerance(&asked.tolerance) else { return none(NoTarget::NotUnderstood) };
    if asked.is_contrary(figure.polarity) {
        return none(NoTarget::Contrary);
    }
    if figure.doubted && figure.value.is_some() {
        return none(NoTarget::Doubted);
    }
    let whose = average_of(&asked.target).map(|word| match word {
        "neighbour" => Whose::Neighbours,
        "region" => Whose::Region,
        _ => Whose::England,
    });
    let statuses = (figure.status(asked), figure.before);
    Judgement::of(figure.target(asked), tolerance, statuses, figure.counts).of_average(whose)
}
