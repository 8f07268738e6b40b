//! The rules of a records pipeline for one release, resolved: which rows are reached how, what each field is made of.
//!
//! No row is read here; `machine` works the plan out, and it can be written down as a query as well.

use chrono::NaiveDate;

use super::dress::Dress;

/// How the row of a table is reached from the row that is counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Via {
    /// It is that row.
    Own,
    /// The table has one row, which stands beside every other.
    Single,
    /// The row that the row reached by number `from` belongs to, by join number `join`.
    Up { from: usize, join: usize },
    /// The row that belongs to the row reached by number `from`, by choice number `choice`.
    Down { from: usize, choice: usize },
}

/// A row that is reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    pub table: String,
    pub via: Via,
}

/// What lies between two days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Days,
    WorkingDays,
    Years,
    CalendarYears,
    Age,
}

/// A day: of a field, by the number of its node, or a named one.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operand {
    Node(usize),
    Named(Option<NaiveDate>),
}

/// What a node is made of; nodes that it names stand before it.
#[derive(Clone, Debug)]
pub(super) enum Op {
    /// Column number `column` of the row reached by number `reach`.
    Read { reach: usize, column: usize },
    /// A word that the record before gives, by the number of the mark.
    Marked(usize),
    /// A duration; `forward` has only such as do not run backward.
    Between { verb: Verb, days: [Operand; 2], forward: bool },
    /// Whether one of these says yes.
    Any(Vec<usize>),
    /// The first of these with a value.
    First(Vec<usize>),
    /// The word of the first case that holds.
    When(Vec<Case>),
    /// Words of a value.
    Dress { of: usize, dress: Dress },
}

/// A case of `when`.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub holds: Rule,
    pub word: Vec<Piece>,
}

/// A part of a word.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Text(String),
    Node(usize),
}

/// A field.
#[derive(Clone, Debug)]
pub(super) struct Node {
    pub op: Op,
    /// What its numbers are still to be divided by: sums stay whole until the end.
    pub divisor: f64,
}

/// A condition.
#[derive(Clone, Debug, Default)]
pub(super) struct Rule {
    /// By node, what is asked of it; all must hold.
    pub asks: Vec<(usize, Ask)>,
    pub none: Vec<Rule>,
    pub some: Vec<Rule>,
    /// Whether it can never hold: a field that it asks for is not there.
    pub never: bool,
}

/// What is asked of a field.
#[derive(Clone, Debug)]
pub(super) enum Ask {
    Words(Vec<Pattern>),
    Known,
    Missing,
    /// At least, at most, more than, less than.
    Number([Option<f64>; 4]),
    /// The first and the last day that fit.
    Day([Option<NaiveDate>; 2]),
}

/// A word in which `*` stands for anything.
#[derive(Clone, Debug)]
pub(super) struct Pattern(Vec<String>);

impl Rule {
    /// The nodes that it asks of.
    pub fn nodes(&self) -> Vec<usize> {
        let inner = self.none.iter().chain(&self.some).flat_map(Rule::nodes);
        self.asks.iter().map(|(node, _)| *node).chain(inner).collect()
    }
}

impl Pattern {
    /// What stands between the stars, in small letters.
    pub fn parts(&self) -> &[String] {
        &self.0
    }

    /// Reads a word of a condition.
    pub fn of(word: &str) -> Pattern {
        Pattern(word.split('*').map(str::to_lowercase).collect())
    }

    /// Whether a word in small letters fits; no word fits only `""`.
    pub fn fits(&self, lower: &str) -> bool {
        let [first, middle @ .., last] = self.0.as_slice() else {
            return self.0.first().is_some_and(|whole| whole == lower);
        };
        if lower.is_empty() {
            return false;
        }
        let Some(mut rest) = lower.strip_prefix(first.as_str()) else { return false };
        for part in middle {
            match rest.find(part.as_str()) {
                Some(at) => rest = &rest[at + part.len()..],
                None => return false,
            }
        }
        rest.ends_with(last.as_str())
    }
}

/// The plan for the rows of one table.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub reaches: Vec<Reach>,
    pub nodes: Vec<Node>,
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn a_star_stands_for_anything() {
        for (pattern, word, fits) in [
            ("Mainstream - *", "mainstream - academy", true),
            ("*academy", "mainstream - academy", true),
            ("m*-*y", "mainstream - academy", true),
            ("a*a", "a", false),
            ("*", "", false),
            ("*", "x", true),
            ("", "", true),
            ("Good", "good", true),
            ("Good", "goods", false),
        ] {
            assert_eq!(Pattern::of(pattern).fits(word), fits, "{pattern} {word}");
        }
    }
}
