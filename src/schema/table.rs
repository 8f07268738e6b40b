//! The tables: which columns each has, in the order in which they are published.

use super::column::*;
use crate::frame::{About, Declared};

/// The columns of a table, in order.
#[derive(Clone, Copy, Debug)]
pub struct Layout(pub &'static [About]);

impl Layout {
    /// The names of the columns: the head of a CSV file.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        self.0.iter().map(|about| about.name)
    }
}

macro_rules! layout {
    ($($column:ident)+) => { Layout(&[$(<$column as Declared>::ABOUT,)+]) };
}

/// Observations: one row a figure in a release, with the cell it was read from.
pub const OBSERVATIONS: Layout = layout![
    Table Release Latest Period PeriodIdentifier PeriodStart PeriodEnd PeriodLength Level LaCode OnsCode AreaName BreakdownTopic
    Breakdown Measure Value Numerator Denominator Unit Status Raw File Sheet Row Column
];

/// What of an observation says which figure it is and what it says, without where it was read.
pub const FIGURES: Layout = layout![
    Release Latest Period PeriodIdentifier PeriodEnd PeriodLength Level LaCode OnsCode AreaName BreakdownTopic Breakdown
    Measure Value Status
];

/// Comparisons: one row an authority, measure, period, breakdown and comparator.
pub const COMPARISONS: Layout = layout![
    Table Measure Period PeriodIdentifier PeriodEnd PeriodLength BreakdownTopic Breakdown LaCode AreaName Comparator ComparatorName
    Value Status Numerator Denominator ComparatorValue ComparatorStatus Average Used Members Rank OutOf Change
    ChangeNote Unit Polarity Lower Upper BeyondChance Unusual RankLower RankUpper Band BandCertain Trend Median Pooled
    WithoutOneLower WithoutOneUpper Flips
];

/// Rows that were refused.
pub const QUARANTINE: Layout = layout![Table Release File Sheet Row Column Cell Text Rule Message Help Rows];

/// What stands in every column of every table.
pub const DICTIONARY: Layout =
    layout![DescribedTable DescribedColumn DescribedType Label Definition DescribedUnit DescribedRows];

/// What was found in the data.
pub const FINDINGS: Layout = layout![Severity Code Table Release File Sheet Row Column Message Help];

/// Observations without their release, which the path of a partition says.
pub const OF_A_RELEASE: Layout = layout![
    Table Latest Period PeriodIdentifier PeriodStart PeriodEnd PeriodLength Level LaCode OnsCode AreaName BreakdownTopic
    Breakdown Measure Value Numerator Denominator Unit Status Raw File Sheet Row Column
];

/// The facts of the star schema: one row a figure, the newest of each.
pub const STAR_FACTS: Layout = layout![
    AreaKey PeriodNumber MeasureKey BreakdownKey Release Value Numerator Denominator Status
];

/// The areas of the star schema.
pub const STAR_AREAS: Layout = layout![AreaKey Level LaCode OnsCode AreaName RegionName];

/// The periods of the star schema.
pub const STAR_PERIODS: Layout = layout![PeriodNumber Period PeriodIdentifier PeriodStart PeriodEnd PeriodLength];

/// The measures of the star schema.
pub const STAR_MEASURES: Layout = layout![
    MeasureKey Table TableTitle Measure MeasureLabel MeasureDefinition MeasureTopic Unit Polarity Reads SourceWords Licence
];

/// The breakdowns of the star schema.
pub const STAR_BREAKDOWNS: Layout = layout![BreakdownKey BreakdownTopic Breakdown];
