//! `31 March`: the day of the year on which the periods of a pipeline end.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::spelling::month_number;

/// A day of the year on which a pipeline's periods end, such as `31 March`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct YearEnd {
    day: u32,
    month: u32,
}

impl TryFrom<String> for YearEnd {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let mut words = text.split_whitespace();
        let day = words.next().and_then(|word| word.parse().ok());
        let month = words.next().and_then(month_number);
        match (day, month, words.next()) {
            (Some(day), Some(month), None) if NaiveDate::from_ymd_opt(2024, month, day).is_some() => {
                Ok(YearEnd { day, month })
            }
            _ => Err(format!("`{text}` is not a day and a month such as `31 March`")),
        }
    }
}

impl YearEnd {
    /// The given day in `year`; 29 February becomes the 28th in other years.
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
            .or_else(|| NaiveDate::from_ymd_opt(year, self.month, self.day.saturating_sub(1)))
    }

    /// Whether a period that ends on `end` ends on this day.
    pub fn is_on(self, end: NaiveDate) -> bool {
        self.in_year(end.year()) == Some(end)
    }
}
