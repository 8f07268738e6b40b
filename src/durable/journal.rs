//! `UNFINISHED.txt`: what is to be done to put a batch of new files in place, kept until it is done.
//!
//! In: the files of a batch, which stand whole and synced in a folder of their own. Out: each under its own name. The
//! list is on the disk before the first file is moved and goes after the last: whoever finds it carries it out to the
//! end, so that a folder is the old one or the new one, never half of each.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::alone::{self, Written, beside, folder_of};
use super::disk;
use super::inside::stays_below;
use super::part::Part;
use crate::finding::Error;

/// The name of the list.
pub(super) const NAME: &str = "UNFINISHED.txt";

/// How the name of a folder begins in which new files wait.
pub(super) const STAGE: &str = ".abreast-next-";

const WORDS: &str = "\
An abreast command was putting new files in place here and was broken off: some are of the new build, some of the one
before. Use none of them yet. Any abreast command that writes to this folder, such as `abreast run`, finishes it first.
";

/// One thing to do; paths are below the folder, with forward slashes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Act {
    /// Give a file a second name, unless that is taken.
    Keep(String, String),
    /// Move the new file of that name in place.
    Move(String),
    /// Remove a file.
    Remove(String),
}

impl Act {
    /// The paths that are touched.
    pub fn paths(&self) -> Vec<&str> {
        match self {
            Act::Keep(from, to) => vec![from, to],
            Act::Move(path) | Act::Remove(path) => vec![path],
        }
    }
}

/// The whole list. Its last line in the file says how many there are: a list that was cut is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Journal {
    /// The folder in which the new files wait, by its name.
    pub stage: String,
    /// What to do, in order.
    pub acts: Vec<Act>,
}

/// A new file that could not take its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// Its place.
    pub path: PathBuf,
    /// Where it is.
    pub beside: PathBuf,
}

impl Journal {
    fn text(&self) -> Result<String, serde_json::Error> {
        let mut text = format!("{WORDS}\n{}\n", serde_json::to_string(&self.stage)?);
        for act in &self.acts {
            text.push_str(&serde_json::to_string(act)?);
            text.push('\n');
        }
        text.push_str(&format!("{}\n", self.acts.len()));
        Ok(text)
    }

    /// The list in `text`; none where it is not whole, or leads out of its folder.
    fn parse(text: &str) -> Option<Journal> {
        let mut lines = text.strip_prefix(WORDS)?.strip_prefix('\n')?.lines();
        let stage: String = serde_json::from_str(lines.next()?).ok()?;
        let mut acts: Vec<Act> = Vec::new();
        for line in lines {
            match serde_json::from_str(line) {
                Ok(act) => acts.push(act),
                Err(_) if line.parse() == Ok(acts.len()) => {
                    let stays = acts.iter().flat_map(Act::paths).all(stays_below);
                    let is_stage = stage.starts_with(STAGE) && stays_below(&stage) && !stage.contains('/');
                    return (stays && is_stage).then_some(Journal { stage, acts });
                }
                Err(_) => return None,
            }
        }
        None
    }

    /// The list that stands in `root`, if a whole one does.
    pub fn found(root: &Path) -> Option<Journal> {
        Journal::parse(&fs::read_to_string(root.join(NAME)).ok()?)
    }

    /// Puts the list into `root` and carries it out; answers which files could not take their places.
    ///
    /// # Errors
    /// The disk is full or cannot be written to. If the list is there by then, the next command carries it out.
    pub fn carry_out(&self, root: &Path) -> Result<Vec<Unplaced>, Error> {
        let said = |error: io::Error| Error::writing(error, root);
        let text = self.text().map_err(|error| said(io::Error::other(error)))?;
        alone::write(&root.join(NAME), &mut |file| file.write_all(text.as_bytes()))?;
        self.finish(root).map_err(said)
    }

    /// Carries out what of the list is still to be done, and takes it away.
    ///
    /// # Errors
    /// A file can be put neither in its place nor beside it.
    pub fn finish(&self, root: &Path) -> io::Result<Vec<Unplaced>> {
        let stage = root.join(&self.stage);
        let mut unplaced = Vec::new();
        let mut touched: BTreeSet<PathBuf> = BTreeSet::from([root.to_owned()]);
        for act in &self.acts {
            for path in act.paths() {
                touched.extend(
                    root.join(path).ancestors().skip(1).take_while(|folder| *folder != root).map(Path::to_owned),
                );
            }
            match act {
                Act::Keep(from, to) => keep(&root.join(from), &root.join(to))?,
                Act::Move(path) => {
                    let place = root.join(path);
                    if let Written::Beside(beside) = put(&stage.join(path), &place)? {
                        unplaced.push(Unplaced { path: place, beside });
                    }
                }
                Act::Remove(path) => remove(&root.join(path))?,
            }
        }
        for folder in touched.iter().rev().filter(|folder| folder.is_dir()) {
            disk::sync_folder(folder)?;
        }
        remove(&root.join(NAME))?;
        disk::sync_folder(root)?;
        if stage.is_dir() {
            disk::remove_folder(&stage)?;
        }
        Ok(unplaced)
    }
}

/// Keeps the file `from` under the name `to` as well; that the name is taken means that it was done before.
fn keep(from: &Path, to: &Path) -> io::Result<()> {
    if to.exists() || !from.is_file() {
        return Ok(());
    }
    disk::make_folder(folder_of(to))?;
    if disk::link(from, to).is_ok() {
        return Ok(());
    }
    // A file system without links: a copy, whole before it has the name.
    let mut part = Part::new(folder_of(to))?;
    part.fill(&mut |out| io::copy(&mut fs::File::open(from)?, out).map(|_| ()))?;
    part.put(to)
}

/// Moves a new file to its place; one that is not there any more was moved before.
fn put(new: &Path, place: &Path) -> io::Result<Written> {
    if !new.is_file() {
        return Ok(Written::InPlace);
    }
    disk::make_folder(folder_of(place))?;
    match disk::rename(new, place) {
        Ok(()) => Ok(Written::InPlace),
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            // The folder leads to another disk.
            let mut part = Part::new(folder_of(place))?;
            part.fill(&mut |out| io::copy(&mut fs::File::open(new)?, out).map(|_| ()))?;
            part.put(place).map(|()| Written::InPlace)
        }
        Err(_) => {
            let beside = beside(place);
            disk::rename(new, &beside)?;
            Ok(Written::Beside(beside))
        }
    }
}

fn remove(path: &Path) -> io::Result<()> {
    match disk::remove(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

#[cfg(test)]
mod tests {
    use super::{Act, Journal, NAME};

    fn journal() -> Journal {
        let acts = vec![
            Act::Keep("a/x.csv".to_owned(), "a/x.csv.old".to_owned()),
            Act::Move("a/x.csv".to_owned()),
            Act::Remove("b/\u{e9} \"y\"".to_owned()),
        ];
        Journal { stage: ".abreast-next-1".to_owned(), acts }
    }

    #[test]
    fn a_list_is_read_back_and_a_cut_one_is_none() {
        let text = journal().text().expect("a text");
        assert_eq!(Journal::parse(&text), Some(journal()));
        for end in (0..text.len() - 1).filter(|end| text.is_char_boundary(*end)) {
            assert_eq!(Journal::parse(&text[..end]), None, "cut at {end}");
        }
    }

    #[test]
    fn a_list_that_leads_out_of_its_folder_is_none() {
        for path in ["../x", "/etc/x", "a/../../x", ""] {
            let text = Journal { acts: vec![Act::Remove(path.to_owned())], ..journal() }.text().expect("a text");
            assert_eq!(Journal::parse(&text), None, "{path}");
        }
        let text = Journal { stage: "tables".to_owned(), ..journal() }.text().expect("a text");
        assert_eq!(Journal::parse(&text), None, "a stage that is none");
    }

    #[test]
    fn carried_out_twice_is_as_carried_out_once() {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path();
        for (path, text) in [("a/x.csv", "old"), (".abreast-next-1/a/x.csv", "new"), ("b/\u{e9} \"y\"", "gone")] {
            std::fs::create_dir_all(root.join(path).parent().expect("a folder")).expect("a folder");
            std::fs::write(root.join(path), text).expect("written");
        }
        let text = journal().text().expect("a text");
        for _ in 0..2 {
            std::fs::write(root.join(NAME), &text).expect("written");
            assert_eq!(Journal::found(root).expect("a list").finish(root).expect("done"), []);
            let read = |path: &str| std::fs::read_to_string(root.join(path)).ok();
            assert_eq!(read("a/x.csv").as_deref(), Some("new"));
            assert_eq!(read("a/x.csv.old").as_deref(), Some("old"));
            assert_eq!((read("b/\u{e9} \"y\""), read(NAME)), (None, None));
        }
    }
}
