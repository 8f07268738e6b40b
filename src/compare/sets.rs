//! Who belongs to each comparator: the members' places among the authorities of a table.

use super::groups::Groups;
use super::{Comparator, Context};
use crate::area::LaCode;

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

pub(super) fn one(
    comparator: &Comparator,
    code: LaCode,
    context: &Context<'_>,
    groups: &Groups<'_>,
) -> (String, Members) {
    let register = context.register;
    match comparator {
        Comparator::England => ("England".to_owned(), Members::England),
        Comparator::Region => {
            let Some(authority) = register.newest(code) else { return (String::new(), Members::Nobody) };
            let name = register.region(&authority.region).map_or(String::new(), |region| region.name.clone());
            let london = register.region(&authority.london).map(|region| region.code.as_str());
            let codes = std::iter::once(authority.region.as_str()).chain(london);
            (name, Members::Region(codes.filter_map(|code| groups.region(code)).collect()))
        }
        Comparator::Neighbours(year) | Comparator::NeighboursOf(year) => {
            let sets = register.neighbours();
            let others = sets.years().into_iter().filter(|other| other != year);
            let others = others.map(|other| places(sets.of(other, code), groups)).collect();
            (format!("Statistical neighbours ({year})"), list(sets.of(*year, code), groups, others))
        }
        Comparator::Group(key) => {
            let Some(group) = register.groups().iter().find(|group| group.key == *key) else {
                return (key.clone(), Members::Nobody);
            };
            let members: Vec<LaCode> = group.members.iter().copied().filter(|&member| member != code).collect();
            (group.label.clone(), list(&members, groups, Vec::new()))
        }
        Comparator::Authority(other) => {
            let name = register.newest(*other).map_or(String::new(), |authority| authority.name.clone());
            (name, groups.authorities.binary_search(other).map_or(Members::Nobody, Members::One))
        }
    }
}

fn places(codes: &[LaCode], groups: &Groups<'_>) -> Vec<usize> {
    codes.iter().filter_map(|code| groups.authorities.binary_search(code).ok()).collect()
}

fn list(codes: &[LaCode], groups: &Groups<'_>, others: Vec<Vec<usize>>) -> Members {
    if codes.is_empty() {
        return Members::Nobody;
    }
    Members::List { places: places(codes, groups), size: codes.len(), others }
}
