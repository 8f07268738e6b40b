//! `manifest.toml` beside the returns folder: which file was filed when, from where, with which hash. A record of
//! inputs, for people and for `run`, which says when a file is no longer the one that was filed.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::finding::{Error, Place};
use crate::home;

/// One file that was filed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Where it is in the returns folder, as `return/release/file`.
    pub path: String,
    /// Its SHA-256.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// The name it came with, where that is another.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub original: String,
    /// Where it was taken from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    /// The day it was published, as `2025-06-26`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub published: String,
    /// The day it was filed.
    pub added: String,
}

/// Everything that was filed, in order of the paths.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The files.
    #[serde(default, rename = "file", skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Record>,
    /// The files that were taken out again and are kept aside, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<Removed>,
}

/// A file that was taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// The day it was taken out.
    pub removed: String,
    /// What was recorded of it.
    #[serde(flatten)]
    pub record: Record,
}

/// The manifest of a returns folder: `data/manifest.toml` for `data/returns`.
pub fn path_for(returns: &Path) -> PathBuf {
    let parent = returns.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    parent.join("manifest.toml")
}

impl Manifest {
    /// Reads the manifest at `path`; none there is an empty one.
    ///
    /// # Errors
    /// It is no manifest, or a path in it leads out of the returns folder.
    pub fn read(path: &Path) -> Result<Manifest, Error> {
        if !path.is_file() {
            return Ok(Manifest::default());
        }
        let text = fs_err::read_to_string(path).map_err(Error::reading)?;
        let help = "correct the line, or delete the file and file the returns again with `abreast add`";
        let manifest: Manifest = toml::from_str(&text).map_err(|error| {
            let line = text[..error.span().map_or(0, |span| span.start.min(text.len()))].matches('\n').count() + 1;
            let place = Place { row: u32::try_from(line).ok(), ..Place::file(home::shown(path)) };
            Error::declaration(place, error.message(), help)
        })?;
        match manifest.files.iter().find(|record| !is_inside(&record.path)) {
            Some(record) => Err(Error::declaration(
                Place::file(home::shown(path)),
                format!("`{}` leads out of the returns folder", record.path.escape_debug()),
                "paths are written as return/release/file",
            )),
            None => Ok(manifest),
        }
    }

    /// The record of a file.
    pub fn record(&self, path: &str) -> Option<&Record> {
        self.files.iter().find(|record| record.path == path)
    }

    /// Puts a record in, in the place of the one of the same path.
    pub fn put(&mut self, record: Record) {
        self.files.retain(|known| known.path != record.path);
        let at = self.files.partition_point(|known| known.path < record.path);
        self.files.insert(at, record);
    }

    /// Moves a record to those that were taken out.
    pub fn take_out(&mut self, record: Record, day: NaiveDate) {
        self.files.retain(|known| known.path != record.path);
        self.removed.push(Removed { removed: day.to_string(), record });
    }

    /// Moves a record back to those that are filed.
    pub fn put_back(&mut self, removed: &Removed) {
        self.removed.retain(|known| known != removed);
        self.put(removed.record.clone());
    }

    /// The manifest as it is written.
    ///
    /// # Errors
    /// What the TOML library says; no record should be able to cause it.
    pub fn text(&self) -> Result<String, Error> {
        let body = toml::to_string(self).map_err(|error| Error::usage(error.to_string(), "report this"))?;
        Ok(format!(
            "# Which file was filed when and from where. `abreast add` and `abreast fetch` write it; keep it with the pipelines.\n\n{body}"
        ))
    }
}

/// Whether a path stays in its folder: no drive, no root, no `..`, no backslash.
pub fn is_inside(path: &str) -> bool {
    !path.is_empty()
        && !path.contains(['\\', ':'])
        && !path.contains(char::is_control)
        && path.split('/').all(|part| !part.is_empty() && part != "." && part != "..")
}

/// A name that every system takes for a file: what Windows forbids becomes `_`.
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let forbidden = |c: char| {
        c.is_control()
            || "<>:\"|?*".contains(c)
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let safe: String = last.chars().map(|c| if forbidden(c) { '_' } else { c }).collect();
    let safe = safe.trim().trim_end_matches(['.', ' ']).trim_start_matches('.');
    let stem = safe.split('.').next().unwrap_or_default().to_uppercase();
    let numbered = |word: &str| {
        stem.strip_prefix(word).is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    let reserved = ["CON", "PRN", "AUX", "NUL"].contains(&stem.as_str()) || numbered("COM") || numbered("LPT");
    match safe {
        "" => "file".to_owned(),
        _ if reserved => format!("_{safe}"),
        _ => safe.to_owned(),
    }
}

/// Today, by the clock of this machine, in UTC.
pub fn today() -> NaiveDate {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
    crate::period::day(i32::try_from(since.as_secs() / 86_400).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{is_inside, safe_name};

    #[test]
    fn names_that_windows_takes() {
        assert_eq!(safe_name("../../etc/passwd"), "passwd");
        assert_eq!(safe_name("C:\\Users\\a\\CON.csv"), "_CON.csv");
        assert_eq!(safe_name("com1"), "_com1");
        assert_eq!(safe_name("a<b>:c?.csv. "), "a_b__c_.csv");
        assert_eq!(safe_name("\u{202e}vsc.csv"), "_vsc.csv");
        assert_eq!(safe_name(".."), "file");
        assert_eq!(safe_name("comparison.csv"), "comparison.csv");
    }

    #[test]
    fn paths_that_stay_in_their_folder() {
        assert!(is_inside("sen2/2025/a.csv"));
        for path in ["../a", "/etc/a", "a/../b", "C:/a", "a\\b", "", "a//b", "./a"] {
            assert!(!is_inside(path), "{path}");
        }
    }
}
