//! A folder of parts: a table that was written as several Parquet files, in folders that are named for their partition.

use std::path::{Path, PathBuf};

use super::bytes::{self, MOST_BYTES};
use super::parquet::Part;
use super::partition;
use crate::finding::{Finding, Place, is_parquet};

/// The files of the return at `path`: itself, or the parts where it is a folder of them, in the order of their paths.
pub fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_dir() { below(path) } else { vec![path.to_owned()] }
}

/// Whether `path` is a folder of parts: one with Parquet in it, or in folders that are named for a partition.
pub fn is_folder_of_parts(path: &Path) -> bool {
    path.is_dir() && !below(path).is_empty()
}

/// The files of the return at `path`, which messages call `shown`, each with what they call it.
pub fn named_files(path: &Path, shown: &str) -> Vec<(String, PathBuf)> {
    let named = |file: PathBuf| {
        let within = file.strip_prefix(path).ok().filter(|within| !within.as_os_str().is_empty());
        let within = within.map(|within| format!("/{}", within.to_string_lossy().replace('\\', "/")));
        (format!("{shown}{}", within.unwrap_or_default()), file)
    };
    files(path).into_iter().map(named).collect()
}

/// The parts of the return at `path`, which messages call `shown`.
///
/// # Errors
/// One cannot be read, or they are larger than can be read.
pub fn read_parts(path: &Path, shown: &str) -> Result<Vec<Part>, Finding> {
    let mut parts = Vec::new();
    for (shown, file) in named_files(path, shown) {
        let bytes = bytes::read(&file).map_err(|finding| finding.at(Place::file(&shown)))?;
        parts.push(Part { shown, bytes });
    }
    if parts.iter().map(|part| part.bytes.len()).sum::<usize>() > MOST_BYTES {
        let message = format!("the parts come to more than the {} MB that can be read", MOST_BYTES >> 20);
        let help = "file the folders of its partition as releases of their own";
        return Err(Finding::error("file-too-large", message, help).at(Place::file(shown)));
    }
    Ok(parts)
}

fn below(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let parts = entries.into_iter().flat_map(|path| match name(&path) {
        // What an engine leaves beside parts: `_SUCCESS`, `._part-0.parquet.crc`.
        name if name.starts_with(['.', '_', '~']) => Vec::new(),
        name if path.is_dir() => {
            if partition::pair(&name).is_some() {
                below(&path)
            } else {
                Vec::new()
            }
        }
        name if is_parquet(&name) => vec![path],
        _ => Vec::new(),
    });
    parts.collect()
}
