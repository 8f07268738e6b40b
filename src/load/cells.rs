//! The cells of a sheet as they are met, in whatever order, to a grid in the order Excel shows.

use super::bytes::MOST_BYTES;
use super::parts::{damaged, too_large};
use crate::finding::Finding;
use crate::grid::{Grid, GridBuilder, MOST_COLUMNS};

/// Excel's last row.
pub(super) const MOST_ROWS: u32 = 1 << 20;

/// The most cells with text of a sheet: a full one of twenty-four columns.
pub(super) const MOST_FILLED: u64 = 25_000_000;

/// Where each cell stands, counted from 0, and where its text lies.
#[derive(Default)]
pub(super) struct Cells {
    at: Vec<((u32, u32), usize, usize)>,
    text: Vec<u8>,
}

impl Cells {
    /// Puts what `write` writes at `position`; nothing where it writes nothing.
    pub fn put(&mut self, position: (u32, u32), write: impl FnOnce(&mut Vec<u8>)) -> Result<(), Finding> {
        let start = self.text.len();
        write(&mut self.text);
        // One shared text may stand in a million cells.
        if self.text.len() > MOST_BYTES {
            return Err(too_large("the texts of the sheet come to more than can be read".to_owned()));
        }
        if self.text.len() > start { self.again(position, (start, self.text.len())) } else { Ok(()) }
    }

    /// The text that was put last, for [`Cells::again`].
    pub fn last(&self) -> Option<(usize, usize)> {
        self.at.last().map(|&(_, start, end)| (start, end))
    }

    /// Puts a text that was put before at another `position`.
    pub fn again(&mut self, position: (u32, u32), (start, end): (usize, usize)) -> Result<(), Finding> {
        if position.0 >= MOST_ROWS || position.1 as usize >= MOST_COLUMNS {
            let (row, column) = (u64::from(position.0) + 1, u64::from(position.1) + 1);
            return Err(damaged(&format!("a cell stands in row {row} and column {column}, where no sheet has one")));
        }
        if self.at.len() as u64 >= MOST_FILLED {
            return Err(too_large(format!("the sheet has more than the {MOST_FILLED} filled cells that can be read")));
        }
        self.at.push((position, start, end));
        Ok(())
    }

    /// The grid; of two cells in one place the later one.
    pub fn grid(mut self) -> Result<Grid, Finding> {
        if !self.at.is_sorted_by_key(|cell| cell.0) {
            self.at.sort_by_key(|cell| cell.0);
        }
        let mut builder = GridBuilder::default();
        let mut column = 0;
        for (index, &((row, wanted), start, end)) in self.at.iter().enumerate() {
            let next = self.at.get(index + 1).map(|cell| cell.0);
            if next == Some((row, wanted)) {
                continue;
            }
            while column < wanted {
                builder.cell(b"", 0, 0);
                column += 1;
            }
            builder.cell(&self.text[start..end], 0, start);
            column += 1;
            if next.is_none_or(|next| next.0 != row) {
                builder.end_row(row + 1);
                column = 0;
            }
        }
        builder.finish(vec![self.text])
    }
}
