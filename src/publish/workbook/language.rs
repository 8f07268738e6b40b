//! The workbook in British English: its writer puts American English into every chart, and no language into the properties.
//!
//! In: the bytes of a workbook. Out: the same with charts, drawings and properties in `en-GB`; all else is copied as it is.

use std::io::{Cursor, Read, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The workbook with its language said.
///
/// # Errors
/// The bytes are no zip.
pub fn british(bytes: &[u8]) -> Result<Vec<u8>, ZipError> {
    let mut from = ZipArchive::new(Cursor::new(bytes))?;
    let mut to = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for index in 0..from.len() {
        let mut part = from.by_index(index)?;
        let name = part.name()?.into_owned();
        let is_drawn = name.starts_with("xl/charts/chart") || name.starts_with("xl/drawings/drawing");
        if !is_drawn && name != "docProps/core.xml" {
            drop(part);
            let part = from.by_index_raw(index)?;
            to.raw_copy_file(part)?;
            continue;
        }
        let mut xml = String::new();
        part.read_to_string(&mut xml)?;
        let said = xml
            .replace("\"en-US\"", "\"en-GB\"")
            .replace("</cp:coreProperties>", "<dc:language>en-GB</dc:language></cp:coreProperties>");
        to.start_file(name, packed)?;
        to.write_all(said.as_bytes())?;
    }
    Ok(to.finish()?.into_inner())
}
