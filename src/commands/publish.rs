//! `abreast publish`: hands the published tables on.

use crate::finding::Error;
use crate::handout::{self, Publish};
use crate::screen;

/// Writes what is asked for and prints what was written.
///
/// # Errors
/// There is no published table, or a file cannot be written.
pub fn publish(options: &Publish) -> Result<(), Error> {
    handout::publish(options)?.iter().for_each(screen::say);
    Ok(())
}
