//! Which release a file is: as it was said, by its last period and those of the releases before, or by the folder that
//! it stands in.

use std::path::Path;

use super::arrival::Arrival;
use super::candidates::Candidate;
use super::new_pipeline::{one, said as said_in};
use super::shelf::{Before, last_year};
use crate::manifest::today;
use crate::period::Period;
use crate::pipeline::{Pipeline, Release, ReleaseBlock};

/// A release, and what it is known by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KnownRelease {
    /// The release.
    pub release: String,
    /// What it is known by.
    pub why: String,
    /// Whether anything did; else it is taken only so that the file can be tried.
    pub is_known: bool,
    /// The last year in the file.
    pub last: Option<i32>,
    /// The newest release that is filed, where the file ends before it does.
    pub older_than: Option<(String, i32)>,
}

/// The release of a file that is another one of a table.
pub(super) fn release_of(
    arrival: &Arrival,
    candidate: &Candidate<'_>,
    newest: Option<&Before<'_>>,
    said: Option<&str>,
) -> KnownRelease {
    let Candidate { pipeline, block, sheet, moved_to, .. } = candidate;
    let whole = arrival.cut(*sheet, block, *moved_to, None).ok();
    let literal = block.period.as_ref().is_some_and(|period| !period.get_ref().contains("{release}"));
    // A period that is written out is that of the release it was written for, whatever this file is about.
    let last = if literal {
        said_year(arrival, candidate)
    } else {
        let read = whole.and_then(|table| last_year(pipeline, block, said.unwrap_or_default(), &table));
        // A period that is made of the release is not known before it is; the file may say its own.
        read.or_else(|| said_year(arrival, candidate))
    };
    if let Some(said) = said {
        return KnownRelease {
            release: said.to_owned(),
            why: "as told".to_owned(),
            is_known: true,
            last,
            older_than: None,
        };
    }
    let before = newest.and_then(|before| {
        let year: i32 = before.release.as_str().parse().ok()?;
        Some((year, last_year(pipeline, before.block, before.release.as_str(), &before.table)?))
    });
    if let (Some(last), Some((year, ended))) = (last, before) {
        let release = last + year - ended;
        let why = format!("release {year} ends in {ended}, this file in {last}");
        let older_than = (release < year).then(|| (year.to_string(), ended));
        return KnownRelease { release: release.to_string(), why, is_known: true, last: Some(last), older_than };
    }
    if let Some(release) = in_folder(&arrival.path, pipeline) {
        return KnownRelease { release, why: "its folder says so".to_owned(), is_known: true, last, older_than: None };
    }
    KnownRelease { release: likely(pipeline, block, last), why: String::new(), is_known: false, last, older_than: None }
}

/// The release of a file that stands as it is filed, below a folder of the return and one of the release.
fn in_folder(path: &Path, pipeline: &Pipeline) -> Option<String> {
    let whole = std::path::absolute(path).ok()?;
    let name = |folder: &Path| folder.file_name().map(|name| name.to_string_lossy().into_owned());
    let release = whole.parent()?;
    let of_return = name(release.parent()?)? == pipeline.return_name;
    name(release).filter(|name| of_return && Release::new(name.as_str()).year().is_some())
}

/// The year that the lines above the header, the sheet or the file's name say.
fn said_year(arrival: &Arrival, candidate: &Candidate<'_>) -> Option<i32> {
    use chrono::Datelike;
    let (title, grid) = arrival.sheet(candidate.sheet);
    let header = candidate.block.header.rows().first().copied().unwrap_or(1);
    let all = said_in(grid, header, title, &arrival.name);
    let period = Period::parse(&one(&all, None)?.period, "", candidate.pipeline.period_ends).ok()?;
    Some(period.end.year())
}

/// A release to try a block with: one that it holds for, by the last year in the file where there is one.
fn likely(pipeline: &Pipeline, block: &ReleaseBlock, last: Option<i32>) -> String {
    use chrono::Datelike;
    let from = block.from.get_ref();
    let wanted = |year: i32| Release::new(year.to_string());
    let holds = |release: &Release| pipeline.block(release).is_some_and(|holding| holding.from.get_ref() == from);
    let years = last.into_iter().flat_map(|last| [last + 1, last]).chain([today().year()]);
    let held = years.map(wanted).find(holds);
    // A file that ends before any block begins is of a release before them all.
    let early = last.map(|last| wanted(last + 1)).filter(|release| release < from);
    held.or(early).unwrap_or_else(|| from.clone()).to_string()
}
