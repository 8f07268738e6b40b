//! How a trace says what cannot be read.

use crate::finding::{Error, Finding};

/// What went wrong, as an error.
pub(super) fn said(error: &dyn std::fmt::Display) -> Error {
    Error::usage(error.to_string(), "run `abreast run --force`, then try again")
}

/// A table that cannot be read, as an error.
pub(super) fn broken(finding: Finding) -> Error {
    Error::usage(finding.message, finding.help)
}
