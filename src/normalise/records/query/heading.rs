//! What a table of counts says of itself, in one row of it: what it was counted from, by which rules, and what its columns are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::pipeline::Pipeline;
use crate::provenance::hash;

/// What the columns and rows of a table of counts are called.
pub mod column {
    /// What a row tells.
    pub const KIND: &str = "kind";
    /// The table of the return that it tells of.
    pub const TABLE: &str = "of_table";
    /// The rule, field or check that it tells of; the heading as JSON.
    pub const RULE: &str = "rule";
    /// How many there are.
    pub const NUMBER: &str = "number";
    /// What tells the records from others.
    pub const MARK: &str = "mark";
    /// The words of the area: code, 9-character code, name.
    pub const AREA: [&str; 3] = ["area_code", "area_ons_code", "area_name"];
    /// The word of the period.
    pub const PERIOD: &str = "period";

    /// What is counted of the rows of a line, by its place in the heading.
    pub fn counts(at: usize) -> String {
        format!("counts{at}")
    }
}

/// What rows tell.
pub mod kind {
    /// The heading.
    pub const HEADING: &str = "heading";
    /// Records alike in all that is asked of them.
    pub const RECORDS: &str = "records";
    /// Rows of another table, by what became of them.
    pub const ROWS: &str = "rows";
    /// Rows that a check found.
    pub const DOUBT: &str = "doubt";
    /// Records that should bring a number and have none.
    pub const WITHOUT_NUMBER: &str = "without number";
}

/// How the period of records is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// All are of one: as it is written, and its identifier.
    One(String, String),
    /// A column says it, in this way; the flag says whether it holds days.
    Each(String, bool),
}

/// A field whose words or numbers stand in a column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Told {
    /// The column.
    pub column: String,
    /// What its numbers are still to be divided by.
    pub divisor: f64,
    /// Whether it holds numbers.
    pub is_number: bool,
}

/// A measure with its columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Gauged {
    /// The measure.
    pub measure: String,
    /// The column that says whether records are counted.
    pub counted: String,
    /// The column that says whether they are among those counted out of; none where there are no such.
    pub of: Option<String>,
    /// The column with the sum of their numbers; none where they bring none.
    pub sum: Option<String>,
    /// The number of the field whose numbers these are.
    pub field: Option<usize>,
    /// What their sum is still to be divided by.
    pub divisor: f64,
}

/// The heading of a table of counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// The form of the table.
    pub form: u32,
    /// The table.
    pub table: String,
    /// The release.
    pub release: String,
    /// A hash of all that says how records are counted.
    pub rules: String,
    /// The hash of each file that the records and what goes with them stood in when the query was written.
    pub files: BTreeMap<String, String>,
    /// The file and the sheet with the records.
    pub records: String,
    /// The period.
    pub when: When,
    /// Whether all records are of one authority.
    pub is_one: bool,
    /// The fields.
    pub fields: Vec<Told>,
    /// By list of fields that figures are broken down by, the numbers of the fields; none where one is not mapped.
    pub lists: Vec<Option<Vec<usize>>>,
    /// The measures.
    pub measures: Vec<Gauged>,
    /// The table with the records, as its pipeline calls it.
    pub base: String,
    /// By table what is counted of its rows: what it is, and the field or check that it is of.
    pub counts: BTreeMap<String, Vec<(String, String)>>,
}

impl Heading {
    /// The form of the tables that are written now.
    pub const FORM: u32 = 1;

    /// What says how the records of a pipeline are counted.
    pub fn rules(pipeline: &Pipeline) -> String {
        hash(pipeline.texts().as_bytes())
    }
}
