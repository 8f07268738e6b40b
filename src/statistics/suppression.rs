//! Suppression of small numbers in what we publish: one-way lists by the DfE's rule, tables by our own.
//!
//! In: whole counts. Out: the same counts, some hidden. Why: a published 1 to 5 can name a child, and a hidden cell
//! that a total gives back was never hidden. [`dfe_rule`] is the department's published rule with its cap of 20, which
//! can leave a cell recoverable; [`protect_table`] is our default: no cap, totals included, safe against subtraction.
//! Totals may be hidden too. A published 0 is a true 0 and stays.

mod attack;
mod grid;
mod linked;

use serde::Deserialize;

use super::rounding::round_to_nearest;
use grid::Grid;

pub use attack::{Known, given_away};
pub use linked::{Linked, Standing, Sum, protect_linked};

/// A published figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Published {
    /// Shown, rounded if a base was asked for.
    Shown(u64),
    /// Hidden, printed as `c`; null in arithmetic, and so is every figure derived from it.
    Hidden,
}

/// Which counts are hidden, and to what the others are rounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SmallNumbers {
    /// Smallest count hidden (1: zeros are shown; our own tables show them in any case).
    pub from: u64,
    /// Largest count hidden.
    pub to: u64,
    /// Shown counts are rounded to the nearest multiple of this; 1 leaves them.
    #[serde(rename = "round")]
    pub base: u64,
}

impl Default for SmallNumbers {
    /// 1 to 5 hidden, the rest as counted.
    fn default() -> Self {
        Self { from: 1, to: 5, base: 1 }
    }
}

impl SmallNumbers {
    /// Whether a count is hidden for its own sake.
    pub fn hides(&self, count: u64) -> bool {
        (self.from..=self.to).contains(&count)
    }

    fn show(&self, count: u64) -> Published {
        Published::Shown(round_to_nearest(count as f64, self.base as f64) as u64)
    }
}

/// The DfE's rule (Hansard, 8 January 2008, 174305): hide `from` to `to`; if exactly one figure is hidden, hide the
/// next smallest above it too, but only if it is below `cap` (20). Zeros stay. For lists without a published total.
pub fn dfe_rule(counts: &[u64], small: SmallNumbers, cap: u64) -> Vec<Published> {
    let mut hidden: Vec<bool> = counts.iter().map(|c| small.hides(*c)).collect();
    if hidden.iter().filter(|h| **h).count() == 1 {
        let next = (0..counts.len()).filter(|i| counts[*i] > small.to && counts[*i] < cap).min_by_key(|i| counts[*i]);
        if let Some(next) = next {
            hidden[next] = true;
        }
    }
    counts.iter().zip(hidden).map(|(c, h)| if h { Published::Hidden } else { small.show(*c) }).collect()
}

/// A table as published, with its totals.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProtectedTable {
    /// The cells, row by row.
    pub cells: Vec<Vec<Published>>,
    /// Total of each row.
    pub row_totals: Vec<Published>,
    /// Total of each column.
    pub column_totals: Vec<Published>,
    /// Total of all.
    pub total: Published,
}

/// Our publishing default for a two-way table with all its totals. `None` for an empty or ragged table.
///
/// No hidden figure can be recovered by subtracting published ones, whatever is combined with what.
pub fn protect_table(counts: &[Vec<u64>], small: SmallNumbers) -> Option<ProtectedTable> {
    let width = counts.first().map(Vec::len).filter(|w| *w > 0)?;
    if counts.iter().any(|row| row.len() != width) {
        return None;
    }
    let mut grid = Grid::with_totals(counts, small);
    // Ends at the latest when all that is not 0 is hidden: the figure's own totals always close a path.
    while grid.first_exposed().is_some_and(|(row, column)| grid.cover(row, column)) {}
    let published = grid.published(small);
    let (body, totals) = published.split_at(counts.len());
    Some(ProtectedTable {
        cells: body.iter().map(|row| row[..width].to_vec()).collect(),
        row_totals: body.iter().map(|row| row[width]).collect(),
        column_totals: totals[0][..width].to_vec(),
        total: totals[0][width],
    })
}

/// Our publishing default for a list with its total: the cells, and the total. `None` for an empty list.
pub fn protect_list(counts: &[u64], small: SmallNumbers) -> Option<(Vec<Published>, Published)> {
    let mut table = protect_table(&[counts.to_vec()], small)?;
    // A list is one row: its column totals repeat the cells and are not printed, so a cell hidden there is hidden here.
    let also = |(cell, total): (Published, &Published)| {
        if *total == Published::Hidden { Published::Hidden } else { cell }
    };
    let cells = table.cells.remove(0).into_iter().zip(&table.column_totals).map(also).collect();
    let total = if table.total == Published::Hidden { table.total } else { table.row_totals[0] };
    Some((cells, total))
}
