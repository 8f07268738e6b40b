//! An address to the bytes of a file: resumed where the server allows it, checked against what the server says of it, and
//! handed on only when they are whole. They are kept in memory, so that nothing is left of a download that is broken off.

use std::io::Read;

use ureq::Body;
use ureq::http::{HeaderMap, Response};

use super::client::{Client, web_page};
use super::failure::{Fault, LATER};
use super::limits::Event;
use super::retry::{refusal, trying};
use super::{address, digest};
use crate::finding::Finding;
use crate::provenance::{hash, is_web_page, no_table};

/// A file that came whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Downloaded {
    /// What is in it.
    pub bytes: Vec<u8>,
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
    bytes: Vec<u8>,
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
    /// Downloads `url`.
    ///
    /// # Errors
    /// Whatever made it impossible, after all tries.
    pub fn download(&self, url: &str) -> Result<Downloaded, Finding> {
        let mut part = Part::default();
        let (announced, at) = trying(&self.limits, &|event| self.say(event), || self.attempt(url, &mut part))?;
        Ok(Downloaded {
            bytes: part.bytes,
            name: announced.name.unwrap_or_else(|| address::name(&at)),
            end_known: announced.end_known,
            resumed: part.resumed,
        })
    }

    /// One attempt, which goes on where the last one broke off if it can.
    fn attempt(&self, url: &str, part: &mut Part) -> Result<(Announced, String), Fault> {
        let had = part.bytes.len() as u64;
        let range = format!("bytes={had}-");
        let resumed = part.validator.clone().filter(|_| had > 0);
        let headers: Vec<(&str, &str)> = match &resumed {
            Some(validator) => vec![("range", &range), ("if-range", validator)],
            None => Vec::new(),
        };
        let (response, at) = self.get(url, &headers)?;
        let start = match response.status().as_u16() {
            200 => 0,
            206 if resumed.is_some() && first_byte(response.headers()) == Some(had) => had,
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
        self.take_in(&at, response, part, announced.length)?;
        check(&at, part, &announced)?;
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

    /// Reads the body to the end of the part.
    fn take_in(&self, url: &str, response: Response<Body>, part: &mut Part, length: Option<u64>) -> Result<(), Fault> {
        let mut reader = response.into_body().into_reader();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let count = reader.read(&mut buffer).map_err(|error| self.broken(error, url))?;
            if count == 0 {
                return Ok(());
            }
            if part.bytes.is_empty() && is_web_page(&buffer[..count]) {
                return Err(web_page(url));
            }
            let now = (part.bytes.len() + count) as u64;
            if now > self.limits.most_bytes {
                return Err(too_large(url, now, self.limits.most_bytes));
            }
            part.bytes.extend_from_slice(&buffer[..count]);
            self.say(Event::Bytes(now, length));
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

/// Whether the file is as long as announced, has the hash announced and may be a table; begun again where not.
fn check(url: &str, part: &mut Part, announced: &Announced) -> Result<(), Fault> {
    let came = part.bytes.len();
    if let Some(length) = announced.length.filter(|length| *length != came as u64) {
        *part = Part::default();
        return Err(Fault::passing("fetch-length", url, format!("{came} bytes came of the {length} announced"), LATER));
    }
    if let Some(sha256) = &announced.sha256 {
        let own = hash(&part.bytes);
        if own != *sha256 {
            *part = Part::default();
            let message = format!("the file came damaged: sha256 {}, announced {}", &own[..8], &sha256[..8]);
            return Err(Fault::passing("fetch-damaged", url, message, LATER));
        }
    }
    if came == 0 {
        return Err(Fault::passing("fetch-empty", url, "the file is empty (0 bytes)", LATER));
    }
    if is_web_page(&part.bytes) {
        return Err(web_page(url));
    }
    match no_table(&part.bytes) {
        Some(what) => Err(Fault::lasting(
            "fetch-no-table",
            url,
            format!("{what} came in the place of the file"),
            "open the address in a browser and see what it says; the file itself goes into the pipeline's `[source]`",
        )),
        None => Ok(()),
    }
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
