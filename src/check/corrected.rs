//! Figures that a `[[correction]]` put right, beside totals that still hold what was wrong.
//!
//! In: the cells that were corrected. Out: their rows, and a note that names the region and England.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::cells::{about, place_of};
use super::cube::{Cube, ENGLAND};
use super::lines::Line;
use crate::area::Register;
use crate::finding::{Finding, Place};
use crate::period::day;
use crate::schema::column;

/// The rows of the figures that stand in corrected cells.
pub(super) fn rows(cube: &Cube<'_>, cells: &[Place]) -> Result<FxHashSet<usize>, Finding> {
    if cells.is_empty() {
        return Ok(FxHashSet::default());
    }
    let file = cube.frame.get(column::File)?;
    let (row, column) = (cube.frame.get(column::Row)?, cube.frame.get(column::Column)?);
    let known: BTreeSet<(Option<usize>, u32, u32)> = cells
        .iter()
        .map(|cell| (file.code(&cell.file), cell.row.unwrap_or_default(), cell.column.unwrap_or_default()))
        .collect();
    let is_corrected = |&at: &usize| known.contains(&(Some(file.codes.get(at)), row[at], u32::from(column[at])));
    Ok((0..cube.frame.height()).filter(is_corrected).collect())
}

/// A note for the corrected figures of authorities whose region or England has a figure as published.
pub(super) fn held_above(
    cube: &Cube<'_>,
    lines: &[Line],
    register: &Register,
    corrected: &FxHashSet<usize>,
) -> Result<Option<Finding>, Finding> {
    if corrected.is_empty() {
        return Ok(None);
    }
    let mut said: Vec<String> = Vec::new();
    let mut first: Option<usize> = None;
    for line in lines {
        for (at, step) in line.steps.iter().enumerate() {
            for place in cube.places.authorities() {
                let Some(row) = line.row(at, place).filter(|row| corrected.contains(row)) else { continue };
                let code = cube.words.la.word(row).parse().ok();
                let region =
                    code.and_then(|code| register.at(code, day(step.end))).and_then(|known| cube.region(&known.region));
                let above = region.into_iter().chain([ENGLAND]).filter_map(|place| line.row(at, place));
                let named: Vec<&str> = above
                    .filter(|row| !cube.values[*row].is_nan() && !corrected.contains(row))
                    .map(|row| cube.words.name.word(row))
                    .collect();
                if !named.is_empty() {
                    first = first.or(Some(row));
                    said.push(format!(
                        "{} (`{}`: {})",
                        about(cube.frame, row)?,
                        cube.words.measure.word(row),
                        named.join(", ")
                    ));
                }
            }
        }
    }
    let Some(row) = first else { return Ok(None) };
    let message =
        format!("corrected here and not in the totals above, which are shown as published: {}", said.join("; "));
    let help = "nothing to do; a total that is known to be wrong as well can have a `[[correction]]` of its own";
    Ok(Some(Finding::note("correction-not-above", message, help).at(place_of(cube.frame, row)?)))
}
