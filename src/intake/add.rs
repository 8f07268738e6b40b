//! Filing: what a publisher sent goes under its return and release, its bytes untouched, and is recorded.

use super::incoming::{Incoming, Tally, placed, said, told};

use std::path::{Path, PathBuf};

use crate::finding::Error;
use crate::manifest::{self, safe_name};
use crate::screen;

use super::archive::{self, Unpacked};
use super::basis::{Basis, returns_folder};
use super::filing::{Came, Place, file_away, folder_away, name_of};
use super::foresee::foresee;
use super::options::Add;
use super::placing::is_document;

/// Files the files; answers whether one was refused.
///
/// # Errors
/// What makes it impossible to go on; files before it stay filed. A single file that is refused is an error as well.
pub fn add(options: &Add) -> Result<bool, Error> {
    check(options)?;
    let basis = Basis::read(options.returns.folder.as_deref(), options.pipelines.folder.as_deref())?;
    let returns = returns_folder(options.returns.folder.as_deref());
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
