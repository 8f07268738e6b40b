//! `abreast sql`: the query that counts a table of records on another engine.

use std::io::Write as _;
use std::path::Path;

use crate::finding::Error;
use crate::refresh::{Sql, sql as printed};
use crate::screen::{self, Out};

/// Prints the query.
///
/// # Errors
/// There is no such table, or its records cannot be counted.
pub fn sql(options: &Sql) -> Result<(), Error> {
    let printed = printed(options)?;
    for note in &printed.notes {
        screen::note(note);
    }
    Out.write_all(printed.text.as_bytes()).map_err(|error| Error::writing(error, Path::new("-")))
}
