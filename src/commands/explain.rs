//! `abreast explain`: one figure back to its cells.

use crate::finding::{Error, printable};
use crate::trace::{Explain, Explained, explanation};

/// Prints where a figure comes from.
///
/// # Errors
/// No such figure, or what it was made from cannot be read.
pub fn explain(options: &Explain) -> Result<(), Error> {
    let explained = explanation(options)?;
    match options.format {
        Explained::Text => print!("{}", printable(&explained.text())),
        Explained::Json => println!("{}", explained.json()?),
    }
    Ok(())
}
