//! Names of columns looked up in a file: each once, with what is wrong where one is not there.

use crate::finding::{Finding, Place, likely};
use crate::grid::TextTable;
use crate::pipeline::{Pipeline, ReleaseBlock};

/// Collects what is wrong while names are looked up.
pub(super) struct Resolver<'a> {
    pub pipeline: &'a Pipeline,
    pub block: &'a ReleaseBlock,
    pub table: &'a TextTable,
    pub used: Vec<bool>,
    pub ignored: Vec<bool>,
    pub missing: Vec<String>,
    pub findings: Vec<Finding>,
}

impl Resolver<'_> {
    /// A column named by the standard: absent is no error.
    pub(super) fn standard(&mut self, name: &str) -> Option<usize> {
        let column = self.table.position(name)?;
        self.used[column] = true;
        Some(column)
    }

    /// A column named in the TOML at `span`: absent is a finding with the likely answer.
    pub(super) fn named(&mut self, name: &str, span: Option<std::ops::Range<usize>>) -> Option<usize> {
        if let Some(column) = self.table.position(name) {
            self.used[column] = true;
            return Some(column);
        }
        if self.missing.iter().any(|known| known == name) {
            // A count that several measures are made of is one column.
            return None;
        }
        self.missing.push(name.to_owned());
        let declared = span.map_or_else(String::new, |span| format!(" ({})", self.pipeline.place(span)));
        let finding = Finding::error(
            "missing-column",
            format!("column `{name}`{declared} is not in the file"),
            self.missing_help(name),
        )
        .at(Place { row: Some(self.table.header_row), ..self.table.place(None, None) });
        self.findings.push(finding);
        None
    }

    /// Whether a cell of row `row` (an index) says `name`.
    pub(super) fn holds(&self, row: usize, name: &str) -> bool {
        self.table.frame.columns().iter().any(|column| {
            column.str().ok().and_then(|text| text.get(row)).is_some_and(|text| text.trim().eq_ignore_ascii_case(name))
        })
    }

    /// One finding for all where every missing name stands in one row further down.
    pub(super) fn header_elsewhere(&self) -> Option<Finding> {
        let names = &self.missing;
        if names.len() < 2 {
            return None;
        }
        let row = (0..self.table.rows.len().min(15)).find(|&row| names.iter().all(|name| self.holds(row, name)))?;
        let number = self.table.rows[row];
        let message = format!(
            "the column names are in row {number}, not in row {}: `{}` and {} more",
            self.table.header_row,
            names[0],
            names.len() - 1
        );
        let help = format!("set `header = {number}` in {}", self.pipeline.path);
        Some(Finding::error("header-elsewhere", message, help).at(self.table.place(Some(row), None)))
    }

    /// Whether another row is the header, or another column the one meant.
    pub(super) fn missing_help(&self, name: &str) -> String {
        if let Some(row) = (0..self.table.rows.len().min(15)).find(|&row| self.holds(row, name)) {
            let number = self.table.rows[row];
            return format!("row {number} holds that name: set `header = {number}` in {}", self.pipeline.path);
        }
        // What the block names itself, used already or not yet, is no other spelling.
        let columns = || self.block.columns.values().flat_map(|columns| &columns.get_ref().0);
        let named = |name: &str| columns().any(|column| column.eq_ignore_ascii_case(name));
        let free = self.table.names().zip(&self.used).filter(|(name, used)| !**used && !named(name));
        match likely(name, free.map(|(name, _)| name)) {
            Some(other) => format!(
                "the file has `{other}`: if that is the same, add a `[[release]]` block from this release on to {} that maps it; `abreast inspect FILE` compares the figures themselves",
                self.pipeline.path
            ),
            None => format!(
                "if the publisher dropped it, add a `[[release]]` block from this release on to {} without it",
                self.pipeline.path
            ),
        }
    }

    pub(super) fn unmapped(&mut self) {
        let new: Vec<(usize, String)> = self
            .table
            .names()
            .enumerate()
            .filter(|(column, _)| !self.used[*column] && !self.ignored[*column])
            .map(|(column, name)| (column, name.to_owned()))
            .collect();
        for (column, name) in new {
            let place = Place { row: Some(self.table.header_row), ..self.table.place(None, Some(column)) };
            let help = format!("map it under `columns` or name it under `ignore` in {}", self.pipeline.path);
            self.findings.push(
                Finding::error("unmapped-column", format!("column `{name}` is neither mapped nor ignored"), help)
                    .at(place),
            );
        }
    }
}
