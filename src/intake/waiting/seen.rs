//! What is seen in a file that waits, as plain values for a page.

use super::decision::Filing;
use super::line::Line;
use crate::finding::{Error, Finding};
use crate::intake::choices::Named;
use crate::intake::sample::Sampled;

/// What is in a file, where it would go and what is open.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    /// Heads and words: content, periods, areas, marks.
    pub facts: Vec<(String, String)>,
    /// The sheets, where it has any.
    pub sheets: Vec<String>,
    /// Why it cannot be read: what and where, and what to do.
    pub refused: Option<(String, String)>,
    /// The tables that read it, as it is or with what is proposed.
    pub tables: Vec<TableSeen>,
    /// Tables that may read it: name, heading, and what speaks for it.
    pub perhaps: Vec<(String, String, String)>,
    /// A table of its own.
    pub own: Option<Owned>,
    /// Names that are no known area.
    pub strangers: Vec<Stranger>,
    /// Where it would be filed.
    pub place: Option<Destination>,
    /// The returns that there are.
    pub returns: Vec<String>,
    /// What must be answered before it can be filed: what, and what to do.
    pub open: Vec<(String, String)>,
    /// What to look at, and nothing to decide.
    pub notes: Vec<String>,
    /// What is to be done to file it.
    pub(super) filing: Option<Filing>,
}

impl Seen {
    /// What is to be done to file it, where nothing is open.
    ///
    /// # Errors
    /// Something is open, or it cannot be read.
    pub(super) fn decided(&self) -> Result<Filing, Error> {
        let open = self.refused.as_ref().or_else(|| self.open.first());
        match (open, &self.filing) {
            (Some((message, help)), _) => Err(Error::usage(message, help)),
            (None, Some(filing)) => Ok(filing.clone()),
            (None, None) => Err(Error::usage("where the file goes is not known", "say which return and release it is")),
        }
    }
}

/// Where a file would be filed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Destination {
    /// The return.
    pub return_name: String,
    /// The release.
    pub release: String,
    /// What told so.
    pub why: String,
    /// The path of the file, for people.
    pub path: String,
    /// The pipeline files that are written, for people.
    pub pipelines: Vec<String>,
    /// The manifest, for people.
    pub manifest: String,
    /// The list of other names of authorities, where it is written to.
    pub aliases: Option<String>,
}

/// A table that reads the file.
#[derive(Clone, Debug, Default)]
pub struct TableSeen {
    /// Its name.
    pub table: String,
    /// Its heading.
    pub title: String,
    /// The release whose block is nearest.
    pub from: String,
    /// Whether its block reads the file as it stands.
    pub holds: bool,
    /// Whether somebody said that it does not read this file.
    pub left: bool,
    /// What figures and words say.
    pub evidence: String,
    /// The columns that have another name.
    pub columns: Vec<Line>,
    /// The labels that have another name.
    pub labels: Vec<Line>,
    /// Labels that no release before had, as column and label.
    pub new_labels: Vec<(String, String)>,
    /// Columns that no release before had.
    pub new: Vec<NewColumn>,
    /// What else is written or left to decide, a line each.
    pub notes: Vec<String>,
    /// Whether the period must be said.
    pub asks_period: bool,
    /// The period that was said.
    pub period: Option<String>,
    /// Marks that no release before had, and what they were said to mean.
    pub marks: Vec<(String, String)>,
    /// The block as it is written.
    pub block: String,
    /// The pipeline file.
    pub path: String,
    /// The release whose block it takes the place of.
    pub instead: Option<String>,
    /// Rows that are read.
    pub rows: usize,
    /// Figures that they give.
    pub observations: usize,
    /// What was found when it was tried.
    pub findings: Vec<Finding>,
    /// Errors of releases before.
    pub elsewhere: usize,
    /// A few figures.
    pub sample: Vec<Sampled>,
}

/// A column that no release before had.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewColumn {
    /// Its name.
    pub name: String,
    /// What stands in it.
    pub words: String,
    /// The measure that was made of it.
    pub made: Option<Named>,
}

/// A table of its own.
#[derive(Clone, Debug, Default)]
pub struct Owned {
    /// Its heading.
    pub title: String,
    /// Its name.
    pub table: String,
    /// Its columns.
    pub columns: Vec<OwnColumn>,
    /// By role (`period`, `code`, `ons`, `name`) the column, where there is one.
    pub roles: Vec<(&'static str, Option<String>)>,
    /// The period that was said, or that the file says outside its columns.
    pub period: Option<String>,
    /// The day on which a year ends, where it was said or found.
    pub period_ends: Option<String>,
    /// Marks and what they mean.
    pub marks: Vec<(String, String)>,
    /// The pipeline as it is written.
    pub text: String,
    /// What is left to decide, a line each.
    pub open: Vec<String>,
    /// What to know, a line each.
    pub notes: Vec<String>,
    /// Rows that are read.
    pub rows: usize,
    /// Figures that they give.
    pub observations: usize,
    /// What was found when it was tried.
    pub findings: Vec<Finding>,
    /// A few figures.
    pub sample: Vec<Sampled>,
}

/// A column of a table of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OwnColumn {
    /// Its name.
    pub name: String,
    /// What it is: `measure`, `filter`, `leave`, or a role.
    pub what: String,
    /// Some of what stands in it.
    pub words: String,
    /// What its measure is called.
    pub named: Named,
}

/// A name that is no known area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stranger {
    /// The name as it stands in the file.
    pub name: String,
    /// The nearest authorities, as code and name.
    pub nearest: Vec<(String, String)>,
    /// The code that was chosen; empty where its rows are left out.
    pub chosen: Option<String>,
}
