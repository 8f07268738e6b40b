//! Change on the previous true period: blank across a gap or a declared break, with the reason.

use rustc_hash::FxHashMap;

use super::Context;
use super::groups::{Groups, Key};
use crate::period::{cadence, day, is_a_year_before};
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
    let cadences: Vec<String> = groups.identifiers.iter().map(|identifier| cadence(identifier)).collect();
    let mut series: FxHashMap<(u32, &str, u32, u32), Vec<usize>> = FxHashMap::default();
    for (group, &[measure, _, identifier, topic, breakdown]) in groups.keys.iter().enumerate() {
        series.entry((measure, cadences[identifier as usize].as_str(), topic, breakdown)).or_default().push(group);
    }
    let breaks = Breaks::of(groups, context);
    let mut changes = Changes { previous: vec![Previous::None(Link::First); groups.keys.len()] };
    for mut line in series.into_values() {
        line.sort_by_key(|&group| groups.ends[group]);
        for (at, &group) in line.iter().enumerate() {
            let earlier = line[..at]
                .iter()
                .rev()
                .find(|&&earlier| is_a_year_before(day(groups.ends[earlier]), day(groups.ends[group])));
            changes.previous[group] = match earlier {
                Some(&earlier) => match breaks.between(groups.keys[group], groups.ends[earlier], groups.ends[group]) {
                    Some(note) => Previous::None(Link::Break(note)),
                    None => Previous::Group(earlier),
                },
                None if at == 0 => Previous::None(Link::First),
                None => Previous::None(Link::Gap),
            };
        }
    }
    changes
}

/// Declared breaks as the ends of the first periods after them.
struct Breaks(Vec<(i32, Option<Vec<u32>>, String)>);

impl Breaks {
    fn of(groups: &Groups<'_>, context: &Context<'_>) -> Breaks {
        Breaks(
            context
                .breaks
                .iter()
                .filter_map(|declared| {
                    let first =
                        groups.keys.iter().position(|key| groups.periods[key[1] as usize] == declared.period)?;
                    let code =
                        |name: &String| groups.measures.iter().position(|known| known == name).map(|code| code as u32);
                    let measures =
                        (!declared.measures.is_empty()).then(|| declared.measures.iter().filter_map(code).collect());
                    let end = groups.ends[first];
                    Some((end, measures, declared.note.clone()))
                })
                .collect(),
        )
    }

    /// The note of a break after `earlier` and up to `later`.
    fn between(&self, key: Key, earlier: i32, later: i32) -> Option<String> {
        let concerns = |measures: &Option<Vec<u32>>| measures.as_ref().is_none_or(|codes| codes.contains(&key[0]));
        self.0
            .iter()
            .find(|(end, measures, _)| earlier < *end && *end <= later && concerns(measures))
            .map(|(_, _, note)| note.clone())
    }
}
