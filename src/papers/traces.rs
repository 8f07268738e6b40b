//! Where the figures of papers were published: file and cell of each, for the workbook that comes with a paper.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::area::LaCode;
use crate::finding::{Error, Place};
use crate::publish::Only;
use crate::publish::document::{Document, Trace};
use crate::schema::{OBSERVATIONS, column};
use crate::store::{Catalogue, Found, Observed};

/// The cells of the figures of some measures and authorities, by id.
#[derive(Default)]
pub struct Traces {
    cells: FxHashMap<String, At>,
    /// Files, each with the sheet.
    files: Vec<(String, String)>,
}

/// A cell of a file.
struct At {
    file: usize,
    row: u32,
    column: u16,
}

impl Traces {
    /// The cells of `asked`, each about its topics, for the authorities that papers are about.
    ///
    /// # Errors
    /// A table cannot be read.
    pub fn of(
        asked: &[(Found<'_>, BTreeSet<String>)],
        people: &BTreeSet<LaCode>,
        catalogue: &Catalogue,
    ) -> Result<Traces, Error> {
        let mut tables: BTreeMap<&str, (BTreeSet<String>, BTreeSet<String>)> = BTreeMap::new();
        for (found, topics) in asked {
            let (names, about) = tables.entry(found.table).or_default();
            names.insert(found.name.to_owned());
            about.extend(topics.iter().cloned());
        }
        let codes: Vec<String> = people.iter().map(ToString::to_string).collect();
        let mut traces = Traces::default();
        for (table, (names, topics)) in tables {
            let (names, topics) = (Vec::from_iter(names), Vec::from_iter(topics));
            let only = [
                Only::of(column::Measure, &names),
                Only::of(column::LaCode, &codes),
                Only::of(column::BreakdownTopic, &topics),
            ];
            let frame = catalogue.pick(table, OBSERVATIONS, &only)?;
            traces.add(table, &Observed::of(&frame).map_err(super::broken)?);
        }
        Ok(traces)
    }

    fn add(&mut self, table: &str, observed: &Observed<'_>) {
        let mut known: BTreeMap<(&str, &str), usize> = BTreeMap::new();
        for row in observed.latest() {
            let file = *known.entry((observed.file(row), observed.sheet(row))).or_insert_with_key(|(file, sheet)| {
                self.files.push(((*file).to_owned(), (*sheet).to_owned()));
                self.files.len() - 1
            });
            let (at, column) = observed.cell(row);
            self.cells.insert(observed.figures.id(table, row), At { file, row: at, column });
        }
    }

    /// The file and cell of a figure.
    fn trace(&self, id: &str) -> Option<Trace> {
        let at = self.cells.get(id)?;
        let (file, sheet) = self.files.get(at.file)?;
        let place = Place {
            row: Some(at.row).filter(|row| *row > 0),
            column: Some(u32::from(at.column)).filter(|column| *column > 0),
            ..Place::file(file)
        };
        let file = if sheet.is_empty() { file.clone() } else { format!("{file}, sheet {sheet}") };
        Some(Trace { id: id.to_owned(), file, cell: place.cell() })
    }

    /// The cells of the figures that stand in a document, in the order of their ids.
    pub fn within(&self, document: &Document) -> Vec<Trace> {
        let charts = document.figures().map(|(_, figure)| figure).chain(&document.further).map(|figure| &figure.data);
        let tables = document.tables().map(|(_, table)| table).chain(charts);
        let cells = tables.flat_map(|table| table.rows.iter().flatten());
        let ids: BTreeSet<&str> = cells.map(|cell| cell.id.as_str()).filter(|id| !id.is_empty()).collect();
        ids.into_iter().filter_map(|id| self.trace(id)).collect()
    }
}
