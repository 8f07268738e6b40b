//! Word files and workbooks read back: what a reader opens is what the paper says, in the order of the formats' own rules.

mod libre;
mod pictured;
mod word;
mod workbook;

use std::io::{Cursor, Read};

/// One part of a file that is a zip.
pub fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut text = String::new();
    zip.by_name(name).unwrap_or_else(|error| panic!("{name}: {error}")).read_to_string(&mut text).expect("text");
    text
}

/// The names of the parts.
pub fn parts(bytes: &[u8]) -> Vec<String> {
    let zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    zip.file_names().map(|name| name.expect("a name").into_owned()).collect()
}
