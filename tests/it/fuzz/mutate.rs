//! Bytes changed at random: anywhere, by words that mean something to the formats, and inside the parts of archives.

use std::io::{Cursor, Read};

use crate::harness::zipped;

/// Numbers by chance, the same at each run for the same beginning.
pub struct Chance(pub u64);

impl Chance {
    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit.max(1)
    }
}

/// Words that formats take for something.
const WORDS: [&str; 44] = [
    ",",
    "\"",
    "\"\"",
    "\n",
    "\r\n",
    ";",
    "\t",
    "\0",
    "\u{1b}[31m",
    "\u{202e}",
    "\u{feff}",
    "99999999999999999999",
    "-1",
    "1e308",
    "NaN",
    "inf",
    "0",
    "2147483648",
    "4294967296",
    "18446744073709551615",
    "x",
    "z",
    "National",
    "latest",
    "E92000001",
    "202425",
    "2024/25",
    "[[",
    "]]",
    "{",
    "}",
    " = ",
    "'''",
    "../../",
    "<",
    ">",
    "/>",
    "&#0;",
    "&lol;",
    "<!DOCTYPE a [<!ENTITY b \"bb\">]>",
    " r=\"XFD1048576\"",
    " t=\"s\"",
    " table:number-columns-repeated=\"16384\"",
    " table:number-rows-repeated=\"1048576\"",
];

/// The bytes of the seed `name` with some damage; `other` is where foreign bytes come from.
pub fn mutate(chance: &mut Chance, name: &str, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let archive = name.ends_with(".xlsx") || name.ends_with(".ods") || name.ends_with(".zip");
    if archive
        && chance.below(4) > 0
        && let Some(inside) = inside(chance, bytes, other)
    {
        return inside;
    }
    damaged(chance, bytes, other)
}

/// The archive with one of its parts damaged.
fn inside(chance: &mut Chance, bytes: &[u8], other: &[u8]) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let chosen = chance.below(archive.len());
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).ok()?;
        let mut content = Vec::new();
        part.read_to_end(&mut content).ok()?;
        let name = String::from_utf8_lossy(part.name_raw()).into_owned();
        parts.push((name, if index == chosen { damaged(chance, &content, other) } else { content }));
    }
    let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, content)| (name.as_str(), content.as_slice())).collect();
    Some(zipped(&parts))
}

/// One to three changes.
fn damaged(chance: &mut Chance, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..=chance.below(3) {
        let at = chance.below(bytes.len());
        let end = (at + 1 + chance.below(40)).min(bytes.len());
        match chance.below(9) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << chance.below(8),
            1 if !bytes.is_empty() => bytes[at] = [0, 0xFF, 0x7F, 0x80, b'"', b'<', b'0'][chance.below(7)],
            2 => drop(bytes.drain(at..end)),
            3 => {
                let again = bytes[at..end].repeat(1 + chance.below(9));
                bytes.splice(at..at, again);
            }
            4 => bytes.truncate(at),
            5 => {
                let from = chance.below(other.len());
                let foreign = &other[from..(from + 1 + chance.below(60)).min(other.len())];
                bytes.splice(at..end, foreign.iter().copied());
            }
            6 => number(chance, &mut bytes, at),
            _ => {
                let word = WORDS[chance.below(WORDS.len())];
                let end = if chance.below(2) == 0 { at } else { end };
                bytes.splice(at..end, word.bytes());
            }
        }
    }
    bytes
}

/// The next number behind `at` becomes another.
fn number(chance: &mut Chance, bytes: &mut Vec<u8>, at: usize) {
    let Some(start) = bytes[at..].iter().position(u8::is_ascii_digit).map(|start| at + start) else { return };
    let end = bytes[start..].iter().position(|byte| !byte.is_ascii_digit()).map_or(bytes.len(), |end| start + end);
    let numbers =
        ["", "0", "1", "16384", "16385", "65536", "1048577", "4294967295", "4294967296", "99999999999999999999"];
    bytes.splice(start..end, numbers[chance.below(numbers.len())].bytes());
}
