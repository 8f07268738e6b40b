//! What everybody's figures do at once: jump tenfold, leave their own past, or all say the same.
//!
//! In: the moves of a measure. Out: one finding a measure and period, and doubts about every figure that jumped. One
//! area that is wrong is told by its own past; where all are, only the whole tells it.

use super::accept::{About, Accepted};
use super::cells::{about, place_of, shown};
use super::cube::Cube;
use super::doubt::{Doubt, Why};
use super::lines::Line;
use super::moves::{ENOUGH, Move, Moved};
use crate::finding::Finding;
use crate::period::label;

/// So many fold is no year's work of everybody.
const FOLD: f64 = 3.0;

/// The spread of the changes is so many times what it was at most.
const WIDER: f64 = 3.0;

/// A spread that is nothing special: half of the figures within a fifth of the median change.
const USUAL: f64 = 0.2;

/// What is found of the moves of one measure.
pub(super) fn together(
    cube: &Cube<'_>,
    moves: &[Move],
    doubts: &mut Vec<Doubt>,
    accepted: &mut Accepted<'_>,
) -> Result<Vec<Finding>, Finding> {
    let Some(newest) = moves.iter().rev().find(|all| all.newest) else { return Ok(Vec::new()) };
    let Some(first) = newest.moved.first() else { return Ok(Vec::new()) };
    if accepted.takes(measure_of(cube, first.new)) {
        return Ok(Vec::new());
    }
    let middle = newest.middle();
    if middle.abs() > FOLD.ln() {
        let each = newest.moved.iter().map(|moved| moved.new);
        doubts.extend(each.map(|row| Doubt {
            row,
            why: Why::Everybody,
            weight: middle.abs(),
            whole: true,
            newest: true,
        }));
        return Ok(vec![jumped(cube, newest, middle)?]);
    }
    let before = moves.iter().filter(|all| all.ends.1 < newest.ends.1).map(Move::spread).fold(0.0, f64::max);
    let spread = newest.spread();
    if newest.moved.len() >= 2 * ENOUGH && spread > USUAL && spread > WIDER * before && before > 0.0 {
        return Ok(vec![scattered(cube, newest, middle)?]);
    }
    Ok(Vec::new())
}

fn measure_of<'w>(cube: &'w Cube<'_>, row: usize) -> About<'w> {
    let words = &cube.words;
    About {
        release: words.release.word(row),
        area: ("", ""),
        period: (words.period.word(row), words.identifier.word(row)),
        measure: words.measure.word(row),
    }
}

fn jumped(cube: &Cube<'_>, all: &Move, middle: f64) -> Result<Finding, Finding> {
    let (from, to) = periods(cube, all);
    let name = cube.words.measure.word(all.moved[0].new);
    let fold = middle.exp();
    let size = if fold > 1.0 { format!("{} times", shown(fold)) } else { format!("one {}th of", shown(1.0 / fold)) };
    let message = format!(
        "`{name}`: everybody's figure jumped: half of {} figures of {to} are {size} what they were in {from} or further; such as {}",
        all.moved.len(),
        examples(cube, all.moved.iter())?
    );
    let help = "a unit, a scale or a column may have changed: correct `scale` or `columns`; a change of method is a `[[break]]`, a change that is true an `[[accept]]` (docs/checks.md)";
    Ok(Finding::warning("all-jump", message, help).at(place_of(cube.frame, all.moved[0].new)?))
}

fn scattered(cube: &Cube<'_>, all: &Move, middle: f64) -> Result<Finding, Finding> {
    let (from, to) = periods(cube, all);
    let name = cube.words.measure.word(all.moved[0].new);
    let mut far: Vec<&Moved> = all.moved.iter().collect();
    far.sort_by(|a, b| (b.change - middle).abs().total_cmp(&(a.change - middle).abs()));
    let message = format!(
        "`{name}`: the figures of {to} do not follow those of {from}: half of {} changed by {}% or more, unlike in any period before; such as {}",
        all.moved.len(),
        shown(100.0 * (all.spread().exp() - 1.0)),
        examples(cube, far.into_iter())?
    );
    let help = "the figures may be those of other areas, or of another column: hold some against the file; a change of method is a `[[break]]`";
    Ok(Finding::warning("all-scattered", message, help).at(place_of(cube.frame, all.moved[0].new)?))
}

fn periods(cube: &Cube<'_>, all: &Move) -> (String, String) {
    let of = |row: usize| label(cube.words.period.word(row), cube.words.identifier.word(row));
    (of(all.moved[0].old), of(all.moved[0].new))
}

fn examples<'m>(cube: &Cube<'_>, moved: impl Iterator<Item = &'m Moved>) -> Result<String, Finding> {
    let words = moved.take(3).map(|moved| {
        let (old, new) = (shown(cube.values[moved.old]), shown(cube.values[moved.new]));
        Ok(format!("{} ({old} to {new})", about(cube.frame, moved.new)?))
    });
    Ok(words.collect::<Result<Vec<String>, Finding>>()?.join(", "))
}

/// One finding where all areas, or all breakdowns of England, have one and the same figure in the newest period only.
pub(super) fn all_equal(cube: &Cube<'_>, lines: &[&Line]) -> Result<Option<Finding>, Finding> {
    for line in lines.iter().filter(|line| line.steps.len() > 1) {
        let same = |step: usize| {
            let rows = cube.places.authorities().filter(|&place| !line.value(step, place).is_nan());
            equal(cube, rows.filter_map(|place| line.row(step, place)))
        };
        if let (Some((row, count)), None) = (same(line.last()), same(line.last() - 1)) {
            return Ok(Some(one_figure(cube, row, count, "authorities")?));
        }
    }
    for lines in lines.chunk_by(|a, b| a.topic == b.topic) {
        let same = |back: usize| {
            let rows =
                lines.iter().filter_map(|line| line.row((line.steps.len()).checked_sub(back)?, super::cube::ENGLAND));
            equal(cube, rows)
        };
        if let (Some((row, count)), None) = (same(1), same(2)) {
            return Ok(Some(one_figure(cube, row, count, "breakdowns")?));
        }
    }
    Ok(None)
}

/// The first row and how many there are, where all have one figure that is neither nothing nor the whole.
fn equal(cube: &Cube<'_>, mut rows: impl Iterator<Item = usize>) -> Option<(usize, usize)> {
    let first = rows.next()?;
    let value = cube.values[first];
    let mut count = 1;
    for row in rows {
        if cube.values[row].is_nan() {
            continue;
        }
        if cube.values[row] != value {
            return None;
        }
        count += 1;
    }
    (count >= ENOUGH && value != 0.0 && value != 100.0).then_some((first, count))
}

fn one_figure(cube: &Cube<'_>, row: usize, count: usize, of: &str) -> Result<Finding, Finding> {
    let period = label(cube.words.period.word(row), cube.words.identifier.word(row));
    let message = format!(
        "`{}`: all {count} {of} have the same figure, {}, in {period}, and not in the period before",
        cube.words.measure.word(row),
        shown(cube.values[row])
    );
    let help = "the file may have been filled down: hold some figures against the publisher's own tables";
    Ok(Finding::warning("all-equal", message, help).at(place_of(cube.frame, row)?))
}
