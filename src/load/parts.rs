//! The parts of a workbook's archive, looked at before a reader believes them: what they unpack to, how many texts and
//! cells they announce, and whether there is anything in them that asks for a closer look.
//!
//! In: the bytes of a workbook. Out: what was seen, or why it is refused. Sizes are counted by unpacking up to a limit;
//! what the archive says of itself is not asked.

use std::io::{Cursor, Read, Write};

use super::biff;
use super::bytes::{Kind, MOST_BYTES};
use crate::finding::Finding;

/// The most cells that the sheets of an XLS may span in all: their reader takes some ninety bytes for each, empty ones
/// among others included. A full sheet of Excel 2003 has seventeen millions.
const MOST_SPANNED: u64 = 17_000_000;

/// What was seen in the parts of a workbook.
#[derive(Default)]
pub(super) struct Seen {
    /// The parts that hold raised runs, by their number in the archive.
    pub raised: Vec<usize>,
    /// Whether a sheet holds formulas.
    pub formulas: bool,
    /// Whether the program that wrote it left the calculating to Excel.
    pub uncalculated: bool,
}

/// Looks at every part of the workbook in `bytes`.
///
/// # Errors
/// A part that cannot be unpacked, parts that unpack to more than can be read, or more texts or cells than can be.
pub(super) fn check(bytes: &[u8], kind: Kind) -> Result<Seen, Finding> {
    let mut seen = Seen::default();
    if kind == Kind::Xls {
        let cells = biff::spanned_cells(bytes).map_err(|_| damaged(&"its parts are chained in a circle"))?;
        if cells > MOST_SPANNED {
            return Err(too_large(format!("its sheets span {cells} cells, of {MOST_SPANNED} that can be read")));
        }
        return Ok(seen);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut left = MOST_BYTES as u64;
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| damaged(&error))?;
        let name = String::from_utf8_lossy(part.name_raw()).into_owned();
        let mut watch = Watch::default();
        let size = std::io::copy(&mut (&mut part).take(left + 1), &mut watch).map_err(|error| damaged(&error))?;
        if size > left {
            return Err(too_large(format!(
                "unpacked, the workbook is over {} MB (`{name}` and the parts before it)",
                MOST_BYTES >> 20
            )));
        }
        left -= size;
        if announced(&watch.head) > size {
            return Err(damaged(&format!("`{name}` announces more texts than it has letters")));
        }
        if name.ends_with(".xml") && !name.ends_with("styles.xml") && watch.has(RAISED) {
            seen.raised.push(index);
        }
        seen.formulas |= name.contains("worksheets/") && watch.has(FORMULA);
        seen.uncalculated |= watch.has(UNCALCULATED);
    }
    Ok(seen)
}

/// What is looked for in the parts: the word for a raised run, the end of a formula, the word that Excel shall calculate.
const WORDS: [&[u8]; 3] = [b"superscript", b"f>", b"fullCalcOnLoad=\"1\""];
const RAISED: usize = 0;
const FORMULA: usize = 1;
const UNCALCULATED: usize = 2;

/// Takes in an unpacked part: keeps its head and which of the words it holds, nothing else.
#[derive(Default)]
struct Watch {
    head: Vec<u8>,
    tail: Vec<u8>,
    found: [bool; WORDS.len()],
}

impl Watch {
    fn has(&self, word: usize) -> bool {
        self.found[word]
    }
}

impl Write for Watch {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let room = HEAD.saturating_sub(self.head.len()).min(bytes.len());
        self.head.extend_from_slice(&bytes[..room]);
        // A word may stand across two pieces.
        let longest = WORDS.iter().map(|word| word.len()).max().unwrap_or(0);
        self.tail.extend_from_slice(&bytes[..bytes.len().min(longest)]);
        for (word, found) in WORDS.iter().zip(&mut self.found) {
            let holds = |text: &[u8]| memchr::memmem::find(text, word).is_some();
            *found = *found || holds(bytes) || holds(&self.tail);
        }
        if bytes.len() > longest {
            self.tail.clear();
            self.tail.extend_from_slice(&bytes[bytes.len() - longest..]);
        } else {
            self.tail.drain(..self.tail.len().saturating_sub(longest));
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// How much of a part is searched for what it announces.
const HEAD: usize = 1 << 16;

/// The finding that a workbook is damaged.
pub(super) fn damaged(error: &dyn std::fmt::Display) -> Finding {
    Finding::error(
        "damaged-file",
        format!("the workbook cannot be read: {error}"),
        "download it again; if it opens in Excel or LibreOffice, save it from there under the same name",
    )
}

/// The finding that a workbook is larger than can be read.
pub(super) fn too_large(message: String) -> Finding {
    let help =
        "open it in Excel or LibreOffice, save the one sheet that is wanted as CSV, and name that file in the pipeline";
    Finding::error("file-too-large", message, help)
}

/// The number of texts that a table of shared texts says it has; its reader makes room for them before it reads one.
fn announced(head: &[u8]) -> u64 {
    const NAME: &[u8] = b"uniqueCount";
    let number = |rest: &[u8]| {
        let digits: Vec<u8> =
            rest.iter().copied().skip_while(|byte| !byte.is_ascii_digit()).take_while(u8::is_ascii_digit).collect();
        String::from_utf8_lossy(&digits).parse().unwrap_or(u64::MAX)
    };
    memchr::memmem::find_iter(head, NAME).map(|at| number(&head[at + NAME.len()..])).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::{FORMULA, RAISED, UNCALCULATED, Watch, announced};

    #[test]
    fn shared_texts_that_are_announced() {
        assert_eq!(announced(b"<sst uniqueCount=\"12\" count='14'>"), 12);
        assert_eq!(announced(b"<sst uniqueCount = '99999999999999999999999'>"), u64::MAX);
        assert_eq!(announced(b"<worksheet>"), 0);
    }

    #[test]
    fn words_are_seen_across_pieces() {
        let mut watch = Watch::default();
        for piece in ["<vertAlign val=\"supers", "cript\"/><", "f", ">A1</", "c>"] {
            watch.write_all(piece.as_bytes()).expect("taken in");
        }
        assert!(watch.has(RAISED) && watch.has(FORMULA) && !watch.has(UNCALCULATED));
    }
}
