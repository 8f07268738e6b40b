//! A local authority and a region, as the register has them.

use super::code::LaCode;
use chrono::NaiveDate;

/// One authority under one pair of codes, with the days on which it opened and closed.
#[derive(Clone, Debug)]
pub struct Authority {
    /// The 3-digit code.
    pub code: LaCode,
    /// The 9-character code.
    pub ons_code: String,
    /// The name as the register writes it.
    pub name: String,
    /// The 9-character code of its region.
    pub region: String,
    /// `Inner London`, `Outer London` or empty.
    pub london: String,
    /// Kind of council, such as "Metropolitan Districts".
    pub kind: String,
    /// First day, none if before April 2009.
    pub opened: Option<NaiveDate>,
    /// Last day, none if open today.
    pub closed: Option<NaiveDate>,
    /// The authorities that took over its area.
    pub successors: Vec<LaCode>,
}

impl Authority {
    /// Whether it was open on `day`, its opening and closing days included.
    pub fn open_on(&self, day: NaiveDate) -> bool {
        self.opened.is_none_or(|opened| opened <= day) && self.closed.is_none_or(|closed| day <= closed)
    }
}

/// England, one of the nine regions, or Inner or Outer London.
#[derive(Clone, Debug)]
pub struct Region {
    /// The 9-character code; England's is `E92000001`.
    pub code: String,
    /// The name.
    pub name: String,
}

impl Region {
    /// Whether this is the whole country.
    pub fn is_country(&self) -> bool {
        self.code.starts_with("E92")
    }
}
