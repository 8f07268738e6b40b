//! What all figures of a measure did from one period to the next.
//!
//! In: the lines of one measure. Out: one `Move` a pair of periods that follow each other: authorities where there are
//! enough of them, else every area and breakdown. Changes across a declared break are no moves.

use std::collections::BTreeMap;

use super::cube::Cube;
use super::lines::Line;
use super::past::median;
use crate::period::Breaks;
use crate::pipeline::Unit;

/// Figures that must move before they tell something of all.
pub(super) const ENOUGH: usize = 10;

/// One figure in two periods, by row, and its change on the log scale.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moved {
    pub old: usize,
    pub new: usize,
    pub change: f64,
    authority: bool,
}

/// Every figure that stands in two periods.
pub(super) struct Move {
    /// The last days of the two periods.
    pub ends: (i32, i32),
    pub moved: Vec<Moved>,
    /// Whether no later period is there.
    pub newest: bool,
}

impl Move {
    /// Median change on the log scale.
    pub fn middle(&self) -> f64 {
        median(&mut self.moved.iter().map(|moved| moved.change).collect::<Vec<f64>>())
    }

    /// Median absolute deviation of the changes.
    pub fn spread(&self) -> f64 {
        let middle = self.middle();
        median(&mut self.moved.iter().map(|moved| (moved.change - middle).abs()).collect::<Vec<f64>>())
    }
}

/// Counts smaller than this leap by chance.
const SMALL: f64 = 20.0;

/// The moves of one measure with enough figures in them, by period.
pub(super) fn moves(cube: &Cube<'_>, lines: &[&Line], breaks: &Breaks<'_>) -> Vec<Move> {
    let mut found: BTreeMap<(i32, i32), Vec<Moved>> = BTreeMap::new();
    let newest = lines.iter().filter_map(|line| line.steps.last().map(|step| step.end)).max();
    for line in lines.iter().filter(|line| !matches!(line.unit, Unit::Code | Unit::Grade)) {
        let least = if line.unit == Unit::Number { SMALL } else { 0.0 };
        for (old, pair) in line.steps.windows(2).enumerate() {
            let ends = (pair[0].end, pair[1].end);
            let name = cube.words.measure.words[line.measure];
            if breaks.between(name, ends.0, ends.1).is_some() {
                continue;
            }
            let slot = found.entry(ends).or_default();
            for place in 0..cube.places.len() {
                let (a, b) = (line.value(old, place), line.value(old + 1, place));
                // A figure that became nothing moved as far as can be.
                if !(a > 0.0 && b >= 0.0) || a.max(b) < least {
                    continue;
                }
                if let (Some(from), Some(to)) = (line.row(old, place), line.row(old + 1, place)) {
                    let change = (b.max(a * 1e-6) / a).ln();
                    slot.push(Moved {
                        old: from,
                        new: to,
                        change,
                        authority: cube.places.authorities().contains(&place),
                    });
                }
            }
        }
    }
    let moves = found.into_iter().map(|(ends, mut moved)| {
        if moved.iter().filter(|moved| moved.authority).count() >= 2 * ENOUGH {
            moved.retain(|moved| moved.authority);
        }
        Move { ends, moved, newest: Some(ends.1) == newest }
    });
    moves.filter(|all| all.moved.len() >= ENOUGH).collect()
}
