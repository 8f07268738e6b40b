//! The data dictionary as a CSV that opens in Excel.

use std::path::Path;

use super::findings::READABLE;
use super::whole::{Written, write};
use crate::finding::Error;
use crate::schema::{DICTIONARY, entries};

/// Writes what stands in every column of every table to `path`.
///
/// # Errors
/// The file cannot be written.
pub fn write_dictionary(path: &Path) -> Result<Written, Error> {
    write(path, &mut |out| {
        out.write_all(READABLE)?;
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(DICTIONARY.names())?;
        for entry in entries() {
            csv.write_record(entry.cells())?;
        }
        csv.flush()
    })
}
