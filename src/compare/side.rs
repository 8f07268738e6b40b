//! One authority at a time: its figure, its standing and what it is compared with, for a table side by side.
//!
//! Here an authority that was asked for is never dropped: without a row it has a figure that says so.

use super::against::{Against as Plain, Alternatives};
use super::detail::{Detail, beyond_chance, smallest};
use super::emit::Comparison;
use super::groups::NONE;
use super::judge::Judged;
use super::sets::{Members, one};
use super::{Comparator, words};
use crate::area::LaCode;
use crate::statistics::Interval;
use crate::value::Status;

/// A period of a breakdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Its number in the comparison.
    pub group: usize,
    /// As the publisher writes it.
    pub period: String,
    /// Its identifier as published.
    pub identifier: String,
    /// Its last day, counted from 1970.
    pub end: i32,
}

/// A figure with what is known about it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figure {
    /// The value, where there is one.
    pub value: Option<f64>,
    /// Why there is none.
    pub status: Status,
    /// Numerator and denominator, where both are known.
    pub counts: Option<(f64, f64)>,
    /// Its 95% interval.
    pub interval: Option<Interval>,
    /// The row of the observations it is in; none for a figure made of several, or that has no row.
    pub row: Option<usize>,
}

/// Where an authority stands among all; empty words and none where it cannot be said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Its rank.
    pub rank: Option<u16>,
    /// How many were ranked.
    pub of: u16,
    /// Best and worst rank it may hold.
    pub ranks: Option<(u16, u16)>,
    /// Quartile band.
    pub band: &'static str,
    /// Whether that band is certain: yes or no.
    pub certain: &'static str,
    /// Place in the funnel.
    pub unusual: &'static str,
    /// Trend of the latest five unbroken years.
    pub trend: &'static str,
}

/// An authority against one comparator.
#[derive(Clone, Debug, PartialEq)]
pub struct Against {
    /// The comparator's name for this authority.
    pub name: String,
    /// Its figure.
    pub figure: Figure,
    /// How many members had a figure, and how many there are.
    pub used: (u16, u16),
    /// The members of a list that are in the table, closest first.
    pub members: Vec<LaCode>,
    /// The authority against it, beyond chance.
    pub beyond: &'static str,
    /// Median and pooled figure of a list.
    pub median: Option<f64>,
    /// Sum of numerators over sum of denominators.
    pub pooled: Option<f64>,
    /// The lowest and highest mean with one member left out.
    pub without_one: Option<(f64, f64)>,
    /// What the choice of average or set turns over.
    pub flips: &'static str,
}

fn finite(value: f64) -> Option<f64> {
    Some(value).filter(|value| value.is_finite())
}

impl Comparison<'_> {
    /// The periods of the table, in order of measure, period and breakdown.
    pub fn moments(&self) -> Vec<Moment> {
        let moment = |&group: &u32| {
            let group = group as usize;
            let [_, period, identifier, _, _] = self.groups.keys[group];
            Moment {
                group,
                period: self.groups.periods[period as usize].to_owned(),
                identifier: self.groups.identifiers[identifier as usize].to_owned(),
                end: self.groups.ends[group],
            }
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

    /// The figure of an authority.
    pub fn figure(&self, group: usize, code: LaCode) -> Figure {
        let row = self.groups.authorities.binary_search(&code).map_or(NONE, |place| self.groups.rows(group)[place]);
        self.figure_of(group, row)
    }

    fn figure_of(&self, group: usize, row: u32) -> Figure {
        let value = finite(self.groups.value(row));
        let counts = self.groups.counts(row);
        let status = if row == NONE {
            Status::NotAvailable
        } else {
            Status::from_word(self.sources.status.word(row as usize)).unwrap_or(Status::NotAvailable)
        };
        Figure {
            value,
            status,
            counts,
            interval: value.and_then(|_| super::judge::interval(self.groups.subject(group), counts)),
            row: (row != NONE).then_some(row as usize),
        }
    }

    /// Where every authority stands in `group`, by the order of [`Comparison::authorities`].
    pub fn standings(&self, group: usize) -> Vec<Standing> {
        let (mut judged, mut detail) = (Judged::default(), Detail::default());
        judged.judge(&self.groups, group, self.context.rank_minimum);
        if self.intervals.group(group).is_empty() {
            return vec![Standing::default(); self.groups.authorities.len()];
        }
        detail.work_out(&self.groups, group, &judged, &self.intervals, &self.changes);
        let standing = |place: usize| Standing {
            rank: Some(judged.ranks[place]).filter(|&rank| rank > 0),
            of: judged.of,
            ranks: Some((detail.rank_lower[place], detail.rank_upper[place])).filter(|ranks| ranks.0 > 0),
            band: words::BANDS[usize::from(detail.bands[place])],
            certain: words::CERTAIN[usize::from(detail.certain[place])],
            unusual: words::UNUSUAL[usize::from(detail.unusual[place])],
            trend: words::TRENDS[usize::from(detail.trends[place])],
        };
        (0..self.groups.authorities.len()).map(standing).collect()
    }

    /// The authority `code` against `comparator`.
    pub fn against(&self, group: usize, code: LaCode, comparator: &Comparator) -> Against {
        let (name, members) = one(comparator, code, self.context, &self.groups);
        let (mut values, mut present) = (Vec::new(), Vec::new());
        self.groups.values_into(group, &mut values);
        let plain = Plain::of(&self.groups, group, &values, &members, &mut present);
        let own = self.figure(group, code);
        let counts: Vec<Option<(f64, f64)>> =
            self.groups.rows(group).iter().map(|&row| self.groups.counts(row)).collect();
        let subject = self.groups.subject(group);
        let value = own.value.unwrap_or(f64::NAN);
        let multiplier = subject.unit.multiplier();
        let other = Alternatives::of(value, plain.value, &mut present, &members, &values, &counts, multiplier);
        let matters = smallest(subject, &values);
        let beyond = beyond_chance(subject, matters, value, own.interval, own.counts, plain.value);
        let figure = match plain.row {
            NONE => Figure {
                value: finite(plain.value),
                status: if plain.value.is_finite() { Status::Number } else { Status::NotAvailable },
                counts: None,
                interval: None,
                row: None,
            },
            row => self.figure_of(group, row),
        };
        let listed = match &members {
            Members::List { places, .. } => places.iter().map(|&place| self.groups.authorities[place]).collect(),
            _ => Vec::new(),
        };
        Against {
            name,
            figure,
            used: (plain.used, plain.members),
            members: listed,
            beyond: words::BEYOND[usize::from(beyond)],
            median: finite(other.median),
            pooled: finite(other.pooled),
            without_one: finite(other.without_lower).zip(finite(other.without_upper)),
            flips: words::FLIPS[usize::from(other.flips)],
        }
    }
}
