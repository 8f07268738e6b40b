//! The rows of a slice, column by column: what holds for a whole group is filled, what does not depend on the
//! comparator is repeated for each, and only the rest is written row by row.

use polars::prelude::Column;

use super::against::{Against, Alternatives};
use super::words::{self, Vocabulary};
use crate::finding::Finding;
use crate::frame::{CodeSlice, Coded, Codes, Declared, Frame, kind};
use crate::schema::column;

/// The coded columns of the observations.
pub(super) struct Sources<'a> {
    pub table: Coded<'a>,
    /// Measure, period, identifier, topic and breakdown, in the order of a group's key.
    pub keys: [Coded<'a>; 5],
    pub la: Coded<'a>,
    pub name: Coded<'a>,
    pub status: Coded<'a>,
}

impl<'a> Sources<'a> {
    pub fn of(frame: &'a Frame) -> Result<Sources<'a>, Finding> {
        Ok(Sources {
            table: frame.get(column::Table)?,
            keys: [
                frame.get(column::Measure)?,
                frame.get(column::Period)?,
                frame.get(column::PeriodIdentifier)?,
                frame.get(column::BreakdownTopic)?,
                frame.get(column::Breakdown)?,
            ],
            la: frame.get(column::LaCode)?,
            name: frame.get(column::AreaName)?,
            status: frame.get(column::Status)?,
        })
    }
}

/// A column of codes over words that are known beforehand.
pub(super) struct Coding {
    words: Vec<String>,
    codes: Codes,
}

impl Coding {
    fn new<W: AsRef<str>>(words: &[W], rows: usize) -> Coding {
        let words: Vec<String> = words.iter().map(|word| word.as_ref().to_owned()).collect();
        Coding { codes: Codes::with_capacity(words.len(), rows), words }
    }

    pub fn fill(&mut self, code: u32, count: usize) {
        self.codes.fill(code, count);
    }

    pub fn tile(&mut self, codes: &[u32], times: usize) {
        self.codes.tile(codes, times);
    }

    /// Adds what each of `rows` has in a column of the observations over the same words, `times` times over; `codes` is room to
    /// work in.
    pub fn gather(&mut self, source: &CodeSlice<'_>, rows: &[u32], times: usize, codes: &mut Vec<u32>) {
        if self.words.len() == 1 {
            return self.codes.fill(0, rows.len() * times);
        }
        source.gather(rows, codes);
        self.codes.tile(codes, times);
    }

    fn column(self, column: impl Declared<Kind = kind::Words>) -> Result<Column, Finding> {
        column.holding((self.codes, &self.words))
    }
}

/// The columns of the first layer.
pub(super) struct Rows {
    pub table: Coding,
    pub keys: [Coding; 5],
    pub ends: Vec<i32>,
    pub length: Coding,
    pub la: Coding,
    pub name: Coding,
    pub comparator: Coding,
    pub comparator_name: Coding,
    /// Value, numerator, denominator and change.
    pub figures: [Vec<f64>; 4],
    pub status: Coding,
    pub comparator_value: Vec<f64>,
    pub comparator_status: Coding,
    pub average: Coding,
    pub used: Vec<u16>,
    pub members: Vec<u16>,
    pub rank: Vec<u16>,
    pub out_of: Vec<u16>,
    pub change_note: Coding,
    pub unit: Coding,
    pub polarity: Coding,
    pub second: Option<Second>,
}

/// The columns of the second layer.
pub(super) struct Second {
    /// Lower and upper limit.
    pub limits: [Vec<f64>; 2],
    pub beyond: Coding,
    pub unusual: Coding,
    pub rank_limits: [Vec<u16>; 2],
    pub band: Coding,
    pub certain: Coding,
    pub trend: Coding,
    /// Median, pooled, and the lowest and highest mean without one member.
    pub averages: [Vec<f64>; 4],
    pub flips: Coding,
}

/// Adds `values` `times` times over.
pub(super) fn tile<T: Copy>(column: &mut Vec<T>, values: &[T], times: usize) {
    for _ in 0..times {
        column.extend_from_slice(values);
    }
}

impl Rows {
    /// Room for `rows` rows.
    pub fn new(sources: &Sources<'_>, vocabulary: &Vocabulary, rows: usize, full: bool) -> Rows {
        Rows {
            table: Coding::new(&sources.table.words, rows),
            keys: sources.keys.each_ref().map(|coded| Coding::new(&coded.words, rows)),
            ends: Vec::with_capacity(rows),
            length: Coding::new(&vocabulary.lengths.words, rows),
            la: Coding::new(&sources.la.words, rows),
            name: Coding::new(&sources.name.words, rows),
            comparator: Coding::new(&vocabulary.comparators.words, rows),
            comparator_name: Coding::new(&vocabulary.names.words, rows),
            figures: std::array::from_fn(|_| Vec::with_capacity(rows)),
            status: Coding::new(&vocabulary.status, rows),
            comparator_value: Vec::with_capacity(rows),
            comparator_status: Coding::new(&vocabulary.status, rows),
            average: Coding::new(&words::AVERAGES, rows),
            used: Vec::with_capacity(rows),
            members: Vec::with_capacity(rows),
            rank: Vec::with_capacity(rows),
            out_of: Vec::with_capacity(rows),
            change_note: Coding::new(&vocabulary.notes.words, rows),
            unit: Coding::new(&vocabulary.units.words, rows),
            polarity: Coding::new(&vocabulary.polarities.words, rows),
            second: full.then(|| Second::new(rows)),
        }
    }

    /// Adds what a comparator says to several rows.
    pub fn add(&mut self, against: &[Against]) {
        self.comparator_value.extend(against.iter().map(|against| against.value));
        self.used.extend(against.iter().map(|against| against.used));
        self.members.extend(against.iter().map(|against| against.members));
    }

    /// The columns as a frame, in their published order.
    pub fn frame(self) -> Result<Frame, Finding> {
        let [measure, period, identifier, topic, breakdown] = self.keys;
        let [value, numerator, denominator, change] = self.figures;
        let mut columns = vec![
            self.table.column(column::Table)?,
            measure.column(column::Measure)?,
            period.column(column::Period)?,
            identifier.column(column::PeriodIdentifier)?,
            column::PeriodEnd.holding(self.ends)?,
            self.length.column(column::PeriodLength)?,
            topic.column(column::BreakdownTopic)?,
            breakdown.column(column::Breakdown)?,
            self.la.column(column::LaCode)?,
            self.name.column(column::AreaName)?,
            self.comparator.column(column::Comparator)?,
            self.comparator_name.column(column::ComparatorName)?,
            column::Value.holding(value)?,
            self.status.column(column::Status)?,
            column::Numerator.holding(numerator)?,
            column::Denominator.holding(denominator)?,
            column::ComparatorValue.holding(self.comparator_value)?,
            self.comparator_status.column(column::ComparatorStatus)?,
            self.average.column(column::Average)?,
            column::Used.holding(self.used)?,
            column::Members.holding(self.members)?,
            column::Rank.holding(self.rank)?,
            column::OutOf.holding(self.out_of)?,
            column::Change.holding(change)?,
            self.change_note.column(column::ChangeNote)?,
            self.unit.column(column::Unit)?,
            self.polarity.column(column::Polarity)?,
        ];
        if let Some(second) = self.second {
            second.add_columns(&mut columns)?;
        }
        Frame::new(columns)
    }
}

impl Second {
    fn new(rows: usize) -> Second {
        Second {
            limits: std::array::from_fn(|_| Vec::with_capacity(rows)),
            beyond: Coding::new(&words::BEYOND, rows),
            unusual: Coding::new(&words::UNUSUAL, rows),
            rank_limits: std::array::from_fn(|_| Vec::with_capacity(rows)),
            band: Coding::new(&words::BANDS, rows),
            certain: Coding::new(&words::CERTAIN, rows),
            trend: Coding::new(&words::TRENDS, rows),
            averages: std::array::from_fn(|_| Vec::with_capacity(rows)),
            flips: Coding::new(&words::FLIPS, rows),
        }
    }

    /// Adds what the choice of average does to one row.
    pub fn push(&mut self, beyond: u8, found: &Alternatives) {
        self.beyond.fill(u32::from(beyond), 1);
        let averages = [found.median, found.pooled, found.without_lower, found.without_upper];
        for (column, value) in self.averages.iter_mut().zip(averages) {
            column.push(value);
        }
        self.flips.fill(u32::from(found.flips), 1);
    }

    fn add_columns(self, columns: &mut Vec<Column>) -> Result<(), Finding> {
        let [lower, upper] = self.limits;
        let [rank_lower, rank_upper] = self.rank_limits;
        let [median, pooled, without_lower, without_upper] = self.averages;
        columns.extend([
            column::Lower.holding(lower)?,
            column::Upper.holding(upper)?,
            self.beyond.column(column::BeyondChance)?,
            self.unusual.column(column::Unusual)?,
            column::RankLower.holding(rank_lower)?,
            column::RankUpper.holding(rank_upper)?,
            self.band.column(column::Band)?,
            self.certain.column(column::BandCertain)?,
            self.trend.column(column::Trend)?,
            column::Median.holding(median)?,
            column::Pooled.holding(pooled)?,
            column::WithoutOneLower.holding(without_lower)?,
            column::WithoutOneUpper.holding(without_upper)?,
            self.flips.column(column::Flips)?,
        ]);
        Ok(())
    }
}
