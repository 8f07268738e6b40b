//! A release that is named years after everything in it: a slip in the name of its folder makes it the newest of all.

use chrono::Datelike;

use super::accept::{About, Accepted};
use super::again::newest;
use super::cube::Cube;
use crate::finding::{Finding, Place};
use crate::period::{day, label};
use crate::pipeline::Release;
use crate::schema::column;

/// Years between the last period of a release and its name that no publisher takes.
const MOST: i32 = 6;

/// What is found of each release.
pub(super) fn ahead(cube: &Cube<'_>, accepted: &mut Accepted<'_>) -> Result<Vec<Finding>, Finding> {
    let mut findings = Vec::new();
    for number in 0..cube.releases.len() {
        let release = cube.words.release.words[cube.releases[number]];
        let (Some(year), Some(last)) = (Release::new(release).year(), newest(cube, number)) else { continue };
        let years = year - day(last.end).year();
        if years <= MOST || accepted.takes(About { release, area: ("", ""), period: ("", ""), measure: "" }) {
            continue;
        }
        let word = label(cube.words.period.words[last.period], cube.words.identifier.words[last.identifier]);
        let message = format!("release {release} is named {years} years after the last period in it, {word}");
        let help = "if its folder was named by a slip, give it the name of the release; if the publisher is so late, say so with `[[accept]]`";
        let row = cube.any_row(last);
        let file = row.map(|row| cube.frame.get(column::File).map(|files| files.word(row).to_owned())).transpose()?;
        findings.push(Finding::warning("release-ahead", message, help).at(Place::file(file.unwrap_or_default())));
    }
    Ok(findings)
}
