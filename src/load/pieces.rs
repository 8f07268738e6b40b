//! A delimited text of any size, piece by piece: each piece a table of some thousands of rows under the file's own header,
//! whose rows have the numbers that Excel shows. Its memory does not grow with the file.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use super::bytes::{self, Kind};
use super::csv;
use super::delimiter;
use crate::finding::{Finding, Place};
use crate::grid::{Layout, TextTable};

/// So many bytes are a piece, and the rest of a row.
const PIECE: usize = 4 << 20;

/// A row that is longer than so many bytes is none: a quote is missing.
const LONGEST: usize = 64 << 20;

/// So many pieces are split while others are counted.
const AHEAD: usize = 1;

/// The pieces of a file, in order.
pub struct Pieces(Receiver<Result<TextTable, Finding>>);

impl Iterator for Pieces {
    type Item = Result<TextTable, Finding>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.recv().ok()
    }
}

/// Whether the file at `path` can be read piece by piece: plain delimited text, one byte or UTF-8 a letter.
pub fn has_pieces(path: &Path) -> bool {
    let mut head = vec![0; 1 << 16];
    let read = File::open(path).and_then(|mut file| file.read(&mut head)).unwrap_or_default();
    head.truncate(read);
    let is_wide = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) || head.contains(&0);
    let is_told = head.starts_with(b"sep=") || head.starts_with(b"SEP=");
    head.contains(&b'\n') && !is_wide && !is_told && bytes::sniff(&head) == Some(Kind::Text)
}

/// The pieces of the file at `path`, which messages call `shown`; `layout` says which rows are its header.
///
/// # Errors
/// It cannot be opened.
pub fn pieces(path: &Path, shown: &str, layout: Layout) -> Result<Pieces, Finding> {
    of_size(path, shown, layout, PIECE)
}

fn of_size(path: &Path, shown: &str, layout: Layout, size: usize) -> Result<Pieces, Finding> {
    let file = File::open(path).map_err(|error| unreadable(&error, shown))?;
    let (sender, receiver) = sync_channel(AHEAD);
    let mut splitter = Splitter {
        file,
        shown: shown.to_owned(),
        header: layout.header.rows().iter().copied().max().unwrap_or(1),
        layout: Layout { may_be_empty: true, ..layout },
        size,
        delimiter: b',',
        head: Vec::new(),
        rest: Vec::new(),
        before: 0,
        is_over: false,
    };
    thread::spawn(move || {
        while let Some(piece) = splitter.next() {
            let is_last = piece.is_err();
            if sender.send(piece).is_err() || is_last {
                return;
            }
        }
    });
    Ok(Pieces(receiver))
}

fn unreadable(error: &std::io::Error, shown: &str) -> Finding {
    let help = "check that the file is still there and may be read; close it in other programs";
    Finding::error("unreadable-file", error.to_string(), help).at(Place::file(shown))
}

/// Where the reading stands.
struct Splitter {
    file: File,
    shown: String,
    layout: Layout,
    /// The last row of the header.
    header: u32,
    size: usize,
    delimiter: u8,
    /// The rows up to the header, which stand before every piece.
    head: Vec<u8>,
    /// What was read of the rows that follow.
    rest: Vec<u8>,
    /// How many rows below the header stand before the next piece.
    before: u32,
    is_over: bool,
}

impl Splitter {
    fn next(&mut self) -> Option<Result<TextTable, Finding>> {
        loop {
            if let Err(error) = self.fill() {
                return Some(Err(unreadable(&error, &self.shown)));
            }
            if self.head.is_empty() && !self.take_head() && self.is_over {
                self.head = std::mem::take(&mut self.rest);
                return Some(self.table(&[], 0));
            }
            let (cut, rows) = match self.is_over {
                true => (self.rest.len(), whole_rows(&self.rest, self.delimiter).1),
                false => whole_rows(&self.rest, self.delimiter),
            };
            if self.is_over && self.rest.is_empty() {
                return None;
            }
            if cut > 0 {
                let body: Vec<u8> = self.rest.drain(..cut).collect();
                return Some(self.table(&body, rows));
            }
            if self.rest.len() > LONGEST {
                let place = Place { row: Some(self.header + self.before + 1), ..Place::file(&self.shown) };
                let help = "look at the row: a quote that is opened must be closed in the same cell";
                return Some(Err(
                    Finding::error("unclosed-quote", "a quote is opened and never closed", help).at(place)
                ));
            }
        }
    }

    /// Reads on until there is a piece.
    fn fill(&mut self) -> std::io::Result<()> {
        let from = self.rest.len();
        let wanted = self.size as u64;
        let read = self.file.by_ref().take(wanted).read_to_end(&mut self.rest)?;
        self.is_over = (read as u64) < wanted;
        if from == 0 && self.head.is_empty() && self.rest.starts_with(&[0xEF, 0xBB, 0xBF]) {
            self.rest.drain(..3);
        }
        Ok(())
    }

    /// Takes the rows up to the header off what was read; false where they are not there yet.
    fn take_head(&mut self) -> bool {
        self.delimiter = delimiter::find(&self.rest).delimiter;
        let mut ends = Rows::of(&self.rest, self.delimiter);
        let Some(end) = ends.nth(self.header.saturating_sub(1) as usize) else { return false };
        self.head = self.rest.drain(..end).collect();
        true
    }

    /// The table of the rows `body` below the header.
    fn table(&mut self, body: &[u8], rows: u32) -> Result<TextTable, Finding> {
        let before = self.before;
        self.before += rows;
        let shifted = |mut finding: Finding| {
            finding.place.file.clone_from(&self.shown);
            finding.place.row = finding.place.row.map(|row| if row > self.header { row + before } else { row });
            finding
        };
        let (text, _) = bytes::decode([self.head.as_slice(), body].concat());
        let grid = csv::split_by(text, self.delimiter, 0).map_err(shifted)?;
        let mut table = TextTable::cut(&self.shown, "", &grid, &self.layout).map_err(shifted)?;
        table.rows = table.rows.iter().map(|row| row + before).collect();
        Ok(table)
    }
}

/// Where the rows of a text end, behind their line ends.
struct Rows<'t> {
    text: &'t [u8],
    delimiter: u8,
    at: usize,
}

impl<'t> Rows<'t> {
    fn of(text: &'t [u8], delimiter: u8) -> Rows<'t> {
        Rows { text, delimiter, at: 0 }
    }

    /// Whether a quote at `at` opens a cell.
    fn opens(&self, at: usize) -> bool {
        at == 0 || [self.delimiter, b'\n', b'\r'].contains(&self.text[at - 1])
    }

    /// Behind the quote that closes the cell opened at `at`.
    fn closed(&self, at: usize) -> Option<usize> {
        let mut at = at + 1;
        loop {
            at += memchr::memchr(b'"', self.text.get(at..)?)?;
            if self.text.get(at + 1) != Some(&b'"') {
                return Some(at + 1);
            }
            at += 2;
        }
    }
}

impl Iterator for Rows<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let mut at = self.at;
        loop {
            at += memchr::memchr2(b'"', b'\n', self.text.get(at..)?)?;
            if self.text[at] == b'\n' {
                self.at = at + 1;
                return Some(self.at);
            }
            at = if self.opens(at) { self.closed(at)? } else { at + 1 };
        }
    }
}

/// Where the last whole row of a text ends, and how many rows there are.
fn whole_rows(text: &[u8], delimiter: u8) -> (usize, u32) {
    if memchr::memchr(b'"', text).is_none() {
        let end = memchr::memrchr(b'\n', text).map_or(0, |at| at + 1);
        return (end, memchr::memchr_iter(b'\n', text).count() as u32);
    }
    Rows::of(text, delimiter).fold((0, 0), |(_, rows), end| (end, rows + 1))
}

#[cfg(test)]
mod tests {
    use super::{Layout, TextTable, of_size};

    /// Every cell with the number of its row.
    fn cells(table: &TextTable) -> Vec<(u32, Vec<String>)> {
        let text = |row: usize| {
            let columns = table.frame.columns().iter();
            columns.map(|column| column.str().expect("text").get(row).unwrap_or_default().to_owned()).collect()
        };
        table.rows.iter().enumerate().map(|(row, number)| (*number, text(row))).collect()
    }

    #[test]
    fn pieces_are_the_rows_of_the_whole_whatever_their_size() {
        let mut text = String::from("\u{feff}id,name,note\n");
        for number in 0..200 {
            match number % 7 {
                0 => text.push_str(&format!("{number},\"a, b\",\"two\nlines \"\"{number}\"\"\"\n")),
                3 => text.push('\n'),
                5 => text.push_str(&format!("{number},5\" pipe,\n")),
                _ => text.push_str(&format!("{number},Crème,{}\r\n", "x".repeat(number % 11))),
            }
        }
        text.push_str("last,without,end");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plain.csv");
        std::fs::write(&path, &text).expect("written");
        let whole =
            super::super::csv::split_cells(text.trim_start_matches('\u{feff}').as_bytes().to_vec()).expect("cells");
        let whole = TextTable::cut("plain.csv", "", &whole, &Layout::default()).expect("a table");
        for size in [40, 64, 100, 1000, 1 << 20] {
            let pieces = of_size(&path, "plain.csv", Layout::default(), size).expect("opened");
            let found: Vec<_> = pieces.flat_map(|piece| cells(&piece.expect("a piece"))).collect();
            assert_eq!(found, cells(&whole), "in pieces of {size}");
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_is_said_in_its_row() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plain.csv");
        std::fs::write(&path, format!("id,name\n{}9,\"open\n", "1,a\n".repeat(50))).expect("written");
        let pieces = of_size(&path, "plain.csv", Layout::default(), 64).expect("opened");
        let wrong = pieces.last().expect("a piece").expect_err("a finding");
        assert_eq!(wrong.place.row, Some(52), "{wrong:?}");
    }
}
