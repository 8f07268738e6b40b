//! What the bytes of a file are, whatever its name says: text, workbook, or one of them in a `.zip` or `.gz`.

use std::io::{Cursor, Read};
use std::path::Path;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::finding::Finding;
use crate::provenance::is_web_page;

/// The most bytes that a packed file or a workbook may unpack to. The largest workbook of the returns at hand unpacks to
/// a fortieth of it; a file made to explode is refused before memory is.
pub(super) const MOST_UNPACKED: usize = 1 << 30;

/// What a file is by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Delimited text.
    Text,
    /// Excel 2007 and later.
    Xlsx,
    /// Excel's binary workbook.
    Xlsb,
    /// Excel 97 to 2003.
    Xls,
    /// OpenDocument spreadsheet.
    Ods,
}

/// The bytes of the file at `path`.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Finding> {
    let bytes = fs_err::read(path).map_err(|error| {
        Finding::error(
            "unreadable-file",
            error.to_string(),
            "check that the file is still there and may be read; close it in other programs",
        )
    })?;
    let length = fs_err::metadata(path).map_or(bytes.len() as u64, |metadata| metadata.len());
    if path.is_file() && length != bytes.len() as u64 {
        return Err(Finding::error(
            "changing-file",
            format!("the file changed while it was read: {} bytes were read, and it has {length} now", bytes.len()),
            "it is still being copied, saved or downloaded: wait until that has ended and run again",
        ));
    }
    if bytes.is_empty() {
        return Err(Finding::error(
            "empty-file",
            "the file is empty (0 bytes)",
            "download it again from the publisher; an empty file is usually an interrupted download",
        ));
    }
    Ok(bytes)
}

/// The kind of `bytes` by their first few, or none for a plain zip, gzip or web page.
pub fn sniff(bytes: &[u8]) -> Option<Kind> {
    if bytes.starts_with(b"PK\x03\x04") {
        let names = entry_names(bytes);
        let has = |wanted: &str| names.iter().any(|name| name == wanted);
        return if has("xl/workbook.bin") {
            Some(Kind::Xlsb)
        } else if has("[Content_Types].xml") || has("xl/workbook.xml") {
            Some(Kind::Xlsx)
        } else if has("content.xml") {
            Some(Kind::Ods)
        } else {
            None
        };
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return Some(Kind::Xls);
    }
    if bytes.starts_with(&[0x1F, 0x8B]) || is_web_page(bytes) || bytes.starts_with(b"%PDF") {
        return None;
    }
    Some(Kind::Text)
}

fn entry_names(bytes: &[u8]) -> Vec<String> {
    zip::ZipArchive::new(Cursor::new(bytes))
        .map(|archive| archive.file_names().filter_map(Result::ok).map(|name| name.into_owned()).collect())
        .unwrap_or_default()
}

/// Takes a table out of its `.zip` or `.gz`, and refuses bytes that are not what the name promises.
pub(super) fn unwrap(bytes: Vec<u8>, path: &Path) -> Result<(Kind, Vec<u8>), Finding> {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
    let found = sniff(&bytes);
    if extension == "csv" || extension == "txt" {
        return match found {
            Some(Kind::Text) => Ok((Kind::Text, bytes)),
            _ => Err(wrong_kind("CSV", &bytes, found)),
        };
    }
    if let Some(kind) = found {
        let promised = matches!(
            (extension.as_str(), kind),
            ("xlsx" | "xlsm", Kind::Xlsx | Kind::Xls)
                | ("xlsb", Kind::Xlsb)
                | ("xls", Kind::Xls | Kind::Xlsx)
                | ("ods", Kind::Ods)
                | ("tsv", Kind::Text)
        );
        return if promised || !["xlsx", "xlsm", "xlsb", "xls", "ods"].contains(&extension.as_str()) {
            Ok((kind, bytes))
        } else if kind == Kind::Text && std::str::from_utf8(&bytes).is_ok() {
            Err(wrong_kind(&format!(".{extension}"), &bytes, found))
        } else {
            Err(damaged(&extension))
        };
    }
    if bytes.starts_with(&[0x1F, 0x8B]) {
        return inflate(flate2::read::MultiGzDecoder::new(bytes.as_slice())).and_then(packed_text);
    }
    if bytes.starts_with(b"PK\x03\x04") && extension == "zip" {
        return unzip(&bytes);
    }
    if is_web_page(&bytes) {
        return Err(wrong_kind(&format!(".{extension}"), &bytes, found));
    }
    Err(damaged(&extension))
}

fn wrong_kind(promised: &str, bytes: &[u8], found: Option<Kind>) -> Finding {
    let (what, help) = if is_web_page(bytes) {
        (
            "a web page (HTML)",
            "the link gave an error or log-in page: open the publication in a browser and download the data file itself",
        )
    } else if found == Some(Kind::Text) {
        ("plain text", "give it the ending .csv and name that file in the pipeline, or download it again")
    } else if found.is_some() {
        ("a workbook", "give it its right ending (.xlsx, .xls or .ods) and name that file in the pipeline")
    } else if bytes.starts_with(b"PK") {
        ("a ZIP archive", "unpack it, or give it the ending .zip: a CSV inside a .zip is read as it is")
    } else {
        ("not a text", "give it its right ending, or download it again")
    };
    Finding::error("wrong-kind-of-file", format!("the name says {promised}, but the content is {what}"), help)
}

fn damaged(extension: &str) -> Finding {
    Finding::error(
        "damaged-file",
        format!("the name ends in .{extension}, but the content is not such a file, or it is cut short"),
        "download it again; if it opens in Excel or LibreOffice, save it from there under the same name",
    )
}

/// The one table in a zip archive.
fn unzip(bytes: &[u8]) -> Result<(Kind, Vec<u8>), Finding> {
    let broken = |error: &dyn std::fmt::Display| {
        Finding::error("damaged-file", format!("the ZIP archive cannot be read: {error}"), "download it again")
    };
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| broken(&error))?;
    let tables: Vec<String> = archive
        .file_names()
        .filter_map(Result::ok)
        .filter(|name| {
            name.to_lowercase().ends_with(".csv") && !name.ends_with(".meta.csv") && !name.starts_with("__MACOSX")
        })
        .map(|name| name.into_owned())
        .collect();
    let [name] = tables.as_slice() else {
        return Err(Finding::error(
            "several-tables",
            format!("the ZIP archive holds {} CSV files, and only one is expected", tables.len()),
            "unpack the one that is wanted into the release folder",
        ));
    };
    let entry = archive.by_name(name).map_err(|error| broken(&error))?;
    packed_text(inflate(entry)?)
}

/// What was packed, if it is text.
fn packed_text(inner: Vec<u8>) -> Result<(Kind, Vec<u8>), Finding> {
    match sniff(&inner) {
        Some(Kind::Text) => Ok((Kind::Text, inner)),
        found => Err(wrong_kind("a packed CSV", &inner, found)),
    }
}

/// Reads a packed stream up to the most that can be read, so that an archive made to explode is refused.
fn inflate(packed: impl Read) -> Result<Vec<u8>, Finding> {
    let mut inner = Vec::new();
    packed.take(MOST_UNPACKED as u64 + 1).read_to_end(&mut inner).map_err(|error| {
        Finding::error("damaged-file", format!("the packed file cannot be read: {error}"), "download it again")
    })?;
    if inner.len() > MOST_UNPACKED {
        return Err(Finding::error(
            "file-too-large",
            "unpacked, the file is over a gigabyte",
            "unpack it and look at it: if it is the publisher's table, file it as the CSV that it is",
        ));
    }
    Ok(inner)
}

/// Text as UTF-8 without a byte order mark, and the name of the encoding it was in.
pub(super) fn decode(mut bytes: Vec<u8>) -> (Vec<u8>, &'static str) {
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    let encoding = match bytes.get(..2) {
        Some([0xFF, 0xFE]) => UTF_16LE,
        Some([0xFE, 0xFF]) => UTF_16BE,
        _ if std::str::from_utf8(&bytes).is_ok() => return (bytes, "UTF-8"),
        _ => WINDOWS_1252,
    };
    let (text, _, _) = encoding.decode(&bytes);
    (text.into_owned().into_bytes(), encoding.name())
}
