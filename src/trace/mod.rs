//! Tracing: one published figure back to its cells, and each of its comparators to theirs.

mod explanation;
mod options;
pub mod reread;

use std::collections::BTreeSet;

use crate::area::{LaCode, Level, Register};
use crate::comparator::{Comparator, Members};
use crate::figure::{self, Figures};
use crate::finding::{Error, Finding};
use crate::frame::Frame;
use crate::home;
use crate::period::{MONTH, day, label, step};
use crate::publish::{MeasureMeta, Only, TableMeta};
use crate::schema::{TOTAL, column, view};
use crate::statistics::average::{mean_of, over_periods};
use crate::value::Status;

use crate::shown::number;
use crate::store::Catalogue;

pub use explanation::Explanation;
use explanation::{Against, Figure, Standing};
pub use options::{Explain, Explained};
use reread::{Published, Rereader};

fn said(error: &dyn std::fmt::Display) -> Error {
    Error::usage(error.to_string(), "run `abreast run --force`, then try again")
}

fn broken(finding: Finding) -> Error {
    Error::usage(finding.message, finding.help)
}

/// Explains the figure asked for.
///
/// # Errors
/// No such figure, or the tables cannot be read.
pub fn explanation(options: &Explain) -> Result<Explanation, Error> {
    let catalogue = Catalogue::open_whole(&options.out)?;
    let register = home::register()?.0;
    let mut reader = Rereader::new(options.returns.as_deref(), options.pipelines.as_deref())?;
    let id = figure::parts(&options.figure);
    let wanted = match &id {
        Some(parts) => named(&catalogue, parts)?,
        None => options.figure.clone(),
    };
    let found = catalogue.measure(&wanted)?;
    let frame = catalogue.observations(&found)?;
    let observed = Observed::of(&frame, found.table, found.measure).map_err(broken)?;
    let row = match &id {
        Some(parts) => observed.by_id(&options.figure, parts)?,
        None => observed.asked(options, &register)?,
    };
    let register = catalogue.with_neighbours(&register)?;
    let beside = id.as_ref().map_or("", |parts| parts.beside);
    let (table, name) = ([found.table.to_owned()], [found.name.to_owned()]);
    let only = [Only::of(column::Table, &table), Only::of(column::Measure, &name)];
    let compared = catalogue.pick("comparisons", Compared::LAYOUT, &only)?;
    let (standing, comparators) = comparators(&observed, row, &compared, &register).map_err(broken)?;
    let comparators = match beside {
        "" => comparators,
        word => vec![only_beside(word, comparators, &observed, row, &register)?],
    };
    let comparators = (standing, comparators);
    Ok(observed.explain(row, found.meta, found.name, &mut reader, comparators))
}

/// The measure that an id names, as `table/measure`.
fn named(catalogue: &Catalogue, parts: &figure::Parts<'_>) -> Result<String, Error> {
    let help = "ids come from a report made from the same tables; name its folder with `--out DIR`";
    let meta = catalogue
        .table(parts.table)
        .ok_or_else(|| Error::usage(format!("there is no published table `{}`", parts.table), help))?;
    let measure = meta.measures.keys().find(|name| figure::slug(name) == parts.measure).ok_or_else(|| {
        Error::usage(format!("table `{}` has no measure `{}` any more", parts.table, parts.measure), help)
    })?;
    Ok(format!("{}/{measure}", parts.table))
}

view! {
    /// Where the figures of a table stand in their sources.
    struct Cells {
        release: Words Release,
        status: Words Status,
        raw: Words Raw,
        file: Words File,
        sheet: Words Sheet,
        latest: Truths Latest,
        values: Numbers Value,
        numerators: Numbers Numerator,
        denominators: Numbers Denominator,
        rows: Wholes Row,
        columns: Smalls Column,
    }
}

/// The observations of one measure.
pub struct Observed<'a> {
    figures: Figures<'a>,
    cells: Cells<'a>,
    table: &'a str,
    measure: &'a MeasureMeta,
}

impl<'a> Observed<'a> {
    /// The columns of `frame`, which holds `measure` of `table`.
    ///
    /// # Errors
    /// A column is not there: a mistake in the program, said as a finding.
    pub fn of(frame: &'a Frame, table: &'a str, measure: &'a MeasureMeta) -> Result<Observed<'a>, Finding> {
        Ok(Observed { figures: Figures::of(frame)?, cells: Cells::of(frame)?, table, measure })
    }

    fn height(&self) -> usize {
        self.cells.values.len()
    }

    /// The latest row with this id.
    fn by_id(&self, id: &str, parts: &figure::Parts<'_>) -> Result<usize, Error> {
        let id = id.trim().split('~').next().unwrap_or_default();
        let fits = |row: &usize| {
            self.cells.latest.get_bit(*row)
                && self.figures.area(*row) == parts.area
                && day(self.figures.ends[*row]) == parts.end
                && self.figures.id(self.table, *row) == id
        };
        (0..self.height()).find(fits).ok_or_else(|| {
            Error::usage(
                format!("no published figure has the id `{id}`"),
                "the figure may have gone since the report was made: `abreast diff` shows what went",
            )
        })
    }

    /// The latest row of the authority, period and breakdown asked for.
    fn asked(&self, options: &Explain, register: &Register) -> Result<usize, Error> {
        let Some(name) = &options.authority else {
            return Err(Error::usage(
                "no authority is named",
                "say which with `--authority NAME`, or give a figure's id",
            ));
        };
        let area = area(name, register)?;
        let rows: Vec<usize> = (0..self.height())
            .filter(|&row| self.cells.latest.get_bit(row) && self.figures.area(row) == area && !self.figures.below(row))
            .collect();
        let rows = self.of_period(rows, options.period.as_deref(), name)?;
        self.of_breakdown(&rows, options.breakdown.as_deref())
    }

    fn of_period(&self, rows: Vec<usize>, wanted: Option<&str>, name: &str) -> Result<Vec<usize>, Error> {
        let words = |row: usize| (self.figures.period.word(row), self.figures.identifier.word(row));
        let last = rows.iter().map(|&row| self.figures.ends[row]).max();
        let fits = |row: usize| match wanted {
            None => Some(self.figures.ends[row]) == last,
            Some(wanted) => {
                let (code, identifier) = words(row);
                code.eq_ignore_ascii_case(wanted) || label(code, identifier).eq_ignore_ascii_case(wanted)
            }
        };
        let found: Vec<usize> = rows.iter().copied().filter(|&row| fits(row)).collect();
        if found.is_empty() {
            let known: BTreeSet<(i32, String)> =
                rows.iter().map(|&row| (self.figures.ends[row], label(words(row).0, words(row).1))).collect();
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

    fn number(values: &[f64], row: usize) -> Option<f64> {
        Some(values[row]).filter(|value| value.is_finite())
    }

    /// The figure of a row with its cell.
    fn figure(&self, row: usize) -> Figure {
        let value = Self::number(self.cells.values, row);
        let place = crate::finding::Place {
            file: self.cells.file.word(row).to_owned(),
            sheet: self.cells.sheet.word(row).to_owned(),
            row: Some(self.cells.rows[row]).filter(|row| *row > 0),
            column: Some(u32::from(self.cells.columns[row])).filter(|column| *column > 0),
        };
        Figure {
            area: self.figures.name.word(row).to_owned(),
            code: self.figures.area(row).to_owned(),
            release: self.cells.release.word(row).to_owned(),
            value,
            status: self.cells.status.word(row).to_owned(),
            shown: shown(value, self.cells.status.word(row), self.measure),
            file: place.file.clone(),
            cell: place.address(),
        }
    }

    /// What a reader needs to read the cells of a row again.
    pub fn published<'b>(&'b self, id: &'b str, measure: &'b str, row: usize) -> Published<'b> {
        Published {
            id,
            table: self.table,
            measure,
            release: self.cells.release.word(row),
            file: self.cells.file.word(row),
            row: self.cells.rows[row],
            column: self.cells.columns[row],
            value: Self::number(self.cells.values, row),
            numerator: Self::number(self.cells.numerators, row),
            denominator: Self::number(self.cells.denominators, row),
        }
    }

    /// The rows with a figure of the six calendar months before that of `row`, of the same area and breakdown.
    fn rows_before(&self, row: usize) -> Vec<usize> {
        let month = |row: usize| figure::month(day(self.figures.ends[row]));
        let like = |other: &usize| {
            self.cells.latest.get_bit(*other)
                && self.figures.area(*other) == self.figures.area(row)
                && self.figures.topic.codes.get(*other) == self.figures.topic.codes.get(row)
                && self.figures.breakdown.codes.get(*other) == self.figures.breakdown.codes.get(row)
                && (1..=6).contains(&(month(row) - month(*other)))
                && self.cells.values[*other].is_finite()
                && step(self.figures.period.word(*other), self.figures.identifier.word(*other)) == MONTH
        };
        (0..self.height()).filter(like).collect()
    }

    /// The figures of the six months before, oldest first, each named by its period.
    fn months_before(&self, row: usize) -> Vec<Figure> {
        let mut rows = self.rows_before(row);
        rows.sort_by_key(|&row| self.figures.ends[row]);
        let named = |row: usize| Figure {
            area: label(self.figures.period.word(row), self.figures.identifier.word(row)),
            ..self.figure(row)
        };
        rows.into_iter().map(named).collect()
    }

    /// The six months before as one.
    fn over_months(&self, row: usize) -> Option<f64> {
        let counts = |row: usize| (self.cells.values[row], self.cells.numerators[row], self.cells.denominators[row]);
        let each: Vec<_> = self.rows_before(row).into_iter().map(counts).collect();
        over_periods(&each)
    }

    fn explain(
        &self,
        row: usize,
        meta: &TableMeta,
        measure: &str,
        reader: &mut Rereader,
        (standing, comparators): (Option<Standing>, Vec<Against>),
    ) -> Explanation {
        let id = self.figures.id(self.table, row);
        let figure = self.figure(row);
        let mut other: Vec<usize> = (0..self.height())
            .filter(|&other| !self.cells.latest.get_bit(other) && self.figures.area(other) == self.figures.area(row))
            .filter(|&other| {
                self.figures.ends[other] == self.figures.ends[row] && self.figures.id(self.table, other) == id
            })
            .collect();
        other.sort_by_key(|&row| self.cells.release.word(row));
        let (topic, breakdown) = (self.figures.topic.word(row), self.figures.breakdown.word(row));
        let reread = reader.read(&self.published(&id, measure, row));
        Explanation {
            table: self.table.to_owned(),
            measure: measure.to_owned(),
            label: self.measure.label.clone(),
            definition: self.measure.definition.clone(),
            unit: self.measure.unit.clone(),
            period: label(self.figures.period.word(row), self.figures.identifier.word(row)),
            breakdown: if topic == TOTAL { TOTAL.to_owned() } else { format!("{topic}: {breakdown}") },
            numerator: Self::number(self.cells.numerators, row),
            denominator: Self::number(self.cells.denominators, row),
            raw: self.cells.raw.word(row).to_owned(),
            source: meta.source.clone(),
            illustrative: meta.illustrative,
            sha256: meta.inputs.get(&figure.file).cloned().unwrap_or_default(),
            other_releases: other.into_iter().map(|row| self.figure(row)).collect(),
            figure,
            id,
            reread,
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

/// A number as a report shows it, or its symbol.
fn shown(value: Option<f64>, status: &str, measure: &MeasureMeta) -> String {
    let Some(value) = value else {
        let status = Status::from_word(status);
        return status.map_or(String::new(), |status| format!("{} {}", status.symbol(), status.reason()));
    };
    let number = number(value, measure.places);
    if measure.unit == "percent" { format!("{number}%") } else { number }
}

view! {
    /// What is read of the comparisons.
    struct Compared {
        table: Words Table,
        la: Words LaCode,
        period: Words Period,
        identifier: Words PeriodIdentifier,
        topic: Words BreakdownTopic,
        breakdown: Words Breakdown,
        comparator: Words Comparator,
        comparator_name: Words ComparatorName,
        against: Numbers ComparatorValue,
        against_status: Words ComparatorStatus,
        average: Words Average,
        used: Smalls Used,
        members: Smalls Members,
        rank: Smalls Rank,
        out_of: Smalls OutOf,
        band: Words Band,
        unusual: Words Unusual,
    }
}

/// The comparisons of a row: where it stands, and each comparator with its cells.
fn comparators(
    observed: &Observed<'_>,
    row: usize,
    compared: &Frame,
    register: &Register,
) -> Result<(Option<Standing>, Vec<Against>), Finding> {
    let figures = &observed.figures;
    let at = Compared::of(compared)?;
    let keys = [
        (&at.table, observed.table),
        (&at.la, figures.la.word(row)),
        (&at.period, figures.period.word(row)),
        (&at.identifier, figures.identifier.word(row)),
        (&at.topic, figures.topic.word(row)),
        (&at.breakdown, figures.breakdown.word(row)),
    ];
    let is_asked = |row: &usize| keys.iter().all(|(key, wanted)| key.word(*row) == *wanted);
    let mut standing = None;
    let mut all = Vec::new();
    for other in (0..compared.height()).filter(is_asked) {
        if at.rank[other] > 0 {
            standing = Some(Standing {
                rank: at.rank[other],
                out_of: at.out_of[other],
                band: at.band.word(other).to_owned(),
                unusual: at.unusual.word(other).to_owned(),
            });
        }
        let value = Some(at.against[other]).filter(|value| value.is_finite());
        let key = at.comparator.word(other);
        all.push(Against {
            comparator: key.to_owned(),
            name: at.comparator_name.word(other).to_owned(),
            value,
            shown: shown(value, at.against_status.word(other), observed.measure),
            average: at.average.word(other).to_owned(),
            used: at.used[other],
            members: at.members[other],
            cells: member_cells(observed, row, key, register),
        });
    }
    Ok((standing, all))
}

/// What an id's word after `~` says: one of the comparators, a group, or the six months before.
fn only_beside(
    word: &str,
    compared: Vec<Against>,
    observed: &Observed<'_>,
    row: usize,
    register: &Register,
) -> Result<Against, Error> {
    if let Some(found) = compared.into_iter().find(|against| against.comparator == word) {
        return Ok(found);
    }
    let (name, cells) = match (word, Comparator::read(word, register)) {
        (figure::SIX_MONTHS, _) => ("Previous six months".to_owned(), observed.months_before(row)),
        (_, Ok(comparator)) => {
            let own = observed.figures.la.word(row).parse().ok();
            let name = own.map_or(String::new(), |own| comparator.name(own, register));
            (name, member_cells(observed, row, word, register))
        }
        (_, Err(_)) => {
            return Err(Error::usage(
                format!("the figure is not compared with `{word}`"),
                "take the id as the report has it, or leave `~` and the word out",
            ));
        }
    };
    let values: Vec<Option<f64>> = cells.iter().map(|cell| cell.value).collect();
    let (value, average) = match word {
        figure::SIX_MONTHS => (observed.over_months(row), "six months together"),
        _ => (mean_of(&values), "mean"),
    };
    Ok(Against {
        comparator: word.to_owned(),
        name,
        value,
        shown: shown(value, Status::NotAvailable.word(), observed.measure),
        average: average.to_owned(),
        used: values.iter().flatten().count() as u16,
        members: cells.len() as u16,
        cells,
    })
}

/// The figures that a comparator is made of, in the order of its members.
fn member_cells(observed: &Observed<'_>, row: usize, word: &str, register: &Register) -> Vec<Figure> {
    let figures = &observed.figures;
    let beside = |wanted: &dyn Fn(usize) -> bool| {
        let same = |other: usize| {
            observed.cells.latest.get_bit(other)
                && figures.period.codes.get(other) == figures.period.codes.get(row)
                && figures.identifier.codes.get(other) == figures.identifier.codes.get(row)
                && figures.topic.codes.get(other) == figures.topic.codes.get(row)
                && figures.breakdown.codes.get(other) == figures.breakdown.codes.get(row)
        };
        (0..observed.height()).find(|&other| same(other) && wanted(other)).map(|other| observed.figure(other))
    };
    let level = |other: usize, level: Level| figures.level.word(other) == level.word();
    let authority = |code: LaCode| {
        let word = code.to_string();
        beside(&|other| level(other, Level::Authority) && figures.la.word(other) == word)
            .unwrap_or_else(|| no_row(code, register))
    };
    let own: Option<LaCode> = figures.la.word(row).parse().ok();
    let Some(own) = own else { return Vec::new() };
    match Comparator::read(word, register).map(|comparator| comparator.members(own, register)) {
        Ok(Members::England) => beside(&|other| level(other, Level::Country)).into_iter().collect(),
        Ok(Members::Region(codes)) => codes
            .iter()
            .filter_map(|code| beside(&|other| level(other, Level::Region) && figures.ons.word(other) == code))
            .take(1)
            .collect(),
        Ok(Members::Authority(code)) => vec![authority(code)],
        Ok(Members::List(codes)) => codes.into_iter().map(authority).collect(),
        Ok(Members::Nobody) | Err(_) => Vec::new(),
    }
}

/// A member that has no row.
fn no_row(code: LaCode, register: &Register) -> Figure {
    Figure {
        area: register.newest(code).map_or(String::new(), |authority| authority.name.clone()),
        code: code.to_string(),
        release: String::new(),
        value: None,
        status: Status::NotAvailable.word().to_owned(),
        shown: "no row".to_owned(),
        file: String::new(),
        cell: String::new(),
    }
}
