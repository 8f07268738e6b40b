//! A file put under its return and release, and recorded: both or neither.
//!
//! In: a file and its place. Out: the file there, its bytes untouched, and its record in the manifest. One command at a
//! time files; what stood there stays under its name until the new file stands whole, and beside it afterwards.

use std::fmt;
use std::path::{Path, PathBuf};

use crate::durable::{Batch, lock_new};
use crate::finding::Error;
use crate::home;
use crate::load;
use crate::manifest::{self, Manifest, Record};
use crate::provenance::{hash, hash_of, without_secrets};
use crate::shown;

use super::options::Add;

/// Where a file goes and why.
#[derive(Clone, Debug, Default)]
pub(super) struct Place {
    /// The folder of the return.
    pub return_name: String,
    /// The folder of the release.
    pub release: String,
    /// The file's name there.
    pub name: String,
    /// What told so.
    pub why: String,
}

impl Place {
    /// The path below the returns folder.
    pub(super) fn path(&self) -> String {
        format!("{}/{}/{}", self.return_name, self.release, self.name)
    }
}

/// A file that came in.
pub(super) struct Came<'b> {
    /// What is in it.
    pub bytes: &'b [u8],
    /// The name it came with.
    pub name: String,
}

/// A file that was filed.
pub(super) struct Filed {
    /// Its path below the returns folder.
    pub path: String,
    /// Whether it was there already, the same.
    pub unchanged: bool,
    bytes: usize,
    sha256: String,
    why: String,
    /// The name that the one before has now.
    kept: Option<String>,
}

impl fmt::Display for Filed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}  {} bytes, sha256 {}", self.path, shown::whole(self.bytes), &self.sha256[..8])?;
        write!(f, "  {}", self.why)?;
        match &self.kept {
            _ if self.unchanged => f.write_str("; unchanged: it was there already"),
            Some(kept) => write!(f, "; the old one is kept as {kept}"),
            None => Ok(()),
        }
    }
}

/// The name of a file.
pub(super) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// The folder that a returns folder and its manifest stand in, and the returns folder in it.
///
/// # Errors
/// The returns folder has no folder above it.
pub(super) fn folders(returns: &Path) -> Result<(PathBuf, PathBuf), Error> {
    let whole = std::path::absolute(returns).map_err(Error::reading)?;
    match (whole.parent(), whole.file_name()) {
        (Some(root), Some(_)) => Ok((root.to_owned(), whole)),
        _ => Err(Error::usage(
            format!(
                "`{}` cannot be a returns folder: nothing stands above it, and its manifest must",
                returns.display()
            ),
            "name a folder with `--returns DIR`",
        )),
    }
}

/// The files that a return is filed as, each with its place: itself, or the parts where it is a folder of them.
pub(super) fn parts(path: &Path, place: &Place) -> Vec<(PathBuf, Place)> {
    let named = |file: PathBuf| {
        let within = file.strip_prefix(path).unwrap_or(Path::new("")).to_string_lossy().replace('\\', "/");
        let name = if within.is_empty() { place.name.clone() } else { format!("{}/{within}", place.name) };
        (file, Place { name, ..place.clone() })
    };
    load::files(path).into_iter().map(named).collect()
}

/// Puts the parts of a folder in their places, together; answers what was filed, in a few words.
///
/// # Errors
/// As [`file_away`]; or a part stands there that the folder has not.
pub(super) fn folder_away(path: &Path, place: &Place, options: &Add, returns: &Path) -> Result<String, Error> {
    let parts = parts(path, place);
    let standing = load::files(&returns.join(place.path()));
    let is_new = |file: &PathBuf| parts.iter().any(|(_, place)| returns.join(place.path()) == *file);
    if let Some(left) = standing.iter().find(|file| file.is_file() && !is_new(file)) {
        let message =
            format!("`{}` is of an older folder of that name, and would be read with the new parts", home::shown(left));
        return Err(Error::usage(message, "take it back with `abreast remove`, then add the folder again"));
    }
    let mut came = Vec::new();
    for (file, place) in &parts {
        came.push((fs_err::read(file).map_err(Error::reading)?, name_of(file), place));
    }
    let came: Vec<(Came<'_>, &Place)> =
        came.iter().map(|(bytes, name, place)| (Came { bytes, name: name.clone() }, *place)).collect();
    let files: Vec<(&Came<'_>, &Place)> = came.iter().map(|(came, place)| (came, *place)).collect();
    let filed = file_with(&files, options, returns, true, &|_| Ok(()))?;
    let bytes = shown::whole(filed.iter().map(|filed| filed.bytes).sum());
    Ok(format!("{}  {}, {bytes} bytes\n  {}", place.path(), shown::counted(filed.len(), "part", "parts"), place.why))
}

/// Puts a file in its place and its record into the manifest, both or neither.
///
/// # Errors
/// Another file is there, or its place cannot be written to.
pub(super) fn file_away(file: &Came<'_>, place: &Place, options: &Add, returns: &Path) -> Result<Filed, Error> {
    file_with(&[(file, place)], options, returns, true, &|_| Ok(()))?
        .pop()
        .ok_or_else(|| Error::usage("nothing was filed", "say which file"))
}

/// Puts files in their places, their records into the manifest and what else `more` puts into the same step: all of it or
/// nothing. Another command that writes there is waited for where `wait` is set.
///
/// # Errors
/// Another file is in a place, a place cannot be written to, or another command holds the folder.
pub(super) fn file_with(
    files: &[(&Came<'_>, &Place)],
    options: &Add,
    returns: &Path,
    wait: bool,
    more: &dyn Fn(&mut Batch) -> Result<(), Error>,
) -> Result<Vec<Filed>, Error> {
    let (root, whole) = folders(returns)?;
    let hold = lock_new(&root, wait)?;
    let mut manifest = Manifest::read(&manifest::path_for(returns))?;
    let before = manifest.files.clone();
    let mut batch = hold.batch();
    let mut filed = Vec::new();
    for (file, place) in files {
        filed.push(put_one(file, place, options, (returns, &whole), &mut batch)?);
        let sha256 = hash(file.bytes);
        manifest.put(record(file, place, options, &manifest, &sha256));
    }
    if manifest.files != before {
        let text = manifest.text();
        batch.write(&root.join("manifest.toml"), &mut |out| out.write_all(text.as_bytes()))?;
    }
    more(&mut batch)?;
    put(batch)?;
    Ok(filed)
}

/// Puts one file into a batch.
fn put_one(
    file: &Came<'_>,
    place: &Place,
    options: &Add,
    (returns, whole): (&Path, &Path),
    batch: &mut Batch,
) -> Result<Filed, Error> {
    let bytes = file.bytes;
    let sha256 = hash(bytes);
    let path = place.path();
    if !manifest::is_inside(&path) {
        return Err(Error::usage(
            format!("`{}` is no path within the returns folder", path.escape_debug()),
            "choose other names with `--return` and `--release`",
        ));
    }
    let target = whole.join(&path);
    let old = if target.is_file() { Some(hash_of(&target).map_err(Error::reading)?) } else { None };
    let unchanged = old.as_ref() == Some(&sha256);
    let mut kept = None;
    if let Some(old) = old.filter(|_| !unchanged) {
        if !options.replace {
            return Err(another(&returns.join(&path), &old, &sha256));
        }
        let other = target.with_file_name(format!("{}.old-{}", name_of(&target), &old[..8]));
        batch.keep(&target, &other)?;
        kept = Some(name_of(&other));
    }
    if !unchanged {
        batch.write(&target, &mut |out| out.write_all(bytes))?;
    }
    Ok(Filed { path, unchanged, bytes: bytes.len(), sha256, why: place.why.clone(), kept })
}

/// Puts files and their record in place, together.
///
/// # Errors
/// The disk is full or cannot be written to, or a file is open in another program.
pub(super) fn put(batch: Batch) -> Result<(), Error> {
    match batch.commit()?.first() {
        Some(unplaced) => Err(Error::usage(
            format!(
                "`{}` cannot be replaced: it is open in another program; the new one is `{}`",
                home::shown(&unplaced.path),
                home::shown(&unplaced.beside)
            ),
            "close it, and give the new file its name",
        )),
        None => Ok(()),
    }
}

/// That another file stands in the place.
fn another(target: &Path, old: &str, new: &str) -> Error {
    Error::usage(
        format!(
            "`{}` is there already, and it is another file (sha256 {}, this one {})",
            home::shown(target),
            &old[..8],
            &new[..8]
        ),
        "if the publisher replaced it, say `--replace`: the old one is kept beside it; if it is another release, say `--release`",
    )
}

/// What the manifest says of the file: what was told now, else what was known of the same bytes.
fn record(file: &Came<'_>, place: &Place, options: &Add, manifest: &Manifest, sha256: &str) -> Record {
    let path = place.path();
    let known = manifest.record(&path).filter(|known| known.sha256 == sha256).cloned();
    let known_or = |given: &Option<String>, pick: fn(Record) -> String| {
        given.clone().or_else(|| known.clone().map(pick)).unwrap_or_default()
    };
    let url = options.url.as_deref().map(without_secrets);
    Record {
        sha256: sha256.to_owned(),
        bytes: file.bytes.len() as u64,
        original: if file.name == place.name { String::new() } else { file.name.clone() },
        url: known_or(&url, |record| record.url),
        published: known_or(&options.published, |record| record.published),
        added: known.as_ref().map_or_else(|| manifest::today().to_string(), |known| known.added.clone()),
        path,
        removed: String::new(),
    }
}
