//! A cell's text to a number or the reason there is none.
//!
//! A mark that nobody declared is `Cell::Unknown`: a finding, never a zero and never an empty cell.

use rustc_hash::FxHashMap;

/// Why a number is missing or marked. `value` and `status` always travel together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Status {
    /// A plain published number.
    Number,
    /// The figure cannot exist here.
    NotApplicable,
    /// The figure exists but is not published or was not supplied.
    NotAvailable,
    /// Withheld because it could identify a person.
    Confidential,
    /// Withheld by the publisher, by an older publication's word.
    Suppressed,
    /// Rounds to 0 but is not 0.
    Low,
    /// Published with a warning, or withheld because unreliable.
    Unreliable,
    /// Hidden by us: small, or it would give a small figure back.
    Protected,
}

impl Status {
    /// All statuses, in the order of their codes.
    pub const ALL: [Status; 8] = [
        Status::Number,
        Status::NotApplicable,
        Status::NotAvailable,
        Status::Confidential,
        Status::Suppressed,
        Status::Low,
        Status::Unreliable,
        Status::Protected,
    ];

    /// The word in the tables.
    pub fn word(self) -> &'static str {
        match self {
            Status::Number => "number",
            Status::NotApplicable => "not_applicable",
            Status::NotAvailable => "not_available",
            Status::Confidential => "confidential",
            Status::Suppressed => "suppressed",
            Status::Low => "low",
            Status::Unreliable => "unreliable",
            Status::Protected => "protected",
        }
    }

    /// The word of a table back to the status.
    pub fn from_word(word: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.word() == word)
    }

    /// The symbol in brackets that stands for the figure in tables and charts; empty for a number.
    pub fn symbol(self) -> &'static str {
        match self {
            Status::Number => "",
            Status::NotApplicable => "[z]",
            Status::NotAvailable => "[x]",
            Status::Confidential | Status::Suppressed | Status::Protected => "[c]",
            Status::Low => "[low]",
            Status::Unreliable => "[u]",
        }
    }

    /// Whether the figure is kept back so that nobody can be found in it.
    pub fn is_withheld(self) -> bool {
        matches!(self, Status::Confidential | Status::Suppressed | Status::Low | Status::Protected)
    }

    /// The reason in the words a councillor reads.
    pub fn reason(self) -> &'static str {
        match self {
            Status::Number => "",
            Status::NotApplicable => "not applicable",
            Status::NotAvailable => "not available",
            Status::Confidential => "withheld to protect confidentiality",
            Status::Suppressed => "suppressed by the publisher",
            Status::Low => "rounds to 0 but is not 0",
            Status::Unreliable => "too unreliable to publish",
            Status::Protected => "not shown, so that nobody can be found in a small number",
        }
    }
}

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// A number. Percent signs, pound signs and thousands commas are gone; `11.20%` is 11.2.
    Number(f64),
    /// A declared mark, an empty cell included where it is declared.
    Mark(Status),
    /// Nothing but blanks.
    Empty,
    /// Something that is neither a number nor a declared mark.
    Unknown,
}

/// The marks a release declares, lower-cased and trimmed, and what each means.
#[derive(Clone, Debug, Default)]
pub struct Symbols(FxHashMap<String, Status>);

impl Symbols {
    /// No marks at all.
    pub fn none() -> Self {
        Symbols::default()
    }

    /// The marks of the Explore Education Statistics standard, bare or in brackets, in any case.
    pub fn ees() -> Self {
        let mut symbols = Symbols::default();
        for (mark, status) in [
            ("z", Status::NotApplicable),
            ("x", Status::NotAvailable),
            ("c", Status::Confidential),
            ("low", Status::Low),
            ("k", Status::Low),
            ("u", Status::Unreliable),
        ] {
            symbols.declare(mark, status);
            symbols.declare(&format!("[{mark}]"), status);
        }
        symbols
    }

    /// Adds or replaces one mark. An empty `mark` gives empty cells a meaning.
    pub fn declare(&mut self, mark: &str, status: Status) {
        self.0.insert(mark.trim().to_lowercase(), status);
    }

    /// The meaning of `mark`, which is already trimmed.
    fn get(&self, mark: &str) -> Option<Status> {
        if let Some(status) = self.0.get(mark) {
            return Some(*status);
        }
        self.0.get(mark.to_lowercase().as_str()).copied()
    }

    /// The marks declared, sorted, for messages.
    pub fn marks(&self) -> Vec<&str> {
        let mut marks: Vec<&str> = self.0.keys().map(String::as_str).filter(|mark| !mark.starts_with('[')).collect();
        marks.sort_unstable();
        marks
    }

    /// Reads one cell.
    ///
    /// Numbers may carry thousands commas (`1,234`), a percent or pound sign, a sign before or brackets around
    /// a negative, blanks around, and `26.200000000000003`. A declared mark comes first, so `.` and `-` can be marks.
    pub fn read(&self, text: &str) -> Cell {
        let bytes = text.as_bytes();
        if let Some(number) = plain_number(bytes) {
            return Cell::Number(number);
        }
        let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if let Some(status) = self.get(trimmed) {
            return Cell::Mark(status);
        }
        if trimmed.is_empty() {
            return Cell::Empty;
        }
        dressed_number(trimmed).map_or(Cell::Unknown, Cell::Number)
    }
}

/// A number of digits with at most one point, up to 15 digits, read exactly; anything else is left to the slow road.
fn plain_number(bytes: &[u8]) -> Option<f64> {
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

/// A number in the dress of a display table, or none.
fn dressed_number(text: &str) -> Option<f64> {
    let (text, bracketed) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (inner, true),
        None => (text, false),
    };
    let text = text.strip_suffix('%').unwrap_or(text).trim();
    let (text, negative) = match text.strip_prefix(['-', '\u{2212}']) {
        Some(rest) => (rest, true),
        None => (text.strip_prefix('+').unwrap_or(text), false),
    };
    let text = text.strip_prefix('£').unwrap_or(text).trim_start();
    let first = text.bytes().next()?;
    if !(first.is_ascii_digit() || first == b'.') || !text.bytes().all(|b| b.is_ascii_digit() || b".,eE+-".contains(&b))
    {
        return None;
    }
    let number: f64 = if text.contains(',') {
        if !thousands_are_right(text) {
            return None;
        }
        text.replace(',', "").parse().ok()?
    } else {
        text.parse().ok()?
    };
    number.is_finite().then_some(if negative || bracketed { -number } else { number })
}

/// Whether every comma of `1,234,567.8` stands before exactly three digits; `12,34` is not a number anyone meant.
fn thousands_are_right(text: &str) -> bool {
    let whole = text.split('.').next().unwrap_or(text);
    let mut groups = whole.split(',');
    let first_fits = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    first_fits && groups.all(|group| group.len() == 3 && group.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_every_dress_that_publishers_use() {
        let symbols = Symbols::ees();
        for (text, expected) in [
            ("0", 0.0),
            ("-12.5", -12.5),
            ("1,234", 1234.0),
            ("36,278,439,773", 36_278_439_773.0),
            ("11.20%", 11.2),
            ("£1,071.50", 1071.5),
            ("(3.2)", -3.2),
            ("26.200000000000003", 26.200000000000003),
            ("57.900000000000", 57.9),
            (" 5.7762", 5.7762),
            ("1e3", 1000.0),
            ("6.03736877996", 6.03736877996),
        ] {
            assert_eq!(symbols.read(text), Cell::Number(expected), "{text}");
        }
    }

    #[test]
    fn marks_and_what_is_neither() {
        let symbols = Symbols::ees();
        assert_eq!(symbols.read(" x "), Cell::Mark(Status::NotAvailable));
        assert_eq!(symbols.read("LOW"), Cell::Mark(Status::Low));
        assert_eq!(symbols.read("[c]"), Cell::Mark(Status::Confidential));
        assert_eq!(symbols.read("  "), Cell::Empty);
        for text in ["12,34", "1.2.3", "n/a", "..", "12 km", "NaN", "inf", "1,2345", "-"] {
            assert_eq!(symbols.read(text), Cell::Unknown, "{text}");
        }
    }

    #[test]
    fn a_declared_mark_wins_over_its_looks() {
        let mut symbols = Symbols::none();
        symbols.declare("-", Status::Low);
        symbols.declare("", Status::NotApplicable);
        assert_eq!(symbols.read(" - "), Cell::Mark(Status::Low));
        assert_eq!(symbols.read(""), Cell::Mark(Status::NotApplicable));
        assert_eq!(symbols.read("-1"), Cell::Number(-1.0));
    }
}
