//! The counts of a table as one network: each once, whatever it is called and however often it is printed, with the sums
//! that readers can form.

use std::collections::BTreeMap;
use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::counted::Set;
use crate::statistics::suppression::{Linked, Standing, Sum};

/// What a count is known by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Identity {
    /// The records it counts, within one period.
    Records(String, Set),
    /// The words of the row and the name of the column.
    Named(Vec<String>),
}

/// The counts of a table and their sums.
#[derive(Default)]
pub(super) struct Network {
    pub figures: Vec<Linked>,
    pub sums: Vec<Sum>,
    /// Rows whose figure has no counts to judge it by.
    pub unprotected: Vec<usize>,
    known: FxHashMap<Identity, usize>,
    /// The rows that show a count, by the place of the count.
    shown: BTreeMap<usize, Vec<usize>>,
    /// The sums that are there, so that none stands twice.
    added: FxHashSet<(usize, Vec<usize>)>,
}

impl Network {
    /// The place of a count; one that is new is implied until a row shows it.
    pub fn count(&mut self, identity: Identity, count: u64) -> usize {
        let next = self.figures.len();
        let place = *self.known.entry(identity).or_insert(next);
        if place == next {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            self.figures.push(Linked { count, standing: Standing::Implied, total: false });
        }
        place
    }

    /// A count that has no name: what is left of another.
    pub fn nameless(&mut self, count: i64, standing: Standing) -> usize {
        self.figures.push(Linked { count, standing, total: false });
        self.figures.len() - 1
    }

    /// Says that a row shows the count at `place`.
    pub fn show(&mut self, place: usize, row: usize, total: bool) {
        self.shown.entry(place).or_default().push(row);
        let figure = &mut self.figures[place];
        figure.total |= total;
        if figure.standing == Standing::Implied {
            figure.standing = Standing::Printed;
        }
    }

    /// A whole and its parts; what they leave of it is a part that nobody prints.
    pub fn add_up(&mut self, whole: usize, mut parts: Vec<usize>) {
        parts.sort_unstable();
        parts.dedup();
        parts.retain(|part| *part != whole && self.figures[*part].count > 0);
        let sum: i64 = parts.iter().map(|&part| self.figures[part].count).sum();
        let left = self.figures[whole].count - sum;
        // Parts that overlap add up to nothing a reader could use.
        if parts.is_empty() || left < 0 {
            return;
        }
        if left > 0 {
            parts.push(self.nameless(left, Standing::Implied));
        }
        self.sum(whole, parts);
    }

    /// The same for sets of records that are counted within `records`: what the parts leave is a set too, and one figure with
    /// whatever else counts it.
    pub fn add_up_sets(&mut self, records: &str, whole: (usize, Set), parts: &[(usize, Set)]) {
        let mut parts: Vec<(usize, Set)> = parts.iter().copied().filter(|(place, _)| *place != whole.0).collect();
        parts.sort_unstable();
        parts.dedup();
        let together = parts.iter().fold(Set::default(), |all, (_, set)| all.and(*set));
        if parts.is_empty() || together.size > whole.1.size {
            return;
        }
        let left = whole.1.without(together);
        let mut places: Vec<usize> = parts.iter().map(|(place, _)| *place).collect();
        if left.size > 0 {
            places.push(self.count(Identity::Records(records.to_owned(), left), left.size));
        }
        self.sum(whole.0, places);
    }

    fn sum(&mut self, whole: usize, mut parts: Vec<usize>) {
        parts.sort_unstable();
        if self.added.insert((whole, parts.clone())) {
            self.sums.push(Sum { whole, parts });
        }
    }

    /// The counts that rows show, with those rows.
    pub fn shown(&self) -> impl Iterator<Item = (usize, &[usize])> {
        self.shown.iter().map(|(place, rows)| (*place, rows.as_slice()))
    }

    /// The counts that rows of `within` show, with those of their rows.
    pub fn shown_in(&self, within: &std::ops::Range<usize>) -> Vec<(usize, Vec<usize>)> {
        let of = |(place, rows): (usize, &[usize])| {
            let rows: Vec<usize> = rows.iter().copied().filter(|row| within.contains(row)).collect();
            (!rows.is_empty()).then_some((place, rows))
        };
        self.shown().filter_map(of).collect()
    }

    /// By row, whether it shows a hidden count, or one that nothing tells how to protect.
    pub fn hidden_rows(&self, height: usize, hidden: &[bool]) -> Vec<bool> {
        let mut gone = vec![false; height];
        let of_hidden = self.shown().filter(|(place, _)| hidden[*place]).flat_map(|(_, rows)| rows.iter().copied());
        for row in of_hidden.chain(self.unprotected.iter().copied()) {
            gone[row] = true;
        }
        gone
    }
}
