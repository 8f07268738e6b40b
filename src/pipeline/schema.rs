//! The types a pipeline file fills. Field names are the keys of the TOML; docs/pipelines.md explains them to analysts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use super::{Checks, Measure, Predecessor, Release, Source};
use crate::declaration::{Document, Kind, Mention, Step, kind, place_in};
use crate::finding::Place;
use crate::period::{Break, YearEnd, label};
use crate::statistics::suppression::SmallNumbers;
use crate::value::Status;

/// One pipeline file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pipeline {
    /// The file's stem: the name of the table everywhere.
    #[serde(skip)]
    pub name: String,
    /// The path shown in messages.
    #[serde(skip)]
    pub path: String,
    /// The file's text, for spans and the hash.
    #[serde(skip)]
    pub text: String,
    /// Every text in the file, with what kind of text it is.
    #[serde(skip)]
    pub mentions: Vec<Mention>,
    /// A heading for tables and charts.
    #[schemars(with = "kind::Words")]
    pub title: String,
    /// The folder under the returns folder.
    #[serde(rename = "return")]
    #[schemars(with = "kind::Folder")]
    pub return_name: String,
    /// The matter under which people look for the table: `Special educational needs`. Pages group tables by it.
    #[serde(default)]
    #[schemars(with = "kind::Words")]
    pub topic: String,
    /// Anything a reader of the figures should know.
    #[serde(default)]
    #[schemars(with = "kind::Words")]
    pub note: String,
    /// Whether rows are areas or records to count.
    #[serde(default)]
    pub shape: Shape,
    /// The day of the year on which periods end.
    #[schemars(with = "Option<kind::DayOfYear>")]
    pub period_ends: Option<YearEnd>,
    /// How a day's count is dated in sentences: `January {year}`, the year in which the period ends. Without it a period is
    /// called as the publisher calls it.
    #[serde(default)]
    #[schemars(with = "kind::Words")]
    pub dated: String,
    /// The first and the last year in which a period may end; from 1980 to eight years after the release unless said.
    pub years: Option<(i32, i32)>,
    /// A council's own figures, not published yet: kept and reported, never compared or ranked.
    #[serde(default)]
    pub provisional: bool,
    /// What else the table feeds: `neighbours` adds its sets to the register.
    pub feeds: Option<Feeds>,
    /// Where the return comes from.
    #[serde(default)]
    pub source: Source,
    /// The measures, by name.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::NewMeasure, Measure>")]
    pub measures: BTreeMap<String, Measure>,
    /// Marks and their statuses, for every release.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Mark, StatusWord>")]
    pub symbols: BTreeMap<String, String>,
    /// Spellings of "Total", as globs, for every release.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Glob>")]
    pub totals: Vec<String>,
    /// Breakdown labels, by column: what a publisher's word is called here.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Labelled, kind::Keyed<kind::Cell, kind::Words>>")]
    pub labels: BTreeMap<String, BTreeMap<String, String>>,
    /// Records: the fields (and pairs of fields) to break down by.
    #[serde(default)]
    #[schemars(with = "Vec<Vec<kind::Field>>")]
    pub by: Vec<Vec<String>>,
    /// Records: what a record is; a child unless said.
    #[serde(default)]
    pub record: Record,
    /// Whether small counts and what would give them back are hidden; unless said, where a record is a child.
    pub protect: Option<bool>,
    /// Which counts are small, and to what the others are rounded.
    #[serde(default)]
    pub small_numbers: SmallNumbers,
    /// Records: what a record takes from the record of the school it was before.
    pub predecessor: Option<Predecessor>,
    /// The blocks, oldest first.
    #[serde(default, rename = "release")]
    pub releases: Vec<ReleaseBlock>,
    /// What must hold.
    #[serde(default)]
    pub checks: Checks,
    /// Declared breaks in the series.
    #[serde(default, rename = "break")]
    pub breaks: Vec<Break>,
    /// Known errors in a source.
    #[serde(default, rename = "correction")]
    pub corrections: Vec<Correction>,
    /// Doubtful figures that are true.
    #[serde(default, rename = "accept")]
    pub accepts: Vec<Accept>,
}

/// What a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// One row an area and period.
    #[default]
    Areas,
    /// One row a school, child or provider, counted into observations.
    Records,
}

/// What a record is, which decides what is protected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Record {
    /// A person: small counts are hidden.
    #[default]
    Child,
    /// A school.
    School,
    /// A provider, a home or another setting.
    Provider,
    /// A place in a setting, or anything else whose counts are public.
    Place,
}

/// What a table feeds besides itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Feeds {
    /// Sets of statistical neighbours: breakdown is the rank, value the neighbour's code, release the year of the set.
    Neighbours,
}

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

/// The header row or rows, as Excel counts them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Header {
    /// One row.
    Row(#[schemars(range(min = 1))] u32),
    /// Several rows joined; captions over several columns are filled to the right.
    Rows(#[schemars(inner(range(min = 1)))] Vec<u32>),
}

impl Default for Header {
    fn default() -> Self {
        Header::Row(1)
    }
}

impl Header {
    /// The rows, first to last.
    pub fn rows(&self) -> &[u32] {
        match self {
            Header::Row(row) => std::slice::from_ref(row),
            Header::Rows(rows) => rows,
        }
    }
}

/// The source column of a key, or the columns summed into it. Templates hold `{period}` or `{breakdown}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Columns(pub Vec<String>);

impl<'de> Deserialize<'de> for Columns {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize, JsonSchema)]
        #[serde(untagged)]
        enum Written {
            One(String),
            Sum(Vec<String>),
        }
        Ok(Columns(match Written::deserialize(deserializer)? {
            Written::One(name) => vec![name],
            Written::Sum(names) => names,
        }))
    }
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
    /// The file's name in the release folder, as a glob.
    #[schemars(with = "kind::Glob")]
    pub file: Spanned<String>,
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
    /// Columns that are of no interest here, as globs.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Glob>")]
    pub ignore: Vec<Spanned<String>>,
}

/// The only word `indicators` takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Indicators {
    /// Every column that is nothing else.
    All,
}

/// A known error in a source, corrected here with its reason.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The release it is in.
    #[schemars(with = "kind::ReleaseName")]
    pub release: Release,
    /// The rows: by column, the exact cell text.
    #[serde(rename = "where")]
    #[schemars(with = "kind::Keyed<kind::Column, kind::Cell>")]
    pub rows: BTreeMap<String, String>,
    /// The column corrected.
    #[schemars(with = "kind::Column")]
    pub column: String,
    /// What the file says.
    #[schemars(with = "kind::Cell")]
    pub from: String,
    /// What is right.
    #[schemars(with = "kind::Cell")]
    pub to: String,
    /// How that is known.
    #[schemars(with = "kind::Words")]
    pub reason: String,
}

/// A figure that a check doubts and a person has found to be true. What is left out stands for all of them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    /// The release it is in.
    #[schemars(with = "kind::ReleaseName")]
    pub release: Release,
    /// The area, by any known name or code.
    #[schemars(with = "Option<kind::Words>")]
    pub area: Option<String>,
    /// The period, as the publisher writes it or as `2023/24`.
    #[schemars(with = "Option<kind::Period>")]
    pub period: Option<String>,
    /// The measure.
    #[schemars(with = "Option<kind::Measure>")]
    pub measure: Option<String>,
    /// How that is known.
    #[schemars(with = "kind::Words")]
    pub reason: String,
}

impl Accept {
    /// Whether it is about a figure of that release, period (code and identifier) and measure, whatever the area.
    pub fn is_about(&self, release: &str, period: (&str, &str), measure: &str) -> bool {
        let fits = |wanted: &str| wanted == period.0 || wanted == label(period.0, period.1);
        self.release.as_str() == release
            && self.period.as_deref().is_none_or(fits)
            && self.measure.as_deref().is_none_or(|wanted| wanted == measure)
    }

    /// What it is about, in words: `plans, Camden, 2024`.
    pub fn words(&self) -> String {
        let parts = [&self.measure, &self.area, &self.period].into_iter().filter_map(Option::as_deref);
        parts.collect::<Vec<_>>().join(", ")
    }
}

impl Pipeline {
    /// Whether small counts are hidden: as declared, else where a record is a child.
    pub fn protects(&self) -> bool {
        self.protect.unwrap_or(self.shape == Shape::Records && self.record == Record::Child)
    }

    /// The block that holds for `release`: the last whose `from` is not after it.
    pub fn block(&self, release: &Release) -> Option<&ReleaseBlock> {
        self.releases
            .iter()
            .filter(|block| block.from.get_ref() <= release)
            .max_by(|a, b| a.from.get_ref().cmp(b.from.get_ref()))
    }

    /// The place of byte `span` in the file.
    pub fn place(&self, span: std::ops::Range<usize>) -> Place {
        place_in(&self.path, &self.text, span)
    }

    /// Every key a block may map: measures, numerators and denominators (records: fields).
    pub fn keys(&self) -> Vec<&str> {
        let mut keys: Vec<&str> = self.measures.keys().map(String::as_str).collect();
        for measure in self.measures.values() {
            keys.extend(measure.numerator.as_deref());
            keys.extend(measure.denominator.as_deref());
        }
        keys.sort_unstable();
        keys.dedup();
        keys
    }

    /// The place of the value that `way` leads to.
    pub fn place_of(&self, way: &[Step]) -> Place {
        self.place(Document::of(&self.text).find(way).unwrap_or(0..0))
    }

    /// Whether a label or a mark of a predecessor gives the word, so that it need not stand in a file.
    pub fn gives(&self, word: &str) -> bool {
        let labels = self.labels.values().chain(self.releases.iter().flat_map(|block| block.labels.values()));
        let marks = self.predecessor.iter().flat_map(|known| known.mark.values().flatten());
        labels.flat_map(BTreeMap::values).chain(marks).any(|given| given == word)
    }

    /// Every text of `kind` in the file.
    pub fn mentions(&self, kind: Kind) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(move |mention| mention.kind == kind)
    }
}

/// What the fields of an entry of `by` are called as a topic: `["school_phase", "sector"]` is "School phase, Sector".
pub fn topic_of(fields: &[String]) -> String {
    let sentence = |field: &String| {
        let words = field.replace('_', " ");
        let mut letters = words.chars();
        letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
    };
    fields.iter().map(sentence).collect::<Vec<_>>().join(", ")
}

/// The word of a status in a declaration.
struct StatusWord;

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
