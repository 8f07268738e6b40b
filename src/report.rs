//! `pipelines/reports/*.toml` to `Report`: what a board asks for, again next year.
//!
//! In: the text of one file. Out: sections with their words, measures, tables and charts, each name with its place,
//! so that a mistake is told with its line and the likely answer.

use std::sync::LazyLock;

use clap::ValueEnum;
use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::Value;
use toml::Spanned;

use crate::declaration::{self, Declared, Mention, Mistake, kind, place_in};
use crate::finding::{Finding, Place};
use crate::form;

/// The page that lists every key of a report file.
pub const MANUAL: &str = "docs/reports.md";

/// One report file.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// The file's stem: the name on the command line.
    #[serde(skip)]
    pub name: String,
    /// The path shown in messages.
    #[serde(skip)]
    pub path: String,
    /// The file's text, for places.
    #[serde(skip)]
    pub text: String,
    /// Every text in the file, with what kind of text it is.
    #[serde(skip)]
    pub mentions: Vec<Mention>,
    /// Its heading.
    #[schemars(with = "kind::Words")]
    pub title: String,
    /// What kind of paper it is, over its heading.
    #[serde(default = "usual_kind")]
    #[schemars(with = "kind::Words")]
    pub kind: String,
    /// The board that it is for: `the Children's Services and Education Scrutiny Board`.
    #[serde(default, rename = "for")]
    #[schemars(with = "kind::Words")]
    pub audience: String,
    /// One line on what is compared with what; from the comparators unless said.
    #[serde(default)]
    #[schemars(with = "kind::Words")]
    pub subtitle: String,
    /// The measures that the board asked about, one to three: they come first among the key messages.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Measures>")]
    pub lead: Vec<Spanned<String>>,
    /// The measures of the first page, in order, before those that the messages speak of.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Measures>")]
    pub glance: Vec<Spanned<String>>,
    /// The table of the first page; where nothing is said, the scorecard of a paper whose figures are all the council's own.
    pub first: Option<First>,
    /// The authority it is about where the command line names none.
    #[schemars(with = "Option<kind::Authorities>")]
    pub authority: Option<String>,
    /// Several authorities: a report for each.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Authorities>")]
    pub authorities: Vec<String>,
    /// What the authority is set beside.
    #[serde(default = "usual_comparators")]
    #[schemars(with = "Vec<kind::Comparator>")]
    pub compare: Vec<Spanned<String>>,
    /// `latest`, or the last period shown, such as `2023/24`.
    #[serde(default = "latest")]
    #[schemars(with = "kind::LastPeriod")]
    pub period: String,
    /// How many periods a table over the years shows.
    #[serde(default = "usual_years")]
    #[schemars(range(min = 1, max = 100))]
    pub years: usize,
    /// Words under the heading; an empty line starts a paragraph.
    #[serde(default)]
    #[schemars(with = "kind::Introduction")]
    pub introduction: String,
    /// A council's own colours, at most four.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Colour>")]
    pub colours: Vec<String>,
    /// The sections in order.
    #[serde(default, rename = "section")]
    pub sections: Vec<Section>,
}

/// One section of a report.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Its heading: a question.
    #[schemars(with = "kind::Words")]
    pub heading: String,
    /// The council's own words, a line each.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Words>")]
    pub comment: Vec<String>,
    /// Words under the heading.
    #[serde(default)]
    #[schemars(with = "kind::Introduction")]
    pub introduction: String,
    /// Measures by name, `table/measure` or glob.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Measures>")]
    pub measures: Vec<Spanned<String>>,
    /// The tables to print.
    #[serde(default)]
    pub tables: Vec<TableKind>,
    /// The charts to draw of each measure.
    #[serde(default)]
    pub charts: Vec<ChartKind>,
    /// The measures that charts are drawn of; all of the section unless said.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Measures>")]
    pub drawn: Vec<Spanned<String>>,
    /// The topic that `breakdown` and `cross` tables go through.
    #[serde(default)]
    #[schemars(with = "kind::SectionTopic")]
    pub topic: String,
    /// Only these breakdowns, in this order; all of them unless said.
    #[serde(default)]
    #[schemars(with = "Vec<kind::SectionBreakdown>")]
    pub breakdowns: Vec<String>,
    /// The word of the topic's second field that a `cross` table is about, such as `LA maintained`; its total comes last.
    #[serde(default)]
    #[schemars(with = "kind::SectionBreakdown")]
    pub within: String,
    /// Measures said in a note under a `cross` table, such as the schools that are left out of it.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Measures>")]
    pub noted: Vec<Spanned<String>>,
    /// The periods of this section where they are not those of the report.
    #[schemars(with = "Option<kind::LastPeriod>")]
    pub period: Option<String>,
    /// Whether a projection reads across breaks in the series, and says so.
    #[serde(default)]
    pub across_breaks: bool,
    /// How many years a projection goes ahead.
    #[serde(default = "usual_ahead")]
    #[schemars(range(min = 1, max = 100))]
    pub ahead: usize,
    /// The comparators of this section where they are not those of the report.
    #[schemars(with = "Option<Vec<kind::Comparator>>")]
    pub compare: Option<Vec<Spanned<String>>>,
}

/// The table of a first page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum First {
    /// Published measures: figure, England, neighbours, place, change.
    Glance,
    /// The council's own measures: six months before, figure, target, rating, line.
    Scorecard,
    /// A tile for each published measure, with its figure, shape and word; their table stands on the next page.
    Tiles,
}

/// A kind of table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TableKind {
    /// A row a measure: the latest figure, the comparators, the place, the change.
    Standing,
    /// A row an authority: its own figures, its neighbours' with those most alike first, the averages.
    Neighbours,
    /// A row an area, a column a period, one table a measure.
    Years,
    /// A row a breakdown of the topic, a column an area.
    Breakdown,
    /// A row a breakdown of the topic, a count and a share for each measure.
    Cross,
    /// A row a measure: the average of six months, this month, target, rating, the line of its months.
    Scorecard,
    /// A row a measure, a column an area or team; a figure that misses the target by more than the tolerance is marked.
    Areas,
    /// A row a measure: what the council says of it.
    Comments,
    /// A row a measure: aim, result, target, verdict, direction of travel, comment.
    Targets,
    /// A row an action of the council's plan: owner, due, done, what became of it, how it was rated now and before.
    Actions,
    /// A row a period, a table a measure: the years so far and the years ahead with their intervals.
    Projection,
}

/// A kind of chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema, ValueEnum)]
#[serde(rename_all = "snake_case")]
pub enum ChartKind {
    /// The authority over the years with its neighbours, region and England
    Trend,
    /// All authorities of one period in order
    Ordered,
    /// The authority and its neighbours side by side, with intervals
    Neighbours,
    /// Rates against the size of the group, with 95% and 99.8% limits
    Funnel,
    /// Several measures on one page, centred on England
    Spine,
    /// Several measures with small lines, change and rank
    Scorecard,
    /// The parts of a whole: a breakdown, or several measures
    Stacked,
    /// Last period against this one, or two measures side by side
    Dumbbell,
    /// Where each authority lies, with quartiles
    Strip,
    /// One period: the authority beside its neighbours' average and England, a bar each
    Bars,
    /// A council's own months with average, usual range and target
    Control,
    /// Several measures, or the breakdowns of a topic, as small charts of the years
    Multiples,
    /// The groups within the authority beside England, with verdicts
    Groups,
    /// The shares of age bands, or other parts of a whole, beside England
    Ages,
    /// Two measures of all authorities: the first along the foot, the second upright
    Scatter,
    /// Measures of the authority and its neighbours, each figure with its quarter of all authorities
    Heat,
    /// A measure over the years beside another that says what was planned for it
    Plan,
    /// What an average hides: several statistics of one group on one scale, and the shares of it that are past a mark
    Spread,
}

impl ChartKind {
    /// The word in file names, on the command line and in report files.
    pub fn word(self) -> &'static str {
        match self {
            ChartKind::Trend => "trend",
            ChartKind::Ordered => "ordered",
            ChartKind::Neighbours => "neighbours",
            ChartKind::Funnel => "funnel",
            ChartKind::Spine => "spine",
            ChartKind::Scorecard => "scorecard",
            ChartKind::Stacked => "stacked",
            ChartKind::Dumbbell => "dumbbell",
            ChartKind::Strip => "strip",
            ChartKind::Bars => "bars",
            ChartKind::Control => "control",
            ChartKind::Multiples => "multiples",
            ChartKind::Groups => "groups",
            ChartKind::Ages => "ages",
            ChartKind::Scatter => "scatter",
            ChartKind::Heat => "heat",
            ChartKind::Plan => "plan",
            ChartKind::Spread => "spread",
        }
    }

    /// What a chart of the kind shows, where two of one measure have the same title.
    pub fn shows(self) -> &'static str {
        match self {
            ChartKind::Trend => "over the years",
            ChartKind::Ordered => "all authorities in order",
            ChartKind::Neighbours => "beside each neighbour",
            ChartKind::Funnel => "by size of the group",
            ChartKind::Spine => "beside the spread of authorities",
            ChartKind::Scorecard => "with the years before",
            ChartKind::Stacked => "parts of the whole",
            ChartKind::Dumbbell => "two figures side by side",
            ChartKind::Strip => "among all authorities",
            ChartKind::Bars => "beside averages",
            ChartKind::Control => "month by month",
            ChartKind::Multiples => "small charts",
            ChartKind::Groups => "by group",
            ChartKind::Ages => "by age",
            ChartKind::Scatter => "one against the other",
            ChartKind::Heat => "by quarter of authorities",
            ChartKind::Plan => "beside the plan, and ahead",
            ChartKind::Spread => "behind the average",
        }
    }
}

fn usual_comparators() -> Vec<Spanned<String>> {
    ["region", "neighbours", "england"].map(|word| Spanned::new(0..0, word.to_owned())).into()
}

fn usual_kind() -> String {
    "Briefing paper".to_owned()
}

fn latest() -> String {
    "latest".to_owned()
}

fn usual_ahead() -> usize {
    3
}

fn usual_years() -> usize {
    6
}

/// Worked out once: every report file is read by it.
static SCHEMA: LazyLock<Value> = LazyLock::new(declaration::schema::<Report>);

/// Reads one report file.
///
/// # Errors
/// The findings, each of severity error and with its line and column in the file.
pub fn read(declared: Declared) -> Result<Report, Vec<Finding>> {
    let (report, mentions) = match declaration::read::<Report>(&declared.text, &SCHEMA, MANUAL, form::mistake) {
        Ok(read) => read,
        Err(mistakes) => return Err(declared.findings("report-declaration", mistakes)),
    };
    if report.sections.is_empty() {
        let help = format!("add one, or let `abreast report new` write them; see {MANUAL}");
        let mistake = Mistake::new(0..0, "there is no `[[section]]`", help);
        return Err(declared.findings("report-declaration", vec![mistake]));
    }
    let Declared { path, name, text, .. } = declared;
    Ok(Report { name, path, text, mentions, ..report })
}

impl Section {
    /// The topic that `within` is a breakdown of: the second field of `topic`.
    pub fn whole(&self) -> &str {
        self.topic.split_once(", ").map_or("", |(_, second)| second)
    }
}

impl Report {
    /// The place of a name in the file.
    pub fn place(&self, name: &Spanned<String>) -> Place {
        place_in(&self.path, &self.text, name.span())
    }
}
