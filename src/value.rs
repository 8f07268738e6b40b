//! A cell's text to a number or the reason there is none.
//!
//! A mark that nobody declared is `Cell::Unknown`: a finding, never a zero and never an empty cell.

mod number;

use rustc_hash::FxHashMap;

pub use number::{Dressed, has_decimal_comma, unknown_mark};
use number::{is_blank, plain_number};

/// What is read from a formula of a workbook that has no stored result: no number, and no mark of a publisher's.
pub const NO_RESULT: &str = "(formula without a stored result)";

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
    /// Worked out from its counts, where the publisher says that the rate is not available.
    WorkedOut,
    /// Worked out from its counts, where the publisher prints another rate.
    Differs,
    /// Published, and doubted by a check until a person says that it is true: shown, in no rank and no band.
    Doubtful,
    /// Published for an authority of a time before it opened: shown, in no rank and no mean.
    BackCast,
    /// Published for an authority that had closed, or is what its successors' back-cast figures leave of it: shown, in no
    /// rank and no mean.
    Residual,
    /// Hidden by us: small, or it would give a small figure back.
    Protected,
}

impl Status {
    /// All statuses, in the order of their codes.
    pub const ALL: [Status; 13] = [
        Status::Number,
        Status::NotApplicable,
        Status::NotAvailable,
        Status::Confidential,
        Status::Suppressed,
        Status::Low,
        Status::Unreliable,
        Status::WorkedOut,
        Status::Differs,
        Status::Doubtful,
        Status::BackCast,
        Status::Residual,
        Status::Protected,
    ];

    /// What a mark in a cell may mean: every reason that stands in place of a number, and a footnote behind one.
    pub const MARKS: [Status; 7] = [
        Status::Number,
        Status::NotApplicable,
        Status::NotAvailable,
        Status::Confidential,
        Status::Suppressed,
        Status::Low,
        Status::Unreliable,
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
            Status::WorkedOut => "worked_out",
            Status::Differs => "differs",
            Status::Doubtful => "doubtful",
            Status::BackCast => "back_cast",
            Status::Residual => "residual",
            Status::Protected => "protected",
        }
    }

    /// The word of a table back to the status.
    pub fn from_word(word: &str) -> Option<Status> {
        Status::ALL.into_iter().find(|status| status.word() == word)
    }

    /// Whether it is said of a number: the number is there, and is not simply what the publisher prints.
    pub fn qualifies(self) -> bool {
        matches!(self, Status::WorkedOut | Status::Differs) || self.is_unjudged()
    }

    /// Whether it is said of a number that is shown and compared with nobody: doubted, or of an authority that was not open.
    pub fn is_unjudged(self) -> bool {
        matches!(self, Status::Doubtful) || self.is_outside()
    }

    /// Whether it is said of a number that stands outside the life of its authority, or is what is left of it.
    pub fn is_outside(self) -> bool {
        matches!(self, Status::BackCast | Status::Residual)
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
            Status::WorkedOut | Status::Differs => "[w]",
            Status::Doubtful => "[?]",
            Status::BackCast | Status::Residual => "[o]",
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
            Status::WorkedOut => "worked out from its counts; the publisher gives no rate",
            Status::Differs => "worked out from its counts; the publisher's rate differs",
            Status::Doubtful => "doubted by a check, so in no rank",
            Status::BackCast => "back-cast to before it opened, so in no rank",
            Status::Residual => {
                "what is left of an authority that closed or whose successors have its figures, so in no rank"
            }
            Status::Protected => "not shown, so that nobody can be found in a small number",
        }
    }
}

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cell {
    /// A number, read as it is seen: thousands commas, blanks and pound signs are gone.
    Number(f64),
    /// A number in a dress that says more than it.
    Dressed(Dressed),
    /// A declared mark, an empty cell included where it is declared.
    Mark(Status),
    /// Nothing but blanks.
    Empty,
    /// Something that is neither a number nor a declared mark.
    Unknown,
}

impl Cell {
    /// The number, in whatever dress.
    pub fn number(self) -> Option<f64> {
        match self {
            Cell::Number(number) => Some(number),
            Cell::Dressed(dressed) => Some(dressed.number),
            Cell::Mark(_) | Cell::Empty | Cell::Unknown => None,
        }
    }
}

/// The marks a release declares, lower-cased and trimmed, and what each means.
#[derive(Clone, Debug, Default)]
pub struct Symbols {
    marks: FxHashMap<String, Status>,
    /// Marks that are numbers.
    numbers: Vec<(f64, Status)>,
    /// Marks that a number carries and stays one.
    carried: Vec<String>,
    /// Whether a comma stands before decimals.
    decimal_comma: bool,
}

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

    /// Adds or replaces one mark. An empty `mark` gives empty cells a meaning; the status `number` says that a number
    /// may carry the mark behind it.
    pub fn declare(&mut self, mark: &str, status: Status) {
        let mark = mark.trim().to_lowercase();
        if status == Status::Number {
            self.carried.push(mark);
            return;
        }
        self.numbers.extend(plain_number(mark.as_bytes()).map(|number| (number, status)));
        self.marks.insert(mark, status);
    }

    /// The same marks, in a table where a comma stands before decimals.
    pub fn with_decimal_comma(mut self, decimal_comma: bool) -> Self {
        self.decimal_comma = decimal_comma;
        self
    }

    /// The meaning of `mark`, which is already trimmed.
    fn get(&self, mark: &str) -> Option<Status> {
        if let Some(status) = self.marks.get(mark) {
            return Some(*status);
        }
        self.marks.get(mark.to_lowercase().as_str()).copied()
    }

    /// The marks declared, sorted, for messages.
    pub fn marks(&self) -> Vec<&str> {
        let mut marks: Vec<&str> =
            self.marks.keys().map(String::as_str).filter(|mark| !mark.starts_with('[')).collect();
        marks.sort_unstable();
        marks
    }

    /// The marks that are numbers.
    pub fn number_marks(&self) -> Vec<f64> {
        self.numbers.iter().map(|(number, _)| *number).collect()
    }

    /// Reads one cell.
    ///
    /// A declared mark comes first, so `.`, `-` and `-1` can be marks. Numbers may carry thousands commas (`1,234`) or
    /// narrow blanks, a percent or pound sign, a sign before or brackets around a negative, an apostrophe that makes
    /// Excel take them for text, a footnote (`12³`) or a mark of the publishers' standard (`45.6 [p]`).
    pub fn read(&self, text: &str) -> Cell {
        // Where a comma stands before decimals, a point stands between thousands.
        let is_plain = !self.decimal_comma || !text.contains('.');
        if let Some(number) = plain_number(text.as_bytes()).filter(|_| is_plain) {
            let mark = self.numbers.iter().find(|(mark, _)| *mark == number);
            return mark.map_or(Cell::Number(number), |(_, status)| Cell::Mark(*status));
        }
        let trimmed = text.trim_matches(is_blank);
        if let Some(status) = self.get(trimmed) {
            return Cell::Mark(status);
        }
        if trimmed.is_empty() {
            return Cell::Empty;
        }
        match number::dressed(trimmed, &self.carried, self.decimal_comma) {
            Some(dressed) if dressed.percent || dressed.marked => Cell::Dressed(dressed),
            Some(dressed) => Cell::Number(dressed.number),
            None => Cell::Unknown,
        }
    }
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
    fn a_number_in_a_dress_that_says_more() {
        let symbols = Symbols::ees();
        let dressed = |number, percent, marked| Cell::Dressed(Dressed { number, percent, marked });
        assert_eq!(symbols.read("11.20%"), dressed(11.2, true, false));
        assert_eq!(symbols.read("45.6% [p]"), dressed(45.6, true, true));
        assert_eq!(symbols.read("987 [r]").number(), Some(987.0));
        assert_eq!(symbols.read("12 [x]"), Cell::Unknown, "a figure that is there and is not");
    }

    #[test]
    fn a_mark_that_is_a_number_and_one_that_a_number_carries() {
        let mut symbols = Symbols::none();
        symbols.declare("-1", Status::Suppressed);
        symbols.declare("p", Status::Number);
        assert_eq!(symbols.read("-1"), Cell::Mark(Status::Suppressed));
        assert_eq!(symbols.read("-1.0"), Cell::Mark(Status::Suppressed));
        assert_eq!(symbols.read("1,234p").number(), Some(1234.0));
        assert_eq!(symbols.read("p"), Cell::Unknown, "a mark without its number");
        assert_eq!(Symbols::none().read("1,234p"), Cell::Unknown);
    }

    #[test]
    fn a_point_between_thousands() {
        let symbols = Symbols::none().with_decimal_comma(true);
        assert_eq!(["1.234", "12,5", "7"].map(|text| symbols.read(text)), [1234.0, 12.5, 7.0].map(Cell::Number));
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
