//! What may be said of one figure, as one value.

use super::against::Against;
use super::against::Whom;
use super::caveat::Caveat;
use super::change::Change;
use super::history::History;
use super::level::Level;
use super::measure::Measure;
use super::months::Month;
use super::place::Place;
use super::target::Judgement;
use super::when::When;
use crate::statistics::unusual;
use chrono::NaiveDate;

/// Figures are old that end so many days before the newest: a year for the next period to end, and eighteen months for it to be
/// published.
const OLD: i64 = 915;

/// Whether figures are as new as could be expected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Age {
    /// They are.
    #[default]
    Fresh,
    /// Newer ones have probably been published.
    Stale,
}

impl Age {
    /// The age of a figure whose period ends on `end`, where the newest figures to hand end on `newest`.
    pub fn of(end: NaiveDate, newest: Option<NaiveDate>) -> Age {
        let is_old = newest.is_some_and(|newest| (newest - end).num_days() > OLD);
        if is_old { Age::Stale } else { Age::Fresh }
    }
}

/// What may be said of one figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What is measured.
    pub measure: Measure,
    /// The authority's name.
    pub who: String,
    /// When.
    pub period: When,
    /// Whether newer figures have probably been published.
    pub age: Age,
    /// The figure.
    pub level: Level,
    /// Against each comparator.
    pub against: Vec<Against>,
    /// Against the year before.
    pub change: Change,
    /// Over several years.
    pub history: History,
    /// Upper less lower quartile of all authorities.
    pub spread: Option<f64>,
    /// Among all authorities.
    pub place: Place,
    /// Whether it is unusual among all authorities, by the funnel.
    pub unusual: Option<unusual::Place>,
    /// What a run of months shows.
    pub month: Option<Month>,
    /// Against its target.
    pub target: Judgement,
    /// What a reader must know.
    pub caveats: Vec<Caveat>,
    /// The ids of the figures.
    pub cells: Vec<String>,
}

impl Reading {
    /// The same reading with the places of figures on the pages of a paper.
    pub fn in_prose(mut self) -> Reading {
        let england = self.england().and_then(|england| england.value);
        self.measure.places = self.measure.prose_places(england, self.level.value());
        self
    }

    /// Against England, where it is set beside it.
    pub fn england(&self) -> Option<&Against> {
        self.against.iter().find(|against| against.whom == Whom::England)
    }

    /// Against the statistical neighbours.
    pub fn neighbours(&self) -> Option<&Against> {
        self.against.iter().find(|against| matches!(against.whom, Whom::Neighbours(_)))
    }
}
