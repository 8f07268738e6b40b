//! The rows of an area's page as a table to keep: columns in words, symbols where no figure is, the id of each figure.

use super::row::Row;
use crate::publish::document::{Cell, Column, Table};
use crate::reading::Level;
use crate::shown::sentence;

/// The rows as a table called `title`; `sides` are the names of what stands beside.
pub fn table(title: &str, sides: &[String], rows: &[Row]) -> Table {
    let words = |title: &str| Column::words(title);
    let figures = |title: &str| Column::figures(title);
    let mut columns: Vec<Column> = ["Topic", "Measure", "Unit", "Period"].map(words).into();
    columns.extend(["Figure", "Numerator", "Denominator"].map(figures));
    columns.push(words("Why none"));
    columns.extend(sides.iter().flat_map(|side| [figures(&sentence(side)), words(&format!("Against {side}"))]));
    columns.extend([figures("Change on the year"), words("What may be said of the change")]);
    columns.extend(["Rank", "Out of"].map(figures));
    Table {
        title: title.to_owned(),
        columns,
        rows: rows.iter().map(|row| line(row, sides.len())).collect(),
        ..Table::default()
    }
}

fn line(row: &Row, sides: usize) -> Vec<Cell> {
    let reading = &row.reading;
    let places = reading.measure.places;
    let number = |value: Option<f64>, places| value.map_or_else(Cell::default, |value| Cell::number(value, places));
    let counts = reading.level.amount().and_then(|amount| amount.counts);
    let change = reading.change.from().zip(reading.level.value()).map(|((_, from), to)| to - from);
    let ranked = reading.place.ranked();
    let figure = match (reading.level.value(), reading.level) {
        (Some(value), _) => Cell::number(value, places),
        (None, Level::Missing(why)) => Cell::missing(why.symbol(), why.reason()),
        (None, _) => Cell::default(),
    };
    let mut cells = vec![
        Cell::words(row.topic.as_str()),
        Cell::words(reading.measure.label.as_str()),
        Cell::words(reading.measure.unit.word()),
        Cell::words(row.period.as_str()),
        figure.figure(row.own.address.trim_start_matches("/figure/")),
        number(counts.map(|(top, _)| top), 0),
        number(counts.map(|(_, bottom)| bottom), 0),
        Cell::words(row.missing.as_str()),
    ];
    for at in 0..sides {
        let side = row.sides.get(at);
        let id = side.map_or("", |side| side.id.as_str());
        cells.push(number(side.and_then(|side| side.value), places).figure(id));
        cells.push(Cell::words(side.map_or("", |side| side.verdict.word.as_str())));
    }
    cells.extend([
        change.map_or_else(Cell::default, |change| Cell::change(change, places)),
        Cell::words(row.moved.said),
        number(ranked.map(|ranked| f64::from(ranked.rank())), 0),
        number(ranked.map(|ranked| f64::from(ranked.of())), 0),
    ]);
    cells
}
