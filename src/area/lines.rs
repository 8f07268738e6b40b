//! The lines of a reference file, each with its place where it does not fit.

use crate::finding::{Error, Place};

/// The rows of one of our own CSV files.
pub(super) fn rows<T: serde::de::DeserializeOwned>(file: &str, text: &str) -> Result<Vec<T>, Error> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().collect::<Result<_, _>>().map_err(|error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        Error::declaration(
            Place { row: u32::try_from(line).ok(), ..Place::file(format!("data/reference/{file}")) },
            error.to_string(),
            "correct the line, or delete your own copy of the file to use the one that is built in",
        )
    })
}

pub(super) fn bad_line(file: &str, index: usize, message: &str) -> Error {
    let row = u32::try_from(index + 2).ok();
    Error::declaration(Place { row, ..Place::file(format!("data/reference/{file}")) }, message, "correct the line")
}
