//! Why a figure has no change on the year before: as a value, and as the words of the published column.

use std::fmt;

/// Why there is no change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoChange {
    /// It is the first period of the series.
    First,
    /// The period before is not a year before.
    Gap,
    /// A declared break lies between: what changed.
    Break(String),
    /// One of the two periods has no figure.
    NoFigure,
}

const FIRST: &str = "first period of the series";
const GAP: &str = "no figure a year before: the series has a gap";
const BREAK: &str = "break in the series: ";
const NO_FIGURE: &str = "no figure in this or the previous period";

impl fmt::Display for NoChange {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoChange::First => out.write_str(FIRST),
            NoChange::Gap => out.write_str(GAP),
            NoChange::Break(note) => write!(out, "{BREAK}{note}"),
            NoChange::NoFigure => out.write_str(NO_FIGURE),
        }
    }
}

impl NoChange {
    /// What a cell of the column says; none where there is a change.
    pub fn read(cell: &str) -> Option<NoChange> {
        match cell {
            "" => None,
            FIRST => Some(NoChange::First),
            GAP => Some(NoChange::Gap),
            _ => Some(cell.strip_prefix(BREAK).map_or(NoChange::NoFigure, |note| NoChange::Break(note.to_owned()))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::NoChange;

    #[test]
    fn what_is_written_is_read_back() {
        for why in [NoChange::First, NoChange::Gap, NoChange::Break("counted anew".into()), NoChange::NoFigure] {
            assert_eq!(NoChange::read(&why.to_string()), Some(why));
        }
        assert_eq!(NoChange::read(""), None);
    }
}
