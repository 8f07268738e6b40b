//! The files of a chart: their names, and how they are put into a folder.

use crate::chart::{ChartError, Picture};
use crate::durable::Batch;
use crate::finding::Error;
use std::path::Path;

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
