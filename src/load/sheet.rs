//! Workbooks (XLSX, XLSB, XLS, ODS) to grids: cells as text in the dress they are seen in, dates as `2025-05-01`.
//!
//! Cells are taken one by one as the file has them, so that a sheet costs what its cells cost, however far apart they
//! stand.

use std::io::Cursor;

use calamine::{Reader, Xls, XlsError, Xlsb};
use rustc_hash::FxHashMap;

use super::biff;
use super::bytes::Kind;
use super::cells::Cells;
use super::displayed::Displayed;
use super::format::Shown;
use super::guard::guarded;
use super::parts::{self, damaged};
use super::shelf::{Sheet, is_hidden, locked, write_cell};
use super::{ods, xlsb, xlsx};
use crate::finding::Finding;
use crate::grid::Grid;

/// A sheet with its grid, and whether Excel does not show it.
pub(super) type Shelf = (String, bool, Grid);

/// The grids of the sheets that `wanted` accepts, in the workbook's order, empty ones for the others.
///
/// # Errors
/// A workbook that is cut short, damaged or larger than can be read.
pub(super) fn read(bytes: Vec<u8>, kind: Kind, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<Shelf>, Finding> {
    // The readers of workbooks and archives may panic on damaged bytes; nothing of theirs is used after that.
    guarded(|| {
        let seen = parts::check(&bytes, kind)?;
        let sheets = match kind {
            Kind::Xlsb => through_xlsb(bytes, wanted)?,
            Kind::Ods => ods::read(&bytes, wanted)?,
            Kind::Xls => through_xls(bytes, wanted)?,
            Kind::Xlsx | Kind::Text | Kind::Parquet => xlsx::read(bytes, &seen, wanted)?,
        };
        sheets.into_iter().map(gridded).collect()
    })
    .unwrap_or_else(|| Err(damaged(&"its content is not what such a file holds")))
}

fn gridded(sheet: Sheet) -> Result<Shelf, Finding> {
    let Sheet { name, hidden, cells } = sheet;
    match cells.grid() {
        Ok(grid) => Ok((name, hidden, grid)),
        Err(mut finding) => {
            finding.place.sheet = name;
            Err(finding)
        }
    }
}

/// A workbook of today that is locked with a password is packed like one of old, under this name in UTF-16.
fn is_sealed(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(bytes, &name).is_some()
}

fn through_xls(bytes: Vec<u8>, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<Sheet>, Finding> {
    if is_sealed(&bytes) {
        return Err(locked());
    }
    let displayed = biff::displayed(&bytes);
    let mut workbook = Xls::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsError::Password => locked(),
        error => damaged(&error),
    })?;
    let mut sheets = Vec::new();
    for (index, listed) in workbook.sheets_metadata().to_vec().into_iter().enumerate() {
        let mut cells = Cells::default();
        if wanted(&listed.name) {
            let range = workbook.worksheet_range(&listed.name).map_err(|error| damaged(&error))?;
            let (first_row, first_column) = range.start().unwrap_or_default();
            for (row, column, cell) in range.used_cells() {
                let position = (first_row + row as u32, first_column + column as u32);
                let shown = shown_at(displayed.get(index), position);
                cells.put(position, |text| write_cell(cell, shown, text))?;
            }
        }
        sheets.push(Sheet { hidden: is_hidden(&listed), name: listed.name, cells });
    }
    Ok(sheets)
}

fn through_xlsb(bytes: Vec<u8>, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<Sheet>, Finding> {
    let displayed = xlsb::displayed(&bytes);
    let mut workbook = Xlsb::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut sheets = Vec::new();
    for (index, listed) in workbook.sheets_metadata().to_vec().into_iter().enumerate() {
        let mut cells = Cells::default();
        if wanted(&listed.name) {
            let mut reader = workbook.worksheet_cells_reader(&listed.name).map_err(|error| damaged(&error))?;
            while let Some(cell) = reader.next_cell().map_err(|error| damaged(&error))? {
                let position = cell.get_position();
                let shown = shown_at(displayed.get(index), position);
                cells.put(position, |text| write_cell(cell.get_value(), shown, text))?;
            }
        }
        sheets.push(Sheet { hidden: is_hidden(&listed), name: listed.name, cells });
    }
    Ok(sheets)
}

fn shown_at(displayed: Option<&Displayed>, position: (u32, u32)) -> Shown {
    displayed.and_then(|cells: &FxHashMap<_, _>| cells.get(&position)).copied().unwrap_or_default()
}
