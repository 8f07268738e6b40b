//! Several new files that take their places together or not at all.
//!
//! In: files, each filled by its writer into a folder where nobody reads. Out: all of them in place. Until `commit` the
//! folder is as it was, also where the disk is full; after it every file is new, also where the power is cut in between:
//! the new files are on the disk before the list of moves is (`journal`), and that before the first move.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use super::alone::{cannot_write, folder_of, into_folder};
use super::disk;
use super::inside::stays_below;
use super::journal::{Act, Journal, STAGE, Unplaced};
use super::part::{Part, unlike_others};
use super::record;
use crate::finding::Error;
use crate::provenance::hexadecimal;

/// How many files are synced at once: a file system does many at the cost of few.
const SYNCED_AT_ONCE: usize = 8;

/// New files that wait to take their places below a folder.
#[derive(Debug)]
pub struct Batch {
    root: PathBuf,
    stage: String,
    /// The SHA-256 of each new file by its path below the folder.
    files: Mutex<BTreeMap<String, String>>,
    acts: Vec<Act>,
}

impl Batch {
    /// An empty batch of files below `root`.
    pub(super) fn new(root: &Path) -> Batch {
        let stage = format!("{STAGE}{}", unlike_others());
        Batch { root: root.to_owned(), stage, files: Mutex::default(), acts: Vec::new() }
    }

    /// The folder that the files are for.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The folder where the new files wait, laid out as [`Batch::root`] is.
    pub fn stage(&self) -> PathBuf {
        self.root.join(&self.stage)
    }

    /// The path of `path` below the root, with forward slashes.
    pub(super) fn inside(&self, path: &Path) -> Result<String, Error> {
        let parts = path.strip_prefix(&self.root).ok().map(|inside| {
            inside
                .components()
                .map(|part| part.as_os_str().to_string_lossy().into_owned())
                .collect::<Vec<_>>()
                .join("/")
        });
        parts.filter(|inside| stays_below(inside)).ok_or_else(|| {
            let message = format!("`{}` is not in `{}`", path.display(), self.root.display());
            Error::writing(io::Error::new(io::ErrorKind::InvalidInput, message), &self.root)
        })
    }

    /// Writes the new file for `path`, which is below the root, through `fill`.
    ///
    /// # Errors
    /// The disk is full or cannot be written to.
    pub fn write(
        &self,
        path: &Path,
        fill: &mut dyn FnMut(&mut (dyn Write + Send)) -> io::Result<()>,
    ) -> Result<(), Error> {
        let inside = self.inside(path)?;
        let hash = self.fill(&self.stage().join(&inside), fill).map_err(|error| {
            let folder = path.parent().unwrap_or(&self.root);
            Error::writing(cannot_write(error, path), folder)
        })?;
        self.new_files().insert(inside, hash);
        Ok(())
    }

    fn fill(&self, new: &Path, fill: &mut dyn FnMut(&mut (dyn Write + Send)) -> io::Result<()>) -> io::Result<String> {
        disk::make_folder(new.parent().unwrap_or(&self.root))?;
        let mut file = Hashing { file: std::fs::File::create(new)?, hash: Sha256::new() };
        fill(&mut file)?;
        disk::written(new)?;
        Ok(hexadecimal(&file.hash.finalize()))
    }

    /// Gives the file at `from` the name `to` as well, in its place together with the new files; `hash` is its SHA-256.
    ///
    /// # Errors
    /// The disk is full or cannot be written to.
    pub fn link(&self, from: &Path, to: &Path, hash: String) -> Result<(), Error> {
        let inside = self.inside(to)?;
        self.second(from, &inside)?;
        self.new_files().insert(inside, hash);
        Ok(())
    }

    /// Shows the file at `path`, which stays as it is, among the new ones in [`Batch::stage`] as well.
    ///
    /// # Errors
    /// The disk is full or cannot be written to.
    pub fn borrow(&self, path: &Path) -> Result<(), Error> {
        let inside = self.inside(path)?;
        if self.stage().join(&inside).exists() { Ok(()) } else { self.second(path, &inside) }
    }

    /// Gives a file a second name in the stage; where that cannot be, makes a copy.
    fn second(&self, from: &Path, inside: &str) -> Result<(), Error> {
        let new = self.stage().join(inside);
        let done = disk::make_folder(folder_of(&new)).and_then(|()| match disk::link(from, &new) {
            Ok(()) => Ok(()),
            Err(_) => std::fs::copy(from, &new).and_then(|_| disk::written(&new)),
        });
        done.map_err(|error| Error::writing(cannot_write(error, from), &self.root))
    }

    /// Whether there is a new file for `path`.
    pub fn has(&self, path: &Path) -> bool {
        self.inside(path).is_ok_and(|inside| self.new_files().contains_key(&inside))
    }

    /// Whether there will be a file at `path`: a new one, or one that is there and stays.
    pub fn will_have(&self, path: &Path) -> bool {
        let leaves = |inside: &String| self.removed().contains(inside);
        self.has(path) || path.is_file() && !self.inside(path).is_ok_and(|inside| leaves(&inside))
    }

    /// The paths of the new files below a folder of the root, which ends with `/`.
    pub fn below(&self, folder: &str) -> Vec<String> {
        self.hashes().into_keys().filter(|path| path.starts_with(folder)).collect()
    }

    /// Where to read what will stand at `path`: the new file, if there is one, else the old one.
    pub fn coming(&self, path: &Path) -> PathBuf {
        match self.inside(path) {
            Ok(inside) if self.new_files().contains_key(&inside) => self.stage().join(inside),
            _ => path.to_owned(),
        }
    }

    /// Keeps the file at `path` under the name `other` when a new one takes its place.
    ///
    /// # Errors
    /// A path that is not below the root.
    pub fn keep(&mut self, path: &Path, other: &Path) -> Result<(), Error> {
        self.acts.push(Act::Keep(self.inside(path)?, self.inside(other)?));
        Ok(())
    }

    /// Removes the file at `path` when the new ones take their places.
    ///
    /// # Errors
    /// A path that is not below the root.
    pub fn remove(&mut self, path: &Path) -> Result<(), Error> {
        self.acts.push(Act::Remove(self.inside(path)?));
        Ok(())
    }

    /// The SHA-256 of each new file so far by its path below the root.
    pub(super) fn hashes(&self) -> BTreeMap<String, String> {
        self.new_files().clone()
    }

    fn new_files(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, String>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The paths below the root of the files that are to be removed.
    pub(super) fn removed(&self) -> Vec<String> {
        let removed = self.acts.iter().filter_map(|act| match act {
            Act::Remove(path) => Some(path.clone()),
            _ => None,
        });
        removed.collect()
    }

    /// Puts the new files in place, after what is to be kept of the old ones and before what is to be removed; answers
    /// which could not take their places.
    ///
    /// # Errors
    /// The disk is full or cannot be written to: the folder is as it was, or the next command finishes it.
    pub fn commit(mut self) -> Result<Vec<Unplaced>, Error> {
        let files = std::mem::take(self.files.get_mut().unwrap_or_else(PoisonError::into_inner));
        let (kept, removed): (Vec<Act>, Vec<Act>) =
            std::mem::take(&mut self.acts).into_iter().partition(|act| matches!(act, Act::Keep(..)));
        // The record goes last: what is moved and not yet recorded counts as damaged.
        let mut moved: Vec<&String> = files.keys().collect();
        moved.sort_by_key(|path| path.as_str() == record::NAME);
        let moved = moved.into_iter().cloned().map(Act::Move);
        let acts: Vec<Act> = kept.into_iter().chain(moved).chain(removed).collect();
        if acts.is_empty() {
            return Ok(Vec::new());
        }
        self.try_places(&acts)?;
        sync_all(&self.stage(), files.keys()).map_err(|error| Error::writing(error, &self.root))?;
        Journal { stage: self.stage.clone(), acts }.carry_out(&self.root)
    }

    /// Makes the folders that the files go to, and tries whether each can be written to, while nothing is moved yet.
    fn try_places(&self, acts: &[Act]) -> Result<(), Error> {
        let places = acts.iter().flat_map(Act::paths).map(|path| self.root.join(path));
        let folders: BTreeSet<PathBuf> = places.map(|place| folder_of(&place).to_owned()).collect();
        for folder in folders {
            let said = |error| Error::writing(error, &folder);
            if !folder.is_dir() {
                disk::make_folder(&folder).map_err(said)?;
                // What is moved into a folder that is not on the disk would be lost with it.
                let above = folder.ancestors().skip(1).take_while(|above| above.starts_with(&self.root));
                above.into_iter().try_for_each(disk::sync_folder).map_err(said)?;
            }
            Part::new(&folder).map_err(|error| Error::writing(into_folder(error, &folder), &folder))?;
        }
        Ok(())
    }
}

impl Drop for Batch {
    /// A batch that was given up leaves nothing; one whose list stands is for the next command to finish.
    fn drop(&mut self) {
        let listed = Journal::found(&self.root).is_some_and(|journal| journal.stage == self.stage);
        if !listed && self.stage().is_dir() {
            let _ = disk::remove_folder(&self.stage());
        }
    }
}

/// Waits until the files in `stage` are on the disk, with the names of them and of their folders.
fn sync_all<'a>(stage: &Path, files: impl Iterator<Item = &'a String>) -> io::Result<()> {
    let paths: Vec<PathBuf> = files.map(|inside| stage.join(inside)).collect();
    let next = AtomicUsize::new(0);
    let one = || -> io::Result<()> {
        while let Some(path) = paths.get(next.fetch_add(1, Ordering::Relaxed)) {
            disk::sync(path)?;
        }
        Ok(())
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (1..SYNCED_AT_ONCE.min(paths.len())).map(|_| scope.spawn(one)).collect();
        let own = one();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err(io::Error::other("a thread broke off"))))
            .fold(own, Result::and)
    })?;
    let mut folders: Vec<&Path> = paths.iter().flat_map(|path| path.ancestors().skip(1)).collect();
    folders.retain(|folder| folder.starts_with(stage));
    folders.sort_unstable();
    folders.dedup();
    folders.into_iter().rev().try_for_each(disk::sync_folder)?;
    disk::sync_folder(folder_of(stage))
}

/// A file whose bytes are hashed as they are written.
struct Hashing {
    file: std::fs::File,
    hash: Sha256,
}

impl Write for Hashing {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let count = self.file.write(buffer)?;
        self.hash.update(&buffer[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
