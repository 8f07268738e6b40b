//! A sheet of a publisher's file as it is, whatever a pipeline makes of it.
//!
//! In: a file below the returns, a sheet. Out: its cells, the names of the sheets beside it, the hash of the bytes and when they
//! were read.

use std::path::Path;
use std::time::SystemTime;

use crate::finding::{Finding, Place};
use crate::grid::Grid;
use crate::load;
use crate::provenance::hash;

use super::kept::Held;

/// A sheet of a file.
pub struct Leaf {
    /// The hash of the file's bytes.
    pub hash: String,
    /// When they were read.
    pub read: SystemTime,
    /// How many they are.
    pub bytes: usize,
    /// The names of all sheets; one without a name where the file has none.
    pub sheets: Vec<String>,
    /// Which of them this is.
    pub sheet: String,
    /// Its cells.
    pub grid: Grid,
}

impl Held for Leaf {
    fn size(&self) -> usize {
        // A cell is a view of sixteen bytes into the text.
        self.bytes + self.grid.height() * self.grid.width() * 16
    }
}

/// The sheet called `sheet` of the `file` below `folder`; the first that Excel shows where nothing is said.
///
/// # Errors
/// The file cannot be read, or has no such sheet.
pub fn leaf(folder: &Path, file: &str, sheet: &str) -> Result<Leaf, Finding> {
    let path = folder.join(file);
    let bytes = load::read(&path, file)?;
    let (hash, length, read) = (hash(&bytes), bytes.len(), SystemTime::now());
    let wanted = match sheet {
        "" => first(&bytes, &path, file)?,
        named => named.to_owned(),
    };
    let opened = load::open(bytes, &path, file, &|name| name == wanted)?;
    let sheets: Vec<String> = opened.sheets.iter().map(|(name, _)| name.clone()).collect();
    // A row group is no sheet: its rows are numbered through the file.
    let is_wanted = |(name, grid): &(String, Grid)| *name == wanted || grid.is_columnar();
    match opened.sheets.into_iter().find(is_wanted) {
        Some((sheet, grid)) => Ok(Leaf { hash, read, bytes: length, sheets, sheet, grid }),
        None => {
            let names: Vec<String> =
                sheets.iter().filter(|name| !name.is_empty()).map(|name| format!("`{name}`")).collect();
            let help = match names.is_empty() {
                true => "the file has no sheets: leave the name out".to_owned(),
                false => format!("its sheets are {}", names.join(", ")),
            };
            Err(Finding::error("no-sheet", format!("there is no sheet `{wanted}`"), help).at(Place::file(file)))
        }
    }
}

/// The name of the first sheet that Excel shows.
fn first(bytes: &[u8], path: &Path, file: &str) -> Result<String, Finding> {
    let listed = load::open(bytes.to_vec(), path, file, &|_| false)?;
    let all: Vec<usize> = (0..listed.sheets.len()).collect();
    let name = listed.first(&all).and_then(|at| listed.sheets.get(at)).map(|(name, _)| name.clone());
    Ok(name.unwrap_or_default())
}
