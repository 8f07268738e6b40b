//! A section's sheet: the question, its answer, its tables, and its charts over the figures that they draw.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::charts::draw;
use super::grid::grid;
use super::sheet::{Shared, Sheet};
use crate::publish::document::{Block, PaperChart, Section, Table};

/// The sheet of `section`.
pub fn sheet(section: &Section, name: &str, shared: &mut Shared) -> Result<Worksheet, XlsxError> {
    let number = if section.number == 0 { String::new() } else { format!("{}. ", section.number) };
    let mut sheet = Sheet::new(name, &format!("{number}{}", section.heading), shared)?;
    sheet.row += 1;
    sentences(&mut sheet, &section.answer)?;
    sheet.row += 1;
    for block in &section.blocks {
        match block {
            Block::Paragraph { text } => {
                sentences(&mut sheet, text)?;
                sheet.row += 1;
            }
            Block::Table(figures) => table(&mut sheet, figures)?,
            Block::Charts(charts) => charts.figures.iter().try_for_each(|figure| chart(&mut sheet, figure))?,
        }
    }
    sheet.done()
}

/// A sentence a row: a row is not cut as long as its neighbours are blank.
fn sentences(sheet: &mut Sheet<'_>, text: &str) -> Result<(), XlsxError> {
    text.split_inclusive(". ").try_for_each(|sentence| sheet.say(sentence.trim(), |looks| &looks.plain))
}

/// A table under its title.
pub fn table(sheet: &mut Sheet<'_>, table: &Table) -> Result<(), XlsxError> {
    sheet.say(&table.title, |looks| &looks.heading)?;
    if !table.caption.is_empty() {
        sheet.say(&table.caption, |looks| &looks.quiet)?;
    }
    grid(sheet, table).map(drop)
}

/// A chart under its title, over its figures.
pub fn chart(sheet: &mut Sheet<'_>, figure: &PaperChart) -> Result<(), XlsxError> {
    sheet.say(&figure.title, |looks| &looks.heading)?;
    if !figure.subtitle.is_empty() {
        sheet.say(&figure.subtitle, |looks| &looks.quiet)?;
    }
    draw(sheet, figure)?;
    for note in &figure.notes {
        sheet.say(note, |looks| &looks.quiet)?;
    }
    sheet.row += 1;
    Ok(())
}
