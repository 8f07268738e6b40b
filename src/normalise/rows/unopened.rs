//! Rows of authorities that were not open at the end of the period: kept where they hold a figure, else left out by rule.
//!
//! In: the keyed rows of a group of measures. Out: those that stay. Publishers print rows of marks, or of 0, for
//! predecessors and successors in every period; a figure among them is back-cast, or what is left.

use rustc_hash::{FxHashMap, FxHashSet};

use super::key::{Fate, Keyed, Keys};
use crate::normalise::geography::OUTSIDE_LIFE;
use crate::normalise::map::Group;
use crate::value::Cell;

impl Keys<'_> {
    /// Takes out the rows of authorities that were not open and have no figure then, or nothing but 0: publishers print
    /// such rows for everybody.
    pub(super) fn leave_out_unopened(&mut self, keyed: &mut Vec<Keyed>, group: &Group) {
        let outside = |key: &&Keyed| key.place.outside.is_some();
        let largest: FxHashMap<(u32, u32), f64> = keyed
            .iter()
            .filter(outside)
            .filter_map(|key| Some(((key.row, key.variant), self.largest(key, group)?)))
            .collect();
        let with_figures: FxHashSet<u32> = keyed
            .iter()
            .filter(outside)
            .filter(|key| largest.get(&(key.row, key.variant)).is_some_and(|number| *number > 0.0))
            .map(|key| key.place.la)
            .collect();
        keyed.retain(|key| {
            if key.place.outside.is_none() {
                return true;
            }
            let kept = !self.map.feeds_neighbours
                && with_figures.contains(&key.place.la)
                && largest.contains_key(&(key.row, key.variant));
            let row = key.row as usize;
            if kept {
                self.settle(row, Fate::Loaded);
            } else if self.fate[row] == Fate::Unseen {
                self.fate[row] = Fate::LeftOut(OUTSIDE_LIFE);
            }
            kept
        });
    }

    /// The largest number, whatever its sign, in the cells of a row that the measures of `group` are read from; none where
    /// there is none, or where one of them cannot be read: such rows are fillings of a sheet.
    fn largest(&self, key: &Keyed, group: &Group) -> Option<f64> {
        let mut largest = None;
        for columns in &group.measures {
            // Where words stand for numbers a cell that is no number is nothing unread.
            let is_worded = self.map.measures.get(&columns.name).is_some_and(|measure| !measure.values.is_empty());
            let parts = [&columns.value, &columns.numerator, &columns.denominator].into_iter().flatten();
            let sources = parts.filter_map(|sources| sources.get(key.variant as usize));
            for &column in sources.flat_map(|source| &source.columns) {
                match self.map.symbols.read(self.cells.text(key.row as usize, column)) {
                    Cell::Unknown if !is_worded => return None,
                    cell => largest = cell.number().map(f64::abs).into_iter().chain(largest).reduce(f64::max),
                }
            }
        }
        largest
    }
}
