//! `abreast remove`: takes files that were filed out again, or puts them back.

use crate::finding::Error;
use crate::intake::{Remove, remove};

/// Takes them out; answers whether one could not be.
///
/// # Errors
/// What makes it impossible to go on: nothing was done then.
pub fn remove(options: &Remove) -> Result<bool, Error> {
    remove::remove(options)
}
