//! The small files that a council keeps beside its own figures: targets, actions. Rows of any of them, each with its place.
//!
//! In: the folder of a return and the name of the file. Out: the rows of every release, oldest first, or the first row that cannot
//! be read, with its file and line.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use crate::finding::{Error, Place};

/// The file of targets.
pub const TARGETS: &str = "targets.csv";
/// The file of actions.
pub const ACTIONS: &str = "actions.csv";

/// What a file of a council's own is, as messages need it.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name.
    pub file: &'static str,
    /// What it is, with its article: `a targets file`.
    pub what: &'static str,
    /// Its columns, and how to save it.
    pub help: &'static str,
}

/// Whether a file in a release is one of those, and holds no figures.
pub fn is_one(name: &str) -> bool {
    [TARGETS, ACTIONS].contains(&name)
}

/// The rows of every such file in the releases of a return, oldest release first.
///
/// # Errors
/// A row that cannot be read, with its file and line.
pub fn rows<T: DeserializeOwned>(folder: &Path, kind: Kind) -> Result<Vec<(T, Place)>, Error> {
    let mut releases: Vec<PathBuf> = fs_err::read_dir(folder)
        .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    releases.sort();
    let mut rows = Vec::new();
    for path in releases.into_iter().map(|release| release.join(kind.file)).filter(|path| path.is_file()) {
        let at = |line: Option<u32>| Place { row: line, ..Place::file(path.display().to_string()) };
        let line = |position: Option<&csv::Position>| {
            position.map(|position| u32::try_from(position.line()).unwrap_or(u32::MAX))
        };
        let wrong = |error: csv::Error| {
            Error::declaration(at(line(error.position())), format!("not a row of {}: {error}", kind.what), kind.help)
        };
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::Headers).from_path(&path).map_err(wrong)?;
        let headings = reader.headers().map_err(wrong)?.clone();
        for record in reader.records() {
            let record = record.map_err(wrong)?;
            let row: T = record.deserialize(Some(&headings)).map_err(wrong)?;
            rows.push((row, at(line(record.position()))));
        }
    }
    Ok(rows)
}
