//! One writer at a time in a folder, and what a broken-off command left there finished or cleared away.
//!
//! In: the folder. Out: the right to write there, a lock on the file `.lock` in it, which the system frees when the
//! command ends, however it ends, so that no lock is ever stale.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::batch::Batch;
use super::disk;
use super::journal::{self, Journal, STAGE};
use super::part;
use crate::finding::Error;
use crate::home::shown;
use crate::screen;

const LOCK: &str = ".lock";

/// How long a reader waits for files that are just being put in place, which takes a moment.
const MOST_WAIT: Duration = Duration::from_secs(10);

/// The right to write to a folder, until it is dropped.
#[derive(Debug)]
pub struct FolderLock {
    root: PathBuf,
    /// None where there is no folder, or its file system has no locks.
    _lock: Option<File>,
}

impl FolderLock {
    /// New files that take their places in the folder together.
    pub fn batch(&self) -> Batch {
        Batch::new(&self.root)
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }
}

/// Takes the lock of the folder `root`; waits for another command that holds it, saying so, if `wait` is set. Finishes
/// what a command that was broken off had begun to put in place, and clears away what it left. A folder that is not
/// there needs no lock.
///
/// # Errors
/// The folder cannot be written to, or another command holds the lock and `wait` is not set.
pub fn lock(root: &Path, wait: bool) -> Result<FolderLock, Error> {
    if !root.is_dir() {
        return Ok(FolderLock { root: root.to_owned(), _lock: None });
    }
    let file = lock_file(root).map_err(|error| {
        let said = format!("cannot write into `{}`: {error}", shown(root));
        Error::writing(io::Error::new(error.kind(), said), root)
    })?;
    let folder = shown(root);
    let locked = match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) if wait => {
            screen::note(format_args!(
                "waiting: another abreast is writing to `{folder}`; this one goes on when that one has ended"
            ));
            file.lock()
        }
        Err(TryLockError::WouldBlock) => {
            return Err(Error::usage(
                format!("another abreast is writing to `{folder}`"),
                "run it again when that one has ended, leave out `--no-wait`, or choose another folder with `--out DIR`",
            ));
        }
        Err(TryLockError::Error(error)) => Err(error),
    };
    let lock = match locked {
        Ok(()) => Some(file),
        Err(error) => {
            screen::note(format_args!(
                "warning: `{folder}` cannot be locked ({error}): see to it that no other abreast writes there meanwhile"
            ));
            None
        }
    };
    finish(root).map_err(|error| Error::writing(error, root))?;
    if lock.is_some() {
        // Only the holder knows that nothing here belongs to a living command.
        sweep(root);
    }
    Ok(FolderLock { root: root.to_owned(), _lock: lock })
}

/// As [`lock`], making the folder where it is missing.
///
/// # Errors
/// As [`lock`].
pub fn lock_new(root: &Path, wait: bool) -> Result<FolderLock, Error> {
    disk::make_folder(root).map_err(|error| Error::writing(error, root))?;
    lock(root, wait)
}

/// For readers of `root`: waits for files that are just being put in place, and finishes what was broken off.
pub fn settle(root: &Path) {
    let begun = Instant::now();
    while root.join(journal::NAME).exists() {
        let finished = lock_file(root).and_then(|file| match file.try_lock() {
            Err(TryLockError::WouldBlock) => Ok(false),
            // Without locks nobody knows whether a command still lives: the files are left to it.
            Err(TryLockError::Error(error)) => Err(error),
            Ok(()) => finish(root).map(|()| true),
        });
        match finished {
            Ok(true) => return,
            Ok(false) if begun.elapsed() < MOST_WAIT => std::thread::sleep(Duration::from_millis(20)),
            Ok(false) | Err(_) => {
                screen::note(format_args!(
                    "warning: `{}` is not whole: new files are being put in place, or a command was broken off while it did; \
                     `abreast run` finishes it",
                    shown(root)
                ));
                return;
            }
        }
    }
}

/// Whether no new files are being put in place in `root`.
pub fn is_finished(root: &Path) -> bool {
    !root.join(journal::NAME).exists()
}

fn lock_file(root: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).open(root.join(LOCK))
}

/// Carries out the list that a broken-off command left, if it is whole.
fn finish(root: &Path) -> io::Result<()> {
    match Journal::found(root) {
        Some(journal) => journal.finish(root).map(|_| ()),
        None => Ok(()),
    }
}

/// Clears away new files that never took their places.
fn sweep(root: &Path) {
    part::sweep(root);
    for entry in std::fs::read_dir(root).into_iter().flatten().flatten() {
        let is_stage = entry.file_name().to_string_lossy().strip_prefix(STAGE).is_some_and(part::is_unlike_others);
        if is_stage && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            let _ = disk::remove_folder(&entry.path());
        }
    }
}
