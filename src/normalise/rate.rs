//! A rate from its counts, or as published, and how far the two are apart.

use super::cells::{Figures, Parsed};
use crate::finding::Finding;
use crate::grid::TextTable;
use crate::pipeline::{Measure, Prefer};
use crate::value::Status;

/// Published rates of one measure that their counts do not give.
#[derive(Clone, Debug)]
pub(super) struct Disagreement {
    pub measure: String,
    pub label: String,
    rows: usize,
    times: usize,
    places: usize,
    prefer: Prefer,
    /// Row (an index of the table), column (as Excel counts it), published and computed rate.
    worst: (u32, u16, f64, f64),
}

impl Disagreement {
    /// Takes in the same measure's disagreements in other columns.
    pub fn merge(&mut self, other: &Disagreement) {
        self.rows += other.rows;
        self.times += other.times;
        let gap = |worst: (u32, u16, f64, f64)| (worst.2 - worst.3).abs();
        if gap(other.worst) > gap(self.worst) {
            self.worst = other.worst;
        }
    }

    /// The finding, with the place of the worst.
    pub fn finding(&self, table: &TextTable) -> Finding {
        let (row, column, published, computed) = self.worst;
        let places = self.places;
        let used = if self.prefer == Prefer::Published { "published" } else { "computed" };
        let message = format!(
            "`{}` differs from its counts in {} of {} rows; most here: published {published}, computed {computed:.places$}",
            self.label, self.times, self.rows
        );
        let help = format!(
            "the {used} figure is used; check that the numerator and denominator are the right columns, or tell the publisher"
        );
        let column = table.positions.iter().position(|&position| position == column);
        Finding::warning("rate-disagrees", message, help).at(table.place(Some(row as usize), column))
    }
}

/// The published rate beside its counts.
pub(super) struct Counted<'a> {
    pub name: &'a str,
    pub measure: &'a Measure,
    pub value: Option<Parsed>,
    pub numerator: Parsed,
    pub denominator: Parsed,
    /// The base the counts are rounded to, 0 for none.
    pub rounded_to: f64,
    /// The column of the figure, as Excel counts it.
    pub column: u16,
}

impl Counted<'_> {
    /// The figures of `rows` (indices of the table), and what disagrees.
    pub fn figures(self, rows: &[u32]) -> (Figures, Option<Disagreement>) {
        let count = rows.len();
        let multiplier = self.measure.unit.multiplier().unwrap_or(1.0);
        let rounded = self.rounded_to > 0.0;
        let prefer = if rounded { Prefer::Published } else { self.measure.prefer };
        let mut values = Vec::with_capacity(count);
        let mut statuses = Vec::with_capacity(count);
        let mut raws = Vec::with_capacity(count);
        let mut said: Option<Disagreement> = None;
        for (at, &row) in rows.iter().enumerate() {
            let (top, bottom) = (self.numerator.numbers[at], self.denominator.numbers[at]);
            let computed = (top.is_finite() && bottom > 0.0).then(|| top / bottom * multiplier);
            let published = self.value.as_ref().map(|value| value.numbers[at]).filter(|number| number.is_finite());
            if let (Some(computed), Some(published)) = (computed, published)
                && (published - computed).abs() > self.slack(top, bottom, multiplier)
            {
                let worst = (row, self.column, published, computed);
                let one = self.disagreement(count, prefer, worst);
                match &mut said {
                    None => said = Some(one),
                    Some(said) => said.merge(&Disagreement { rows: 0, ..one }),
                }
            }
            let (value, status, raw) = match (computed, published) {
                (Some(computed), Some(published)) => {
                    let value = if prefer == Prefer::Published { published } else { computed };
                    (value, Status::Number as u8, self.mark(at))
                }
                (Some(computed), None) => self.withheld(at).unwrap_or((computed, Status::Number as u8, 0)),
                (None, Some(published)) => (published, Status::Number as u8, self.mark(at)),
                (None, None) => self.reason(at, top, bottom),
            };
            values.push(value);
            statuses.push(status);
            raws.push(raw);
        }
        let figures = Figures {
            values,
            statuses,
            raws,
            numerators: Some(self.numerator.numbers),
            denominators: Some(self.denominator.numbers),
            column: self.column,
        };
        (figures, said)
    }

    /// What a rate may be off by: half a unit of its last place, and the rounding of its counts.
    fn slack(&self, top: f64, bottom: f64, multiplier: f64) -> f64 {
        let half = self.rounded_to / 2.0;
        let counts = if half > 0.0 { multiplier * (half / bottom + top * half / (bottom * bottom)) * 1.1 } else { 0.0 };
        0.6 * 10f64.powi(-i32::from(self.measure.places())) + counts
    }

    fn disagreement(&self, rows: usize, prefer: Prefer, worst: (u32, u16, f64, f64)) -> Disagreement {
        let places = usize::from(self.measure.places());
        let label = self.measure.label.clone();
        Disagreement { measure: self.name.to_owned(), label, rows, times: 1, places, prefer, worst }
    }

    /// The text of the published rate where a mark or a footnote stands behind it.
    fn mark(&self, at: usize) -> u32 {
        self.value.as_ref().map_or(0, |value| value.raws[at])
    }

    /// The publisher's mark where the rate is withheld though its counts are there: it is not worked out behind their
    /// back, and an empty cell that is declared to mean so is such a mark. A rate that only rounds to 0 is worked out.
    fn withheld(&self, at: usize) -> Option<(f64, u8, u32)> {
        let value = self.value.as_ref()?;
        let status = value.statuses[at];
        let has_reason = status != Status::Number as u8 && status != Status::Low as u8;
        let marked = has_reason && (value.raws[at] != 0 || status != Status::NotAvailable as u8);
        marked.then_some((f64::NAN, status, value.raws[at]))
    }

    /// Why there is no rate: the rate's own mark, else the mark of the count that is missing.
    fn reason(&self, at: usize, top: f64, bottom: f64) -> (f64, u8, u32) {
        if let Some(value) = &self.value {
            return (f64::NAN, value.statuses[at], value.raws[at]);
        }
        let part = if top.is_nan() { &self.numerator } else { &self.denominator };
        let nothing = bottom == 0.0 && !top.is_nan();
        let status = if nothing { Status::NotApplicable as u8 } else { part.statuses[at] };
        (f64::NAN, status, part.raws[at])
    }
}
