//! What stands round a table on its sheet: the titles above it, and the rows that its range leaves out below.

use super::Grid;
use super::layout::Layout;

/// A cell above a table, or the first of its header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// Excel's number of the row.
    pub row: u32,
    /// Excel's number of the column.
    pub column: u32,
    /// Its text.
    pub text: String,
}

/// What stands round a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Around {
    /// The cells above the table, and the first of each header row, which may be the title.
    pub titles: Vec<Title>,
    /// The rows that follow on the last row of the range without a blank one: number and cells, by column of the range.
    pub below: Vec<(u32, Vec<String>)>,
    /// The first column of the range, as Excel counts it.
    pub first_column: u32,
}

/// So many cells above a table are looked at, and so many rows below it.
const MOST: usize = 60;

impl Around {
    /// What stands round the table that `layout` cuts out of `grid`.
    pub fn of(grid: &Grid, layout: &Layout) -> Around {
        let (first, last) = layout.columns.unwrap_or((0, grid.width().saturating_sub(1)));
        Around {
            titles: titles(grid, layout.header.rows(), first),
            below: layout.last_row.map_or_else(Vec::new, |row| below(grid, row, first, last)),
            first_column: first as u32 + 1,
        }
    }
}

fn titles(grid: &Grid, header: &[u32], first: usize) -> Vec<Title> {
    let top = header.iter().copied().min().unwrap_or(1);
    let title = |row: usize, column: usize| {
        let text = grid.text(row, column).trim();
        let there = !text.is_empty() && text.len() < 2_000;
        there.then(|| Title { row: grid.rows()[row], column: column as u32 + 1, text: text.to_owned() })
    };
    let above = (0..grid.height()).take_while(|&row| grid.rows()[row] < top);
    let above = above.flat_map(|row| (0..grid.width()).map(move |column| (row, column)));
    let heads = header.iter().filter_map(|&number| Some((grid.index_of(number)?, first)));
    above.chain(heads).filter_map(|(row, column)| title(row, column)).take(MOST).collect()
}

fn below(grid: &Grid, last_row: u32, first: usize, last: usize) -> Vec<(u32, Vec<String>)> {
    let from = grid.first_after(last_row);
    let rows = (from..grid.height()).zip(last_row + 1..).take(MOST);
    // Rows without any text are not kept: a number that jumps is a blank row.
    let rows = rows.take_while(|&(row, number)| grid.rows()[row] == number);
    let cells = |row: usize| (first..=last).map(|column| grid.text(row, column).trim().to_owned()).collect::<Vec<_>>();
    rows.map(|(row, number)| (number, cells(row)))
        .take_while(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()))
        .collect()
}
