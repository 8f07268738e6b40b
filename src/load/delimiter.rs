//! Which sign parts the cells of a text: told by how steadily its first rows are parted by it, quotes left out.

/// The signs that part cells, the likelier first.
const SIGNS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How much of a text is looked at, and how many rows of it.
const HEAD: usize = 1 << 16;
const ROWS: usize = 100;

/// What parts the cells, and where the first row begins.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub delimiter: u8,
    pub begin: usize,
}

/// Finds the delimiter of `text`: the one a first line `sep=;` names, which Excel does not show, else the one that parts
/// the most rows into one number of cells. Free text holds commas and semicolons, but not in every row alike.
pub(super) fn find(text: &[u8]) -> Found {
    if let Some(told) = told(text) {
        return told;
    }
    let counts = counts(&text[..text.len().min(HEAD)]);
    // The most rows that it parts alike, and into how many cells.
    let score = |sign: usize| {
        let each: Vec<usize> = counts.iter().map(|row| row[sign]).filter(|&count| count > 0).collect();
        let rows = |count: usize| each.iter().filter(|&&other| other == count).count();
        each.iter().map(|&count| (rows(count), count)).max().unwrap_or_default()
    };
    // Of two that part alike the later one is meant: a comma stands in numbers and words as well.
    let best = (0..SIGNS.len()).max_by_key(|&sign| score(sign)).filter(|&sign| score(sign).0 > 0).unwrap_or(0);
    Found { delimiter: SIGNS[best], begin: 0 }
}

/// The delimiter that the first line names.
fn told(text: &[u8]) -> Option<Found> {
    let rest = text.strip_prefix(b"sep=").or_else(|| text.strip_prefix(b"SEP="))?;
    let (&delimiter, rest) = rest.split_first()?;
    let line =
        if rest.starts_with(b"\r\n") { 2 } else { usize::from(rest.starts_with(b"\n") || rest.starts_with(b"\r")) };
    (SIGNS.contains(&delimiter) && line > 0).then_some(Found { delimiter, begin: text.len() - rest.len() + line })
}

/// How often each sign stands in each of the first rows, outside quotes.
fn counts(head: &[u8]) -> Vec<[usize; SIGNS.len()]> {
    let mut rows = vec![[0; SIGNS.len()]];
    let mut quoted = false;
    for (at, &byte) in head.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted && opens(head, at),
            b'\n' | b'\r' if !quoted => {
                if rows.len() == ROWS {
                    return rows;
                }
                rows.push([0; SIGNS.len()]);
            }
            _ if !quoted => {
                if let (Some(sign), Some(row)) = (SIGNS.iter().position(|&sign| sign == byte), rows.last_mut()) {
                    row[sign] += 1;
                }
            }
            _ => {}
        }
    }
    // A row that was cut off has fewer signs than it should.
    if head.len() == HEAD && rows.len() > 1 {
        rows.pop();
    }
    rows
}

/// Whether a quote opens a cell: it stands at the beginning of one, or doubled inside a quoted one.
fn opens(head: &[u8], at: usize) -> bool {
    at == 0 || matches!(head[at - 1], b'\n' | b'\r' | b'"') || SIGNS.contains(&head[at - 1])
}

#[cfg(test)]
mod tests {
    use super::{Found, find};

    fn sign(text: &str) -> char {
        char::from(find(text.as_bytes()).delimiter)
    }

    #[test]
    fn the_rows_tell_the_delimiter() {
        for (text, expected) in [
            ("a,b\n1,2\n", ','),
            ("a;b\n1,5;2,5\n1,5;3,5\n", ';'),
            ("a\tb\n1,234\t2\n", '\t'),
            ("a|b|c\n1|2|3\n", '|'),
            ("name,note\nx,\"a; b; c; d\"\ny,\"e; f; g; h; i\"\n", ','),
            ("name,note\nx,a; b; c; d\ny,e; f; g; h; i\n", ','),
            ("name;note;value\nx;one, two, three;5\ny;four, five, six;7\n", ';'),
            ("Table 1: plans, by area; all ages; England\na,b,c\n1,2,3\n4,5,6\n", ','),
            ("name,note\nx,\"say \"\"a; b; c\"\" aloud; d; e\"\n", ','),
            ("one column\nonly\n", ','),
            ("", ','),
        ] {
            assert_eq!(sign(text), expected, "{text}");
        }
    }

    #[test]
    fn a_first_line_that_names_it_is_no_row() {
        assert_eq!(find(b"sep=;\r\na,b;c\n"), Found { delimiter: b';', begin: 7 });
        assert_eq!(find(b"sep=x\na,b\n"), Found { delimiter: b',', begin: 0 });
    }
}
