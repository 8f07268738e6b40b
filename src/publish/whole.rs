//! A file is written beside its place and then moved there, so that a reader sees the old one or the new one, whole.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::finding::Error;

/// How the name of a file begins that is not whole yet.
const PART: &str = ".abreast-";

/// Where a file ended up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// In its place.
    InPlace,
    /// Beside it, because the old one is open in another program.
    Beside(PathBuf),
}

/// Writes the file at `path` through `fill`, creating its folder.
///
/// # Errors
/// The folder cannot be written to, or the disk is full; nothing half-written is left behind.
pub fn write(
    path: &Path,
    fill: &mut dyn FnMut(&mut (dyn Write + Send)) -> std::io::Result<()>,
) -> Result<Written, Error> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs_err::create_dir_all(folder).map_err(|error| Error::writing(error, folder))?;
    let mut file = tempfile::Builder::new().prefix(PART).tempfile_in(folder).map_err(|error| {
        Error::writing(
            std::io::Error::new(error.kind(), format!("cannot write into `{}`: {error}", folder.display())),
            folder,
        )
    })?;
    let filled = fill(&mut file).and_then(|()| file.flush());
    filled.map_err(|error| {
        Error::writing(std::io::Error::new(error.kind(), format!("cannot write `{}`: {error}", path.display())), folder)
    })?;
    make_readable(&file);
    match file.persist(path) {
        Ok(_) => Ok(Written::InPlace),
        Err(failed) => {
            let beside = beside(path);
            failed.file.persist(&beside).map_err(|error| Error::writing(error.error, folder))?;
            Ok(Written::Beside(beside))
        }
    }
}

/// Takes away what commands that were killed left half-written in `folder` and the folders below it. What cannot be
/// taken away stays: nothing reads it.
pub fn sweep(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder {
            sweep(&entry.path());
        } else if entry.file_name().to_string_lossy().starts_with(PART) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// Temporary files are private to their owner; an output is for the whole office.
#[cfg(unix)]
fn make_readable(file: &tempfile::NamedTempFile) {
    use std::os::unix::fs::PermissionsExt;
    // A file that stays private is still a right file.
    let _ = file.as_file().set_permissions(std::fs::Permissions::from_mode(0o644));
}

#[cfg(not(unix))]
fn make_readable(_file: &tempfile::NamedTempFile) {}

/// `tables/x.parquet` as `tables/x.new.parquet`.
fn beside(path: &Path) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let extension = path.extension().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}.new.{extension}"))
}
