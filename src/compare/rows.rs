//! The rows of a slice, column by column: what holds for a whole group is filled, what does not depend on the
//! comparator is repeated for each, and only the rest is written row by row.

use polars::prelude::Column;

use super::against::{Against, Alternatives};
use super::words::{self, Vocabulary};
use crate::finding::Finding;
use crate::observations::{Coded, Codes, Frame, dates, floats, smalls};

/// The coded columns of the observations.
pub(super) struct Sources<'a> {
    pub table: Coded<'a>,
    /// Measure, period, identifier, topic and breakdown, in the order of a group's key.
    pub keys: [Coded<'a>; 5],
    pub la: Coded<'a>,
    pub name: Coded<'a>,
    pub status: Coded<'a>,
}

/// The names of the columns that a group's key fills.
const KEYS: [&str; 5] = ["measure", "period", "period_identifier", "breakdown_topic", "breakdown"];

impl<'a> Sources<'a> {
    pub fn of(frame: &'a Frame) -> Result<Sources<'a>, Finding> {
        let [measure, period, identifier, topic, breakdown] = KEYS.map(|name| frame.coded(name));
        Ok(Sources {
            table: frame.coded("table")?,
            keys: [measure?, period?, identifier?, topic?, breakdown?],
            la: frame.coded("la_code")?,
            name: frame.coded("area_name")?,
            status: frame.coded("status")?,
        })
    }
}

/// A column of codes over words that are known beforehand.
pub(super) struct Coding {
    name: &'static str,
    words: Vec<String>,
    codes: Codes,
}

impl Coding {
    fn new<W: AsRef<str>>(name: &'static str, words: &[W], rows: usize) -> Coding {
        let words: Vec<String> = words.iter().map(|word| word.as_ref().to_owned()).collect();
        Coding { name, codes: Codes::with_capacity(words.len(), rows), words }
    }

    pub fn fill(&mut self, code: u32, count: usize) {
        self.codes.fill(code, count);
    }

    pub fn tile(&mut self, codes: &[u32], times: usize) {
        self.codes.tile(codes, times);
    }

    fn column(self) -> Result<Column, Finding> {
        self.codes.column(self.name, &self.words)
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
        let mut keys = KEYS.iter().zip(&sources.keys).map(|(name, coded)| Coding::new(name, &coded.words, rows));
        let mut key = || keys.next().unwrap_or_else(|| Coding::new::<&str>("", &[], 0));
        Rows {
            table: Coding::new("table", &sources.table.words, rows),
            keys: [key(), key(), key(), key(), key()],
            ends: Vec::with_capacity(rows),
            length: Coding::new("period_length", &vocabulary.lengths.words, rows),
            la: Coding::new("la_code", &sources.la.words, rows),
            name: Coding::new("area_name", &sources.name.words, rows),
            comparator: Coding::new("comparator", &vocabulary.comparators.words, rows),
            comparator_name: Coding::new("comparator_name", &vocabulary.names.words, rows),
            figures: std::array::from_fn(|_| Vec::with_capacity(rows)),
            status: Coding::new("status", &vocabulary.status, rows),
            comparator_value: Vec::with_capacity(rows),
            comparator_status: Coding::new("comparator_status", &vocabulary.status, rows),
            average: Coding::new("average", &words::AVERAGES, rows),
            used: Vec::with_capacity(rows),
            members: Vec::with_capacity(rows),
            rank: Vec::with_capacity(rows),
            out_of: Vec::with_capacity(rows),
            change_note: Coding::new("change_note", &vocabulary.notes.words, rows),
            unit: Coding::new("unit", &vocabulary.units.words, rows),
            polarity: Coding::new("polarity", &vocabulary.polarities.words, rows),
            second: full.then(|| Second::new(rows)),
        }
    }

    /// Adds what a comparator says to one row.
    pub fn push(&mut self, against: &Against, status: u32) {
        self.comparator_value.push(against.value);
        self.comparator_status.fill(status, 1);
        self.used.push(against.used);
        self.members.push(against.members);
    }

    /// The columns as a frame, in their published order.
    pub fn frame(self) -> Result<Frame, Finding> {
        let [measure, period, identifier, topic, breakdown] = self.keys;
        let [value, numerator, denominator, change] = self.figures;
        let mut columns = vec![
            self.table.column()?,
            measure.column()?,
            period.column()?,
            identifier.column()?,
            dates("period_end", self.ends)?,
            self.length.column()?,
            topic.column()?,
            breakdown.column()?,
            self.la.column()?,
            self.name.column()?,
            self.comparator.column()?,
            self.comparator_name.column()?,
            floats("value", value),
            self.status.column()?,
            floats("numerator", numerator),
            floats("denominator", denominator),
            floats("comparator_value", self.comparator_value),
            self.comparator_status.column()?,
            self.average.column()?,
            smalls("used", self.used),
            smalls("members", self.members),
            smalls("rank", self.rank),
            smalls("out_of", self.out_of),
            floats("change", change),
            self.change_note.column()?,
            self.unit.column()?,
            self.polarity.column()?,
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
            beyond: Coding::new("beyond_chance", &words::BEYOND, rows),
            unusual: Coding::new("unusual", &words::UNUSUAL, rows),
            rank_limits: std::array::from_fn(|_| Vec::with_capacity(rows)),
            band: Coding::new("band", &words::BANDS, rows),
            certain: Coding::new("band_certain", &words::CERTAIN, rows),
            trend: Coding::new("trend", &words::TRENDS, rows),
            averages: std::array::from_fn(|_| Vec::with_capacity(rows)),
            flips: Coding::new("flips", &words::FLIPS, rows),
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
            floats("lower", lower),
            floats("upper", upper),
            self.beyond.column()?,
            self.unusual.column()?,
            smalls("rank_lower", rank_lower),
            smalls("rank_upper", rank_upper),
            self.band.column()?,
            self.certain.column()?,
            self.trend.column()?,
            floats("median", median),
            floats("pooled", pooled),
            floats("without_one_lower", without_lower),
            floats("without_one_upper", without_upper),
            self.flips.column()?,
        ]);
        Ok(())
    }
}
