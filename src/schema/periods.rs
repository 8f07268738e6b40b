//! The columns of a published table that say which period a row is about, as one.

use std::collections::BTreeMap;

use super::column;
use crate::finding::Finding;
use crate::frame::{Coded, Frame};
use crate::period::{Known, Length, PeriodKey, label};

/// The period of each row of a frame of observations or comparisons.
pub struct Periods<'a> {
    /// The period as published.
    pub code: Coded<'a>,
    /// Its identifier.
    pub identifier: Coded<'a>,
    /// Last days, counted from 1970.
    pub ends: &'a [i32],
    length: Coded<'a>,
    /// By code of the length's word; none where the table does not say it.
    lengths: Vec<Option<Length>>,
}

impl<'a> Periods<'a> {
    /// The columns of `frame`.
    ///
    /// # Errors
    /// A column is not there: a mistake in the program, said as a finding.
    pub fn of(frame: &'a Frame) -> Result<Periods<'a>, Finding> {
        let length = frame.get(column::PeriodLength)?;
        Ok(Periods {
            code: frame.get(column::Period)?,
            identifier: frame.get(column::PeriodIdentifier)?,
            ends: frame.get(column::PeriodEnd)?,
            lengths: length.words.iter().map(|word| word.parse().ok()).collect(),
            length,
        })
    }

    /// The identity of the period of a row.
    pub fn key(&self, row: usize) -> PeriodKey {
        PeriodKey::on(self.ends[row], self.length(row))
    }

    /// The length of the period of a row. A table of a version that did not write it is read by its words.
    pub fn length(&self, row: usize) -> Length {
        self.lengths[self.length.codes.get(row)]
            .unwrap_or_else(|| Length::told(self.code.word(row), self.identifier.word(row)))
    }

    /// The period of a row as published, and its identifier.
    pub fn words(&self, row: usize) -> (&'a str, &'a str) {
        (self.code.word(row), self.identifier.word(row))
    }

    /// Every period of the table, each once, by its words and identity.
    pub fn known(&self) -> Vec<Known<'a>> {
        let mut known = BTreeMap::new();
        let mut last = None;
        for row in 0..self.ends.len() {
            let codes = (self.code.codes.get(row), self.identifier.codes.get(row));
            if last != Some(codes) {
                last = Some(codes);
                known.entry(self.words(row)).or_insert_with(|| self.key(row));
            }
        }
        known.into_iter().collect()
    }

    /// The period of a row as a reader sees it.
    pub fn label(&self, row: usize) -> String {
        label(self.code.word(row), self.identifier.word(row))
    }
}
