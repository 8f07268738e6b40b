//! Ranks: 1 is best by polarity, ties share the lowest number.
//!
//! In: one value an area. Out: one rank an area that has a value, and how many there were.
//! Why: "12th" means nothing without "of 148", and a missing figure must not move anyone.
//! Source: DfE LAIT, Fingertips and csranks agree on the minimum rank for ties. Leave abolished authorities out first.

use super::{Polarity, sorted_present};

/// Which rank tied values share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ties {
    /// The best of the places they take: 1, 2, 2, 4. What LAIT prints.
    #[default]
    Min,
    /// The last of the places: 1, 3, 3, 4.
    Max,
    /// The mean of the places: 1, 2.5, 2.5, 4.
    Average,
    /// No gaps: 1, 2, 2, 3.
    Dense,
}

/// Ranks of a set.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranks {
    /// One an area, in the order given; `None` where there is no value.
    pub ranks: Vec<Option<f64>>,
    /// How many areas were ranked.
    pub of: usize,
}

/// Ranks every area with a value, best first; all `None` where there is no polarity.
///
/// High: largest first. Low: smallest first. Missing and not-a-number values are not counted.
pub fn rank(values: &[Option<f64>], polarity: Polarity, ties: Ties) -> Ranks {
    let sign = match polarity {
        Polarity::High => -1.0,
        Polarity::Low => 1.0,
        Polarity::None => {
            return Ranks { ranks: vec![None; values.len()], of: 0 };
        }
    };
    let turned: Vec<Option<f64>> = values.iter().map(|v| v.filter(|v| v.is_finite()).map(|v| v * sign + 0.0)).collect();
    let sorted = sorted_present(&turned);
    let distinct = distinct(&sorted, ties);
    let ranks = turned.iter().map(|v| v.map(|v| place(&sorted, &distinct, v, ties))).collect();
    Ranks { ranks, of: sorted.len() }
}

/// Scratch space of [`rank_into`], kept from set to set.
#[derive(Debug, Default)]
pub struct Order(Vec<(i64, u32)>);

/// As [`rank`] with [`Ties::Min`], over values of which NaN is none, into `ranks` (0 for none); answers how many were ranked.
///
/// For tens of thousands of sets: nothing is allocated once the buffers have their size.
pub fn rank_into(values: &[f64], polarity: Polarity, order: &mut Order, ranks: &mut Vec<u16>) -> u16 {
    ranks.clear();
    ranks.resize(values.len(), 0);
    let sign = match polarity {
        Polarity::High => -1.0,
        Polarity::Low => 1.0,
        Polarity::None => return 0,
    };
    let order = &mut order.0;
    order.clear();
    let present = values.iter().zip(0..).filter(|(value, _)| value.is_finite());
    order.extend(present.map(|(value, place)| (sortable(value * sign + 0.0), place)));
    order.sort_unstable();
    let mut rank = 0;
    for (at, &(key, place)) in order.iter().enumerate() {
        if at == 0 || order[at - 1].0 != key {
            rank = u16::try_from(at + 1).unwrap_or(u16::MAX);
        }
        ranks[place as usize] = rank;
    }
    u16::try_from(order.len()).unwrap_or(u16::MAX)
}

/// A number as an integer that sorts as the number does.
fn sortable(value: f64) -> i64 {
    let bits = value.to_bits() as i64;
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

/// Ranks of present values from the smallest, in the order given.
pub fn rank_ascending(values: &[f64], ties: Ties) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let distinct = distinct(&sorted, ties);
    values.iter().map(|v| place(&sorted, &distinct, *v, ties)).collect()
}

fn distinct(sorted: &[f64], ties: Ties) -> Vec<f64> {
    let mut distinct = if ties == Ties::Dense { sorted.to_vec() } else { Vec::new() };
    distinct.dedup();
    distinct
}

fn place(sorted: &[f64], distinct: &[f64], v: f64, ties: Ties) -> f64 {
    let first = || (sorted.partition_point(|o| *o < v) + 1) as f64;
    let last = || sorted.partition_point(|o| *o <= v) as f64;
    match ties {
        Ties::Min => first(),
        Ties::Max => last(),
        Ties::Average => (first() + last()) / 2.0,
        Ties::Dense => (distinct.partition_point(|o| *o < v) + 1) as f64,
    }
}
