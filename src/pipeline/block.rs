//! `[[release]]`: how the files of a release are laid out, until the next block.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use toml::Spanned;

use super::columns::{Columns, Header};
use super::records::Table;
use super::release::Release;
use crate::declaration::kind;
use crate::value::Status;

/// How a file is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// A table whose areas, periods and marks the block declares.
    #[default]
    Table,
    /// An Explore Education Statistics file: geography, period and marks come from the standard.
    Ees,
}

/// Row filters: by column, globs of which one must match the cell; `""` matches an empty cell.
pub type Filter = BTreeMap<String, Vec<String>>;

/// The columns that say which area a row is about.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Area {
    /// Column of the 3-digit code.
    #[schemars(with = "Option<kind::Column>")]
    pub code: Option<String>,
    /// Column of the 9-character code.
    #[schemars(with = "Option<kind::Column>")]
    pub ons: Option<String>,
    /// Column of the name.
    #[schemars(with = "Option<kind::Column>")]
    pub name: Option<String>,
    /// Column of the level, in the publisher's words.
    #[schemars(with = "Option<kind::Column>")]
    pub level: Option<String>,
    /// Column of the region's name: rows whose code and name are blank or say `All` are about the region.
    #[schemars(with = "Option<kind::Column>")]
    pub region: Option<String>,
    /// One authority that every row is about: a council's own return.
    #[schemars(with = "Option<kind::Authority>")]
    pub authority: Option<String>,
}

impl Area {
    /// The columns named.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        [&self.code, &self.ons, &self.name, &self.level, &self.region].into_iter().filter_map(Option::as_deref)
    }
}

/// A block: the layout of a release's file from one release on until the next block.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseBlock {
    /// The first release it holds for.
    #[schemars(with = "kind::ReleaseName")]
    pub from: Spanned<Release>,
    /// Which dress of the return it is about, where one release may come in several: the block of the layout whose files
    /// are there is read.
    #[serde(default)]
    #[schemars(with = "kind::Words")]
    pub layout: String,
    /// Records in several tables: the release of a block above whose tables hold where this one has none of the name.
    #[schemars(with = "Option<kind::ReleaseName>")]
    pub like: Option<Spanned<Release>>,
    /// The file's name in the release folder, as a glob; may be left out where each `table` names its own.
    #[serde(default = "no_file")]
    #[schemars(with = "Option<kind::Glob>")]
    pub file: Spanned<String>,
    /// Records: the tables, by name, where there are several or the one has a name.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::NewField, Table>")]
    pub table: BTreeMap<String, Table>,
    /// How it is laid out.
    #[serde(default)]
    pub format: Format,
    /// The sheet's name, as a glob; the first sheet unless said.
    #[schemars(with = "Option<kind::Glob>")]
    pub sheet: Option<Spanned<String>>,
    /// The header row or rows.
    #[serde(default)]
    pub header: Header,
    /// The cells of the table, such as `A5:J160`, where a sheet holds more than one.
    #[schemars(with = "Option<kind::Cells>")]
    pub range: Option<Spanned<String>>,
    /// Source columns, by measure or component (records: by field).
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Key, kind::OneOrMore<kind::Template>>")]
    pub columns: BTreeMap<String, Spanned<Columns>>,
    /// `all` takes every column that is nothing else as a measure under its own name.
    pub indicators: Option<Indicators>,
    /// Columns that break a figure down, each a topic of its own.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Column>")]
    pub filters: Vec<Spanned<String>>,
    /// A pair of columns: the topic and the breakdown.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Column>")]
    pub breakdown: Vec<Spanned<String>>,
    /// The topic of `{breakdown}` columns.
    #[schemars(with = "Option<kind::NewTopic>")]
    pub topic: Option<String>,
    /// What a filter is called as a topic, by column; the column's name unless said.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Filter, kind::Words>")]
    pub topics: BTreeMap<String, String>,
    /// Breakdown labels of this layout, by column.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Labelled, kind::Keyed<kind::Cell, kind::Words>>")]
    pub labels: BTreeMap<String, BTreeMap<String, String>>,
    /// Spellings of "Total" in this layout, as globs.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Glob>")]
    pub totals: Vec<String>,
    /// Marks of this layout.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Mark, StatusWord>")]
    pub symbols: BTreeMap<String, String>,
    /// The columns of the area.
    #[serde(default)]
    pub area: Area,
    /// The period of every row; `{release}` is the release's name.
    #[schemars(with = "Option<kind::BlockPeriod>")]
    pub period: Option<Spanned<String>>,
    /// The column of the period.
    #[schemars(with = "Option<kind::Column>")]
    pub period_column: Option<Spanned<String>>,
    /// The column that names the measure of a row; `columns` then says where `value`, `numerator` and `denominator` are.
    #[schemars(with = "Option<kind::Column>")]
    pub measure_column: Option<Spanned<String>>,
    /// A block for each measure of a `measure_column`, made when the file is read.
    #[serde(skip)]
    pub parts: Vec<ReleaseBlock>,
    /// The words in `measure_column` by which rows call the measure of a part.
    #[serde(skip)]
    pub called: Vec<String>,
    /// The identifier of every row's period.
    #[schemars(with = "Option<kind::Identifier>")]
    pub period_identifier: Option<String>,
    /// Columns that identify a row below the authority, such as the URN.
    #[schemars(with = "Option<kind::Column>")]
    pub id: Option<Spanned<String>>,
    /// Rows to keep; the others are left out by rule.
    #[serde(default, rename = "where")]
    #[schemars(with = "kind::Keyed<kind::Column, Vec<kind::Glob>>")]
    pub keep: BTreeMap<String, Spanned<Vec<String>>>,
    /// Rows to leave out by rule.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Column, Vec<kind::Glob>>")]
    pub drop: BTreeMap<String, Spanned<Vec<String>>>,
    /// Factors that bring a column to the measure's unit, by measure or component.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Mapped, f64>")]
    pub scale: BTreeMap<String, f64>,
    /// Records: the fields that hold days.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Field>")]
    pub days: Vec<String>,
    /// Records: the fields that hold yes or no, in any spelling: they are the words `yes` and `no`.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Field>")]
    pub yes_no: Vec<String>,
    /// Columns that are of no interest here, as globs.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Glob>")]
    pub ignore: Vec<Spanned<String>>,
}

impl ReleaseBlock {
    /// The globs of all files that it reads.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let of_tables = self.table.values().filter_map(|table| table.file.as_ref());
        std::iter::once(&self.file).chain(of_tables).map(|file| file.get_ref().as_str()).filter(|file| !file.is_empty())
    }
}

/// The file of a block that names none.
fn no_file() -> Spanned<String> {
    Spanned::new(0..0, String::new())
}

/// The only word `indicators` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Indicators {
    /// Every column that is nothing else.
    All,
}

/// The word of a status in a declaration.
pub(super) struct StatusWord;

impl JsonSchema for StatusWord {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "status".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // What we say of a figure ourselves is no mark of a publisher's.
        json_schema!({ "type": "string", "enum": Status::MARKS.map(Status::word) })
    }
}
