//! The types a pipeline file fills. Field names are the keys of the TOML; docs/pipelines.md explains them to analysts.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;

use super::block::StatusWord;
use super::records::{AreaOf, Condition, DayRule, FieldRule, Join, PeriodOf, Pick};
use super::{Accept, Checks, Correction, Dictionary, Measure, Predecessor, Release, ReleaseBlock, Source};
use crate::declaration::{self, Declared, Document, Kind, Mention, Step, kind, place_in};
use crate::finding::Place;
use crate::period::{Break, YearEnd};
use crate::statistics::suppression::SmallNumbers;

/// The page that lists every key of a pipeline file.
pub const MANUAL: &str = "docs/pipelines.md";

/// Worked out once: every pipeline is read by it.
pub(super) static SCHEMA: LazyLock<Value> = LazyLock::new(declaration::schema::<Pipeline>);

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
    /// The file of tables that it shares with others, in which its blocks stand; none where they stand here.
    #[serde(skip)]
    pub shared: Option<Declared>,
    /// The file of the published table that it stands beside; none where it names none.
    #[serde(skip)]
    pub published: Option<Declared>,
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
    /// What these figures are taken from, where that is not their publisher: they are marked as second hand.
    #[serde(default)]
    #[schemars(with = "kind::Words")]
    pub taken_from: String,
    /// The list beside the return that says what its measures are.
    pub dictionary: Option<Dictionary>,
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
    /// Records: the file in `tables/` beside the pipelines that says how the files of the return are laid out.
    #[schemars(with = "Option<kind::SharedTables>")]
    pub tables: Option<String>,
    /// Records: the table whose rows are counted, where there are several.
    #[schemars(with = "Option<kind::TableName>")]
    pub rows: Option<String>,
    /// Records: which rows are counted at all; the others are left out by this rule.
    #[serde(default, rename = "where")]
    pub keep: Condition,
    /// Records: their period, where the block does not say it.
    pub period: Option<PeriodOf>,
    /// Records: the fields of the authority they are of, where the block does not name columns.
    pub area: Option<AreaOf>,
    /// Records: how rows of the tables belong together.
    #[serde(default, rename = "join")]
    pub joins: Vec<Join>,
    /// Records: one row chosen of many, by name.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::NewField, Pick>")]
    pub pick: BTreeMap<String, Pick>,
    /// Records: days and spans, by name.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::NewField, DayRule>")]
    pub day: BTreeMap<String, DayRule>,
    /// Records: worked-out fields, by name.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::NewField, FieldRule>")]
    pub field: BTreeMap<String, FieldRule>,
    /// The published table of the same measures and breakdowns, beside which these figures stand.
    #[schemars(with = "Option<kind::OtherTable>")]
    pub beside: Option<String>,
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

    /// The table of `block` whose rows are counted; empty where it has one table without a name.
    pub fn base(&self, block: &ReleaseBlock) -> String {
        let only = block.table.keys().next().filter(|_| block.table.len() == 1);
        self.rows.as_ref().filter(|_| !block.table.is_empty()).or(only).cloned().unwrap_or_default()
    }

    /// The place of byte `span` of a block, in the file that the block stands in.
    pub fn block_place(&self, span: std::ops::Range<usize>) -> Place {
        self.shared.as_ref().map_or_else(|| self.place(span.clone()), |shared| shared.place(span.clone()))
    }

    /// The file that the blocks stand in, for messages.
    pub fn block_path(&self) -> &str {
        self.shared.as_ref().map_or(&self.path, |shared| &shared.path)
    }

    /// All that the table is made by: the text of the file, of the one that it shares and of the one that it stands beside.
    pub fn texts(&self) -> String {
        let others = [&self.shared, &self.published].into_iter().flatten().map(|file| file.text.as_str());
        std::iter::once(self.text.as_str()).chain(others).collect()
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

    /// What a reader must know of a measure: what it says itself, whom it is taken from and who publishes it first.
    pub fn reads(&self, measure: &Measure) -> String {
        let source = match (self.taken_from.as_str(), &measure.first_hand) {
            ("", _) => String::new(),
            (from, None) => format!("Taken from {from}, not from its publisher"),
            (from, Some(other)) => {
                format!("Taken from {from}; the figures of its publisher are `{other}`, and may differ")
            }
        };
        [measure.reads.trim_end_matches('.'), &source]
            .into_iter()
            .filter(|words| !words.is_empty())
            .collect::<Vec<_>>()
            .join(". ")
    }

    /// Every text of `kind` in the file.
    pub fn mentions(&self, kind: Kind) -> impl Iterator<Item = &Mention> {
        self.mentions.iter().filter(move |mention| mention.kind == kind)
    }
}

/// What the fields of an entry of `by` are called as a topic: `["school_phase", "pupil.sex"]` is "School phase, Sex".
pub fn topic_of(fields: &[String]) -> String {
    let sentence = |field: &String| {
        let words = field.rsplit('.').next().unwrap_or(field).replace('_', " ");
        let mut letters = words.chars();
        letters.next().map(|first| first.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
    };
    fields.iter().map(sentence).collect::<Vec<_>>().join(", ")
}
