//! Two spellings of one year in a table: a return counted in January that writes `202324`, then `2025` and `January`.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Shared;
use super::assemble::Block;
use super::newest::{Keying, RowKey};
use crate::finding::{Finding, Place};
use crate::period::{Length, Period};
use crate::pipeline::Pipeline;

/// Months of a table whose periods all end on the day that the pipeline says are its years; those that the table has
/// under another spelling as well become one with it. A table that has other months too is one of months.
///
/// Answers what was found where one release has a figure under both spellings.
pub(super) fn settle(pipeline: &Pipeline, shared: &mut Shared, blocks: &mut [Block]) -> Option<Finding> {
    let ends = pipeline.period_ends?;
    let is_month = |period: &&mut Period| period.length == Length::MONTH;
    let mut months: Vec<&mut Period> = shared.periods.iter_mut().filter(is_month).collect();
    if months.is_empty() || !months.iter().all(|month| ends.is_on(month.end)) {
        return None;
    }
    months.iter_mut().for_each(|month| month.length = Length::YEAR);
    let places = shared.join_periods();
    let finding = twice(pipeline, shared, blocks, &places);
    for block in blocks {
        block.rows.period.iter_mut().for_each(|period| *period = places[*period as usize]);
    }
    finding
}

/// The first figure that one release has under two spellings of one period.
fn twice(pipeline: &Pipeline, shared: &Shared, blocks: &[Block], places: &[u32]) -> Option<Finding> {
    let keying = Keying::of(shared);
    let mut seen: FxHashMap<(u32, u32, RowKey), u32> = FxHashMap::default();
    let joined: FxHashSet<u32> =
        (0..places.len() as u32).filter(|&at| places[at as usize] != at).map(|at| places[at as usize]).collect();
    for block in blocks {
        for (at, &row) in block.rows.row.iter().enumerate() {
            let mut key = keying.key(&block.rows, at);
            key[0] = places[key[0] as usize];
            if !joined.contains(&key[0]) {
                continue;
            }
            let mut same =
                block.measured.iter().filter_map(|measured| seen.insert((block.release, measured.measure, key), row));
            if let Some(other) = same.next() {
                let message = format!(
                    "rows {} and {} are both about {}, which they write in two ways",
                    row.min(other),
                    row.max(other),
                    shared.periods[key[0] as usize]
                );
                let help = "leave one of them out with `drop`, or take `period_ends` out if the two are not the same";
                let (file, sheet) = block.source(at);
                let sheet = shared.sheet.word(sheet).to_owned();
                let place = Place { row: Some(row.max(other)), sheet, ..Place::file(shared.file.word(file)) };
                let finding = Finding::error("duplicate-key", message, help);
                return Some(finding.of(&pipeline.name, shared.release.word(block.release)).at(place));
            }
        }
    }
    None
}
