//! `abreast compare`: one measure side by side.

use std::io::Write as _;
use std::path::Path;

use crate::finding::Error;
use crate::home;
use crate::publish::{self, Written};
use crate::sidebyside::{self, Answer, Compare, Format};

/// Prints the comparison asked for, or writes it to the file asked for.
///
/// # Errors
/// No such measure, authority or comparator, or the tables cannot be read.
pub fn compare(options: &Compare) -> Result<(), Error> {
    match (sidebyside::compare(options)?, &options.output) {
        (Answer::Written(path), _) => eprintln!("written to {}", home::shown(&path)),
        (Answer::Text(text), Some(path)) => {
            // Excel takes a CSV without the mark for one of another encoding.
            let mark: &[u8] = if options.format()? == Format::Csv { publish::READABLE } else { b"" };
            let written = publish::write(path, &mut |out| {
                out.write_all(mark)?;
                out.write_all(text.as_bytes())
            })?;
            let path = match &written {
                Written::InPlace => path,
                Written::Beside(beside) => beside,
            };
            eprintln!("written to {}", home::shown(path));
        }
        (Answer::Text(text), None) => {
            let mut out = std::io::stdout().lock();
            out.write_all(text.as_bytes()).map_err(|error| Error::writing(error, Path::new("-")))?;
        }
    }
    Ok(())
}
