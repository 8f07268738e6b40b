//! A batch that keeps the record of what was written: what is not in the record is somebody else's, and is kept.

use std::path::{Path, PathBuf};

use super::alone::{beside, marked, write};
use super::batch::Batch;
use super::journal::Unplaced;
use super::record::{NAME, Record};
use crate::finding::Error;
use crate::provenance::hash_of;

/// How a batch that keeps the record ended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Committed {
    /// New files that could not take their places.
    pub unplaced: Vec<Unplaced>,
    /// Files of somebody else that stood in the way, and the names they have now.
    pub kept: Vec<(PathBuf, PathBuf)>,
}

impl Record {
    /// Says of new files that could not take their places where they are, and of those places what it said `before`.
    fn move_aside(&mut self, before: &Record, root: &Path, unplaced: &[Unplaced]) {
        let inside = |path: &Path| path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        for Unplaced { path, beside } in unplaced {
            let (path, beside) = (inside(path), inside(beside));
            let new = self.files.remove(&path);
            self.files.extend(new.map(|hash| (beside, hash)));
            self.files.extend(before.files.get(&path).map(|hash| (path.clone(), hash.clone())));
        }
    }
}

impl Batch {
    /// Puts the new files in place as [`Batch::commit`] does, with the record of them, which is moved last. A file that
    /// stands in a place and is not known to be abreast's is kept under another name; `forgotten` are the paths that
    /// leave the record.
    ///
    /// # Errors
    /// As [`Batch::commit`].
    pub fn commit_recorded(mut self, forgotten: &[String]) -> Result<Committed, Error> {
        let root = self.root().to_owned();
        let mut record = Record::read(&root);
        let new = self.hashes();
        let mut kept = Vec::new();
        for (path, hash) in &new {
            let place = root.join(path);
            if !record.has(path) {
                kept.extend(self.keep_foreign(&place, hash)?);
            }
            // The file that could not take this place before.
            let other = beside(&place);
            if record.files.get(&self.inside(&other)?) == hash_of(&other).ok().as_ref() && other.is_file() {
                self.remove(&other)?;
            }
        }
        let before = record.clone();
        for path in forgotten.iter().chain(self.removed().iter()) {
            record.files.remove(path);
        }
        record.files.extend(new);
        self.write(&root.join(NAME), &mut |out| out.write_all(record.text().as_bytes()))?;
        let unplaced = self.commit()?;
        if !unplaced.is_empty() {
            record.move_aside(&before, &root, &unplaced);
            write(&root.join(NAME), &mut |out| out.write_all(record.text().as_bytes()))?;
        }
        Ok(Committed { unplaced, kept })
    }

    /// Keeps a file that stands at `place` and is not abreast's, unless it is the very one that comes there.
    fn keep_foreign(&mut self, place: &Path, hash: &str) -> Result<Option<(PathBuf, PathBuf)>, Error> {
        let Some(old) = hash_of(place).ok().filter(|old| old != hash) else { return Ok(None) };
        let other = marked(place, &format!("kept-{}", &old[..8]));
        self.keep(place, &other)?;
        Ok(Some((place.to_owned(), other)))
    }
}
