//! The heat map as a table to keep: a row a measure, a column a place, the words of the verdicts beside the figures.

use super::{Page, Row};
use crate::browse::build::Build;
use crate::browse::take::Taken;
use crate::publish::document::{Cell, Column, Table};
use crate::reading::{Level, Reading};
use crate::shown::whole;

/// The filled page as a table.
pub fn taken(build: &Build, page: Page) -> Taken {
    let places: Vec<&str> = page.places.iter().map(|place| place.name.as_str()).collect();
    let mut columns: Vec<Column> = ["Topic", "Measure", "Unit", "Period"].map(Column::words).into();
    columns.push(Column::figures("England"));
    columns.extend(places.iter().map(|place| Column::figures(*place)));
    columns.extend(places.iter().map(|place| Column::words(format!("{place} against England"))));
    let rows: Vec<&Row> = page.topics.iter().flat_map(|topic| &topic.rows).collect();
    let open = build.register.authorities().iter().filter(|authority| authority.closed.is_none()).count();
    let said = format!(
        "shown: {} of {} places, {} of {} measures",
        places.len(),
        whole(open),
        rows.len(),
        whole(build.measures().count())
    );
    let table =
        Table { title: page.title.clone(), columns, rows: rows.into_iter().map(line).collect(), ..Table::default() };
    Taken {
        about: format!("heat map {}", places.first().unwrap_or(&"")),
        title: page.title,
        said,
        notes: std::iter::once(page.chance).chain(page.sources).collect(),
        tables: vec![table],
    }
}

fn line(row: &Row) -> Vec<Cell> {
    let Some(own) = row.readings.first() else { return Vec::new() };
    let mut cells: Vec<Cell> =
        [row.topic.as_str(), &row.label, own.measure.unit.word(), &own.period.label].map(Cell::words).into();
    cells.push(row.england_value.map_or_else(Cell::default, |value| Cell::number(value, own.measure.places)));
    cells.extend(row.readings.iter().zip(&row.ids).map(|(reading, id)| figure(reading).figure(id.as_str())));
    cells.extend(row.cells.iter().map(|cell| Cell::words(cell.verdict.word.as_str())));
    cells
}

fn figure(reading: &Reading) -> Cell {
    match (reading.level.value(), reading.level) {
        (Some(value), _) => Cell::number(value, reading.measure.places),
        (None, Level::Missing(why)) => Cell::missing(why.symbol(), why.reason()),
        (None, _) => Cell::default(),
    }
}
