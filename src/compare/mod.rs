//! Observations to comparisons: one row an authority, measure, period, breakdown and comparator.
//!
//! A comparison says which authorities, which average, how many had data, how certain and how unusual. Only the
//! latest figure of each period is compared, and only authorities that were open at the period's end.

mod against;
mod change;
mod detail;
mod emit;
mod groups;
mod judge;
mod rows;
mod sets;
mod side;
mod words;

use std::collections::BTreeMap;

use crate::area::{LaCode, Register};
use crate::period::Break;
use crate::pipeline::{Measure, Unit};
use crate::statistics::{Polarity, cohort};

pub use emit::Comparison;
pub use judge::interval;
pub use side::{Against, Figure, Moment, Standing};

/// What an authority is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// England as published.
    England,
    /// The authority's own region as published (Inner or Outer London where the release has no London).
    Region,
    /// The plain mean of its statistical neighbours of the newest set, which is that year's, itself left out.
    Neighbours(u16),
    /// The same of the set of that year, named with its year.
    NeighboursOf(u16),
    /// The plain mean of the other members of a group, by key.
    Group(String),
    /// One authority as published.
    Authority(LaCode),
}

impl Comparator {
    /// The word on the command line and in the tables.
    pub fn key(&self) -> String {
        match self {
            Comparator::England => "england".to_owned(),
            Comparator::Region => "region".to_owned(),
            Comparator::Neighbours(_) => "neighbours".to_owned(),
            Comparator::NeighboursOf(year) => format!("neighbours-{year}"),
            Comparator::Group(key) => key.clone(),
            Comparator::Authority(code) => code.to_string(),
        }
    }

    /// Whether its figure is one that a publisher prints, not one made of several.
    pub fn is_published(&self) -> bool {
        matches!(self, Comparator::England | Comparator::Region | Comparator::Authority(_))
    }
}

/// How much is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Figures of the comparators, rank and change.
    Figures,
    /// Also intervals, bands, funnel, rank intervals and trend, for the whole; figures for the other breakdowns.
    Whole,
    /// All of it for every breakdown.
    Full,
}

/// What has to be known of a measure to compare it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Subject {
    /// Its unit.
    pub unit: Unit,
    /// Which way is good.
    pub polarity: Polarity,
    /// The denominator below which no comparison word is used.
    pub minimum: f64,
}

impl Default for Subject {
    fn default() -> Subject {
        Subject { unit: Unit::Number, polarity: Polarity::None, minimum: cohort::MINIMUM_DENOMINATOR }
    }
}

impl From<&Measure> for Subject {
    fn from(measure: &Measure) -> Subject {
        Subject {
            unit: measure.unit,
            polarity: measure.polarity(),
            minimum: measure.minimum_denominator.unwrap_or(cohort::MINIMUM_DENOMINATOR),
        }
    }
}

/// What a comparison needs besides the observations.
pub struct Context<'a> {
    /// Authorities, regions, groups and neighbours.
    pub register: &'a Register,
    /// The measures of the table.
    pub measures: BTreeMap<String, Subject>,
    /// `Topic=breakdown` that stands for a measure where it has no total.
    pub stand_ins: BTreeMap<String, String>,
    /// Declared breaks of its series.
    pub breaks: &'a [Break],
    /// What to compare with.
    pub comparators: &'a [Comparator],
    /// How much to work out.
    pub depth: Depth,
    /// The denominator below which an authority is in no rank and no band; none ranks every figure, as LAIT does.
    pub rank_minimum: Option<f64>,
    /// The one breakdown to compare, as topic and breakdown; none compares all of them.
    pub only: Option<(String, String)>,
}
