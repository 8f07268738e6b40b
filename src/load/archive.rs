//! The files of an archive that is a release as it is downloaded: several tables with what describes them.

use std::io::{Cursor, Read};

use super::bytes::sniff;
use crate::finding::Finding;

/// The most bytes that the files of a release may come to, unpacked.
const MOST: u64 = 1 << 30;

/// Files of an archive: the path inside it, and the bytes.
pub type Members = Vec<(String, Vec<u8>)>;

/// The files of a ZIP; none where `bytes` are no plain ZIP, or it packs one table alone, which is read as it is.
///
/// # Errors
/// It is damaged, or unpacks to more than can be read.
pub fn members(bytes: &[u8]) -> Result<Option<Members>, Finding> {
    if !bytes.starts_with(b"PK\x03\x04") || sniff(bytes).is_some() {
        return Ok(None);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut names: Vec<String> = archive
        .file_names()
        .filter_map(Result::ok)
        .map(|name| name.into_owned())
        .filter(|name| is_file(name))
        .collect();
    names.sort();
    let told: u64 = (0..archive.len()).filter_map(|at| Some(archive.by_index_raw(at).ok()?.size())).sum();
    if told > MOST {
        return Err(too_large());
    }
    let is_table = |name: &&String| !name.to_lowercase().ends_with(".meta.csv");
    if names.iter().filter(is_table).count() < 2 {
        return Ok(None);
    }
    let mut files = Vec::new();
    let mut left = MOST;
    for name in names {
        let entry = archive.by_name(&name).map_err(|error| damaged(&error))?;
        let mut inner = Vec::new();
        // What an entry says of its size need not be true.
        entry.take(left + 1).read_to_end(&mut inner).map_err(|error| damaged(&error))?;
        left = left.checked_sub(inner.len() as u64).ok_or_else(too_large)?;
        files.push((name, inner));
    }
    Ok(Some(files))
}

/// Whether an entry is a file of the publisher's: no folder, and nothing that a system leaves behind.
fn is_file(name: &str) -> bool {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    !last.is_empty() && !last.starts_with(['.', '~']) && !name.starts_with("__MACOSX")
}

fn damaged(error: &dyn std::fmt::Display) -> Finding {
    Finding::error("damaged-file", format!("the ZIP archive cannot be read: {error}"), "download it again")
}

fn too_large() -> Finding {
    let help = "unpack it, and file what is wanted of it file by file";
    Finding::error("file-too-large", "unpacked, the files of the archive are over a gigabyte", help)
}
