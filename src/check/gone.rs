//! What the newest period no longer has: England, a region, a breakdown, figures of an area, marks; and periods between.
//!
//! In: the lines of a table. Out: findings that name what is gone. Authorities without a row are `coverage`'s.

use std::collections::{BTreeMap, BTreeSet};

use super::accept::{About, Accepted};
use super::cells::place_of;
use super::cube::Cube;
use super::lines::{Line, Step};
use crate::finding::{Finding, Place, likely};
use crate::period::label;
use crate::pipeline::Unit;
use crate::schema::{TOTAL, column};
use crate::value::Status;

/// The lines of one cadence, and the two newest periods of it.
struct Newest<'l> {
    lines: Vec<&'l Line>,
    old: i32,
    new: i32,
    /// A step of each of the two.
    steps: (Step, Step),
}

impl<'l> Newest<'l> {
    /// One for each cadence that has two periods.
    fn all(lines: &'l [Line]) -> Vec<Newest<'l>> {
        let mut cadences: BTreeMap<usize, Vec<&Line>> = BTreeMap::new();
        for line in lines.iter().filter(|line| line.unit != Unit::Code) {
            cadences.entry(line.cadence).or_default().push(line);
        }
        let newest = |lines: Vec<&'l Line>| {
            let steps = || lines.iter().flat_map(|line| &line.steps);
            let new = *steps().max_by_key(|step| step.end)?;
            let old = *steps().filter(|step| step.end < new.end).max_by_key(|step| step.end)?;
            Some(Newest { old: old.end, new: new.end, steps: (old, new), lines })
        };
        cadences.into_values().filter_map(newest).collect()
    }

    fn words(&self, cube: &Cube<'_>) -> (String, String) {
        let of = |step: Step| {
            label(cube.words.period.words[step.group.period], cube.words.identifier.words[step.group.identifier])
        };
        (of(self.steps.0), of(self.steps.1))
    }

    /// The steps of `line` that are of the two periods.
    fn of(&self, line: &Line) -> (Option<usize>, Option<usize>) {
        let at = |end: i32| line.steps.iter().position(|step| step.end == end);
        (at(self.old), at(self.new))
    }
}

/// Everything that is gone.
pub(super) fn gone(cube: &Cube<'_>, lines: &[Line], accepted: &mut Accepted<'_>) -> Result<Vec<Finding>, Finding> {
    let mut findings = Vec::new();
    for newest in Newest::all(lines) {
        let group = newest.steps.1.group;
        let about = About {
            release: cube.words.release.words[cube.releases[group.release]],
            area: ("", ""),
            period: (cube.words.period.words[group.period], cube.words.identifier.words[group.identifier]),
            measure: "",
        };
        if accepted.takes(about) {
            continue;
        }
        findings.extend(levels(cube, &newest));
        findings.extend(labels(cube, &newest)?);
        findings.extend(blank(cube, &newest)?);
        findings.extend(marks(cube, &newest)?);
        findings.extend(gap(cube, &newest));
    }
    Ok(findings)
}

/// England and regions that have a row in the period before and none in the newest.
fn levels(cube: &Cube<'_>, newest: &Newest<'_>) -> Option<Finding> {
    let (mut old, mut new) = (vec![false; cube.places.len()], vec![false; cube.places.len()]);
    for line in &newest.lines {
        let (before, now) = newest.of(line);
        for (step, there) in [(before, &mut old), (now, &mut new)] {
            let Some(step) = step else { continue };
            there.iter_mut().enumerate().for_each(|(place, there)| *there |= line.row(step, place).is_some());
        }
    }
    let gone = (0..cube.places.first_authority).filter(|&place| old[place] && !new[place]);
    let named: Vec<&str> = gone.map(|place| cube.name(place)).collect();
    if named.is_empty() || !new.contains(&true) {
        return None;
    }
    let (before, period) = newest.words(cube);
    let message = format!("{period}: no row of {}, which {before} has", named.join(", "));
    let help = "the file may be cut off or filtered: get the whole one; if the publisher leaves them out, an `[[accept]]` with the release and the period says so";
    Some(at_file(cube, Finding::warning("area-gone", message, help), newest.steps.1))
}

/// Breakdowns that the newest period no longer has, and those that are new in it.
fn labels(cube: &Cube<'_>, newest: &Newest<'_>) -> Result<Vec<Finding>, Finding> {
    let mut known: BTreeMap<(usize, usize), (bool, bool)> = BTreeMap::new();
    for line in &newest.lines {
        let (old, new) = newest.of(line);
        let slot = known.entry((line.topic, line.breakdown)).or_default();
        slot.0 |= old.is_some();
        slot.1 |= new.is_some();
    }
    let topics_before: BTreeSet<usize> =
        known.iter().filter(|(_, seen)| seen.0).map(|((topic, _), _)| *topic).collect();
    let word = |topic: usize, breakdown: usize| {
        let (topic, breakdown) = (cube.words.topic.words[topic], cube.words.breakdown.words[breakdown]);
        if topic == TOTAL { TOTAL.to_owned() } else { format!("{topic} / {breakdown}") }
    };
    let (before, period) = newest.words(cube);
    let mut findings = Vec::new();
    for topic in topics_before {
        let all = known.iter().filter(|((of, _), _)| *of == topic);
        let gone: Vec<usize> = all.clone().filter(|(_, seen)| seen.0 && !seen.1).map(|((_, part), _)| *part).collect();
        let fresh: Vec<usize> = all.filter(|(_, seen)| !seen.0 && seen.1).map(|((_, part), _)| *part).collect();
        if gone.is_empty() {
            continue;
        }
        let names: Vec<String> = gone.iter().map(|&part| format!("`{}`", word(topic, part))).collect();
        let new: Vec<&str> = fresh.iter().map(|&part| cube.words.breakdown.words[part]).collect();
        let more = if new.is_empty() { String::new() } else { format!("; new in it: `{}`", new.join("`, `")) };
        let message = format!("{period}: no figure of {}, which {before} has{more}", names.join(", "));
        let renamed = gone.iter().find_map(|&part| {
            let old = cube.words.breakdown.words[part];
            likely(old, new.iter().copied()).map(|new| format!("if `{new}` is `{old}`, say so under `labels`; "))
        });
        let help = format!(
            "{}the file may be cut off or filtered; if the publisher dropped it, an `[[accept]]` with the release and the period says so",
            renamed.unwrap_or_default()
        );
        findings.push(at_file(cube, Finding::warning("breakdown-gone", message, help), newest.steps.1));
    }
    Ok(findings)
}

fn at_file(cube: &Cube<'_>, finding: Finding, step: Step) -> Finding {
    let row = cube.any_row(&step.group);
    let file = row.and_then(|row| Some(cube.frame.get(column::File).ok()?.word(row).to_owned()));
    finding.at(Place::file(file.unwrap_or_default()))
}

/// The cells of an area, or of a breakdown of England: how many have a figure, and the first that is empty without a mark.
#[derive(Default)]
struct Cells {
    before: usize,
    now: usize,
    empty: Option<usize>,
}

/// Areas whose every cell is empty, without a mark, where the period before has figures and the others have them now.
fn blank(cube: &Cube<'_>, newest: &Newest<'_>) -> Result<Vec<Finding>, Finding> {
    let raw = cube.frame.get(column::Raw)?;
    let (empty_text, missing) = (raw.code(""), cube.words.status.code(Status::NotAvailable.word()));
    let is_empty =
        |row: usize| Some(raw.codes.get(row)) == empty_text && Some(cube.words.status.codes.get(row)) == missing;
    let mut seen: BTreeMap<[usize; 3], Cells> = BTreeMap::new();
    for line in &newest.lines {
        let (Some(old), Some(new)) = newest.of(line) else { continue };
        // England's breakdowns where there is no other area, else areas, over all their figures.
        let (topic, breakdown) = if cube.places.is_national() { (line.topic, line.breakdown) } else { (0, 0) };
        for place in 0..cube.places.len() {
            let Some(row) = line.row(new, place) else { continue };
            let slot = seen.entry([place, topic, breakdown]).or_default();
            slot.before += usize::from(!line.value(old, place).is_nan());
            slot.now += usize::from(!line.value(new, place).is_nan());
            if line.value(new, place).is_nan() && is_empty(row) {
                slot.empty = slot.empty.or(Some(row));
            }
        }
    }
    let silent = seen.values().filter(|slot| slot.before > 0 && slot.now == 0);
    let rows: Vec<usize> = silent.filter_map(|slot| slot.empty).collect();
    let Some(&first) = rows.first() else { return Ok(Vec::new()) };
    let (before, period) = newest.words(cube);
    let name = |row: usize| match cube.places.is_national() {
        true => format!("{} / {}", cube.words.topic.word(row), cube.words.breakdown.word(row)),
        false => cube.words.name.word(row).to_owned(),
    };
    let names: Vec<String> = rows.iter().map(|&row| name(row)).collect();
    let message =
        format!("{}, {period}: no figure and no mark in any cell, where {before} has figures", names.join(", "));
    let help = "ask whether the cells were left empty by mistake; the publisher's own reason is a mark in the cell, or an `[[accept]]` here";
    Ok(vec![Finding::warning("no-figures", message, help).at(place_of(cube.frame, first)?)])
}

/// Marks that must have been there, and figures of nothing that must be theirs, before it is said.
const MARKS: usize = 8;

/// Marks of the period before that are all gone, with 0 in their place.
fn marks(cube: &Cube<'_>, newest: &Newest<'_>) -> Result<Option<Finding>, Finding> {
    let (mut before, mut now, mut zero) = (0, 0, 0);
    let mut first = None;
    let not_applicable = cube.words.status.code(Status::NotApplicable.word());
    let marked = |row: usize| cube.values[row].is_nan() && Some(cube.words.status.codes.get(row)) != not_applicable;
    for line in &newest.lines {
        let (Some(old), Some(new)) = newest.of(line) else { continue };
        for place in 0..cube.places.len() {
            let (Some(from), Some(to)) = (line.row(old, place), line.row(new, place)) else { continue };
            now += usize::from(marked(to));
            if marked(from) {
                before += 1;
                if cube.values[to] == 0.0 {
                    zero += 1;
                    first = first.or(Some(to));
                }
            }
        }
    }
    let Some(row) = first.filter(|_| before >= MARKS && now * 10 <= before && zero * 2 >= before) else {
        return Ok(None);
    };
    let (old, period) = newest.words(cube);
    let message = format!(
        "{period}: {zero} of the {before} figures that {old} marks as withheld or missing are 0, and {now} are marked"
    );
    let help = "a 0 may stand in the place of a mark: hold some against the publisher's own tables";
    Ok(Some(Finding::warning("marks-gone", message, help).at(place_of(cube.frame, row)?)))
}

/// Periods that are skipped before the newest one, where those before follow each other closer.
fn gap(cube: &Cube<'_>, newest: &Newest<'_>) -> Option<Finding> {
    let mut ends: Vec<i32> = newest.lines.iter().flat_map(|line| line.steps.iter().map(|step| step.end)).collect();
    ends.sort_unstable();
    ends.dedup();
    let (last, earlier) = ends.split_last()?;
    let days = last - earlier.last()?;
    // Two periods alone do not tell how far apart they are meant to be: a year is taken.
    let usual = if earlier.len() < 3 { 366 } else { earlier.windows(2).map(|pair| pair[1] - pair[0]).max()? };
    if f64::from(days) <= 1.5 * f64::from(usual) {
        return None;
    }
    let (before, period) = newest.words(cube);
    let message =
        format!("nothing between {before} and {period}: {} days apart, where periods are {usual} at most", days);
    let help = "the newest period may be labelled wrongly, or a release is missing: hold the label against the file";
    Some(at_file(cube, Finding::warning("period-gap", message, help), newest.steps.1))
}
