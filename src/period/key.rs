//! What makes two spellings one period, which of two comes first, and which is a year before which.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{Length, day, days};

/// The identity of a period: its last day and its length. In order of time, a shorter one before a longer one that
/// ends with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PeriodKey {
    end: i32,
    length: Length,
}

/// What periods have in common that are a year apart from one another: years of any kind, the autumn terms, the
/// Januaries, the weeks of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cadence {
    /// The length of each.
    pub length: Length,
    /// The month in which each ends, or the number of its week; 0 for years.
    pub place: u32,
}

impl PeriodKey {
    /// The period of this length that ends on `end`.
    pub fn new(end: NaiveDate, length: Length) -> PeriodKey {
        PeriodKey { end: days(end), length }
    }

    /// The period of this length that ends `end` days after 1 January 1970.
    pub fn on(end: i32, length: Length) -> PeriodKey {
        PeriodKey { end, length }
    }

    /// Its last day.
    pub fn end(self) -> NaiveDate {
        day(self.end)
    }

    /// Its last day, counted from 1 January 1970.
    pub fn end_day(self) -> i32 {
        self.end
    }

    /// Its length.
    pub fn length(self) -> Length {
        self.length
    }

    /// What it has in common with the periods years before and after it.
    pub fn cadence(self) -> Cadence {
        let place = match self.length {
            Length::WEEK => self.end().iso_week().week(),
            Length::Days(_) => 0,
            length if length.is_years() => 0,
            Length::Term | Length::TwoTerms | Length::Months(_) => self.end().month(),
        };
        Cadence { length: self.length, place }
    }

    /// The same stretch of time a year before.
    pub fn a_year_before(self) -> PeriodKey {
        let end = match self.length {
            Length::WEEK => self.end().checked_sub_days(Days::new(364)),
            _ => self.end().checked_sub_months(Months::new(12)),
        };
        PeriodKey { end: end.map_or(self.end, days), ..self }
    }

    /// Whether it is the same stretch of time a year before `later`: as long, and ending a year earlier within a day;
    /// a week is a year before the week of the same number.
    pub fn is_a_year_before(self, later: PeriodKey) -> bool {
        if self.cadence() != later.cadence() {
            return false;
        }
        if self.length == Length::WEEK {
            return self.end().iso_week().year() + 1 == later.end().iso_week().year();
        }
        (self.end - later.a_year_before().end).abs() <= 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(text: &str, length: Length) -> PeriodKey {
        PeriodKey::new(text.parse().expect("a day"), length)
    }

    #[test]
    fn a_gap_is_not_a_year() {
        let year = |text: &str| key(text, Length::YEAR);
        assert!(year("2023-12-31").is_a_year_before(year("2024-12-31")));
        assert!(year("2023-02-28").is_a_year_before(year("2024-02-29")));
        assert!(!year("2022-12-31").is_a_year_before(year("2024-12-31")));
        assert!(!year("2024-12-31").is_a_year_before(year("2023-12-31")));
    }

    #[test]
    fn a_month_is_not_a_year_before_a_year() {
        assert!(!key("2023-03-31", Length::MONTH).is_a_year_before(key("2024-03-31", Length::YEAR)));
        assert!(key("2023-03-31", Length::MONTH).is_a_year_before(key("2024-03-31", Length::MONTH)));
        assert!(!key("2023-03-31", Length::Term).is_a_year_before(key("2024-03-31", Length::TwoTerms)));
    }

    #[test]
    fn a_week_is_a_year_before_the_week_of_its_number() {
        let week = |text: &str| key(text, Length::WEEK);
        // Week 29 ended on 23 July 2023 and on 21 July 2024; week 53 came in 2020 and not in 2021.
        assert!(week("2023-07-23").is_a_year_before(week("2024-07-21")));
        assert!(!week("2023-07-16").is_a_year_before(week("2024-07-21")));
        assert!(!week("2021-01-03").is_a_year_before(week("2022-01-02")));
    }

    #[test]
    fn order_is_that_of_time() {
        let mut keys = [
            key("2024-03-31", Length::YEAR),
            key("2023-12-31", Length::Term),
            key("2024-03-31", Length::MONTH),
            key("2024-03-31", Length::Term),
        ];
        keys.sort();
        let said: Vec<String> = keys.iter().map(|key| format!("{} {}", key.end(), key.length())).collect();
        assert_eq!(said, ["2023-12-31 term", "2024-03-31 term", "2024-03-31 month", "2024-03-31 year"]);
    }
}
