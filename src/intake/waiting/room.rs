//! The folder where files wait, and the files in it.

use super::super::archive;
use super::super::basis::returns_folder;
use super::super::choices::Choices;
use super::super::filing::{folders, name_of};
use crate::durable;
use crate::finding::{Error, Finding};
use crate::manifest::safe_name;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Where files wait, and what they are held against.
#[derive(Clone, Debug, Default)]
pub struct Room {
    /// The returns folder, where one was said.
    pub returns: Option<PathBuf>,
    /// The folder of the pipelines, where one was said.
    pub pipelines: Option<PathBuf>,
}

/// A file that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Its number.
    pub number: usize,
    /// What its sender calls it.
    pub original: String,
    /// Where the copy is.
    pub path: PathBuf,
    /// How large it is.
    pub bytes: u64,
    /// What was chosen about it.
    pub choices: Choices,
}

/// What stands beside the copy.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct About {
    original: String,
    choices: Choices,
}

/// The name of that.
const ABOUT: &str = "about.json";

impl Room {
    /// The folder where files wait.
    ///
    /// # Errors
    /// The returns folder has no folder above it.
    pub fn folder(&self) -> Result<PathBuf, Error> {
        Ok(folders(&returns_folder(self.returns.as_deref()))?.0.join("waiting"))
    }

    pub(super) fn at(&self, number: usize) -> Result<PathBuf, Error> {
        Ok(self.folder()?.join(number.to_string()))
    }

    /// The files that wait, the last to come first.
    ///
    /// # Errors
    /// The returns folder has no folder above it.
    pub fn list(&self) -> Result<Vec<Waiting>, Error> {
        let entries = std::fs::read_dir(self.folder()?).into_iter().flatten().flatten();
        let numbers = entries.filter_map(|entry| entry.file_name().to_str()?.parse::<usize>().ok());
        let mut all: Vec<Waiting> = numbers.filter_map(|number| self.waiting(number).ok()).collect();
        all.sort_by_key(|waiting| std::cmp::Reverse(waiting.number));
        Ok(all)
    }

    /// One file that waits.
    ///
    /// # Errors
    /// There is none of that number.
    pub fn waiting(&self, number: usize) -> Result<Waiting, Error> {
        let gone = || {
            let message = format!("no file of the number {number} is waiting");
            Error::usage(message, "it was filed or thrown away; bring it in again where it is still needed")
        };
        let folder = self.at(number)?;
        let text = std::fs::read_to_string(folder.join(ABOUT)).map_err(|_| gone())?;
        let about: About = serde_json::from_str(&text).map_err(|_| gone())?;
        let files = std::fs::read_dir(folder.join("file")).into_iter().flatten().flatten().map(|entry| entry.path());
        let mut files: Vec<PathBuf> = files.filter(|path| !is_meta(&name_of(path))).collect();
        files.sort();
        let path = files.into_iter().next().ok_or_else(gone)?;
        let bytes = path.metadata().map_err(Error::reading)?.len();
        Ok(Waiting { number, original: about.original, path, bytes, choices: about.choices })
    }

    /// Keeps what was chosen about a file.
    ///
    /// # Errors
    /// The folder cannot be written to.
    pub fn choose(&self, waiting: &Waiting, choices: &Choices) -> Result<(), Error> {
        let about = About { original: waiting.original.clone(), choices: choices.clone() };
        write_about(&self.at(waiting.number)?, &about)
    }

    /// Takes copies of files, each with the name that its sender gave it; a `.meta.csv` stays with the file that it
    /// describes, and an archive is taken apart. Answers their numbers.
    ///
    /// # Errors
    /// An archive cannot be read, or there is no room.
    pub fn take_in(&self, files: &[(String, PathBuf)]) -> Result<Vec<usize>, Error> {
        let mut numbers = Vec::new();
        let described = |name: &str| {
            let stem = name.to_lowercase().strip_suffix(".meta.csv").map(|stem| format!("{stem}.csv"));
            stem.is_some_and(|data| files.iter().any(|(other, _)| other.to_lowercase() == data))
        };
        for (name, path) in files.iter().filter(|(name, _)| !described(name)) {
            let stem = name.to_lowercase().strip_suffix(".csv").map(|stem| format!("{stem}.meta.csv"));
            let meta =
                files.iter().find(|(other, _)| Some(other.to_lowercase()) == stem).map(|(_, path)| path.as_path());
            numbers.extend(self.take_one(name, path, meta)?);
        }
        Ok(numbers)
    }

    fn take_one(&self, name: &str, path: &Path, meta: Option<&Path>) -> Result<Vec<usize>, Error> {
        let safe = safe_name(name);
        if !safe.to_lowercase().ends_with(".zip") {
            return self.place(name, path, meta).map(|number| vec![number]);
        }
        let folder = tempfile::Builder::new().prefix("abreast-zip-").tempdir().map_err(Error::reading)?;
        let named = folder.path().join(&safe);
        fs_err::copy(path, &named).map_err(|error| Error::writing(error, &named))?;
        let said = |finding: Finding| Error::usage(finding.message, finding.help);
        let Some(unpacked) = archive::unpack(&named).map_err(said)? else {
            return self.place(name, path, meta).map(|number| vec![number]);
        };
        let mut numbers = Vec::new();
        for member in unpacked.members.iter().filter(|member| !member.is_document() && !is_meta(&member.inside)) {
            let meta = member.path.with_extension("meta.csv");
            let meta = meta.is_file().then_some(meta);
            numbers.push(self.place(&member.inside, &member.path, meta.as_deref())?);
        }
        Ok(numbers)
    }

    /// Puts a copy into a folder of its own, which gets its number when it is whole.
    fn place(&self, name: &str, path: &Path, meta: Option<&Path>) -> Result<usize, Error> {
        let waiting = self.folder()?;
        let said = |error: std::io::Error| Error::writing(error, &waiting);
        fs_err::create_dir_all(&waiting).map_err(said)?;
        let stage = tempfile::Builder::new().prefix(".new-").tempdir_in(&waiting).map_err(said)?;
        let file = stage.path().join("file");
        fs_err::create_dir(&file).map_err(said)?;
        let safe = safe_name(name);
        fs_err::copy(path, file.join(&safe)).map_err(said)?;
        if let Some((meta, stem)) = meta.zip(safe.strip_suffix(".csv")) {
            fs_err::copy(meta, file.join(format!("{stem}.meta.csv"))).map_err(said)?;
        }
        write_about(stage.path(), &About { original: name.to_owned(), choices: Choices::default() })?;
        let taken = std::fs::read_dir(&waiting).into_iter().flatten().flatten();
        let last = taken.filter_map(|entry| entry.file_name().to_str()?.parse::<usize>().ok()).max().unwrap_or(0);
        let stage = stage.keep();
        // Two that come at once want the same number: the later one takes the next.
        for number in last + 1..last + 100 {
            let place = waiting.join(number.to_string());
            if !place.exists() && fs_err::rename(&stage, &place).is_ok() {
                return Ok(number);
            }
        }
        let _ = std::fs::remove_dir_all(&stage);
        Err(Error::usage(
            format!("no room for another file in `{}`", crate::home::shown(&waiting)),
            "file or throw away those that wait",
        ))
    }

    /// Throws a copy away.
    ///
    /// # Errors
    /// It cannot be removed.
    pub fn throw_away(&self, number: usize) -> Result<(), Error> {
        let folder = self.at(number)?;
        self.waiting(number)?;
        fs_err::remove_dir_all(&folder).map_err(|error| Error::writing(error, &folder))
    }
}

fn write_about(folder: &Path, about: &About) -> Result<(), Error> {
    let text = serde_json::to_string_pretty(about).map_err(|error| Error::reading(std::io::Error::other(error)))?;
    durable::write(&folder.join(ABOUT), &mut |out| out.write_all(text.as_bytes())).map(|_| ())
}

/// Whether a file describes another.
pub(super) fn is_meta(name: &str) -> bool {
    name.to_lowercase().ends_with(".meta.csv")
}
