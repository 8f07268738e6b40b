//! One writer at a time in an outputs folder, and a word to its readers while a build is not whole.
//!
//! In: the folder. Out: a lock on the file `.lock` in it, which the system frees when the command ends, however it
//! ends, so that no lock is ever stale. `UNFINISHED.txt` stands in the folder from the first thing that `run` writes
//! to the last: whoever opens the folder sees it, and the next run, which finds it, draws again what was not drawn.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use crate::finding::Error;
use crate::home;
use crate::publish::{sweep, write};

const LOCK: &str = ".lock";
const UNFINISHED: &str = "UNFINISHED.txt";

const UNFINISHED_TEXT: &str = "\
`abreast run` is writing to this folder, or was broken off while it did.

Tables, comparisons and charts may be of two builds: use none of them. If no run is under way, `abreast run` makes what
is missing and takes this file away.
";

/// The right to write to an outputs folder, until it is dropped.
pub struct Hold {
    /// None where there is no folder, or its file system has no locks.
    _lock: Option<File>,
}

/// Takes the lock of the outputs folder `out`; waits for another command that holds it, saying so, if `wait` is set.
/// Clears away the temporary files of commands that were killed. A folder that is not there needs no lock.
///
/// # Errors
/// The folder cannot be written to, or another command holds the lock and `wait` is not set.
pub fn hold(out: &Path, wait: bool) -> Result<Hold, Error> {
    if !out.is_dir() {
        return Ok(Hold { _lock: None });
    }
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(out.join(LOCK)).map_err(|error| {
        let said = format!("cannot write into `{}`: {error}", home::shown(out));
        Error::writing(std::io::Error::new(error.kind(), said), out)
    })?;
    let folder = home::shown(out);
    let locked = match file.try_lock() {
        Ok(()) => Ok(()),
        Err(TryLockError::WouldBlock) if wait => {
            eprintln!("waiting: another abreast is writing to `{folder}`; this one goes on when that one has ended");
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
    match locked {
        Ok(()) => {
            // Only the holder knows that no temporary file here belongs to a living command.
            sweep(out);
            Ok(Hold { _lock: Some(file) })
        }
        Err(error) => {
            eprintln!(
                "warning: `{folder}` cannot be locked ({error}): see to it that no other abreast writes there meanwhile"
            );
            Ok(Hold { _lock: None })
        }
    }
}

/// A build that is being written.
pub struct Building {
    _hold: Hold,
    out: PathBuf,
    /// Whether the build that stood there was not whole, because a run was broken off.
    pub broken_off: bool,
}

/// Takes the lock of the outputs folder `out`, making the folder where it is missing, and marks its build as not whole.
///
/// # Errors
/// As [`hold`].
pub fn begin(out: &Path, wait: bool) -> Result<Building, Error> {
    fs_err::create_dir_all(out).map_err(|error| Error::writing(error, out))?;
    let hold = hold(out, wait)?;
    let mark = out.join(UNFINISHED);
    let broken_off = mark.exists();
    write(&mark, &mut |file| file.write_all(UNFINISHED_TEXT.as_bytes()))?;
    Ok(Building { _hold: hold, out: out.to_owned(), broken_off })
}

impl Building {
    /// Marks the build as whole and frees the folder.
    ///
    /// # Errors
    /// The mark cannot be taken away.
    pub fn finish(self) -> Result<(), Error> {
        fs_err::remove_file(self.out.join(UNFINISHED)).map_err(|error| Error::writing(error, &self.out))
    }
}
