//! Observations to comparisons: one row an authority, measure, period, breakdown and comparator.
//!
//! A comparison says which authorities, which average, how many had data, how certain and how unusual. Only the
//! latest figure of each period is compared, and only authorities that were open at the period's end.

mod change;
mod emit;
mod groups;
mod judge;
mod sets;

use std::collections::BTreeMap;

use crate::area::Register;
use crate::pipeline::{Break, Measure};

pub use emit::Comparison;

/// What an authority is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparator {
    /// England as published.
    England,
    /// The authority's own region as published (Inner or Outer London where the release has no London).
    Region,
    /// The plain mean of its statistical neighbours of the set of that year, itself left out.
    Neighbours(u16),
    /// The plain mean of the other members of a group, by key.
    Group(String),
}

impl Comparator {
    /// The word on the command line and in the tables.
    pub fn key(&self) -> String {
        match self {
            Comparator::England => "england".to_owned(),
            Comparator::Region => "region".to_owned(),
            Comparator::Neighbours(_) => "neighbours".to_owned(),
            Comparator::Group(key) => key.clone(),
        }
    }
}

/// How much is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Figures of the comparators, rank and change.
    Figures,
    /// Also intervals, bands, funnel, rank intervals and trend.
    Full,
}

/// What a comparison needs besides the observations.
pub struct Context<'a> {
    /// Authorities, regions, groups and neighbours.
    pub register: &'a Register,
    /// The measures of the table.
    pub measures: &'a BTreeMap<String, Measure>,
    /// Declared breaks of its series.
    pub breaks: &'a [Break],
    /// What to compare with.
    pub comparators: &'a [Comparator],
    /// How much to work out.
    pub depth: Depth,
}
