//! What a pipeline says must hold of its table: the types of `[checks]`. Field names are the keys of the TOML.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Measure;
use crate::finding::{Severity, likely};

/// What must hold of a table.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Checks {
    /// `register`: every authority open in a period is present or declared absent.
    #[serde(default)]
    pub areas: Areas,
    /// Authorities known to have no row, by period.
    #[serde(default)]
    pub absent: BTreeMap<String, Vec<String>>,
    /// Counts of the parts must add up to the whole.
    pub total: Option<Total>,
    /// Lowest and highest value, by measure.
    #[serde(default)]
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
}

/// Which authorities a table must hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Areas {
    /// Every one that was open in the period.
    #[default]
    Register,
    /// Only some: inspections of a year, a council's own return.
    Some,
}

/// Which level's counts add up to which.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Total {
    /// `region`.
    pub parts: String,
    /// `country`.
    pub whole: String,
    /// The publisher's rounding base, such as 10; each part may be off by half of it.
    #[serde(default)]
    pub rounded_to: f64,
    /// The measures it holds for; every count unless said.
    #[serde(default)]
    pub measures: Vec<String>,
}

/// The topics of the table, the breakdowns that a topic may have, or the values that a measure may have.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowed {
    /// The topics, as globs, beside `Total`.
    #[serde(default)]
    pub topics: Vec<String>,
    /// The topic whose breakdowns are checked.
    pub topic: Option<String>,
    /// Its breakdowns, as globs.
    #[serde(default)]
    pub breakdowns: Vec<String>,
    /// The measure whose values are checked.
    pub measure: Option<String>,
    /// Its values.
    #[serde(default)]
    pub values: Vec<f64>,
    /// How bad another one is.
    #[serde(default = "warning")]
    pub severity: Severity,
}

/// Breakdowns of a topic that add up to the whole.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parts {
    /// The topic.
    pub topic: String,
    /// The breakdowns that are the parts, as globs; all of the topic but `Total` unless said.
    #[serde(default)]
    pub breakdowns: Vec<String>,
    /// `Topic=breakdown` of the whole; the total unless said.
    #[serde(default)]
    pub whole: String,
    /// The measures it holds for; every count unless said.
    #[serde(default)]
    pub measures: Vec<String>,
    /// The publisher's rounding base; that of `total` unless said.
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
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Restatement {
    /// The measures; all unless said.
    #[serde(default)]
    pub measures: Vec<String>,
    /// In the measure's unit.
    pub points: Option<f64>,
    /// In percent of the older figure.
    pub percent: Option<f64>,
    /// How bad it is.
    #[serde(default = "warning")]
    pub severity: Severity,
}

/// Which change on the year before is out of the ordinary, authority by authority.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlier {
    /// The measures; all unless said.
    #[serde(default)]
    pub measures: Vec<String>,
    /// In the measure's unit.
    pub points: Option<f64>,
    /// In percent of the year before.
    pub percent: Option<f64>,
    /// So many times the median absolute deviation of all authorities' changes, measured from their median.
    pub times: Option<f64>,
    /// What both figures must reach, or their denominators where they have one, so that small counts do not leap.
    #[serde(default)]
    pub minimum: f64,
    /// How bad it is.
    #[serde(default = "warning")]
    pub severity: Severity,
}

/// A figure that another table has as well. Never an error: both tables are made by then.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SameAs {
    /// The measure here.
    pub measure: String,
    /// `Topic=breakdown` here; the total unless said.
    #[serde(default)]
    pub breakdown: String,
    /// `table/measure` there.
    pub other: String,
    /// `Topic=breakdown` there; the total unless said.
    #[serde(default)]
    pub other_breakdown: String,
    /// The first period compared, as the publisher writes it here; all unless said.
    #[serde(default)]
    pub since: String,
    /// In the measure's unit.
    pub points: Option<f64>,
    /// In percent of the other figure.
    pub percent: Option<f64>,
}

fn warning() -> Severity {
    Severity::Warning
}

/// A mistake in `[checks]`: the word to look for in the file, what is wrong and what to do.
pub(super) type Mistake = (String, String, String);

impl Checks {
    /// What the types cannot say. The measures of a table with `indicators = "all"` are not known yet (`open`).
    pub(super) fn mistakes(&self, measures: &BTreeMap<String, Measure>, open: bool) -> Vec<Mistake> {
        let mut found = Vec::new();
        let mut known = |names: &[String]| {
            for name in names.iter().filter(|name| !open && !measures.contains_key(*name)) {
                let help = match likely(name, measures.keys().map(String::as_str)) {
                    Some(other) => format!("did you mean `{other}`?"),
                    None => "name a measure that is declared under `[measures]`".to_owned(),
                };
                found.push((name.clone(), format!("a check names `{name}`, which is no measure of the table"), help));
            }
        };
        known(&self.range.keys().cloned().collect::<Vec<_>>());
        self.total.iter().for_each(|check| known(&check.measures));
        self.parts.iter().for_each(|check| known(&check.measures));
        self.restatement.iter().for_each(|check| known(&check.measures));
        self.outlier.iter().for_each(|check| known(&check.measures));
        self.allowed.iter().for_each(|check| known(check.measure.as_slice()));
        self.same_as.iter().for_each(|check| known(std::slice::from_ref(&check.measure)));
        found.extend(self.incomplete());
        found
    }

    /// Checks that could find nothing.
    fn incomplete(&self) -> Vec<Mistake> {
        let say = |key: &str, message: &str, help: &str| (format!("{key} "), message.to_owned(), help.to_owned());
        let mut found = Vec::new();
        for check in &self.allowed {
            let words = check.topic.is_some() && !check.breakdowns.is_empty();
            let numbers = check.measure.is_some() && !check.values.is_empty();
            if usize::from(words) + usize::from(numbers) + usize::from(!check.topics.is_empty()) != 1 {
                let help =
                    "write `topics`, `topic` with `breakdowns`, or `measure` with `values`, each in braces of its own";
                found.push(say("allowed", "`allowed` says neither of what nor which, or several kinds at once", help));
            }
        }
        if self.restatement.iter().any(|check| check.points.is_none() && check.percent.is_none()) {
            found.push(say("restatement", "`restatement` has no bound", "write `percent` or `points`"));
        }
        let bounds = |check: &Outlier| check.points.is_some() || check.percent.is_some() || check.times.is_some();
        if !self.outlier.iter().all(bounds) {
            found.push(say("outlier", "`outlier` has no bound", "write `times`, `percent` or `points`"));
        }
        if self.same_as.iter().any(|check| !check.other.contains('/')) {
            found.push(say("same_as", "`same_as` does not say where", "write `other = \"table/measure\"`"));
        }
        found
    }
}
