//! What tells columns apart that fit one old name alike: where, and by how much, their own figures differ.

use std::collections::BTreeSet;

use super::common::texts;
use super::new_pipeline::Columns;
use super::proposal::Proposal;
use super::successor::Successor;
use crate::grid::TextTable;

/// How two columns of a file differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Apart {
    /// The key and the old name that both fit.
    pub of: (String, String),
    /// The rows in which they differ.
    pub differ: usize,
    /// All rows.
    pub rows: usize,
    /// The periods of those rows, where a column says them; a few.
    pub periods: Vec<String>,
    /// The largest difference of two numbers.
    pub most: f64,
}

impl Apart {
    /// How they differ, in words.
    pub fn words(&self) -> String {
        if self.differ == 0 {
            return "they say the same in every row: either will do".to_owned();
        }
        let most = if self.most > 0.0 {
            format!(", by {} at most", crate::shown::trimmed(self.most, 4))
        } else {
            String::new()
        };
        let periods =
            if self.periods.is_empty() { String::new() } else { format!(" (of {})", self.periods.join(", ")) };
        format!(
            "they differ in {} of {} rows{periods}{most}; the publisher's notes decide",
            crate::shown::whole(self.differ),
            crate::shown::whole(self.rows)
        )
    }
}

/// The columns of a proposal that fit alike, as they were found.
pub(super) fn of(proposal: &Proposal, table: &TextTable, columns: &Columns) -> Vec<Apart> {
    let unsure = proposal.found.iter().filter_map(|(missing, successor)| match successor {
        Successor::Unsure(options) if options.len() > 1 => Some((missing, options)),
        _ => None,
    });
    let period = columns.period.as_ref().and_then(|name| table.position(name));
    let periods = period.map(|at| texts(table, at));
    let pairs = unsure.filter_map(|(missing, options)| {
        let (one, other) = (table.position(&options[0].name)?, table.position(&options[1].name)?);
        let (one, other) = (texts(table, one), texts(table, other));
        let differ: Vec<usize> = (0..one.len()).filter(|&row| one[row].trim() != other[row].trim()).collect();
        let number = |text: &str| text.trim().replace(',', "").parse::<f64>().ok();
        let gaps = differ.iter().filter_map(|&row| Some((number(one[row])? - number(other[row])?).abs()));
        let told = periods.as_ref().map_or_else(BTreeSet::new, |periods| {
            differ.iter().map(|&row| periods[row].trim().to_owned()).collect::<BTreeSet<String>>()
        });
        Some(Apart {
            of: (missing.key.clone(), missing.name.clone()),
            differ: differ.len(),
            rows: one.len(),
            most: gaps.fold(0.0, f64::max),
            periods: told.into_iter().rev().take(3).collect(),
        })
    });
    pairs.collect()
}
