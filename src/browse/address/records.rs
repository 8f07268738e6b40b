//! The addresses of what a build says of itself: findings, sources, changes.

use super::Names;
use super::area::word;
use super::keys::Keys;
use crate::area::LaCode;
use crate::browse::raw::Raw;
use crate::browse::wrong::Wrong;
use crate::diff;
use crate::finding::Severity;

/// The words of `severity`, the default first.
const SEVERITIES: [(&str, Option<Severity>); 4] = [
    ("", None),
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("note", Some(Severity::Note)),
];

/// The words of `class`, the default first.
const CLASSES: [(&str, Option<Class>); 8] = [
    ("", None),
    ("new", Some(Class::Figures(diff::Kind::New))),
    ("revised", Some(Class::Figures(diff::Kind::Revised))),
    ("withdrawn", Some(Class::Figures(diff::Kind::Withdrawn))),
    ("reinstated", Some(Class::Figures(diff::Kind::Reinstated))),
    ("re-coded", Some(Class::Figures(diff::Kind::Recoded))),
    ("gone", Some(Class::Figures(diff::Kind::Gone))),
    ("ranks", Some(Class::Ranks)),
];

/// A class of changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Figures of a kind.
    Figures(diff::Kind),
    /// Ranks that moved, and flags that turned.
    Ranks,
}

impl Class {
    /// All classes, in the order they are told.
    pub fn all() -> impl Iterator<Item = Class> {
        CLASSES.into_iter().filter_map(|(_, class)| class)
    }

    /// How the CSV of `diff` calls a change of the class.
    pub fn change(self) -> &'static str {
        match self {
            Class::Figures(kind) => kind.word(),
            Class::Ranks => "moved",
        }
    }

    /// What it is called.
    pub fn words(self) -> &'static str {
        match self {
            Class::Figures(kind) => kind.word(),
            Class::Ranks => "ranks moved",
        }
    }
}

/// Which of a build's records are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What was found.
    Findings,
    /// Which files tables were made of.
    Sources,
    /// The rows that no table took.
    Refused,
    /// What lies between this build and the one before.
    Changes,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Kind::Findings => "findings",
            Kind::Sources => "sources",
            Kind::Changes => "changes",
            Kind::Refused => "refused",
        }
    }
}

/// A page of records in a state.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordsPage {
    /// Which.
    pub kind: Kind,
    /// One table alone; empty for all.
    pub table: String,
    /// For whom.
    pub area: Option<LaCode>,
    /// How bad; none for all.
    pub severity: Option<Severity>,
    /// Which changes; none for all.
    pub class: Option<Class>,
}

impl RecordsPage {
    /// The page without any choice.
    pub fn of(kind: Kind, area: Option<LaCode>) -> RecordsPage {
        RecordsPage { kind, table: String::new(), area, severity: None, class: None }
    }

    /// The page of findings, or of changes.
    pub(super) fn read(kind: Kind, keys: &mut Keys<'_>, names: Names<'_>) -> Result<RecordsPage, Wrong> {
        let severity = if kind == Kind::Findings { keys.choice("severity", &SEVERITIES)? } else { None };
        let class = if kind == Kind::Changes { keys.choice("class", &CLASSES)? } else { None };
        let table = match keys.take("table") {
            Some(table) => known(&table, names, || keys.without("table").to_string())?,
            None => String::new(),
        };
        Ok(RecordsPage { kind, table, area: keys.authority("area", names.register)?, severity, class })
    }

    /// The page of sources, all of them or of one table.
    pub(super) fn sources(table: &str, keys: &mut Keys<'_>, names: Names<'_>) -> Result<RecordsPage, Wrong> {
        let table = if table.is_empty() { String::new() } else { known(table, names, || "/sources".to_owned())? };
        Ok(RecordsPage { table, ..RecordsPage::of(Kind::Sources, keys.authority("area", names.register)?) })
    }

    pub(super) fn raw(&self) -> Raw {
        let area = self.area.map_or_else(String::new, |code| code.to_string());
        let raw = match self.kind {
            Kind::Sources if !self.table.is_empty() => Raw::path(["sources", &self.table]),
            Kind::Sources => Raw::path(["sources"]),
            Kind::Changes => {
                let raw = Raw::path([self.kind.word()]).with("area", area);
                return raw.with("class", word(&CLASSES, self.class)).with("table", &self.table);
            }
            Kind::Refused => Raw::path([self.kind.word()]).with("table", &self.table),
            Kind::Findings => {
                let raw = Raw::path([self.kind.word()]).with("severity", word(&SEVERITIES, self.severity));
                raw.with("table", &self.table)
            }
        };
        raw.with("area", area)
    }
}

/// The name of a table that there is.
pub(super) fn known(table: &str, names: Names<'_>, all: impl FnOnce() -> String) -> Result<String, Wrong> {
    match names.catalogue.tables().iter().find(|(name, _)| name == table) {
        Some((name, _)) => Ok(name.clone()),
        None => {
            let wrong = Wrong::gone(format!("there is no published table `{table}`"), "choose one from the list");
            Err(wrong.link("all of them", all()))
        }
    }
}
