//! `abreast check`: everything that `run` does, without writing.

use crate::finding::Error;
use crate::refresh::{Mode, Run, Sources, build};

/// Checks the returns; answers whether findings of severity error remain.
///
/// # Errors
/// What makes it impossible to go on.
pub fn check(options: &Sources) -> Result<bool, Error> {
    build(&Run { sources: options.clone(), ..Run::default() }, Mode::Check, &|_, _| Ok(()))
}
