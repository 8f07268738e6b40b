//! `manifest.toml` beside the returns folder: which file was filed when, from where, with which hash. A record of
//! inputs, for people and for `run`, which says when a file is no longer the one that was filed. What people wrote into it
//! beside the records stays as they wrote it.

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Deserialize;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table, TomlError, Value};

use crate::finding::{Error, Place};
use crate::home;

/// One file that was filed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Where it is in the returns folder, as `return/release/file`.
    pub path: String,
    /// Its SHA-256.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// The name it came with, where that is another.
    #[serde(default)]
    pub original: String,
    /// Where it was taken from.
    #[serde(default)]
    pub url: String,
    /// The day it was published, as `2025-06-26`.
    #[serde(default)]
    pub published: String,
    /// The day it was filed.
    pub added: String,
}

/// Everything that was filed, in order of the paths.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// The files.
    pub files: Vec<Record>,
    /// The text that they were read from, with the words of people in it.
    document: DocumentMut,
}

impl PartialEq for Manifest {
    /// The same records, whatever people wrote beside them.
    fn eq(&self, other: &Manifest) -> bool {
        self.files == other.files
    }
}

/// The records of a manifest's text.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Records {
    #[serde(default)]
    file: Vec<Record>,
}

/// What a new manifest begins with.
const HEADING: &str = "# Which file was filed when and from where. `abreast add` and `abreast fetch` write it; keep it with the pipelines.\n";

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
        let wrong = |message: &str, span: Option<std::ops::Range<usize>>| {
            let help = "correct the line, or delete the file and file the returns again with `abreast add`";
            let line = text[..span.map_or(0, |span| span.start.min(text.len()))].matches('\n').count() + 1;
            let place = Place { row: u32::try_from(line).ok(), ..Place::file(home::shown(path)) };
            Error::declaration(place, message, help)
        };
        let records: Records = toml::from_str(&text).map_err(|error| wrong(error.message(), error.span()))?;
        let document = text.parse().map_err(|error: TomlError| wrong(error.message(), error.span()))?;
        let manifest = Manifest { files: records.file, document };
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
        let mut tables = self.take_tables();
        let at = self.files.iter().position(|known| known.path == record.path);
        match at.and_then(|at| tables.get_mut(at).zip(self.files.get_mut(at))) {
            Some((table, known)) => {
                record.write_into(table);
                *known = record;
            }
            None => {
                let at = self.files.iter().position(|known| known.path > record.path).unwrap_or(self.files.len());
                let mut table = Table::new();
                record.write_into(&mut table);
                table.decor_mut().set_prefix(make_room(&mut tables, at));
                tables.insert(at, table);
                self.files.insert(at, record);
            }
        }
        let tables = ArrayOfTables::from_iter(tables);
        self.document.insert("file", Item::ArrayOfTables(tables));
    }

    /// The tables of the records, out of the document.
    fn take_tables(&mut self) -> Vec<Table> {
        let item = self.document.remove("file").map(Item::into_array_of_tables);
        let tables = item.and_then(Result::ok).into_iter().flatten();
        tables
            .map(|mut table| {
                // By their order in the list, whatever it was in the text.
                table.set_position(None);
                table
            })
            .collect()
    }

    /// The manifest as it is written.
    pub fn text(&self) -> String {
        self.document.to_string()
    }
}

/// What stands before a table that is put at `at`: the heading of the file stays the first of all.
fn make_room(tables: &mut [Table], at: usize) -> String {
    let Some(first) = tables.first_mut().filter(|_| at == 0) else {
        return if tables.is_empty() { format!("{HEADING}\n") } else { "\n".to_owned() };
    };
    let prefix = first.decor().prefix().and_then(|prefix| prefix.as_str()).unwrap_or_default().to_owned();
    // The lines right above the first record are about it; those above them are about the file.
    let (heading, own) = prefix.rsplit_once("\n\n").unwrap_or(("", &prefix));
    first.decor_mut().set_prefix(format!("\n{own}"));
    if heading.is_empty() { String::new() } else { format!("{heading}\n\n") }
}

impl Record {
    /// Writes what the record says into its table; comments beside the words stay.
    fn write_into(&self, table: &mut Table) {
        let texts = [
            ("path", &self.path),
            ("sha256", &self.sha256),
            ("original", &self.original),
            ("url", &self.url),
            ("published", &self.published),
            ("added", &self.added),
        ];
        for (key, text) in texts {
            match text.is_empty() {
                true => drop(table.remove(key)),
                false => set(table, key, text.as_str().into()),
            }
            if key == "sha256" {
                set(table, "bytes", i64::try_from(self.bytes).unwrap_or(i64::MAX).into());
            }
        }
    }
}

/// Sets a value and keeps what stands around it.
fn set(table: &mut Table, key: &str, mut value: Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) => {
            *value.decor_mut() = old.decor().clone();
            *old = value;
        }
        None => drop(table.insert(key, Item::Value(value))),
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
    use super::{Manifest, Record, is_inside, safe_name};

    fn record(path: &str, sha256: &str) -> Record {
        Record {
            path: path.to_owned(),
            sha256: sha256.to_owned(),
            bytes: 3,
            added: "2026-01-02".to_owned(),
            ..Record::default()
        }
    }

    #[test]
    fn what_people_wrote_into_a_manifest_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("manifest.toml");
        let text = "# OUR NOTES\n\n# asked on 3 July\n[[file]]\npath = \"m/2024/b.csv\"   # the second\nsha256 = \"aa\" # by phone\nbytes = 1\nadded = \"2025-01-01\"\n# the end\n";
        std::fs::write(&path, text).expect("written");
        let mut manifest = Manifest::read(&path).expect("a manifest");
        assert_eq!(manifest.text(), text, "read and written is the same");
        manifest.put(record("m/2024/b.csv", "bb"));
        manifest.put(record("a/2024/a.csv", "cc"));
        manifest.put(record("z/2024/z.csv", "dd"));
        let now = manifest.text();
        for words in [
            "# OUR NOTES\n",
            "# asked on 3 July\n[[file]]\npath = \"m/",
            "# the second",
            "sha256 = \"bb\" # by phone",
            "# the end",
        ] {
            assert!(now.contains(words), "{words} is not in\n{now}");
        }
        assert!(now.starts_with("# OUR NOTES"), "{now}");
        std::fs::write(&path, &now).expect("written");
        let again = Manifest::read(&path).expect("a manifest");
        assert_eq!(again.files, manifest.files);
        assert_eq!(
            again.files.iter().map(|record| record.path.as_str()).collect::<Vec<_>>(),
            ["a/2024/a.csv", "m/2024/b.csv", "z/2024/z.csv"]
        );
        assert_eq!(again.record("m/2024/b.csv").map(|record| record.bytes), Some(3));
    }

    #[test]
    fn a_new_manifest_says_what_it_is() {
        let mut manifest = Manifest::default();
        manifest.put(record("a/2024/a.csv", "cc"));
        assert!(manifest.text().starts_with("# Which file was filed"), "{}", manifest.text());
    }

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
