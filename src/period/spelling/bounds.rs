//! First day, last day and length of a period, and the parts of a year that have them.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::period::Length;

/// First day, last day and length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub start: NaiveDate,
    pub end: NaiveDate,
    pub length: Length,
}

impl Bounds {
    /// A position as at a day.
    pub fn at(day: NaiveDate) -> Bounds {
        Bounds { start: day, end: day, length: Length::YEAR }
    }

    /// So many months from the first day of a month on.
    pub fn months(start: NaiveDate, months: u16) -> Option<Bounds> {
        let end = start.checked_add_months(Months::new(u32::from(months)))?.pred_opt()?;
        Some(Bounds { start, end, length: Length::Months(months) })
    }

    /// So many months that end on a day.
    pub fn months_to(end: NaiveDate, months: u16) -> Option<Bounds> {
        let start = end.succ_opt()?.checked_sub_months(Months::new(u32::from(months)))?;
        Some(Bounds { start, end, length: Length::Months(months) })
    }

    /// One calendar month.
    pub fn month(year: i32, month: u32) -> Option<Bounds> {
        Bounds::months(NaiveDate::from_ymd_opt(year, month, 1)?, 1)
    }

    /// So many days from a day on.
    pub fn days(start: NaiveDate, days: u16) -> Option<Bounds> {
        let end = start.checked_add_days(Days::new(u64::from(days).checked_sub(1)?))?;
        Some(Bounds { start, end, length: Length::Days(days) })
    }

    /// From one day to another, both in it: whole months where it is made of them, else days.
    pub fn between(start: NaiveDate, end: NaiveDate) -> Option<Bounds> {
        let after = end.succ_opt()?;
        let count = (after.year() - start.year()) * 12 + after.month() as i32 - start.month() as i32;
        let months = u16::try_from(count).ok().filter(|months| *months > 0);
        if let Some(months) = months.filter(|_| after.day() == start.day()) {
            return Some(Bounds { start, end, length: Length::Months(months) });
        }
        let days = u16::try_from((after - start).num_days()).ok().filter(|days| *days > 1)?;
        Some(Bounds { start, end, length: Length::Days(days) })
    }

    /// A week of a year, Monday to Sunday, by its number in ISO 8601.
    pub fn week(year: i32, week: u32) -> Option<Bounds> {
        Bounds::days(NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon)?, 7)
    }

    /// A term: 1 autumn, 2 spring, 3 summer, 4 autumn and spring. They end on 31 December, 31 March and 31 August.
    pub fn term(first: i32, term: u8) -> Option<Bounds> {
        let day = NaiveDate::from_ymd_opt;
        let second = first + 1;
        let (start, end) = match term {
            1 => (day(first, 9, 1)?, day(first, 12, 31)?),
            2 => (day(second, 1, 1)?, day(second, 3, 31)?),
            3 => (day(second, 4, 1)?, day(second, 8, 31)?),
            _ => (day(first, 9, 1)?, day(second, 3, 31)?),
        };
        Some(Bounds { start, end, length: if term == 4 { Length::TwoTerms } else { Length::Term } })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_months_are_told_from_days() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        for (start, end, length) in [
            ("2023-04-01", "2024-03-31", Length::YEAR),
            ("2024-02-01", "2024-02-29", Length::MONTH),
            ("2023-09-16", "2023-12-15", Length::QUARTER),
            ("2021-01-01", "2023-12-31", Length::Months(36)),
            ("2024-07-15", "2024-07-21", Length::WEEK),
            ("2024-01-10", "2024-02-12", Length::Days(34)),
        ] {
            let found = Bounds::between(day(start), day(end)).map(|bounds| bounds.length);
            assert_eq!(found, Some(length), "{start} to {end}");
        }
        assert_eq!(Bounds::between(day("2024-03-31"), day("2024-03-01")), None);
    }
}
