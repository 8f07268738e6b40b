//! The columns of the comparisons that charts are made from, and their figures with the reason where there is none.

use crate::chart::data::{Figure, Standing};
use crate::schema::view;
use crate::value::Status;

view! {
    /// The columns of the comparisons that charts are made from.
    pub struct Columns {
        table: Words Table,
        measure: Words Measure,
        period: Words Period,
        identifier: Words PeriodIdentifier,
        ends: Days PeriodEnd,
        topic: Words BreakdownTopic,
        breakdown: Words Breakdown,
        la: Words LaCode,
        name: Words AreaName,
        comparator: Words Comparator,
        comparator_name: Words ComparatorName,
        value: Numbers Value,
        status: Words Status,
        numerator: Numbers Numerator,
        denominator: Numbers Denominator,
        comparator_value: Numbers ComparatorValue,
        comparator_status: Words ComparatorStatus,
        used: Smalls Used,
        members: Smalls Members,
        rank: Smalls Rank,
        out_of: Smalls OutOf,
        change_note: Words ChangeNote,
        lower: Numbers Lower,
        upper: Numbers Upper,
        beyond: Words BeyondChance,
        unusual: Words Unusual,
        rank_lower: Smalls RankLower,
        rank_upper: Smalls RankUpper,
        trend: Words Trend,
    }
}

impl Columns<'_> {
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
