//! A document as an Excel workbook: the first page, a sheet a section with native charts, every figure, words, sources, ids.
//!
//! In: a `Document`. Out: the bytes of the file. Tables are named Excel tables without merged cells; charts are native
//! and can be edited; numbers are numbers; everything else, however it starts, is text.

mod book;
mod charts;
mod dress;
mod glance;
mod grid;
mod language;
mod lists;
mod looks;
mod names;
mod section;
mod sheet;

use book::PROPERTY_LIMIT;

use rust_xlsxwriter::{DocProperties, Workbook, XlsxError};

use super::document::Document;
use crate::finding::Error;
pub use book::Book;
pub(super) use dress::Dress;
pub(super) use glance::standing;
pub(super) use grid::{distinct, flat, is_blank};
pub(super) use names::of as names_of;
use sheet::{Shared, line};

/// The workbook of `document`.
///
/// # Errors
/// Excel's rules refuse something, such as two sheets of one name: a mistake in the program.
pub fn workbook(document: &Document) -> Result<Vec<u8>, Error> {
    made(fill(document))
}

/// Tables to keep as a workbook.
///
/// # Errors
/// As [`workbook`].
pub fn tables(book: &Book) -> Result<Vec<u8>, Error> {
    made(book::fill(book))
}

fn made(filled: Result<Vec<u8>, XlsxError>) -> Result<Vec<u8>, Error> {
    let wrong = |error: &dyn std::fmt::Display| {
        Error::usage(format!("the workbook could not be made: {error}"), "tell the makers of Abreast")
    };
    let made = filled.map_err(|error| wrong(&error))?;
    language::british(&made).map_err(|error| wrong(&error))
}

fn fill(document: &Document) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let properties = DocProperties::new()
        .set_title(line(&document.full_title(), PROPERTY_LIMIT))
        .set_subject(line(&document.subtitle, PROPERTY_LIMIT))
        .set_author("Abreast");
    workbook.set_properties(&properties);
    let mut shared = Shared::default();
    workbook.push_worksheet(glance::sheet(document, &mut shared)?);
    let names = names::of(&document.sections);
    for (section, name) in document.sections.iter().zip(names) {
        workbook.push_worksheet(section::sheet(section, &name, &mut shared)?);
    }
    let lists = [
        lists::figures(document, &mut shared)?,
        lists::years(document, &mut shared)?,
        lists::words(document, &mut shared)?,
        lists::sources(document, &mut shared)?,
        lists::ids(document, &mut shared)?,
    ];
    for sheet in lists.into_iter().flatten() {
        workbook.push_worksheet(sheet);
    }
    workbook.save_to_buffer()
}
