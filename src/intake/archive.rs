//! A release as it is downloaded: one archive with all its files, taken apart into a folder that goes with it.

use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::finding::{Error, Finding};
use crate::home;
use crate::load;
use crate::manifest::safe_name;

/// A file of an archive.
pub(super) struct Member {
    /// Where it was unpacked.
    pub path: PathBuf,
    /// Its path inside the archive.
    pub inside: String,
}

impl Member {
    /// Whether it is words about the data, such as a data guidance.
    pub fn is_document(&self) -> bool {
        let ending = self.path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        ["txt", "md", "pdf", "doc", "docx", "rtf", "html", "htm"].contains(&ending.as_str())
    }
}

/// An archive taken apart; its files go when it does.
pub(super) struct Unpacked {
    /// The archive's path for messages.
    pub shown: String,
    /// Its files, in order of their paths.
    pub members: Vec<Member>,
    _folder: TempDir,
}

/// Takes a ZIP of several files apart; none where `path` is no such archive, or packs a single table, which is read as
/// it is.
///
/// # Errors
/// It cannot be read, or unpacks to more than can be read.
pub(super) fn unpack(path: &Path) -> Result<Option<Unpacked>, Finding> {
    let is_zip = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"));
    if !is_zip {
        return Ok(None);
    }
    let shown = home::shown(path);
    let bytes = load::read(path, &shown)?;
    let Some(files) = load::members(&bytes).map_err(|finding| finding.at(crate::finding::Place::file(&shown)))? else {
        return Ok(None);
    };
    let folder = tempfile::Builder::new().prefix("abreast-unpacked-").tempdir();
    let folder = folder.map_err(|error| unwritable(&Error::reading(error)))?;
    let mut members = Vec::new();
    for (at, (inside, bytes)) in files.into_iter().enumerate() {
        // Two folders of an archive may hold files of one name; a `.meta.csv` stays beside its file.
        let within = inside.rsplit_once('/').map_or(String::new(), |(within, _)| within.replace('/', "_"));
        let place = folder.path().join(safe_name(&format!("in_{within}")));
        let mut target = place.join(safe_name(&inside));
        if target.exists() {
            target = place.join(format!("{at}")).join(safe_name(&inside));
        }
        let parent = target.parent().unwrap_or(&place);
        fs_err::create_dir_all(parent)
            .and_then(|()| fs_err::write(&target, bytes))
            .map_err(|error| unwritable(&Error::writing(error, &target)))?;
        members.push(Member { path: target, inside });
    }
    Ok(Some(Unpacked { shown, members, _folder: folder }))
}

fn unwritable(error: &Error) -> Finding {
    Finding::error("no-room", error.to_string(), "free some space in the folder for temporary files")
}
