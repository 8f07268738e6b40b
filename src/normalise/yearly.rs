//! Two spellings of one year in a table: a return counted in January that writes `202324`, then `2025` and `January`.

use rustc_hash::FxHashSet;

use super::Shared;
use super::assemble::Block;
use super::newest::{Keying, RowKey};
use crate::finding::{Finding, Place};
use crate::period::Length;
use crate::pipeline::Pipeline;

/// Months of a table whose periods all end on the day that the pipeline says are its years; those that the table has
/// under another spelling as well become one with it. A table that has other months too is one of months.
///
/// Answers the findings where one release has a figure under both spellings.
pub(super) fn settle(pipeline: &Pipeline, shared: &mut Shared, blocks: &mut [Block]) -> Vec<Finding> {
    let Some(ends) = pipeline.period_ends else { return Vec::new() };
    let mut months = shared.periods.iter_mut().filter(|period| period.length == Length::MONTH).peekable();
    if months.peek().is_none() {
        return Vec::new();
    }
    let mut months: Vec<_> = months.collect();
    if !months.iter().all(|month| ends.is_on(month.end)) {
        return Vec::new();
    }
    months.iter_mut().for_each(|month| month.length = Length::YEAR);
    let places = shared.join_periods();
    let findings = twice(pipeline, shared, blocks, &places);
    for block in blocks {
        block.rows.period.iter_mut().for_each(|period| *period = places[*period as usize]);
    }
    findings
}

/// Figures that one release has under two spellings of one period.
fn twice(pipeline: &Pipeline, shared: &Shared, blocks: &[Block], places: &[u32]) -> Vec<Finding> {
    let keying = Keying::of(shared);
    let mut seen: FxHashSet<(u32, u32, RowKey)> = FxHashSet::default();
    let joined: FxHashSet<u32> =
        (0..places.len() as u32).filter(|&at| places[at as usize] != at).map(|at| places[at as usize]).collect();
    let mut findings: Vec<Finding> = Vec::new();
    for block in blocks {
        for row in 0..block.rows.row.len() {
            let mut key = keying.key(&block.rows, row);
            key[0] = places[key[0] as usize];
            if !joined.contains(&key[0]) || !findings.is_empty() {
                continue;
            }
            let again = block.measured.iter().any(|measured| !seen.insert((block.release, measured.measure, key)));
            if again {
                let message = format!(
                    "the release writes {} in two ways, and row {} has a figure under both",
                    shared.periods[key[0] as usize], block.rows.row[row]
                );
                let help = "leave one of them out with `drop`, or take `period_ends` out if the two are not the same";
                let place = Place {
                    row: Some(block.rows.row[row]),
                    sheet: shared.sheet.word(block.sheet).to_owned(),
                    ..Place::file(shared.file.word(block.file))
                };
                let release = shared.release.word(block.release);
                findings.push(Finding::error("duplicate-key", message, help).of(&pipeline.name, release).at(place));
            }
        }
    }
    findings
}
