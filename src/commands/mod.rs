//! The commands: a file each, which reads its options, calls one engine and prints.

pub mod add;
pub mod browse;
pub mod chart;
pub mod check;
pub mod compare;
pub mod diff;
pub mod explain;
pub mod fetch;
pub mod inspect;
pub mod licences;
pub mod list;
pub mod publish;
pub mod remove;
pub mod report;
pub mod run;
pub mod schema;
pub mod sql;

use std::io::{self, Write};
use std::path::Path;

use crate::durable::{self, Written};
use crate::finding::Error;
use crate::home::shown;
use crate::screen;

/// Writes a file where the user asked for it; answers its path, or nothing, and says so, where one that is open in
/// another program stands there and the new one is beside it.
///
/// # Errors
/// It cannot be written, or is a file of a build.
fn put<'p>(
    path: &'p Path,
    fill: &mut dyn FnMut(&mut (dyn Write + Send)) -> io::Result<()>,
) -> Result<Option<&'p Path>, Error> {
    match durable::write_asked(path, fill)? {
        Written::InPlace => Ok(Some(path)),
        Written::Beside(beside) => {
            screen::note(format_args!(
                "warning: `{}` cannot be replaced: it is open in another program or a folder; the new one is `{}`",
                shown(path),
                shown(&beside)
            ));
            Ok(None)
        }
    }
}
