//! What the `.meta.csv` beside a file of the Explore Education Statistics standard says of its columns.

use rustc_hash::FxHashMap;

use super::map::{BELOW, STANDARD};
use crate::grid::TextTable;

/// What is said of one column.
#[derive(Clone, Debug, Default)]
struct MetaColumn {
    kind: String,
    label: String,
    unit: String,
    places: Option<u8>,
}

/// What a `.meta.csv` says, by column name in lower case.
#[derive(Clone, Debug, Default)]
pub struct Meta(FxHashMap<String, MetaColumn>);

impl Meta {
    /// Reads the table of a `.meta.csv`.
    pub fn read(table: &TextTable) -> Meta {
        let text = |row: usize, name: &str| {
            let cells = table.position(name).and_then(|column| table.frame.columns()[column].str().ok());
            cells.and_then(|cells| cells.get(row)).unwrap_or_default().trim().to_owned()
        };
        let columns = (0..table.rows.len()).map(|row| {
            let column = MetaColumn {
                kind: text(row, "col_type").to_lowercase(),
                label: text(row, "label"),
                unit: text(row, "indicator_unit"),
                places: text(row, "indicator_dp").parse().ok(),
            };
            (text(row, "col_name").to_lowercase(), column)
        });
        Meta(columns.collect())
    }

    /// Whether it says that the column is a filter.
    pub fn is_filter(&self, column: &str) -> bool {
        self.get(column).is_some_and(|column| column.kind == "filter")
    }

    /// Whether it says that the column holds figures.
    pub fn is_indicator(&self, column: &str) -> bool {
        self.get(column).is_some_and(|column| column.kind == "indicator")
    }

    /// Whether it says anything of the column.
    pub fn knows(&self, column: &str) -> bool {
        self.get(column).is_some()
    }

    /// What the column is called in words, where it says so.
    pub fn label(&self, column: &str) -> Option<&str> {
        self.get(column).map(|column| column.label.as_str()).filter(|label| !label.is_empty())
    }

    /// Its unit as the publisher writes it, such as `%` or `£`; empty where it says none.
    pub fn unit(&self, column: &str) -> &str {
        self.get(column).map_or("", |column| &column.unit)
    }

    /// Decimals to show, where it says so.
    pub fn places(&self, column: &str) -> Option<u8> {
        self.get(column).and_then(|column| column.places)
    }

    fn get(&self, column: &str) -> Option<&MetaColumn> {
        self.0.get(&column.to_lowercase())
    }
}

/// Whether a column, in lower case, is one that all files of the standard have in common.
pub fn is_standard(lower: &str) -> bool {
    STANDARD.contains(&lower) || BELOW.contains(&lower)
}
