//! How a period is linked to the one a year before it: as a value, and as the words of the published column.

use std::fmt;

/// How a period is linked to the one a year before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// There is nothing before it.
    First,
    /// The period before it is a year earlier and counted alike.
    Joined,
    /// There are earlier periods, but none a year earlier.
    Gap,
    /// The period before it is not comparable: what changed, as a clause.
    Break(String),
}

const FIRST: &str = "first period of the series";
const GAP: &str = "no figure a year before: the series has a gap";
const BREAK: &str = "break in the series: ";

impl Link {
    /// What the published column says where periods are joined and one of the two has no figure.
    pub const NO_FIGURE: &'static str = "no figure in this or the previous period";

    /// The link that a cell of the published column tells of; nothing to say of a change is said of joined periods.
    pub fn parse(note: &str) -> Link {
        match note {
            FIRST => Link::First,
            GAP => Link::Gap,
            _ => note.strip_prefix(BREAK).map_or(Link::Joined, |what| Link::Break(what.to_owned())),
        }
    }
}

/// Why there is no change, as the published column says it; nothing for joined periods.
impl fmt::Display for Link {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Link::First => out.write_str(FIRST),
            Link::Joined => Ok(()),
            Link::Gap => out.write_str(GAP),
            Link::Break(what) => write!(out, "{BREAK}{what}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Link;

    #[test]
    fn what_is_written_is_read_back() {
        for link in [Link::First, Link::Joined, Link::Gap, Link::Break("counted anew".into())] {
            assert_eq!(Link::parse(&link.to_string()), link);
        }
        assert_eq!(Link::parse(Link::NO_FIGURE), Link::Joined);
    }
}
