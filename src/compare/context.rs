//! What is compared, how deep, and against what register: what every part of a comparison needs.

use crate::area::Register;
use crate::comparator::{Average, Comparator};
use crate::period::Break;
use crate::pipeline::{Measure, Unit};
use crate::statistics::{Polarity, cohort};
use std::collections::BTreeMap;

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
    /// Whether the cases counted are independent of each other: plans of different children are, sessions missed by one are not.
    pub independent: bool,
    /// The smallest difference that matters, in the unit; a tenth of the distance between the quartiles unless declared.
    pub matters: Option<f64>,
}

impl Default for Subject {
    fn default() -> Subject {
        Subject {
            unit: Unit::Number,
            polarity: Polarity::None,
            minimum: cohort::MINIMUM_DENOMINATOR,
            independent: true,
            matters: None,
        }
    }
}

impl From<&Measure> for Subject {
    fn from(measure: &Measure) -> Subject {
        Subject {
            unit: measure.unit,
            polarity: measure.polarity(),
            minimum: measure.minimum_denominator.unwrap_or(cohort::MINIMUM_DENOMINATOR),
            independent: measure.independent,
            matters: measure.matters,
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
    /// Whether anybody is ranked at all: a council's own figures are not.
    pub ranked: bool,
    /// How the figure of several places is made where one authority at a time is compared; published comparisons have the mean.
    pub average: Average,
    /// The one breakdown to compare, as topic and breakdown; none compares all of them.
    pub only: Option<(String, String)>,
}
