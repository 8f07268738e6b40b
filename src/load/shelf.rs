//! What the readers of workbooks have in common: a sheet as it is read, and a cell of calamine's as it is seen.

use std::io::Write;

use calamine::{DataType, SheetVisible};

use super::cells::Cells;
use super::format::{Shown, write_date, write_number};
use crate::finding::Finding;

/// A sheet as it is read.
pub(super) struct Sheet {
    pub name: String,
    /// Whether Excel does not show it.
    pub hidden: bool,
    pub cells: Cells,
}

/// The finding that a workbook has a password.
pub(super) fn locked() -> Finding {
    let help = "ask the publisher for a file without one, or open it in Excel and save it without its password";
    Finding::error("locked-file", "the workbook is locked with a password", help)
}

/// Whether Excel does not show the sheet.
pub(super) fn is_hidden(sheet: &calamine::Sheet) -> bool {
    sheet.visible != SheetVisible::Visible
}

/// The text of a cell as `shown`: numbers in full, dates as far as they are seen, formulas as their stored result.
pub(super) fn write_cell(cell: &impl DataType, shown: Shown, text: &mut Vec<u8>) {
    // Writing to a Vec cannot fail.
    let _ = if let Some(string) = cell.get_string().or(cell.get_datetime_iso()).or(cell.get_duration_iso()) {
        write!(text, "{string}")
    } else if let Some(number) = cell.get_float() {
        write_number(number, shown, text);
        Ok(())
    } else if let Some(number) = cell.get_int() {
        if shown == Shown::Plain {
            write!(text, "{number}")
        } else {
            write_number(number as f64, shown, text);
            Ok(())
        }
    } else if let Some(truth) = cell.get_bool() {
        write!(text, "{}", if truth { "TRUE" } else { "FALSE" })
    } else if let Some(date) = cell.get_datetime() {
        match date.as_datetime() {
            Some(moment) if date.is_datetime() => {
                write_date(moment, shown, text);
                Ok(())
            }
            _ => write!(text, "{}", date.as_f64()),
        }
    } else if let Some(error) = cell.get_error() {
        write!(text, "{error}")
    } else {
        Ok(())
    };
}
