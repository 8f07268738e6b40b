//! Tables to keep as a workbook: a cover, notes, a sheet a table, and the ids of the figures.

use rust_xlsxwriter::{DocProperties, Workbook, Worksheet, XlsxError};

use super::sheet::{Shared, Sheet, WIDEST, line};
use super::{grid, lists, names};
use crate::publish::document::{Document, Section, Table};

/// Tables with what is said of them.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// What they show.
    pub title: String,
    /// What the cover says beneath: whose figures, of when, how much of all; a line each.
    pub lines: Vec<String>,
    /// What a reader must know, a sentence each.
    pub notes: Vec<String>,
    /// The tables, each with its title.
    pub tables: Vec<Table>,
}

/// The workbook in the making.
pub fn fill(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new().set_title(line(&book.title, PROPERTY_LIMIT)).set_author("Abreast");
    workbook.set_properties(&properties);
    let mut shared = Shared::default();
    // Numbered, so that no table's name is that of another sheet.
    let named =
        |(number, table): (usize, &Table)| Section { number, heading: table.title.clone(), ..Section::default() };
    let names = names::of(&(1..).zip(&book.tables).map(named).collect::<Vec<Section>>());
    workbook.push_worksheet(cover(book, &names, &mut shared)?);
    workbook.push_worksheet(notes(book, &mut shared)?);
    for (table, name) in book.tables.iter().zip(&names) {
        workbook.push_worksheet(sheet(table, name, &mut shared)?);
    }
    if let Some(ids) = lists::ids(&Document::default(), &mut shared)? {
        workbook.push_worksheet(ids);
    }
    workbook.save_to_buffer()
}

/// What it is, and which sheet has what.
fn cover(book: &Book, names: &[String], shared: &mut Shared) -> Result<Worksheet, XlsxError> {
    let mut sheet = Sheet::new("Cover", &book.title, shared)?;
    sheet.widen(0, WIDEST);
    book.lines.iter().try_for_each(|words| sheet.wrap(words))?;
    sheet.row += 1;
    sheet.say("In this workbook", |looks| &looks.heading)?;
    sheet.say("Notes: what a reader must know, and where the figures were published", |looks| &looks.plain)?;
    for (table, name) in book.tables.iter().zip(names) {
        let caption = if table.caption.is_empty() { String::new() } else { format!(" ({})", table.caption) };
        sheet.wrap(&format!("{name}: {}{caption}", table.title))?;
    }
    sheet.say("Figure ids: abreast explain ID shows where a figure comes from", |looks| &looks.plain)?;
    sheet.done()
}

fn notes(book: &Book, shared: &mut Shared) -> Result<Worksheet, XlsxError> {
    let mut sheet = Sheet::new("Notes", "Notes", shared)?;
    sheet.widen(0, WIDEST);
    sheet.row += 1;
    book.notes.iter().try_for_each(|words| sheet.wrap(words))?;
    sheet.done()
}

fn sheet(table: &Table, name: &str, shared: &mut Shared) -> Result<Worksheet, XlsxError> {
    let mut sheet = Sheet::new(name, &table.title, shared)?;
    if !table.caption.is_empty() {
        sheet.say(&table.caption, |looks| &looks.quiet)?;
    }
    sheet.row += 1;
    grid::grid(&mut sheet, table)?;
    sheet.done()
}

/// Excel's limit of letters in a property.
pub const PROPERTY_LIMIT: usize = 255;
