//! The actions of a council's own plan: what was promised, by whom, until when, whether it is done and how it was rated.
//!
//! In: `actions.csv` beside the figures of a return. Out: rows with their dates read, and what became of each.

use std::path::Path;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::finding::{Error, Place};
use crate::own_files::{self, Kind};
use crate::period::Period;

const KIND: Kind = Kind {
    file: own_files::ACTIONS,
    what: "an actions file",
    help: "its columns are authority,month,ref,action,owner,due,done,rating,before,comment; authority, month, ref and action are \
           needed; save it from Excel as CSV UTF-8",
};

/// One row of an actions file.
#[derive(Clone, Debug, Deserialize)]
pub struct ActionRow {
    /// The authority, by name or code.
    pub authority: String,
    /// The month that the row reports.
    pub month: String,
    /// The plan's own number of it.
    #[serde(rename = "ref")]
    pub reference: String,
    /// What was promised.
    pub action: String,
    /// Who answers for it.
    #[serde(default)]
    pub owner: String,
    /// Until when.
    #[serde(default)]
    pub due: String,
    /// When it was done; empty where it is not.
    #[serde(default)]
    pub done: String,
    /// How the council rates it: a colour, or its own words.
    #[serde(default)]
    pub rating: String,
    /// How it was rated before.
    #[serde(default)]
    pub before: String,
    /// What the council says of it.
    #[serde(default)]
    pub comment: String,
    /// Where it stands.
    #[serde(skip)]
    pub place: Place,
}

/// What became of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Done by the day that was promised.
    Done,
    /// Done after it.
    Late,
    /// Not done, and not due yet.
    Ahead,
    /// Not done, and due.
    Overdue,
    /// Not done, and no day was promised.
    Undated,
}

/// The rows of every `actions.csv` in the releases of a return, oldest release first.
///
/// # Errors
/// A row that cannot be read, or a date that is none, with its file and line.
pub fn read(folder: &Path) -> Result<Vec<ActionRow>, Error> {
    let rows = own_files::rows::<ActionRow>(folder, KIND)?;
    rows.into_iter().map(|(row, place)| sound(ActionRow { place, ..row })).collect()
}

/// The row, where its dates can be read.
fn sound(row: ActionRow) -> Result<ActionRow, Error> {
    for date in [&row.month, &row.due, &row.done] {
        if let Some(Err(message)) = (!date.trim().is_empty()).then(|| Period::parse(date, "", None)) {
            let help = "write a month or a day, such as `March 2018` or `31 March 2018`, or leave it empty";
            return Err(Error::declaration(row.place, message, help));
        }
    }
    Ok(row)
}

/// The last day of what is written.
fn day(text: &str) -> Option<NaiveDate> {
    Period::parse(text.trim(), "", None).ok().map(|period| period.key().end())
}

impl ActionRow {
    /// The last day of the month that the row reports.
    pub fn reported(&self) -> Option<NaiveDate> {
        day(&self.month)
    }

    /// What became of it.
    pub fn state(&self) -> State {
        match (day(&self.due), day(&self.done)) {
            (Some(due), Some(done)) if done > due => State::Late,
            (_, Some(_)) => State::Done,
            (None, None) => State::Undated,
            (Some(due), None) if self.reported().is_some_and(|now| due < now) => State::Overdue,
            (Some(_), None) => State::Ahead,
        }
    }
}
