//! `abreast compare`: one measure side by side.

use std::io::Write as _;
use std::path::Path;

use crate::finding::Error;
use crate::home;
use crate::publish;
use crate::screen::{self, Out};
use crate::sidebyside::{self, Answer, Compare, Format};

/// Prints the comparison asked for, or writes it to the file asked for; answers whether that file is open elsewhere.
///
/// # Errors
/// No such measure, authority or comparator, or the tables cannot be read.
pub fn compare(options: &Compare) -> Result<bool, Error> {
    let answer = sidebyside::compare(options)?;
    let bytes = match &answer {
        Answer::Text(text) => text.as_bytes(),
        Answer::Table(bytes) => bytes,
    };
    let Some(path) = &options.output else {
        Out.write_all(bytes).map_err(|error| Error::writing(error, Path::new("-")))?;
        return Ok(false);
    };
    // Excel takes a CSV without the mark for one of another encoding.
    let mark: &[u8] = if options.format()? == Format::Csv { publish::READABLE } else { b"" };
    let put = super::put(path, &mut |out| out.write_all(mark).and_then(|()| out.write_all(bytes)))?;
    if let Some(path) = put {
        screen::note(format_args!("written to {}", home::shown(path)));
    }
    Ok(put.is_none())
}
