//! A quote that a slip opened and another one closes rows below: what lies between is no cell but rows.

/// The lines behind the first that the quoted cell `inside` would swallow, where they look like rows: its cell stands
/// behind `column` others in a table of `width` columns. None for a comment of several lines.
pub(super) fn swallowed(inside: &[u8], delimiter: u8, column: usize, width: usize) -> Option<usize> {
    if width < 2 {
        return None;
    }
    let lines: Vec<&[u8]> = lines(inside);
    let first = width.checked_sub(1 + column).is_some_and(|rest| rest > 0 && is_row(lines[0], delimiter, rest + 1));
    let others = lines[1..].iter().any(|line| is_row(line, delimiter, width));
    (first || others).then_some(lines.len() - 1)
}

fn lines(inside: &[u8]) -> Vec<&[u8]> {
    let lines = inside.split(|&byte| byte == b'\n' || byte == b'\r');
    let mut lines: Vec<&[u8]> = lines.filter(|line| !line.is_empty()).collect();
    if lines.is_empty() {
        lines.push(b"");
    }
    lines
}

/// Whether a line has so many cells, with a number among those behind its first.
fn is_row(line: &[u8], delimiter: u8, cells: usize) -> bool {
    let parts: Vec<&[u8]> = line.split(|&byte| byte == delimiter).collect();
    let is_number = |part: &&[u8]| {
        let part = part.trim_ascii();
        part.iter().any(u8::is_ascii_digit) && part.iter().all(|byte| byte.is_ascii_digit() || b".,%-+".contains(byte))
    };
    parts.len() == cells && parts[1..].iter().any(is_number)
}

#[cfg(test)]
mod tests {
    use super::swallowed;

    #[test]
    fn rows_in_a_cell_are_told_from_lines_of_a_comment() {
        // Leeds,2024,"12,x / York,2024,15,y / Hull,2024,18"
        assert_eq!(swallowed(b"12,x\nYork,2024,15,y\nHull,2024,18", b',', 2, 4), Some(2));
        assert_eq!(swallowed(b"stray\nYork,2024,15,y", b',', 3, 4), Some(1), "opened in the last column");
        assert_eq!(swallowed(b"x,7\nrest", b',', 2, 4), Some(1), "closed in the very next line");
        assert_eq!(swallowed(b"first line\nsecond, with a comma\nthird: 5", b',', 3, 4), None);
        assert_eq!(swallowed(b"in May, five\nin June, six", b',', 1, 3), None, "no number stands alone");
        assert_eq!(swallowed(b"York;2024\nHull;2024", b';', 0, 1), None);
    }
}
