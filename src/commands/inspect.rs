//! `abreast inspect`: what is in a file, which pipeline it fits, and what to write where it does not.

use crate::finding::Error;
use crate::intake::{Inspect, inspect::look};
use crate::screen;

/// Prints what is in the file; answers whether something is left to decide.
///
/// # Errors
/// The file cannot be read.
pub fn inspect(options: &Inspect) -> Result<bool, Error> {
    let seen = look(options)?;
    screen::print(&seen.text);
    Ok(seen.undecided)
}
