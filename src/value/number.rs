//! The text of a cell to a number, in every dress that publishers and councils give one.

use crate::text::is_raised;

/// A number, and what its dress says beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dressed {
    /// The number as it is seen: `19.8%` is 19.8.
    pub number: f64,
    /// Whether a percent sign stands behind it.
    pub percent: bool,
    /// Whether a footnote or a mark stands behind it.
    pub marked: bool,
}

/// A number of digits with at most one point, up to 15 digits, read exactly; anything else is left to the slow road.
pub(super) fn plain_number(bytes: &[u8]) -> Option<f64> {
    const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let (negative, digits) = match bytes.first()? {
        b'-' => (true, &bytes[1..]),
        _ => (false, bytes),
    };
    if digits.is_empty() || digits.len() > 16 {
        return None;
    }
    let mut mantissa: u64 = 0;
    let mut count = 0;
    let mut places = None;
    for (index, &byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + u64::from(byte - b'0');
                count += 1;
            }
            b'.' if places.is_none() => places = Some(digits.len() - 1 - index),
            _ => return None,
        }
    }
    if count == 0 || count > 15 {
        return None;
    }
    // A mantissa below 2^53 divided by an exact power of ten is correctly rounded.
    let number = mantissa as f64 / POWERS[places.unwrap_or(0)];
    Some(if negative { -number } else { number })
}

/// Whether a letter is nothing to the eye at the end of a cell.
pub(super) fn is_blank(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// A number in the dress of a display table, or none. `carried` are the marks that a number may carry here.
pub(super) fn dressed(text: &str, carried: &[String], decimal_comma: bool) -> Option<Dressed> {
    // The apostrophe makes Excel keep a number as text.
    let text = text.strip_prefix(['\'', '\u{2019}']).unwrap_or(text);
    let bare = without_marks(text, carried);
    let marked = bare.len() < text.len();
    let (bare, bracketed) = match bare.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (inner.trim_matches(is_blank), true),
        None => (bare, false),
    };
    let (bare, percent) = match bare.strip_suffix('%') {
        Some(rest) => (rest.trim_end_matches(is_blank), true),
        None => (bare, false),
    };
    let (bare, negative) = match bare.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (rest, true),
        None => (bare.strip_prefix('+').unwrap_or(bare), false),
    };
    let bare = bare.strip_prefix('£').unwrap_or(bare).trim_start_matches(is_blank);
    let number = if decimal_comma { continental(bare)? } else { grouped(bare)? };
    Some(Dressed { number: if negative || bracketed { -number } else { number }, percent, marked })
}

/// What stands before footnotes and marks; `text` itself where there are none.
fn without_marks<'t>(text: &'t str, carried: &[String]) -> &'t str {
    let mut bare = text;
    loop {
        let shorter = without_mark(bare, carried).trim_end_matches(is_blank);
        if shorter.len() == bare.len() || shorter.is_empty() {
            return bare;
        }
        bare = shorter;
    }
}

/// The text without its last footnote or mark.
fn without_mark<'t>(text: &'t str, carried: &[String]) -> &'t str {
    if text.ends_with(is_raised) {
        return text.trim_end_matches(|letter| is_raised(letter) || is_blank(letter) || letter == ',');
    }
    for (open, close) in [('[', ']'), ('(', ')')] {
        if let Some((before, mark)) = text.strip_suffix(close).and_then(|inside| inside.rsplit_once(open))
            && stays_a_number(mark)
        {
            return before;
        }
    }
    let ends_with = |mark: &&String| {
        let from = text.len().checked_sub(mark.len());
        from.and_then(|from| text.get(from..)).is_some_and(|end| !end.is_empty() && end.eq_ignore_ascii_case(mark))
    };
    carried.iter().find(ends_with).map_or(text, |mark| &text[..text.len() - mark.len()])
}

/// Whether a mark in brackets says that the number before it holds: the marks of the Government Statistical Service
/// but those that stand where no number is.
fn stays_a_number(mark: &str) -> bool {
    let mark = mark.trim().to_lowercase();
    let notes = mark.strip_prefix("notes").or_else(|| mark.strip_prefix("note"));
    matches!(
        mark.as_str(),
        "b" | "e" | "er" | "f" | "p" | "r" | "u" | "break" | "estimated" | "forecast" | "provisional" | "revised"
    ) || notes.is_some_and(|rest| rest.chars().all(|letter| letter.is_ascii_digit() || " ,and".contains(letter)))
}

/// Digits with an English point; thousands behind commas or narrow blanks.
fn grouped(text: &str) -> Option<f64> {
    let first = text.bytes().next()?;
    if !(first.is_ascii_digit() || first == b'.') {
        return None;
    }
    let is_narrow = |letter: char| is_blank(letter) && letter != ' ';
    let separator = if text.contains(',') { Some(',') } else { text.chars().find(|&letter| is_narrow(letter)) };
    parsed(text, separator, '.')
}

/// Digits with a decimal comma; thousands behind points or narrow blanks.
fn continental(text: &str) -> Option<f64> {
    let separator = if text.contains('.') { Some('.') } else { text.chars().find(|&letter| is_blank(letter)) };
    parsed(text, separator, ',')
}

/// The number that `text` writes with that separator of thousands and that sign before decimals.
fn parsed(text: &str, separator: Option<char>, point: char) -> Option<f64> {
    if !text.chars().all(|c| c.is_ascii_digit() || Some(c) == separator || c == point || "eE+-".contains(c)) {
        return None;
    }
    let whole = text.split(point).next().unwrap_or(text);
    if separator.is_some_and(|separator| {
        !thousands_are_right(whole, separator) || text.matches(separator).count() != whole.matches(separator).count()
    }) {
        return None;
    }
    let plain: String =
        text.chars().filter(|&c| Some(c) != separator).map(|c| if c == point { '.' } else { c }).collect();
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Whether every comma of `1,234,567` stands before exactly three digits; `12,34` is not a number anyone meant.
fn thousands_are_right(whole: &str, separator: char) -> bool {
    let mut groups = whole.split(separator);
    let first_fits = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    first_fits && groups.all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()))
}

/// The mark behind a number, where it is neither known nor declared: `p` of `1,234p`, for messages.
pub fn unknown_mark(text: &str) -> Option<&str> {
    let text = text.trim_matches(is_blank);
    let end = text.rfind(|letter: char| letter.is_ascii_digit() || letter == '%')?;
    let (number, mark) = text.split_at(end + 1);
    let mark = mark.trim_matches(is_blank);
    let is_short = (1..=3).contains(&mark.chars().count()) && !mark.contains([',', '.', '-']);
    (is_short && dressed(number, &[], false).is_some()).then_some(mark)
}

/// What a text says about the sign before decimals: `12,5` and `1.234,5` that it is a comma, `1,234.5` that it is not;
/// none where it says nothing, as `1,234` does.
pub fn has_decimal_comma(text: &str) -> Option<bool> {
    let text = text.trim_matches(is_blank).trim_end_matches(['%', ' ']);
    let text = text.strip_prefix('-').unwrap_or(text);
    if !text.starts_with(|c: char| c.is_ascii_digit())
        || !text.bytes().all(|b| b.is_ascii_digit() || b".,".contains(&b))
    {
        return None;
    }
    let (comma, point) = (text.rfind(','), text.rfind('.'));
    let one = |sign: char| text.matches(sign).count() == 1;
    match (comma, point) {
        (Some(comma), Some(point)) => Some(comma > point),
        (Some(comma), None) if one(',') && text.len() - comma != 4 => Some(true),
        (Some(_), None) if !one(',') => Some(false),
        (None, Some(point)) if one('.') && text.len() - point != 4 => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Dressed, dressed, has_decimal_comma, unknown_mark};

    fn number(text: &str) -> Option<f64> {
        dressed(text, &[], false).map(|dressed| dressed.number)
    }

    #[test]
    fn footnotes_and_marks_are_no_digits() {
        for (text, expected) in [
            ("12³", 12.0),
            ("1,234¹,²", 1234.0),
            ("12.5⁽¹⁾", 12.5),
            ("45.6 [p]", 45.6),
            ("12.3[r]", 12.3),
            ("987 [r] [note 3]", 987.0),
            ("51.5 [notes 1, 2 and 4]", 51.5),
            ("7 (provisional)", 7.0),
            ("12ʳ", 12.0),
            ("(3.2) [e]", -3.2),
        ] {
            assert_eq!(number(text), Some(expected), "{text}");
        }
        for text in ["12 [x]", "12 [c]", "12*", "1,234p", "12 [note]s", "[p]", "³", "12 (3)", "[note 1]", "12 [low]"] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!(dressed("24 %", &[], false), Some(Dressed { number: 24.0, percent: true, marked: false }));
        assert!(dressed("12*", &["*".to_owned()], false).is_some_and(|read| read.marked && read.number == 12.0));
    }

    #[test]
    fn a_mark_that_nobody_declared_is_named() {
        let marks = ["1,234p", "12*", "45.6 % s", "12 children", "n/a", "12"].map(unknown_mark);
        assert_eq!(marks, [Some("p"), Some("*"), Some("s"), None, None, None]);
    }

    #[test]
    fn blanks_and_apostrophes() {
        for (text, expected) in [
            ("1\u{2009}200", Some(1200.0)),
            ("1\u{a0}234\u{a0}567.5", Some(1_234_567.5)),
            ("'1234", Some(1234.0)),
            ("1 200", None),
            ("12\u{2009}34", None),
            ("1,234\u{a0}567", None),
            ("1234,567", None),
            ("1,234.5,6", None),
        ] {
            assert_eq!(number(text), expected, "{text:?}");
        }
    }

    #[test]
    fn commas_before_decimals() {
        let read = |text: &str| dressed(text, &[], true).map(|dressed| dressed.number);
        assert_eq!(
            [read("12,5"), read("1.234,5"), read("1 234,5"), read("1,234")],
            [12.5, 1234.5, 1234.5, 1.234].map(Some)
        );
        assert_eq!([read("12.5"), read("1,2,3")], [None, None]);
        for (text, expected) in [
            ("12,5", Some(true)),
            ("1.234,5%", Some(true)),
            ("1,2345", Some(true)),
            ("1,234.5", Some(false)),
            ("1,234,567", Some(false)),
            ("12.5", Some(false)),
            ("1,234", None),
            ("1.234", None),
            ("12", None),
            ("a,5", None),
        ] {
            assert_eq!(has_decimal_comma(text), expected, "{text}");
        }
    }
}
