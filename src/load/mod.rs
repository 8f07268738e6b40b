//! Bytes to text cells: a `Grid` of every cell as published, from which `grid::TextTable` is cut.
//!
//! Nothing is typed here and nothing is dropped: a cell's text, its row as Excel counts it and its column stay
//! together until `normalise` gives them a meaning.

mod archive;
mod biff;
mod bytes;
mod cells;
mod csv;
mod delimiter;
mod displayed;
mod footnotes;
mod format;
mod guard;
mod numbers;
mod ods;
mod parts;
mod sheet;
mod shelf;
mod stray;
mod xlsb;
mod xlsx;

use std::path::Path;

pub use archive::{Members, members};
pub use bytes::{Kind, MOST_BYTES, sniff};

use crate::finding::{Finding, Place};
use crate::grid::Grid;

/// A file's cells: one grid for a CSV, one a sheet for a workbook.
#[derive(Debug)]
pub struct Opened {
    /// The name of each sheet (empty for a CSV) with its grid.
    pub sheets: Vec<(String, Grid)>,
    /// The names of the sheets that Excel does not show.
    pub hidden: Vec<String>,
    /// The kind of file, by its content.
    pub kind: Kind,
    /// The text encoding, for a CSV.
    pub encoding: &'static str,
}

impl Opened {
    /// Whether Excel does not show the sheet with number `index`.
    pub fn is_hidden(&self, index: usize) -> bool {
        self.sheets.get(index).is_some_and(|(name, _)| self.hidden.contains(name))
    }

    /// The first of the sheets with the numbers `among` that Excel shows; the first of them where it shows none.
    pub fn first(&self, among: &[usize]) -> Option<usize> {
        among.iter().copied().find(|&index| !self.is_hidden(index)).or_else(|| among.first().copied())
    }
}

/// The bytes of the file at `path`, which messages call `shown`.
///
/// # Errors
/// A finding where it cannot be read or is empty.
pub fn read(path: &Path, shown: &str) -> Result<Vec<u8>, Finding> {
    bytes::read(path).map_err(|finding| finding.at(Place::file(shown)))
}

/// Reads every cell of the sheets that `wanted` accepts from the `bytes` of the file at `path`.
///
/// # Errors
/// A finding when the bytes are not what the name says, are cut short, or hold no table at all.
pub fn open(bytes: Vec<u8>, path: &Path, shown: &str, wanted: &dyn Fn(&str) -> bool) -> Result<Opened, Finding> {
    let at = |mut finding: Finding| {
        finding.place.file = shown.to_owned();
        finding
    };
    let (kind, content) = bytes::unwrap(bytes, path).map_err(at)?;
    let (shelves, encoding) = match kind {
        Kind::Text => {
            let (text, encoding) = bytes::decode(content);
            let grid = csv::split_cells(text).map_err(at)?;
            (vec![(String::new(), false, grid)], encoding)
        }
        _ => (sheet::read(content, kind, wanted).map_err(at)?, ""),
    };
    let hidden = shelves.iter().filter(|(_, hidden, _)| *hidden).map(|(name, ..)| name.clone()).collect();
    let sheets: Vec<(String, Grid)> = shelves.into_iter().map(|(name, _, grid)| (name, grid)).collect();
    if sheets.is_empty() {
        return Err(at(Finding::error(
            "damaged-file",
            "the workbook holds no sheet",
            "download it again; if it opens in Excel or LibreOffice, save it from there under the same name",
        )));
    }
    // Sheets that nobody asked for were not read: that none fits is for the caller to say.
    let mut asked = sheets.iter().filter(|(name, _)| name.is_empty() || wanted(name)).peekable();
    if asked.peek().is_some() && asked.all(|(_, grid)| grid.is_empty()) {
        return Err(at(Finding::error(
            "empty-file",
            "the file holds no cells",
            "download it again from the publisher; an empty file is usually an interrupted download",
        )));
    }
    Ok(Opened { sheets, hidden, kind, encoding })
}
