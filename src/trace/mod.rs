//! Tracing: one published figure back to its cells, and each of its comparators to theirs.

mod explanation;
mod history;
mod kept;
mod leaf;
mod opened;
mod options;
mod placed;
mod sheet;
pub mod source_cells;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::area::{LaCode, Level, Register};
use crate::comparator::{Comparator, Members};
use crate::figure::{self, Figures};
use crate::finding::{Error, Finding, Place};
use crate::frame::Frame;
use crate::home;
use crate::period::{Length, PeriodKey, means};
use crate::pipeline::Unit;
use crate::publish::{MeasureMeta, TableMeta};
use crate::reading::{Missing, Reading, Seen, words};
use crate::schema::TOTAL;
use crate::statistics::average::{mean_of, over_periods};
use crate::value::Status;

use crate::series::{Point, When};
use crate::shown::number;
use crate::store::{Catalogue, Compared, Found, Observed};

pub use explanation::{Against, Explanation, Figure as Member};
use explanation::{Figure, Standing};
pub use history::Filed;
pub use kept::{Held, Kept, Key};
pub use leaf::{Leaf, leaf};
pub use opened::{Opened, declared};
pub use options::{Explain, Explained};
pub use placed::{Placed, placed};
pub use sheet::{Head, Piece, Role};
pub use source_cells::pipeline_of;
use source_cells::{Published, Rereader, SourceCells};

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
    let register = catalogue.with_neighbours(&home::register()?.0)?;
    explained(options, &catalogue, &register)
}

/// The same of a build that is open, whose neighbours the register has.
///
/// # Errors
/// No such figure, or the tables cannot be read.
pub fn explained(options: &Explain, catalogue: &Catalogue, register: &Register) -> Result<Explanation, Error> {
    let mut reader = Rereader::new(options.returns.as_deref(), options.pipelines.as_deref())?;
    let found = asked(options, catalogue)?;
    let frame = catalogue.observations(&found)?;
    let compared = |topic: &str| catalogue.comparisons(&[found], &[topic.to_owned()]).map(Arc::new);
    explained_of(options, found, &frame, &compared, register, &mut reader)
}

/// The measure whose figure is asked for.
///
/// # Errors
/// There is none.
pub fn asked<'c>(options: &Explain, catalogue: &'c Catalogue) -> Result<Found<'c>, Error> {
    match figure::parts(&options.figure) {
        Some(parts) => catalogue.measure(&named(catalogue, &parts)?),
        None => catalogue.measure(&options.figure),
    }
}

/// A figure of a measure explained, of its observations and of its comparisons by topic.
///
/// # Errors
/// No such figure, or the comparisons cannot be read.
pub fn explained_of(
    options: &Explain,
    found: Found<'_>,
    frame: &Frame,
    compared: &dyn Fn(&str) -> Result<Arc<Frame>, Error>,
    register: &Register,
    reader: &mut Rereader,
) -> Result<Explanation, Error> {
    let id = figure::parts(&options.figure);
    let observed = Observed::of(frame).map_err(broken)?;
    let traced = Traced::of(&observed, found.table, found.measure);
    let row = match &id {
        Some(parts) => traced.by_id(&options.figure, parts)?,
        None => traced.asked(options, register)?,
    };
    let beside = id.as_ref().map_or("", |parts| parts.beside);
    let compared = compared(traced.figures.topic.word(row))?;
    let compared = Compared::of(&compared).map_err(broken)?;
    let (standing, comparators) = comparators(&traced, row, traced.point(row, found, &compared).as_ref(), register);
    let comparators = match beside {
        "" => comparators,
        word => vec![only_beside(word, comparators, &traced, row, register)?],
    };
    let mut explained = traced.explain(row, found.meta, found.name, reader, (standing, comparators));
    explained.reading = traced.reading(row, found, &compared, register);
    explained.said = explained.reading.as_ref().map_or_else(String::new, words::about);
    Ok(explained)
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

/// The observations of one measure.
pub struct Traced<'a> {
    figures: &'a Figures<'a>,
    observed: &'a Observed<'a>,
    table: &'a str,
    measure: &'a MeasureMeta,
}

impl<'a> Traced<'a> {
    /// Those of `measure` of `table`.
    pub fn of(observed: &'a Observed<'a>, table: &'a str, measure: &'a MeasureMeta) -> Traced<'a> {
        Traced { figures: &observed.figures, observed, table, measure }
    }

    /// The latest row with this id.
    fn by_id(&self, id: &str, parts: &figure::Parts<'_>) -> Result<usize, Error> {
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
    fn asked(&self, options: &Explain, register: &Register) -> Result<usize, Error> {
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
    fn figure(&self, row: usize) -> Figure {
        let (seen, place) = (self.observed.seen(row), self.observed.place(row));
        Figure {
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
    fn point<'c>(&self, row: usize, found: Found<'c>, compared: &'c Compared<'c>) -> Option<Point<'c>> {
        let figures = self.figures;
        let slice = compared.slice(found, figures.topic.word(row), figures.breakdown.word(row));
        let (code, identifier) = figures.periods.words(row);
        slice.point(figures.la.word(row).parse().ok()?, When { key: figures.periods.key(row), code, identifier })
    }

    /// What may be said of the figure of a row; nothing of an older release's, and of what was compared with nothing.
    fn reading(&self, row: usize, found: Found<'_>, compared: &Compared<'_>, register: &Register) -> Option<Reading> {
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
    fn months_before(&self, row: usize) -> Vec<Figure> {
        let mut rows = self.rows_before(row);
        rows.sort_by_key(|&row| self.figures.periods.key(row));
        let named = |row: usize| Figure { area: self.figures.periods.label(row), ..self.figure(row) };
        rows.into_iter().map(named).collect()
    }

    /// The six months before as one.
    fn over_months(&self, row: usize) -> Option<f64> {
        let each: Vec<_> = self.rows_before(row).into_iter().map(|row| self.observed.seen(row).numbers()).collect();
        over_periods(&each, Unit::from_word(&self.measure.unit).and_then(Unit::multiplier))
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
fn shown(seen: &Seen, measure: &MeasureMeta) -> String {
    let Some(value) = seen.value else { return format!("{} {}", seen.missing.symbol(), seen.missing.reason()) };
    let number = number(value, measure.places);
    if measure.unit == "percent" { format!("{number}%") } else { number }
}

/// Where a figure stands, and each comparator with its cells.
fn comparators(
    traced: &Traced<'_>,
    row: usize,
    point: Option<&Point<'_>>,
    register: &Register,
) -> (Option<Standing>, Vec<Against>) {
    let Some(point) = point else { return (None, Vec::new()) };
    let at = &point.standing;
    let standing = at.rank.map(|rank| Standing {
        rank,
        out_of: at.out_of,
        band: at.band.to_owned(),
        unusual: at.unusual.to_owned(),
    });
    let against = point.against.iter().map(|against| Against {
        comparator: against.comparator.to_string(),
        name: against.name.to_string(),
        value: against.figure.value,
        shown: shown(&against.figure, traced.measure),
        average: against.average.to_owned(),
        used: against.used,
        members: against.members,
        cells: member_cells(traced, row, &against.comparator, register),
    });
    (standing, against.collect())
}

/// What an id's word after `~` says: one of the comparators, a group, or the six months before.
fn only_beside(
    word: &str,
    compared: Vec<Against>,
    traced: &Traced<'_>,
    row: usize,
    register: &Register,
) -> Result<Against, Error> {
    if let Some(found) = compared.into_iter().find(|against| against.comparator == word) {
        return Ok(found);
    }
    let (name, cells) = match (word, Comparator::read(word, register)) {
        (figure::SIX_MONTHS, _) => ("Previous six months".to_owned(), traced.months_before(row)),
        (_, Ok(comparator)) => {
            let own = traced.figures.la.word(row).parse().ok();
            let name = own.map_or(String::new(), |own| comparator.name(own, register));
            (name, member_cells(traced, row, word, register))
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
        figure::SIX_MONTHS => (traced.over_months(row), "six months together"),
        _ => (mean_of(&values), "mean"),
    };
    Ok(Against {
        comparator: word.to_owned(),
        name,
        value,
        shown: shown(&Seen { value, ..Seen::missing(Missing::Unpublished) }, traced.measure),
        average: average.to_owned(),
        used: values.iter().flatten().count() as u16,
        members: cells.len() as u16,
        cells,
    })
}

/// The figures that a comparator is made of, in the order of its members.
fn member_cells(traced: &Traced<'_>, row: usize, word: &str, register: &Register) -> Vec<Figure> {
    let figures = traced.figures;
    let beside = |wanted: &dyn Fn(usize) -> bool| {
        let same = |other: usize| {
            traced.observed.is_latest(other)
                && figures.periods.key(other) == figures.periods.key(row)
                && figures.topic.codes.get(other) == figures.topic.codes.get(row)
                && figures.breakdown.codes.get(other) == figures.breakdown.codes.get(row)
        };
        (0..traced.observed.height()).find(|&other| same(other) && wanted(other)).map(|other| traced.figure(other))
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
        Ok(Members::Region(codes)) => {
            // As comparisons have it: the first region that the table knows, whether or not it has this figure.
            let is = |other: usize, code: &str| level(other, Level::Region) && figures.ons.word(other) == code;
            let known = codes.iter().find(|code| (0..traced.observed.height()).any(|other| is(other, code)));
            known.and_then(|code| beside(&|other| is(other, code))).into_iter().collect()
        }
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
        counts: None,
        place: Place::default(),
    }
}
