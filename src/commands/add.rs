//! `abreast add`: files what a publisher sent under its return and release, and records it.

use crate::finding::Error;
use crate::intake::{Add, add};

/// Files them; answers whether something was refused.
///
/// # Errors
/// What makes it impossible to go on; files before it stay filed.
pub fn add(options: &Add) -> Result<bool, Error> {
    add::add(options)
}
