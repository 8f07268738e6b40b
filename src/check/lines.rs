//! The latest figures of each measure and breakdown over time, area by area.
//!
//! In: the cube. Out: one `Line` a measure, breakdown and cadence: a step a period, a row and a value an area.

use polars_arrow::bitmap::Bitmap;
use rustc_hash::FxHashMap;

use super::cube::{Cube, Group, NONE};
use crate::finding::Finding;
use crate::pipeline::{Measure, Unit};
use crate::schema::{TOTAL, column};

/// One period of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    /// Its last day.
    pub end: i32,
    /// The group of the newest release that has it.
    pub group: Group,
}

/// One measure and breakdown over time.
pub(super) struct Line {
    pub measure: usize,
    pub topic: usize,
    pub breakdown: usize,
    pub cadence: usize,
    pub unit: Unit,
    /// Whether it is the whole of the measure, or what stands for it: a measure without a total stands for itself, and so
    /// does every breakdown where England is the only area.
    pub whole: bool,
    /// Oldest first.
    pub steps: Vec<Step>,
    /// The steps and places of figures of authorities that were not open.
    pub outside: Vec<(usize, usize)>,
    /// By step and place, the row of the latest figure.
    rows: Vec<u32>,
    /// By step and place, the latest figure; NaN where there is none, or one of an authority that was not open.
    values: Vec<f64>,
    width: usize,
}

impl Line {
    /// The row of `place` at `step`.
    pub fn row(&self, step: usize, place: usize) -> Option<usize> {
        let row = self.rows[step * self.width + place];
        (row != NONE).then_some(row as usize)
    }

    /// The value of `place` at `step`, NaN for none.
    pub fn value(&self, step: usize, place: usize) -> f64 {
        self.values[step * self.width + place]
    }

    /// The values at `step`, by place.
    pub fn at(&self, step: usize) -> &[f64] {
        &self.values[step * self.width..(step + 1) * self.width]
    }

    /// The number of the last step.
    pub fn last(&self) -> usize {
        self.steps.len() - 1
    }
}

/// The lines of a table in the order of measure, topic and breakdown.
///
/// # Errors
/// A frame that lacks a column: a mistake in the program, said as a finding.
pub(super) fn lines(cube: &Cube<'_>, measures: &[Option<&Measure>]) -> Result<Vec<Line>, Finding> {
    let latest = cube.frame.get(column::Latest)?;
    let outside = cube.outside();
    let groups = cube.groups.chunk_by(|a, b| a.line() == b.line());
    let mut lines: Vec<Line> = groups.map(|groups| line(cube, groups, &latest, &outside)).collect();
    lines.retain(|line| !line.steps.is_empty());
    let total = cube.words.topic.code(TOTAL);
    let stands_in = |line: &Line| {
        let wanted = measures[line.measure].map_or("", |measure| measure.breakdown.as_str());
        wanted.split_once('=') == Some((cube.words.topic.words[line.topic], cube.words.breakdown.words[line.breakdown]))
    };
    let mut has_whole: FxHashMap<usize, bool> = FxHashMap::default();
    for line in &mut lines {
        line.whole = Some(line.topic) == total || stands_in(line);
        *has_whole.entry(line.measure).or_default() |= line.whole;
    }
    for line in &mut lines {
        line.whole |= cube.places.is_national() || !has_whole[&line.measure];
    }
    Ok(lines)
}

fn line(cube: &Cube<'_>, groups: &[Group], latest: &Bitmap, outside: &[bool]) -> Line {
    let first = groups[0];
    let width = cube.places.len();
    let mut line = Line {
        measure: first.measure,
        topic: first.topic,
        breakdown: first.breakdown,
        cadence: first.cadence,
        unit: cube.unit(&first),
        whole: false,
        steps: Vec::new(),
        outside: Vec::new(),
        rows: Vec::new(),
        values: Vec::new(),
        width,
    };
    for period in groups.chunk_by(|a, b| a.end == b.end) {
        let from = line.rows.len();
        line.rows.resize(from + width, NONE);
        line.values.resize(from + width, f64::NAN);
        let mut step: Option<Group> = None;
        for group in period {
            for place in 0..width {
                let Some(row) = cube.row(group, place).filter(|&row| latest.get_bit(row)) else { continue };
                line.rows[from + place] = row as u32;
                let is_outside = outside[cube.words.status.codes.get(row)];
                line.values[from + place] = if is_outside { f64::NAN } else { cube.values[row] };
                if is_outside {
                    line.outside.push((line.steps.len(), place));
                }
                step = Some(*group);
            }
        }
        match step {
            Some(group) => line.steps.push(Step { end: group.end, group }),
            None => {
                line.rows.truncate(from);
                line.values.truncate(from);
            }
        }
    }
    line
}
