//! Workbooks (XLSX, XLSB, XLS, ODS) to grids through calamine: cells as text, dates as `yyyy-mm-dd`.
//!
//! Cells are taken one by one as the file has them, so that a sheet costs what its cells cost, however far apart they
//! stand.

use std::io::{Cursor, Read, Write};

use calamine::{DataType, Ods, OdsError, Reader, Sheets, Xls, XlsError, Xlsb, Xlsx, XlsxError};

use super::bytes::{Kind, MOST_UNPACKED};
use super::guard::guarded;
use super::parts::{self, damaged, too_large};
use crate::finding::Finding;
use crate::grid::{Grid, GridBuilder, MOST_COLUMNS};

/// Excel's last row.
const MOST_ROWS: u32 = 1 << 20;

/// The grids of the sheets that `wanted` accepts, in the workbook's order.
///
/// # Errors
/// A workbook that is cut short, damaged or larger than can be read.
pub fn read(bytes: Vec<u8>, kind: Kind, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<(String, Grid)>, Finding> {
    // The readers of workbooks and archives may panic on damaged bytes; nothing of theirs is used after that.
    guarded(|| {
        parts::check(&bytes, kind)?;
        sheets(bytes, kind, wanted)
    })
    .unwrap_or_else(|| Err(damaged(&"its content is not what such a file holds")))
}

fn sheets(bytes: Vec<u8>, kind: Kind, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<(String, Grid)>, Finding> {
    let bytes = if kind == Kind::Ods { with_mimetype(bytes)? } else { bytes };
    let bytes = Cursor::new(bytes);
    let mut workbook = match kind {
        Kind::Xlsb => Sheets::Xlsb(Xlsb::new(bytes).map_err(|error| damaged(&error))?),
        Kind::Ods => Sheets::Ods(Ods::new(bytes).map_err(|error| match error {
            OdsError::Password => locked(),
            error => damaged(&error),
        })?),
        Kind::Xls if is_sealed(bytes.get_ref()) => return Err(locked()),
        Kind::Xls => Sheets::Xls(Xls::new(bytes).map_err(|error| match error {
            XlsError::Password => locked(),
            error => damaged(&error),
        })?),
        Kind::Xlsx | Kind::Text => Sheets::Xlsx(Xlsx::new(bytes).map_err(|error| damaged(&error))?),
    };
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        let grid = if wanted(&name) { sheet(&mut workbook, &name)? } else { Grid::default() };
        sheets.push((name, grid));
    }
    Ok(sheets)
}

/// A workbook of today that is locked with a password is packed like one of old, under this name in UTF-16.
fn is_sealed(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    memchr::memmem::find(bytes, &name).is_some()
}

fn locked() -> Finding {
    let help = "ask the publisher for a file without one, or open it in Excel and save it without its password";
    Finding::error("locked-file", "the workbook is locked with a password", help)
}

/// The cells of one sheet.
fn sheet(workbook: &mut Sheets<Cursor<Vec<u8>>>, name: &str) -> Result<Grid, Finding> {
    let mut cells = Cells::default();
    match workbook {
        Sheets::Xlsx(workbook) => match workbook.worksheet_cells_reader(name) {
            Ok(mut reader) => {
                while let Some(cell) = reader.next_cell().map_err(|error| damaged(&error))? {
                    cells.put(cell.get_position(), cell.get_value())?;
                }
            }
            // A sheet that is a chart has no cells.
            Err(XlsxError::NotAWorksheet(_)) => {}
            Err(error) => return Err(damaged(&error)),
        },
        Sheets::Xlsb(workbook) => {
            let mut reader = workbook.worksheet_cells_reader(name).map_err(|error| damaged(&error))?;
            while let Some(cell) = reader.next_cell().map_err(|error| damaged(&error))? {
                cells.put(cell.get_position(), cell.get_value())?;
            }
        }
        other => {
            let range = other.worksheet_range(name).map_err(|error| damaged(&error))?;
            let (first_row, first_column) = range.start().unwrap_or_default();
            for (row, column, cell) in range.used_cells() {
                cells.put((first_row + row as u32, first_column + column as u32), cell)?;
            }
        }
    }
    let in_sheet = |mut finding: Finding| {
        name.clone_into(&mut finding.place.sheet);
        finding
    };
    cells.grid().map_err(in_sheet)
}

/// The cells of a sheet as they are met: where each stands, and where its text ends.
#[derive(Default)]
struct Cells {
    at: Vec<((u32, u32), usize, usize)>,
    text: Vec<u8>,
}

impl Cells {
    fn put(&mut self, position: (u32, u32), cell: &impl DataType) -> Result<(), Finding> {
        if position.0 >= MOST_ROWS || position.1 as usize >= MOST_COLUMNS {
            let (row, column) = (u64::from(position.0) + 1, u64::from(position.1) + 1);
            return Err(damaged(&format!("a cell stands in row {row} and column {column}, where no sheet has one")));
        }
        let start = self.text.len();
        write_cell(cell, &mut self.text);
        // One shared text may stand in a million cells.
        if self.text.len() > MOST_UNPACKED {
            return Err(too_large("the texts of the sheet come to over a gigabyte".to_owned()));
        }
        if self.text.len() > start {
            self.at.push((position, start, self.text.len()));
        }
        Ok(())
    }

    /// The cells at the row and column Excel shows; of two in one place the later one.
    fn grid(mut self) -> Result<Grid, Finding> {
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

/// Some official `.ods` files lack the `mimetype` entry that readers ask for: put it in, everything else as it is.
fn with_mimetype(bytes: Vec<u8>) -> Result<Vec<u8>, Finding> {
    const MIMETYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
    let mut archive = zip::ZipArchive::new(Cursor::new(&bytes)).map_err(|error| damaged(&error))?;
    if archive.index_for_name("mimetype").is_some() {
        drop(archive);
        return Ok(bytes);
    }
    let mut whole = zip::ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() + 256)));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    whole.start_file("mimetype", stored).map_err(|error| damaged(&error))?;
    whole.write_all(MIMETYPE).map_err(|error| damaged(&error))?;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(|error| damaged(&error))?;
        whole.raw_copy_file(entry).map_err(|error| damaged(&error))?;
    }
    let mut finished = whole.finish().map_err(|error| damaged(&error))?;
    finished.set_position(0);
    let mut mended = Vec::new();
    finished.read_to_end(&mut mended).map_err(|error| damaged(&error))?;
    Ok(mended)
}

/// The text of a cell: numbers in full, dates as `yyyy-mm-dd`, formulas as their stored result.
fn write_cell(cell: &impl DataType, text: &mut Vec<u8>) {
    // Writing to a Vec cannot fail.
    let _ = if let Some(string) = cell.get_string().or(cell.get_datetime_iso()).or(cell.get_duration_iso()) {
        write!(text, "{string}")
    } else if let Some(number) = cell.get_float() {
        write!(text, "{number}")
    } else if let Some(number) = cell.get_int() {
        write!(text, "{number}")
    } else if let Some(truth) = cell.get_bool() {
        write!(text, "{}", if truth { "TRUE" } else { "FALSE" })
    } else if let Some(date) = cell.get_datetime() {
        match date.as_datetime() {
            Some(day) if date.is_datetime() => write!(text, "{}", day.date()),
            _ => write!(text, "{}", date.as_f64()),
        }
    } else if let Some(error) = cell.get_error() {
        write!(text, "{error}")
    } else {
        Ok(())
    };
}
