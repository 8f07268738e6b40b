//! `abreast compare`: one measure side by side, LAIT's shape with what LAIT lacks, straight from the published table.

mod asked;
mod dispersion;
mod gap;
mod notes;
mod print;
mod reorganised;
mod side;
mod worse;

use std::path::Path;

use crate::cli::{Compare, Format};
use crate::finding::{Error, Finding, printable};
use crate::home;
use crate::publish::{self, Written};

use asked::{Asked, breakdown};
use print::Sheet;

/// Prints the comparison asked for.
///
/// # Errors
/// No such measure, authority or comparator, or the tables cannot be read.
pub fn compare(options: &Compare) -> Result<(), Error> {
    let asked = Asked::read(options)?;
    if options.worse_and_worsening {
        return put(options, &worse::sheets(&asked)?);
    }
    let measure = options.measure.as_deref().unwrap_or_default();
    let found = asked.catalogue.measure(measure)?;
    let frame = asked.catalogue.observations(&found)?;
    if !options.gap.is_empty() {
        let parts = asked::gap(&frame, &options.gap)?;
        return put(options, &gap::sheets(&asked, &found, &frame, &parts)?);
    }
    let only = match &options.breakdown {
        Some(text) => breakdown(&frame, text)?,
        None => asked::whole(&frame, found.measure)?,
    };
    if options.dispersion {
        return put(options, &[dispersion::sheet(&asked, &found, &frame, only)?]);
    }
    if options.format == Format::Parquet {
        return side::parquet(&asked, &found, &frame, only);
    }
    put(options, &side::sheets(&asked, &found, &frame, &only)?)
}

/// Prints the sheets or writes them to the file asked for.
fn put(options: &Compare, sheets: &[Sheet]) -> Result<(), Error> {
    let text = match options.format {
        Format::Table => printable(&print::table(sheets)).into_owned(),
        Format::Csv => print::csv(sheets).map_err(|error| Error::usage(error.to_string(), "report this"))?,
        Format::Json => print::json(sheets),
        Format::Parquet => {
            return Err(Error::usage("this comparison is not written as Parquet", "choose `--format csv` or `json`"));
        }
    };
    match &options.output {
        Some(path) => save(path, text.as_bytes()),
        None => {
            use std::io::Write as _;
            std::io::stdout().lock().write_all(text.as_bytes()).map_err(|error| Error::writing(error, Path::new("-")))
        }
    }
}

/// Writes a file whole and says where it is.
fn save(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let written = publish::write(path, &mut |out| out.write_all(bytes))?;
    let path = match &written {
        Written::InPlace => path,
        Written::Beside(beside) => beside,
    };
    eprintln!("written to {}", home::shown(path));
    Ok(())
}

/// A finding of the comparison stage, which no input should cause, as an error.
fn said(finding: Finding) -> Error {
    Error::usage(finding.message, finding.help)
}
