//! The sheets behind the sections: every figure, what words mean, sources, and the ids of the figures.

use rust_xlsxwriter::{Worksheet, XlsxError};
use rustc_hash::FxHashMap;

use super::grid::grid;
use super::section::{chart, table};
use super::sheet::{Shared, Sheet};
use crate::publish::document::{Cell, Column, Document, Remark, Table};

/// The tables of the annex as numbers; none where the paper has none.
pub fn figures(document: &Document, shared: &mut Shared) -> Result<Option<Worksheet>, XlsxError> {
    let mut tables = document.annex.table.iter().chain(&document.annex.returned);
    let Some(figures) = tables.next() else { return Ok(None) };
    let mut sheet = Sheet::new("All figures", "All measures of the paper with their figures", shared)?;
    sheet.say(&figures.title, |looks| &looks.heading)?;
    if !figures.caption.is_empty() {
        sheet.say(&figures.caption, |looks| &looks.quiet)?;
    }
    sheet.row += 1;
    grid(&mut sheet, figures)?;
    for other in tables {
        table(&mut sheet, other)?;
    }
    sheet.done().map(Some)
}

/// The measures that no section draws, each over its years; none where there are none.
pub fn years(document: &Document, shared: &mut Shared) -> Result<Option<Worksheet>, XlsxError> {
    if document.further.is_empty() {
        return Ok(None);
    }
    let mut sheet = Sheet::new("Figures by year", "Measures of the paper over each year that is published", shared)?;
    sheet.row += 1;
    document.further.iter().try_for_each(|figure| chart(&mut sheet, figure))?;
    sheet.done().map(Some)
}

/// What the words of the paper mean, and how its measures are defined.
pub fn words(document: &Document, shared: &mut Shared) -> Result<Option<Worksheet>, XlsxError> {
    let annex = &document.annex;
    if annex.words.is_empty() && annex.definitions.is_none() {
        return Ok(None);
    }
    let mut sheet = Sheet::new("Words", "What the words mean", shared)?;
    sheet.row += 1;
    let row = |word: &Remark| [&word.label, &word.text].map(|words| Cell::words(words.as_str())).into();
    let words = Table {
        title: "Words".to_owned(),
        columns: ["Word", "Meaning"].map(Column::words).into(),
        rows: annex.words.iter().map(row).collect(),
        ..Table::default()
    };
    grid(&mut sheet, &words)?;
    if let Some(definitions) = &annex.definitions {
        table(&mut sheet, definitions)?;
    }
    sheet.done().map(Some)
}

/// Where the figures come from, what is not in the paper, what changed since the last one.
pub fn sources(document: &Document, shared: &mut Shared) -> Result<Option<Worksheet>, XlsxError> {
    let annex = &document.annex;
    let mut sheet = Sheet::new("Sources", "Sources", shared)?;
    sheet.row += 1;
    let numbered =
        |(number, source): (usize, &String)| vec![Cell::number(number as f64, 0), Cell::words(source.as_str())];
    let sources = Table {
        title: "Sources".to_owned(),
        columns: vec![Column::figures("Number"), Column::words("Source")],
        rows: (1..).zip(&annex.sources).map(numbered).collect(),
        ..Table::default()
    };
    grid(&mut sheet, &sources)?;
    for (heading, lines) in [("Not in this paper", &annex.absent), ("Since the last paper", &annex.since)] {
        if !lines.is_empty() {
            sheet.say(heading, |looks| &looks.heading)?;
            lines.iter().try_for_each(|words| sheet.say(words, |looks| &looks.plain))?;
            sheet.row += 1;
        }
    }
    sheet.done().map(Some)
}

/// Sheet, cell and id of every figure, and where it was published; none where no figure has an id.
pub fn ids(document: &Document, shared: &mut Shared) -> Result<Option<Worksheet>, XlsxError> {
    let listed = std::mem::take(&mut shared.ids);
    if listed.is_empty() {
        return Ok(None);
    }
    let traces: FxHashMap<&str, _> = document.traces.iter().map(|trace| (trace.id.as_str(), trace)).collect();
    let mut columns: Vec<Column> = ["Sheet", "Cell", "Figure", "Id"].map(Column::words).into();
    if !traces.is_empty() {
        columns.extend(["Publisher's file", "Place in it"].map(Column::words));
    }
    let row = |one: &super::sheet::Listed| {
        let mut cells: Vec<Cell> =
            [&one.sheet, &one.cell, &one.shown, &one.id].map(|words| Cell::words(words.as_str())).into();
        if !traces.is_empty() {
            let trace = traces.get(one.id.as_str());
            let words = |of: fn(&crate::publish::document::Trace) -> &str| trace.map_or("", |trace| of(trace));
            cells.extend([words(|trace| &trace.file), words(|trace| &trace.cell)].map(Cell::words));
        }
        cells
    };
    let list = Table {
        title: "Ids of the figures".to_owned(),
        columns,
        rows: listed.iter().map(row).collect(),
        ..Table::default()
    };
    let mut sheet =
        Sheet::new("Figure ids", "Ids of the figures: abreast explain ID shows where one comes from", shared)?;
    grid(&mut sheet, &list)?;
    sheet.done().map(Some)
}
