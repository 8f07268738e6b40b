//! The piece of a sheet round a figure: its cells, the columns that say who, when and what, the rows about it.
//!
//! In: the table cut out of the file, what its columns are, those of the figure. Out: headers and texts with the letters and numbers that
//! Excel shows, each column with what it is to the figure.

use crate::finding::column_letters;
use crate::grid::TextTable;
use crate::normalise::{About, Trace};

/// The most columns that are shown; those of the figure itself are never left out.
const COLUMNS: usize = 9;
/// How many rows are shown before the figure's and after it.
const ABOUT: usize = 2;

/// A piece of a sheet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Piece {
    /// The sheet, or empty.
    pub sheet: String,
    /// Excel's number of the header's row, the last of several.
    pub header_row: u32,
    /// The columns, in the order of the sheet.
    pub columns: Vec<Head>,
    /// How many columns of the table are not shown.
    pub more: usize,
    /// The rows, in the order of the sheet.
    pub rows: Vec<Line>,
}

/// A column of a piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Head {
    /// Excel's number of it.
    pub number: u16,
    /// As Excel letters it; its number where the file is Parquet.
    pub letters: String,
    /// Its header.
    pub header: String,
    /// What it says of the figure.
    pub role: Role,
}

/// What a column says of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// `value`, `numerator` or `denominator`.
    Part(&'static str),
    /// Whose it is, when, or of which group.
    Says(About),
    /// Nothing: it stands beside.
    Beside,
}

/// A row of a piece.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Excel's number of it.
    pub number: u32,
    /// Its texts, by column of the piece.
    pub cells: Vec<String>,
    /// Whether the figure is made of it.
    pub is_own: bool,
}

/// The piece of `table` round its row with the index `row`, of which the columns of `parts` make the figure.
pub fn piece(table: &TextTable, trace: &Trace, row: usize, parts: &[(usize, &'static str)]) -> Piece {
    let columns = columns(table, trace, parts);
    let text = |row: usize, column: usize| {
        let cells = table.frame.columns().get(column).and_then(|cells| cells.str().ok());
        cells.and_then(|cells| cells.get(row)).unwrap_or_default().to_owned()
    };
    let head = |&(at, role): &(usize, Role)| {
        let number = table.positions.get(at).copied().unwrap_or_default();
        let header = table.names().nth(at).unwrap_or_default().to_owned();
        let letters = if table.origins.is_empty() { column_letters(u32::from(number)) } else { number.to_string() };
        Head { number, letters, header, role }
    };
    let line = |other: usize| Line {
        number: table.rows[other],
        cells: columns.iter().map(|(at, _)| text(other, *at)).collect(),
        is_own: other == row,
    };
    let last = (row + ABOUT).min(table.rows.len().saturating_sub(1));
    Piece {
        sheet: table.origin(row).1.to_owned(),
        header_row: table.header_row,
        columns: columns.iter().map(head).collect(),
        more: table.positions.len().saturating_sub(columns.len()),
        rows: (row.saturating_sub(ABOUT)..=last).map(line).collect(),
    }
}

/// The columns that are shown, by their place in the table: those of the figure, those that say what it is, then those beside.
fn columns(table: &TextTable, trace: &Trace, parts: &[(usize, &'static str)]) -> Vec<(usize, Role)> {
    let mut chosen: Vec<(usize, Role)> = Vec::new();
    let mut add = |at: usize, role: Role, most: usize| {
        if at < table.positions.len() && chosen.len() < most && chosen.iter().all(|(known, _)| *known != at) {
            chosen.push((at, role));
        }
    };
    for &(at, part) in parts {
        add(at, Role::Part(part), usize::MAX);
    }
    for (at, about) in trace.about() {
        add(at, Role::Says(about), COLUMNS);
    }
    for &(at, _) in parts {
        for beside in [at.checked_sub(1), Some(at + 1)].into_iter().flatten() {
            add(beside, Role::Beside, COLUMNS);
        }
    }
    for at in 0..table.positions.len() {
        add(at, Role::Beside, COLUMNS);
    }
    chosen.sort_by_key(|(at, _)| *at);
    chosen
}
