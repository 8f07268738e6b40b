//! The sheets of an XLSX through calamine, each cell as its number format shows it.
//!
//! Footnotes that stand raised in a text are written as raised letters before calamine reads it, because it joins the
//! runs of a text; formulas without a stored result are looked for where there are formulas at all.

use std::io::{Cursor, Read, Write};

use calamine::{DataType, Reader, Xlsx, XlsxError};

use super::cells::Cells;
use super::footnotes;
use super::format::{Shown, shown};
use super::parts::{Seen, damaged};
use super::shelf::{Sheet, is_hidden, locked, write_cell};
use crate::finding::Finding;
use crate::value::NO_RESULT;

type Workbook = Xlsx<Cursor<Vec<u8>>>;

/// The sheets that `wanted` accepts with their cells, the others without.
pub(super) fn read(bytes: Vec<u8>, seen: &Seen, wanted: &dyn Fn(&str) -> bool) -> Result<Vec<Sheet>, Finding> {
    let bytes = if seen.raised.is_empty() { bytes } else { with_raised_letters(&bytes, &seen.raised)? };
    let mut workbook: Workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => locked(),
        error => damaged(&error),
    })?;
    let mut sheets = Vec::new();
    for listed in workbook.sheets_metadata().to_vec() {
        let mut cells = Cells::default();
        if wanted(&listed.name) {
            read_values(&mut workbook, &listed.name, &mut cells)?;
            if seen.formulas {
                read_unsolved(&mut workbook, &listed.name, seen.uncalculated, &mut cells)?;
            }
        }
        sheets.push(Sheet { hidden: is_hidden(&listed), name: listed.name, cells });
    }
    Ok(sheets)
}

/// What the cells of a sheet show.
fn read_values(workbook: &mut Workbook, name: &str, cells: &mut Cells) -> Result<(), Finding> {
    let mut reader = match workbook.worksheet_cells_reader(name) {
        Ok(reader) => reader,
        // A sheet that is a chart has no cells.
        Err(XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(error) => return Err(damaged(&error)),
    };
    let code = |style: &calamine::Style| style.number_format.as_ref().map(|format| shown(&format.format_code));
    let formats: Vec<Shown> = reader.styles().iter().map(|style| code(style).unwrap_or_default()).collect();
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(|error| damaged(&error))? {
        let format = formats.get(style).copied().unwrap_or_default();
        cells.put(cell.get_position(), |text| write_cell(cell.get_value(), format, text))?;
    }
    Ok(())
}

/// The formulas of a sheet that have no stored result, said in their cells.
///
/// A program that cannot calculate leaves no result, or 0 in every formula and a word to Excel to calculate when it
/// opens the file: `uncalculated` says that the word is there.
fn read_unsolved(workbook: &mut Workbook, name: &str, uncalculated: bool, cells: &mut Cells) -> Result<(), Finding> {
    let Ok(mut reader) = workbook.worksheet_cells_reader(name) else { return Ok(()) };
    let (mut empty, mut zero, mut solved) = (Vec::new(), Vec::new(), false);
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|error| damaged(&error))? {
        if cell.formula.is_none() {
            continue;
        }
        match cell.value.as_f64() {
            _ if cell.value.is_empty() => empty.push(cell.pos),
            Some(0.0) => zero.push(cell.pos),
            Some(_) => solved = true,
            None => {}
        }
    }
    if uncalculated && !solved {
        empty.append(&mut zero);
    }
    for position in empty {
        cells.put(position, |text| text.extend_from_slice(NO_RESULT.as_bytes()))?;
    }
    Ok(())
}

/// The archive with the footnotes of the parts `raised` as raised letters, everything else as it is.
fn with_raised_letters(bytes: &[u8], raised: &[usize]) -> Result<Vec<u8>, Finding> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut whole = zip::ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for index in 0..archive.len() {
        if !raised.contains(&index) {
            let entry = archive.by_index_raw(index).map_err(|error| damaged(&error))?;
            whole.raw_copy_file(entry).map_err(|error| damaged(&error))?;
            continue;
        }
        let mut entry = archive.by_index(index).map_err(|error| damaged(&error))?;
        let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
        let mut part = String::new();
        entry.read_to_string(&mut part).map_err(|error| damaged(&error))?;
        whole.start_file(name, stored).map_err(|error| damaged(&error))?;
        whole.write_all(footnotes::mended(&part).as_bytes()).map_err(|error| damaged(&error))?;
    }
    Ok(whole.finish().map_err(|error| damaged(&error))?.into_inner())
}
