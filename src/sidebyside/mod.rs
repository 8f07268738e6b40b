//! One measure side by side: LAIT's shape with what LAIT lacks, straight from the published table.

mod asked;
mod dispersion;
mod everybody;
mod gap;
mod notes;
mod options;
mod pairs;
mod print;
mod range;
mod readings;
mod reorganised;
mod table;
mod trouble;
mod values;
mod view;
mod worse;

use asked::only;
use trouble::said;

use crate::finding::Error;
use crate::home;
use crate::store::Catalogue;

use asked::Asked;
pub use asked::breakdowns;
pub use everybody::everybody;
pub use options::{Compare, Format};
pub use print::{Cell, Sheet};
pub use values::{Line, SideBySide, kept, side_by_side};

/// What a comparison comes to: text, or the bytes of a Parquet file.
pub enum Answer {
    /// As text, in the format asked for.
    Text(String),
    /// As Parquet.
    Table(Vec<u8>),
}

/// The comparison asked for.
///
/// # Errors
/// No such measure, authority or comparator, or the tables cannot be read.
pub fn compare(options: &Compare) -> Result<Answer, Error> {
    let format = options.format()?;
    let (register, _) = home::register()?;
    let catalogue = Catalogue::open_whole(&options.out.folder)?;
    let register = catalogue.with_neighbours(&register)?;
    let asked = Asked::read(options, &catalogue, &register)?;
    if options.worse_and_worsening {
        return text(format, &worse::sheets(&asked)?);
    }
    let measure = options.measure.as_deref().unwrap_or_default();
    let found = asked.catalogue.measure(measure)?;
    let frame = asked.catalogue.observations(&found)?;
    if !options.gap.is_empty() {
        let parts = asked::gap(&frame, &options.gap)?;
        return text(format, &gap::sheets(&asked, &found, &frame, &parts)?);
    }
    let only = only(options, &found, &frame)?;
    if options.dispersion {
        return text(format, &[dispersion::sheet(&asked, &found, &frame, only)?]);
    }
    if format == Format::Parquet {
        return table::parquet(&asked, &found, &frame, only).map(Answer::Table);
    }
    let mut sheets = table::sheets(&asked, &found, &frame, &only)?;
    for (sheet, notes) in sheets.iter_mut().zip(pairs::own(&asked, &found, &only, &asked.authorities)?) {
        sheet.notes.splice(0..0, notes);
    }
    sheets.extend(pairs::published(&asked, &found, &frame, &only)?);
    text(format, &sheets)
}

/// The sheets as text.
fn text(format: Format, sheets: &[Sheet]) -> Result<Answer, Error> {
    let text = match format {
        Format::Table => crate::finding::printable(&print::table(sheets)).into_owned(),
        Format::Csv => print::csv(sheets).map_err(|error| Error::usage(error.to_string(), "report this"))?,
        Format::Json => print::json(sheets),
        Format::Parquet => {
            return Err(Error::usage("this comparison is not written as Parquet", "choose `--format csv` or `json`"));
        }
    };
    Ok(Answer::Text(text))
}
