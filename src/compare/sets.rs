//! Who belongs to each comparator: the members' places among the authorities of a table.

use super::groups::Groups;
use super::{Comparator, Context};

/// The members of one comparator for one authority.
pub(super) enum Members {
    /// England as published.
    England,
    /// A region as published: the codes to look for, the wanted one first.
    Region(Vec<String>),
    /// A list: places of those in the table, and how many there are in all.
    List { places: Vec<usize>, size: usize },
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
        let place = |code| groups.authorities.binary_search(&code).ok();
        Sets(
            context
                .comparators
                .iter()
                .map(|comparator| {
                    let (names, members) =
                        groups.authorities.iter().map(|&code| one(comparator, code, context, &place)).unzip();
                    Set { comparator: comparator.clone(), names, members }
                })
                .collect(),
        )
    }
}

fn one(
    comparator: &Comparator,
    code: crate::area::LaCode,
    context: &Context<'_>,
    place: &dyn Fn(crate::area::LaCode) -> Option<usize>,
) -> (String, Members) {
    let register = context.register;
    match comparator {
        Comparator::England => ("England".to_owned(), Members::England),
        Comparator::Region => {
            let Some(authority) = register.newest(code) else { return (String::new(), Members::Nobody) };
            let name = register.region(&authority.region).map_or(String::new(), |region| region.name.clone());
            let mut codes = vec![authority.region.clone()];
            codes.extend(register.region(&authority.london).map(|region| region.code.clone()));
            (name, Members::Region(codes))
        }
        Comparator::Neighbours(year) => {
            let neighbours = register.neighbours().of(*year, code);
            let members = Members::List {
                places: neighbours.iter().filter_map(|&neighbour| place(neighbour)).collect(),
                size: neighbours.len(),
            };
            (format!("Statistical neighbours ({year})"), if neighbours.is_empty() { Members::Nobody } else { members })
        }
        Comparator::Group(key) => {
            let Some(group) = register.groups().iter().find(|group| group.key == *key) else {
                return (key.clone(), Members::Nobody);
            };
            let others = group.members.iter().filter(|&&member| member != code);
            let members = Members::List {
                places: others.clone().filter_map(|&member| place(member)).collect(),
                size: others.count(),
            };
            (group.label.clone(), members)
        }
    }
}
