//! Which records each count of a table about people counts, kept while they are counted.

use std::collections::BTreeMap;

use super::records::{AreaKey, Broken};
use super::{Input, Shared};
use crate::counted::{Counted, CountedCell, Set};
use crate::period::Period;
use crate::pipeline::{Measure, Pipeline};

/// The sets of one area and breakdown while they grow.
struct Growing {
    by: usize,
    words: Vec<String>,
    region: Option<AreaKey>,
    sets: Vec<[Set; 2]>,
}

/// The sets of a release while its records are read.
pub(super) struct Counting {
    counted: Counted,
    cells: BTreeMap<(AreaKey, u32, u32), Growing>,
    record: u64,
    /// Whether the record at hand is on each side of each measure.
    here: Vec<bool>,
}

impl Counting {
    /// No record yet.
    pub fn of(pipeline: &Pipeline, input: &Input<'_>, period: &Period, measures: &[(&String, &Measure)]) -> Counting {
        let sides = measures.len() * 2;
        let counted = Counted {
            release: input.release.to_string(),
            records: format!("{} {}", input.table.file, input.table.sheet),
            period: period.key(),
            by: std::iter::once(Vec::new()).chain(pipeline.by.iter().cloned()).collect(),
            measures: measures.iter().map(|(name, _)| (*name).clone()).collect(),
            apart: vec![vec![false; sides]; sides],
            meets: vec![vec![false; sides]; sides],
            cells: Vec::new(),
        };
        Counting { counted, cells: BTreeMap::new(), record: 0, here: vec![false; sides] }
    }

    /// The next record: `side` says, by measure, whether it stands in numerator and denominator.
    pub fn record(&mut self, row: usize, side: impl Fn(usize) -> [bool; 2]) {
        self.record = row as u64;
        for measure in 0..self.counted.measures.len() {
            self.here[measure * 2..measure * 2 + 2].copy_from_slice(&side(measure));
        }
        for (one, _) in self.here.iter().enumerate().filter(|(_, here)| **here) {
            for (other, &here) in self.here.iter().enumerate() {
                self.counted.meets[one][other] |= here;
                self.counted.apart[one][other] |= !here;
            }
        }
    }

    /// Adds the record at hand to the counts of an area and breakdown.
    pub fn add(&mut self, key: (AreaKey, u32, u32), broken: &Broken, region: Option<AreaKey>) {
        let measures = self.counted.measures.len();
        let growing = self.cells.entry(key).or_insert_with(|| Growing {
            by: broken.by,
            words: broken.words.clone(),
            region,
            sets: vec![[Set::default(); 2]; measures],
        });
        for (side, _) in self.here.iter().enumerate().filter(|(_, here)| **here) {
            growing.sets[side / 2][side % 2].add(self.record);
        }
    }

    /// The counts with the words of their areas and breakdowns.
    pub fn finish(mut self, shared: &Shared) -> Counted {
        let cells = std::mem::take(&mut self.cells).into_iter();
        self.counted.cells = cells
            .map(|(((level, la, ons, _), topic, breakdown), growing)| CountedCell {
                area: [level.word(), shared.la.word(la), shared.ons.word(ons)].map(str::to_owned),
                region: growing.region.map_or(String::new(), |(_, _, ons, _)| shared.ons.word(ons).to_owned()),
                breakdown: [shared.topic.word(topic), shared.breakdown.word(breakdown)].map(str::to_owned),
                by: growing.by,
                words: growing.words,
                sets: growing.sets,
            })
            .collect();
        self.counted
    }
}
