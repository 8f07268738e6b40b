//! The published tables handed on: a data package beside them, a star schema, a workbook of all authorities, tables by release.
//!
//! In: a build, what is asked for. Out: files where they are asked for, and a line on each.

mod descriptor;
mod options;
mod package;
mod parted;
mod star;
mod workbook;
mod written;

use crate::finding::Error;

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
