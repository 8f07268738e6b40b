//! A file that is not whole yet: it stands under a name of its own beside its place until all its bytes are on the disk.
//!
//! Its writer holds a lock on it, which the system frees when the writer ends, however it ends: a part without a lock
//! was left by a command that was killed, and the next one that writes there removes it. The name alone proves nothing
//! of a file that somebody else put there, so it is long and exact.

use std::fs::{File, OpenOptions, TryLockError};
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::disk;

const START: &str = ".abreast-";
const END: &str = ".part";
/// Letters between start and end: hexadecimal digits.
const DIGITS: usize = 16;

/// A file being written.
pub(super) struct Part {
    path: PathBuf,
    file: File,
    /// Whether the file has another name by now.
    moved: bool,
}

/// A name that no other command chooses.
pub(super) fn unlike_others() -> String {
    let seed = RandomState::new();
    format!("{:0DIGITS$x}", seed.hash_one(std::process::id()))
}

impl Part {
    /// An empty file in `folder`, with the permissions that the user's mask gives to any new file.
    pub fn new(folder: &Path) -> io::Result<Part> {
        loop {
            let path = folder.join(format!("{START}{}{END}", unlike_others()));
            match OpenOptions::new().read(true).write(true).create_new(true).open(&path) {
                Ok(file) => {
                    // Where there are no locks a part that is left stays until somebody removes it: nothing reads it.
                    let _ = file.try_lock();
                    return Ok(Part { path, file, moved: false });
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// Writes all its bytes through `fill`, and waits until they are on the disk.
    pub fn fill(&mut self, fill: &mut dyn FnMut(&mut (dyn Write + Send)) -> io::Result<()>) -> io::Result<()> {
        fill(&mut self.file)?;
        self.file.flush()?;
        disk::written(&self.path)?;
        disk::sync(&self.path)
    }

    /// Gives the file its name.
    pub fn put(&mut self, target: &Path) -> io::Result<()> {
        disk::rename(&self.path, target)?;
        self.moved = true;
        Ok(())
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        if !self.moved {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

/// Whether a word could come from [`unlike_others`].
pub(super) fn is_unlike_others(word: &str) -> bool {
    word.len() == DIGITS && word.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn is_part(name: &str) -> bool {
    name.strip_prefix(START).and_then(|rest| rest.strip_suffix(END)).is_some_and(is_unlike_others)
}

/// Removes the parts that commands which were killed left in `folder`. What cannot be removed stays: nothing reads it.
pub(super) fn sweep(folder: &Path) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if is_part(&entry.file_name().to_string_lossy())
            && let Ok(file) = OpenOptions::new().read(true).write(true).open(entry.path())
            && !matches!(file.try_lock(), Err(TryLockError::WouldBlock | TryLockError::Error(_)))
        {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Part, is_part, sweep};

    #[test]
    fn a_part_without_its_writer_is_swept_and_another_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let left = folder.path().join(".abreast-0123456789abcdef.part");
        let mine = folder.path().join(".abreast-notes.part");
        for path in [&left, &mine] {
            std::fs::write(path, "x").expect("written");
        }
        let living = Part::new(folder.path()).expect("a part");
        sweep(folder.path());
        assert!(!left.exists(), "nobody writes it");
        assert!(mine.exists(), "not a name of ours");
        assert!(living.path.exists(), "its writer lives");
        let path = living.path.clone();
        assert!(is_part(&path.file_name().expect("a name").to_string_lossy()));
        drop(living);
        assert!(!path.exists(), "given up");
    }
}
