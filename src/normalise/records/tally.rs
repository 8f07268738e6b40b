//! Adds records up: those that are alike in everything that is asked of them are one signature, counted together.

use rustc_hash::FxHashMap;

use super::gauge::{Gauge, Taken};
use super::value::MISSING;
use crate::counted::Set;

/// So many signatures are kept before they are added to the cells: their memory does not grow with the records.
const MOST: usize = 1 << 16;

/// Which cell: the number of the area, of the period and of the list of fields, and the codes of those fields.
pub(super) type CellKey = (u32, u32, u32, Box<[u32]>);

/// The counts of one area, period and breakdown.
#[derive(Clone, Debug)]
pub(super) struct Cell {
    /// By measure twice: the records counted, and those counted out of.
    pub sides: Vec<Set>,
    /// By measure the sum of its numbers.
    pub sums: Vec<f64>,
    /// By measure whose numbers are kept one by one, in their order: how often each code stands.
    pub spread: Vec<FxHashMap<u32, u64>>,
}

impl Cell {
    fn empty(measures: usize, spreads: usize) -> Cell {
        Cell {
            sides: vec![Set::default(); measures * 2],
            sums: vec![0.0; measures],
            spread: vec![FxHashMap::default(); spreads],
        }
    }

    /// Adds the counts of another one, which has no record in common with it.
    pub fn add(&mut self, other: &Cell) {
        for (side, more) in self.sides.iter_mut().zip(&other.sides) {
            *side = side.and(*more);
        }
        for (sum, more) in self.sums.iter_mut().zip(&other.sums) {
            *sum += more;
        }
        for (spread, more) in self.spread.iter_mut().zip(&other.spread) {
            for (&code, times) in more {
                *spread.entry(code).or_default() += times;
            }
        }
    }
}

/// Records alike in all that is asked of them.
#[derive(Default)]
struct Alike {
    set: Set,
    sums: Box<[f64]>,
}

/// The sums while records are read.
pub(super) struct Tally {
    /// The nodes of the fields that figures are broken down by.
    fields: Vec<usize>,
    /// The lists of them, by place in `fields`; the first is the whole.
    lists: Vec<Option<Vec<usize>>>,
    /// The nodes whose numbers are kept one by one.
    spreads: Vec<usize>,
    /// The measures whose numbers are kept so, each with the place of its node in `spreads`.
    spread_of: Vec<(usize, usize)>,
    /// The measures with a number that is added up.
    summed: Vec<usize>,
    measures: usize,
    /// The signatures: those of small numbers as one number, and others.
    short: FxHashMap<u128, Alike>,
    long: FxHashMap<Box<[u32]>, Alike>,
    /// The counts.
    pub cells: FxHashMap<CellKey, Cell>,
    /// By two sides, whether a record is in the first and not in the second.
    pub apart: Vec<Vec<bool>>,
    /// By two sides, whether a record is in both.
    pub meets: Vec<Vec<bool>>,
    key: Vec<u32>,
}

impl Tally {
    /// Nothing is counted yet. `lists` are the lists of nodes that figures are broken down by, none where a field of it is
    /// not mapped.
    pub fn of(gauges: &[Gauge<'_>], lists: Vec<Option<Vec<usize>>>) -> Tally {
        let mut fields: Vec<usize> = lists.iter().flatten().flatten().copied().collect();
        fields.sort_unstable();
        fields.dedup();
        let place = |node: usize| fields.binary_search(&node).unwrap_or_default();
        let lists: Vec<Option<Vec<usize>>> = std::iter::once(Some(Vec::new()))
            .chain(lists.into_iter().map(|list| Some(list?.into_iter().map(place).collect())))
            .collect();
        let is_kept = |gauge: &Gauge<'_>| gauge.number.filter(|_| gauge.is_spread());
        let mut spreads: Vec<usize> = gauges.iter().filter_map(is_kept).collect();
        spreads.sort_unstable();
        spreads.dedup();
        let at = |node: usize| spreads.binary_search(&node).unwrap_or_default();
        let spread_of = gauges.iter().enumerate().filter_map(|(number, gauge)| Some((number, at(is_kept(gauge)?))));
        let spread_of = spread_of.collect();
        let sides = gauges.len() * 2;
        Tally {
            fields,
            lists,
            spreads,
            spread_of,
            summed: (0..gauges.len()).filter(|&at| gauges[at].number.is_some() && !gauges[at].is_spread()).collect(),
            measures: gauges.len(),
            short: FxHashMap::default(),
            long: FxHashMap::default(),
            cells: FxHashMap::default(),
            apart: vec![vec![false; sides]; sides],
            meets: vec![vec![false; sides]; sides],
            key: Vec::new(),
        }
    }

    /// Adds record number `record` of an area and a period; `codes` are those of its nodes, `taken` what it is to each measure.
    pub fn add(&mut self, record: u64, of: (u32, u32), codes: &[u32], taken: &[Taken]) {
        self.add_all(Set::of(record), of, codes, taken);
    }

    /// Adds records that are alike in all that is asked of them; the numbers in `taken` are the sums of theirs.
    pub fn add_all(&mut self, records: Set, (area, period): (u32, u32), codes: &[u32], taken: &[Taken]) {
        self.key.clear();
        self.key.extend([area, period]);
        self.key.extend(self.fields.iter().map(|&node| codes[node]));
        self.key.extend(self.spreads.iter().map(|&node| codes[node]));
        let from = self.key.len();
        self.key.resize(from + (self.measures * 2).div_ceil(32), 0);
        for (at, taken) in taken.iter().enumerate() {
            let sides = u32::from(taken.sides[0]) | u32::from(taken.sides[1]) << 1;
            self.key[from + at / 16] |= sides << (at % 16 * 2);
        }
        let short = packed(&self.key);
        let known = match short {
            Some(short) => self.short.get_mut(&short),
            None => self.long.get_mut(self.key.as_slice()),
        };
        let alike = match known {
            Some(alike) => alike,
            None => {
                if self.short.len() + self.long.len() >= MOST {
                    self.settle();
                }
                let new = Alike { set: Set::default(), sums: vec![0.0; self.summed.len()].into() };
                match short {
                    Some(short) => self.short.entry(short).or_insert(new),
                    None => self.long.entry(self.key.as_slice().into()).or_insert(new),
                }
            }
        };
        alike.set = alike.set.and(records);
        for (sum, &measure) in alike.sums.iter_mut().zip(&self.summed) {
            *sum += taken[measure].number;
        }
    }

    /// Adds the signatures to the cells.
    pub fn settle(&mut self) {
        let length = self.key.len();
        for (short, alike) in std::mem::take(&mut self.short) {
            self.settle_one(&unpacked(short, length), &alike);
        }
        for (key, alike) in std::mem::take(&mut self.long) {
            self.settle_one(&key, &alike);
        }
    }

    fn settle_one(&mut self, key: &[u32], alike: &Alike) {
        let (fields, rest) = key[2..].split_at(self.fields.len());
        let (spreads, mask) = rest.split_at(self.spreads.len());
        let is_in = |side: usize| mask[side / 32] >> (side % 32) & 1 == 1;
        let sides: Vec<usize> = (0..self.measures * 2).filter(|&side| is_in(side)).collect();
        for &one in &sides {
            for other in 0..self.measures * 2 {
                let (meets, apart) = (&mut self.meets[one][other], &mut self.apart[one][other]);
                if is_in(other) { *meets = true } else { *apart = true }
            }
        }
        for (number, list) in self.lists.iter().enumerate() {
            let Some(list) = list else { continue };
            let codes: Box<[u32]> = list.iter().map(|&at| fields[at]).collect();
            // What has no word in a breakdown stands in the whole only.
            if codes.contains(&MISSING) {
                continue;
            }
            let cell = self
                .cells
                .entry((key[0], key[1], number as u32, codes))
                .or_insert_with(|| Cell::empty(self.measures, self.spread_of.len()));
            for &side in &sides {
                cell.sides[side] = cell.sides[side].and(alike.set);
            }
            for (sum, &measure) in alike.sums.iter().zip(&self.summed) {
                cell.sums[measure] += sum;
            }
            for (spread, &(measure, at)) in cell.spread.iter_mut().zip(&self.spread_of) {
                if is_in(measure * 2) {
                    *spread.entry(spreads[at]).or_default() += alike.set.size;
                }
            }
        }
    }
}

/// So many parts of a signature fit in one number at most.
const PARTS: usize = 16;

/// The parts of a signature as one number; none where one of them is too large for its place.
fn packed(key: &[u32]) -> Option<u128> {
    let bits = (key.len() <= PARTS).then(|| place(key.len()))?;
    let is_too_large = |part: u32| u64::from(part) >> bits != 0;
    let mut all = 0_u128;
    for &part in key {
        if is_too_large(part) {
            return None;
        }
        all = all << bits | u128::from(part);
    }
    Some(all)
}

/// The `length` parts of a packed signature.
fn unpacked(short: u128, length: usize) -> Vec<u32> {
    let bits = place(length);
    let within = (1_u128 << bits) - 1;
    (0..length).rev().map(|at| (short >> (bits as usize * at) & within) as u32).collect()
}

/// How many bits each of `length` parts has.
fn place(length: usize) -> u32 {
    (u128::BITS / length.max(1) as u32).min(u32::BITS)
}

#[cfg(test)]
mod tests {
    use super::{packed, unpacked};

    #[test]
    fn a_signature_comes_out_of_its_number_as_it_went_in() {
        for key in [vec![0; 16], vec![255; 16], vec![u32::MAX, 0, 7], vec![1, 16_383, 0, 0, 9, 9, 3, 2, 16_383]] {
            let short = packed(&key).expect("it fits");
            assert_eq!(unpacked(short, key.len()), key);
        }
        assert_eq!(packed(&[0, 16_384, 0, 0, 9, 9, 3, 2, 1]), None, "more than 14 bits");
        assert_eq!(packed(&[0; 17]), None);
        assert_ne!(packed(&[1, 0, 2]), packed(&[0, 1, 2]));
    }
}
