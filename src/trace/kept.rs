//! What was opened lately, up to so many bytes: a file that stays as it is is not read and hashed twice.

use std::hash::BuildHasher;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use rustc_hash::FxBuildHasher;

/// What takes a number of bytes to keep.
pub trait Held {
    /// About how many.
    fn size(&self) -> usize;
}

/// What was opened, the least used first.
pub struct Kept<T> {
    limit: usize,
    held: Mutex<Vec<(Key, Arc<T>)>>,
}

/// Which file it is, by which declaration it was opened, and how one knows that it has not changed since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    what: [String; 3],
    declared: u64,
    written: Option<SystemTime>,
    length: u64,
}

impl Key {
    /// The key of the file at `path` as it is now, opened as `declared` says.
    pub fn of(what: [&str; 3], declared: &str, path: &Path) -> Key {
        let about = path.metadata().ok();
        let written = about.as_ref().and_then(|about| about.modified().ok());
        let declared = FxBuildHasher.hash_one(declared);
        Key { what: what.map(str::to_owned), declared, written, length: about.map_or(0, |about| about.len()) }
    }
}

impl<T: Held> Kept<T> {
    /// Room for so many bytes; what was opened last is always kept.
    pub fn new(limit: usize) -> Kept<T> {
        Kept { limit, held: Mutex::default() }
    }

    /// What the key is of, opened where it is not kept.
    ///
    /// # Errors
    /// It cannot be opened.
    pub fn get<E>(&self, key: &Key, open: impl FnOnce() -> Result<T, E>) -> Result<Arc<T>, E> {
        if let Some(opened) = self.used(key) {
            return Ok(opened);
        }
        // Two requests may open the same at once: the lock is not held while a file is read.
        let opened = Arc::new(open()?);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        // The same as it was before, or by another declaration, is of no use any more.
        held.retain(|(known, _)| known.what != key.what);
        held.push((key.clone(), Arc::clone(&opened)));
        while held.len() > 1 && held.iter().map(|(_, opened)| opened.size()).sum::<usize>() > self.limit {
            held.remove(0);
        }
        Ok(opened)
    }

    /// What is kept, the last to go from now on.
    fn used(&self, key: &Key) -> Option<Arc<T>> {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let at = held.iter().position(|(known, _)| known == key)?;
        let found = held.remove(at);
        let opened = Arc::clone(&found.1);
        held.push(found);
        Some(opened)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Held, Kept, Key};

    impl Held for String {
        fn size(&self) -> usize {
            self.len()
        }
    }

    #[test]
    fn a_file_is_opened_again_when_it_or_its_declaration_changes_or_others_took_its_room() {
        let path = tempfile::NamedTempFile::new().expect("a file");
        let key = |what: &str, declared: &str| Key::of(["", what, ""], declared, path.path());
        let kept = Kept::new(10);
        let mut opened = 0;
        let mut get = |key: &Key| {
            let _ = kept.get(key, || -> Result<String, ()> {
                opened += 1;
                Ok("six by".to_owned())
            });
            opened
        };
        let one = key("one", "a");
        assert_eq!((get(&one), get(&one)), (1, 1));
        assert_eq!((get(&key("one", "b")), get(&one)), (2, 3));
        std::fs::write(path.path(), "longer").expect("a file");
        assert_eq!((get(&key("one", "a")), get(&key("two", "a")), get(&key("one", "a"))), (4, 5, 6));
        assert_eq!(Key::of(["", "", ""], "", Path::new("nowhere")).length, 0);
    }
}
