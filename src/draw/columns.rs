//! The columns of the comparisons that charts are made from, and their figures with the reason where there is none.

use crate::chart::data::{Figure, Standing};
use crate::finding::Finding;
use crate::observations::{Coded, Frame};
use crate::publish::Layout;
use crate::value::Status;

/// What is read of the comparisons table.
pub const READ: Layout = Layout(&[
    "table",
    "measure",
    "period",
    "period_identifier",
    "period_end",
    "breakdown_topic",
    "breakdown",
    "la_code",
    "area_name",
    "comparator",
    "comparator_name",
    "value",
    "status",
    "numerator",
    "denominator",
    "comparator_value",
    "comparator_status",
    "used",
    "members",
    "rank",
    "out_of",
    "change_note",
    "lower",
    "upper",
    "beyond_chance",
    "unusual",
    "rank_lower",
    "rank_upper",
    "trend",
]);

/// The columns of a comparisons frame that charts are made from.
pub struct Columns<'a> {
    pub table: Coded<'a>,
    pub measure: Coded<'a>,
    pub period: Coded<'a>,
    pub identifier: Coded<'a>,
    pub ends: &'a [i32],
    pub topic: Coded<'a>,
    pub breakdown: Coded<'a>,
    pub la: Coded<'a>,
    pub name: Coded<'a>,
    pub comparator: Coded<'a>,
    pub comparator_name: Coded<'a>,
    pub value: &'a [f64],
    status: Coded<'a>,
    numerator: &'a [f64],
    pub denominator: &'a [f64],
    lower: &'a [f64],
    upper: &'a [f64],
    comparator_value: &'a [f64],
    comparator_status: Coded<'a>,
    pub used: &'a [u16],
    pub members: &'a [u16],
    pub rank: &'a [u16],
    pub out_of: &'a [u16],
    pub rank_lower: &'a [u16],
    pub rank_upper: &'a [u16],
    pub beyond: Coded<'a>,
    pub unusual: Coded<'a>,
    pub trend: Coded<'a>,
    pub change_note: Coded<'a>,
}

impl<'a> Columns<'a> {
    /// The columns of `frame`, which was read with the layout [`READ`].
    ///
    /// # Errors
    /// A column is not there: a mistake in the program, said as a finding.
    pub fn of(frame: &'a Frame) -> Result<Columns<'a>, Finding> {
        Ok(Columns {
            table: frame.coded("table")?,
            measure: frame.coded("measure")?,
            period: frame.coded("period")?,
            identifier: frame.coded("period_identifier")?,
            ends: frame.dates("period_end")?,
            topic: frame.coded("breakdown_topic")?,
            breakdown: frame.coded("breakdown")?,
            la: frame.coded("la_code")?,
            name: frame.coded("area_name")?,
            comparator: frame.coded("comparator")?,
            comparator_name: frame.coded("comparator_name")?,
            value: frame.floats("value")?,
            status: frame.coded("status")?,
            numerator: frame.floats("numerator")?,
            denominator: frame.floats("denominator")?,
            comparator_value: frame.floats("comparator_value")?,
            comparator_status: frame.coded("comparator_status")?,
            used: frame.smalls("used")?,
            members: frame.smalls("members")?,
            rank: frame.smalls("rank")?,
            out_of: frame.smalls("out_of")?,
            change_note: frame.coded("change_note")?,
            lower: frame.floats("lower")?,
            upper: frame.floats("upper")?,
            beyond: frame.coded("beyond_chance")?,
            unusual: frame.coded("unusual")?,
            rank_lower: frame.smalls("rank_lower")?,
            rank_upper: frame.smalls("rank_upper")?,
            trend: frame.coded("trend")?,
        })
    }

    /// The breakdowns of a topic.
    pub fn breakdowns(&self, topic: &str) -> Vec<String> {
        let Some(topic) = self.topic.code(topic) else { return Vec::new() };
        let rows = (0..self.value.len()).filter(|&row| self.topic.codes.get(row) == topic);
        let names: std::collections::BTreeSet<&str> = rows.map(|row| self.breakdown.word(row)).collect();
        names.into_iter().map(str::to_owned).collect()
    }

    /// The authority's own figure in a row, with counts and interval.
    pub fn figure(&self, row: usize) -> Figure {
        let mut figure = plain(self.value[row], self.status.word(row));
        if self.numerator[row].is_finite() && self.denominator[row].is_finite() {
            figure = figure.counts(self.numerator[row], self.denominator[row]);
        }
        if self.lower[row].is_finite() && self.upper[row].is_finite() {
            figure = figure.interval(self.lower[row], self.upper[row]);
        }
        figure
    }

    /// The comparator's figure in a row.
    pub fn against(&self, row: usize) -> Figure {
        plain(self.comparator_value[row], self.comparator_status.word(row))
    }

    /// What the test against the row's comparator says.
    pub fn standing(&self, row: usize) -> Standing {
        match self.beyond.word(row) {
            "similar" => Standing::Similar,
            "" | "small cohort" => Standing::Untested,
            _ if self.value[row] > self.comparator_value[row] => Standing::Higher,
            _ => Standing::Lower,
        }
    }
}

/// A value, or its reason with the symbol that stands for it.
fn plain(value: f64, status: &str) -> Figure {
    if value.is_finite() {
        return Figure::of(value);
    }
    let status = Status::from_word(status).filter(|status| *status != Status::Number).unwrap_or(Status::NotAvailable);
    Figure::missing(status.symbol().trim_matches(['[', ']']), status.reason())
}
