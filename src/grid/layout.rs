//! Where a table stands on its sheet.

use super::cells::Grid;
use crate::finding::cell_reference;
use crate::pipeline::Header;
use crate::text::lowered;

/// Where a table stands on its sheet.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The header row or rows, as Excel counts them.
    pub header: Header,
    /// First and last column, counted from 0, where only a part of the sheet is the table.
    pub columns: Option<(usize, usize)>,
    /// The last row, as Excel counts it, where something else stands below.
    pub last_row: Option<u32>,
    /// The text of the cell below which the table stands; the header then counts from its row, and the first empty row ends
    /// the table.
    pub under: Option<String>,
    /// Whether the table may have a header and no row.
    pub may_be_empty: bool,
}

impl Layout {
    /// Reads `A5:J160` into the columns and the last row; the header says where the table starts.
    pub fn range(mut self, range: &str) -> Option<Layout> {
        let (from, to) = range.split_once(':')?;
        let (first, _) = cell_reference(from)?;
        let (last, row) = cell_reference(to)?;
        self.columns = Some((first, last));
        self.last_row = Some(row);
        (first <= last).then_some(self)
    }

    /// The layout of the table below the cell that says `heading`: up to the first row without any text.
    pub(super) fn below(&self, heading: &str, grid: &Grid) -> Option<Layout> {
        let wanted = lowered(heading.trim());
        let says = |row: usize, column: usize| lowered(grid.text(row, column).trim()) == wanted;
        let at = (0..grid.height()).find(|&row| (0..grid.width()).any(|column| says(row, column)))?;
        let from = grid.rows()[at];
        let header: Vec<u32> = self.header.rows().iter().map(|row| from + row).collect();
        let last = header.iter().copied().max().unwrap_or(from);
        let mut end = last;
        for &row in &grid.rows()[grid.first_after(last)..] {
            if row != end + 1 {
                break;
            }
            end = row;
        }
        Some(Layout { header: Header::Rows(header), last_row: Some(end), under: None, ..self.clone() })
    }
}
