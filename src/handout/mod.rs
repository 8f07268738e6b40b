//! The published tables handed on: a data package beside them, a star schema, a workbook of all authorities, tables by release.
//!
//! In: a build, what is asked for. Out: files where they are asked for, and a line on each.

mod descriptor;
mod options;
mod package;
mod parted;
mod star;
mod workbook;

use std::path::Path;

use crate::durable::{Written, write_asked};
use crate::finding::{Error, Finding};
use crate::home::shown;

pub use options::Publish;
use options::What;

/// Writes what `options` ask for; answers a line for each thing written.
///
/// # Errors
/// There is no published table, a name is none, or a file cannot be written.
pub fn publish(options: &Publish) -> Result<Vec<String>, Error> {
    match &options.what {
        What::Package(asked) => package::package(asked),
        What::Star(asked) => star::star(asked),
        What::Tables(asked) => parted::parted(asked),
        What::Workbook(asked) => workbook::workbook(asked),
    }
}

/// Writes one file; answers its path as shown.
fn put(path: &Path, bytes: &[u8]) -> Result<String, Error> {
    match write_asked(path, &mut |out| out.write_all(bytes))? {
        Written::InPlace => Ok(shown(path)),
        Written::Beside(beside) => {
            let message = format!("`{}` is open in another program; the new one is `{}`", shown(path), shown(&beside));
            Err(Error::usage(message, "close it, and give the new file its name"))
        }
    }
}

/// A mistake in the program, said as an error.
fn said(finding: Finding) -> Error {
    Error::usage(finding.message, finding.help)
}
