//! A table of a document: headings, rows of cells, what a reader must know of them.

use serde::Serialize;

use super::cell::Cell;

/// A table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Table {
    /// Its place in the page and its name in the workbook.
    pub id: String,
    /// What it shows.
    pub title: String,
    /// A quiet line beneath the title; empty for none.
    pub caption: String,
    /// The headings of its columns.
    pub columns: Vec<Column>,
    /// Its rows, each as long as `columns`.
    pub rows: Vec<Vec<Cell>>,
    /// Headings between its rows, in order; none where all rows are of one kind.
    pub groups: Vec<Group>,
    /// What a reader must know, a sentence each.
    pub notes: Vec<String>,
    /// Whether symbols stand in a workbook's cells where no figure is; else they are blank with the reasons in a column of their own.
    pub symbols: bool,
}

/// A heading over the rows from `first` on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Group {
    /// The index of the first row beneath it.
    pub first: usize,
    /// The heading: `Performance`.
    pub heading: String,
    /// Quiet words behind it; empty for none.
    pub note: String,
}

/// A column of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its heading, with the unit.
    pub title: String,
    /// A quiet line beneath the heading; empty for none.
    pub second: String,
    /// Whether it holds figures.
    pub numeric: bool,
    /// Whether it is the authority's own.
    pub own: bool,
}

impl Column {
    /// A column of words.
    pub fn words(title: impl Into<String>) -> Column {
        Column { title: title.into(), ..Column::default() }
    }

    /// A column of figures.
    pub fn figures(title: impl Into<String>) -> Column {
        Column { numeric: true, ..Column::words(title) }
    }

    /// The authority's own figures.
    pub fn own(title: impl Into<String>) -> Column {
        Column { own: true, ..Column::figures(title) }
    }

    /// The same column with a quiet line beneath its heading.
    pub fn with(self, second: impl Into<String>) -> Column {
        Column { second: second.into(), ..self }
    }
}
