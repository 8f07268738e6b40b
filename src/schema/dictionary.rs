//! The data dictionary: what stands in every column of every published table, for people and for programs.

use super::table::{COMPARISONS, DICTIONARY, FINDINGS, Layout, OBSERVATIONS, QUARANTINE};
use crate::frame::{About, Holds};

/// The published tables: file, what a row is, columns.
const TABLES: [(&str, &str, Layout); 5] = [
    ("tables/*.parquet", "One row a figure in a release, with the cell it was read from", OBSERVATIONS),
    (
        "tables/comparisons.parquet",
        "One row an authority, measure, period, breakdown and comparator; the newest figures only",
        COMPARISONS,
    ),
    ("findings.csv", "One row a finding: what was found in the data, where, and what to do", FINDINGS),
    ("quarantine.csv, quarantine.parquet", "One row a row that was refused", QUARANTINE),
    ("dictionary.csv", "One row a column of these tables", DICTIONARY),
];

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The file or files.
    pub table: &'static str,
    /// The column.
    pub about: &'static About,
}

impl Entry {
    /// The entry in words, a cell each column of [`DICTIONARY`].
    pub fn cells(&self) -> [&'static str; 7] {
        let About { name, holds, label, definition, unit, whole_only } = *self.about;
        [self.table, name, kind(holds), label, definition, unit, if whole_only { WHOLE_ONLY } else { "all" }]
    }
}

/// For which rows a column is there that is not there for all.
pub const WHOLE_ONLY: &str = "only breakdown_topic Total and the breakdown that stands for a measure without it; `abreast compare` gives it for any breakdown";

/// What a column holds, in the words of Parquet and pandas.
fn kind(holds: Holds) -> &'static str {
    match holds {
        Holds::Words => "text (dictionary)",
        Holds::Numbers => "float64",
        Holds::Days => "date",
        Holds::Truths => "boolean",
        Holds::Wholes => "uint32",
        Holds::Smalls => "uint16",
    }
}

/// Every column of every table, in order.
pub fn entries() -> impl Iterator<Item = Entry> {
    TABLES.iter().flat_map(|(table, _, layout)| layout.0.iter().map(|about| Entry { table, about }))
}

/// The dictionary as a page.
pub fn markdown() -> String {
    let mut page = String::from(
        "# Data dictionary\n\n\
         What stands in every column of every table that `abreast run` writes. The same text is in the metadata of the \
         Parquet columns (`label`, `definition`, `unit`, `rows`) and in `outputs/dictionary.csv`. A column of the same \
         name means the same in every table. This page is made from the declarations in `src/schema/column.rs`.\n",
    );
    for (table, row, layout) in TABLES {
        page.push_str(&format!(
            "\n## `{table}`\n\n{row}.\n\n| column | type | what it is | unit |\n| --- | --- | --- | --- |\n"
        ));
        for about in layout.0 {
            let whole = if about.whole_only { " (a)" } else { "" };
            let About { name, definition, unit, .. } = about;
            page.push_str(&format!("| `{name}`{whole} | {} | {definition} | {unit} |\n", kind(about.holds)));
        }
        if layout.0.iter().any(|about| about.whole_only) {
            page.push_str(&format!("\n(a) {WHOLE_ONLY}.\n"));
        }
    }
    page
}
