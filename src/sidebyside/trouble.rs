//! What a table side by side is of, and how it says what cannot be read.

use crate::finding::{Error, Finding};

/// A finding of the comparison stage, which no input should cause, as an error.
pub(super) fn said(finding: Finding) -> Error {
    Error::usage(finding.message, finding.help)
}
