//! Which bytes a figure came from: hashes of files and of what an output was made from, and bytes that are no file of
//! the publisher's at all.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// The SHA-256 of `bytes` in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Whether `bytes` begin as a web page does: a login or error page that came in the place of a file.
pub fn is_web_page(bytes: &[u8]) -> bool {
    let head: String = bytes.iter().take(512).map(|&byte| char::from(byte.to_ascii_lowercase())).collect();
    let head = head.trim_start_matches(|c: char| !c.is_ascii_graphic());
    head.starts_with("<!doctype html") || head.starts_with("<html") || head.starts_with("<head")
}
