//! `abreast fetch`: takes releases from the publishers and files them; the one command that needs a network.

use crate::finding::Error;
use crate::intake::{Fetch, fetch};

/// Files them; answers whether something was refused.
///
/// # Errors
/// What makes it impossible to go on; files before it stay filed.
pub fn fetch(options: &Fetch) -> Result<bool, Error> {
    fetch::fetch(options)
}
