//! Who belongs to each comparator: the members' places among the authorities of a table.

use super::Context;
use super::groups::Groups;
use crate::area::LaCode;
use crate::comparator::{self, Comparator};

/// The members of one comparator for one authority.
pub(super) enum Members {
    /// England as published.
    England,
    /// A region as published: places among the table's regions, the wanted one first.
    Region(Vec<usize>),
    /// One authority as published, by place.
    One(usize),
    /// A list: places of those in the table, how many there are in all, and the lists that other sets would give.
    List { places: Vec<usize>, size: usize, others: Vec<Vec<usize>> },
    /// The authority has no such comparator.
    Nobody,
}

impl Members {
    /// Whether their figures are averaged.
    pub fn is_list(&self) -> bool {
        matches!(self, Members::List { .. })
    }
}

/// One comparator with the members and the name for every authority, by place.
pub(super) struct Set {
    pub comparator: Comparator,
    pub names: Vec<String>,
    pub members: Vec<Members>,
}

/// The comparators of a run.
pub(super) struct Sets(pub Vec<Set>);

impl Sets {
    pub fn of(groups: &Groups<'_>, context: &Context<'_>) -> Sets {
        let sets = context.comparators.iter().map(|comparator| {
            let (names, members) =
                groups.authorities.iter().map(|&code| one(comparator, code, context, groups)).unzip();
            Set { comparator: comparator.clone(), names, members }
        });
        Sets(sets.collect())
    }
}

/// Name and members of a comparator for one authority, the members by their places in the table.
pub(super) fn one(
    comparator: &Comparator,
    code: LaCode,
    context: &Context<'_>,
    groups: &Groups<'_>,
) -> (String, Members) {
    let register = context.register;
    let mut name = comparator.name(code, register);
    let found = match comparator.members(code, register) {
        comparator::Members::England => Members::England,
        comparator::Members::Region(codes) => {
            // A part never stands there under the name of the whole.
            let there = codes.iter().find_map(|code| Some((groups.region(code)?, register.region(code)?)));
            if let Some((_, region)) = there {
                name.clone_from(&region.name);
            }
            Members::Region(there.map(|(place, _)| place).into_iter().collect())
        }
        comparator::Members::Authority(other) => {
            groups.authorities.binary_search(&other).map_or(Members::Nobody, Members::One)
        }
        comparator::Members::List(codes) => {
            let sets = register.neighbours();
            let others = match comparator.year() {
                Some(year) => sets.years().into_iter().filter(|other| *other != year).collect(),
                None => Vec::new(),
            };
            let others = others.into_iter().map(|other| places(sets.of(other, code), groups)).collect();
            Members::List { places: places(&codes, groups), size: codes.len(), others }
        }
        comparator::Members::Nobody => Members::Nobody,
    };
    (name, found)
}

fn places(codes: &[LaCode], groups: &Groups<'_>) -> Vec<usize> {
    codes.iter().filter_map(|code| groups.authorities.binary_search(code).ok()).collect()
}
