//! A release against the one before it, of which both have figures in the table.
//!
//! In: the cube. Out: a finding where a release brings nothing newer, restates nearly everything of a measure, or has
//! the figures of one period under the name of another; and where its areas are gone altogether.

use std::collections::BTreeMap;

use super::accept::{About, Accepted};
use super::cells::{place_of, shown};
use super::cube::{Cube, Group};
use super::past::median;
use crate::finding::{Finding, Place};
use crate::period::label;
use crate::pipeline::Unit;
use crate::schema::column;

/// Figures that two releases must share before they tell something.
const ENOUGH: usize = 20;

/// Shares of the shared figures: nearly all, and most.
const NEARLY_ALL: f64 = 0.95;
const MOST: f64 = 0.6;

/// A revision of so many fold, in the middle, is none.
const FOLD: f64 = 1.2;

/// The figures of one measure that two releases share.
#[derive(Default)]
struct Shared {
    count: usize,
    same: usize,
    changes: Vec<f64>,
    /// Old and new row of one that changed most.
    worst: Option<(usize, usize, f64)>,
    /// How many of the newer one's figures are those of the older one a year before, of how many.
    later: usize,
    later_same: usize,
    /// A row of each release whose figures are the same a year apart.
    a_year_apart: Option<(usize, usize)>,
}

/// What is found of each release against the one before.
pub(super) fn again(cube: &Cube<'_>, accepted: &mut Accepted<'_>) -> Result<Vec<Finding>, Finding> {
    let mut findings = Vec::new();
    for newer in 1..cube.releases.len() {
        let older = newer - 1;
        let shared = shared(cube, older, newer);
        let release = cube.words.release.words[cube.releases[newer]];
        let about = |measure| About { release, area: ("", ""), period: ("", ""), measure };
        if !accepted.takes(about("")) {
            findings.extend(nothing_newer(cube, older, newer, &shared));
        }
        for (&measure, shared) in &shared {
            if !accepted.takes(about(cube.words.measure.words[measure])) {
                findings.extend(restated(cube, older, newer, measure, shared)?);
            }
        }
    }
    Ok(findings)
}

/// The last day of the newest period of `release`, by a row of it.
pub(super) fn newest<'c>(cube: &'c Cube<'_>, release: usize) -> Option<&'c Group> {
    cube.groups.iter().filter(|group| group.release == release).max_by_key(|group| group.end)
}

fn shared(cube: &Cube<'_>, older: usize, newer: usize) -> BTreeMap<usize, Shared> {
    let mut found: BTreeMap<usize, Shared> = BTreeMap::new();
    for line in cube.groups.chunk_by(|a, b| a.line() == b.line()) {
        if matches!(cube.unit(&line[0]), Unit::Code | Unit::Grade) {
            continue;
        }
        let slot = found.entry(line[0].measure).or_default();
        for new in line.iter().filter(|group| group.release == newer) {
            for old in line.iter().filter(|group| group.release == older) {
                if old.end == new.end {
                    compare(cube, old, new, slot);
                } else if old.key.is_a_year_before(new.key) {
                    compare_later(cube, old, new, slot);
                }
            }
        }
    }
    found
}

fn compare(cube: &Cube<'_>, old: &Group, new: &Group, slot: &mut Shared) {
    for place in 0..cube.places.len() {
        let (Some(from), Some(to)) = (cube.row(old, place), cube.row(new, place)) else { continue };
        let (a, b) = (cube.values[from], cube.values[to]);
        if a.is_nan() || b.is_nan() || (a == 0.0 && b == 0.0) {
            continue;
        }
        slot.count += 1;
        if (a - b).abs() < 1e-9 {
            slot.same += 1;
            slot.changes.push(0.0);
            continue;
        }
        let change = if a > 0.0 && b > 0.0 { (b / a).ln() } else { f64::INFINITY };
        slot.changes.push(change);
        if slot.worst.is_none_or(|(.., worst)| change.abs() > worst.abs()) {
            slot.worst = Some((from, to, change));
        }
    }
}

fn compare_later(cube: &Cube<'_>, old: &Group, new: &Group, slot: &mut Shared) {
    for place in 0..cube.places.len() {
        let (Some(from), Some(to)) = (cube.row(old, place), cube.row(new, place)) else { continue };
        let (a, b) = (cube.values[from], cube.values[to]);
        if a.is_nan() || b.is_nan() || a == 0.0 || b == 0.0 {
            continue;
        }
        slot.later += 1;
        if (a - b).abs() < 1e-9 {
            slot.later_same += 1;
            slot.a_year_apart = slot.a_year_apart.or(Some((from, to)));
        }
    }
}

/// A release that ends no later than the one before, and says the same.
fn nothing_newer(cube: &Cube<'_>, older: usize, newer: usize, shared: &BTreeMap<usize, Shared>) -> Option<Finding> {
    let (old, new) = (newest(cube, older)?, newest(cube, newer)?);
    let (count, same) = shared.values().fold((0, 0), |(count, same), each| (count + each.count, same + each.same));
    let word =
        |group: &Group| label(cube.words.period.words[group.period], cube.words.identifier.words[group.identifier]);
    let [before, release] = [older, newer].map(|number| cube.words.release.words[cube.releases[number]]);
    let all_same = count > 0 && same as f64 >= NEARLY_ALL * count as f64;
    let message = if new.end < old.end {
        format!("release {release} ends with {}, before release {before}, which ends with {}", word(new), word(old))
    } else if new.end == old.end && all_same {
        format!(
            "release {release} brings nothing newer than release {before}: both end with {}, and {same} of {count} figures are the same",
            word(new)
        )
    } else {
        return None;
    };
    let help = "the file of an older release may lie in this folder: get the right one, or take the folder away";
    let row = cube.groups.iter().filter(|group| group.release == newer).find_map(|group| cube.any_row(group))?;
    let file = cube.frame.get(column::File).ok()?.word(row).to_owned();
    Some(Finding::warning("release-again", message, help).at(Place::file(file)))
}

/// Nearly every shared figure of a measure is another, or that of the period before.
fn restated(
    cube: &Cube<'_>,
    older: usize,
    newer: usize,
    measure: usize,
    shared: &Shared,
) -> Result<Option<Finding>, Finding> {
    let name = cube.words.measure.words[measure];
    let [before, release] = [older, newer].map(|number| cube.words.release.words[cube.releases[number]]);
    let differ = shared.count - shared.same;
    let much = |part: usize, of: usize, share: f64| of >= ENOUGH && part as f64 >= share * of as f64;
    if let Some((from, to)) = shared
        .a_year_apart
        .filter(|_| much(shared.later_same, shared.later, MOST) && !much(shared.same, shared.count, MOST))
    {
        let of = |row: usize| label(cube.words.period.word(row), cube.words.identifier.word(row));
        let message = format!(
            "`{name}`: release {release} has the figures of release {before} a year later, {} of {}: those of {} stand under {}",
            shared.later_same,
            shared.later,
            of(from),
            of(to)
        );
        let help = "a period may be labelled wrongly, or `period_ends` is of another year: hold the file against the older one";
        return Ok(Some(Finding::warning("period-shifted", message, help).at(place_of(cube.frame, to)?)));
    }
    let Some((from, to, _)) = shared.worst.filter(|_| much(differ, shared.count, MOST)) else { return Ok(None) };
    let middle = median(&mut shared.changes.iter().map(|change| change.abs()).collect::<Vec<f64>>());
    if middle < FOLD.ln() {
        return Ok(None);
    }
    let message = format!(
        "`{name}`: release {release} restates {differ} of {} figures of release {before}, half of them by {}% or more; such as {}: {} became {}",
        shared.count,
        shown(100.0 * (middle.exp() - 1.0)),
        super::cells::about(cube.frame, to)?,
        shown(cube.values[from]),
        shown(cube.values[to])
    );
    let help = "a column, a unit or a definition may be another: correct `columns` or `scale`; if the publisher counts anew, declare a `[[break]]` and an `[[accept]]`";
    Ok(Some(Finding::warning("all-restated", message, help).at(place_of(cube.frame, to)?)))
}
