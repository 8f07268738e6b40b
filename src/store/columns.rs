//! The columns of the comparisons that people are shown, and the rows of one measure among them.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use crate::schema::view;
use crate::series::When;

view! {
    /// The columns of the comparisons that people are shown.
    pub(super) struct Columns with periods {
        table: Words Table,
        measure: Words Measure,
        topic: Words BreakdownTopic,
        breakdown: Words Breakdown,
        la: Words LaCode,
        area: Words AreaName,
        comparator: Words Comparator,
        comparator_name: Words ComparatorName,
        value: Numbers Value,
        status: Words Status,
        numerator: Numbers Numerator,
        denominator: Numbers Denominator,
        lower: Numbers Lower,
        upper: Numbers Upper,
        comparator_value: Numbers ComparatorValue,
        comparator_status: Words ComparatorStatus,
        average: Words Average,
        used: Smalls Used,
        members: Smalls Members,
        beyond: Words BeyondChance,
        rank: Smalls Rank,
        out_of: Smalls OutOf,
        rank_lower: Smalls RankLower,
        rank_upper: Smalls RankUpper,
        band: Words Band,
        certain: Words BandCertain,
        unusual: Words Unusual,
        trend: Words Trend,
        median: Numbers Median,
        pooled: Numbers Pooled,
        without_lower: Numbers WithoutOneLower,
        without_upper: Numbers WithoutOneUpper,
        flips: Words Flips,
        change: Numbers Change,
        change_note: Words ChangeNote,
    }
}

impl<'a> Columns<'a> {
    /// The period of a row.
    pub fn when(&self, row: usize) -> When<'a> {
        let (code, identifier) = self.periods.words(row);
        When { key: self.periods.key(row), code, identifier }
    }
}

/// The rows of one measure about one breakdown.
#[derive(Default)]
pub(super) struct Rows {
    /// Those of an authority, by the code of its word.
    pub by: FxHashMap<usize, Vec<u32>>,
    /// One of each period in order of time, once somebody asked.
    periods: OnceLock<Vec<u32>>,
}

impl Rows {
    /// Their periods in order of time.
    pub fn periods<'a>(&self, columns: &Columns<'a>) -> Vec<When<'a>> {
        let periods = self.periods.get_or_init(|| {
            let all = self.by.values().flatten();
            let whens: BTreeMap<When<'_>, u32> = all.map(|&row| (columns.when(row as usize), row)).collect();
            whens.into_values().collect()
        });
        periods.iter().map(|&row| columns.when(row as usize)).collect()
    }
}
