//! Text from outside on its way to a reader: what a terminal would obey, what XML cannot hold and what turns the direction
//! of writing stands there by its number, in every kind of file that is written and on the screen.

use std::borrow::Cow;

/// Whether a letter may not stand in text as it is. Line ends and tabs stay.
fn is_harmful(letter: char) -> bool {
    match letter {
        '\n' | '\t' => false,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}' | '\u{2029}' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        '\u{fdd0}'..='\u{fdef}' => true,
        _ => letter.is_control() || u32::from(letter) & 0xFFFE == 0xFFFE,
    }
}

/// The text without what does harm: ends of lines as one sign, other breaks as blanks, the rest by its number.
///
/// What is left may stand in XML 1.0, in a cell and on a screen.
pub fn printable(text: &str) -> Cow<'_, str> {
    if !text.contains(is_harmful) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len());
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '\r' if letters.peek() == Some(&'\n') => {}
            '\r' => shown.push('\n'),
            // Breaks of a line, a page and a paragraph, as word processors leave them.
            '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => shown.push(' '),
            _ if is_harmful(letter) => shown.push_str(&format!("[U+{:04X}]", u32::from(letter))),
            _ => shown.push(letter),
        }
    }
    Cow::Owned(shown)
}

/// The printable text on one line, with one blank between words.
pub fn one_line(text: &str) -> String {
    printable(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The printable text inside an element or an attribute of XML or HTML.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in printable(text).chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// The printable text for a cell of a CSV: what a spreadsheet would take for a formula has an apostrophe before it;
/// numbers are as they are.
pub fn cell(text: &str) -> String {
    let shown = printable(text);
    let obeyed = shown.starts_with(['=', '+', '-', '@', '\t', '\n']) && shown.parse::<f64>().is_err();
    if obeyed { format!("'{shown}") } else { shown.into_owned() }
}

/// The text cut to `limit` units of UTF-16, in which Excel counts; an ellipsis says that more was there.
pub fn within(text: &str, limit: usize) -> Cow<'_, str> {
    if text.encode_utf16().count() <= limit {
        return Cow::Borrowed(text);
    }
    let mut kept = String::new();
    let mut units = 0;
    for letter in text.chars() {
        units += letter.len_utf16();
        if units >= limit {
            break;
        }
        kept.push(letter);
    }
    Cow::Owned(format!("{}\u{2026}", kept.trim_end()))
}

/// The letters that footnotes and marks are made of, each beside its raised form.
const RAISED: [(char, char); 18] = [
    ('0', '\u{2070}'),
    ('1', '\u{b9}'),
    ('2', '\u{b2}'),
    ('3', '\u{b3}'),
    ('4', '\u{2074}'),
    ('5', '\u{2075}'),
    ('6', '\u{2076}'),
    ('7', '\u{2077}'),
    ('8', '\u{2078}'),
    ('9', '\u{2079}'),
    ('+', '\u{207a}'),
    ('-', '\u{207b}'),
    ('(', '\u{207d}'),
    (')', '\u{207e}'),
    ('n', '\u{207f}'),
    ('p', '\u{1d56}'),
    ('r', '\u{2b3}'),
    ('e', '\u{1d49}'),
];

/// The raised form of a letter that footnotes and marks are made of; the letter itself where there is none.
pub fn raised(letter: char) -> char {
    RAISED.iter().find(|(plain, _)| *plain == letter).map_or(letter, |(_, raised)| *raised)
}

/// Whether a letter stands raised, as those of a footnote.
pub fn is_raised(letter: char) -> bool {
    letter > '\u{7f}' && RAISED.iter().any(|(_, raised)| *raised == letter)
}

/// The text with its raised letters on the line: how a file is spelt by a reader who does not see that they are raised.
pub fn lowered(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(is_raised) {
        return Cow::Borrowed(text);
    }
    let plain = |letter| RAISED.iter().find(|(_, raised)| *raised == letter).map_or(letter, |(plain, _)| *plain);
    Cow::Owned(text.chars().map(plain).collect())
}

#[cfg(test)]
mod tests {
    use super::{cell, escaped, lowered, one_line, printable, raised, within};

    #[test]
    fn what_does_harm_stands_by_its_number() {
        for (text, expected) in [
            ("plain, with\ttab\nand line", "plain, with\ttab\nand line"),
            ("a\r\nb\rc", "a\nb\nc"),
            ("pasted\u{b}from Word", "pasted from Word"),
            ("\u{1b}[2J", "[U+001B][2J"),
            ("a\0b", "a[U+0000]b"),
            ("\u{202e}gnihton\u{202c}", "[U+202E]gnihton[U+202C]"),
            ("\u{fffe}\u{ffff}\u{1fffe}", "[U+FFFE][U+FFFF][U+1FFFE]"),
            ("Café \u{1f600}", "Café \u{1f600}"),
        ] {
            assert_eq!(printable(text), expected);
        }
        assert_eq!(one_line(" two\n  lines\u{b}here "), "two lines here");
        assert_eq!(escaped("<b>&\"'\u{7}"), "&lt;b&gt;&amp;&quot;&#39;[U+0007]");
    }

    #[test]
    fn cells_of_a_spreadsheet() {
        let cells = ["=1+1", "-5", "-x", "@a", "plain", "\r=1", "1,5"].map(cell);
        assert_eq!(cells, ["'=1+1", "-5", "'-x", "'@a", "plain", "'\n=1", "1,5"]);
    }

    #[test]
    fn names_are_cut_in_the_units_that_excel_counts() {
        assert_eq!(within("short", 5), "short");
        let long = "\u{1f600}".repeat(20);
        let cut = within(&long, 31);
        assert!(cut.encode_utf16().count() <= 31 && cut.ends_with('\u{2026}'), "{cut}");
    }

    #[test]
    fn raised_letters_and_back() {
        let text: String = "SEN 34".chars().map(raised).collect();
        assert_eq!((text.as_str(), lowered(&text).as_ref()), ("SEN ³⁴", "SEN 34"));
    }
}
