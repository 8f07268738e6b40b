//! Where a table stands on its sheet.

use crate::finding::cell_reference;
use crate::pipeline::Header;

/// Where a table stands on its sheet.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// The header row or rows, as Excel counts them.
    pub header: Header,
    /// First and last column, counted from 0, where only a part of the sheet is the table.
    pub columns: Option<(usize, usize)>,
    /// The last row, as Excel counts it, where something else stands below.
    pub last_row: Option<u32>,
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
}
