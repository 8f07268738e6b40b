//! What a stage of normalising is given: a file with its release, and what all files of a table share.

use std::collections::BTreeMap;

use super::meta::Meta;
use crate::counted::Counted;
use crate::finding::Finding;
use crate::frame::Words;
use crate::grid::{Strip, TextTable, Wanted};
use crate::period::Period;
use crate::pipeline::{Release, ReleaseBlock};

/// The rows of a table behind those that were read first, strip by strip, once it is known which cells are wanted.
pub type Rest = Box<dyn FnOnce(Wanted) -> Box<dyn Iterator<Item = Result<Strip, Finding>>>>;

/// One release of a pipeline, loaded.
pub struct Input<'a> {
    /// The release.
    pub release: &'a Release,
    /// The block that holds for it.
    pub block: &'a ReleaseBlock,
    /// The cells; of records the table whose rows are counted.
    pub table: TextTable,
    /// Of records in several tables the others, by name.
    pub others: BTreeMap<String, TextTable>,
    /// Of a large file of records the rows behind those of `table`.
    pub rest: Option<Rest>,
    /// What `.meta.csv` beside the file says of its columns.
    pub meta: Meta,
}

/// What the rows of a table have in common while it is read: words by number and periods by place.
#[derive(Default)]
pub(crate) struct Shared {
    pub release: Words,
    pub la: Words,
    pub ons: Words,
    pub name: Words,
    pub topic: Words,
    pub breakdown: Words,
    pub measure: Words,
    pub unit: Words,
    pub raw: Words,
    pub file: Words,
    pub sheet: Words,
    pub periods: Vec<Period>,
    /// The acceptances that were used, by their place in the pipeline.
    pub accepted: Vec<usize>,
    /// How many figures the files so far may hold.
    pub figures: usize,
    /// The release in which each period is written as it stands in `periods`.
    written_in: Vec<Release>,
    /// Of records about people, which of them each count counts; each with the place of its period.
    pub(super) counted: Vec<(usize, Counted)>,
    /// What the cells say of which the pipeline names words.
    pub heard: super::heard::Heard,
}

impl Shared {
    /// The place of `period` among the periods of the table. Two spellings of one period have one place; the table
    /// writes it as the newest release does.
    pub fn period_index(&mut self, period: &Period, release: &Release) -> usize {
        if let Some(index) = self.periods.iter().position(|known| known.key() == period.key()) {
            if self.written_in[index] < *release {
                self.periods[index] = period.clone();
                self.written_in[index] = release.clone();
            }
            return index;
        }
        self.periods.push(period.clone());
        self.written_in.push(release.clone());
        self.periods.len() - 1
    }

    /// For each period the place of the first one that is the same, which is written as the newest release does.
    pub(super) fn join_periods(&mut self) -> Vec<u32> {
        let mut places = Vec::with_capacity(self.periods.len());
        for index in 0..self.periods.len() {
            let key = self.periods[index].key();
            let first = self.periods.iter().position(|known| known.key() == key).unwrap_or(index);
            if self.written_in[first] < self.written_in[index] {
                self.periods[first] = self.periods[index].clone();
                self.written_in[first] = self.written_in[index].clone();
            }
            places.push(first as u32);
        }
        places
    }
}
