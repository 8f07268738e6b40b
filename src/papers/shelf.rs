//! What stands in the outputs of the papers that were made: whose files are there, and the bytes of one of them.
//!
//! In: an outputs folder. Out: files that its record names, as they were written; a path is looked up there and made of nothing
//! else.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::slug;
use crate::durable::Record;
use crate::finding::Error;
use crate::provenance::hash_of;

/// The endings of a paper's files, each with what it is called.
const ENDINGS: [(&str, &str); 4] = [("html", "Page"), ("docx", "Word"), ("xlsx", "Workbook"), ("pdf", "PDF")];

/// The papers of an outputs folder.
pub struct Shelf {
    out: PathBuf,
    record: Record,
}

/// A file of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What it is called: `Page`, `Word`.
    pub called: &'static str,
    /// Its name.
    pub name: String,
}

impl Shelf {
    /// The papers in `out`.
    pub fn of(out: &Path) -> Shelf {
        Shelf { out: out.to_owned(), record: Record::read(out) }
    }

    /// The files of a report about an authority, and when its page was made; none where it was not made.
    pub fn paper(&self, report: &str, authority: &str) -> Option<(Vec<Kept>, Option<SystemTime>)> {
        let base = format!("{}-{}", slug(report), slug(authority));
        let kept = ENDINGS.map(|(ending, called)| Kept { called, name: format!("{base}.{ending}") });
        let kept: Vec<Kept> = kept.into_iter().filter(|kept| self.place(&kept.name).is_some()).collect();
        let page = kept.iter().find(|kept| kept.called == "Page")?;
        let made = self.place(&page.name).and_then(|path| path.metadata().ok()).and_then(|about| about.modified().ok());
        Some((kept, made))
    }

    /// The names of all pages.
    pub fn pages(&self) -> Vec<String> {
        self.names().filter(|name| name.ends_with(".html")).map(str::to_owned).collect()
    }

    fn names(&self) -> impl Iterator<Item = &str> {
        self.record.below("reports/").filter_map(|path| path.strip_prefix("reports/"))
    }

    /// Where the file of a name is; none where the record does not name it, or it is of no kind that a paper has.
    fn place(&self, name: &str) -> Option<PathBuf> {
        let known = self.names().find(|known| *known == name && !known.contains('/'))?;
        let ending = known.rsplit_once('.').map_or("", |(_, ending)| ending);
        ENDINGS.iter().any(|(one, _)| *one == ending).then(|| self.out.join("reports").join(known))
    }

    /// The bytes of the file of a name, and its ending; none where there is no such file.
    ///
    /// # Errors
    /// It cannot be read, or is not as it was written.
    pub fn file(&self, name: &str) -> Result<Option<(Vec<u8>, String)>, Error> {
        let Some(path) = self.place(name) else { return Ok(None) };
        let is_ours = |hash: String| self.record.hash(&format!("reports/{name}")) == Some(hash.as_str());
        if !hash_of(&path).is_ok_and(is_ours) {
            let message = format!("`reports/{name}` is not as it was written");
            return Err(Error::usage(message, "make the paper again, or open the file itself if you changed it"));
        }
        let bytes = fs_err::read(&path).map_err(Error::reading)?;
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Some((bytes, ending)))
    }
}
