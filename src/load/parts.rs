//! The parts of a workbook's archive, looked at before a reader believes them: what they unpack to, how many texts and
//! cells they announce.
//!
//! In: the bytes of a workbook. Out: nothing, or why it is refused. Sizes are counted by unpacking up to a limit; what
//! the archive says of itself is not asked.

use std::io::{Cursor, Read};

use super::biff;
use super::bytes::{Kind, MOST_UNPACKED};
use crate::finding::Finding;

/// The most cells that the sheets of an ODS or XLS may span in all: their readers take some ninety bytes for each, empty
/// ones among others included. A full sheet of Excel 2003 has seventeen millions.
const MOST_SPANNED: u64 = 25_000_000;

/// Looks at every part of the workbook in `bytes`.
///
/// # Errors
/// A part that cannot be unpacked, parts that unpack to over a gigabyte, or more texts or cells than can be.
pub(super) fn check(bytes: &[u8], kind: Kind) -> Result<(), Finding> {
    if kind == Kind::Xls {
        let cells = biff::spanned_cells(bytes).map_err(|_| damaged(&"its parts are chained in a circle"))?;
        if cells > MOST_SPANNED {
            return Err(too_large(format!("its sheets span {cells} cells, of {MOST_SPANNED} that can be read")));
        }
        return Ok(());
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut left = MOST_UNPACKED as u64;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|error| damaged(&error))?;
        let name = String::from_utf8_lossy(part.name_raw()).into_owned();
        let mut unpacked = part.take(left + 1);
        let size = if kind == Kind::Ods && name == "content.xml" {
            let mut content = Vec::new();
            let size = unpacked.read_to_end(&mut content).map_err(|error| damaged(&error))? as u64;
            if size <= left && !is_closed(&content) {
                return Err(damaged(&"a sheet of it does not end"));
            }
            if size <= left && ods_cells(&content) > MOST_SPANNED {
                return Err(too_large(format!("repeated cells make the sheets larger than {MOST_SPANNED} cells")));
            }
            size
        } else {
            let mut head = Vec::new();
            (&mut unpacked).take(HEAD).read_to_end(&mut head).map_err(|error| damaged(&error))?;
            let rest = std::io::copy(&mut unpacked, &mut std::io::sink()).map_err(|error| damaged(&error))?;
            let size = head.len() as u64 + rest;
            if announced(&head) > size {
                return Err(damaged(&format!("`{name}` announces more texts than it has letters")));
            }
            size
        };
        if size > left {
            return Err(too_large(format!(
                "unpacked, the workbook is over a gigabyte (`{name}` and the parts before it)"
            )));
        }
        left -= size;
    }
    Ok(())
}

/// How much of a part is searched for what it announces.
const HEAD: u64 = 1 << 16;

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

/// The most cells that the sheets of an ODS come to with every repeat written out.
fn ods_cells(content: &[u8]) -> u64 {
    let (mut sum, mut sheet, mut row) = (0_u64, Sheet::default(), Row::default());
    let mut rest = content;
    while let Some(start) = memchr::memchr(b'<', rest) {
        let tag = &rest[start + 1..start + 1 + tag_length(&rest[start + 1..])];
        rest = &rest[start + 1 + tag.len()..];
        if tag.starts_with(b"table:table-row") {
            row = Row { times: repeated(tag, b"table:number-rows-repeated"), ..Row::default() };
        } else if tag.starts_with(b"table:table-cell") || tag.starts_with(b"table:covered-table-cell") {
            row.cell(repeated(tag, b"table:number-columns-repeated"), is_blank(tag));
        } else if tag.starts_with(b"/table:table-row") {
            sheet.row(&std::mem::take(&mut row));
            sum = sum.max(sheet.cells);
        } else if tag.starts_with(b"table:table ") {
            sheet = Sheet { cells: sum, ..Sheet::default() };
        }
    }
    sum
}

/// Whether every sheet and list of names of an ODS ends: its reader looks for the end for ever.
fn is_closed(content: &[u8]) -> bool {
    [("<table:table ", "</table:table>"), ("<table:named-expressions>", "</table:named-expressions>")].iter().all(
        |(open, close)| {
            let last = |word: &str| memchr::memmem::rfind(content, word.as_bytes());
            last(open).is_none_or(|opened| last(close).is_some_and(|closed| closed > opened))
        },
    )
}

/// Where a tag ends; a `>` in quotes does not end it.
fn tag_length(rest: &[u8]) -> usize {
    let mut quote = None;
    for (at, &byte) in rest.iter().enumerate() {
        match quote {
            Some(open) if byte == open => quote = None,
            Some(_) => {}
            None if byte == b'"' || byte == b'\'' => quote = Some(byte),
            None if byte == b'>' => return at,
            None => {}
        }
    }
    rest.len()
}

/// What an attribute says: 1 where it is not there, no end where it is no plain number.
fn repeated(tag: &[u8], name: &[u8]) -> u64 {
    let Some(at) = memchr::memmem::find(tag, name) else { return 1 };
    let value = tag[at + name.len()..].trim_ascii_start().strip_prefix(b"=").map(<[u8]>::trim_ascii_start);
    let digits = value.and_then(|value| value.get(1..)).unwrap_or_default();
    let digits = digits.split(|byte| *byte == b'"' || *byte == b'\'').next().unwrap_or_default();
    std::str::from_utf8(digits).ok().and_then(|digits| digits.parse().ok()).unwrap_or(u64::from(u32::MAX))
}

/// A cell that holds nothing: closed at once, with neither value nor formula.
fn is_blank(tag: &[u8]) -> bool {
    tag.ends_with(b"/")
        && memchr::memmem::find(tag, b"office:").is_none()
        && memchr::memmem::find(tag, b"formula").is_none()
}

/// A row as it is met: blank cells count once another cell follows.
#[derive(Default)]
struct Row {
    times: u64,
    cells: u64,
    blank: u64,
}

impl Row {
    fn cell(&mut self, times: u64, blank: bool) {
        if blank {
            self.blank = self.blank.saturating_add(times);
        } else {
            self.cells = self.cells.saturating_add(std::mem::take(&mut self.blank)).saturating_add(times);
        }
    }
}

/// A sheet as it is met: blank rows count once another row follows.
#[derive(Default)]
struct Sheet {
    cells: u64,
    blank: u64,
    width: u64,
}

impl Sheet {
    fn row(&mut self, row: &Row) {
        if row.cells == 0 {
            self.blank = self.blank.saturating_add(row.times);
            return;
        }
        self.width = self.width.max(row.cells);
        let rows = std::mem::take(&mut self.blank).saturating_add(row.times);
        self.cells = self.cells.saturating_add(rows.saturating_mul(self.width));
    }
}

#[cfg(test)]
mod tests {
    use super::{announced, is_closed, ods_cells};

    #[test]
    fn cells_of_an_ods_are_counted_with_their_repeats() {
        let row = |inside: &str, times: u32| {
            format!("<table:table-row table:number-rows-repeated=\"{times}\">{inside}</table:table-row>")
        };
        let full = "<table:table-cell office:value-type=\"float\" office:value=\"1\"/>";
        let blank = "<table:table-cell table:number-columns-repeated=\"16384\"/>";
        assert_eq!(ods_cells(row(&full.repeat(3), 4).as_bytes()), 12);
        assert_eq!(ods_cells((row(full, 1) + &row(blank, 1_000_000)).as_bytes()), 1, "blank to the end costs nothing");
        assert_eq!(ods_cells(row(&format!("{blank}{full}"), 10).as_bytes()), 163_850);
        assert_eq!(ods_cells((row(full, 1) + &row(blank, 100) + &row(full, 1)).as_bytes()), 102);
        let hidden = "<table:table-cell x=\">\" table:number-columns-repeated='1000' office:value=\"1\"/>";
        assert_eq!(ods_cells(row(hidden, 1).as_bytes()), 1000);
        assert!(
            ods_cells(
                row("<table:table-cell table:number-columns-repeated=\"&#57;9\" office:value=\"1\"/>", 9).as_bytes()
            ) > 1 << 32
        );
    }

    #[test]
    fn a_sheet_that_does_not_end_is_seen() {
        assert!(is_closed(b"<table:table a=\"b\"><table:table-row/></table:table>"));
        assert!(!is_closed(b"<table:table a=\"b\"></table:table><table:table a=\"c\"><table:table-row/>"));
    }

    #[test]
    fn shared_texts_that_are_announced() {
        assert_eq!(announced(b"<sst uniqueCount=\"12\" count='14'>"), 12);
        assert_eq!(announced(b"<sst uniqueCount = '99999999999999999999999'>"), u64::MAX);
        assert_eq!(announced(b"<worksheet>"), 0);
    }
}
