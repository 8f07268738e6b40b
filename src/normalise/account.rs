//! Where the rows of a file went: loaded, left out by a rule that is named, or refused with a finding.

use std::collections::BTreeMap;

use crate::quarantine::Refusals;

/// Where the rows of one release went.
#[derive(Clone, Debug, Default)]
pub struct Account {
    /// The release.
    pub release: String,
    /// The file.
    pub file: String,
    /// Rows below the header.
    pub rows: usize,
    /// Rows that became observations.
    pub loaded: usize,
    /// Rows left out, by the rule.
    pub left_out: BTreeMap<String, usize>,
    /// Rows refused, each with a finding.
    pub refused: Refusals,
}

impl Account {
    /// Rows that are neither loaded nor left out nor refused.
    pub fn unaccounted(&self) -> usize {
        let known = self.loaded + self.left_out.values().sum::<usize>() + self.refused.count();
        self.rows.saturating_sub(known)
    }

    /// Takes in another reading of the same file, which read it for another measure. `rule` is the one that left the
    /// rows of the other measures out.
    pub fn join(&mut self, other: Account, rule: &str) {
        if self.refused.count() >= self.rows {
            // A file refused as a whole was refused for each measure.
            return;
        }
        self.left_out.remove(rule);
        self.loaded += other.loaded;
        for (rule, count) in other.left_out.into_iter().filter(|(other, _)| other != rule) {
            *self.left_out.entry(rule).or_default() += count;
        }
        self.refused.extend(other.refused);
    }
}
