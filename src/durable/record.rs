//! `SHA256SUMS`: which files abreast wrote into a folder, each with its hash, as `sha256sum --check` reads it.
//!
//! In: the folder. Out: what is there as it was written, what is damaged or gone, and what is not abreast's: the proof
//! without which nothing is removed or written over.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::inside::stays_below;
use crate::provenance::hash_of;

/// The name of the record.
pub(super) const NAME: &str = "SHA256SUMS";

/// What has become of a file that was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// It is gone.
    Gone,
    /// It is there and holds nothing.
    Empty,
    /// It holds other bytes: damaged, or changed by somebody.
    Other,
}

/// The files that were written into a folder, by their paths in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    pub(super) files: BTreeMap<String, String>,
}

impl Record {
    /// The record of `root`, or what the one in the folder above says of it. Without one, of a folder that an older
    /// version wrote to, it is made up from what stands there: that version wrote to these places only.
    pub fn read(root: &Path) -> Record {
        if let Some(record) = Record::found(root) {
            return record;
        }
        if is_of_an_older_version(root) {
            return Record { files: places(root).into_iter().collect() };
        }
        Record::default()
    }

    /// The record that a folder has, or the folder above it for files in this one.
    pub(super) fn found(root: &Path) -> Option<Record> {
        let files = |text: String| text.lines().filter_map(line).collect::<BTreeMap<String, String>>();
        if let Ok(text) = fs::read_to_string(root.join(NAME)) {
            return Some(Record { files: files(text) });
        }
        let start = format!("{}/", root.file_name()?.to_string_lossy());
        let above = files(fs::read_to_string(root.parent()?.join(NAME)).ok()?).into_iter();
        let below = above.filter_map(|(path, hash)| Some((path.strip_prefix(&start)?.to_owned(), hash)));
        Some(Record { files: below.collect() }).filter(|record: &Record| !record.files.is_empty())
    }

    /// Whether the file at `path` below the folder was written by abreast.
    pub fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The SHA-256 of what was written at `path`.
    pub fn hash(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// The files written below `folder`, which ends with `/`, by their paths.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        self.files.keys().map(String::as_str).filter(move |path| path.starts_with(folder))
    }

    /// What of the files below `folder`, which ends with `/` or is empty for all, is not as it was written. Reads each
    /// once.
    pub fn damage(&self, root: &Path, folder: &str) -> BTreeMap<String, Damage> {
        let wanted: Vec<(&String, &String)> = self.files.iter().filter(|(path, _)| path.starts_with(folder)).collect();
        let damaged = wanted.into_par_iter().filter_map(|(path, hash)| {
            let damage = match fs::metadata(root.join(path)) {
                Ok(file) if file.len() == 0 && *hash != crate::provenance::hash(b"") => Damage::Empty,
                Ok(file) if file.is_file() => match hash_of(&root.join(path)) {
                    Ok(now) if now == *hash => return None,
                    _ => Damage::Other,
                },
                _ => Damage::Gone,
            };
            Some((path.clone(), damage))
        });
        damaged.collect()
    }

    /// The record as it is written.
    pub(super) fn text(&self) -> String {
        self.files.iter().map(|(path, hash)| format!("{hash}  {path}\n")).collect()
    }
}

/// Hash and path of a line, as path and hash.
fn line(line: &str) -> Option<(String, String)> {
    let (hash, path) = line.split_once("  ")?;
    let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    (is_hash && stays_below(path)).then(|| (path.to_owned(), hash.to_owned()))
}

/// Whether the comparisons in `root` say that abreast made them: their footer, at the end of the file, has its name.
fn is_of_an_older_version(root: &Path) -> bool {
    const FOOTER: u64 = 4 << 20;
    let tail = || -> std::io::Result<Vec<u8>> {
        let mut file = fs::File::open(root.join("tables/comparisons.parquet"))?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(FOOTER)))?;
        let mut bytes = Vec::new();
        file.take(FOOTER).read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    tail().is_ok_and(|tail| memchr::memmem::find(&tail, b"abreast").is_some())
}

/// The files at the places that older versions wrote to, with their hashes.
fn places(root: &Path) -> Vec<(String, String)> {
    let mut paths: Vec<PathBuf> = ["findings.csv", "quarantine.csv", "quarantine.parquet", "index.html"]
        .iter()
        .map(|name| root.join(name))
        .collect();
    let mut open: Vec<PathBuf> =
        ["tables", "charts", "reports", "previous"].iter().map(|name| root.join(name)).collect();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let kind = entry.file_type();
            let into = if kind.is_ok_and(|kind| kind.is_dir()) { &mut open } else { &mut paths };
            into.push(entry.path());
        }
    }
    let named = paths.into_iter().filter_map(|path| {
        let hash = hash_of(&path).ok()?;
        let inside = path.strip_prefix(root).ok()?.to_string_lossy().replace('\\', "/");
        Some((inside, hash))
    });
    named.collect()
}
