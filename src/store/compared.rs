//! The published comparisons of the measures at hand, looked up by measure and breakdown.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;

use super::Found;
use super::slice::Slice;
use crate::finding::Finding;
use crate::frame::Frame;
use crate::schema::{TOTAL, view};
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

/// The comparisons that were read.
pub struct Compared<'a> {
    columns: Columns<'a>,
    /// By codes of table, measure, topic and breakdown.
    slices: FxHashMap<[usize; 4], Rows>,
}

impl<'a> Compared<'a> {
    /// The columns that are read for it.
    pub const LAYOUT: crate::schema::Layout = Columns::LAYOUT;

    /// Looks the rows of `frame` up.
    ///
    /// # Errors
    /// A column is not there: a mistake in the program, said as a finding.
    pub fn of(frame: &'a Frame) -> Result<Compared<'a>, Finding> {
        let columns = Columns::of(frame)?;
        let mut slices: FxHashMap<[usize; 4], Rows> = FxHashMap::default();
        for row in 0..frame.height() {
            let key = [&columns.table, &columns.measure, &columns.topic, &columns.breakdown];
            let key = key.map(|words| words.codes.get(row));
            slices.entry(key).or_default().by.entry(columns.la.codes.get(row)).or_default().push(row as u32);
        }
        Ok(Compared { columns, slices })
    }

    /// One measure about one breakdown; empty where nothing was read of it.
    pub fn slice<'s>(&'s self, found: Found<'s>, topic: &str, breakdown: &str) -> Slice<'s> {
        let columns = &self.columns;
        let words = [
            (&columns.table, found.table),
            (&columns.measure, found.name),
            (&columns.topic, topic),
            (&columns.breakdown, breakdown),
        ];
        let mut key = [0; 4];
        let known = key
            .iter_mut()
            .zip(words)
            .all(|(slot, (column, word))| column.code(word).inspect(|code| *slot = *code).is_some());
        let rows = known.then(|| self.slices.get(&key)).flatten();
        let about = rows.map_or(("", ""), |_| (columns.topic.words[key[2]], columns.breakdown.words[key[3]]));
        Slice::new(found, about, columns, rows)
    }

    /// The measure as a whole; where a table has no figures of the whole, the part that is declared to stand for it.
    pub fn whole<'s>(&'s self, found: Found<'s>) -> Slice<'s> {
        let whole = self.slice(found, TOTAL, TOTAL);
        match found.measure.breakdown.split_once('=') {
            Some((topic, part)) if whole.periods().is_empty() => self.slice(found, topic.trim(), part.trim()),
            _ => whole,
        }
    }

    /// The breakdowns of a topic that anything was read of, in order.
    pub fn breakdowns(&self, found: &Found<'_>, topic: &str) -> Vec<&'a str> {
        let columns = &self.columns;
        let codes = [columns.table.code(found.table), columns.measure.code(found.name), columns.topic.code(topic)];
        let mut known: Vec<usize> = self
            .slices
            .keys()
            .filter(|key| codes.iter().zip(*key).all(|(wanted, code)| *wanted == Some(*code)))
            .map(|key| key[3])
            .collect();
        known.sort_unstable();
        known.into_iter().map(|code| columns.breakdown.words[code]).collect()
    }
}
