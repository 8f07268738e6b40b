//! The texts of a table by row and column: trimmed, and those that say which area a row is about.

use polars_arrow::array::Utf8ViewArray;

use crate::area::Level;
use crate::grid::TextTable;
use crate::normalise::map::Where;

/// The text of a cell, by index.
pub(in crate::normalise) struct Cells<'a>(Vec<Option<&'a Utf8ViewArray>>);

impl<'a> Cells<'a> {
    pub fn of(table: &'a TextTable) -> Cells<'a> {
        Cells(
            table
                .frame
                .columns()
                .iter()
                .map(|column| column.str().ok().and_then(|text| text.downcast_iter().next()))
                .collect(),
        )
    }

    /// The trimmed text of a cell.
    pub fn text(&self, row: usize, column: usize) -> &'a str {
        self.0.get(column).copied().flatten().map_or("", |array| array.value(row).trim())
    }

    /// The trimmed texts of a row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &'a str> {
        (0..self.0.len()).map(move |column| self.text(row, column))
    }

    /// Whether two rows say the same in every column.
    pub fn same(&self, one: usize, other: usize) -> bool {
        (0..self.0.len()).all(|column| self.text(one, column) == self.text(other, column))
    }

    /// The cells of a row as published, for a reader who looks for it.
    pub(super) fn whole(&self, row: usize) -> String {
        self.row(row).collect::<Vec<_>>().join(" | ")
    }

    /// The first of `columns` whose cell in `row` says `text`.
    pub fn saying(&self, text: &str, row: usize, columns: impl IntoIterator<Item = Option<usize>>) -> Option<usize> {
        columns.into_iter().flatten().find(|&column| self.text(row, column) == text)
    }

    /// What tells a row below the authority apart: its id, else the last of the standard codes and names it has.
    pub(super) fn below(&self, row: usize, place: &Where) -> &'a str {
        let own = self.optional(row, place.id);
        let texts = place.below.iter().rev().map(|&column| self.optional(row, Some(column)));
        if own.is_empty() { texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default() } else { own }
    }

    /// The name of the area that a row is about, as the file has it: its own, else that of its region, else its code.
    pub(super) fn area(&self, row: usize, place: &Where) -> &'a str {
        if Level::from_publisher(self.optional(row, place.level)) == Some(Level::Country) {
            return "England";
        }
        let texts = [place.name, place.region_name, place.ons, place.code, place.level]
            .map(|column| self.optional(row, column));
        texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// The trimmed text of a cell of an optional column; marks for "not applicable" count as empty.
    pub(super) fn optional(&self, row: usize, column: Option<usize>) -> &'a str {
        match column.map_or("", |column| self.text(row, column)) {
            "z" | "x" | "[z]" | "[x]" | "NULL" => "",
            text => text,
        }
    }
}
