//! The addresses of what a build says of itself: findings, sources, changes.

use super::Names;
use super::area::word;
use super::keys::Keys;
use crate::area::LaCode;
use crate::browse::raw::Raw;
use crate::browse::wrong::Wrong;
use crate::finding::Severity;

/// The words of `severity`, the default first.
const SEVERITIES: [(&str, Option<Severity>); 4] = [
    ("", None),
    ("error", Some(Severity::Error)),
    ("warning", Some(Severity::Warning)),
    ("note", Some(Severity::Note)),
];

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
}

impl RecordsPage {
    /// The page without any choice.
    pub fn of(kind: Kind, area: Option<LaCode>) -> RecordsPage {
        RecordsPage { kind, table: String::new(), area, severity: None }
    }

    /// The page of findings, or of changes.
    pub(super) fn read(kind: Kind, keys: &mut Keys<'_>, names: Names<'_>) -> Result<RecordsPage, Wrong> {
        let severity = if kind == Kind::Findings { keys.choice("severity", &SEVERITIES)? } else { None };
        let table = match keys.take("table") {
            Some(table) => known(&table, names, || keys.without("table").to_string())?,
            None => String::new(),
        };
        Ok(RecordsPage { kind, table, area: keys.authority("area", names.register)?, severity })
    }

    /// The page of sources, all of them or of one table.
    pub(super) fn sources(table: &str, keys: &mut Keys<'_>, names: Names<'_>) -> Result<RecordsPage, Wrong> {
        let table = if table.is_empty() { String::new() } else { known(table, names, || "/sources".to_owned())? };
        Ok(RecordsPage { kind: Kind::Sources, table, area: keys.authority("area", names.register)?, severity: None })
    }

    pub(super) fn raw(&self) -> Raw {
        let area = self.area.map_or_else(String::new, |code| code.to_string());
        let raw = match self.kind {
            Kind::Sources if !self.table.is_empty() => Raw::path(["sources", &self.table]),
            Kind::Sources => Raw::path(["sources"]),
            kind => {
                Raw::path([kind.word()]).with("severity", word(&SEVERITIES, self.severity)).with("table", &self.table)
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
