//! Delimited text to a grid: quoted newlines, `""`, CRLF, LF or CR, ragged rows, rows of only commas.
//!
//! The `csv` crate drops blank lines without counting them; a figure must be traced to the row Excel shows, so the
//! splitting is ours: one pass over the bytes, cells kept as views.

use crate::finding::Finding;
use crate::grid::{Grid, GridBuilder};

/// The most bytes a text may have: views address cells with 32 bits.
pub const MOST_BYTES: usize = u32::MAX as usize;

/// Splits `text`, which is UTF-8 without a byte order mark, into cells.
///
/// # Errors
/// A text over four gigabytes, or a quote that is opened and never closed.
pub fn split_cells(text: Vec<u8>) -> Result<Grid, Finding> {
    if text.len() > MOST_BYTES {
        return Err(Finding::error(
            "file-too-large",
            format!("the file holds {} bytes of text, more than the {MOST_BYTES} that can be read", text.len()),
            "split the file by period",
        ));
    }
    let delimiter = delimiter(&text);
    let mut builder = GridBuilder::default();
    let mut unescaped: Vec<u8> = Vec::new();
    let mut row: u32 = 1;
    let mut at = 0;
    let bytes = text.as_slice();
    while at < bytes.len() {
        let next = if bytes[at] == b'"' {
            quoted(bytes, at, delimiter, row, &mut builder, &mut unescaped)?
        } else {
            let end = cell_end(bytes, at, delimiter);
            builder.cell(&bytes[at..end], 0, at);
            end
        };
        at = match bytes.get(next) {
            Some(&byte) if byte == delimiter => {
                // A delimiter at the very end of the text stands before one more, empty cell.
                next + 1
            }
            Some(b'\r') if bytes.get(next + 1) == Some(&b'\n') => {
                builder.end_row(row);
                row += 1;
                next + 2
            }
            Some(_) => {
                builder.end_row(row);
                row += 1;
                if row == 2 {
                    builder.reserve(bytes.len() / (next + 1));
                }
                next + 1
            }
            None => next,
        };
    }
    builder.end_row(row);
    builder.finish(vec![text, unescaped])
}

/// Where an unquoted cell that starts at `at` ends.
fn cell_end(bytes: &[u8], at: usize, delimiter: u8) -> usize {
    bytes[at..]
        .iter()
        .position(|&byte| byte == delimiter || byte == b'\n' || byte == b'\r')
        .map_or(bytes.len(), |length| at + length)
}

/// Reads the quoted cell that starts at `at`; answers where it ends. Text behind the closing quote belongs to the cell.
fn quoted(
    bytes: &[u8],
    at: usize,
    delimiter: u8,
    row: u32,
    builder: &mut GridBuilder,
    unescaped: &mut Vec<u8>,
) -> Result<usize, Finding> {
    let start = at + 1;
    let mut close = start;
    let mut doubled = false;
    loop {
        let Some(length) = memchr::memchr(b'"', &bytes[close..]) else {
            return Err(Finding::error(
                "unclosed-quote",
                format!("row {row} opens a quote that is never closed"),
                "the file is cut short or damaged: download it again",
            ));
        };
        close += length;
        if bytes.get(close + 1) != Some(&b'"') {
            break;
        }
        doubled = true;
        close += 2;
    }
    let end = cell_end(bytes, close + 1, delimiter);
    if !doubled && end == close + 1 {
        builder.cell(&bytes[start..close], 0, start);
        return Ok(end);
    }
    let offset = unescaped.len();
    let mut rest = &bytes[start..close];
    while let Some(quote) = memchr::memchr(b'"', rest) {
        unescaped.extend_from_slice(&rest[..=quote]);
        rest = &rest[(quote + 2).min(rest.len())..];
    }
    unescaped.extend_from_slice(rest);
    unescaped.extend_from_slice(&bytes[close + 1..end]);
    builder.cell(&unescaped[offset..], 1, offset);
    Ok(end)
}

/// A comma, unless the first lines hold more semicolons or tabs.
fn delimiter(text: &[u8]) -> u8 {
    let head = &text[..text.len().min(4096)];
    let count = |wanted: u8| head.iter().filter(|&&byte| byte == wanted).count();
    let comma = count(b',');
    [b';', b'\t'].into_iter().find(|&other| count(other) > comma).unwrap_or(b',')
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
