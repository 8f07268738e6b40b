//! The code of a local authority.

use std::fmt;
use std::str::FromStr;

/// The 3-digit code the Department for Education gives a local authority.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LaCode(pub u16);

impl LaCode {
    /// Whether it is no authority's, but that of a group which [`Register::pool`](super::Register::pool) made a place of its own. Codes of
    /// authorities begin at 201.
    pub fn is_group(self) -> bool {
        self.0 < 200
    }
}

impl fmt::Display for LaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:03}", self.0)
    }
}

impl FromStr for LaCode {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let text = text.trim();
        let text = text.strip_suffix(".0").unwrap_or(text);
        if text.len() != 3 {
            return Err(());
        }
        text.parse().map(LaCode).map_err(|_| ())
    }
}
