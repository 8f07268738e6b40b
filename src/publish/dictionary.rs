//! The data dictionary as a CSV that opens in Excel.

use std::io::{self, Write};

use super::findings::READABLE;
use crate::schema::{DICTIONARY, entries};

/// Writes what stands in every column of every table to `out`.
///
/// # Errors
/// It cannot be written.
pub fn write_dictionary(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(READABLE)?;
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(DICTIONARY.names())?;
    for entry in entries() {
        csv.write_record(entry.cells())?;
    }
    csv.flush()
}
