//! What came in: the files that are there to be filed, and what became of each.

use super::answer::Asked;
use super::basis::Basis;
use super::filing::{Place, name_of};
use super::options::Add;
use super::placing::{is_document, place};
use crate::finding::{Error, Finding};
use crate::manifest::safe_name;
use crate::screen;
use std::path::PathBuf;

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

pub(super) fn said(finding: Finding) -> Error {
    Error::usage(finding.to_string(), "nothing was filed of this file")
}
