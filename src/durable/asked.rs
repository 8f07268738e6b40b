//! A file that the user names: one that belongs to a build is refused, for the next run would write over it.

use std::io::{self, Write};
use std::path::Path;

use super::alone::{Written, write};
use super::record::Record;
use crate::finding::Error;
use crate::home::shown;

/// As `write`, for a file that the user names: one that belongs to a build is refused.
///
/// # Errors
/// As `write`, or the file is one that a record of written files names.
pub fn write_asked(
    path: &Path,
    fill: &mut dyn FnMut(&mut (dyn Write + Send)) -> io::Result<()>,
) -> Result<Written, Error> {
    let whole = std::path::absolute(path).map_err(Error::reading)?;
    let owned = whole.ancestors().skip(1).any(|root| {
        let inside = whole.strip_prefix(root).unwrap_or(&whole).to_string_lossy().replace('\\', "/");
        Record::found(root).is_some_and(|record| record.has(&inside))
    });
    if owned {
        return Err(Error::usage(
            format!("`{}` is a file of a build", shown(path)),
            "choose another name: the next `abreast run` would write over it",
        ));
    }
    write(path, fill)
}
