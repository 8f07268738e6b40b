//! The cells of a sheet as text, column by column.

use crate::finding::{Finding, Place};
use polars::prelude::{Column, PlSmallStr, StringChunked};
use polars::series::IntoSeries;
use polars_arrow::array::{Utf8ViewArray, View};
use polars_arrow::datatypes::ArrowDataType;
use polars_buffer::Buffer;

/// Excel's last column, and ours.
pub const MOST_COLUMNS: usize = 16_384;

/// The most cells of a grid, as rows by columns: 640 megabytes of views.
pub const MOST_CELLS: usize = 40_000_000;

/// What a comma in the numbers of a table stands before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Comma {
    /// Thousands.
    #[default]
    Thousands,
    /// Decimals.
    Decimals,
    /// Three digits in a file that is parted by semicolons, where it could be either; first in this row and column, as
    /// Excel counts them.
    Unsure(u32, u32),
}

/// Rows of a grid that stand in one row group of a Parquet file, in a folder of which there may be several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stretch {
    /// The number that the grid gives the first of them.
    pub first: u32,
    /// How many rows the files before this one have: the grid counts them together.
    pub before: u32,
    /// The file, as shown in messages.
    pub file: String,
    /// The row group, counted from 1.
    pub group: usize,
}

/// Text cells by column, with the row number of each kept row as Excel counts it. Rows without any text are not kept.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    columns: Vec<Buffer<View>>,
    rows: Vec<u32>,
    buffers: Buffer<Buffer<u8>>,
    /// Rows that hold more cells than the grid may have.
    pub overlong: Vec<u32>,
    /// What a comma in its numbers stands before.
    pub comma: Comma,
    /// Where its rows stand, in order, where they are of Parquet: its row 0 are the names of the columns then.
    pub stretches: Vec<Stretch>,
}

impl Grid {
    /// Whether its columns have names of their own, so that no row is a header.
    pub fn is_columnar(&self) -> bool {
        !self.stretches.is_empty()
    }

    /// The number of rows with any text.
    pub fn height(&self) -> usize {
        self.rows.len()
    }

    /// The number of columns of the widest row.
    pub fn width(&self) -> usize {
        self.columns.len()
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Excel's number of each kept row.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// The text of the kept row `row` (an index, not Excel's number) in column `column`, counted from 0.
    pub fn text(&self, row: usize, column: usize) -> &str {
        let view = self.columns.get(column).and_then(|cells| cells.get(row));
        view.map_or("", |view| view_text(view, &self.buffers))
    }

    /// The index of Excel's row `number`, if that row has any text.
    pub fn index_of(&self, number: u32) -> Option<usize> {
        self.rows.binary_search(&number).ok()
    }

    /// The index of the first kept row after Excel's row `number`.
    pub fn first_after(&self, number: u32) -> usize {
        self.rows.partition_point(|&row| row <= number)
    }

    /// Column `column` from the kept row `from` up to `to` as a polars column of strings, which shares the grid's memory.
    pub fn column(&self, column: usize, from: usize, to: usize, name: &str) -> Column {
        let of = |cells: &Buffer<View>| cells.clone().sliced(from.min(cells.len())..to.min(cells.len()));
        let views = self.columns.get(column).map(of).unwrap_or_default();
        // The text was checked to be UTF-8 as a whole, and views are cut at ASCII delimiters only.
        let array = Utf8ViewArray::try_new(ArrowDataType::Utf8View, views, self.buffers.clone(), None)
            .unwrap_or_else(|_| Utf8ViewArray::new_empty(ArrowDataType::Utf8View));
        StringChunked::with_chunk(PlSmallStr::from_str(name), array).into_series().into()
    }
}

/// The text a view stands for.
fn view_text<'a>(view: &'a View, buffers: &'a Buffer<Buffer<u8>>) -> &'a str {
    let length = view.length as usize;
    let bytes: &[u8] = if view.is_inline() {
        bytemuck::bytes_of(view).get(4..4 + length).unwrap_or_default()
    } else {
        let offset = view.offset as usize;
        buffers.get(view.buffer_idx as usize).and_then(|buffer| buffer.get(offset..offset + length)).unwrap_or_default()
    };
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// Builds a grid cell by cell, row by row.
#[derive(Default)]
pub struct GridBuilder {
    columns: Vec<Vec<View>>,
    rows: Vec<u32>,
    overlong: Vec<u32>,
    cells: usize,
    filled: bool,
    overfull: bool,
    /// The columns and rows that were too many, and the row that Excel numbers so once it is known.
    full: Option<(usize, usize, Option<u32>)>,
}

impl GridBuilder {
    /// Adds the next cell of the row: `bytes` stand at `offset` of buffer `buffer`.
    pub fn cell(&mut self, bytes: &[u8], buffer: u32, offset: usize) {
        let column = self.cells;
        self.cells += 1;
        let blank = bytes.is_empty();
        if column >= self.columns.len() {
            if blank {
                return;
            }
            if column >= MOST_COLUMNS {
                self.overfull = true;
                return;
            }
            // A column first met here is empty in every row before.
            let height = self.rows.len();
            if !self.fits(column + 1, height + 1) {
                return;
            }
            self.columns.resize_with(column + 1, || vec![View::default(); height]);
        }
        if self.full.is_some() {
            return;
        }
        self.filled = self.filled || !bytes.iter().all(u8::is_ascii_whitespace);
        self.columns[column].push(View::new_from_bytes(bytes, buffer, offset as u32));
    }

    /// Ends the row that Excel numbers `number`; a row without text is not kept.
    pub fn end_row(&mut self, number: u32) {
        let height = self.rows.len() + usize::from(self.filled);
        if !self.fits(self.columns.len(), height) {
            if let Some((_, _, row @ None)) = &mut self.full {
                *row = Some(number);
            }
            return;
        }
        for column in &mut self.columns {
            column.resize(height, View::default());
        }
        if self.filled {
            self.rows.push(number);
        }
        if self.overfull {
            self.overlong.push(number);
        }
        self.cells = 0;
        self.filled = false;
        self.overfull = false;
    }

    /// Whether a grid of that size can be; once it could not, it stays as it is.
    fn fits(&mut self, width: usize, height: usize) -> bool {
        if self.full.is_none() && width.saturating_mul(height) > MOST_CELLS {
            self.full = Some((width, height, None));
        }
        self.full.is_none()
    }

    /// Expects about `rows` more rows. Where there is no room for so many, it is made when they come.
    pub fn reserve(&mut self, rows: usize) {
        // A first row of one letter makes for a wild guess.
        let rows = rows.min(MOST_CELLS / self.columns.len().max(1) / 16);
        let _ = self.rows.try_reserve(rows);
        for column in &mut self.columns {
            let _ = column.try_reserve(rows);
        }
    }

    /// The grid over the text `buffers`.
    ///
    /// # Errors
    /// More than [`MOST_CELLS`] cells.
    pub fn finish(self, buffers: Vec<Vec<u8>>) -> Result<Grid, Finding> {
        if let Some((width, height, row)) = self.full {
            let message =
                format!("{height} rows by {width} columns are more than the {MOST_CELLS} cells that can be read");
            let help =
                "split the file by period; where only a few rows are that wide, a quote or a line end is missing there";
            return Err(Finding::error("file-too-large", message, help).at(Place { row, ..Place::default() }));
        }
        let buffers: Vec<Buffer<u8>> = buffers.into_iter().map(Buffer::from).collect();
        let (buffers, comma) = (buffers.into(), Comma::default());
        let columns = self.columns.into_iter().map(Buffer::from).collect();
        Ok(Grid { columns, rows: self.rows, buffers, overlong: self.overlong, comma, stretches: Vec::new() })
    }
}
