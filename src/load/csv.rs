//! Delimited text to a grid: quoted newlines, `""`, CRLF, LF or CR, ragged rows, rows of only commas.
//!
//! The splitting is ours because it copies nothing: one pass over the bytes, cells kept as views of them, the row that
//! Excel shows counted on the way. `csv-core` counts blank lines as well, and writes every cell to a buffer of its own.

use super::delimiter;
use super::signs::Signs;
use super::stray::swallowed;
use crate::finding::{Finding, Place};
use crate::grid::{Comma, Grid, GridBuilder, StripBuilder};
use crate::value::{Symbols, has_decimal_comma};

/// Splits `text`, which is UTF-8 without a byte order mark, into cells.
///
/// # Errors
/// A quote that is opened and never closed, or one that swallows rows.
pub fn split_cells(text: Vec<u8>) -> Result<Grid, Finding> {
    let delimiter::Found { delimiter, begin } = delimiter::find(&text);
    split_by(text, delimiter, begin)
}

/// Splits `text` from byte `begin` on where `delimiter` parts its cells.
///
/// # Errors
/// As of [`split_cells`].
pub(super) fn split_by(text: Vec<u8>, delimiter: u8, begin: usize) -> Result<Grid, Finding> {
    let mut builder = GridBuilder::default();
    let manner = Manner { delimiter, begin, row: 1, width: 0, is_over: true };
    let Split { unescaped, .. } = split(&text, &manner, &mut builder)?;
    let mut grid = builder.finish(vec![text, unescaped])?;
    if delimiter != b',' {
        grid.comma = comma(&grid, delimiter);
    }
    Ok(grid)
}

/// What takes the cells of a text.
pub(super) trait Sink {
    /// The next cell of the row: `bytes` stand at `offset` of the text, or of what is unescaped.
    fn cell(&mut self, bytes: &[u8], is_unescaped: bool, offset: usize);
    /// The end of the row that Excel numbers `number`.
    fn end_row(&mut self, number: u32);
    /// About so many rows will come.
    fn reserve(&mut self, rows: usize);
}

impl Sink for GridBuilder {
    fn cell(&mut self, bytes: &[u8], is_unescaped: bool, offset: usize) {
        GridBuilder::cell(self, bytes, u32::from(is_unescaped), offset);
    }
    fn end_row(&mut self, number: u32) {
        GridBuilder::end_row(self, number);
    }
    fn reserve(&mut self, rows: usize) {
        GridBuilder::reserve(self, rows);
    }
}

impl Sink for StripBuilder<'_> {
    fn cell(&mut self, bytes: &[u8], is_unescaped: bool, offset: usize) {
        StripBuilder::cell(self, bytes, is_unescaped, offset);
    }
    fn end_row(&mut self, number: u32) {
        StripBuilder::end_row(self, number);
    }
    fn reserve(&mut self, rows: usize) {
        StripBuilder::reserve(self, rows);
    }
}

/// How a text is split.
pub(super) struct Manner {
    pub delimiter: u8,
    /// The byte where its first row begins.
    pub begin: usize,
    /// The number of that row, as Excel counts it.
    pub row: u32,
    /// The columns of the widest row before it.
    pub width: usize,
    /// Whether the text ends with it; else the row that it breaks off in is left for later.
    pub is_over: bool,
}

/// What came of splitting a text.
pub(super) struct Split {
    /// Where its last whole row ends.
    pub end: usize,
    /// The number of the row that begins there.
    pub row: u32,
    /// The cells in which quotes stood doubled, without that.
    pub unescaped: Vec<u8>,
}

/// Splits `text` into the cells that `sink` takes.
///
/// # Errors
/// As of [`split_cells`].
pub(super) fn split(text: &[u8], manner: &Manner, sink: &mut impl Sink) -> Result<Split, Finding> {
    let Manner { delimiter, begin, row, width, is_over } = *manner;
    let signs = Signs::of(text, delimiter, begin);
    let mut splitter = Splitter { text, delimiter, is_over, row, width, column: 0, signs, sink, unescaped: Vec::new() };
    let (mut at, mut end) = (begin, begin);
    while at < text.len() {
        let cell = if text[at] == b'"' { splitter.quoted(at)? } else { Some(splitter.plain(at)) };
        let Some(next) = cell else { break };
        let byte = text.get(next).copied();
        if byte == Some(delimiter) {
            // A delimiter at the very end of the text stands before one more, empty cell.
            splitter.column += 1;
            at = next + 1;
            continue;
        }
        let is_pair = byte == Some(b'\r') && text.get(next + 1) == Some(&b'\n');
        // What breaks off goes on behind the text: a row, or the second half of a line end.
        if !is_over && (byte.is_none() || byte == Some(b'\r') && next + 1 == text.len()) {
            break;
        }
        at = if byte.is_some() { splitter.end_row(next + 1 + usize::from(is_pair)) } else { next };
        if is_pair {
            splitter.signs.pass(at);
        }
        if end == begin {
            splitter.sink.reserve(text.len() / (at - begin));
        }
        end = at;
    }
    if is_over {
        splitter.sink.end_row(splitter.row);
        end = text.len();
    }
    Ok(Split { end, row: splitter.row, unescaped: splitter.unescaped })
}

/// What a comma in the numbers of a text stands before that other signs part into cells: `12,5` in one of them tells for
/// all, `1,234` tells nothing.
fn comma(grid: &Grid, delimiter: u8) -> Comma {
    let (mut decimals, mut thousands, mut unsure) = (false, false, None);
    for (row, column) in (0..grid.height()).flat_map(|row| (0..grid.width()).map(move |column| (row, column))) {
        let text = grid.text(row, column);
        match has_decimal_comma(text) {
            Some(true) => decimals = true,
            Some(false) => thousands |= text.contains(','),
            None if unsure.is_none() && text.contains(',') && Symbols::none().read(text).number().is_some() => {
                unsure = Some((grid.rows()[row], column as u32 + 1));
            }
            None => {}
        }
    }
    match (decimals, unsure) {
        (true, _) if !thousands => Comma::Decimals,
        (false, Some((row, column))) if !thousands && delimiter == b';' => Comma::Unsure(row, column),
        _ => Comma::Thousands,
    }
}

/// Where the splitting stands.
struct Splitter<'t, 's, S> {
    text: &'t [u8],
    delimiter: u8,
    is_over: bool,
    /// The row, as Excel counts it.
    row: u32,
    /// The columns of the widest row so far.
    width: usize,
    /// The cells of this row before the one that is read.
    column: usize,
    /// The signs behind the one that ended the cell before.
    signs: Signs<'t>,
    sink: &'s mut S,
    unescaped: Vec<u8>,
}

impl<S: Sink> Splitter<'_, '_, S> {
    /// Ends the row; the next one starts at `next`.
    fn end_row(&mut self, next: usize) -> usize {
        self.sink.end_row(self.row);
        self.width = self.width.max(self.column + 1);
        self.column = 0;
        self.row += 1;
        next
    }

    /// Reads the cell without quotes that starts at `at`; answers where it ends.
    fn plain(&mut self, at: usize) -> usize {
        let end = self.signs.next();
        self.sink.cell(&self.text[at..end], false, at);
        end
    }

    /// Reads the quoted cell that starts at `at`; answers where it ends, or nothing where that is still to come. Text behind
    /// the closing quote belongs to the cell.
    fn quoted(&mut self, at: usize) -> Result<Option<usize>, Finding> {
        let (text, start) = (self.text, at + 1);
        let (close, doubled) = match closing_quote(text, start) {
            // A quote at the very end may be the first of two.
            Some((close, _)) if !self.is_over && close + 1 == text.len() => return Ok(None),
            Some(found) => found,
            None if self.is_over => return Err(self.unclosed()),
            None => return Ok(None),
        };
        self.signs.pass(close + 1);
        let end = self.signs.next();
        let inside = &text[start..close];
        if memchr::memchr2(b'\n', b'\r', inside).is_some()
            && let Some(rows) = swallowed(inside, self.delimiter, self.column, self.width)
        {
            return Err(self.stray(rows));
        }
        if !doubled && end == close + 1 {
            self.sink.cell(inside, false, start);
            return Ok(Some(end));
        }
        let offset = self.unescaped.len();
        let mut rest = inside;
        while let Some(quote) = memchr::memchr(b'"', rest) {
            self.unescaped.extend_from_slice(&rest[..=quote]);
            rest = &rest[(quote + 2).min(rest.len())..];
        }
        self.unescaped.extend_from_slice(rest);
        self.unescaped.extend_from_slice(&text[close + 1..end]);
        self.sink.cell(&self.unescaped[offset..], true, offset);
        Ok(Some(end))
    }

    fn here(&self) -> Place {
        Place { row: Some(self.row), column: u32::try_from(self.column + 1).ok(), ..Place::default() }
    }

    fn unclosed(&self) -> Finding {
        let message = format!("row {} opens a quote that is never closed", self.row);
        Finding::error("unclosed-quote", message, "the file is cut short or damaged: download it again").at(self.here())
    }

    fn stray(&self, rows: usize) -> Finding {
        let message = format!(
            "row {} opens a quote that swallows the {rows} line{} below it, which look like rows of their own",
            self.row,
            if rows == 1 { "" } else { "s" }
        );
        let help = "take the stray quote out of that cell, or double it (`\"\"`) where it belongs to the text";
        Finding::error("stray-quote", message, help).at(self.here())
    }
}

/// Where the quote closes that was opened before `start`, and whether there are doubled ones in between.
fn closing_quote(bytes: &[u8], start: usize) -> Option<(usize, bool)> {
    let (mut close, mut doubled) = (start, false);
    loop {
        close += memchr::memchr(b'"', bytes.get(close..)?)?;
        if bytes.get(close + 1) != Some(&b'"') {
            return Some((close, doubled));
        }
        doubled = true;
        close += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::split_cells;

    fn cells(text: &str) -> Vec<(u32, Vec<String>)> {
        let grid = split_cells(text.as_bytes().to_vec()).expect("a grid");
        (0..grid.height())
            .map(|row| (grid.rows()[row], (0..grid.width()).map(|column| grid.text(row, column).to_owned()).collect()))
            .collect()
    }

    #[test]
    fn rows_keep_the_number_that_excel_shows() {
        let rows = cells("a,b\r\n\r\n,,\r\n\"x\ny\",2\r\n3\r\n");
        assert_eq!(rows.iter().map(|row| row.0).collect::<Vec<_>>(), [1, 4, 5]);
        assert_eq!(rows[1].1, ["x\ny", "2"]);
        assert_eq!(rows[2].1, ["3", ""]);
    }

    #[test]
    fn quotes_in_quotes_and_text_behind_them() {
        let rows = cells("\"say \"\"aye\"\" to a long cell\",\"\"\n\"in\"out,b,c\n");
        assert_eq!(rows[0].1, ["say \"aye\" to a long cell", "", ""]);
        assert_eq!(rows[1].1, ["inout", "b", "c"]);
    }

    #[test]
    fn a_wider_row_further_down_widens_the_grid() {
        let rows = cells("a\n1,2,3\n");
        assert_eq!(rows[0].1, ["a", "", ""]);
        assert_eq!(rows[1].1, ["1", "2", "3"]);
    }

    #[test]
    fn an_unclosed_quote_is_said_with_its_row() {
        let error = split_cells(b"a,b\n1,\"2".to_vec()).expect_err("must fail");
        assert!(error.message.contains("row 2"), "{}", error.message);
    }

    #[test]
    fn sixteen_thousand_commas_cost_nothing() {
        let text = format!("a,b\n{}\n1,2\n", ",".repeat(16_384));
        assert_eq!(cells(&text).len(), 2);
    }
}
