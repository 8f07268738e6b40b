//! A column of a table as small numbers: equal cells are read once.

use rustc_hash::FxHashMap;

use super::day;
use super::source::{How, Piece, Source};
use super::value::{MISSING, Value, Values};
use crate::finding::{Finding, Place};

/// A column while it is read.
pub(super) struct Column {
    /// The field.
    pub field: String,
    /// Its place in the table.
    pub position: usize,
    how: How,
    /// What its cells say.
    pub values: Values,
    /// The codes of short texts, as one number each, and of others.
    short: FxHashMap<u128, u32>,
    long: FxHashMap<Box<str>, u32>,
    /// How many cells are no day or neither yes nor no, and the first of them.
    bad: Option<(usize, Place, String)>,
}

/// The code of a text that is not what the column holds.
const BAD: u32 = u32::MAX;

impl Column {
    /// The column of `field`, in column `position`.
    pub fn of(source: &Source<'_>, field: &str, position: usize) -> Column {
        Column {
            field: field.to_owned(),
            position,
            how: source.how(field),
            values: Values::default(),
            short: FxHashMap::default(),
            long: FxHashMap::default(),
            bad: None,
        }
    }

    /// The number of what the cell of `row` says.
    pub fn code(&mut self, source: &Source<'_>, rows: &Piece<'_>, row: usize) -> u32 {
        let packed = rows.packed(row, self.position);
        let known = match packed {
            Some(packed) => self.short.get(&packed),
            None => self.long.get(rows.text(row, self.position)),
        };
        let code = match known {
            Some(&code) => code,
            None => self.learn(source, rows.text(row, self.position), packed),
        };
        if code != BAD {
            return code;
        }
        match &mut self.bad {
            Some((times, ..)) => *times += 1,
            None => {
                let text = rows.text(row, self.position).to_owned();
                self.bad = Some((1, rows.place(row, Some(self.position)), text));
            }
        }
        MISSING
    }

    fn learn(&mut self, source: &Source<'_>, text: &str, packed: Option<u128>) -> u32 {
        let called = source.label(&self.field, text);
        let value = match self.how {
            _ if called.is_empty() => Some(Value::Missing),
            How::Words => Some(Value::word(called)),
            How::Days => day::read(called).map(Value::Day),
            How::YesNo => yes_or_no(called).map(Value::word),
        };
        let code = value.map_or(BAD, |value| self.values.code(value));
        match packed {
            Some(packed) => drop(self.short.insert(packed, code)),
            None => drop(self.long.insert(text.into(), code)),
        }
        code
    }

    /// That cells are not what the column holds; a text is named only where `named`.
    pub fn said(&self, table: &str, named: bool) -> Option<Finding> {
        let (times, place, text) = self.bad.as_ref()?;
        let what = if self.how == How::Days { "no day" } else { "neither yes nor no" };
        let text = if named { format!("`{}`", text.escape_debug()) } else { "the cell".to_owned() };
        let more = if *times > 1 { format!(", first of {times} such cells") } else { String::new() };
        let of = if table.is_empty() { String::new() } else { format!("{table}.") };
        let message = format!("{text} is {what} in `{of}{}`{more}: it is taken as missing", self.field);
        let help = match self.how {
            How::Days => "correct it where it was written; a day is `2024-09-28`, `2024-Sep-28` or `28/09/2024`",
            _ => "correct it where it was written, or say what it means under `labels`",
        };
        let code = if self.how == How::Days { "no-day" } else { "no-yes-no" };
        Some(Finding::warning(code, message, help).at(place.clone()))
    }
}

/// The word of a yes or a no in any spelling.
fn yes_or_no(text: &str) -> Option<&'static str> {
    match text.to_lowercase().as_str() {
        "1" | "1.0" | "true" | "t" | "y" | "yes" => Some("yes"),
        "0" | "0.0" | "false" | "f" | "n" | "no" => Some("no"),
        _ => None,
    }
}
