//! Delimited text to a grid: quoted newlines, `""`, CRLF, LF or CR, ragged rows, rows of only commas.
//!
//! The splitting is ours because it copies nothing: one pass over the bytes, cells kept as views of them, the row that
//! Excel shows counted on the way. `csv-core` counts blank lines as well, and writes every cell to a buffer of its own.

use super::delimiter;
use super::stray::swallowed;
use crate::finding::{Finding, Place};
use crate::grid::{Comma, Grid, GridBuilder};
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
    let mut splitter =
        Splitter { delimiter, row: 1, width: 0, column: 0, builder: GridBuilder::default(), unescaped: Vec::new() };
    let bytes = text.as_slice();
    let mut at = begin;
    while at < bytes.len() {
        let next = if bytes[at] == b'"' {
            splitter.quoted(bytes, at)?
        } else {
            let end = cell_end(bytes, at, delimiter);
            splitter.builder.cell(&bytes[at..end], 0, at);
            end
        };
        at = match bytes.get(next) {
            Some(&byte) if byte == delimiter => {
                // A delimiter at the very end of the text stands before one more, empty cell.
                splitter.column += 1;
                next + 1
            }
            Some(b'\r') if bytes.get(next + 1) == Some(&b'\n') => splitter.end_row(bytes.len(), next + 2),
            Some(_) => splitter.end_row(bytes.len(), next + 1),
            None => next,
        };
    }
    splitter.builder.end_row(splitter.row);
    let mut grid = splitter.builder.finish(vec![text, splitter.unescaped])?;
    if delimiter != b',' {
        grid.comma = comma(&grid, delimiter);
    }
    Ok(grid)
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
struct Splitter {
    delimiter: u8,
    /// The row, as Excel counts it.
    row: u32,
    /// The columns of the widest row so far.
    width: usize,
    /// The cells of this row before the one that is read.
    column: usize,
    builder: GridBuilder,
    unescaped: Vec<u8>,
}

impl Splitter {
    /// Ends the row; the next one starts at `next` of `length` bytes.
    fn end_row(&mut self, length: usize, next: usize) -> usize {
        self.builder.end_row(self.row);
        self.width = self.width.max(self.column + 1);
        self.column = 0;
        self.row += 1;
        if self.row == 2 {
            self.builder.reserve(length / next);
        }
        next
    }

    /// Reads the quoted cell that starts at `at`; answers where it ends. Text behind the closing quote belongs to the
    /// cell.
    fn quoted(&mut self, bytes: &[u8], at: usize) -> Result<usize, Finding> {
        let start = at + 1;
        let (close, doubled) = closing_quote(bytes, start).ok_or_else(|| self.unclosed())?;
        let end = cell_end(bytes, close + 1, self.delimiter);
        let inside = &bytes[start..close];
        if memchr::memchr2(b'\n', b'\r', inside).is_some()
            && let Some(rows) = swallowed(inside, self.delimiter, self.column, self.width)
        {
            return Err(self.stray(rows));
        }
        if !doubled && end == close + 1 {
            self.builder.cell(inside, 0, start);
            return Ok(end);
        }
        let offset = self.unescaped.len();
        let mut rest = inside;
        while let Some(quote) = memchr::memchr(b'"', rest) {
            self.unescaped.extend_from_slice(&rest[..=quote]);
            rest = &rest[(quote + 2).min(rest.len())..];
        }
        self.unescaped.extend_from_slice(rest);
        self.unescaped.extend_from_slice(&bytes[close + 1..end]);
        self.builder.cell(&self.unescaped[offset..], 1, offset);
        Ok(end)
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

/// Where an unquoted cell that starts at `at` ends.
fn cell_end(bytes: &[u8], at: usize, delimiter: u8) -> usize {
    bytes[at..]
        .iter()
        .position(|&byte| byte == delimiter || byte == b'\n' || byte == b'\r')
        .map_or(bytes.len(), |length| at + length)
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
