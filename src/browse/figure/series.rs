//! The series of a figure in every release that was filed: releases beneath each other, periods beside each other.

use serde::Serialize;

use crate::shown::{counted, sentence};
use crate::trace::{Explanation, Filed};

/// The most periods beside each other.
const MOST: usize = 12;

/// The series by release.
#[derive(Serialize)]
pub struct Series {
    periods: Vec<String>,
    /// The number of the figure's own period.
    own: Option<usize>,
    releases: Vec<Release>,
    note: String,
}

/// What a release printed.
#[derive(Serialize)]
struct Release {
    name: String,
    files: String,
    cells: Vec<Cell>,
}

#[derive(Clone, Default, Serialize)]
struct Cell {
    shown: String,
    counts: bool,
    restated: String,
}

impl Series {
    /// The series of the figure.
    pub fn of(found: &Explanation) -> Series {
        let mut periods: Vec<&str> = Vec::new();
        for filed in &found.series {
            if !periods.contains(&filed.period.as_str()) {
                periods.push(&filed.period);
            }
        }
        let all = periods.len();
        // The figure's own period is among those shown.
        let at = periods.iter().position(|period| *period == found.period);
        let to = at.map_or(all, |at| (at + MOST / 2).max(MOST)).min(all);
        let periods = &periods[to.saturating_sub(MOST)..to];
        let mut releases: Vec<&str> = found.series.iter().map(|filed| filed.release.as_str()).collect();
        releases.sort_by_cached_key(|name| crate::pipeline::Release::new(*name));
        releases.dedup();
        let shown: Vec<&Filed> = found.series.iter().filter(|one| periods.contains(&one.period.as_str())).collect();
        let release = |name: &&str| {
            let of: Vec<&&Filed> = shown.iter().filter(|filed| filed.release == *name).collect();
            let cells = periods.iter().map(|period| of.iter().find(|filed| filed.period == *period).copied());
            Release {
                name: (*name).to_owned(),
                files: files(&of),
                cells: cells.map(|filed| filed.map_or_else(Cell::default, |filed| cell(filed))).collect(),
            }
        };
        let releases: Vec<Release> = releases.iter().rev().map(release).filter(|one| !one.files.is_empty()).collect();
        Series {
            own: periods.iter().position(|period| *period == found.period),
            note: note(found, all - periods.len()),
            periods: periods.iter().map(|period| (*period).to_owned()).collect(),
            releases,
        }
    }
}

/// The names of the files, without their folders.
fn files(of: &[&&Filed]) -> String {
    let mut names: Vec<&str> = of.iter().map(|filed| filed.file.rsplit('/').next().unwrap_or_default()).collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}

fn cell(filed: &Filed) -> Cell {
    Cell { shown: filed.shown.clone(), counts: filed.counts, restated: filed.difference.clone() }
}

/// What was restated, and where else the figure stands.
fn note(found: &Explanation, left_out: usize) -> String {
    let restated = found.series.iter().filter(|filed| filed.restated.is_some()).count();
    let mut note = match restated {
        0 => "No figure of this series was restated.".to_owned(),
        some => format!(
            "{} by a later release: the difference stands beside the old figure.",
            sentence(&counted(some, "figure was restated", "figures were restated"))
        ),
    };
    if found.other_releases.is_empty() {
        note = format!("{note} {} is in release {} alone.", found.period, found.figure.release);
    }
    if left_out > 0 {
        note = format!("{note} {} not shown.", sentence(&counted(left_out, "more period is", "more periods are")));
    }
    note
}
