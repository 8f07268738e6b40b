//! The build before the last run, kept in `OUT/previous`: its tables, whole or not at all, and only when a run changed
//! something.
//!
//! Before anything is written the tables are linked (where that cannot be done, copied) into `.previous-next`; a table
//! is always replaced by a new file, so that the links keep the old bytes. After the run the folder takes the place of
//! `previous`, or goes if nothing changed. A run that was killed leaves `.previous-next` behind, and the next one keeps
//! it, because that is the build before.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use crate::finding::{Finding, Place};
use crate::home;
use crate::publish::{self, TableMeta};

const KEPT: &str = "previous";
const NEXT: &str = ".previous-next";
const NEW: &str = ".previous-new";
const OLD: &str = ".previous-old";

/// Keeps the tables of `out` aside before a run writes; answers what could not be done.
pub fn stage(out: &Path) -> Option<Finding> {
    stage_tables(out).err().map(|error| not_kept(out, &error))
}

/// After a run: what was kept aside becomes `previous` if a table differs, and goes otherwise.
pub fn settle(out: &Path) -> Option<Finding> {
    settle_tables(out).err().map(|error| not_kept(out, &error))
}

fn not_kept(out: &Path, error: &io::Error) -> Finding {
    let place = Place::file(home::shown(&out.join(KEPT)));
    let message = format!("the build before could not be kept: {error}");
    Finding::warning(
        "previous-not-kept",
        message,
        "close files of that folder in other programs; without it `abreast diff` compares with an older build",
    )
    .at(place)
}

fn stage_tables(out: &Path) -> io::Result<()> {
    mend(out)?;
    let tables = out.join("tables");
    if out.join(NEXT).is_dir() || tables_of(&tables).is_empty() {
        return Ok(());
    }
    let new = out.join(NEW);
    fs_err::create_dir_all(new.join("tables"))?;
    for path in tables_of(&tables) {
        let target = new.join("tables").join(path.file_name().unwrap_or_default());
        if fs_err::hard_link(&path, &target).is_err() {
            fs_err::copy(&path, &target)?;
        }
    }
    fs_err::rename(new, out.join(NEXT))
}

/// Puts right what a run that was killed between two renames left.
fn mend(out: &Path) -> io::Result<()> {
    let (kept, old, new) = (out.join(KEPT), out.join(OLD), out.join(NEW));
    if old.is_dir() {
        if kept.exists() { fs_err::remove_dir_all(&old)? } else { fs_err::rename(&old, &kept)? }
    }
    if new.is_dir() { fs_err::remove_dir_all(&new) } else { Ok(()) }
}

fn settle_tables(out: &Path) -> io::Result<()> {
    let next = out.join(NEXT);
    if !next.is_dir() {
        return Ok(());
    }
    if made_from(&next.join("tables")) == made_from(&out.join("tables")) {
        return fs_err::remove_dir_all(next);
    }
    let (kept, old) = (out.join(KEPT), out.join(OLD));
    if kept.is_dir() {
        fs_err::rename(&kept, &old)?;
    }
    fs_err::rename(next, kept)?;
    if old.is_dir() { fs_err::remove_dir_all(old) } else { Ok(()) }
}

fn tables_of(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    entries.filter(|path| path.extension().is_some_and(|extension| extension == "parquet")).collect()
}

/// Fingerprint, version and parts of a table.
type Made = (String, String, Vec<(String, String, usize)>);

/// By table, what it was made from.
fn made_from(folder: &Path) -> BTreeMap<String, Made> {
    let tables = tables_of(folder).into_iter().map(|path| {
        let TableMeta { fingerprint, version, parts, .. } = publish::footer(&path).unwrap_or_default();
        (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), (fingerprint, version, parts))
    });
    tables.collect()
}
