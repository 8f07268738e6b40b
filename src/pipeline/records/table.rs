//! Tables of records, how they are joined, and one row chosen of many.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::Condition;
use crate::declaration::kind;
use crate::pipeline::columns::{Columns, Header};

/// A file, a sheet or a part of a sheet whose rows are records of one kind.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The file's name in the release folder, as a glob; that of the block unless said.
    #[schemars(with = "Option<kind::Glob>")]
    pub file: Option<Spanned<String>>,
    /// The sheet's name, as a glob; the first sheet unless said.
    #[schemars(with = "Option<kind::Glob>")]
    pub sheet: Option<Spanned<String>>,
    /// The text of the cell below which the table stands, where a sheet holds several; it ends at the first empty row.
    #[schemars(with = "Option<kind::Cell>")]
    pub under: Option<Spanned<String>>,
    /// The header row or rows; with `under` counted from the row of that cell.
    #[serde(default)]
    pub header: Header,
    /// Source columns, by field; of several names the first that the file has.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::NewField, kind::OneOrMore<kind::Column>>")]
    pub columns: BTreeMap<String, Spanned<Columns>>,
    /// Columns that say who somebody is (UPN, ULN): no field, so that no figure can hold one; checks of rows ask whether they are
    /// there, and whether one stands twice.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::NewField, kind::Column>")]
    pub identifiers: BTreeMap<String, String>,
    /// The field that identifies a row.
    #[schemars(with = "Option<kind::Own>")]
    pub key: Option<String>,
    /// What a code is called here, by field.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Own, kind::Keyed<kind::Cell, kind::Words>>")]
    pub labels: BTreeMap<String, BTreeMap<String, String>>,
    /// The fields that hold days.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Own>")]
    pub days: Vec<String>,
    /// The fields that hold yes or no, in any spelling: they are the words `yes` and `no`.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Own>")]
    pub yes_no: Vec<String>,
    /// Rows to keep; the others are left out by rule.
    #[serde(default, rename = "where")]
    #[schemars(with = "kind::Keyed<kind::Column, Vec<kind::Glob>>")]
    pub keep: BTreeMap<String, Spanned<Vec<String>>>,
    /// Rows to leave out by rule.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Column, Vec<kind::Glob>>")]
    pub drop: BTreeMap<String, Spanned<Vec<String>>>,
    /// Columns that are of no interest here, as globs.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Glob>")]
    pub ignore: Vec<Spanned<String>>,
}

/// A row of one table belongs to a row of another.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// The field with the other row's key, `TABLE.FIELD`.
    #[schemars(with = "kind::Field")]
    pub from: String,
    /// The field that is the other row's key, `TABLE.FIELD`.
    #[schemars(with = "kind::Field")]
    pub to: String,
    /// What becomes of a row whose other row is not there.
    #[serde(default)]
    pub missing: Unmatched,
}

/// What becomes of a row whose parent is not there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Unmatched {
    /// It is refused, counted and said.
    #[default]
    Refuse,
    /// It stays; the fields of the other row are missing.
    Keep,
}

/// One row chosen of those that belong to a row.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pick {
    /// The table to whose rows they belong; a pick stands for the row it chose.
    #[schemars(with = "kind::Rows")]
    pub of: String,
    /// The table that is chosen from; the one of the pick's own name unless said.
    #[schemars(with = "Option<kind::TableName>")]
    pub from: Option<String>,
    /// Which rows can be chosen.
    #[serde(default, rename = "where")]
    pub keep: Condition,
    /// The fields that say which comes first, lowest first, with `-` highest first; the file's order decides last.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Ordering>")]
    pub order: Vec<String>,
}

impl Pick {
    /// The table that is chosen from by the pick called `name`.
    pub fn table<'p>(&'p self, name: &'p str) -> &'p str {
        self.from.as_deref().unwrap_or(name)
    }
}
