//! A file put where it is asked for, and what is wrong said as an error.

use std::path::Path;

use crate::durable::{Written, write_asked};
use crate::finding::{Error, Finding};
use crate::home::shown;

/// Writes one file; answers its path as shown.
pub(super) fn put(path: &Path, bytes: &[u8]) -> Result<String, Error> {
    match write_asked(path, &mut |out| out.write_all(bytes))? {
        Written::InPlace => Ok(shown(path)),
        Written::Beside(beside) => {
            let message = format!("`{}` is open in another program; the new one is `{}`", shown(path), shown(&beside));
            Err(Error::usage(message, "close it, and give the new file its name"))
        }
    }
}

/// A mistake in the program, said as an error.
pub(super) fn said(finding: Finding) -> Error {
    Error::usage(finding.message, finding.help)
}
