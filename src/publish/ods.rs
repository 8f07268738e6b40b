//! A document or tables to keep as an OpenDocument spreadsheet, which LibreOffice and Excel open.
//!
//! In: the same `Document` and `Book` that the workbook is made of. Out: the bytes of the file. Numbers are numbers in the dress that
//! the paper shows them in; everything else, however it starts, is text. Charts stand as the figures that they draw.

mod leaf;
mod packed;
mod styles;

use super::document::{Block, Document, Remark, Section, Table};
use super::document::{Cell, Column};
use super::workbook::{Book, names_of, standing};
use crate::finding::Error;
use leaf::Leaf;
use styles::Styles;

/// Tables to keep as an OpenDocument spreadsheet.
///
/// # Errors
/// The file cannot be put together.
pub fn tables(book: &Book) -> Result<Vec<u8>, Error> {
    let mut styles = Styles::default();
    let named =
        |(number, table): (usize, &Table)| Section { number, heading: table.title.clone(), ..Section::default() };
    let names = names_of(&(1..).zip(&book.tables).map(named).collect::<Vec<Section>>());
    let mut cover = Leaf::new("Cover", &book.title);
    book.lines.iter().for_each(|line| cover.say(line));
    cover.heading("In this workbook");
    book.tables.iter().zip(&names).for_each(|(table, name)| cover.say(&format!("{name}: {}", table.title)));
    let mut notes = Leaf::new("Notes", "Notes");
    book.notes.iter().for_each(|note| notes.say(note));
    let mut leaves = vec![cover, notes];
    for (table, name) in book.tables.iter().zip(&names) {
        let mut leaf = Leaf::new(name, &table.title);
        leaf.say(&table.caption);
        leaf.grid(table, &mut styles);
        leaves.push(leaf);
    }
    packed(&book.title, &leaves, &styles)
}

/// The figures of `document` as an OpenDocument spreadsheet.
///
/// # Errors
/// The file cannot be put together.
pub fn document(document: &Document) -> Result<Vec<u8>, Error> {
    let mut styles = Styles::default();
    let mut first = Leaf::new("At a glance", &document.full_title());
    first.say(&document.subtitle);
    for message in &document.messages {
        first.say(format!("{} {} {}", message.word, message.bold, message.rest).trim());
    }
    document.remarks.iter().for_each(|Remark { label, text }| first.say(&format!("{label}: {text}")));
    first.grid(&standing(document), &mut styles);
    let mut leaves = vec![first];
    for (section, name) in document.sections.iter().zip(names_of(&document.sections)) {
        leaves.push(sheet(section, &name, &mut styles));
    }
    let mut all = Leaf::new("All figures", "All measures of the paper with their figures");
    let annex = &document.annex;
    let further = document.further.iter().map(|figure| &figure.data);
    for table in annex.table.iter().chain(&annex.returned).chain(further).chain(&annex.definitions) {
        all.table(table, &mut styles);
    }
    let mut words = Leaf::new("Words and sources", "What the words mean, and where the figures come from");
    let pairs = |(label, text): (&str, &str)| [label, text].map(Cell::words).to_vec();
    let meanings = annex.words.iter().map(|word| pairs((&word.label, &word.text))).collect();
    let columns = || ["Word", "Meaning"].map(Column::words).to_vec();
    words.grid(&Table { columns: columns(), rows: meanings, ..Table::default() }, &mut styles);
    annex.sources.iter().chain(&annex.absent).chain(&annex.since).for_each(|line| words.say(line));
    leaves.extend([all, words]);
    packed(&document.full_title(), &leaves, &styles)
}

/// The sheet of a section.
fn sheet(section: &Section, name: &str, styles: &mut Styles) -> Leaf {
    let mut leaf = Leaf::new(name, &section.heading);
    leaf.say(&section.answer);
    for block in &section.blocks {
        match block {
            Block::Paragraph { text } => leaf.say(text),
            Block::Table(table) => leaf.table(table, styles),
            Block::Charts(charts) => {
                for figure in &charts.figures {
                    leaf.heading(&figure.title);
                    leaf.say(&figure.subtitle);
                    leaf.grid(&figure.data, styles);
                    figure.notes.iter().for_each(|note| leaf.say(note));
                }
            }
        }
    }
    leaf
}

fn packed(title: &str, leaves: &[Leaf], styles: &Styles) -> Result<Vec<u8>, Error> {
    packed::packed(title, leaves, styles).map_err(|error| {
        Error::usage(format!("the spreadsheet could not be made: {error}"), "tell the makers of Abreast")
    })
}
