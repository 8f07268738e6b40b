//! `abreast explain`: one figure back to its cells.

use crate::finding::Error;
use crate::screen;
use crate::trace::{Explain, Explained, explanation};

/// Prints where a figure comes from.
///
/// # Errors
/// No such figure, or what it was made from cannot be read.
pub fn explain(options: &Explain) -> Result<(), Error> {
    let explained = explanation(options)?;
    match options.format {
        Explained::Text => screen::print(&explained.text()),
        Explained::Json => screen::say(explained.json()?),
    }
    Ok(())
}
