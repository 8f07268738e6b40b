//! `abreast remove`: takes a file that was filed out again, or puts it back.

use crate::finding::Error;
use crate::intake::{Remove, remove};

/// Takes them out; answers whether one could not be.
///
/// # Errors
/// What makes it impossible to go on.
pub fn remove(options: &Remove) -> Result<bool, Error> {
    remove::remove(options)
}
