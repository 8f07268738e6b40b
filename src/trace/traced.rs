//! The figures of one measure, each with its row, and what is said of one of them.

use super::explanation::{Against, Explanation};
use super::explanation::{Standing, TracedFigure};
use super::options::Explain;
use super::source_cells::{Published, Rereader, SourceCells};
use crate::area::{LaCode, Register};
use crate::figure::{self, Figures};
use crate::finding::{Error, Place};
use crate::period::{Length, PeriodKey, means};
use crate::pipeline::Unit;
use crate::publish::{MeasureMeta, TableMeta};
use crate::reading::{Missing, Reading, Seen};
use crate::schema::TOTAL;
use crate::series::{Point, When};
use crate::shown::number;
use crate::statistics::average::over_periods;
use crate::store::{Compared, Found, Observed};
use crate::value::Status;
use std::collections::BTreeSet;

/// The observations of one measure.
pub struct Traced<'a> {
    pub(super) figures: &'a Figures<'a>,
    pub(super) observed: &'a Observed<'a>,
    table: &'a str,
    pub(super) measure: &'a MeasureMeta,
}

impl<'a> Traced<'a> {
    /// Those of `measure` of `table`.
    pub fn of(observed: &'a Observed<'a>, table: &'a str, measure: &'a MeasureMeta) -> Traced<'a> {
        Traced { figures: &observed.figures, observed, table, measure }
    }

    /// The latest row with this id.
    pub(super) fn by_id(&self, id: &str, parts: &figure::Parts<'_>) -> Result<usize, Error> {
        let id = id.trim().split('~').next().unwrap_or_default();
        let fits = |row: &usize| {
            self.observed.is_latest(*row)
                && self.figures.area(*row) == parts.area
                && self.figures.periods.key(*row).end() == parts.end
                && self.figures.id(self.table, *row) == id
        };
        (0..self.observed.height()).find(fits).ok_or_else(|| {
            Error::usage(
                format!("no published figure has the id `{id}`"),
                "the figure may have gone since the report was made: `abreast diff` shows what went",
            )
        })
    }

    /// The latest row of the authority, period and breakdown asked for.
    pub(super) fn asked(&self, options: &Explain, register: &Register) -> Result<usize, Error> {
        let Some(name) = &options.authority else {
            return Err(Error::usage(
                "no authority is named",
                "say which with `--authority NAME`, or give a figure's id",
            ));
        };
        let area = area(name, register)?;
        let is_it = |row: &usize| self.figures.area(*row) == area && !self.figures.below(*row);
        let rows: Vec<usize> = self.observed.latest().filter(is_it).collect();
        let rows = self.of_period(rows, options.period.as_deref(), name)?;
        self.of_breakdown(&rows, options.breakdown.as_deref())
    }

    fn of_period(&self, rows: Vec<usize>, wanted: Option<&str>, name: &str) -> Result<Vec<usize>, Error> {
        let periods = &self.figures.periods;
        let last = rows.iter().map(|&row| periods.ends[row]).max();
        let fits = |row: usize| match wanted {
            None => Some(periods.ends[row]) == last,
            Some(wanted) => means(wanted, periods.words(row), periods.key(row), None),
        };
        let found: Vec<usize> = rows.iter().copied().filter(|&row| fits(row)).collect();
        if found.is_empty() {
            let known: BTreeSet<(PeriodKey, String)> =
                rows.iter().map(|&row| (periods.key(row), periods.label(row))).collect();
            let known: Vec<&str> = known.iter().map(|(_, label)| label.as_str()).collect();
            let help = if known.is_empty() {
                "choose another measure or authority".to_owned()
            } else {
                format!("its periods are {}", known.join(", "))
            };
            let when = wanted.map_or(String::new(), |wanted| format!(" in {wanted}"));
            return Err(Error::usage(format!("{name} has no row of this measure{when}"), help));
        }
        Ok(found)
    }

    fn of_breakdown(&self, rows: &[usize], wanted: Option<&str>) -> Result<usize, Error> {
        let words = |row: usize| (self.figures.topic.word(row), self.figures.breakdown.word(row));
        let fits = |row: usize| {
            let (topic, breakdown) = words(row);
            match wanted.map(|wanted| wanted.split_once('=').unwrap_or((wanted, ""))) {
                None => topic == TOTAL && breakdown == TOTAL,
                Some((one, "")) => topic.eq_ignore_ascii_case(one) || breakdown.eq_ignore_ascii_case(one),
                Some((one, other)) => {
                    topic.eq_ignore_ascii_case(one.trim()) && breakdown.eq_ignore_ascii_case(other.trim())
                }
            }
        };
        let found: Vec<usize> = rows.iter().copied().filter(|&row| fits(row)).collect();
        if let [only] = found.as_slice() {
            return Ok(*only);
        }
        let choice = if found.is_empty() { rows } else { &found };
        let known: BTreeSet<String> =
            choice.iter().map(|&row| format!("`{}={}`", words(row).0, words(row).1)).collect();
        let shown: Vec<&str> = known.iter().take(12).map(String::as_str).collect();
        let more = known.len().saturating_sub(12);
        let more = if more > 0 { format!(" and {more} more") } else { String::new() };
        let message = match (wanted, found.is_empty()) {
            (None, _) => "there is no row for the whole".to_owned(),
            (Some(wanted), true) => format!("there is no breakdown `{wanted}`"),
            (Some(wanted), false) => format!("several breakdowns fit `{wanted}`"),
        };
        Err(Error::usage(message, format!("say which with `--breakdown`: {}{more}", shown.join(", "))))
    }

    /// The figure of a row with its cell.
    pub(super) fn figure(&self, row: usize) -> TracedFigure {
        let (seen, place) = (self.observed.seen(row), self.observed.place(row));
        TracedFigure {
            area: self.figures.name.word(row).to_owned(),
            code: self.figures.area(row).to_owned(),
            release: self.observed.release(row).to_owned(),
            value: seen.value,
            status: self.observed.status(row).to_owned(),
            shown: shown(&seen, self.measure),
            file: place.file.clone(),
            cell: place.address(),
            counts: seen.counts(),
            place,
        }
    }

    /// What a reader needs to read the cells of a row again.
    pub fn published<'b>(&'b self, id: &'b str, measure: &'b str, row: usize) -> Published<'b> {
        let (seen, cell) = (self.observed.seen(row), self.observed.cell(row));
        Published {
            id,
            table: self.table,
            measure,
            release: self.observed.release(row),
            file: self.observed.file(row),
            row: cell.0,
            column: cell.1,
            value: seen.value,
            numerator: seen.above,
            denominator: seen.below,
        }
    }

    /// The rows with a figure of the six calendar months before that of `row`, of the same area and breakdown.
    fn rows_before(&self, row: usize) -> Vec<usize> {
        let month = |row: usize| figure::month(self.figures.periods.key(row).end());
        let like = |other: &usize| {
            self.figures.area(*other) == self.figures.area(row)
                && self.figures.topic.codes.get(*other) == self.figures.topic.codes.get(row)
                && self.figures.breakdown.codes.get(*other) == self.figures.breakdown.codes.get(row)
                && (1..=6).contains(&(month(row) - month(*other)))
                && self.observed.seen(*other).value.is_some()
                && self.figures.periods.length(*other) == Length::MONTH
        };
        self.observed.latest().filter(like).collect()
    }

    /// The comparisons of the figure of a row.
    pub(super) fn point<'c>(&self, row: usize, found: Found<'c>, compared: &'c Compared<'c>) -> Option<Point<'c>> {
        let figures = self.figures;
        let slice = compared.slice(found, figures.topic.word(row), figures.breakdown.word(row));
        let (code, identifier) = figures.periods.words(row);
        slice.point(figures.la.word(row).parse().ok()?, When { key: figures.periods.key(row), code, identifier })
    }

    /// What may be said of the figure of a row; nothing of an older release's, and of what was compared with nothing.
    pub(super) fn reading(
        &self,
        row: usize,
        found: Found<'_>,
        compared: &Compared<'_>,
        register: &Register,
    ) -> Option<Reading> {
        let figures = self.figures;
        let (topic, part) = (figures.topic.word(row), figures.breakdown.word(row));
        let slice = compared.slice(found, topic, part);
        let (code, identifier) = figures.periods.words(row);
        let when = When { key: figures.periods.key(row), code, identifier };
        let who = figures.la.word(row).parse().ok().filter(|_| self.observed.is_latest(row))?;
        slice.point(who, when)?;
        let part = if topic == TOTAL { "" } else { part };
        Some(slice.evidence(who, when, part, register).reading())
    }

    /// The figures of the six months before, oldest first, each named by its period.
    pub(super) fn months_before(&self, row: usize) -> Vec<TracedFigure> {
        let mut rows = self.rows_before(row);
        rows.sort_by_key(|&row| self.figures.periods.key(row));
        let named = |row: usize| TracedFigure { area: self.figures.periods.label(row), ..self.figure(row) };
        rows.into_iter().map(named).collect()
    }

    /// The six months before as one.
    pub(super) fn over_months(&self, row: usize) -> Option<f64> {
        let each: Vec<_> = self.rows_before(row).into_iter().map(|row| self.observed.seen(row).numbers()).collect();
        over_periods(&each, Unit::from_word(&self.measure.unit).and_then(Unit::multiplier))
    }

    pub(super) fn explain(
        &self,
        row: usize,
        meta: &TableMeta,
        measure: &str,
        reader: &mut Rereader,
        (standing, comparators): (Option<Standing>, Vec<Against>),
    ) -> Explanation {
        let id = self.figures.id(self.table, row);
        let figure = self.figure(row);
        let mut other: Vec<usize> = (0..self.observed.height())
            .filter(|&other| !self.observed.is_latest(other) && self.figures.area(other) == self.figures.area(row))
            .filter(|&other| {
                self.figures.periods.key(other) == self.figures.periods.key(row)
                    && self.figures.id(self.table, other) == id
            })
            .collect();
        other.sort_by_key(|&row| self.observed.release(row));
        let (topic, breakdown) = (self.figures.topic.word(row), self.figures.breakdown.word(row));
        // What is hidden is not read again to be shown here.
        let source_cells = match self.observed.seen(row).missing {
            Missing::Guarded => {
                SourceCells { problem: Status::Protected.reason().to_owned(), ..SourceCells::default() }
            }
            _ => reader.read(&self.published(&id, measure, row)),
        };
        Explanation {
            table: self.table.to_owned(),
            measure: measure.to_owned(),
            label: self.measure.label.clone(),
            definition: self.measure.definition.clone(),
            unit: self.measure.unit.clone(),
            period: self.figures.periods.label(row),
            breakdown: if topic == TOTAL { TOTAL.to_owned() } else { format!("{topic}: {breakdown}") },
            numerator: self.observed.seen(row).above,
            denominator: self.observed.seen(row).below,
            raw: self.observed.raw(row).to_owned(),
            source: meta.source.clone(),
            illustrative: meta.illustrative,
            sha256: meta.inputs.get(&figure.file).cloned().unwrap_or_default(),
            other_releases: other.into_iter().map(|row| self.figure(row)).collect(),
            figure,
            id,
            series: self.history(row),
            source_cells,
            said: String::new(),
            reading: None,
            standing,
            comparators,
        }
    }
}

/// The code by which rows of an area are found: 3 digits for an authority, 9 characters for a region or England.
fn area(name: &str, register: &Register) -> Result<String, Error> {
    match register.find(name) {
        Ok(authority) => Ok(authority.code.to_string()),
        Err(error) => register.region(name).map(|region| region.code.clone()).ok_or(error),
    }
}

/// A figure as a report shows it, or its symbol.
pub(super) fn shown(seen: &Seen, measure: &MeasureMeta) -> String {
    let Some(value) = seen.value else { return format!("{} {}", seen.missing.symbol(), seen.missing.reason()) };
    let number = number(value, measure.places);
    if measure.unit == "percent" { format!("{number}%") } else { number }
}

/// A member that has no row.
pub(super) fn no_row(code: LaCode, register: &Register) -> TracedFigure {
    TracedFigure {
        area: register.newest(code).map_or(String::new(), |authority| authority.name.clone()),
        code: code.to_string(),
        release: String::new(),
        value: None,
        status: Status::NotAvailable.word().to_owned(),
        shown: "no row".to_owned(),
        file: String::new(),
        cell: String::new(),
        counts: None,
        place: Place::default(),
    }
}
