//! A delimited text of any size, piece by piece: its first rows as a table under the file's header, the others as strips of the
//! columns that are wanted then. Rows have the numbers that Excel shows. Its memory does not grow with the file.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::mpsc::{Receiver, sync_channel};
use std::thread;

use super::bytes::{self, Kind};
use super::csv::{self, Manner, Split};
use super::delimiter;
use crate::finding::{Finding, Place};
use crate::grid::{Layout, Strip, StripBuilder, TextTable, Wanted};

/// So many bytes are a piece, and the rest of a row: two of them, cut, stay in the cache.
const PIECE: usize = 1 << 20;

/// A row that is longer than so many bytes is none: a quote is missing.
const LONGEST: usize = 64 << 20;

/// So many pieces are split while others are counted.
const AHEAD: usize = 1;

/// Whether the file at `path` can be read piece by piece: plain delimited text, one byte or UTF-8 a letter.
pub fn has_pieces(path: &Path) -> bool {
    let mut head = vec![0; 1 << 16];
    let read = File::open(path).and_then(|mut file| file.read(&mut head)).unwrap_or_default();
    head.truncate(read);
    let is_wide = head.starts_with(&[0xFF, 0xFE]) || head.starts_with(&[0xFE, 0xFF]) || head.contains(&0);
    let is_told = head.starts_with(b"sep=") || head.starts_with(b"SEP=");
    head.contains(&b'\n') && !is_wide && !is_told && bytes::sniff(&head) == Some(Kind::Text)
}

/// The first rows of the file at `path`, which messages call `shown`, and what is read later; `layout` says which rows are its
/// header.
///
/// # Errors
/// It cannot be read, or its first rows are no table.
pub fn begin(path: &Path, shown: &str, layout: &Layout) -> Result<(TextTable, Later), Finding> {
    of_size(path, shown, layout, PIECE)
}

fn of_size(path: &Path, shown: &str, layout: &Layout, size: usize) -> Result<(TextTable, Later), Finding> {
    let file = File::open(path).map_err(|error| unreadable(&error, shown))?;
    let shown = shown.to_owned();
    let mut later = Later {
        file,
        shown,
        size,
        delimiter: b',',
        raw: Vec::new(),
        begun: String::new(),
        row: 1,
        width: 0,
        is_over: false,
    };
    let table = later.first(layout)?;
    Ok((table, later))
}

fn unreadable(error: &std::io::Error, shown: &str) -> Finding {
    let help = "check that the file is still there and may be read; close it in other programs";
    Finding::error("unreadable-file", error.to_string(), help).at(Place::file(shown))
}

/// The strips of a file, in order.
struct Strips(Receiver<Result<Strip, Finding>>);

impl Iterator for Strips {
    type Item = Result<Strip, Finding>;

    fn next(&mut self) -> Option<Self::Item> {
        self.0.recv().ok()
    }
}

/// What was not read yet of a file.
pub struct Later {
    file: File,
    shown: String,
    size: usize,
    delimiter: u8,
    /// What was read behind the last line end.
    raw: Vec<u8>,
    /// The lines of a row that was not at its end.
    begun: String,
    /// The number of the next row.
    row: u32,
    /// The columns of the header.
    width: usize,
    is_over: bool,
}

impl Later {
    /// The rows that follow, of which the `wanted` cells are kept; split on another thread while they are taken.
    pub fn strips(mut self, wanted: Wanted) -> impl Iterator<Item = Result<Strip, Finding>> {
        let (sender, receiver) = sync_channel(AHEAD);
        thread::spawn(move || {
            while let Some(strip) = self.next(&wanted) {
                let is_last = strip.is_err();
                if sender.send(strip).is_err() || is_last {
                    return;
                }
            }
        });
        Strips(receiver)
    }

    /// The first rows, with some below the header where there are any.
    fn first(&mut self, layout: &Layout) -> Result<TextTable, Finding> {
        let header = layout.header.rows().iter().copied().max().unwrap_or(1);
        let layout = Layout { may_be_empty: true, ..layout.clone() };
        let nothing = Wanted::of([]);
        loop {
            let mut text = self.read()?;
            if text.starts_with('\u{feff}') {
                text.drain(..'\u{feff}'.len_utf8());
            }
            self.delimiter = delimiter::find(text.as_bytes()).delimiter;
            let Split { end, row, .. } = self.split(&text, &mut StripBuilder::of(&nothing, text.len()))?;
            if row > header + 1 || self.is_over {
                self.begun = text.split_off(end);
                self.row = row;
                let grid = csv::split_by(text.into_bytes(), self.delimiter, 0).map_err(|finding| self.at(finding))?;
                self.width = grid.width();
                return TextTable::cut(&self.shown, "", &grid, &layout);
            }
            self.begin_again(text)?;
        }
    }

    /// The next strip.
    fn next(&mut self, wanted: &Wanted) -> Option<Result<Strip, Finding>> {
        while !(self.is_over && self.begun.is_empty()) {
            let strip = self.read().and_then(|text| self.strip(text, wanted));
            match strip {
                Ok(strip) if strip.rows().is_empty() => {}
                strip => return Some(strip),
            }
        }
        None
    }

    /// The strip of the whole rows of `text`.
    fn strip(&mut self, text: String, wanted: &Wanted) -> Result<Strip, Finding> {
        let mut builder = StripBuilder::of(wanted, text.len());
        let Split { end, row, unescaped } = self.split(&text, &mut builder)?;
        self.row = row;
        self.begin_again(text[end..].to_owned())?;
        Ok(builder.finish(text, &String::from_utf8_lossy(&unescaped)))
    }

    fn split(&self, text: &str, builder: &mut StripBuilder<'_>) -> Result<Split, Finding> {
        let Later { delimiter, row, width, is_over, .. } = *self;
        let manner = Manner { delimiter, begin: 0, row, width, is_over };
        csv::split(text.as_bytes(), &manner, builder).map_err(|finding| self.at(finding))
    }

    fn at(&self, mut finding: Finding) -> Finding {
        finding.place.file.clone_from(&self.shown);
        finding
    }

    /// Keeps the lines of a row that is not at its end.
    fn begin_again(&mut self, text: String) -> Result<(), Finding> {
        self.begun = text;
        if self.begun.len() > LONGEST { Err(self.endless()) } else { Ok(()) }
    }

    fn endless(&self) -> Finding {
        let place = Place { row: Some(self.row), ..Place::file(&self.shown) };
        let help = "look at the row: a quote that is opened must be closed in the same cell";
        Finding::error("unclosed-quote", "a quote is opened and never closed", help).at(place)
    }

    /// Reads on up to the end of a line: the lines of a row that was begun, and what follows them.
    fn read(&mut self) -> Result<String, Finding> {
        let mut raw = Vec::with_capacity(self.raw.len() + self.size + (self.size >> 4));
        raw.append(&mut self.raw);
        while !self.is_over {
            let wanted = self.size as u64;
            let read = self.file.by_ref().take(wanted).read_to_end(&mut raw);
            self.is_over = (read.map_err(|error| unreadable(&error, &self.shown))? as u64) < wanted;
            if let Some(end) = memchr::memrchr(b'\n', &raw).filter(|_| !self.is_over) {
                self.raw = raw.split_off(end + 1);
                break;
            }
            if raw.len() > LONGEST {
                return Err(self.endless());
            }
        }
        let (text, _) = bytes::narrow(raw);
        let mut begun = std::mem::take(&mut self.begun);
        if begun.is_empty() {
            return Ok(text);
        }
        begun.push_str(&text);
        Ok(begun)
    }
}

#[cfg(test)]
mod tests {
    use super::{Layout, Strip, TextTable, Wanted, of_size};

    /// Every cell with the number of its row.
    fn cells(table: &TextTable) -> Vec<(u32, Vec<String>)> {
        let text = |row: usize| {
            let columns = table.frame.columns().iter();
            columns.map(|column| column.str().expect("text").get(row).unwrap_or_default().to_owned()).collect()
        };
        table.rows.iter().enumerate().map(|(row, number)| (*number, text(row))).collect()
    }

    /// The cells in `slots` of every row, with its number.
    fn kept(strip: &Strip, slots: usize) -> Vec<(u32, Vec<String>)> {
        let text = |row: usize| (0..slots).map(|slot| strip.text(row, slot).to_owned()).collect();
        strip.rows().iter().enumerate().map(|(row, number)| (*number, text(row))).collect()
    }

    #[test]
    fn pieces_are_the_rows_of_the_whole_whatever_their_size() {
        let mut text = String::from("\u{feff}id,name,note\n");
        for number in 0..200 {
            match number % 9 {
                0 => text.push_str(&format!("{number},\"a, b\",\"two\nlines \"\"{number}\"\"\"\n")),
                1 => text.push_str(&format!("{number},\"\"\"{number}\"\"\",\" \"\"\" behind\n")),
                3 => text.push('\n'),
                4 => text.push_str(" ,,\"\"\n"),
                5 => text.push_str(&format!("{number},5\" pipe,\n")),
                7 => text.push_str(&format!("{number},only two\r")),
                _ => text.push_str(&format!("{number},Crème,{}\r\n", "x".repeat(number % 11))),
            }
        }
        text.push_str("last,without,end");
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plain.csv");
        std::fs::write(&path, &text).expect("written");
        let whole =
            super::super::csv::split_cells(text.trim_start_matches('\u{feff}').as_bytes().to_vec()).expect("cells");
        let whole = cells(&TextTable::cut("plain.csv", "", &whole, &Layout::default()).expect("a table"));
        for size in [16, 40, 64, 100, 1000, 1 << 20] {
            for (wanted, columns) in [(Wanted::All, vec![0, 1, 2]), (Wanted::of([2, 0]), vec![0, 2])] {
                let (first, later) = of_size(&path, "plain.csv", &Layout::default(), size).expect("opened");
                let strips = later.strips(wanted).map(|strip| kept(&strip.expect("a strip"), columns.len()));
                let of =
                    |(number, row): (u32, Vec<String>)| (number, columns.iter().map(|&at| row[at].clone()).collect());
                let found = cells(&first).into_iter().map(of).chain(strips.flatten());
                let known: Vec<_> = whole.iter().cloned().map(of).collect();
                assert_eq!(found.collect::<Vec<_>>(), known, "in pieces of {size}");
            }
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_is_said_in_its_row() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("plain.csv");
        std::fs::write(&path, format!("id,name\n{}9,\"open\n", "1,a\n".repeat(50))).expect("written");
        let (_, later) = of_size(&path, "plain.csv", &Layout::default(), 64).expect("opened");
        let wrong = later.strips(Wanted::All).last().expect("a strip").expect_err("a finding");
        assert_eq!(wrong.place.row, Some(52), "{wrong:?}");
    }
}
