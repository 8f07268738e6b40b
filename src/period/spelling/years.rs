//! Years of one calendar year, of two, and of several, and the day on which each ends.

use chrono::{Datelike, Months, NaiveDate};

use super::bounds::Bounds;
use super::{Kind, Unread};
use crate::period::{Length, YearEnd};

/// The years that a period may lie in.
pub(super) const YEARS: std::ops::Range<i32> = 1900..2100;

/// Four digits as a year of our time.
pub fn four_digits(text: &str) -> Option<i32> {
    if text.len() != 4 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|year| YEARS.contains(year))
}

/// Two digits as a year of this century's first half; no other is certain.
pub(super) fn two_digits(text: &str) -> Option<i32> {
    text.parse().ok().filter(|year| text.len() == 2 && *year < 50).map(|year: i32| 2000 + year)
}

/// `202425`, `2024/25`, `2024-25`, `2024/2025` as (2024, 2025).
pub fn split_year(code: &str) -> Option<(i32, i32)> {
    let first = four_digits(code.get(..4)?)?;
    let rest = code[4..].trim_start_matches(['/', '-', '\u{2013}']);
    if !rest.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let second: i32 = match rest.len() {
        2 => (first + 1) / 100 * 100 + rest.parse::<i32>().ok()?,
        4 => rest.parse().ok()?,
        _ => return None,
    };
    (second == first + 1).then_some((first, second))
}

/// A year named by one calendar year. An academic or a financial year has two.
pub(super) fn year(year: i32, kind: Option<Kind>, ends: Option<YearEnd>) -> Result<Bounds, Unread> {
    let two = matches!(kind, Some(Kind::Academic | Kind::Financial));
    let end = match ends {
        Some(day) => day.in_year(year),
        None if two => {
            let split = |first: i32| format!("{first}/{:02}", (first + 1) % 100);
            return Err(Unread::Ambiguous(split(year - 1), split(year)));
        }
        None => NaiveDate::from_ymd_opt(year, 12, 31),
    };
    end.and_then(|end| Bounds::months_to(end, 12)).ok_or(Unread::Unknown)
}

/// The month in which a year over two calendar years begins.
pub(super) fn first_month(kind: Option<Kind>) -> u32 {
    if kind == Some(Kind::Financial) { 4 } else { 9 }
}

/// A year over two calendar years; a year end falls on the day it names within that year.
pub(super) fn split(first: i32, kind: Option<Kind>, ends: Option<YearEnd>) -> Result<Bounds, Unread> {
    if kind == Some(Kind::Calendar) {
        return Err(Unread::Impossible("a calendar year is not of two years"));
    }
    let year = || {
        let opens = NaiveDate::from_ymd_opt(first, first_month(kind), 1)?;
        let closes = opens.checked_add_months(Months::new(12))?.pred_opt()?;
        let end = match ends {
            Some(day) => [first, first + 1]
                .into_iter()
                .filter_map(|year| day.in_year(year))
                .find(|end| *end >= opens && *end <= closes)?,
            None => closes,
        };
        Some(Bounds { start: opens, end, length: Length::YEAR })
    };
    year().ok_or(Unread::Unknown)
}

/// Several years together, of which the last is the one given.
pub(super) fn several(first: Bounds, last: Bounds) -> Option<Bounds> {
    let years = u16::try_from(last.end.year() - first.end.year() + 1).ok().filter(|years| *years > 1)?;
    Some(Bounds { start: first.start, end: last.end, length: Length::Months(years.checked_mul(12)?) })
}
