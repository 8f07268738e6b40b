//! A table and its totals as one grid, and what has to be hidden in it so that nothing can be worked out.
//!
//! In: counts, and which are small. Out: the grid with enough figures hidden.
//! The table with its totals is one grid in which every row and every column balances (cells less total = 0). Take the
//! rows and columns as points and each hidden figure as a line between two of them: a hidden figure can be worked out
//! exactly when no closed path of hidden figures runs through it. So figures are hidden until each lies on a closed
//! path round which one can be added and taken away. "Taken away" needs a figure above 1, because a reader knows that
//! hidden figures are at least 1 (a published 0 is a true 0 and stays).

use super::{Published, SmallNumbers};
use std::collections::VecDeque;

/// A table with its totals as last row and last column; which figures are hidden so far.
pub(super) struct Grid {
    figures: Vec<Vec<u64>>,
    hidden: Vec<Vec<bool>>,
}

/// A step of a closed path along one figure: from its row to its column, or back.
type Steps = Vec<(usize, usize)>;

impl Grid {
    /// The counts with their totals, small figures hidden, totals included.
    pub(super) fn with_totals(counts: &[Vec<u64>], small: SmallNumbers) -> Self {
        let mut figures: Vec<Vec<u64>> = counts.to_vec();
        for row in &mut figures {
            row.push(row.iter().sum());
        }
        let totals = (0..figures[0].len()).map(|c| figures.iter().map(|row| row[c]).sum()).collect();
        figures.push(totals);
        let hidden = figures.iter().map(|row| row.iter().map(|v| *v > 0 && small.hides(*v)).collect()).collect();
        Self { figures, hidden }
    }

    fn is_total(&self, row: usize, column: usize) -> bool {
        (row + 1 == self.figures.len()) != (column + 1 == self.figures[0].len())
    }

    /// A hidden figure that the published ones give away.
    pub(super) fn first_exposed(&self) -> Option<(usize, usize)> {
        let columns = self.figures[0].len();
        let places = (0..self.figures.len()).flat_map(|r| (0..columns).map(move |c| (r, c)));
        places
            .filter(|(r, c)| self.hidden[*r][*c])
            .find(|(r, c)| ![true, false].iter().any(|up| self.path(*r, *c, *up).is_some_and(|(cost, _)| cost == 0)))
    }

    /// Hides the cheapest figures that put this one on a closed path; false if there is none.
    pub(super) fn cover(&mut self, row: usize, column: usize) -> bool {
        let paths = [true, false].map(|up| self.path(row, column, up));
        let Some((_, steps)) = paths.into_iter().flatten().min_by_key(|(cost, _)| *cost) else {
            return false;
        };
        for (r, c) in steps {
            self.hidden[r][c] = true;
        }
        true
    }

    /// Cheapest way back from the figure's far end to its near end, the figure itself moving `up` or down by one.
    ///
    /// Points are rows, then columns. Walking a figure from row to column adds one to it, from column to row takes one
    /// (the other way round for row and column totals, whose sign in the balance is opposite).
    fn path(&self, row: usize, column: usize, up: bool) -> Option<(u64, Steps)> {
        let rows = self.figures.len();
        if !self.can_move(row, column, up) {
            return None;
        }
        let forward = up != self.is_total(row, column);
        let (start, end) = if forward { (rows + column, row) } else { (row, rows + column) };
        let points = rows + self.figures[0].len();
        let mut best: Vec<Option<(u64, usize)>> = vec![None; points];
        best[start] = Some((0, start));
        let mut queue = VecDeque::from([start]);
        while let Some(from) = queue.pop_front() {
            let Some((cost, _)) = best[from] else {
                continue;
            };
            let others = if from < rows { rows..points } else { 0..rows };
            for to in others {
                let (r, c) = if from < rows { (from, to - rows) } else { (to, from - rows) };
                if (r, c) == (row, column) || !self.can_move(r, c, (from < rows) != self.is_total(r, c)) {
                    continue;
                }
                let reached = cost + self.price(r, c);
                if best[to].is_none_or(|(known, _)| reached < known) {
                    best[to] = Some((reached, from));
                    queue.push_back(to);
                }
            }
        }
        best[end].map(|(cost, _)| (cost, walk_back(&best, rows, start, end)))
    }

    /// Whether a reader must think it possible that this figure is one more or one less: zeros are known, and 1 is least.
    fn can_move(&self, row: usize, column: usize, up: bool) -> bool {
        let figure = self.figures[row][column];
        figure > 1 || (up && figure == 1)
    }

    /// What hiding a figure costs: nothing if it is hidden, little for small cells, much for totals.
    fn price(&self, row: usize, column: usize) -> u64 {
        if self.hidden[row][column] {
            return 0;
        }
        let edges = u64::from(row + 1 == self.figures.len()) + u64::from(column + 1 == self.figures[0].len());
        let all = self.figures.last().and_then(|r| r.last()).copied().unwrap_or(0);
        1 + self.figures[row][column] + edges * (all + 1) * (self.figures.len() + self.figures[0].len()) as u64
    }

    /// Every figure as it may be printed.
    pub(super) fn published(&self, small: SmallNumbers) -> Vec<Vec<Published>> {
        let cell = |(v, h): (&u64, &bool)| {
            if *h { Published::Hidden } else { small.show(*v) }
        };
        self.figures.iter().zip(&self.hidden).map(|(v, h)| v.iter().zip(h).map(cell).collect()).collect()
    }
}

fn walk_back(best: &[Option<(u64, usize)>], rows: usize, start: usize, end: usize) -> Steps {
    let mut steps = Steps::new();
    let mut at = end;
    while at != start {
        let Some((_, from)) = best[at] else { break };
        steps.push(if at < rows { (at, from - rows) } else { (from, at - rows) });
        at = from;
    }
    steps
}
