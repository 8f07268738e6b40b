//! Bytes to text cells: a `Grid` of every cell as published, then a `TextTable` with exact headers.
//!
//! Nothing is typed here and nothing is dropped: a cell's text, its row as Excel counts it and its column stay
//! together until `normalise` gives them a meaning.

mod bytes;
mod csv;
mod grid;
mod sheet;
mod table;

use std::path::Path;

pub use bytes::{Kind, sniff};
pub use grid::Grid;
pub use table::{Layout, TextTable, likely_header};

use crate::finding::{Finding, Place};

/// A file's cells: one grid for a CSV, one a sheet for a workbook.
#[derive(Debug)]
pub struct Opened {
    /// The name of each sheet (empty for a CSV) with its grid.
    pub sheets: Vec<(String, Grid)>,
    /// The kind of file, by its content.
    pub kind: Kind,
    /// The text encoding, for a CSV.
    pub encoding: &'static str,
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
    let at = |finding: Finding| finding.at(Place::file(shown));
    let (kind, content) = bytes::unwrap(bytes, path).map_err(at)?;
    let (sheets, encoding) = match kind {
        Kind::Text => {
            let (text, encoding) = bytes::decode(content);
            let grid = csv::split(text).map_err(at)?;
            (vec![(String::new(), grid)], encoding)
        }
        _ => (sheet::read(content, kind, wanted).map_err(at)?, ""),
    };
    if sheets.iter().all(|(_, grid)| grid.is_empty()) && !sheets.is_empty() {
        return Err(at(Finding::error(
            "empty-file",
            "the file holds no cells",
            "download it again from the publisher; an empty file is usually an interrupted download",
        )));
    }
    Ok(Opened { sheets, kind, encoding })
}
