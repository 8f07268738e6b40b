//! An address to a file: resumed where the server allows it, checked against what the server says of it, and renamed
//! only when it is whole.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use ureq::Body;
use ureq::http::{HeaderMap, Response};

use super::client::{Client, Event, web_page};
use super::failure::{Fault, LATER};
use super::retry::{refusal, trying};
use super::{address, digest};
use crate::finding::Finding;
use crate::provenance::{hash, is_web_page};

/// A file that came whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Downloaded {
    /// Where it is.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// What the server, or the address, calls it; safe for a folder.
    pub name: String,
    /// Whether the server said where the file ends: without that a file cut short looks whole.
    pub end_known: bool,
    /// How often it was taken up where it had broken off.
    pub resumed: u32,
}

/// What is there of a file after an attempt.
#[derive(Default)]
struct Part {
    bytes: u64,
    /// What tells this file from a later one at the same address.
    validator: Option<String>,
    resumed: u32,
}

/// What an answer says about the whole file.
struct Announced {
    length: Option<u64>,
    end_known: bool,
    sha256: Option<String>,
    name: Option<String>,
}

impl Client {
    /// Downloads `url` into `folder`, as `download`.
    ///
    /// # Errors
    /// Whatever made it impossible, after all tries; nothing is left in the folder then.
    pub fn download(&self, url: &str, folder: &Path) -> Result<Downloaded, Finding> {
        let path = folder.join("download.part");
        let mut part = Part::default();
        let done = trying(self, || self.attempt(url, &path, &mut part));
        if done.is_err() {
            // The folder is temporary; a part that cannot be removed now goes with it.
            let _ = fs_err::remove_file(&path);
        }
        let (announced, at) = done?;
        let whole = folder.join("download");
        fs_err::rename(&path, &whole).map_err(|error| unwritable(url, &error).finding)?;
        Ok(Downloaded {
            path: whole,
            bytes: part.bytes,
            name: announced.name.unwrap_or_else(|| address::name(&at)),
            end_known: announced.end_known,
            resumed: part.resumed,
        })
    }

    /// One attempt, which goes on where the last one broke off if it can.
    fn attempt(&self, url: &str, path: &Path, part: &mut Part) -> Result<(Announced, String), Fault> {
        let range = format!("bytes={}-", part.bytes);
        let resumed = part.validator.clone().filter(|_| part.bytes > 0);
        let headers: Vec<(&str, &str)> = match &resumed {
            Some(validator) => vec![("range", &range), ("if-range", validator)],
            None => Vec::new(),
        };
        let (response, at) = self.get(url, &headers)?;
        let start = match response.status().as_u16() {
            200 => 0,
            206 if resumed.is_some() && first_byte(response.headers()) == Some(part.bytes) => part.bytes,
            206 | 416 => {
                *part = Part::default();
                let message = "the server sent another part of the file than was asked for";
                return Err(Fault::passing(
                    "fetch-part",
                    &at,
                    message,
                    "try again later: the fault is with the server",
                ));
            }
            _ => return Err(refusal(&at, response)),
        };
        let announced = self.announced(&at, &response, start)?;
        if start == 0 {
            *part = Part { validator: validator(response.headers()), resumed: part.resumed, ..Part::default() };
        } else {
            part.resumed += 1;
        }
        self.take_in(&at, response, path, part, announced.length)?;
        check(&at, path, part, &announced)?;
        Ok((announced, at))
    }

    /// What the headers say of the whole file; too large a file is refused before a byte of it is read.
    fn announced(&self, url: &str, response: &Response<Body>, start: u64) -> Result<Announced, Fault> {
        let headers = response.headers();
        let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
        if let Some(packed) = text("content-encoding").filter(|packed| !packed.eq_ignore_ascii_case("identity")) {
            let message = format!("the server sent the file packed as `{packed}`, which was not asked for");
            return Err(Fault::lasting(
                "fetch-packed",
                url,
                message,
                "take the file with a browser and file it with `abreast add`",
            ));
        }
        if text("content-type").is_some_and(|kind| kind.to_ascii_lowercase().starts_with("text/html")) {
            return Err(web_page(url));
        }
        let length = text("content-length").and_then(|length| length.trim().parse::<u64>().ok());
        let total = text("content-range").and_then(|range| range.rsplit('/').next()?.trim().parse().ok());
        let length = if start > 0 { total.or(length.map(|length| length + start)) } else { length };
        if let Some(length) = length.filter(|length| *length > self.limits.most_bytes) {
            return Err(too_large(url, length, self.limits.most_bytes));
        }
        let chunked = text("transfer-encoding").is_some_and(|kind| kind.to_ascii_lowercase().contains("chunked"));
        let sha256 = ["repr-digest", "digest"].iter().find_map(|name| digest::sha256(text(name)?));
        let name = text("content-disposition").and_then(address::disposition);
        Ok(Announced { length, end_known: length.is_some() || chunked || sha256.is_some(), sha256, name })
    }

    /// Reads the body to the end of `path`.
    fn take_in(
        &self,
        url: &str,
        response: Response<Body>,
        path: &Path,
        part: &mut Part,
        length: Option<u64>,
    ) -> Result<(), Fault> {
        let mut options = fs_err::OpenOptions::new();
        options.create(true).write(true).append(part.bytes > 0).truncate(part.bytes == 0);
        let mut file = options.open(path).map_err(|error| unwritable(url, &error))?;
        let mut reader = response.into_body().into_reader();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let count = reader.read(&mut buffer).map_err(|error| self.broken(error, url))?;
            if count == 0 {
                return file.flush().map_err(|error| unwritable(url, &error));
            }
            if part.bytes == 0 && is_web_page(&buffer[..count]) {
                return Err(web_page(url));
            }
            if part.bytes + count as u64 > self.limits.most_bytes {
                return Err(too_large(url, part.bytes + count as u64, self.limits.most_bytes));
            }
            file.write_all(&buffer[..count]).map_err(|error| unwritable(url, &error))?;
            part.bytes += count as u64;
            self.say(Event::Bytes(part.bytes, length));
        }
    }
}

/// The byte at which a part starts.
fn first_byte(headers: &HeaderMap) -> Option<u64> {
    let range = headers.get("content-range")?.to_str().ok()?;
    range.trim().strip_prefix("bytes ")?.split('-').next()?.trim().parse().ok()
}

/// A tag that stands for these very bytes, or the day and second they changed.
fn validator(headers: &HeaderMap) -> Option<String> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    text("etag").filter(|tag| !tag.starts_with("W/")).or_else(|| text("last-modified"))
}

/// Whether the file is as long as announced and has the hash announced; begun again where not.
fn check(url: &str, path: &Path, part: &mut Part, announced: &Announced) -> Result<(), Fault> {
    if let Some(length) = announced.length.filter(|length| *length != part.bytes) {
        let message = format!("{} bytes came of the {length} announced", part.bytes);
        *part = Part::default();
        return Err(Fault::passing("fetch-length", url, message, LATER));
    }
    if let Some(sha256) = &announced.sha256 {
        let own = hash(&fs_err::read(path).map_err(|error| unwritable(url, &error))?);
        if own != *sha256 {
            *part = Part::default();
            let message = format!("the file came damaged: sha256 {}, announced {}", &own[..8], &sha256[..8]);
            return Err(Fault::passing("fetch-damaged", url, message, LATER));
        }
    }
    if part.bytes == 0 {
        return Err(Fault::passing("fetch-empty", url, "the file is empty (0 bytes)", LATER));
    }
    Ok(())
}

fn too_large(url: &str, bytes: u64, most: u64) -> Fault {
    let size = |bytes: u64| match bytes {
        ..1_000_000 => format!("{bytes} bytes"),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    };
    Fault::lasting(
        "fetch-too-large",
        url,
        format!("the file has {} or more, and the limit is {}", size(bytes), size(most)),
        "if that is the right file, allow more with `--max-size`",
    )
}

fn unwritable(url: &str, error: &std::io::Error) -> Fault {
    Fault::lasting(
        "fetch-unwritable",
        url,
        format!("the file cannot be kept: {error}"),
        "free some space in the folder for temporary files, then try again",
    )
}
