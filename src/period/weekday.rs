//! `third Thursday of January`: a day that moves from year to year, such as that of a census.

use std::str::FromStr;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;

use super::spelling::month_number;

/// The words for which of its weekdays in the month it is.
const PLACES: [&str; 5] = ["first", "second", "third", "fourth", "last"];

/// A weekday of a month, counted from its first or its last, such as `third Thursday of January`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct WeekdayOfMonth {
    /// Its number in the month from 1; none where it is the last.
    number: Option<u8>,
    weekday: Weekday,
    month: u32,
}

impl TryFrom<String> for WeekdayOfMonth {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let read = match words.as_slice() {
            [place, weekday, of, month] if of.eq_ignore_ascii_case("of") => place_of(place)
                .zip(Weekday::from_str(weekday).ok())
                .zip(month_number(month))
                .map(|((number, weekday), month)| WeekdayOfMonth { number, weekday, month }),
            _ => None,
        };
        read.ok_or_else(|| format!("`{text}` is not a weekday of a month such as `third Thursday of January`"))
    }
}

fn place_of(word: &str) -> Option<Option<u8>> {
    let at = PLACES.iter().position(|place| place.eq_ignore_ascii_case(word))?;
    Some(u8::try_from(at + 1).ok().filter(|_| at + 1 < PLACES.len()))
}

impl WeekdayOfMonth {
    /// That day in `year`.
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        match self.number {
            Some(number) => NaiveDate::from_weekday_of_month_opt(year, self.month, self.weekday, number),
            None => [5, 4].into_iter().find_map(|number| {
                NaiveDate::from_weekday_of_month_opt(year, self.month, self.weekday, number)
                    .filter(|day| day.month() == self.month)
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::WeekdayOfMonth;

    fn read(text: &str) -> Result<WeekdayOfMonth, String> {
        WeekdayOfMonth::try_from(text.to_owned())
    }

    #[test]
    fn census_days_are_those_of_the_published_guides() {
        let day = read("third Thursday of January").expect("a day");
        for (year, known) in [
            (2023, "2023-01-19"),
            (2024, "2024-01-18"),
            (2025, "2025-01-16"),
            (2026, "2026-01-15"),
            (2027, "2027-01-21"),
        ] {
            assert_eq!(day.in_year(year).map(|day| day.to_string()).as_deref(), Some(known));
        }
        let last = read("Last friday of May").expect("a day");
        assert_eq!(
            [2024, 2025].map(|year| last.in_year(year).map(|day| day.to_string())),
            [Some("2024-05-31".to_owned()), Some("2025-05-30".to_owned())]
        );
    }

    #[test]
    fn what_names_no_weekday_of_a_month_is_refused() {
        for text in [
            "16 January",
            "third Thursday",
            "sixth Thursday of January",
            "third Thrusday of January",
            "third Thursday of Janury",
            "",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
    }
}
