//! `manifest.toml` beside the returns folder: which file was filed when, from where, with which hash, and which was taken
//! out again. A record of inputs, for people and for `run`, which says when a file is no longer the one that was filed.
//! What people wrote into it beside the records stays as they wrote it.

mod document;
mod record;

pub use record::Record;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Deserialize;
use toml_edit::TomlError;

use crate::finding::{Error, Place};
use crate::home;
use document::Document;

/// Everything that was filed, in order of the paths.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// The files that are filed.
    pub files: Vec<Record>,
    /// The files that were taken out again and are kept aside, oldest first.
    pub removed: Vec<Record>,
    /// The text that they were read from, with the words of people in it.
    document: Document,
}

impl PartialEq for Manifest {
    /// The same records, whatever people wrote beside them.
    fn eq(&self, other: &Manifest) -> bool {
        (&self.files, &self.removed) == (&other.files, &other.removed)
    }
}

/// The records of a manifest's text.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Records {
    #[serde(default)]
    file: Vec<Record>,
    #[serde(default)]
    removed: Vec<Record>,
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
        let wrong = |message: &str, span: Option<std::ops::Range<usize>>| {
            let help = "correct the line, or delete the file and file the returns again with `abreast add`";
            let line = text[..span.map_or(0, |span| span.start.min(text.len()))].matches('\n').count() + 1;
            let place = Place { row: u32::try_from(line).ok(), ..Place::file(home::shown(path)) };
            Error::declaration(place, message, help)
        };
        let records: Records = toml::from_str(&text).map_err(|error| wrong(error.message(), error.span()))?;
        let document = text.parse().map_err(|error: TomlError| wrong(error.message(), error.span()))?;
        let manifest = Manifest { files: records.file, removed: records.removed, document };
        match manifest.files.iter().chain(&manifest.removed).find(|record| !is_inside(&record.path)) {
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
        let at = self.files.iter().position(|known| known.path == record.path);
        let before = self.files.iter().position(|known| known.path > record.path).unwrap_or(self.files.len());
        self.document.change(|files, _| match at.and_then(|at| files.get_mut(at)) {
            Some(table) => document::fill(table, &record),
            None => files.insert(before.min(files.len()), document::table(&record)),
        });
        match at.and_then(|at| self.files.get_mut(at)) {
            Some(known) => *known = record,
            None => self.files.insert(before, record),
        }
    }

    /// Takes the record of a file that is gone out, whatever people wrote beside it.
    pub fn forget(&mut self, path: &str) {
        while let Some(at) = self.files.iter().position(|known| known.path == path) {
            self.files.remove(at);
            self.document.change(|files, _| drop(document::out_of(files, at)));
        }
    }

    /// Puts the record of a file that was taken out among those; what people wrote beside it goes with it. The same file
    /// taken out twice is one.
    pub fn take_out(&mut self, record: Record) {
        let at = self.files.iter().position(|known| known.path == record.path);
        let again =
            self.removed.iter().position(|known| (&known.path, &known.sha256) == (&record.path, &record.sha256));
        self.document.change(|files, removed| {
            let again = again.map(|again| document::out_of(removed, again));
            let mut table = at.map(|at| document::out_of(files, at)).or(again).unwrap_or_default();
            document::fill(&mut table, &record);
            removed.push(table);
        });
        at.map(|at| self.files.remove(at));
        again.map(|again| self.removed.remove(again));
        self.removed.push(record);
    }

    /// Puts a record of a file that was taken out back among those that are filed.
    pub fn put_back(&mut self, record: &Record) {
        let Some(from) = self.removed.iter().position(|known| known == record) else { return };
        let filed = Record { removed: String::new(), ..self.removed.remove(from) };
        let at = self.files.iter().position(|known| known.path > filed.path).unwrap_or(self.files.len());
        self.document.change(|files, removed| {
            let mut table = document::out_of(removed, from);
            document::fill(&mut table, &filed);
            files.insert(at.min(files.len()), table);
        });
        self.files.insert(at, filed);
    }

    /// The manifest as it is written.
    pub fn text(&self) -> String {
        self.document.text()
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
    let safe = cut(safe.trim().trim_end_matches(['.', ' ']).trim_start_matches('.'));
    let safe = safe.as_str();
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

/// The longest name of a file, in bytes: every file system takes it, with room for what is put behind it.
const LONGEST: usize = 200;

/// A name that is not too long, its ending kept.
fn cut(name: &str) -> String {
    if name.len() <= LONGEST {
        return name.to_owned();
    }
    let (stem, ending) = name.rsplit_once('.').filter(|(_, ending)| ending.len() <= 10).unwrap_or((name, ""));
    let mut end = (LONGEST - ending.len() - 1).min(stem.len());
    while !stem.is_char_boundary(end) {
        end -= 1;
    }
    let stem = stem[..end].trim_end();
    if ending.is_empty() { stem.to_owned() } else { format!("{stem}.{ending}") }
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
    fn a_file_taken_out_and_put_back_leaves_the_manifest_as_it_was() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("manifest.toml");
        for name in ["a/2024/a.csv", "b/2024/b.csv"] {
            let text = "# OUR NOTES\n\n# the first\n[[file]]\npath = \"a/2024/a.csv\"\nsha256 = \"aa\" # by phone\nbytes = 1\nadded = \"2025-01-01\"\n\n# the second\n[[file]]\npath = \"b/2024/b.csv\"\nsha256 = \"bb\"\nbytes = 1\nadded = \"2025-01-01\"\n# the end\n";
            std::fs::write(&path, text).expect("written");
            let mut manifest = Manifest::read(&path).expect("a manifest");
            let known = manifest.record(name).expect("a record").clone();
            for _ in 0..2 {
                manifest.take_out(Record { removed: "2026-01-02".to_owned(), ..known.clone() });
            }
            assert_eq!((manifest.record(name), manifest.removed.len()), (None, 1));
            let out = manifest.text();
            assert!(out.starts_with("# OUR NOTES\n\n"), "{out}");
            assert!(out.contains("removed = \"2026-01-02\"") && out.contains("[[removed]]"), "{out}");
            std::fs::write(&path, &out).expect("written");
            let mut again = Manifest::read(&path).expect("a manifest");
            assert_eq!(again, manifest);
            again.put_back(&manifest.removed[0]);
            assert_eq!(again.text(), text, "{name}");
            assert_eq!(again.record(name), Some(&known));
        }
        let mut manifest = Manifest::default();
        manifest.put(record("a/2024/a.csv", "cc"));
        manifest.forget("a/2024/a.csv");
        assert_eq!(manifest, Manifest::default());
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
