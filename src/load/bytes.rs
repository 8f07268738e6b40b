//! What the bytes of a file are, whatever its name says: text, workbook, Parquet, or a text in a `.zip` or `.gz`.

use std::io::{Cursor, Read};
use std::path::Path;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::finding::{Finding, is_parquet};
use crate::provenance::is_web_page;

/// The most bytes of a file, and the most that a packed one or a workbook may unpack to: with the cells and the figures in it
/// they stay below two gigabytes of memory. The largest workbook of the returns at hand unpacks to a tenth of it; a file
/// made to explode is refused before memory is.
pub const MOST_BYTES: usize = 400 << 20;

/// How much of a text is looked at to tell whether it is one.
const HEAD: usize = 1 << 16;

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
    /// Parquet, encrypted or not.
    Parquet,
}

/// The bytes of the file at `path`.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Finding> {
    // The size is told before anything is read; what cannot be looked at is said by the reading below.
    let size = fs_err::metadata(path).map_or(0, |metadata| metadata.len());
    if size > MOST_BYTES as u64 {
        return Err(too_large(
            size,
            "",
            "split it by period into one file a release, or ask the publisher for a smaller one",
        ));
    }
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
    if bytes.starts_with(b"PAR1") || bytes.starts_with(b"PARE") {
        return Some(Kind::Parquet);
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
    if is_parquet(&path.to_string_lossy()) && found != Some(Kind::Parquet) {
        return Err(no_parquet(&bytes));
    }
    if extension == "csv" || extension == "txt" {
        return match found {
            Some(Kind::Text) if is_text(&bytes) => Ok((Kind::Text, bytes)),
            Some(Kind::Text) => Err(no_text()),
            _ => Err(wrong_kind("CSV", &bytes, found)),
        };
    }
    if found == Some(Kind::Text) && !is_text(&bytes) {
        return Err(no_text());
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
        } else if kind == Kind::Parquet || (kind == Kind::Text && std::str::from_utf8(&bytes).is_ok()) {
            Err(wrong_kind(&format!(".{extension}"), &bytes, found))
        } else {
            Err(damaged(&extension))
        };
    }
    if bytes.starts_with(&[0x1F, 0x8B]) {
        // What a gzip says of its size stands at its end, where a download that was cut short has anything.
        return inflate(flate2::read::MultiGzDecoder::new(bytes.as_slice()), 0);
    }
    if bytes.starts_with(b"PK\x03\x04") && extension == "zip" {
        return unzip(&bytes);
    }
    if is_web_page(&bytes) {
        return Err(wrong_kind(&format!(".{extension}"), &bytes, found));
    }
    Err(damaged(&extension))
}

/// The finding that a file called Parquet is none.
pub(super) fn no_parquet(bytes: &[u8]) -> Finding {
    match sniff(bytes) {
        Some(Kind::Text) if !is_text(bytes) => damaged("parquet"),
        found => wrong_kind("Parquet", bytes, found),
    }
}

fn wrong_kind(promised: &str, bytes: &[u8], found: Option<Kind>) -> Finding {
    let (what, help) = if is_web_page(bytes) {
        (
            "a web page (HTML)",
            "the link gave an error or log-in page: open the publication in a browser and download the data file itself",
        )
    } else if found == Some(Kind::Text) {
        ("plain text", "give it the ending .csv and name that file in the pipeline, or download it again")
    } else if found == Some(Kind::Parquet) {
        ("Parquet", "give it the ending .parquet and name that file in the pipeline")
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

/// The finding that a file of `size` bytes is larger than can be read.
fn too_large(size: u64, how: &str, help: &str) -> Finding {
    let (size, most) = (size.div_ceil(1 << 20), MOST_BYTES >> 20);
    Finding::error(
        "file-too-large",
        format!("{how}the file has {size} MB, more than the {most} MB that can be read"),
        help,
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
    let told = entry.size();
    inflate(entry, told)
}

/// Reads a packed text that is `told` to have so many bytes: what is none is refused by its first bytes, and no more
/// is unpacked than can be read, whatever was told.
fn inflate(mut packed: impl Read, told: u64) -> Result<(Kind, Vec<u8>), Finding> {
    const HELP: &str =
        "unpack it and look at it: if it is the publisher's table, split it by period and file the parts";
    if told > MOST_BYTES as u64 {
        return Err(too_large(told, "unpacked, ", HELP));
    }
    let broken = |error: std::io::Error| {
        Finding::error("damaged-file", format!("the packed file cannot be read: {error}"), "download it again")
    };
    let mut inner = Vec::new();
    packed.by_ref().take(HEAD as u64).read_to_end(&mut inner).map_err(broken)?;
    match sniff(&inner) {
        Some(Kind::Text) if is_text(&inner) => {}
        Some(Kind::Text) => return Err(no_text()),
        found => return Err(wrong_kind("a packed CSV", &inner, found)),
    }
    packed.take((MOST_BYTES - HEAD) as u64 + 1).read_to_end(&mut inner).map_err(broken)?;
    if inner.len() > MOST_BYTES {
        return Err(too_large(inner.len() as u64, "unpacked, ", HELP));
    }
    Ok((Kind::Text, inner))
}

/// Whether the first bytes are of a text: a few NUL may stand in one by mistake, and UTF-16 has one in every other place.
fn is_text(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    memchr::memchr_iter(0, head).count() * 10 < head.len() || encoding(head).is_some()
}

/// The finding that a file holds no text.
fn no_text() -> Finding {
    let help = "it was cut off or damaged on its way, or is no table: download it again";
    Finding::error("wrong-kind-of-file", "the file holds NUL bytes where a table has text", help)
}

/// UTF-16 by its mark, or by a NUL in nearly every second place and hardly any in the others.
fn encoding(head: &[u8]) -> Option<&'static Encoding> {
    match head.get(..2)? {
        [0xFF, 0xFE] => return Some(UTF_16LE),
        [0xFE, 0xFF] => return Some(UTF_16BE),
        _ => {}
    }
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (first, second, pairs) = (zeros(0), zeros(1), head.len() / 2);
    let is_mostly = |some: usize, other: usize| some * 10 > pairs * 7 && other * 10 < pairs;
    match () {
        () if is_mostly(second, first) => Some(UTF_16LE),
        () if is_mostly(first, second) => Some(UTF_16BE),
        () => None,
    }
}

/// Text as UTF-8 without a byte order mark, and the name of the encoding it was in.
pub(super) fn decode(mut bytes: Vec<u8>) -> (Vec<u8>, &'static str) {
    if bytes.starts_with(&[0xEF, 0xBB, 0xBF]) {
        bytes.drain(..3);
    }
    let (text, name) = match encoding(&bytes[..bytes.len().min(HEAD)]) {
        Some(encoding) => (encoding.decode(&bytes).0.into_owned(), encoding.name()),
        None => narrow(bytes),
    };
    (text.into_bytes(), name)
}

/// Text of one byte or UTF-8 a letter as UTF-8, and the name of the encoding it was in.
pub(super) fn narrow(bytes: Vec<u8>) -> (String, &'static str) {
    match String::from_utf8(bytes) {
        Ok(text) => (text, "UTF-8"),
        Err(error) => {
            let (text, _, _) = WINDOWS_1252.decode(error.as_bytes());
            (text.into_owned(), WINDOWS_1252.name())
        }
    }
}
