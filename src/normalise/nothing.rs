//! A rule that keeps rows and fits none: what it asks for, and what the column has instead.

use std::collections::BTreeSet;

use super::rows::Cells;
use crate::finding::{Finding, tidy};
use crate::grid::TextTable;

/// How many words of the column are named.
const NAMED: usize = 6;

/// What says that the rule `rule` on `column` fits no row of the table.
pub(super) fn fits_nothing(rule: &str, column: usize, cells: &Cells<'_>, table: &TextTable) -> Finding {
    let words: BTreeSet<&str> = (0..table.rows.len()).map(|row| cells.text(row, column)).collect();
    let mut named: Vec<String> = words.iter().take(NAMED).map(|word| format!("`{}`", tidy(word))).collect();
    if words.len() > NAMED {
        named.push(format!("and {} more", words.len() - NAMED));
    }
    let message = format!(
        "`{rule}` fits none of the {} rows, so that none is loaded: the column has {}",
        table.rows.len(),
        named.join(", ")
    );
    let help = "correct the rule, or add a `[[release]]` block from this release on with the new words; `abreast inspect FILE` proposes one";
    Finding::warning("where-fits-nothing", message, help).at(table.place(None, Some(column)))
}
