//! One authority at a time: its figure, its standing and what it is compared with, for a table side by side.
//!
//! Here an authority that was asked for is never dropped: without a row it has a figure that says so.

use super::against::{Against as Plain, Alternatives};
use super::detail::{Detail, beyond_chance, smallest};
use super::emit::Comparison;
use super::groups::NONE;
use super::ranking::Ranking;
use super::sets::one;
use super::{Average, Comparator, words};
use crate::area::LaCode;
use crate::reading::{Missing, Seen};
use crate::series::{Against, Standing, When};

/// A period of a breakdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreakdownPeriod<'a> {
    /// Its number in the comparison.
    pub group: usize,
    /// The period.
    pub when: When<'a>,
}

fn finite(value: f64) -> Option<f64> {
    Some(value).filter(|value| value.is_finite())
}

impl<'a> Comparison<'a> {
    /// The periods of the table, in order of measure, period and breakdown.
    pub fn moments(&self) -> Vec<BreakdownPeriod<'a>> {
        let moment = |&group: &u32| {
            let group = group as usize;
            let [_, period, identifier, _, _] = self.groups.keys[group];
            let (code, identifier) =
                (self.groups.periods[period as usize], self.groups.identifiers[identifier as usize]);
            BreakdownPeriod { group, when: When { key: self.groups.when[group], code, identifier } }
        };
        self.order.iter().map(moment).collect()
    }

    /// The authorities of the table, by code.
    pub fn authorities(&self) -> &[LaCode] {
        &self.groups.authorities
    }

    /// The group a year before without a break between.
    pub fn before(&self, group: usize) -> Option<usize> {
        self.changes.before(group)
    }

    /// The earliest group of the unbroken years that end in `group`.
    pub fn first_of_series(&self, group: usize) -> usize {
        self.changes.back(group).last().unwrap_or(group)
    }

    /// Why `group` has no change; empty where it has one.
    pub fn change_note(&self, group: usize) -> String {
        words::note(&self.changes.previous[group])
    }

    /// The figure of an authority; without a row it has one that says so.
    pub fn figure(&self, group: usize, code: LaCode) -> Seen {
        self.figure_of(group, self.row_of(group, code))
    }

    /// The row of the observations that an authority's figure is in.
    pub fn row(&self, group: usize, code: LaCode) -> Option<usize> {
        Some(self.row_of(group, code)).filter(|row| *row != NONE).map(|row| row as usize)
    }

    fn row_of(&self, group: usize, code: LaCode) -> u32 {
        self.groups.authorities.binary_search(&code).map_or(NONE, |place| self.groups.rows(group)[place])
    }

    fn figure_of(&self, group: usize, row: u32) -> Seen {
        if row == NONE {
            return Seen::missing(Missing::Absent);
        }
        let seen = Seen::read(self.groups.published(row), self.sources.status.word(row as usize));
        let counts = self.groups.counts(row);
        let (above, below) = counts.unwrap_or((f64::NAN, f64::NAN));
        let range = seen.value.and_then(|_| super::ranking::interval(self.groups.subject(group), counts));
        Seen { range, ..seen.counted(above, below) }
    }

    /// Where every authority stands in `group`, by the order of [`Comparison::authorities`].
    pub fn standings(&self, group: usize) -> Vec<Standing<'static>> {
        let (mut judged, mut detail) = (Ranking::default(), Detail::default());
        judged.judge(&self.groups, group, self.context.rank_minimum, self.context.ranked);
        if self.intervals.group(group).is_empty() {
            return vec![Standing::default(); self.groups.authorities.len()];
        }
        detail.work_out(&self.groups, group, &judged, &self.intervals, &self.changes);
        let standing = |at: usize| Standing {
            rank: Some(judged.ranks[at]).filter(|&rank| rank > 0),
            out_of: judged.of,
            range: Some((detail.rank_lower[at], detail.rank_upper[at])).filter(|(best, _)| *best > 0),
            band: words::BANDS[usize::from(detail.bands[at])],
            certain: words::CERTAIN[usize::from(detail.certain[at])],
            unusual: words::UNUSUAL[usize::from(detail.unusual[at])],
            trend: words::TRENDS[usize::from(detail.trends[at])],
        };
        (0..self.groups.authorities.len()).map(standing).collect()
    }

    /// The authority `code` against `comparator`.
    pub fn against(&self, group: usize, code: LaCode, comparator: &Comparator) -> Against<'static> {
        let (name, members) = one(comparator, code, self.context, &self.groups);
        let (mut values, mut present) = (Vec::new(), Vec::new());
        self.groups.values_into(group, &mut values);
        let plain = Plain::of(&self.groups, group, &values, &members, &mut present);
        let own = self.figure(group, code);
        let counts: Vec<Option<(f64, f64)>> =
            self.groups.rows(group).iter().map(|&row| self.groups.counts(row)).collect();
        let subject = self.groups.subject(group);
        let value = self.groups.value(self.row_of(group, code));
        let multiplier = subject.unit.multiplier();
        let other = Alternatives::of(value, plain.value, &mut present, &members, &values, &counts, multiplier);
        let matters = smallest(subject, &values);
        let (made, average) = match self.context.average {
            Average::Median if members.is_list() => (other.median, Average::Median.word()),
            Average::Pooled if members.is_list() => (other.pooled, Average::Pooled.word()),
            _ => (plain.value, words::average(comparator)),
        };
        let beyond = beyond_chance(subject, matters, value, own.range, own.counts(), made);
        Against {
            comparator: comparator.key().into(),
            name: name.into(),
            figure: match plain.row {
                NONE if members.is_list() => Seen { value: finite(made), ..Seen::missing(Missing::Unpublished) },
                NONE => Seen::missing(Missing::Absent),
                row => self.figure_of(group, row),
            },
            average,
            used: plain.used,
            members: plain.members,
            beyond: words::BEYOND[usize::from(beyond)],
            median: finite(other.median),
            pooled: finite(other.pooled),
            without_one: finite(other.without_lower).zip(finite(other.without_upper)),
            flips: words::FLIPS[usize::from(other.flips)],
        }
    }
}
