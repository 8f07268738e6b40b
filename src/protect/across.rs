//! Counts of one table that those of another make up: plans in special schools in the caseload, and its types of school in
//! the table of placements.
//!
//! In: the counts of all tables of the same records. Out: the sums that hold between them. A set of records is the union of
//! some parts of a breakdown exactly where its mark is made of theirs, which elimination finds without looking at a record.

use std::collections::BTreeMap;

use super::network::Network;
use super::records::{Laid, Place};
use crate::counted::Set;

/// Parts beyond this many can make one mark in several ways: sums with them are left to the breakdowns of their own table.
const MOST_PARTS: usize = 60;

/// Adds every sum of the parts of one table's breakdown that makes up a count of any table of the same records.
pub(super) fn across(network: &mut Network, tables: &[Laid<'_>]) {
    let mut together: BTreeMap<(&str, &[String; 3]), Vec<&Laid<'_>>> = BTreeMap::new();
    for table in tables {
        for cell in &table.counted.cells {
            let known = together.entry((&table.records, &cell.area)).or_default();
            if !known.iter().any(|known| std::ptr::eq(*known, table)) {
                known.push(table);
            }
        }
    }
    for ((records, area), tables) in together.into_iter().filter(|(_, tables)| tables.len() > 1) {
        let mut sets: Vec<Place> = tables.iter().flat_map(|table| all(table, area)).collect();
        sets.sort_unstable();
        sets.dedup();
        let mut families: Vec<Vec<Place>> = tables.iter().flat_map(|table| families(table, area)).collect();
        families.sort_unstable();
        families.dedup();
        for family in families.iter().filter(|family| (2..=MOST_PARTS).contains(&family.len())) {
            let basis = Basis::of(family);
            for &set in &sets {
                if let Some(parts) = basis.parts(set.1).filter(|parts| parts.len() > 1) {
                    let parts: Vec<Place> = parts.into_iter().map(|part| family[part]).collect();
                    network.add_up_sets(records, set, &parts);
                }
            }
        }
    }
}

/// All counts of an area.
fn all<'l>(table: &'l Laid<'_>, area: &'l [String; 3]) -> impl Iterator<Item = Place> + 'l {
    let cells = table.counted.cells.iter().enumerate().filter(move |(_, cell)| &cell.area == area);
    cells.flat_map(move |(cell, _)| (0..table.sides()).filter_map(move |side| table.side(cell, side)))
}

/// The parts of each breakdown of an area: cells that differ in the word of one field, by side of a measure.
fn families(table: &Laid<'_>, area: &[String; 3]) -> Vec<Vec<Place>> {
    let mut groups: BTreeMap<(usize, usize, Vec<&String>), Vec<usize>> = BTreeMap::new();
    for (index, cell) in table.counted.cells.iter().enumerate().filter(|(_, cell)| &cell.area == area) {
        for open in 0..cell.words.len() {
            let others = cell.words.iter().enumerate().filter(|(at, _)| *at != open).map(|(_, word)| word);
            groups.entry((cell.by, open, others.collect())).or_default().push(index);
        }
    }
    let of = |cells: &Vec<usize>, side: usize| -> Vec<Place> {
        let mut parts: Vec<Place> = cells.iter().filter_map(|&cell| table.side(cell, side)).collect();
        parts.sort_unstable();
        parts
    };
    groups.values().flat_map(|cells| (0..table.sides()).map(move |side| of(cells, side))).collect()
}

/// The marks of the parts of one breakdown, so that it can be told which of them make a mark.
struct Basis<'f> {
    parts: &'f [Place],
    size: u64,
    /// By highest bit: a mark that has it, and the parts that make that mark.
    rows: Vec<(u64, u64)>,
}

impl<'f> Basis<'f> {
    fn of(parts: &'f [Place]) -> Basis<'f> {
        let mut basis = Basis { parts, size: parts.iter().map(|(_, set)| set.size).sum(), rows: vec![(0, 0); 64] };
        for (number, (_, set)) in parts.iter().enumerate() {
            let (mark, made_of) = basis.reduced(set.mark, 1 << number);
            if mark != 0 {
                basis.rows[63 - mark.leading_zeros() as usize] = (mark, made_of);
            }
        }
        basis
    }

    /// What is left of a mark, and the parts taken.
    fn reduced(&self, mut mark: u64, mut made_of: u64) -> (u64, u64) {
        while mark != 0 {
            let (row, of) = self.rows[63 - mark.leading_zeros() as usize];
            if row == 0 {
                break;
            }
            mark ^= row;
            made_of ^= of;
        }
        (mark, made_of)
    }

    /// The parts whose union `set` is.
    fn parts(&self, set: Set) -> Option<Vec<usize>> {
        if set.size > self.size {
            return None;
        }
        let (0, made_of) = self.reduced(set.mark, 0) else { return None };
        let parts: Vec<usize> = (0..self.parts.len()).filter(|part| made_of >> part & 1 == 1).collect();
        let size: u64 = parts.iter().map(|&part| self.parts[part].1.size).sum();
        (size == set.size).then_some(parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(records: std::ops::Range<u64>) -> Set {
        let mut set = Set::default();
        records.for_each(|record| set = set.and(Set::of(record)));
        set
    }

    #[test]
    fn a_union_of_parts_is_told_and_nothing_else() {
        let family: Vec<Place> = (0..26).map(|part| (part as usize, set(part * 7..part * 7 + 7))).collect();
        let basis = Basis::of(&family);
        let union = |parts: &[usize]| parts.iter().fold(Set::default(), |all, &part| all.and(family[part].1));
        assert_eq!(basis.parts(union(&[3, 17, 25])), Some(vec![3, 17, 25]));
        assert_eq!(basis.parts(union(&(0..26).collect::<Vec<_>>())), Some((0..26).collect()));
        // A part and half of another; records that are in none; more than there are.
        assert_eq!(basis.parts(set(0..10)), None);
        assert_eq!(basis.parts(set(500..507)), None);
        assert_eq!(basis.parts(set(0..200)), None);
    }
}
