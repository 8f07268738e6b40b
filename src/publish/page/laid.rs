//! How each table of a page is laid out: the widths of its columns, and what becomes of it where the screen is narrow.
//!
//! In: a document. Out: a layout for each of its tables, by the table's id.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::publish::columns::columns;
use crate::publish::document::{Cell, Column, Document, PaperChart, Shape, Table};

/// The width of the paper's column, in millimetres.
pub const COLUMN: f64 = 174.0;
/// The width of the column on a telephone.
const PHONE: f64 = 92.0;
/// A table of fewer rows is not broken between pages.
const WHOLE: usize = 14;

/// How much smaller a table is set that does not fit otherwise.
const TIGHT: f64 = 8.0 / 9.5;

/// How one table is laid out.
#[derive(Debug, Default, Serialize)]
pub struct Laid {
    /// The part of the whole width that each column has, in percent.
    shares: Vec<f64>,
    /// `whole` where it is not broken between pages, `stack` where a telephone shows its rows one below the other; `tight`
    /// where it is set smaller, `always` where even so its rows are one below the other on every screen and on paper.
    class: String,
    /// The chart's data with a row for each of its columns, where that is narrower.
    turned: Option<Table>,
}

/// The layouts of all tables of `document`, those of its charts among them.
pub fn layouts(document: &Document) -> BTreeMap<&str, Laid> {
    let open = document.tables().map(|(_, table)| (table.id.as_str(), laid(table)));
    let folded = document.figures().map(|(_, figure)| (figure.data.id.as_str(), folded(figure)));
    open.chain(folded).collect()
}

fn laid(table: &Table) -> Laid {
    let is_wide = columns(table, COLUMN).least > COLUMN;
    let made = columns(table, if is_wide { COLUMN / TIGHT } else { COLUMN });
    let classes = [
        ("whole", table.rows.len() < WHOLE),
        (
            "stack",
            made.least > PHONE || table.rows.iter().flatten().any(|cell| cell.picture.is_some() || cell.mark.is_some()),
        ),
        ("tight", is_wide && made.least * TIGHT <= COLUMN),
        ("always", made.least * TIGHT > COLUMN),
    ];
    let classes: Vec<&str> = classes.into_iter().filter(|(_, is_so)| *is_so).map(|(class, _)| class).collect();
    let all: f64 = made.widths.iter().sum();
    Laid {
        shares: made.widths.iter().map(|width| width * 100.0 / all).collect(),
        class: classes.join(" "),
        turned: None,
    }
}

/// The layout of a chart's data, which is read down where it has more columns than rows.
fn folded(figure: &PaperChart) -> Laid {
    let data = &figure.data;
    if data.columns.len() <= data.rows.len() + 1 {
        return laid(data);
    }
    let turned = turned(data, if figure.plot.shape == Shape::Lines { "Period" } else { "Part" });
    Laid { turned: Some(turned.clone()), ..laid(&turned) }
}

/// The table with a row for each of its columns after the first, and a column for each of its rows.
fn turned(table: &Table, first: &str) -> Table {
    let own = |row: &[Cell]| row.iter().any(|cell| cell.strong);
    let names = table.rows.iter().map(|row| Column {
        title: row.first().map_or_else(String::new, |cell| cell.text.clone()),
        numeric: true,
        own: own(row),
        ..Column::default()
    });
    let cell = |row: &Vec<Cell>, index: usize| row.get(index).cloned().unwrap_or_default();
    let rows = table.columns.iter().enumerate().skip(1).map(|(index, column)| {
        let heading = Cell::words(column.title.clone());
        std::iter::once(heading).chain(table.rows.iter().map(|row| cell(row, index))).collect()
    });
    Table {
        id: table.id.clone(),
        title: table.title.clone(),
        caption: table.caption.clone(),
        columns: std::iter::once(Column::words(first)).chain(names).collect(),
        rows: rows.collect(),
        groups: Vec::new(),
        notes: table.notes.clone(),
        symbols: table.symbols,
    }
}
