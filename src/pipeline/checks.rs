//! What a pipeline says must hold of its table: the types of `[checks]`. Field names are the keys of the TOML.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::records::Condition;
use crate::declaration::kind;
use crate::finding::Severity;

/// What must hold of a table.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Checks {
    /// `register`: every authority open in a period is present or declared absent.
    #[serde(default)]
    pub areas: Areas,
    /// Authorities known to have no row, by period.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Period, Vec<kind::Code>>")]
    pub absent: BTreeMap<String, Vec<String>>,
    /// Counts of the parts must add up to the whole.
    pub total: Option<Total>,
    /// Lowest and highest value, by measure.
    #[serde(default)]
    #[schemars(with = "kind::Keyed<kind::Measure, [f64; 2]>")]
    pub range: BTreeMap<String, [f64; 2]>,
    /// The words or numbers that may stand there.
    #[serde(default)]
    pub allowed: Vec<Allowed>,
    /// Breakdowns that must add up to the whole.
    #[serde(default)]
    pub parts: Vec<Parts>,
    /// How far a release may restate the figures of the one before.
    #[serde(default)]
    pub restatement: Vec<Restatement>,
    /// Which change on the year before is out of the ordinary.
    #[serde(default)]
    pub outlier: Vec<Outlier>,
    /// Figures that another table has as well.
    #[serde(default)]
    pub same_as: Vec<SameAs>,
    /// Records: rows that are wrong or to be asked about, before the return is sent.
    #[serde(default)]
    pub rows: Vec<RowCheck>,
}

/// Rows of the table that is counted which are wrong, or to be asked about: all that are named must hold of them.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowCheck {
    /// What holds of such a row; of every row unless said.
    #[serde(default, rename = "if")]
    pub holds: Condition,
    /// A field or identifier of the table whose value stands on several such rows.
    #[schemars(with = "Option<kind::Identifying>")]
    pub twice: Option<String>,
    /// Identifiers of the table of which the row has none.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Identifying>")]
    pub lacks: Vec<String>,
    /// What is wrong, as a sentence has it: `the plan ended, and no reason is given`.
    #[schemars(with = "kind::Words")]
    pub says: String,
    /// What to do about it.
    #[schemars(with = "kind::Words")]
    pub help: String,
    /// Whether a figure is wrong by it; else it is to be explained or corrected.
    #[serde(default)]
    pub error: bool,
    /// The field or identifier of the table at whose cell it is said.
    #[schemars(with = "Option<kind::Identifying>")]
    pub at: Option<String>,
}

/// Which authorities a table must hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Areas {
    /// Every one that was open in the period.
    #[default]
    Register,
    /// Only some: inspections of a year, a council's own return.
    Some,
}

/// Which level's counts add up to which.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Total {
    /// `region`.
    #[schemars(extend("enum" = ["region"]))]
    pub parts: String,
    /// `country`.
    #[schemars(extend("enum" = ["country"]))]
    pub whole: String,
    /// The publisher's rounding base, such as 10; each part may be off by half of it.
    #[serde(default)]
    #[schemars(range(min = 0))]
    pub rounded_to: f64,
    /// The measures it holds for; every count unless said.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Measure>")]
    pub measures: Vec<String>,
}

/// The topics of the table, the breakdowns that a topic may have, or the values that a measure may have.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allowed {
    /// The topics, as globs, beside `Total`.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Glob>")]
    pub topics: Vec<String>,
    /// The topic whose breakdowns are checked.
    #[schemars(with = "Option<kind::Topic>")]
    pub topic: Option<String>,
    /// Its breakdowns, as globs.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Glob>")]
    pub breakdowns: Vec<String>,
    /// The measure whose values are checked.
    #[schemars(with = "Option<kind::Measure>")]
    pub measure: Option<String>,
    /// Its values.
    #[serde(default)]
    pub values: Vec<f64>,
    /// How bad another one is.
    #[serde(default = "warning")]
    pub severity: Severity,
}

/// Breakdowns of a topic that add up to the whole.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// The topic.
    #[schemars(with = "kind::Topic")]
    pub topic: String,
    /// The breakdowns that are the parts, as globs; all of the topic but `Total` unless said.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Glob>")]
    pub breakdowns: Vec<String>,
    /// `Topic=breakdown` of the whole; the total unless said.
    #[serde(default)]
    #[schemars(with = "kind::Slice")]
    pub whole: String,
    /// The measures it holds for; every count unless said.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Measure>")]
    pub measures: Vec<String>,
    /// The publisher's rounding base; that of `total` unless said.
    #[schemars(range(min = 0))]
    pub rounded_to: Option<f64>,
    /// How bad it is where they do not.
    #[serde(default = "warning")]
    pub severity: Severity,
}

/// How far two figures may be apart. Where both bounds are said, a figure must pass both to be found.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tolerance {
    /// In the measure's unit.
    pub points: Option<f64>,
    /// In percent of the figure that was there first.
    pub percent: Option<f64>,
}

impl Tolerance {
    /// Whether `new` is further from `old` than allowed. Nothing is where no bound is said.
    pub fn is_passed(self, old: f64, new: f64) -> bool {
        let gap = (new - old).abs();
        let beyond = |bound: Option<f64>, size: f64| bound.is_none_or(|bound| size > bound + 1e-9);
        let percent = if old == 0.0 { f64::INFINITY } else { gap / old.abs() * 100.0 };
        gap > 1e-9
            && (self.points.is_some() || self.percent.is_some())
            && beyond(self.points, gap)
            && beyond(self.percent, percent)
    }

    /// The bounds in words, such as `5 percent and 2`.
    pub fn words(self) -> String {
        let percent = self.percent.map(|bound| format!("{bound} percent"));
        let points = self.points.map(|bound| bound.to_string());
        percent.into_iter().chain(points).collect::<Vec<_>>().join(" and ")
    }
}

/// How far a release may restate figures that an older one has.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Restatement {
    /// The measures; all unless said.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Measure>")]
    pub measures: Vec<String>,
    /// In the measure's unit.
    #[schemars(range(min = 0))]
    pub points: Option<f64>,
    /// In percent of the older figure.
    #[schemars(range(min = 0))]
    pub percent: Option<f64>,
    /// How bad it is.
    #[serde(default = "warning")]
    pub severity: Severity,
}

/// Which change on the year before is out of the ordinary, authority by authority.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Outlier {
    /// The measures; all unless said.
    #[serde(default)]
    #[schemars(with = "Vec<kind::Measure>")]
    pub measures: Vec<String>,
    /// In the measure's unit.
    #[schemars(range(min = 0))]
    pub points: Option<f64>,
    /// In percent of the year before.
    #[schemars(range(min = 0))]
    pub percent: Option<f64>,
    /// So many times the median absolute deviation of all authorities' changes, measured from their median.
    #[schemars(range(min = 0))]
    pub times: Option<f64>,
    /// What both figures must reach, or their denominators where they have one, so that small counts do not leap.
    #[serde(default)]
    #[schemars(range(min = 0))]
    pub minimum: f64,
    /// How bad it is.
    #[serde(default = "warning")]
    pub severity: Severity,
}

/// A figure that another table has as well. Never an error: both tables are made by then.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SameAs {
    /// The measure here.
    #[schemars(with = "kind::Measure")]
    pub measure: String,
    /// `Topic=breakdown` here; the total unless said.
    #[serde(default)]
    #[schemars(with = "kind::Slice")]
    pub breakdown: String,
    /// `table/measure` there.
    #[schemars(with = "kind::OtherMeasure")]
    pub other: String,
    /// `Topic=breakdown` there; the total unless said.
    #[serde(default)]
    #[schemars(with = "kind::OtherSlice")]
    pub other_breakdown: String,
    /// The first period compared, as the publisher writes it here; all unless said.
    #[serde(default)]
    #[schemars(with = "kind::Period")]
    pub since: String,
    /// In the measure's unit.
    #[schemars(range(min = 0))]
    pub points: Option<f64>,
    /// In percent of the other figure.
    #[schemars(range(min = 0))]
    pub percent: Option<f64>,
}

fn warning() -> Severity {
    Severity::Warning
}
