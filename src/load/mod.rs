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
mod folder;
mod footnotes;
mod format;
mod guard;
mod numbers;
mod ods;
mod parquet;
mod partition;
mod parts;
mod pieces;
mod sheet;
mod shelf;
mod signs;
mod stray;
mod xlsb;
mod xlsx;

use std::path::Path;

pub use archive::{Members, members};
pub use bytes::{Kind, MOST_BYTES, sniff};
pub use folder::{files, is_folder_of_parts, named_files, read_parts};
pub use parquet::Part;

pub use pieces::{Later, begin, has_pieces};

use crate::finding::{Finding, Place};
use crate::grid::Grid;

/// A file's cells: one grid for a CSV or Parquet, one a sheet for a workbook.
#[derive(Debug)]
pub struct Opened {
    /// The name of each sheet (empty for a CSV and for Parquet) with its grid.
    pub sheets: Vec<(String, Grid)>,
    /// The names of the sheets that Excel does not show.
    pub hidden: Vec<String>,
    /// The kind of file, by its content.
    pub kind: Kind,
    /// The text encoding, for a CSV.
    pub encoding: &'static str,
}

impl Opened {
    /// One grid of Parquet.
    fn columnar(grid: Grid) -> Opened {
        Opened { sheets: vec![(String::new(), grid)], hidden: Vec::new(), kind: Kind::Parquet, encoding: "" }
    }

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

/// Reads every cell of the return that `parts` are: the sheets of one file that `wanted` accepts, or all parts of a folder
/// as one table.
///
/// # Errors
/// As [`open`]; or the parts are no one table.
pub fn open_parts(
    mut parts: Vec<Part>,
    path: &Path,
    shown: &str,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Opened, Finding> {
    if !path.is_dir()
        && let Some(only) = parts.pop()
    {
        return open(only.bytes, path, shown, wanted);
    }
    if let Some(other) = parts.iter().find(|part| sniff(&part.bytes) != Some(Kind::Parquet)) {
        return Err(bytes::no_parquet(&other.bytes).at(Place::file(&other.shown)));
    }
    parquet::read(parts).map(Opened::columnar)
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
        Kind::Parquet => {
            let part = Part { shown: shown.to_owned(), bytes: content };
            return parquet::read(vec![part]).map(Opened::columnar);
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
