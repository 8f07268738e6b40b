//! Where the figures of papers were published: file and cell of each, for the workbook that comes with a paper.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use crate::area::LaCode;
use crate::finding::Error;
use crate::publish::Only;
use crate::publish::document::{Document, Trace};
use crate::schema::{OBSERVATIONS, column};
use crate::store::{Catalogue, Found, Observed};

/// The cells of the figures of some measures and authorities, by id.
#[derive(Default)]
pub struct Traces {
    cells: FxHashMap<String, Trace>,
}

impl Traces {
    /// The cells of `all` for the authorities that papers are about.
    ///
    /// # Errors
    /// A table cannot be read.
    pub fn of(all: &[Found<'_>], people: &BTreeSet<LaCode>, catalogue: &Catalogue) -> Result<Traces, Error> {
        let mut tables: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for found in all {
            let names = tables.entry(found.table).or_default();
            if !names.iter().any(|name| name == found.name) {
                names.push(found.name.to_owned());
            }
        }
        let codes: Vec<String> = people.iter().map(ToString::to_string).collect();
        let mut traces = Traces::default();
        for (table, names) in tables {
            let only = [Only::of(column::Measure, &names), Only::of(column::LaCode, &codes)];
            let frame = catalogue.pick(table, OBSERVATIONS, &only)?;
            let observed = Observed::of(&frame).map_err(super::broken)?;
            for row in observed.latest() {
                let place = observed.place(row);
                let sheet = if place.sheet.is_empty() { String::new() } else { format!(", sheet {}", place.sheet) };
                let file = format!("{}{sheet}", place.file);
                let id = observed.figures.id(table, row);
                traces.cells.insert(id.clone(), Trace { id, file, cell: place.cell() });
            }
        }
        Ok(traces)
    }

    /// The cells of the figures that stand in a document, in the order of their ids.
    pub fn within(&self, document: &Document) -> Vec<Trace> {
        let charts = document.figures().map(|(_, figure)| figure).chain(&document.further).map(|figure| &figure.data);
        let tables = document.tables().map(|(_, table)| table).chain(charts);
        let cells = tables.flat_map(|table| table.rows.iter().flatten());
        let ids: BTreeSet<&str> = cells.map(|cell| cell.id.as_str()).filter(|id| !id.is_empty()).collect();
        ids.into_iter().filter_map(|id| self.cells.get(id)).cloned().collect()
    }
}
