//! The outputs folder of a run: what of it can be believed, what is new, and how the new takes the place of the old.
//!
//! In: the folder. Out: new files that wait in a batch and take their places together at the end; until then readers see
//! the build before, whole. What the record of written files does not prove to be abreast's is never removed.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::durable::{Batch, Committed, Damage, FolderLock, Record, lock_new};
use crate::finding::{Error, Finding, Place};
use crate::home::shown;
use crate::publish::{self, Part, TableMeta, splice};
use crate::schema::Layout;
use crate::store::{Catalogue, path_of};

/// An outputs folder that a run writes to.
pub struct Outputs {
    hold: FolderLock,
    /// The new files.
    pub batch: Batch,
    record: Record,
    damage: BTreeMap<String, Damage>,
    /// Tables that are taken out, by name.
    out: BTreeSet<String>,
}

/// The path of a table below the folder.
fn inside(table: &str) -> String {
    format!("tables/{table}.parquet")
}

impl Outputs {
    /// Takes the folder, making it where it is missing, and looks which of its files are as they were written.
    ///
    /// # Errors
    /// It cannot be written to, or another command holds it and `wait` is not set.
    pub fn begin(out: &Path, wait: bool) -> Result<Outputs, Error> {
        let hold = lock_new(out, wait)?;
        let record = Record::read(out);
        let damage = record.damage(out, "");
        let batch = hold.batch();
        Ok(Outputs { hold, batch, record, damage, out: BTreeSet::new() })
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        self.hold.root()
    }

    /// Whether a file is there as it was written.
    fn is_sound(&self, path: &str) -> bool {
        self.record.has(path) && !self.damage.contains_key(path)
    }

    /// What the footer of a table says that is there as it was written.
    pub fn known(&self, table: &str) -> Option<TableMeta> {
        if !self.is_sound(&inside(table)) {
            return None;
        }
        publish::footer(&path_of(self.root(), table))
    }

    /// The tables that were written by runs before, damaged or not.
    pub fn recorded_tables(&self) -> Vec<String> {
        let name = |path: &str| Some(path.strip_prefix("tables/")?.strip_suffix(".parquet")?.to_owned());
        self.record.below("tables/").filter_map(name).collect()
    }

    /// The tables that are there as they were written, comparisons among them.
    pub fn tables(&self) -> Vec<String> {
        self.recorded_tables().into_iter().filter(|table| self.is_sound(&inside(table))).collect()
    }

    /// Whether a table was written by a run before, damaged or not.
    pub(super) fn is_recorded(&self, table: &str) -> bool {
        self.record.has(&inside(table))
    }

    /// Whether a table is taken out.
    pub(super) fn is_out(&self, table: &str) -> bool {
        self.out.contains(table)
    }

    /// The tables that are new.
    pub(super) fn coming(&self) -> Vec<String> {
        let new = self.batch.below("tables/").into_iter();
        new.filter_map(|path| Some(path.strip_prefix("tables/")?.strip_suffix(".parquet")?.to_owned())).collect()
    }

    /// The last day of the newest published period of the build that stands there; none where it is not whole.
    pub(super) fn newest(&self) -> Option<NaiveDate> {
        Catalogue::of(self.root(), self.tables()).ok()?.newest()
    }

    /// Whether a chart is not there any more as it was drawn.
    pub fn lacks_charts(&self) -> bool {
        self.damage.keys().any(|path| path.starts_with("charts/"))
    }

    /// The hash of a file by the record, where the file is there as it was written.
    pub(super) fn hash(&self, path: &str) -> Option<&str> {
        self.record.hash(path).filter(|_| self.is_sound(path))
    }

    /// What is recorded below a folder of the outputs.
    pub(super) fn recorded(&self, folder: &str) -> Vec<String> {
        self.record.below(folder).map(str::to_owned).collect()
    }

    /// Writes a new table of `parts`.
    ///
    /// # Errors
    /// The disk is full or cannot be written to, or a part that is kept is damaged.
    pub fn write_table(&self, table: &str, layout: Layout, meta: &TableMeta, parts: Vec<Part>) -> Result<(), Error> {
        let mut parts = Some(parts);
        let fill = &mut |out: &mut (dyn io::Write + Send)| splice(out, layout, meta, parts.take().unwrap_or_default());
        self.batch.write(&path_of(self.root(), table), fill)
    }

    /// Takes a table out that no return supplies any more; answers whether it is abreast's to be removed.
    ///
    /// # Errors
    /// A name that is no file's.
    pub fn take_out(&mut self, table: &str) -> Result<bool, Error> {
        self.out.insert(table.to_owned());
        let sound = self.is_sound(&inside(table));
        if sound {
            self.batch.remove(&path_of(self.hold.root(), table))?;
        }
        Ok(sound)
    }

    /// The tables as they will be: the new ones, and those that stay.
    ///
    /// # Errors
    /// There will be none, or the disk is full.
    pub fn catalogue(&self) -> Result<Catalogue, Error> {
        let mut names = BTreeSet::from_iter(self.coming());
        for table in self.tables().into_iter().filter(|table| !self.out.contains(table)) {
            self.batch.borrow(&path_of(self.root(), &table))?;
            names.insert(table);
        }
        Catalogue::of(&self.batch.stage(), names)
    }

    /// Puts the new files in place; answers the folder, still held, and what could not be done as meant.
    ///
    /// # Errors
    /// The disk is full or cannot be written to: the folder is as it was, or the next command finishes it.
    pub fn commit(self) -> Result<(FolderLock, Vec<Finding>), Error> {
        let mut findings = self.not_made_again();
        // What is gone and was not made again is nobody's any more, nor is a table that was taken out.
        let gone = self.damage.iter().filter(|(_, damage)| **damage == Damage::Gone).map(|(path, _)| path.clone());
        let forgotten: Vec<String> = gone.chain(self.out.iter().map(|table| inside(table))).collect();
        let committed = self.batch.commit_recorded(&forgotten)?;
        findings.extend(told(&committed));
        Ok((self.hold, findings))
    }

    /// The damaged files that this run does not make again.
    fn not_made_again(&self) -> Vec<Finding> {
        let left = |wanted: Damage| -> Vec<&str> {
            let new = |path: &str| self.batch.has(&self.root().join(path));
            let paths = self.damage.iter().filter(|(path, damage)| **damage == wanted && !new(path));
            paths.map(|(path, _)| path.as_str()).filter(|path| !path.starts_with("tables/")).collect()
        };
        let mut findings = Vec::new();
        let help =
            "`abreast report` makes papers again, `abreast chart` a chart; what is not wanted any more can be deleted";
        let empty = left(Damage::Empty);
        if !empty.is_empty() {
            let message = format!("{} that abreast wrote are empty now: {}", count(empty.len()), empty.join(", "));
            findings.push(Finding::warning("output-damaged", message, help).at(Place::file(shown(self.root()))));
        }
        let other = left(Damage::Other);
        if !other.is_empty() {
            let message = format!(
                "{} are not as abreast wrote them, changed by somebody or damaged: {}",
                count(other.len()),
                other.join(", ")
            );
            findings.push(Finding::note("output-changed", message, help).at(Place::file(shown(self.root()))));
        }
        findings
    }
}

fn count(files: usize) -> String {
    if files == 1 { "1 file".to_owned() } else { format!("{files} files") }
}

/// What could not be done as meant when files took their places.
pub fn told(committed: &Committed) -> Vec<Finding> {
    let unplaced = committed.unplaced.iter().map(|one| open_elsewhere(&one.path, &one.beside));
    let kept = committed.kept.iter().map(|(path, other)| foreign(path, other));
    unplaced.chain(kept).collect()
}

/// The finding that an output cannot be replaced.
pub fn open_elsewhere(path: &Path, beside: &Path) -> Finding {
    let why = match path.is_dir() {
        true => "a folder stands in its place",
        false => "it is open in another program, most likely Excel",
    };
    let message = format!("`{}` cannot be replaced: {why}; the new one is `{}`", shown(path), shown(beside));
    let help = if path.is_dir() { "move the folder away and run again" } else { "close the file and run again" };
    Finding::warning("output-in-use", message, help).at(Place::file(shown(path)))
}

/// The finding that somebody else's file stood in the place of an output.
fn foreign(path: &Path, other: &Path) -> Finding {
    let message =
        format!("a file stood at `{}` that abreast did not write: it is kept as `{}`", shown(path), shown(other));
    Finding::warning(
        "foreign-file",
        message,
        "move it out of the outputs folder, or give abreast another with `--out DIR`",
    )
    .at(Place::file(shown(path)))
}

/// The path of a table of the build before.
pub(super) fn previous_path(out: &Path, table: &str) -> PathBuf {
    path_of(&out.join("previous"), table)
}
