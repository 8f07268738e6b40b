//! Tables as CSV: columns in words, numbers whole, symbols as symbols, the ids of figures last.

use std::collections::BTreeSet;

use crate::finding::Error;
use crate::publish::READABLE;
use crate::publish::document::{Cell, Table};

/// The tables as text that Excel takes for UTF-8; heads again where they are others than those of the table before.
///
/// # Errors
/// There is no room for the text.
pub fn text(tables: &[Table]) -> Result<Vec<u8>, Error> {
    let mut out = csv::WriterBuilder::new().flexible(true).from_writer(READABLE.to_vec());
    let mut before: Vec<String> = Vec::new();
    for table in tables {
        let with_ids = with_ids(table);
        let heads = heads(table, &with_ids);
        if heads != before {
            out.write_record(heads.iter().map(|head| crate::text::cell(head))).map_err(failed)?;
            before = heads;
        }
        for row in &table.rows {
            let ids = with_ids.iter().map(|&at| row.get(at).map_or(String::new(), |cell| cell.id.clone()));
            out.write_record(row.iter().map(written).chain(ids)).map_err(failed)?;
        }
    }
    out.into_inner().map_err(|error| failed(error.into_error().into()))
}

fn failed(error: csv::Error) -> Error {
    Error::reading(std::io::Error::other(error))
}

/// The columns that have figures with ids.
fn with_ids(table: &Table) -> BTreeSet<usize> {
    let rows = table.rows.iter().flat_map(|row| row.iter().enumerate());
    rows.filter(|(_, cell)| !cell.id.is_empty()).map(|(at, _)| at).collect()
}

/// The heads of the columns, those of ids last.
fn heads(table: &Table, with_ids: &BTreeSet<usize>) -> Vec<String> {
    let id = |at: &usize| match (with_ids.len(), table.columns.get(*at)) {
        (2.., Some(column)) => format!("Figure id, {}", column.title),
        _ => "Figure id".to_owned(),
    };
    table.columns.iter().map(|column| column.title.clone()).chain(with_ids.iter().map(id)).collect()
}

/// A number as it is, anything else as words that no spreadsheet runs.
fn written(cell: &Cell) -> String {
    match cell.number {
        Some(number) => number.to_string(),
        // A dash alone is no formula but the sign that there is none.
        None if cell.text == "-" => cell.text.clone(),
        None => crate::text::cell(&cell.text),
    }
}
