//! A rate from its counts, or as published, and how far the two are apart.

use std::collections::BTreeMap;

use super::cells::{Figures, Parsed};
use crate::finding::Finding;
use crate::frame::Words;
use crate::grid::TextTable;
use crate::pipeline::{Measure, Prefer};
use crate::value::Status;

/// A published rate that its counts do not give.
#[derive(Clone, Copy, Debug)]
pub(super) struct Differing {
    /// The row, an index of the table, and the column as Excel counts it.
    pub row: u32,
    pub column: u16,
    published: f64,
    computed: f64,
}

/// Published rates of one measure that their counts do not give.
#[derive(Clone, Debug)]
pub(super) struct Disagreement {
    pub measure: String,
    label: String,
    /// How many rates were compared.
    rows: usize,
    places: usize,
    prefer: Prefer,
    pub cells: Vec<Differing>,
}

/// Rows that get a line each; more of them are told by measure.
const EACH: usize = 10;

/// Rows that a line of a measure names.
const NAMED: usize = 20;

impl Disagreement {
    /// Takes in the same measure's disagreements in other columns.
    fn merge(&mut self, other: Disagreement) {
        self.rows += other.rows;
        self.cells.extend(other.cells);
    }

    /// Takes out the cells whose row and measure fit; none where none does.
    pub fn take(&mut self, fits: &dyn Fn(u32, &str) -> bool) -> Option<Disagreement> {
        let (taken, left) =
            std::mem::take(&mut self.cells).into_iter().partition(|cell: &Differing| fits(cell.row, &self.measure));
        self.cells = left;
        let taken = Disagreement { cells: taken, ..self.clone() };
        (!taken.cells.is_empty()).then_some(taken)
    }

    fn words(&self, cell: &Differing) -> String {
        format!("published {}, computed {:.*}", cell.published, self.places, cell.computed)
    }
}

/// The findings of all measures of a file: a line for each row where they are few, else one for each measure with the
/// rows that are furthest off. `name` says which area a row is about.
pub(super) fn disagreements(all: Vec<Disagreement>, table: &TextTable, name: &dyn Fn(u32) -> String) -> Vec<Finding> {
    let mut measures: Vec<Disagreement> = Vec::new();
    for one in all {
        match measures.iter_mut().find(|known| known.measure == one.measure) {
            Some(known) => known.merge(one),
            None => measures.push(one),
        }
    }
    let gap = |cell: &Differing| (cell.published - cell.computed).abs();
    measures
        .iter_mut()
        .for_each(|measure| measure.cells.sort_by(|a, b| gap(b).total_cmp(&gap(a)).then(a.row.cmp(&b.row))));
    let mut rows: BTreeMap<u32, Vec<(&Disagreement, &Differing)>> = BTreeMap::new();
    for measure in &measures {
        for cell in &measure.cells {
            rows.entry(cell.row).or_default().push((measure, cell));
        }
    }
    if rows.len() > EACH {
        return measures.iter().filter_map(|measure| by_measure(measure, table, name)).collect();
    }
    rows.into_iter().filter_map(|(row, cells)| by_row(&name(row), &cells, table)).collect()
}

fn by_row(name: &str, cells: &[(&Disagreement, &Differing)], table: &TextTable) -> Option<Finding> {
    let (measure, first) = cells.first()?;
    let words: Vec<String> =
        cells.iter().map(|(measure, cell)| format!("`{}` ({})", measure.label, measure.words(cell))).collect();
    let message = format!("{name}: not what the counts give: {}", words.join(", "));
    Some(finding(measure.prefer, message, first, table))
}

fn by_measure(measure: &Disagreement, table: &TextTable, name: &dyn Fn(u32) -> String) -> Option<Finding> {
    let first = measure.cells.first()?;
    let named = measure.cells.iter().take(NAMED).map(|cell| format!("{} ({})", name(cell.row), measure.words(cell)));
    let message = format!(
        "`{}` differs from its counts in {} of {} rows; most in {}",
        measure.label,
        measure.cells.len(),
        measure.rows,
        named.collect::<Vec<_>>().join(", ")
    );
    Some(finding(measure.prefer, message, first, table))
}

fn finding(prefer: Prefer, message: String, cell: &Differing, table: &TextTable) -> Finding {
    let used = if prefer == Prefer::Published { "published" } else { "computed" };
    let help = format!(
        "the {used} figure is used; check that the numerator and denominator are the right columns, or tell the publisher"
    );
    let column = table.positions.iter().position(|&position| position == cell.column);
    Finding::warning("rate-disagrees", message, help).at(table.place(Some(cell.row as usize), column))
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
    /// The figures of `rows` (indices of the table), and what disagrees; a rate that the publisher prints otherwise goes
    /// among the `texts`.
    pub fn figures(self, rows: &[u32], texts: &mut Words) -> (Figures, Option<Disagreement>) {
        let count = rows.len();
        let multiplier = self.measure.unit.multiplier().unwrap_or(1.0);
        let rounded = self.rounded_to > 0.0;
        let prefer = if rounded { Prefer::Published } else { self.measure.prefer };
        let mut values = Vec::with_capacity(count);
        let mut statuses = Vec::with_capacity(count);
        let mut raws = Vec::with_capacity(count);
        let mut cells = Vec::new();
        for (at, &row) in rows.iter().enumerate() {
            let (top, bottom) = (self.numerator.numbers[at], self.denominator.numbers[at]);
            let computed = (top.is_finite() && bottom > 0.0).then(|| top / bottom * multiplier);
            let published = self.value.as_ref().map(|value| value.numbers[at]).filter(|number| number.is_finite());
            let mut differs = false;
            if let (Some(computed), Some(published)) = (computed, published)
                && (published - computed).abs() > self.slack(top, bottom, multiplier)
            {
                differs = true;
                cells.push(Differing { row, column: self.column, published, computed });
            }
            let (value, status, raw) = match (computed, published) {
                (Some(_), Some(published)) if prefer == Prefer::Published => {
                    (published, Status::Number as u8, self.mark(at))
                }
                (Some(computed), Some(published)) if differs => {
                    (computed, Status::Differs as u8, texts.code(&published.to_string()))
                }
                (Some(computed), Some(_)) => (computed, Status::Number as u8, self.mark(at)),
                (Some(computed), None) => self.marked(at, computed),
                (None, Some(published)) => (published, Status::Number as u8, self.mark(at)),
                (None, None) => self.reason(at, top, bottom),
            };
            values.push(value);
            statuses.push(status);
            raws.push(raw);
        }
        let places = usize::from(self.measure.places());
        let label = self.measure.label.clone();
        let said = (!cells.is_empty()).then_some(Disagreement {
            measure: self.name.to_owned(),
            label,
            rows: count,
            places,
            prefer,
            cells,
        });
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

    /// The text of the published rate where a mark or a footnote stands behind it.
    fn mark(&self, at: usize) -> u32 {
        self.value.as_ref().map_or(0, |value| value.raws[at])
    }

    /// A rate whose cell holds a mark though its counts are there: one that is withheld is not worked out behind the
    /// publisher's back; one that is not available is, and says so. A rate that only rounds to 0 is a number.
    fn marked(&self, at: usize, computed: f64) -> (f64, u8, u32) {
        let Some(value) = &self.value else { return (computed, Status::Number as u8, 0) };
        let (status, text) = (value.statuses[at], value.raws[at]);
        let empty = status == Status::NotAvailable as u8 && text == 0;
        if empty || status == Status::Number as u8 || status == Status::Low as u8 {
            (computed, Status::Number as u8, 0)
        } else if status == Status::NotAvailable as u8 {
            (computed, Status::WorkedOut as u8, text)
        } else {
            (f64::NAN, status, text)
        }
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
