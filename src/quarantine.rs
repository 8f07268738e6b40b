//! What a run refuses: each row with its cell, its text, the rule and the remedy.
//!
//! In: filled by `normalise` while it reads rows. Out: what `publish` writes to `quarantine.csv` and
//! `quarantine.parquet`, and what the summary counts; the lines and the count cannot part, because one is made of the
//! other.

use crate::finding::{Finding, Place};

/// Lines listed for one file; Excel shows no more than a million, and a file refused row by row has one cause.
const LISTED: usize = 50_000;

/// One line of the quarantine: a row that was refused, or a file refused as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The rule as a finding: its code, place, message and remedy.
    pub finding: Finding,
    /// What the cell says; the cells of the row, separated by ` | `, where no single cell is to blame; else empty.
    pub text: String,
    /// How many rows the line stands for: 1, or the rows of a file that was refused as a whole.
    pub rows: usize,
}

/// The rows of one file that were refused.
#[derive(Clone, Debug, Default)]
pub struct Refusals(Vec<Refused>);

impl Refusals {
    /// Refuses one row, whose place `finding` has.
    pub fn row(&mut self, finding: Finding, text: &str) {
        if self.0.len() < LISTED {
            self.0.push(Refused { finding, text: text.to_owned(), rows: 1 });
            return;
        }
        match self.0.last_mut().filter(|last| last.finding.code == MORE) {
            Some(more) => more.rows += 1,
            None => {
                let place = Place { row: None, column: None, ..finding.place };
                let message = format!("rows refused beyond the {LISTED} that are listed");
                let finding = Finding::error(MORE, message, "put right what the lines above say and run again");
                self.0.push(Refused { finding: finding.at(place), text: String::new(), rows: 1 });
            }
        }
    }

    /// Refuses `rows` rows for one reason, that are not named one by one.
    pub fn rows(&mut self, finding: Finding, rows: usize) {
        self.0.push(Refused { finding, text: String::new(), rows });
    }

    /// Refuses all `rows` rows of a file for one reason.
    pub fn file(&mut self, finding: &Finding, rows: usize) {
        self.0 = vec![Refused { finding: finding.clone(), text: String::new(), rows }];
    }

    /// How many rows were refused.
    pub fn count(&self) -> usize {
        self.0.iter().map(|refused| refused.rows).sum()
    }

    /// Adds the rows of `other` behind.
    pub fn extend(&mut self, other: Refusals) {
        self.0.extend(other.0);
    }

    /// The lines in the order of the file, each of this table and release.
    pub fn of(self, table: &str, release: &str) -> Vec<Refused> {
        let mut lines = self.0;
        lines.sort_by_key(|line| line.finding.place.row.unwrap_or(u32::MAX));
        lines.into_iter().map(|refused| Refused { finding: refused.finding.of(table, release), ..refused }).collect()
    }
}

/// The rule of a line that stands for the rows beyond those listed.
const MORE: &str = "more-rows";
