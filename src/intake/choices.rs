//! What somebody chose about a file that came in: where it belongs, what became of each old name, what new columns are,
//! which areas unknown names mean, what a table of its own is made of. Nothing chosen is what the engine proposes.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::answer::Asked;
use super::changed_labels::Labels;
use super::successor::{Match, Successor};
use super::written::quoted;
use crate::normalise::Missing;

/// The units that a measure may have.
pub const UNITS: [&str; 11] = [
    "number",
    "percent",
    "per 100",
    "rate per 1,000",
    "rate per 10,000",
    "rate per 100,000",
    "ratio",
    "pounds",
    "days",
    "weeks",
    "months",
];

/// Everything that was chosen about a file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// The return it belongs to.
    pub return_name: Option<String>,
    /// The release it is.
    pub release: Option<String>,
    /// The table that reads it.
    pub table: Option<String>,
    /// The sheet its table is on.
    pub sheet: Option<String>,
    /// Where it was taken from.
    pub url: Option<String>,
    /// The day it was published.
    pub published: Option<String>,
    /// Whether it takes the place of another file of its name.
    pub replace: bool,
    /// Unknown names of areas: the code of the authority that each is, or nothing where its rows are left out.
    pub areas: BTreeMap<String, String>,
    /// By table, what became of its columns and labels.
    pub tables: BTreeMap<String, Renames>,
    /// A table of its own.
    pub own: Own,
}

/// What became of the columns and labels of one table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Renames {
    /// By key and old name of a column its new name; empty where it has none any more.
    pub columns: BTreeMap<String, BTreeMap<String, String>>,
    /// By column and old label the new label; empty where it ended.
    pub labels: BTreeMap<String, BTreeMap<String, String>>,
    /// The period that the file is of, where neither column nor title says it.
    pub period: Option<String>,
    /// By mark that no release before had what it means.
    pub marks: BTreeMap<String, String>,
    /// Whether the file is not for this table.
    pub left: bool,
    /// New columns that are measures.
    pub measures: BTreeMap<String, Named>,
}

/// What a measure is called and how it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Named {
    /// Its label.
    pub label: String,
    /// Its unit, as pipelines write it.
    pub unit: String,
    /// Which way is good: `high`, `low`, or nothing.
    pub better: String,
}

/// A table of its own, as far as it differs from what is proposed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Own {
    /// Whether it is one, though a table that is there could read it.
    pub wanted: bool,
    /// Its heading.
    pub title: Option<String>,
    /// The one period of the file, where no column says it.
    pub period: Option<String>,
    /// By the role of a column (`period`, `code`, `ons`, `name`) its name; empty where there is none.
    pub roles: BTreeMap<String, String>,
    /// By column what it is: `measure`, `filter` or `leave`.
    pub columns: BTreeMap<String, String>,
    /// By column what its measure is called.
    pub measures: BTreeMap<String, Named>,
    /// By mark what it means.
    pub marks: BTreeMap<String, String>,
    /// The day on which a year ends.
    pub period_ends: Option<String>,
}

impl Choices {
    /// What was said about the file beside its path.
    pub(super) fn asked(&self) -> Asked {
        Asked {
            table: self.table.clone(),
            return_name: self.return_name.clone(),
            release: self.release.clone(),
            sheet: self.sheet.clone(),
            choices: self.clone(),
        }
    }

    /// What was chosen for a table.
    pub(super) fn of(&self, table: &str) -> Renames {
        self.tables.get(table).cloned().unwrap_or_default()
    }

    /// Names whose rows are left out.
    pub(super) fn left_out(&self) -> BTreeSet<&str> {
        self.areas.iter().filter(|(_, code)| code.is_empty()).map(|(name, _)| name.as_str()).collect()
    }

    /// Names that are an authority's, with its code.
    pub fn aliases(&self) -> impl Iterator<Item = (&str, &str)> {
        self.areas.iter().filter(|(_, code)| !code.is_empty()).map(|(name, code)| (name.as_str(), code.as_str()))
    }
}

impl Renames {
    /// The successors of columns with what was chosen in the place of what was found; `names` are those of the file.
    pub(super) fn decide(&self, successors: &mut [(Missing, Successor)], names: &[&str]) {
        for (missing, successor) in successors {
            let chosen = self.columns.get(&missing.key).and_then(|old| old.get(&missing.name));
            decide(successor, chosen, &|name| names.contains(&name));
        }
    }

    /// The successors of labels with what was chosen in the place of what was found.
    pub(super) fn decide_labels(&self, labels: &mut Labels) {
        if self.labels.is_empty() {
            return;
        }
        let renamed = |successors: &[(Missing, Successor)]| -> Vec<(String, String)> {
            let named = successors.iter().filter_map(|(missing, successor)| match successor {
                Successor::Renamed(option) => Some((missing.key.clone(), option.name.clone())),
                Successor::Unsure(_) | Successor::Gone => None,
            });
            named.collect()
        };
        let known: BTreeSet<(String, String)> =
            renamed(&labels.successors).into_iter().chain(labels.new.clone()).collect();
        for (missing, successor) in &mut labels.successors {
            let chosen = self.labels.get(&missing.key).and_then(|old| old.get(&missing.name));
            decide(successor, chosen, &|name| known.contains(&(missing.key.clone(), name.to_owned())));
        }
        let taken = renamed(&labels.successors);
        labels.new = known.into_iter().filter(|label| !taken.contains(label)).collect();
    }
}

impl Named {
    /// The measure as a pipeline declares it under `key`.
    pub(super) fn declared(&self, key: &str) -> String {
        let better = match self.better.as_str() {
            "" => String::new(),
            better => format!("better = {}\n", quoted(better)),
        };
        format!("[measures.{key}]\nlabel  = {}\nunit   = {}\n{better}", quoted(&self.label), quoted(&self.unit))
    }
}

/// One successor as it was chosen; what is no name of the file is no choice.
fn decide(successor: &mut Successor, chosen: Option<&String>, is_there: &dyn Fn(&str) -> bool) {
    let Some(chosen) = chosen else { return };
    if chosen.is_empty() {
        *successor = Successor::Gone;
        return;
    }
    let options = match &*successor {
        Successor::Renamed(option) => std::slice::from_ref(option),
        Successor::Unsure(options) => options,
        Successor::Gone => &[],
    };
    let found = options.iter().find(|option| option.name == *chosen).cloned();
    if let Some(option) = found.or_else(|| is_there(chosen).then(|| Match::new(chosen, 1.0, None))) {
        *successor = Successor::Renamed(option);
    }
}
