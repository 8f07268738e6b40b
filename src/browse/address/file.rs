//! The address of a sheet of a publisher's file, round a cell.

use super::Names;
use super::keys::Keys;
use crate::browse::raw::Raw;
use crate::browse::wrong::Wrong;
use crate::finding::{Place, cell_reference, column_letters};

/// A sheet round a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FilePage {
    /// The file, below the returns: one that a table of the build was made of.
    pub file: String,
    /// The sheet; empty for the first, and where a file has none.
    pub sheet: String,
    /// The row, as Excel numbers it.
    pub row: u32,
    /// The marked column, as Excel counts it; 0 for none.
    pub column: u32,
}

impl FilePage {
    /// The sheet round a cell.
    pub fn at(place: &Place) -> FilePage {
        FilePage {
            file: place.file.clone(),
            sheet: place.sheet.clone(),
            row: place.row.unwrap_or(1),
            column: place.column.unwrap_or(0),
        }
    }

    /// The file that the words of a path name: it is looked up among those that tables were made of.
    pub(super) fn read(words: &[&str], keys: &mut Keys<'_>, names: Names<'_>) -> Result<FilePage, Wrong> {
        let wanted = words.join("/");
        let known = |file: &&str| *file == wanted;
        let files = names.catalogue.tables().iter().flat_map(|(_, meta)| {
            let read = meta.accounts.iter().map(|account| account.file.as_str());
            read.chain(meta.inputs.keys().map(String::as_str))
        });
        let Some(file) = files.into_iter().find(known) else {
            let message = format!("no table of this build was made of a file `{wanted}`");
            return Err(Wrong::gone(message, "choose one from the sources").link("the sources", "/sources"));
        };
        let sheet = keys.take("sheet").unwrap_or_default();
        let row = match keys.take("row") {
            None => 1,
            Some(text) => text.parse().ok().filter(|row| *row >= 1).ok_or_else(|| {
                keys.wrong("row", format!("`{text}` is no row"), "write the number that Excel shows at the left")
            })?,
        };
        let column = match keys.take("column") {
            None => 0,
            Some(text) => {
                cell_reference(&format!("{text}1")).map(|(column, _)| column as u32 + 1).ok_or_else(|| {
                    keys.wrong("column", format!("`{text}` is no column"), "write the letters that Excel shows above")
                })?
            }
        };
        Ok(FilePage { file: file.to_owned(), sheet, row, column })
    }

    pub(super) fn raw(&self) -> Raw {
        let row = if self.row > 1 { self.row.to_string() } else { String::new() };
        let column = if self.column > 0 { column_letters(self.column) } else { String::new() };
        Raw::path(std::iter::once("file").chain(self.file.split('/')))
            .with("sheet", &self.sheet)
            .with("row", row)
            .with("column", column)
    }
}
