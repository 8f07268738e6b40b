//! Groups of authorities one compares with, and the published sets of statistical neighbours.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::lines::{bad_line, rows};
use super::names::fold;
use super::{Authority, LaCode, Region};
use crate::finding::Error;

/// A named list of authorities.
#[derive(Clone, Debug)]
pub struct Group {
    /// The word on the command line, such as `core-cities`.
    pub key: String,
    /// The name in tables and charts.
    pub label: String,
    /// The members, by code.
    pub members: Vec<LaCode>,
}

#[derive(Deserialize)]
struct GroupRow {
    group: String,
    label: String,
    la_code: String,
}

/// The groups of `groups.csv` and those that follow from the register: regions, Inner and Outer London, kinds of council.
pub(super) fn read(text: &str, authorities: &[Authority], regions: &[Region]) -> Result<Vec<Group>, Error> {
    let mut groups: Vec<Group> = Vec::new();
    for (index, row) in rows::<GroupRow>("groups.csv", text)?.into_iter().enumerate() {
        let code = row.la_code.parse().map_err(|()| bad_line("groups.csv", index, "a code is not three digits"))?;
        add(&mut groups, row.group, row.label, code);
    }
    for authority in authorities {
        if let Some(region) = regions.iter().find(|region| region.code == authority.region) {
            add(&mut groups, key(&region.name), region.name.clone(), authority.code);
        }
        for label in [&authority.london, &authority.kind] {
            if !label.is_empty() {
                add(&mut groups, key(label), label.clone(), authority.code);
            }
        }
    }
    Ok(groups)
}

fn key(label: &str) -> String {
    fold(label).replace(' ', "-")
}

fn add(groups: &mut Vec<Group>, key: String, label: String, code: LaCode) {
    match groups.iter_mut().find(|group| group.key == key) {
        Some(group) if group.members.contains(&code) => {}
        Some(group) => group.members.push(code),
        None => groups.push(Group { key, label, members: vec![code] }),
    }
}

#[derive(Deserialize)]
struct NeighbourRow {
    vintage: u16,
    la_code: String,
    rank: u8,
    neighbour_la_code: String,
}

/// The published sets, by year of publication; each authority's neighbours closest first.
///
/// A closed neighbour in an older set is not replaced by its successors: it counts as having no data.
#[derive(Clone, Debug, Default)]
pub struct NeighbourSets(BTreeMap<u16, FxHashMap<LaCode, Vec<LaCode>>>);

impl NeighbourSets {
    /// Who published the sets that are built in.
    pub const PUBLISHER: &str = "Department for Education";

    pub(super) fn read(text: &str) -> Result<NeighbourSets, Error> {
        let mut links = Vec::new();
        for (index, row) in rows::<NeighbourRow>("neighbours.csv", text)?.into_iter().enumerate() {
            let codes = row.la_code.parse().and_then(|of| row.neighbour_la_code.parse().map(|code| (of, code)));
            let (of, code) = codes.map_err(|()| bad_line("neighbours.csv", index, "a code is not three digits"))?;
            links.push((row.vintage, of, row.rank, code));
        }
        let mut sets = NeighbourSets::default();
        sets.replace(links);
        Ok(sets)
    }

    /// Puts in the sets that `links` (year, authority, rank, neighbour) describe, replacing any of the same year.
    pub fn replace(&mut self, mut links: Vec<(u16, LaCode, u8, LaCode)>) {
        links.sort_unstable();
        for year in links.iter().map(|link| link.0).collect::<std::collections::BTreeSet<_>>() {
            self.0.insert(year, FxHashMap::default());
        }
        for (year, of, _, code) in links {
            self.0.entry(year).or_default().entry(of).or_default().push(code);
        }
    }

    /// The years of the sets, oldest first.
    pub fn years(&self) -> Vec<u16> {
        self.0.keys().copied().collect()
    }

    /// The year of the newest set.
    pub fn newest(&self) -> Option<u16> {
        self.0.keys().next_back().copied()
    }

    /// The neighbours of `code` in the set of `year`, closest first; empty where the set has none.
    pub fn of(&self, year: u16, code: LaCode) -> &[LaCode] {
        self.0.get(&year).and_then(|set| set.get(&code)).map_or(&[], Vec::as_slice)
    }
}
