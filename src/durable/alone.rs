//! One file of its own, whole or not at all: written beside its place, synced, renamed, and its folder synced.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::disk;
use super::part::{self, Part};
use crate::finding::Error;

/// Where a file ended up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// In its place.
    InPlace,
    /// Beside it, because the old one cannot be replaced.
    Beside(PathBuf),
}

/// Writes the file at `path` through `fill`, making its folder.
///
/// # Errors
/// The folder cannot be written to, or the disk is full; nothing half-written is left behind.
pub fn write(path: &Path, fill: &mut dyn FnMut(&mut (dyn Write + Send)) -> io::Result<()>) -> Result<Written, Error> {
    let folder = folder_of(path);
    disk::make_folder(folder).map_err(|error| Error::writing(error, folder))?;
    part::sweep(folder);
    let mut part = Part::new(folder).map_err(|error| Error::writing(into_folder(error, folder), folder))?;
    part.fill(fill).map_err(|error| Error::writing(cannot_write(error, path), folder))?;
    let written = match part.put(path) {
        Ok(()) => Written::InPlace,
        Err(_) => {
            let beside = beside(path);
            part.put(&beside).map_err(|error| Error::writing(error, folder))?;
            Written::Beside(beside)
        }
    };
    disk::sync_folder(folder).map_err(|error| Error::writing(error, folder))?;
    Ok(written)
}

/// The folder that a file stands in.
pub(super) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A failure to write with the file it was about.
pub(super) fn cannot_write(error: io::Error, path: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("cannot write `{}`: {error}", path.display()))
}

/// A failure to write with the folder it was about.
pub(super) fn into_folder(error: io::Error, folder: &Path) -> io::Error {
    io::Error::new(error.kind(), format!("cannot write into `{}`: {error}", folder.display()))
}

/// `tables/x.parquet` as `tables/x.new.parquet`.
pub(super) fn beside(path: &Path) -> PathBuf {
    marked(path, "new")
}

/// A path with a word before its ending.
pub(super) fn marked(path: &Path, word: &str) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    match path.extension() {
        Some(extension) => path.with_file_name(format!("{stem}.{word}.{}", extension.to_string_lossy())),
        None => path.with_file_name(format!("{stem}.{word}")),
    }
}
