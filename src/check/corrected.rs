//! Figures that a `[[correction]]` put right, beside totals and newer releases that still hold what was wrong.
//!
//! In: the cells that were corrected. Out: their rows; a note that names the region and England; and a warning where a
//! newer release, which no correction is about, has the wrong figure again.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::accept::Accepted;
use super::cells::{about, place_of};
use super::cube::{Cube, ENGLAND, Group};
use super::lines::Line;
use crate::area::Register;
use crate::finding::{Finding, Place};
use crate::frame::Coded;
use crate::period::day;
use crate::pipeline::{Correction, Pipeline};
use crate::schema::column;
use crate::value::Symbols;

/// A row of the file that a correction changed: the column, and the number of the correction.
type Changed = (u32, usize);

/// The rows of the figures read from a row of a file that was corrected, each with what was changed in it.
pub(super) struct Corrected(BTreeMap<usize, Changed>);

impl Corrected {
    /// Finds them.
    ///
    /// # Errors
    /// A frame that lacks a column: a mistake in the program, said as a finding.
    pub fn of(cube: &Cube<'_>, cells: &[(Place, usize)]) -> Result<Corrected, Finding> {
        if cells.is_empty() {
            return Ok(Corrected(BTreeMap::new()));
        }
        let (file, row) = (cube.frame.get(column::File)?, cube.frame.get(column::Row)?);
        let known: BTreeMap<(Option<usize>, u32), Changed> = cells
            .iter()
            .map(|(cell, number)| {
                let key = (file.code(&cell.file), cell.row.unwrap_or_default());
                (key, (cell.column.unwrap_or_default(), *number))
            })
            .collect();
        let found = |at: usize| known.get(&(Some(file.codes.get(at)), row[at])).map(|changed| (at, *changed));
        Ok(Corrected((0..cube.frame.height()).filter_map(found).collect()))
    }

    /// The rows of the figures that stand in the corrected cells themselves.
    ///
    /// # Errors
    /// As [`Corrected::of`].
    pub fn rows(&self, cube: &Cube<'_>) -> Result<FxHashSet<usize>, Finding> {
        let column = cube.frame.get(column::Column)?;
        Ok(self.0.iter().filter(|(row, (at, _))| u32::from(column[**row]) == *at).map(|(row, _)| *row).collect())
    }

    /// A warning for each correction whose figure stands uncorrected in a newer release: the wrong one would be published
    /// again.
    ///
    /// # Errors
    /// As [`Corrected::of`].
    pub fn again(
        &self,
        pipeline: &Pipeline,
        cube: &Cube<'_>,
        accepted: &mut Accepted<'_>,
    ) -> Result<Vec<Finding>, Finding> {
        if self.0.is_empty() {
            return Ok(Vec::new());
        }
        let figures = Cells::of(cube)?;
        let mut again: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for group in &cube.groups {
            for place in 0..cube.places.len() {
                let Some((row, &(column, number))) = cube.row(group, place).and_then(|row| self.0.get_key_value(&row))
                else {
                    continue;
                };
                let Some(correction) = pipeline.corrections.get(number) else { continue };
                let newer = newer(cube, group).filter_map(|later| cube.row(later, place));
                let same = newer.filter(|newer| figures.are_wrong_again(*row, *newer, column, correction));
                let rows: Vec<usize> = same.filter(|newer| !accepted.holds(cube, *newer)).collect();
                again.entry(number).or_default().extend(rows);
            }
        }
        let said = again.into_iter().filter(|(_, rows)| !rows.is_empty());
        said.map(|(number, rows)| repeated(cube, &pipeline.corrections[number], &rows)).collect()
    }
}

/// The groups of the same figures in newer releases.
fn newer<'c>(cube: &'c Cube<'_>, group: &'c Group) -> impl Iterator<Item = &'c Group> {
    let same =
        move |other: &&Group| other.line() == group.line() && other.end == group.end && other.release > group.release;
    cube.groups.iter().filter(same)
}

/// What the cells of a figure say.
struct Cells<'a> {
    values: &'a [f64],
    counts: [&'a [f64]; 2],
    columns: &'a [u16],
    raw: Coded<'a>,
}

impl<'a> Cells<'a> {
    fn of(cube: &'a Cube<'_>) -> Result<Cells<'a>, Finding> {
        let frame = cube.frame;
        Ok(Cells {
            values: cube.values,
            counts: [frame.get(column::Numerator)?, frame.get(column::Denominator)?],
            columns: frame.get(column::Column)?,
            raw: frame.get(column::Raw)?,
        })
    }

    /// Whether the figure in row `newer` is what the one in `row` was before its cell in `column` was corrected.
    fn are_wrong_again(&self, row: usize, newer: usize, column: u32, correction: &Correction) -> bool {
        let number = |text: &str| Symbols::none().read(text).number();
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0);
        let is_cell = u32::from(self.columns[row]) == column;
        let Some(from) = number(&correction.from) else {
            let raw = self.raw.word(newer).trim();
            return is_cell && self.values[newer].is_nan() && raw == correction.from.trim();
        };
        let to = number(&correction.to);
        // The figure may be in another unit than the cell.
        let factor = to.filter(|to| *to != 0.0).map_or(1.0, |to| self.values[row] / to);
        let count = |counts: &&[f64]| to.is_some_and(|to| near(counts[row], to)) && near(counts[newer], from);
        (is_cell && near(self.values[newer], from * factor)) || self.counts.iter().any(count)
    }
}

/// That newer releases have in `rows` what `correction` puts right.
fn repeated(cube: &Cube<'_>, correction: &Correction, rows: &[usize]) -> Result<Finding, Finding> {
    let mut areas: Vec<String> = rows.iter().map(|&row| about(cube.frame, row)).collect::<Result<_, _>>()?;
    let mut releases: Vec<&str> = rows.iter().map(|&row| cube.words.release.word(row)).collect();
    areas.dedup();
    releases.sort_unstable();
    releases.dedup();
    let more = if areas.len() > NAMED { format!("; and {} more", areas.len() - NAMED) } else { String::new() };
    areas.truncate(NAMED);
    let release = releases.join(", ");
    let message = format!(
        "`{}` is corrected from `{}` to `{}` in release {}; release {release} has the wrong one again: {}{more}",
        correction.column,
        correction.from,
        correction.to,
        correction.release,
        areas.join("; ")
    );
    let help = format!(
        "if the publisher repeats the error, add a `[[correction]]` with `release = \"{release}\"` too; if the figure is right now, an `[[accept]]` with its reason says so"
    );
    let place = rows.first().map(|&row| place_of(cube.frame, row)).transpose()?;
    Ok(Finding::warning("correction-repeated", message, help).at(place.unwrap_or_default()))
}

/// Areas that a finding names.
const NAMED: usize = 8;

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
