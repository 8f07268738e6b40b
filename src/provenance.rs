//! Which bytes a figure came from: hashes of files and of what an output was made from, and bytes that are no file of
//! the publisher's at all.

use std::fmt::Write;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use sha2::{Digest, Sha256};

/// The program: its version and a fingerprint of its sources. What another program made is made again.
pub const PROGRAM: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("ABREAST_SOURCES"));

/// The SHA-256 of `bytes` in hexadecimal.
pub fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The SHA-256 of the file at `path`, read in pieces.
///
/// # Errors
/// It cannot be read.
pub fn hash_of(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hash = Sha256::new();
    let mut buffer = vec![0; 1 << 18];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hexadecimal(&hash.finalize())),
            count => hash.update(&buffer[..count]),
        }
    }
}

/// Bytes as hexadecimal digits.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// An address without the name and password in it, and without the keys that some addresses carry behind `?`: it is
/// printed, and kept in a manifest that goes round with the returns.
pub fn without_secrets(address: &str) -> String {
    let (address, query) = address.split_once('?').map_or((address, None), |(address, query)| (address, Some(query)));
    let mut text = match address.split_once("://") {
        Some((scheme, rest)) => {
            let host = rest.split('/').next().unwrap_or_default();
            let bare = host.rsplit_once('@').map_or(host, |(_, bare)| bare);
            format!("{scheme}://{bare}{}", &rest[host.len()..])
        }
        None => address.to_owned(),
    };
    if let Some(query) = query {
        let parts = query.split('&').map(|part| match part.split_once('=') {
            Some((key, _)) if is_secret(key) => format!("{key}=***"),
            _ => part.to_owned(),
        });
        text.push('?');
        text += &parts.collect::<Vec<_>>().join("&");
    }
    text
}

/// Whether what is called so is for one reader alone.
fn is_secret(key: &str) -> bool {
    const WORDS: [&str; 12] = [
        "token",
        "key",
        "secret",
        "password",
        "passwd",
        "pwd",
        "sig",
        "signature",
        "auth",
        "session",
        "jwt",
        "credential",
    ];
    let key = key.to_ascii_lowercase();
    key.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| WORDS.iter().any(|secret| word.ends_with(secret)))
}

/// What `bytes` are, where they begin as no table does: an answer that came in the place of a file.
pub fn no_table(bytes: &[u8]) -> Option<&'static str> {
    const STARTS: [(&[u8], &str); 10] = [
        (b"%PDF", "a PDF"),
        (b"%!PS", "a PostScript file"),
        (b"{\\rtf", "a text file of a word processor"),
        (b"\x89PNG", "a picture"),
        (b"GIF8", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"\x7fELF", "a program"),
        (b"Rar!", "an archive (RAR)"),
        (b"7z\xbc\xaf", "an archive (7z)"),
        (b"SQLite format 3", "a database"),
    ];
    if is_web_page(bytes) {
        return Some("a web page (HTML)");
    }
    if let Some((_, what)) = STARTS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(what);
    }
    if bytes.starts_with(b"MZ") && bytes.iter().take(64).any(|byte| *byte == 0) {
        return Some("a program");
    }
    let text = start(bytes);
    let behind = |sign: char| text.strip_prefix(sign).map(str::trim_start);
    if behind('<').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || "!?/".contains(c))) {
        return Some("a document in angle brackets (XML or HTML)");
    }
    if behind('{').is_some_and(|rest| rest.starts_with(['"', '}', '\'']))
        || behind('[').is_some_and(|rest| rest.starts_with(['{', '[', '"']))
    {
        return Some("an answer for a program (JSON)");
    }
    let is_script =
        ["function", "(function", "var ", "window.", "document.", "#!/"].iter().any(|start| text.starts_with(start));
    is_script.then_some("a script")
}

/// The first letters of a text, small, without what is blank before them.
fn start(bytes: &[u8]) -> String {
    let head: String = bytes.iter().take(4096).map(|&byte| char::from(byte.to_ascii_lowercase())).collect();
    head.trim_start_matches(|c: char| !c.is_ascii_graphic()).to_owned()
}

/// Whether `bytes` begin as a web page does: a login or error page that came in the place of a file.
pub fn is_web_page(bytes: &[u8]) -> bool {
    let head = start(bytes);
    let mut head = head.as_str();
    while let Some(comment) = head.strip_prefix("<!--") {
        head = comment.split_once("-->").map_or("", |(_, rest)| rest).trim_start();
    }
    ["<!doctype html", "<html", "<head", "<body", "<script", "<meta", "<title"]
        .iter()
        .any(|start| head.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::{no_table, without_secrets};

    #[test]
    fn secrets_are_left_out_of_addresses() {
        for (address, shown) in [
            ("https://me:secret@a.gov.uk/x?y=1", "https://a.gov.uk/x?y=1"),
            ("https://me:se@cret@a.gov.uk", "https://a.gov.uk"),
            ("https://a.gov.uk/x@y?access_token=abc&z=2&SIG=q", "https://a.gov.uk/x@y?access_token=***&z=2&SIG=***"),
            ("https://a.gov.uk/x?api-key=1&apikey=2&monkeys=3", "https://a.gov.uk/x?api-key=***&apikey=***&monkeys=3"),
            (
                "https://a.gov.uk/v1/data-sets/1/csv?dataSetVersion=2.0",
                "https://a.gov.uk/v1/data-sets/1/csv?dataSetVersion=2.0",
            ),
            ("not an address", "not an address"),
        ] {
            assert_eq!(without_secrets(address), shown);
        }
    }

    #[test]
    fn answers_that_are_no_table() {
        for text in [
            "<html>",
            " \n<!-- a --><!-- b -->\n<HTML>",
            "<!-- never closed",
            "<?xml version=\"1.0\"?><a/>",
            "<Error>no</Error>",
            "{\"error\":1}",
            "{ \n \"a\": 2}",
            "[{\"a\":1}]",
            "{}",
            "<script>x()</script>",
            "(function(){})",
            "%PDF-1.7",
            "\u{feff}<html>",
        ] {
            assert!(no_table(text.as_bytes()).is_some(), "{text}");
        }
        assert!(no_table(b"MZ\x90\0\x03").is_some() && no_table(b"\x89PNG\r\n").is_some());
        for text in [
            "a,b\n1,2\n",
            "<5,>10\n1,2\n",
            "[x],[c]\n1,2\n",
            "{a},b\n",
            "MZ,b\n1,2\n",
            "\"<html>\",b\n",
            "variable,value\n",
            "",
        ] {
            assert_eq!(no_table(text.as_bytes()), None, "{text}");
        }
    }
}
