//! Days as exports, people and spreadsheets write them, and what lies between two of them.

use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use crate::period::month_number;

/// The day that `text` writes: `2024-09-28`, `2024-Sep-28 00:00:00`, `28/09/2024`, `28 September 2024`, a spreadsheet's
/// number of it.
pub(super) fn read(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return serial(text);
    }
    let text = without_time(text);
    let parts: Vec<&str> = text.split(['-', '/', '.', ' ']).filter(|part| !part.is_empty()).collect();
    let [first, second, third] = parts.as_slice() else { return None };
    let month = number(second, 2).or_else(|| month_number(second))?;
    match (first.len(), third.len()) {
        (4, 1 | 2) => NaiveDate::from_ymd_opt(year(first)?, month, number(third, 2)?),
        (1 | 2, 4) => NaiveDate::from_ymd_opt(year(third)?, month, number(first, 2)?),
        _ => None,
    }
}

/// What stands before the time of day.
fn without_time(text: &str) -> &str {
    let Some(colon) = text.find(':') else { return text.trim_end_matches(['Z', 'z']) };
    let before = text[..colon].trim_end_matches(|c: char| c.is_ascii_digit());
    before.trim_end_matches(['T', 't', ' '])
}

fn number(text: &str, most: usize) -> Option<u32> {
    text.parse().ok().filter(|_| text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit()))
}

fn year(text: &str) -> Option<i32> {
    number(text, 4).and_then(|year| i32::try_from(year).ok()).filter(|year| (1800..2200).contains(year))
}

/// The day that a spreadsheet keeps as this number: from 1905 to 2119, so that years are none.
fn serial(text: &str) -> Option<NaiveDate> {
    let whole = text.strip_suffix(".0").unwrap_or(text);
    let days: u64 = whole.parse().ok().filter(|days| (2_000..80_000).contains(days))?;
    // A year by itself is no day.
    (whole.len() == 5).then(|| NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(days))).flatten()
}

/// The bank holidays of England, in order.
pub(super) fn bank_holidays() -> &'static [NaiveDate] {
    static DAYS: LazyLock<Vec<NaiveDate>> = LazyLock::new(|| {
        let lines = include_str!("../../../data/reference/bank_holidays.csv").lines().skip(1);
        lines.filter_map(|line| line.split(',').next()?.parse().ok()).collect()
    });
    &DAYS
}

/// Full years from `from` to `to` by month and day; below 0 backward.
pub(super) fn full_years(from: NaiveDate, to: NaiveDate) -> i32 {
    let before_birthday = (to.month(), to.day()) < (from.month(), from.day());
    to.year() - from.year() - i32::from(before_birthday)
}

/// Working days after `from` up to `to`; below 0 backward. `closed` are the bank holidays, in order.
pub(super) fn working_days(from: NaiveDate, to: NaiveDate, closed: &[NaiveDate]) -> i64 {
    if to < from {
        return -working_days(to, from, closed);
    }
    let between = (to - from).num_days();
    let (weeks, rest) = (between / 7, between % 7);
    let is_working = |day: NaiveDate| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let rest = (0..rest).filter(|&back| is_working(to - chrono::Duration::days(back))).count() as i64;
    let closed = closed.iter().filter(|&&day| from < day && day <= to && is_working(day)).count() as i64;
    weeks * 5 + rest - closed
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::{full_years, read, working_days};

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).expect("a day")
    }

    #[test]
    fn a_day_is_read_in_every_spelling() {
        for text in [
            "2024-09-03",
            "2024-Sep-03 00:00:00",
            "2024-sep-03",
            "03/09/2024",
            "3/9/2024",
            "03/09/2024 00:00",
            "3 September 2024",
            "03-Sep-2024",
            "2024-09-03T00:00:00",
            " 2024-09-03 00:00:00 ",
            "45538",
            "45538.0",
        ] {
            assert_eq!(read(text), Some(day(2024, 9, 3)), "{text}");
        }
        for text in
            ["2024-Feb-30 00:00:00", "31/02/2024", "2024", "soon", "", "13/13/2024", "12345678", "2024-09", "1/2/24"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn who_is_born_on_a_leap_day_is_a_year_older_on_the_first_of_march() {
        let born = day(2016, 2, 29);
        assert_eq!(full_years(born, day(2024, 2, 28)), 7);
        assert_eq!(full_years(born, day(2024, 2, 29)), 8);
        assert_eq!(full_years(born, day(2023, 2, 28)), 6);
        assert_eq!(full_years(born, day(2023, 3, 1)), 7);
    }

    #[test]
    fn working_days_leave_out_weekends_and_bank_holidays() {
        let easter = [day(2024, 3, 29), day(2024, 4, 1)];
        // From Thursday before Easter to the Tuesday after: Friday and Monday are bank holidays.
        assert_eq!(working_days(day(2024, 3, 28), day(2024, 4, 2), &easter), 1);
        assert_eq!(working_days(day(2024, 3, 28), day(2024, 4, 2), &[]), 3);
        assert_eq!(working_days(day(2024, 1, 1), day(2024, 1, 31), &[]), 22);
        assert_eq!(working_days(day(2024, 1, 6), day(2024, 1, 7), &[]), 0);
    }
}
