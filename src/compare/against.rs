//! The figure of one comparator for one authority, and what the choice of average or of set does to it.

use super::groups::{Groups, NONE};
use super::sets::Members;
use crate::statistics::average::choice_flips;
use crate::statistics::mean::mean;
use crate::statistics::quantile::percentile;

/// A comparator's figure.
#[derive(Clone, Copy)]
pub(super) struct Against {
    pub value: f64,
    /// The row it is printed in, or none.
    pub row: u32,
    pub used: u16,
    pub members: u16,
}

impl Against {
    fn published(groups: &Groups<'_>, row: u32) -> Against {
        let value = groups.published(row);
        Against { value, row, used: u16::from(value.is_finite()), members: 1 }
    }

    /// The comparator's figure in `group`, whose authorities have `values`; `present` is left holding the members' values.
    pub fn of(groups: &Groups<'_>, group: usize, values: &[f64], members: &Members, present: &mut Vec<f64>) -> Against {
        match members {
            Members::England => Against::published(groups, groups.england[group]),
            Members::Region(regions) => {
                let rows = regions.iter().map(|&region| groups.regions[region].1[group]);
                Against::published(groups, rows.into_iter().find(|&row| row != NONE).unwrap_or(NONE))
            }
            Members::One(place) => Against::published(groups, groups.rows(group)[*place]),
            Members::List { places, size, .. } => {
                present.clear();
                present.extend(places.iter().map(|&place| values[place]).filter(|value| value.is_finite()));
                let value = mean(present).unwrap_or(f64::NAN);
                Against { value, row: NONE, used: present.len() as u16, members: *size as u16 }
            }
            Members::Nobody => Against { value: f64::NAN, row: NONE, used: 0, members: 0 },
        }
    }
}

/// Other averages of a list, the mean with one member left out, and what turns above into below; NaN for none.
#[derive(Clone, Copy)]
pub(super) struct Alternatives {
    pub median: f64,
    pub pooled: f64,
    pub without_lower: f64,
    pub without_upper: f64,
    /// As in `words::FLIPS`.
    pub flips: u8,
}

impl Alternatives {
    /// What there is to say of a comparator that is no list.
    pub const NONE: Alternatives =
        Alternatives { median: f64::NAN, pooled: f64::NAN, without_lower: f64::NAN, without_upper: f64::NAN, flips: 0 };

    /// The alternatives to the mean of `present`, the values of the list `members`; `present` is left sorted.
    pub fn of(
        value: f64,
        mean: f64,
        present: &mut [f64],
        members: &Members,
        values: &[f64],
        counts: &[Option<(f64, f64)>],
        multiplier: Option<f64>,
    ) -> Alternatives {
        let Members::List { places, others, .. } = members else { return Alternatives::NONE };
        present.sort_unstable_by(f64::total_cmp);
        let mut found = Alternatives::NONE;
        found.median = percentile(present, 0.5).unwrap_or(f64::NAN);
        found.pooled = multiplier.map_or(f64::NAN, |multiplier| pooled(places, counts, multiplier));
        if let [first, .., last] = &*present {
            let (total, rest) = (present.iter().sum::<f64>(), present.len() as f64 - 1.0);
            (found.without_lower, found.without_upper) = ((total - *last) / rest, (total - *first) / rest);
        }
        if value.is_finite() {
            let average = choice_flips(value, &[mean, found.median, found.pooled].map(finite));
            let set = others.iter().any(|places| choice_flips(value, &[mean, mean_at(places, values)].map(finite)));
            found.flips = match (average, set) {
                (false, false) => 0,
                (true, false) => 1,
                (true, true) => 2,
                (false, true) => 3,
            };
        }
        found
    }
}

fn finite(value: f64) -> Option<f64> {
    Some(value).filter(|value| value.is_finite())
}

/// Sum of numerators over sum of denominators of the members that have both; NaN with fewer than two.
fn pooled(places: &[usize], counts: &[Option<(f64, f64)>], multiplier: f64) -> f64 {
    let (mut top, mut bottom, mut used) = (0.0, 0.0, 0);
    for (x, n) in places.iter().filter_map(|&place| counts[place]) {
        (top, bottom, used) = (top + x, bottom + n, used + 1);
    }
    if used < 2 { f64::NAN } else { top / bottom * multiplier }
}

/// The mean of the values at `places`; NaN where none has one.
fn mean_at(places: &[usize], values: &[f64]) -> f64 {
    let (mut sum, mut used) = (0.0, 0.0);
    for value in places.iter().map(|&place| values[place]).filter(|value| value.is_finite()) {
        (sum, used) = (sum + value, used + 1.0);
    }
    sum / used
}
