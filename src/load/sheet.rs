//! Workbooks (XLSX, XLSB, XLS, ODS) to grids through calamine: cells as text, dates as `yyyy-mm-dd`.

use std::io::{Cursor, Read, Write};

use calamine::{Data, Range, Reader, Sheets, open_workbook_auto_from_rs};

use super::bytes::Kind;
use crate::finding::Finding;
use crate::grid::{Grid, GridBuilder};

/// The grids of the sheets that `wanted` accepts, in the workbook's order.
///
/// # Errors
/// A workbook that is cut short or damaged.
pub fn read(bytes: Vec<u8>, kind: Kind, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<(String, Grid)>, Finding> {
    let bytes = if kind == Kind::Ods { with_mimetype(bytes)? } else { bytes };
    let mut workbook: Sheets<_> = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        if wanted(&name) {
            let range = workbook.worksheet_range(&name).map_err(|error| damaged(&error))?;
            sheets.push((name, grid(&range)));
        } else {
            sheets.push((name, Grid::default()));
        }
    }
    Ok(sheets)
}

fn damaged(error: &dyn std::fmt::Display) -> Finding {
    Finding::error(
        "damaged-file",
        format!("the workbook cannot be read: {error}"),
        "download it again; if it opens in Excel or LibreOffice, save it from there under the same name",
    )
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

/// Every cell as text at the row and column Excel shows.
fn grid(range: &Range<Data>) -> Grid {
    let mut builder = GridBuilder::default();
    let mut text: Vec<u8> = Vec::new();
    let (first_row, first_column) = range.start().unwrap_or((0, 0));
    for (index, row) in range.rows().enumerate() {
        for _ in 0..first_column {
            builder.cell(b"", 0, 0);
        }
        for cell in row {
            let offset = text.len();
            write_cell(cell, &mut text);
            builder.cell(&text[offset..], 0, offset);
        }
        builder.end_row(first_row + index as u32 + 1);
    }
    builder.finish(vec![text])
}

/// The text of a cell: numbers in full, dates as `yyyy-mm-dd`, formulas as their stored result.
fn write_cell(cell: &Data, text: &mut Vec<u8>) {
    // Writing to a Vec cannot fail.
    let _ = match cell {
        Data::Empty => Ok(()),
        Data::String(string) | Data::DateTimeIso(string) | Data::DurationIso(string) => write!(text, "{string}"),
        Data::Float(number) => write!(text, "{number}"),
        Data::Int(number) => write!(text, "{number}"),
        Data::Bool(true) => write!(text, "TRUE"),
        Data::Bool(false) => write!(text, "FALSE"),
        Data::DateTime(date) => match date.as_datetime() {
            Some(day) if date.is_datetime() => write!(text, "{}", day.date()),
            _ => write!(text, "{}", date.as_f64()),
        },
        Data::Error(error) => write!(text, "{error}"),
    };
}
