//! Change on the previous true period: blank across a gap or a declared break, with the reason.

use rustc_hash::FxHashMap;

use super::Context;
use super::groups::Groups;
use crate::period::{Breaks, Cadence};

/// The previous period of a group, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Previous {
    /// The group a year before.
    Group(usize),
    /// The first period of the series.
    First,
    /// The period before is not a year before.
    Gap,
    /// A declared break lies between.
    Break(String),
}

/// Groups of one measure and breakdown over time.
pub(super) struct Changes {
    pub previous: Vec<Previous>,
}

impl Changes {
    /// The group a year before, where there is one without a break between.
    pub fn before(&self, group: usize) -> Option<usize> {
        match self.previous[group] {
            Previous::Group(earlier) => Some(earlier),
            _ => None,
        }
    }

    /// The unbroken years that end in `group`, latest first.
    pub fn back(&self, group: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(group), |&group| self.before(group))
    }
}

/// Finds for each group the one a year before it.
pub(super) fn changes(groups: &Groups<'_>, context: &Context<'_>) -> Changes {
    let mut series: FxHashMap<(u32, Cadence, u32, u32), Vec<usize>> = FxHashMap::default();
    for (group, &[measure, _, _, topic, breakdown]) in groups.keys.iter().enumerate() {
        series.entry((measure, groups.when[group].cadence(), topic, breakdown)).or_default().push(group);
    }
    let breaks = Breaks::of(context.breaks, &groups.known_periods(), None);
    let mut changes = Changes { previous: vec![Previous::First; groups.keys.len()] };
    for mut line in series.into_values() {
        line.sort_by_key(|&group| groups.when[group]);
        for (at, &group) in line.iter().enumerate() {
            let when = groups.when[group];
            let earlier = line[..at].iter().rev().find(|&&earlier| groups.when[earlier].is_a_year_before(when));
            let broken = |earlier: usize| {
                let measure = groups.measures[groups.keys[group][0] as usize];
                breaks.between(measure, groups.when[earlier].end_day(), when.end_day())
            };
            changes.previous[group] = match earlier {
                Some(&earlier) => match broken(earlier) {
                    Some(declared) => Previous::Break(declared.note.clone()),
                    None => Previous::Group(earlier),
                },
                None if at == 0 => Previous::First,
                None => Previous::Gap,
            };
        }
    }
    changes
}
