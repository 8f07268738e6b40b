//! Everything that is known of a page's measures: a row a figure, every period, place and group.

use crate::browse::address::{Address, Shape};
use crate::browse::build::{Build, broken};
use crate::browse::wrong::Wrong;
use crate::browse::{area, heat};
use crate::finding::Error;
use crate::publish::document::{Cell, Column, Table};
use crate::schema::TOTAL;
use crate::shown::{counted, sentence};
use crate::store::{Found, Observed};

use super::{ROWS, Taken, WORKBOOK_ROWS};

/// Every figure of the measures of a page.
///
/// # Errors
/// A table cannot be read.
pub fn taken(build: &Build, page: &Address, shape: Shape) -> Result<Result<Taken, Wrong>, Error> {
    let (about, found) = measures(build, page)?;
    let most = if shape == Shape::Xlsx { WORKBOOK_ROWS } else { ROWS };
    let (mut tables, mut rows) = (Vec::new(), 0);
    for one in &found {
        let frame = build.observed(one)?;
        let observed = Observed::of(&frame).map_err(broken)?;
        let latest: Vec<usize> = observed.latest().collect();
        rows += latest.len();
        // More than can be opened is counted and not made.
        if rows <= most {
            tables.push(table(one, &observed, latest));
        } else {
            tables.push(Table { rows: vec![Vec::new(); latest.len()], ..Table::default() });
        }
    }
    let mut notes: Vec<String> = found.iter().map(|one| one.meta.source.clone()).collect();
    notes.sort();
    notes.dedup();
    notes.insert(0, "Of each figure the newest release that has it".to_owned());
    Ok(Ok(Taken {
        title: match found.as_slice() {
            [one] => one.measure.label.clone(),
            many => sentence(&counted(many.len(), "measure", "measures")),
        },
        said: format!("all: every period, place and group, {}", counted(rows, "figure", "figures")),
        about,
        notes,
        tables,
    }))
}

/// About how many figures the measures of a page have: what the newest release of their tables has, in equal shares.
///
/// # Errors
/// A measure is not there.
pub fn likely(build: &Build, page: &Address) -> Result<usize, Error> {
    let (_, found) = measures(build, page)?;
    let share = |one: &Found<'_>| {
        let newest = one.meta.accounts.last().map_or(0, |account| account.observations);
        newest / one.meta.measures.len().max(1)
    };
    Ok(found.iter().map(share).sum())
}

/// The measures of a page, and what its file is called.
fn measures<'b>(build: &'b Build, page: &Address) -> Result<(String, Vec<Found<'b>>), Error> {
    Ok(match page {
        Address::Measure(page) => {
            (page.measure.clone(), vec![build.catalogue.measure(&format!("{}/{}", page.table, page.measure))?])
        }
        Address::Area(page) => (format!("measures {}", page.topic), area::measures(build, page)),
        Address::Heat(page) => ("heat map".to_owned(), heat::measures(build, page)?),
        Address::Measures { topic, .. } => {
            let of = build.measures().filter(|found| topic.is_empty() || found.meta.topic == *topic);
            (format!("measures {topic}"), of.collect())
        }
        _ => (String::new(), Vec::new()),
    })
}

/// The newest figures of a measure, the whole before its groups, a place after the other, in order of time.
fn table(found: &Found<'_>, observed: &Observed<'_>, mut rows: Vec<usize>) -> Table {
    let figures = &observed.figures;
    rows.sort_by_key(|&row| {
        let topic = figures.topic.codes.get(row);
        let place = (figures.level.codes.get(row), figures.name.codes.get(row), figures.la.codes.get(row));
        (figures.topic.word(row) != TOTAL, topic, figures.breakdown.codes.get(row), place, figures.periods.key(row))
    });
    let words = ["Table", "Measure", "Unit", "Topic", "Group", "Level", "Code", "Area", "Period"]
        .map(Column::words)
        .into_iter();
    let numbers = ["Figure", "Numerator", "Denominator"].map(Column::figures);
    let further = ["Status", "Release"].map(Column::words);
    Table {
        title: crate::store::measure(found, "").label,
        columns: words.chain(numbers).chain(further).collect(),
        rows: rows.into_iter().map(|row| line(found, observed, row)).collect(),
        ..Table::default()
    }
}

fn line(found: &Found<'_>, observed: &Observed<'_>, row: usize) -> Vec<Cell> {
    let figures = &observed.figures;
    let seen = observed.seen(row);
    let figure = match seen.value {
        Some(value) => Cell::number(value, found.measure.places),
        None => Cell::missing(seen.missing.symbol(), seen.missing.reason()),
    };
    let count = |count: Option<f64>| count.map_or_else(Cell::default, |count| Cell::number(count, 0));
    let words = [
        found.meta.title.as_str(),
        &found.measure.label,
        &found.measure.unit,
        figures.topic.word(row),
        figures.breakdown.word(row),
        figures.level.word(row),
        figures.area(row),
        figures.name.word(row),
    ];
    let mut cells: Vec<Cell> = words.map(Cell::words).into();
    cells.push(Cell::words(figures.periods.label(row)));
    cells.push(figure.figure(figures.id(found.table, row)));
    cells.extend([seen.above, seen.below].map(count));
    cells.push(Cell::words(observed.status(row).replace('_', " ")));
    cells.push(Cell::words(observed.release(row)));
    cells
}
