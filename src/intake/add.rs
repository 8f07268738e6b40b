//! Filing: what a publisher sent goes under its return and release, its bytes untouched, and is recorded.

use std::path::{Path, PathBuf};

use crate::finding::{Error, Finding};
use crate::manifest::{self, safe_name};
use crate::screen;

use super::answer::Asked;
use super::archive::{self, Unpacked};
use super::basis::{Basis, returns_folder};
use super::filing::{Came, Place, file_away, folder_away, name_of};
use super::foresee::foresee;
use super::options::Add;
use super::placing::{is_document, place};

/// A file to be filed.
pub(super) struct Incoming {
    /// Where it is.
    pub path: PathBuf,
    /// The name it came under: its own, or the archive's and its path inside that.
    pub original: String,
    /// Whether it came in an archive, where files that nobody reads are nothing to worry about.
    pub packed: bool,
}

/// What became of the files so far.
#[derive(Default)]
pub(super) struct Tally {
    /// Those that were placed: the name they came under, and where they went.
    pub placed: Vec<(String, Place)>,
    /// Those that were not, each with the reason.
    pub refused: Vec<(String, Error)>,
    /// Files of an archive that no table reads.
    pub left: Vec<(String, String)>,
}

/// Files the files; answers whether one was refused.
///
/// # Errors
/// What makes it impossible to go on; files before it stay filed. A single file that is refused is an error as well.
pub fn add(options: &Add) -> Result<bool, Error> {
    check(options)?;
    let basis = Basis::read(options.returns.as_deref(), options.pipelines.as_deref())?;
    let returns = returns_folder(options.returns.as_deref());
    let mut tally = Tally::default();
    let (incoming, _archives) = incoming(&options.files, &mut tally);
    if options.plan {
        return foresee(&incoming, options, &basis, tally);
    }
    for file in &incoming {
        let filed = match placed(file, options, &basis, &mut tally) {
            Ok(Some(place)) => file_one(file, &place, options, &returns).map(|()| Some(place)),
            other => other,
        };
        match filed {
            Ok(Some(place)) => tally.placed.push((file.original.clone(), place)),
            Ok(None) => {}
            // What is wrong with one file is no matter of the others.
            Err(error @ Error::Usage { .. }) => tally.refused.push((file.original.clone(), error)),
            Err(error) => return Err(error),
        }
    }
    if !tally.placed.is_empty() {
        screen::say("next: abreast run, then abreast diff");
    }
    told(tally, options.files.len(), "are filed")
}

/// Files one file in its place, and says so.
fn file_one(file: &Incoming, place: &Place, options: &Add, returns: &Path) -> Result<(), Error> {
    if file.path.is_dir() {
        screen::say(folder_away(&file.path, place, options, returns)?);
        return Ok(());
    }
    let bytes = fs_err::read(&file.path).map_err(Error::reading)?;
    screen::say(file_away(&Came { bytes: &bytes, name: file.original.clone() }, place, options, returns)?);
    Ok(())
}

/// The files to be filed: archives taken apart, data before what describes it.
fn incoming(files: &[PathBuf], tally: &mut Tally) -> (Vec<Incoming>, Vec<Unpacked>) {
    let (mut incoming, mut archives) = (Vec::new(), Vec::new());
    for path in files {
        let original = name_of(path);
        match archive::unpack(path) {
            Ok(None) => incoming.push(Incoming { path: path.clone(), original, packed: false }),
            Ok(Some(unpacked)) => {
                incoming.extend(unpacked.members.iter().map(|member| Incoming {
                    path: member.path.clone(),
                    original: format!("{original}/{}", member.inside),
                    packed: true,
                }));
                archives.push(unpacked);
            }
            Err(finding) => tally.refused.push((original, said(finding))),
        }
    }
    let describes = |file: &Incoming| (is_document(&file.path), file.original.to_lowercase().ends_with(".meta.csv"));
    incoming.sort_by_key(describes);
    (incoming, archives)
}

/// Where a file goes; none where it came in an archive and no table reads it.
pub(super) fn placed(file: &Incoming, options: &Add, basis: &Basis, tally: &mut Tally) -> Result<Option<Place>, Error> {
    if let Some(place) = beside(file, tally) {
        return Ok(Some(place));
    }
    let asked = Asked {
        table: options.table.clone(),
        return_name: options.r#return.clone(),
        release: options.release.clone(),
        ..Asked::default()
    };
    match place(&file.path, &asked, basis) {
        Err(Error::Usage { message, .. }) if file.packed && message.contains("fits no pipeline") => {
            tally.left.push((file.original.clone(), "no table reads it".to_owned()));
            Ok(None)
        }
        placed => placed.map(Some),
    }
}

/// A `.meta.csv` goes where the file it describes went, and the words of a release beside its tables.
fn beside(file: &Incoming, tally: &Tally) -> Option<Place> {
    let described = file.original.strip_suffix(".meta.csv");
    let (original, place) = if file.packed && is_document(&file.path) {
        tally.placed.last()?
    } else {
        let described = described?;
        tally.placed.iter().find(|(original, _)| original.strip_suffix(".csv") == Some(described))?
    };
    let name = match described.and(place.name.strip_suffix(".csv")) {
        // Where its file got another name it gets that one too, because it is looked for by it.
        Some(stem) => format!("{stem}.meta.csv"),
        None => safe_name(&name_of(&file.path)),
    };
    let _ = original;
    Some(Place {
        name,
        why: "beside its file".to_owned(),
        return_name: place.return_name.clone(),
        release: place.release.clone(),
    })
}

/// Says what became of the files; answers whether one was refused.
pub(super) fn told(mut tally: Tally, asked: usize, what: &str) -> Result<bool, Error> {
    let filed = tally.placed.len();
    if filed == 0 && asked == 1 && tally.refused.len() == 1 && tally.left.is_empty() {
        return tally.refused.pop().map_or(Ok(true), |(_, error)| Err(error));
    }
    for (original, why) in &tally.left {
        screen::say(format_args!("{original}  left: {why}"));
    }
    for (original, error) in &tally.refused {
        screen::note(format_args!("error: {original}: {error}\n"));
    }
    if !tally.refused.is_empty() || !tally.left.is_empty() {
        screen::say(format_args!("{filed} of {} files {what}", filed + tally.refused.len() + tally.left.len()));
    }
    Ok(!tally.refused.is_empty() || filed == 0)
}

/// Whether what was said can be a folder or a day.
///
/// # Errors
/// It cannot.
pub(super) fn check(options: &Add) -> Result<(), Error> {
    for word in [&options.r#return, &options.release].into_iter().flatten() {
        if !manifest::is_inside(word) || word.contains('/') || safe_name(word) != *word {
            return Err(Error::usage(
                format!("`{}` is no name for a folder", word.escape_debug()),
                "use letters, digits, `-` and `_`",
            ));
        }
    }
    if let Some(day) = &options.published
        && day.parse::<chrono::NaiveDate>().is_err()
    {
        return Err(Error::usage(format!("`{day}` is no day"), "write it as 2025-06-26"));
    }
    Ok(())
}

fn said(finding: Finding) -> Error {
    Error::usage(finding.to_string(), "nothing was filed of this file")
}
