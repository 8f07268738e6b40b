//! All authorities in LAIT's columns: a workbook or an OpenDocument spreadsheet, a sheet a measure.

use std::path::Path;

use super::options::Workbook;
use super::written::put;
use crate::finding::Error;
use crate::publish::document::{Cell, Column, Table};
use crate::publish::ods;
use crate::publish::workbook::{self, Book};
use crate::shown::counted;
use crate::sidebyside::{self, Sheet};
use crate::store::{Catalogue, Found};

/// The most measures of one workbook.
const MOST: usize = 60;

/// Writes the workbook; answers what was written.
///
/// # Errors
/// There is no such measure or topic, they are too many, or the file cannot be written.
pub fn workbook(asked: &Workbook) -> Result<Vec<String>, Error> {
    let is_ods = ending(&asked.to)?;
    let catalogue = Catalogue::open_whole(&asked.out)?;
    let found = measures(&catalogue, &asked.measures)?;
    if found.len() > MOST {
        let message = format!("{} measures are more than the {MOST} sheets that a workbook is made with", found.len());
        return Err(Error::usage(message, "name fewer, or a topic of fewer"));
    }
    let mut book = Book { title: title(&asked.measures, &found), ..Book::default() };
    book.lines.push("All authorities, regions and England, in the columns of LAIT: a sheet a measure".to_owned());
    if found.iter().any(|one| one.meta.illustrative) {
        book.lines.push("Illustrative data: some or all figures are made up".to_owned());
    }
    for one in &found {
        let sheet = sidebyside::everybody(&asked.out, &format!("{}/{}", one.table, one.name))?;
        book.notes.extend(sheet.notes.iter().map(|note| format!("{}: {note}", one.measure.label)));
        book.tables.push(table(sheet));
    }
    book.notes.extend(symbols(&book.tables));
    let bytes = if is_ods { ods::tables(&book)? } else { workbook::tables(&book)? };
    let written = put(&asked.to, &bytes)?;
    Ok(vec![format!("{written}  {}", counted(found.len(), "measure", "measures"))])
}

/// What each symbol of the tables stands for, each once.
fn symbols(tables: &[Table]) -> Vec<String> {
    let cells = tables.iter().flat_map(|table| &table.rows).flatten();
    let missing = cells.filter(|cell| cell.number.is_none() && !cell.reason.is_empty());
    let known: std::collections::BTreeSet<(&str, &str)> =
        missing.map(|cell| (cell.text.as_str(), cell.reason.as_str())).collect();
    known.into_iter().map(|(symbol, reason)| format!("{symbol} stands for: {reason}.")).collect()
}

/// Whether the file is to be an OpenDocument spreadsheet.
fn ending(path: &Path) -> Result<bool, Error> {
    match path.extension().unwrap_or_default().to_string_lossy().to_lowercase().as_str() {
        "xlsx" => Ok(false),
        "ods" => Ok(true),
        _ => {
            Err(Error::usage(format!("`{}` is neither .xlsx nor .ods", path.display()), "give it one of these endings"))
        }
    }
}

/// The measures of a topic of measures or tables, else those of a list of names.
fn measures<'c>(catalogue: &'c Catalogue, wanted: &str) -> Result<Vec<Found<'c>>, Error> {
    let is_wanted = |topic: &str| topic.eq_ignore_ascii_case(wanted);
    let all = catalogue.tables().iter().filter(|(_, meta)| !meta.own && !meta.neighbours);
    let of_topic = all.flat_map(|(table, meta)| {
        let wanted = move |measure: &&crate::publish::MeasureMeta| is_wanted(&meta.topic) || is_wanted(&measure.topic);
        let measures = meta.measures.iter().filter(move |(_, measure)| wanted(measure));
        measures.map(move |(name, measure)| Found { table, meta, name, measure })
    });
    let found: Vec<Found<'c>> = of_topic.collect();
    if found.is_empty() { catalogue.measures(wanted) } else { Ok(found) }
}

fn title(wanted: &str, found: &[Found<'_>]) -> String {
    match found {
        [only] => only.measure.label.clone(),
        _ => wanted.to_owned(),
    }
}

/// A sheet as a table of the document.
fn table(sheet: Sheet) -> Table {
    let is_words = |at: usize| {
        sheet
            .rows
            .iter()
            .all(|row| !matches!(row.get(at), Some(sidebyside::Cell::Number(..) | sidebyside::Cell::Signed(..))))
    };
    let column =
        |(at, title): (usize, &String)| if is_words(at) { Column::words(title) } else { Column::figures(title) };
    let columns = sheet.columns.iter().enumerate().map(column).collect();
    let rows = sheet.rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    Table { title: sheet.title, caption: sheet.subtitle, columns, rows, symbols: true, ..Table::default() }
}

fn cell(cell: &sidebyside::Cell) -> Cell {
    match cell {
        sidebyside::Cell::Number(value, places) | sidebyside::Cell::Signed(value, places) => {
            Cell::shown(*value, *places, cell.shown())
        }
        sidebyside::Cell::Missing(why) => Cell::missing(why.symbol(), why.reason()),
        sidebyside::Cell::Text(words) => Cell::words(words),
    }
}
