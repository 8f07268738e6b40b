//! Placing labels so that none covers another.
//!
//! In: where each label would like to be and how large it is. Out: where it goes.

use super::scene::{Point, overlap};

/// Moves labels of given heights apart along one line, each as near as can be to where it wants its middle.
///
/// Labels keep their order. Returns the middles, all within `low..high` where the heights allow it.
pub fn spread(wanted: &[(f64, f64)], low: f64, high: f64) -> Vec<f64> {
    struct Run {
        members: Vec<usize>,
        height: f64,
        middle: f64,
    }
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].0.total_cmp(&wanted[*b].0));
    let fit = |middle: f64, height: f64| middle.min(high - height / 2.0).max(low + height / 2.0);
    let mut runs: Vec<Run> = Vec::new();
    for at in order {
        let (middle, height) = wanted[at];
        let mut run = Run { members: vec![at], height, middle: fit(middle, height) };
        while let Some(above) = runs.pop_if(|above| above.middle + above.height / 2.0 > run.middle - run.height / 2.0) {
            let share = above.members.len() as f64 / (above.members.len() + run.members.len()) as f64;
            let height = above.height + run.height;
            let middle = fit(above.middle * share + run.middle * (1.0 - share), height);
            run = Run { members: [above.members, run.members].concat(), height, middle };
        }
        runs.push(run);
    }
    let mut middles = vec![0.0; wanted.len()];
    for run in runs {
        let mut top = run.middle - run.height / 2.0;
        for member in run.members {
            middles[member] = top + wanted[member].1 / 2.0;
            top += wanted[member].1;
        }
    }
    middles
}

/// Boxes already taken, for labels that may go anywhere near their point.
#[derive(Default)]
pub struct Taken {
    marks: Vec<[i32; 4]>,
    labels: Vec<[i32; 4]>,
}

impl Taken {
    /// Notes the box (left, top, right, bottom) of a mark.
    pub fn mark(&mut self, sides: [i32; 4]) {
        self.marks.push(sides);
    }

    /// Finds room for a label of `(width, height)` near a point, inside `bounds`, and takes it.
    ///
    /// Tries right, left, above, below, then ever farther; nothing where all of that is taken. No two labels ever
    /// overlap; marks are covered only where `over` allows it.
    pub fn place(&mut self, at: Point, size: Point, away: i32, bounds: [i32; 4], over: bool) -> Option<[i32; 4]> {
        let apart = |boxes: &[[i32; 4]], sides: &[i32; 4]| boxes.iter().all(|taken| !overlap(taken, sides));
        let inside = |sides: &[i32; 4]| {
            sides[0] >= bounds[0] && sides[1] >= bounds[1] && sides[2] <= bounds[2] && sides[3] <= bounds[3]
        };
        let mut near = (1..=10).flat_map(|ring| candidates(at, size, away * ring));
        let found =
            near.find(|sides| inside(sides) && apart(&self.labels, sides) && (over || apart(&self.marks, sides)))?;
        self.labels.push(found);
        Some(found)
    }
}

/// The eight boxes around a point at a distance.
fn candidates((x, y): Point, (width, height): Point, reach: i32) -> [[i32; 4]; 8] {
    let corners = [
        (x + reach, y - height / 2),
        (x - reach - width, y - height / 2),
        (x + reach / 2, y - reach - height),
        (x + reach / 2, y + reach),
        (x - reach / 2 - width, y - reach - height),
        (x - reach / 2 - width, y + reach),
        (x - width / 2, y - reach - height),
        (x - width / 2, y + reach),
    ];
    corners.map(|(left, top)| [left, top, left + width, top + height])
}
