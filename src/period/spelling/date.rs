//! Months by their names, and days as they are written or as Excel counts them.

use chrono::{Days, NaiveDate};

/// The months, in their order.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A month's full or three-letter English name, or `sept`, in any case.
pub fn month_number(word: &str) -> Option<u32> {
    let word = word.trim().trim_end_matches('.').to_lowercase();
    let is = |month: &str| month == word || (word.len() == 3 && month.starts_with(&word));
    let found = MONTHS
        .iter()
        .map(|month| month.to_ascii_lowercase())
        .position(|month| is(&month) || (word == "sept" && month == "september"))?;
    u32::try_from(found + 1).ok()
}

/// The day that Excel keeps as this number; only such as lie from 1980 to 2100, for other numbers are slips of a year.
pub(super) fn serial(number: &str) -> Option<NaiveDate> {
    let days: u64 = number.parse().ok().filter(|_| number.len() == 5)?;
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))?;
    let from = NaiveDate::from_ymd_opt(1980, 1, 1)?;
    let until = NaiveDate::from_ymd_opt(2100, 1, 1)?;
    (from..until).contains(&day).then_some(day)
}

/// The day of these three numbers.
pub(super) fn day(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::{month_number, serial};

    #[test]
    fn months_by_name() {
        for (word, month) in [("January", 1), ("sept", 9), ("Sep.", 9), ("DEC", 12), ("may", 5)] {
            assert_eq!(month_number(word), Some(month), "{word}");
        }
        for word in ["ma", "marc", "term", ""] {
            assert_eq!(month_number(word), None, "{word}");
        }
    }

    #[test]
    fn serials_of_our_time_only() {
        assert_eq!(serial("45382").map(|day| day.to_string()).as_deref(), Some("2024-03-31"));
        for number in ["12024", "1024", "99999", "20245", "454"] {
            assert_eq!(serial(number), None, "{number}");
        }
    }
}
