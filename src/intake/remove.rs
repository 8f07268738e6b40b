//! Taking back: a file that was filed is put aside under another name, which no run reads, and can be put back.
//!
//! In: which files. Out: all of them aside (or back) and the manifest that says so, or nothing changed: one command at a
//! time, one step. What is kept is the file as it was, under its name and the start of its hash.

use std::path::{Path, PathBuf};

use super::basis::{Basis, returns_folder};
use super::filed_files::filed_files;
use super::filing::{folders, name_of, put};
use super::options::Remove;
use crate::durable::{Batch, lock};
use crate::finding::{Error, likely};
use crate::home;
use crate::manifest::{self, Manifest, Record};
use crate::provenance::hash_of;
use crate::refresh::plan::is_kept_aside;
use crate::screen;

/// Takes files out, or puts them back; answers whether one could not be.
///
/// # Errors
/// What makes it impossible to go on: nothing was done then. A single file that is refused is an error as well.
pub fn remove(options: &Remove) -> Result<bool, Error> {
    let basis = Basis::read(options.returns.as_deref(), options.pipelines.folder.as_deref())?;
    let (root, folder) = folders(&returns_folder(options.returns.as_deref()))?;
    let hold = lock(&root, true)?;
    let path = manifest::path_for(&folder);
    let manifest = Manifest::read(&path)?;
    let before = manifest.clone();
    let mut shelf =
        Shelf { basis: &basis, folder: &folder, manifest, batch: hold.batch(), said: Vec::new(), done: Vec::new() };
    let mut refused = Vec::new();
    for wanted in &options.files {
        match if options.undo { shelf.put_back(wanted) } else { shelf.take_out(wanted) } {
            Ok(()) => {}
            // What is wrong with one file is no matter of the others.
            Err(error @ Error::Usage { .. }) => refused.push((wanted, error)),
            Err(error) => return Err(error),
        }
    }
    let Shelf { manifest, batch, said, .. } = shelf;
    let changed = manifest != before;
    if changed {
        let text = manifest.text();
        batch.write(&path, &mut |out| out.write_all(text.as_bytes()))?;
        put(batch)?;
    }
    told(said, refused, options.files.len(), changed)
}

/// Says what was done and what was not; answers whether one was refused.
fn told(said: Vec<String>, mut refused: Vec<(&String, Error)>, asked: usize, changed: bool) -> Result<bool, Error> {
    said.iter().for_each(screen::say);
    if changed {
        screen::say("next: abreast run, then abreast diff");
    }
    if asked == 1 && refused.len() == 1 {
        return refused.pop().map_or(Ok(true), |(_, error)| Err(error));
    }
    for (wanted, error) in &refused {
        screen::note(format_args!("error: {wanted}: {error}\n"));
    }
    Ok(!refused.is_empty())
}

/// The returns folder, and what is to be done in it.
struct Shelf<'b> {
    basis: &'b Basis,
    folder: &'b Path,
    manifest: Manifest,
    batch: Batch,
    said: Vec<String>,
    /// The paths that were dealt with: one named twice is one.
    done: Vec<String>,
}

impl Shelf<'_> {
    /// Puts a file aside, with the `.meta.csv` that describes it.
    fn take_out(&mut self, wanted: &str) -> Result<(), Error> {
        let known: Vec<&str> = self.manifest.files.iter().map(|record| record.path.as_str()).collect();
        let removed = self.manifest.removed.iter().map(|record| record.path.as_str());
        let all: Vec<&str> = known.iter().copied().chain(removed).collect();
        let files = filed_files(wanted, self.basis, self.folder, &all);
        if let Some(path) = files.iter().find(|path| self.folder.join(path).is_file()) {
            let meta = meta_of(path).filter(|meta| self.folder.join(meta).is_file());
            return std::iter::once(path.clone()).chain(meta).try_for_each(|path| self.one_out(path));
        }
        if let Some(path) = files.iter().find(|path| self.manifest.record(path).is_some()) {
            self.said.push(format!("{path}  is gone already; it is taken out of the manifest"));
            self.manifest.forget(path);
            return Ok(());
        }
        match self.manifest.removed.iter().rev().find(|record| files.contains(&record.path)) {
            Some(record) => {
                let kept = name_of(&self.aside(record));
                self.said.push(format!("{}  was taken out already; kept as {kept}", record.path));
                Ok(())
            }
            None => Err(unknown(wanted, format!("is not filed in `{}`", home::shown(self.folder)), &known)),
        }
    }

    /// Puts one file aside.
    fn one_out(&mut self, path: String) -> Result<(), Error> {
        if self.done.contains(&path) {
            return Ok(());
        }
        let target = self.folder.join(&path);
        if is_kept_aside(&name_of(&target)) {
            let message = format!("`{path}` is kept aside: no run reads it, and it is not filed");
            return Err(Error::usage(message, "name the file that is filed; what is kept aside is yours to delete"));
        }
        let sha256 = hash_of(&target).map_err(Error::reading)?;
        let bytes = target.metadata().map_err(Error::reading)?.len();
        let today = manifest::today().to_string();
        let known = self.manifest.record(&path).cloned();
        let is_other = known.as_ref().is_some_and(|known| known.sha256 != sha256);
        // One that nobody filed is known from now on.
        let known = known.unwrap_or(Record { path: path.clone(), added: today.clone(), ..Record::default() });
        let record = Record { sha256, bytes, removed: today, ..known };
        let aside = self.aside(&record);
        if aside.is_file() && hash_of(&aside).map_err(Error::reading)? != record.sha256 {
            let message = format!("`{}` is in the way: it is another file", home::shown(&aside));
            return Err(Error::usage(message, "give it another name"));
        }
        self.batch.keep(&target, &aside)?;
        self.batch.remove(&target)?;
        self.manifest.take_out(record);
        let other = if is_other { "; it was not the file that was filed under that name" } else { "" };
        self.said.push(format!("{path}  taken out; kept as {}{other}", name_of(&aside)));
        self.done.push(path);
        Ok(())
    }

    /// Puts a file back where it was, with the `.meta.csv` that describes it.
    fn put_back(&mut self, wanted: &str) -> Result<(), Error> {
        let name = wanted.rsplit_once(".removed-").map_or(wanted, |(name, _)| name);
        let removed: Vec<&str> = self.manifest.removed.iter().map(|record| record.path.as_str()).collect();
        let files = filed_files(name, self.basis, self.folder, &removed);
        let is_meant =
            |record: &&Record| files.contains(&record.path) && (name == wanted || wanted.ends_with(&ending(record)));
        if let Some(record) = self.manifest.removed.iter().rev().find(is_meant).cloned() {
            let meta = meta_of(&record.path);
            let meta = self.manifest.removed.iter().rev().find(|other| Some(&other.path) == meta.as_ref()).cloned();
            return std::iter::once(record).chain(meta).try_for_each(|record| self.one_back(&record));
        }
        match files.iter().find(|path| self.folder.join(path).is_file()) {
            Some(path) => {
                if !self.done.contains(path) {
                    self.said.push(format!("{path}  is there; nothing is to be put back"));
                }
                Ok(())
            }
            None => Err(unknown(wanted, "is not among what was taken out".to_owned(), &removed)),
        }
    }

    /// Puts one file back.
    fn one_back(&mut self, record: &Record) -> Result<(), Error> {
        let (target, aside) = (self.folder.join(&record.path), self.aside(record));
        let again = "take it from a copy or from the publisher, and file it with `abreast add`";
        let refused =
            |path: &Path, what: &str, help: &str| Err(Error::usage(format!("`{}` {what}", home::shown(path)), help));
        if target.exists() {
            let help = "take that one out first: `abreast remove FILE`";
            return refused(&target, "is there again, so that the one taken out cannot be put back", help);
        }
        match hash_of(&aside) {
            Ok(now) if now == record.sha256 => {}
            Ok(_) => return refused(&aside, "is not as it was when it was taken out: its content is another", again),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return refused(&aside, "is not there any more, so that it cannot be put back", again);
            }
            Err(error) => return Err(Error::reading(error)),
        }
        self.batch.keep(&aside, &target)?;
        self.batch.remove(&aside)?;
        self.manifest.put_back(record);
        self.said.push(format!("{}  put back", record.path));
        self.done.push(record.path.clone());
        Ok(())
    }

    /// Where a file that was taken out is kept.
    fn aside(&self, record: &Record) -> PathBuf {
        let target = self.folder.join(&record.path);
        target.with_file_name(format!("{}{}", name_of(&target), ending(record)))
    }
}

/// What the name of a file that is kept ends with.
fn ending(record: &Record) -> String {
    format!(".removed-{}", record.sha256.get(..8).unwrap_or(&record.sha256))
}

/// The `.meta.csv` that describes a file.
fn meta_of(path: &str) -> Option<String> {
    path.strip_suffix(".csv").map(|stem| format!("{stem}.meta.csv"))
}

fn unknown(wanted: &str, what: String, all: &[&str]) -> Error {
    let help = match likely(wanted, all.iter().copied()) {
        Some(path) => format!("did you mean `{path}`?"),
        None if all.len() < 6 && !all.is_empty() => format!("what there is: {}", all.join(", ")),
        None => "name it as RETURN/RELEASE/FILE; `manifest.toml` beside the returns lists what was filed and taken out"
            .to_owned(),
    };
    Error::usage(format!("`{}` {what}", wanted.escape_debug()), help)
}
