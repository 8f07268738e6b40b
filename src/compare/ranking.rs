//! What is said of the authorities of one group whatever they are compared with: rank, and the interval of a figure.
//!
//! Buffers are kept from group to group: a run judges tens of thousands of them.

use super::Subject;
use super::groups::{Groups, NONE};
use crate::statistics::Interval;
use crate::statistics::difference::Ratio;
use crate::statistics::rank::{Order, rank_into};

/// The interval of a figure: Wilson for a percentage, exact or Byar's for a rate; none without counts, and none where the
/// cases counted are not independent of each other, for then counting does not tell how much is chance.
pub fn interval(subject: Subject, counts: Option<(f64, f64)>) -> Option<Interval> {
    let (x, n) = counts.filter(|_| subject.independent)?;
    subject.unit.quotient()?.interval(Ratio { x, n })
}

/// The figures and ranks of a group, one entry an authority, by place.
#[derive(Default)]
pub(super) struct Ranking {
    /// The authorities that have a row.
    pub here: Vec<u32>,
    /// Values, NaN for none.
    pub values: Vec<f64>,
    /// The values that are ranked and banded.
    pub ranked: Vec<f64>,
    /// Ranks, 0 for none.
    pub ranks: Vec<u16>,
    /// How many were ranked.
    pub of: u16,
    order: Order,
}

impl Ranking {
    /// Judges the authorities of `group`; those with a denominator below `minimum` are not ranked, and nobody is where all
    /// have one figure: an order needs two. Nobody is where figures are not `ranked` at all.
    pub fn judge(&mut self, groups: &Groups<'_>, group: usize, minimum: Option<f64>, ranked: bool) {
        let rows = groups.rows(group);
        self.here.clear();
        self.here.extend((0..rows.len() as u32).filter(|&place| rows[place as usize] != NONE));
        groups.values_into(group, &mut self.values);
        self.ranked.clone_from(&self.values);
        if let Some(minimum) = minimum {
            for (value, &row) in self.ranked.iter_mut().zip(rows) {
                if groups.counts(row).is_some_and(|(_, bottom)| bottom < minimum) {
                    *value = f64::NAN;
                }
            }
        }
        self.of = rank_into(&self.ranked, groups.subject(group).polarity, &mut self.order, &mut self.ranks);
        if !ranked || (self.of > 0 && self.ranks.iter().all(|&rank| rank <= 1)) {
            self.of = 0;
            self.ranks.fill(0);
            self.ranked.fill(f64::NAN);
        }
    }
}
