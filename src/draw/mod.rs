//! Comparisons to charts: fills the plain structs of the chart room, one file a kind or family of kinds.

mod averages;
mod comparators;
mod context;
mod control;
mod dumbbell;
mod fields;
mod funnel;
mod groups;
mod headlines;
mod multiples;
mod one_period;
mod pages;
mod period;
mod plan;
mod releases;
mod request;
mod slice;
mod stacked;
mod trend;
mod wanted;

use std::path::Path;

pub use comparators::Comparators;
pub use fields::quarter_among;
pub use headlines::headlines;
pub use releases::Releases;
pub use request::{chart, chart_of};
pub use wanted::{Drawn, Wanted};

use crate::chart::{ChartError, Picture};
use crate::durable::Batch;
use crate::finding::Error;
use crate::schema::TOTAL;
use crate::store::Found;

/// The topic and breakdown that stand for the measure: the whole unless its pipeline says otherwise.
fn shown<'a>(found: &Found<'a>) -> (&'a str, &'a str) {
    found
        .measure
        .breakdown
        .split_once('=')
        .map_or((TOTAL, TOTAL), |(topic, breakdown)| (topic.trim(), breakdown.trim()))
}

/// A name that every file system takes.
pub fn file_name(text: &str) -> String {
    let name: String = crate::area::fold(text).replace(' ', "-");
    if name.is_empty() { "chart".to_owned() } else { name }
}

/// The files of a chart, with their endings: SVG and PNG, its data and its alt text.
pub fn files(picture: &Picture) -> impl Iterator<Item = (&'static str, &[u8])> {
    let files = [
        ("svg", picture.svg.as_bytes()),
        ("png", picture.png.as_slice()),
        ("csv", picture.csv.as_bytes()),
        ("txt", picture.alt.as_bytes()),
    ];
    files.into_iter().filter(|(_, bytes)| !bytes.is_empty())
}

/// Writes a chart into `folder` with the files of `batch`.
///
/// # Errors
/// The files cannot be written.
pub fn save(batch: &Batch, folder: &Path, name: &str, picture: &Picture) -> Result<(), Error> {
    for (ending, bytes) in files(picture) {
        batch.write(&folder.join(format!("{name}.{ending}")), &mut |out| out.write_all(bytes))?;
    }
    Ok(())
}

/// A chart that could not be drawn, as an error with what to do.
pub fn not_drawn(error: &ChartError) -> Error {
    Error::usage(error.to_string(), "choose another measure or period with `abreast list measures`")
}
