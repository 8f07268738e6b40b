//! `abreast compare`: one measure side by side, LAIT's shape with what LAIT lacks.
use crate::cli::Compare;
use crate::finding::Error;

/// Prints the comparison asked for.
///
/// # Errors
/// No such measure, authority or comparator, or the tables cannot be read.
pub fn compare(_options: &Compare) -> Result<(), Error> {
    Ok(())
}
