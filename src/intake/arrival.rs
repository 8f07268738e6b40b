//! A file that came in: its cells, what the `.meta.csv` beside it says, and the name it came under.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use super::filing::name_of;
use crate::finding::Finding;
use crate::grid::{Grid, Layout, TextTable, likely_header};
use crate::home;
use crate::load::{self, Opened};
use crate::normalise::Meta;
use crate::pipeline::{Header, ReleaseBlock};

/// A file that came in.
pub(super) struct Arrival {
    /// Where it is.
    pub path: PathBuf,
    /// Its path for messages.
    pub shown: String,
    /// Its name as it came.
    pub name: String,
    /// Every sheet of it.
    pub opened: Opened,
    /// What the `.meta.csv` beside it says of its columns.
    pub meta: Meta,
    headers: OnceCell<Vec<Vec<u32>>>,
}

impl Arrival {
    /// Opens every sheet of the file at `path`.
    ///
    /// # Errors
    /// It cannot be read, or is no table.
    pub fn open(path: &Path) -> Result<Arrival, Finding> {
        Arrival::open_sheets(path, &|_| true)
    }

    /// Opens the sheets of the file at `path` that `wanted` accepts; the others are empty.
    ///
    /// # Errors
    /// It cannot be read, or is no table.
    pub fn open_sheets(path: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<Arrival, Finding> {
        let shown = home::shown(path);
        Arrival::of(load::open_parts(load::read_parts(path, &shown)?, path, &shown, wanted)?, path)
    }

    /// Opens the sheets that `wanted` accepts of what a file at `path` holds, or would hold.
    ///
    /// # Errors
    /// It is no table.
    pub fn of_bytes(bytes: Vec<u8>, path: &Path, wanted: &dyn Fn(&str) -> bool) -> Result<Arrival, Finding> {
        let shown = home::shown(path);
        Arrival::of(load::open(bytes, path, &shown, wanted)?, path)
    }

    fn of(opened: Opened, path: &Path) -> Result<Arrival, Finding> {
        let shown = home::shown(path);
        let meta = crate::refresh::opening::meta_at(path, &shown);
        Ok(Arrival { path: path.to_owned(), shown, name: name_of(path), opened, meta, headers: OnceCell::new() })
    }

    /// The same file under another name.
    pub fn called(mut self, name: &str) -> Arrival {
        name.clone_into(&mut self.name);
        self
    }

    /// The title and cells of a sheet.
    pub fn sheet(&self, sheet: usize) -> (&str, &Grid) {
        let (title, grid) = &self.opened.sheets[sheet];
        (title, grid)
    }

    /// The rows of a sheet that are likely its header.
    pub fn likely_headers(&self, sheet: usize) -> &[u32] {
        let headers = self.headers.get_or_init(|| {
            let of_sheet = |(_, grid): &(String, Grid)| {
                let likely = [likely_header(grid), Some(super::new_pipeline::header(grid))];
                let mut rows: Vec<u32> = likely.into_iter().flatten().collect();
                rows.dedup();
                rows
            };
            self.opened.sheets.iter().map(of_sheet).collect()
        });
        headers.get(sheet).map_or(&[], Vec::as_slice)
    }

    /// The sheets that hold any cell.
    pub fn filled(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.opened.sheets.len()).filter(|&sheet| !self.opened.sheets[sheet].1.is_empty())
    }

    /// The table below the header rows `header` of a sheet.
    ///
    /// # Errors
    /// There is no header, or no row below it.
    pub fn table(&self, sheet: usize, header: Header) -> Result<TextTable, Finding> {
        let (title, grid) = self.sheet(sheet);
        TextTable::cut(&self.shown, title, grid, &Layout { header, ..Layout::default() })
    }

    /// The table of a block on a sheet, whole or its first rows; `moved_to` is the header row where it is another.
    ///
    /// # Errors
    /// There is no header, or no row below it.
    pub fn cut(
        &self,
        sheet: usize,
        block: &ReleaseBlock,
        moved_to: Option<u32>,
        rows: Option<u32>,
    ) -> Result<TextTable, Finding> {
        let (title, grid) = self.sheet(sheet);
        let layout = Layout { header: moved_to.map_or_else(|| block.header.clone(), Header::Row), ..Layout::default() };
        // A range belongs to the release it was written for: rows of this one may stand below it.
        let ranged = block.range.as_ref().and_then(|range| layout.clone().range(range.get_ref()));
        let mut layout = ranged.map_or(layout, |ranged| Layout { last_row: None, ..ranged });
        if let Some(rows) = rows {
            layout.last_row = Some(layout.header.rows().iter().copied().max().unwrap_or(1) + rows);
        }
        TextTable::cut(&self.shown, title, grid, &layout)
    }
}
