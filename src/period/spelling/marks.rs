//! Footnote marks and words of status behind a period: `2024 [p]`, `2023 (Final)`, `2022¹`. They are no part of it.

use std::sync::LazyLock;

use regex::Regex;

/// A period's text without its marks, and the marks as they stand in the cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marked {
    /// The text, trimmed.
    pub text: String,
    /// What was taken from its end; empty where nothing was.
    pub marks: String,
}

/// Words that say how settled the figures of a period are.
const STATUS: &str = "provisional|prov|preliminary|prelim|revised|rev|final|finalised|estimated|estimate|estimates|est\
    |amended|corrected|updated|unaudited|audited|confirmed|unconfirmed|draft|published|experimental|official|actual|outturn|ot";

/// A mark at the end of a text: in brackets, in words, as letters or signs glued to a digit, or raised digits.
static MARK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let letters = "p|r|e|b|f|x|s|note [0-9]{1,2}|fn [0-9]{1,2}|footnote [0-9]{1,2}|[0-9]{1,2}|[a-z]";
    let pattern = format!(
        r"(?i)(?:\s*[\[(]\s*(?:{letters}|{STATUS})(?:\s*[,;/]\s*(?:{letters}|{STATUS}))*\s*[\])]|(?:\s+-\s+|\s*,\s*|\s+)(?:{STATUS}|[pr])\.?|[pre]|\s*[\u00b9\u00b2\u00b3\u2070-\u2079\u2020\u2021\u00a7\u00b6*#^\u1d43-\u1d61]+)$"
    );
    Regex::new(&pattern).ok()
});

/// Takes the marks off the end of a text. Letters and signs are marks only behind a digit or a bracket.
pub fn unmarked(text: &str) -> Marked {
    let whole = text.trim();
    let mut rest = whole;
    while let Some(found) = MARK.as_ref().and_then(|mark| mark.find(rest)) {
        let before = &rest[..found.start()];
        let behind_a_digit =
            before.trim_end().ends_with(|last: char| last.is_ascii_digit() || last == ']' || last == ')');
        let year_or_number = before.bytes().filter(u8::is_ascii_digit).count() >= 2;
        if !behind_a_digit || !year_or_number {
            break;
        }
        rest = before.trim_end();
    }
    let marks = whole[rest.len()..].trim().to_owned();
    Marked { text: whole_number(rest).to_owned(), marks }
}

/// `2024.0`, as a cell of numbers gives a year, is `2024`.
fn whole_number(text: &str) -> &str {
    match text.split_once('.') {
        Some((whole, fraction))
            if (4..=6).contains(&whole.len())
                && whole.bytes().all(|byte| byte.is_ascii_digit())
                && !fraction.is_empty()
                && fraction.bytes().all(|byte| byte == b'0') =>
        {
            whole
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::unmarked;

    #[test]
    fn marks_are_taken_off_the_end() {
        for (text, period, marks) in [
            ("2024", "2024", ""),
            ("2024 [p]", "2024", "[p]"),
            ("2023 (Final)", "2023", "(Final)"),
            ("2024/25 (provisional)", "2024/25", "(provisional)"),
            ("2024p", "2024", "p"),
            ("2024 r", "2024", "r"),
            ("2023/24 - provisional", "2023/24", "- provisional"),
            ("2022\u{b9}", "2022", "\u{b9}"),
            ("2022 (1)(2)", "2022", "(1)(2)"),
            ("2022 [note 3]", "2022", "[note 3]"),
            ("2022 [p, r]", "2022", "[p, r]"),
            ("31 March 2024*", "31 March 2024", "*"),
            ("2024.0", "2024", ""),
            ("202324.00", "202324", ""),
            ("2024.5", "2024.5", ""),
            ("March", "March", ""),
            ("Sep", "Sep", ""),
            ("(p)", "(p)", ""),
        ] {
            let found = unmarked(text);
            assert_eq!((found.text.as_str(), found.marks.as_str()), (period, marks), "{text}");
        }
    }
}
