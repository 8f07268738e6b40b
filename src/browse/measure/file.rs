//! The table of a measure's page to keep: the columns of `compare`, the rows in the order of the page, the id of each figure.

use std::collections::BTreeSet;

use crate::area::{LaCode, Level};
use crate::browse::build::{Build, broken};
use crate::browse::take::Taken;
use crate::comparator::Comparator;
use crate::finding::Error;
use crate::frame::Frame;
use crate::publish::document::{Cell, Column, Table};
use crate::schema::TOTAL;
use crate::shown::{counted, whole};
use crate::sidebyside::{self, Line, Sheet, SideBySide};
use crate::store::{Found, Observed};

/// The table with what is said of it.
///
/// # Errors
/// A column is not there: a mistake in the program.
pub fn taken(
    build: &Build,
    own: LaCode,
    found: &Found<'_>,
    frame: &Frame,
    (told, sheet): (SideBySide, Sheet),
) -> Result<Taken, Error> {
    let who = build.register.newest(own).map_or("", |authority| authority.name.as_str());
    let part = if told.about.0 == TOTAL { "" } else { told.about.1.as_str() };
    let latest = told.periods.last().map_or("", String::as_str);
    let said = said(&told, known(frame, latest, &told.about)?);
    Ok(Taken {
        about: format!("{} {part} {who} {latest}", found.name),
        title: sheet.title.clone(),
        said,
        notes: told.notes.clone(),
        tables: vec![table(&told, sheet, own)],
    })
}

/// `shown: 13 of 163 places and 1 average`.
fn said(told: &SideBySide, known: usize) -> String {
    let is_place =
        |line: &&Line| line.code.is_some() || matches!(line.comparator, Some(Comparator::England | Comparator::Region));
    let places = told.lines.iter().filter(is_place).count();
    let averages = told.lines.len() - places;
    let more = match averages {
        0 => String::new(),
        some => format!(" and {}", counted(some, "average", "averages")),
    };
    format!("shown: {} of {} places{more}", places, whole(known.max(places)))
}

/// How many places have a row about the group in a period: authorities, regions, England.
fn known(frame: &Frame, period: &str, about: &(String, String)) -> Result<usize, Error> {
    let observed = Observed::of(frame).map_err(broken)?;
    let figures = &observed.figures;
    let levels = [Level::Country, Level::Region, Level::Authority].map(Level::word);
    let fits = |row: &usize| {
        levels.contains(&figures.level.word(*row))
            && figures.topic.word(*row) == about.0
            && figures.breakdown.word(*row) == about.1
            && figures.periods.label(*row) == period
    };
    let places: BTreeSet<&str> = observed.latest().filter(fits).map(|row| figures.area(row)).collect();
    Ok(places.len())
}

/// The sheet of `compare`, a row a line of the page, each figure with its id.
fn table(told: &SideBySide, sheet: Sheet, own: LaCode) -> Table {
    // Each period has its figure and its two counts.
    const FIRST: usize = 2;
    const EACH: usize = 3;
    let mut lines: Vec<(&Line, Vec<sidebyside::Cell>)> = told.lines.iter().zip(sheet.rows).collect();
    lines.sort_by_key(|(line, _)| super::table::comes_late(line, own));
    let row = |(line, cells): (&Line, Vec<sidebyside::Cell>)| {
        let mut row: Vec<Cell> = cells.into_iter().map(cell).collect();
        for (at, (_, id)) in line.figures.iter().enumerate() {
            if let Some(cell) = row.get_mut(FIRST + EACH * at) {
                *cell = std::mem::take(cell).figure(id.as_str());
            }
        }
        row
    };
    let rows: Vec<Vec<Cell>> = lines.into_iter().map(row).collect();
    let numeric = |at: usize| rows.iter().any(|row| row.get(at).is_some_and(|cell| cell.number.is_some()));
    let columns = sheet.columns.into_iter().enumerate();
    let columns = columns.map(|(at, title)| Column { numeric: numeric(at), ..Column::words(title) }).collect();
    Table { title: sheet.title, caption: sheet.subtitle, columns, rows, ..Table::default() }
}

fn cell(cell: sidebyside::Cell) -> Cell {
    match cell {
        sidebyside::Cell::Number(value, places) => Cell::number(value, places),
        sidebyside::Cell::Signed(value, places) => Cell::change(value, places),
        sidebyside::Cell::Missing(why) => Cell::missing(why.symbol(), why.reason()),
        sidebyside::Cell::Text(words) => Cell::words(words),
    }
}
