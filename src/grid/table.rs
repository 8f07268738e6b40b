//! A grid and a declared layout to a text table: header rows joined, captions filled, duplicate names numbered.

use std::sync::Arc;

use polars::prelude::{Column, DataFrame, IdxCa, NewChunkedArray, PlSmallStr};
use rustc_hash::FxHashMap;

use super::layout::Layout;
use super::{Around, Comma, Grid, Stretch};
use crate::finding::{Finding, Place, row_group};
use crate::pipeline::Header;
use crate::text::lowered;

/// A table of text: exact headers, every cell as published, with where each row and column stands in the source.
#[derive(Clone, Debug)]
pub struct TextTable {
    /// The file, as shown in messages.
    pub file: String,
    /// The sheet, or empty.
    pub sheet: String,
    /// The cells: one string column a header, in the file's order.
    pub frame: DataFrame,
    /// Excel's number of each row; shared by all who hold the table.
    pub rows: Arc<[u32]>,
    /// Excel's number of each column, in the frame's order.
    pub positions: Vec<u16>,
    /// Excel's number of the last header row.
    pub header_row: u32,
    /// What a comma in its numbers stands before.
    pub comma: Comma,
    /// What stands round it on its sheet.
    pub around: Around,
    /// Where its rows stand, where they are of Parquet; else all of them in its file and sheet.
    pub origins: Vec<Origin>,
}

/// Where the rows of a table of Parquet stand, from one on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The index of the first.
    pub first: usize,
    /// Their file, as shown in messages.
    pub file: String,
    /// Their row group, in the words that stand for a sheet.
    pub sheet: String,
}

impl TextTable {
    /// Cuts the table that `layout` describes out of `grid`.
    ///
    /// # Errors
    /// A header row that has no text, or no row below it.
    pub fn cut(file: &str, sheet: &str, grid: &Grid, layout: &Layout) -> Result<TextTable, Finding> {
        let columnar = Layout { header: Header::Row(0), ..layout.clone() };
        let layout = if grid.is_columnar() { &columnar } else { layout };
        let place = |row: u32| Place { row: Some(row), sheet: sheet.to_owned(), ..Place::file(file) };
        let below;
        let layout = match &layout.under {
            None => layout,
            Some(heading) => {
                below = layout.below(heading, grid).ok_or_else(|| no_heading(heading, file, sheet))?;
                &below
            }
        };
        let header_rows = layout.header.rows();
        let header_row = header_rows.iter().copied().max().unwrap_or(1);
        let (first, last) = layout.columns.unwrap_or((0, usize::MAX));
        let names = joined_names(grid, header_rows, first, last.min(grid.width().saturating_sub(1)));
        if names.iter().all(String::is_empty) {
            let help = match likely_header(grid) {
                Some(row) => {
                    format!("the first row with many names is row {row}: set `header = {row}` in the pipeline")
                }
                None => "set `header` in the pipeline to the row that Excel shows the column names in".to_owned(),
            };
            return Err(Finding::error("no-header", format!("row {header_row} has no column names"), help)
                .at(place(header_row)));
        }
        let from = grid.first_after(header_row);
        let to = layout.last_row.map_or(grid.height(), |row| grid.first_after(row));
        if from >= to && !layout.may_be_empty {
            return Err(Finding::error(
                "no-rows",
                format!("there is no row below the header in row {header_row}"),
                "download the file again, or correct `header` in the pipeline",
            )
            .at(place(header_row)));
        }
        let mut columns: Vec<Column> = Vec::new();
        let mut positions = Vec::new();
        for (name, column) in numbered(names).into_iter().zip(first..) {
            let blank = name.is_empty();
            let name =
                if blank { format!("(no name) {}", crate::finding::column_letters(column as u32 + 1)) } else { name };
            // A column without a name and without a cell is the sheet's margin.
            if blank && (from..to).all(|row| grid.text(row, column).trim().is_empty()) {
                continue;
            }
            columns.push(grid.column(column, from, to, &name));
            positions.push(u16::try_from(column + 1).unwrap_or(u16::MAX));
        }
        let origins = origins(grid, from, to);
        let rows: Arc<[u32]> = own_rows(grid, from, to).into();
        let frame = DataFrame::new(rows.len(), columns).map_err(|error| {
            Finding::error("damaged-file", format!("the cells do not make a table: {error}"), "download the file again")
                .at(place(header_row))
        })?;
        let (file, sheet, comma) = (file.to_owned(), sheet.to_owned(), grid.comma);
        let around = Around::of(grid, layout);
        Ok(TextTable { file, sheet, frame, rows, positions, header_row, comma, around, origins })
    }

    /// The column called `name`, exactly, else in any case, else with its footnotes on the line as a reader may write it.
    pub fn position(&self, name: &str) -> Option<usize> {
        let names = self.frame.get_column_names();
        let wanted = lowered(name);
        names
            .iter()
            .position(|column| column.as_str() == name)
            .or_else(|| names.iter().position(|column| column.as_str().eq_ignore_ascii_case(name)))
            .or_else(|| names.iter().position(|column| lowered(column.as_str()).eq_ignore_ascii_case(&wanted)))
    }

    /// The place of a row (an index) and a column (an index) of the table.
    pub fn place(&self, row: Option<usize>, column: Option<usize>) -> Place {
        let (file, sheet) = match (row, self.origins.first()) {
            (Some(row), _) => self.origin(row),
            // A column of several files is shown in the first of them.
            (None, Some(first)) if column.is_some() => (first.file.as_str(), ""),
            (None, _) => (self.file.as_str(), self.sheet.as_str()),
        };
        Place {
            file: file.to_owned(),
            sheet: sheet.to_owned(),
            row: row.and_then(|row| self.rows.get(row).copied()),
            column: column.and_then(|column| self.positions.get(column)).map(|&column| u32::from(column)),
        }
    }

    /// The table of some of its rows, by their indices in order.
    ///
    /// # Errors
    /// A row that it has not.
    pub fn picked(&self, rows: &[u32]) -> Result<TextTable, Finding> {
        let wanted = IdxCa::from_slice(PlSmallStr::EMPTY, rows);
        let frame = self.frame.take(&wanted).map_err(|error| Finding::internal(&error))?;
        let first = |origin: &Origin| rows.partition_point(|&row| (row as usize) < origin.first);
        let origins = self.origins.iter().map(|origin| Origin { first: first(origin), ..origin.clone() }).collect();
        let numbers = rows.iter().filter_map(|&row| self.rows.get(row as usize).copied()).collect();
        Ok(TextTable { frame, origins, rows: numbers, ..self.clone() })
    }

    /// The file and the sheet of a row (an index).
    pub fn origin(&self, row: usize) -> (&str, &str) {
        let found = self.origins.partition_point(|origin| origin.first <= row).checked_sub(1);
        found.map_or((&self.file, &self.sheet), |at| (&self.origins[at].file, &self.origins[at].sheet))
    }

    /// What a row (an index) is called beside others: its number, and its file where the table is of several.
    pub fn row_name(&self, row: usize) -> String {
        let number = self.rows.get(row).copied().unwrap_or_default();
        match self.origin(row).0 {
            file if file == self.file => number.to_string(),
            file => format!("{number} of {file}"),
        }
    }

    /// The names of the columns, in the file's order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.frame.columns().iter().map(|column| column.name().as_str())
    }
}

fn no_heading(heading: &str, file: &str, sheet: &str) -> Finding {
    let place = Place { sheet: sheet.to_owned(), ..Place::file(file) };
    let help = "correct `under` in the pipeline, or `sheet` where it stands on another one";
    Finding::error("no-heading", format!("no cell says `{heading}`, below which a table should stand"), help).at(place)
}

/// Where the kept rows of `grid` from `from` up to `to` stand.
fn origins(grid: &Grid, from: usize, to: usize) -> Vec<Origin> {
    let first = |stretch: &Stretch| grid.rows().partition_point(|&row| row < stretch.first).clamp(from, to) - from;
    let origin = |stretch: &Stretch| Origin {
        first: first(stretch),
        file: stretch.file.clone(),
        sheet: row_group(stretch.group),
    };
    grid.stretches.iter().map(origin).collect()
}

/// The numbers of the kept rows from `from` up to `to`, each as its own file counts it.
fn own_rows(grid: &Grid, from: usize, to: usize) -> Vec<u32> {
    let mut rows = grid.rows()[from..to].to_vec();
    let mut ends = grid.stretches.iter().skip(1).map(|next| next.first).chain([u32::MAX]);
    let mut at = 0;
    for stretch in &grid.stretches {
        let end = ends.next().unwrap_or(u32::MAX);
        while let Some(row) = rows.get_mut(at).filter(|row| **row < end) {
            *row -= stretch.before;
            at += 1;
        }
    }
    rows
}

/// The names in the header rows, joined from the top with a blank; captions in upper rows fill to the right, up to
/// the next caption of their row or of a row above.
fn joined_names(grid: &Grid, header_rows: &[u32], first: usize, last: usize) -> Vec<String> {
    let mut names = vec![String::new(); (last + 1).saturating_sub(first)];
    let mut starts = vec![false; names.len()];
    for (level, &number) in header_rows.iter().enumerate() {
        let Some(row) = grid.index_of(number) else { continue };
        let caption = level + 1 < header_rows.len();
        let mut filled = String::new();
        for (at, column) in (first..=last).enumerate() {
            let own = tidy(grid.text(row, column));
            if starts[at] {
                filled.clear();
            }
            if caption && !own.is_empty() {
                filled.clone_from(&own);
                starts[at] = true;
            }
            let text = if caption && own.is_empty() { &filled } else { &own };
            if !text.is_empty() {
                let name = &mut names[at];
                if !name.is_empty() {
                    name.push(' ');
                }
                name.push_str(text);
            }
        }
    }
    names
}

/// A header's text on one line.
fn tidy(text: &str) -> String {
    text.trim_start_matches('\u{feff}').split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The second of two equal names becomes `name#2`, the third `name#3`.
fn numbered(names: Vec<String>) -> Vec<String> {
    let mut seen: FxHashMap<String, u32> = FxHashMap::default();
    names
        .into_iter()
        .map(|name| {
            let times = seen.entry(name.clone()).and_modify(|times| *times += 1).or_insert(1);
            if *times == 1 || name.is_empty() { name } else { format!("{name}#{times}") }
        })
        .collect()
}

/// The first of the top rows that is nearly as full as the fullest: where a header most likely stands; 1, as
/// where nothing is declared, if its columns have names of their own.
pub fn likely_header(grid: &Grid) -> Option<u32> {
    if grid.is_columnar() {
        return Some(1);
    }
    let top = grid.height().min(40);
    let filled = |row: usize| (0..grid.width()).filter(|&column| !grid.text(row, column).trim().is_empty()).count();
    let most = (0..top).map(filled).max()?;
    (0..top).find(|&row| filled(row) * 10 >= most * 8).map(|row| grid.rows()[row])
}
