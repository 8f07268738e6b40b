//! Which chart is wanted, with every name looked up, and what became of it.

use super::comparators::Comparators;
use crate::area::LaCode;
use crate::chart::Chart;
use crate::finding::Error;
use crate::report::ChartKind;
use crate::store::Found;

/// A chart that somebody wants.
#[derive(Clone)]
pub struct Wanted<'a> {
    /// The kind of chart.
    pub kind: ChartKind,
    /// The measures; several for spine, scorecard, stacked and dumbbell.
    pub measures: Vec<Found<'a>>,
    /// The authority.
    pub authority: LaCode,
    /// Who stands beside it.
    pub comparators: Comparators,
    /// The period, by its words; the latest unless said.
    pub period: Option<&'a str>,
    /// Whether figures are written as the pages of a paper write them.
    pub prose: bool,
    /// The breakdown, as `topic=breakdown`; for stacked a topic, or `topic=A;B` with `*` for anything.
    pub breakdown: Option<&'a str>,
}

impl Wanted<'_> {
    /// The names of the measures, as the command line takes them.
    pub fn names(&self) -> String {
        self.measures.iter().map(|found| found.name).collect::<Vec<_>>().join(",")
    }
}

/// What became of it.
pub enum Drawn {
    /// The chart.
    Chart(Box<Chart>),
    /// These figures cannot be shown so: why, and what may help.
    Nothing(Error),
}

impl From<Chart> for Drawn {
    fn from(chart: Chart) -> Drawn {
        Drawn::Chart(Box::new(chart))
    }
}
