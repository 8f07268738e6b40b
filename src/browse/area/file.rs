//! The rows of an area's page as a table to keep: columns in words, symbols where no figure is, the id of each figure.

use super::row::Row;
use crate::publish::document::{Cell, Column, Table};
use crate::reading::{Against, Level, words};

/// The rows as a table called `title`.
pub fn table(title: &str, rows: &[Row]) -> Table {
    let words = |title: &str| Column::words(title);
    let figures = |title: &str| Column::figures(title);
    let mut columns: Vec<Column> = ["Topic", "Measure", "Unit", "Period"].map(words).into();
    columns.extend(["Figure", "Numerator", "Denominator"].map(figures));
    columns.extend([words("Why none"), figures("England"), words("Against England")]);
    columns.extend([figures("Neighbours"), words("Against neighbours"), figures("Change on the year")]);
    columns.push(words("What may be said of the change"));
    columns.extend(["Rank", "Out of"].map(figures));
    Table { title: title.to_owned(), columns, rows: rows.iter().map(line).collect(), ..Table::default() }
}

fn line(row: &Row) -> Vec<Cell> {
    let reading = &row.reading;
    let places = reading.measure.places;
    let number = |value: Option<f64>, places| value.map_or_else(Cell::default, |value| Cell::number(value, places));
    let counts = reading.level.amount().and_then(|amount| amount.counts);
    let tag = |against: Option<&Against>| Cell::words(against.map_or("", |against| words::tag(against.verdict).word));
    let side = |against: Option<&Against>| number(against.and_then(|against| against.value), places);
    let change = reading.change.from().zip(reading.level.value()).map(|((_, from), to)| to - from);
    let ranked = reading.place.ranked();
    let figure = match (reading.level.value(), reading.level) {
        (Some(value), _) => Cell::number(value, places),
        (None, Level::Missing(why)) => Cell::missing(why.symbol(), why.reason()),
        (None, _) => Cell::default(),
    };
    vec![
        Cell::words(row.topic.as_str()),
        Cell::words(reading.measure.label.as_str()),
        Cell::words(reading.measure.unit.word()),
        Cell::words(row.period.as_str()),
        figure.figure(row.own.address.trim_start_matches("/figure/")),
        number(counts.map(|(top, _)| top), 0),
        number(counts.map(|(_, bottom)| bottom), 0),
        Cell::words(row.missing.as_str()),
        side(reading.england()),
        tag(reading.england()),
        side(reading.neighbours()),
        tag(reading.neighbours()),
        change.map_or_else(Cell::default, |change| Cell::change(change, places)),
        Cell::words(row.moved.said),
        number(ranked.map(|ranked| f64::from(ranked.rank())), 0),
        number(ranked.map(|ranked| f64::from(ranked.of())), 0),
    ]
}
