//! A council's own list of authorities to compare with: a CSV of codes or names, a row each, to a group.
//!
//! In: the text of `data/reference/lists/NAME.csv`. Out: the group `NAME`. The list is the first column whose every cell
//! is an authority, by 3-digit code, 9-character code or name, whatever the column is called; other columns are for readers.

use super::names::fold;
use super::{Group, LaCode, Register};
use crate::finding::{Error, Place};

const HELP: &str =
    "a list has one authority in each row, by 3-digit code, 9-character code or name; save it from Excel as CSV UTF-8";

impl Register {
    /// Adds a council's own list, called `name`, from the `text` of the file at `path`.
    ///
    /// # Errors
    /// A cell that is no authority, or a name that something else to compare with has.
    pub fn add_list(&mut self, path: &str, name: &str, text: &str) -> Result<(), Error> {
        let group = read(path, name, text, self)?;
        let words = ["england", "region", "neighbours", "range"];
        let taken = words.contains(&group.key.as_str()) || self.groups.iter().any(|known| known.key == group.key);
        if taken || group.key.starts_with("neighbours-") || self.find(name).is_ok() {
            let message = format!("`{}` is the name of something else to compare with", group.key);
            return Err(Error::declaration(Place::file(path), message, "give the file another name"));
        }
        self.groups.push(group);
        Ok(())
    }
}

/// Reads the list called `name` from the `text` of the file at `path`.
///
/// # Errors
/// No column holds authorities alone: the first cell of the likeliest that is none.
fn read(path: &str, name: &str, text: &str, register: &Register) -> Result<Group, Error> {
    let wrong = |row: Option<usize>, message: String| {
        let row = row.and_then(|row| u32::try_from(row + 1).ok());
        Error::declaration(Place { row, ..Place::file(path) }, message, HELP)
    };
    let text = text.trim_start_matches('\u{feff}');
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(text.as_bytes());
    let rows: Vec<csv::StringRecord> =
        reader.records().collect::<Result<_, _>>().map_err(|error| wrong(None, error.to_string()))?;
    let width = rows.iter().map(csv::StringRecord::len).max().unwrap_or(0);
    let mut best: Option<Column> = None;
    for column in (0..width).map(|column| Column::of(&rows, column, register)) {
        if best.as_ref().is_none_or(|best| column.rank() > best.rank()) {
            best = Some(column);
        }
    }
    match best {
        Some(Column { members, unknown: None }) if !members.is_empty() => {
            Ok(Group { key: fold(name).replace(' ', "-"), label: name.replace(['_', '-'], " "), members })
        }
        Some(Column { members, unknown: Some((row, cell)) }) if !members.is_empty() => {
            Err(wrong(Some(row), format!("`{cell}` is no known local authority")))
        }
        _ => Err(wrong(None, "no column of the list holds local authorities".to_owned())),
    }
}

/// What the cells of a column name.
struct Column {
    members: Vec<LaCode>,
    /// The first row and cell that is no authority; the heading is none.
    unknown: Option<(usize, String)>,
}

impl Column {
    fn of(rows: &[csv::StringRecord], column: usize, register: &Register) -> Column {
        let mut found = Column { members: Vec::new(), unknown: None };
        for (row, cell) in rows.iter().enumerate().filter_map(|(row, record)| Some((row, record.get(column)?))) {
            match register.find(cell) {
                Ok(authority) if found.members.contains(&authority.code) => {}
                Ok(authority) => found.members.push(authority.code),
                Err(_) if row == 0 || cell.is_empty() => {}
                Err(_) => found.unknown = found.unknown.or_else(|| Some((row, cell.to_owned()))),
            }
        }
        found
    }

    /// One without unknown cells goes first, then the one with the most authorities.
    fn rank(&self) -> (bool, usize) {
        (self.unknown.is_none() && !self.members.is_empty(), self.members.len())
    }
}
