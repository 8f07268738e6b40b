//! Change on the previous true period: blank across a gap or a declared break, with the reason.

use rustc_hash::FxHashMap;

use super::Context;
use super::groups::Groups;
use crate::period::{Breaks, Cadence};
use crate::reading::Link;

/// The previous period of a group, or why there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Previous {
    /// The group a year before.
    Group(usize),
    /// Why there is none.
    None(Link),
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
    let known = groups.known_periods();
    let breaks = Breaks::of(context.breaks, &known, None);
    let mut changes = Changes { previous: vec![Previous::None(Link::First); groups.keys.len()] };
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
                    Some(declared) => Previous::None(Link::Break(declared.note.clone())),
                    None => Previous::Group(earlier),
                },
                None if at == 0 => Previous::None(Link::First),
                None => Previous::None(Link::Gap),
            };
        }
    }
    changes
}
