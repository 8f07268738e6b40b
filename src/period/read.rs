//! The words of a cell to the first and last day and the length of a period.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::{Length, YearEnd};

/// First day, last day and length.
type Bounds = Option<(NaiveDate, NaiveDate, Length)>;

/// Reads a period from its text and its identifier, both trimmed.
pub(super) fn bounds(
    code: &str,
    identifier: &str,
    ends: Option<YearEnd>,
) -> Result<(NaiveDate, NaiveDate, Length), String> {
    let kind = identifier.to_lowercase();
    let bounds = if let Some((first, second)) = split_year(code) {
        split_bounds(first, second, &kind, ends)
    } else if let Some(year) = four_digits(code) {
        year_bounds(year, &kind, ends)
    } else {
        written_bounds(code).or_else(|| written_term(code))
    };
    bounds.ok_or_else(|| {
        let with = if identifier.is_empty() { String::new() } else { format!(" with identifier `{identifier}`") };
        format!("`{code}`{with} is not a period; understood are `2024`, `202425`, `2024/25`, `Autumn term 2024/25`, `March 2024` and `31 March 2024`")
    })
}

/// `202425`, `2024/25`, `2024-25`, `2024/2025` as (2024, 2025).
pub(super) fn split_year(code: &str) -> Option<(i32, i32)> {
    let first = four_digits(code.get(..4)?)?;
    let rest = code[4..].trim_start_matches(['/', '-', '\u{2013}']);
    if !rest.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let second: i32 = match rest.len() {
        2 => (first + 1) / 100 * 100 + rest.parse::<i32>().ok()?,
        4 => rest.parse().ok()?,
        _ => return None,
    };
    (second == first + 1).then_some((first, second))
}

pub(super) fn four_digits(text: &str) -> Option<i32> {
    if text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|year| (1900..2200).contains(year))
}

/// Bounds of a year over two calendar years; a year end falls on the day it names within that year.
fn split_bounds(first: i32, second: i32, kind: &str, ends: Option<YearEnd>) -> Bounds {
    if let Some(term) = term(kind) {
        return term_bounds(first, second, term);
    }
    if let Some(month) = month_number(kind) {
        let year = if month >= 9 { first } else { second };
        return month_bounds(year, month);
    }
    let first_month = if kind.contains("financial") || kind.contains("tax") { 4 } else { 9 };
    let opens = NaiveDate::from_ymd_opt(first, first_month, 1)?;
    if let Some(quarter) = quarter(kind) {
        let start = opens.checked_add_months(Months::new(u32::from(quarter) * 3 - 3))?;
        return Some((start, start.checked_add_months(Months::new(3))?.pred_opt()?, Length::QUARTER));
    }
    let closes = NaiveDate::from_ymd_opt(second, first_month, 1)?.pred_opt()?;
    let end = match ends {
        Some(day) => [first, second]
            .into_iter()
            .filter_map(|year| day.in_year(year))
            .find(|end| *end >= opens && *end <= closes)?,
        None => closes,
    };
    Some((opens, end, Length::YEAR))
}

/// Bounds of a period named by one calendar year.
fn year_bounds(year: i32, kind: &str, ends: Option<YearEnd>) -> Bounds {
    if let Some(month) = month_number(kind) {
        return month_bounds(year, month);
    }
    if let Some(week) = kind.strip_prefix("week").and_then(|rest| rest.trim().parse::<u32>().ok()) {
        let start = NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon)?;
        return Some((start, start.checked_add_days(Days::new(6))?, Length::WEEK));
    }
    if let Some(quarter) = quarter(kind) {
        let start = NaiveDate::from_ymd_opt(year, u32::from(quarter) * 3 - 2, 1)?;
        return Some((start, start.checked_add_months(Months::new(3))?.pred_opt()?, Length::QUARTER));
    }
    if ends.is_none() && (kind.contains("academic") || kind.contains("financial")) {
        return split_bounds(year, year + 1, kind, None);
    }
    let end = match ends {
        Some(day) => day.in_year(year)?,
        None => NaiveDate::from_ymd_opt(year, 12, 31)?,
    };
    Some((end.succ_opt()?.checked_sub_months(Months::new(12))?, end, Length::YEAR))
}

/// `March 2024`, `Mar-24`, `31 March 2024`, `31/03/2024`, `2024-03-31`.
fn written_bounds(code: &str) -> Bounds {
    if let Some(day) = read_date(code) {
        return Some((day, day, Length::YEAR));
    }
    let words: Vec<&str> = code.split([' ', '-', '/']).filter(|word| !word.is_empty()).collect();
    let [first, second] = words[..] else { return None };
    let (month, year) = match (month_number(first), month_number(second)) {
        (Some(month), _) => (month, second),
        (None, Some(month)) => (month, first),
        (None, None) => (numeric_month(second)?, first),
    };
    let year = match year.len() {
        2 => 2000 + year.parse::<i32>().ok()?,
        _ => four_digits(year)?,
    };
    month_bounds(year, month)
}

/// `Autumn term 2024/25`, `Autumn 2024/25`, `Spring term 2025`: a term named by one year lies in that calendar year.
fn written_term(code: &str) -> Bounds {
    let (words, years) = code.trim().rsplit_once(' ')?;
    let kind = words.trim().to_lowercase();
    let kind = if kind.ends_with("term") { kind } else { format!("{kind} term") };
    let term = term(&kind).filter(|_| ["autumn term", "spring term", "summer term"].contains(&kind.as_str()))?;
    let (first, second) = match (split_year(years), four_digits(years), term) {
        (Some(years), ..) => years,
        (None, Some(year), 1) => (year, year + 1),
        (None, Some(year), _) => (year - 1, year),
        (None, None, _) => return None,
    };
    term_bounds(first, second, term)
}

fn numeric_month(text: &str) -> Option<u32> {
    text.parse().ok().filter(|month| (1..=12).contains(month))
}

/// A date as publishers print it: `dd/mm/yyyy`, `yyyy-mm-dd` (a time behind it is cut), `31 March 2024`, or the
/// serial number that Excel keeps.
pub fn read_date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let day = text.split(['T', ' ']).next().filter(|head| head.len() >= 8).unwrap_or(text);
    for format in ["%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"] {
        if let Ok(date) = NaiveDate::parse_from_str(day, format) {
            return (date.year() > 1000).then_some(date);
        }
    }
    for format in ["%d %B %Y", "%d %b %Y", "%d-%b-%Y", "%d-%b-%y"] {
        if let Ok(date) = NaiveDate::parse_from_str(text, format) {
            return Some(date);
        }
    }
    let serial: f64 = text.parse().ok()?;
    // Excel's day 1 is 1 January 1900; before day 61 its calendar has a day that never was.
    let whole = serial.trunc();
    if !(61.0..80_000.0).contains(&whole) {
        return None;
    }
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(whole as u64))
}

fn month_bounds(year: i32, month: u32) -> Bounds {
    let start = NaiveDate::from_ymd_opt(year, month, 1)?;
    Some((start, start.checked_add_months(Months::new(1))?.pred_opt()?, Length::MONTH))
}

/// 1 autumn, 2 spring, 3 summer, 4 autumn and spring.
fn term(kind: &str) -> Option<u8> {
    if !kind.contains("term") {
        return None;
    }
    match (kind.contains("autumn"), kind.contains("spring"), kind.contains("summer")) {
        (true, true, _) => Some(4),
        (true, false, _) => Some(1),
        (false, true, _) => Some(2),
        (false, false, true) => Some(3),
        (false, false, false) => None,
    }
}

/// Terms end on 31 December, 31 March and 31 August.
fn term_bounds(first: i32, second: i32, term: u8) -> Bounds {
    let day = NaiveDate::from_ymd_opt;
    let (start, end) = match term {
        1 => (day(first, 9, 1)?, day(first, 12, 31)?),
        2 => (day(second, 1, 1)?, day(second, 3, 31)?),
        3 => (day(second, 4, 1)?, day(second, 8, 31)?),
        _ => (day(first, 9, 1)?, day(second, 3, 31)?),
    };
    Some((start, end, if term == 4 { Length::TwoTerms } else { Length::Term }))
}

/// `Q1`, `Quarter 1`, `Financial year Q1`.
pub(super) fn quarter(kind: &str) -> Option<u8> {
    let last = kind.rsplit(' ').next()?;
    let digits = kind.strip_prefix("quarter").or_else(|| last.strip_prefix('q'))?;
    digits.trim().parse().ok().filter(|quarter| (1..=4).contains(quarter))
}

/// A month's full or three-letter English name, in any case.
pub(super) fn month_number(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim().trim_end_matches('.').to_lowercase();
    let found = MONTHS.iter().position(|month| {
        *month == word || (word.len() == 3 && month.starts_with(&word)) || word == "sept" && *month == "september"
    })?;
    u32::try_from(found + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::period::Period;

    fn read(code: &str, identifier: &str, ends: &str) -> (String, String) {
        let ends = (!ends.is_empty()).then(|| YearEnd::try_from(ends.to_owned()).expect("a year end"));
        let period = Period::read(code, identifier, ends).expect("a period");
        (period.start.to_string(), period.end.to_string())
    }

    #[test]
    fn bounds_follow_the_identifier_and_the_pipeline() {
        for (code, identifier, ends, start, end) in [
            ("2024", "Calendar year", "", "2024-01-01", "2024-12-31"),
            ("2024", "Reporting year", "31 March", "2023-04-01", "2024-03-31"),
            ("202425", "Academic year", "", "2024-09-01", "2025-08-31"),
            ("202425", "Academic year", "31 January", "2024-09-01", "2025-01-31"),
            ("202425", "Financial year", "", "2024-04-01", "2025-03-31"),
            ("2024/25", "", "", "2024-09-01", "2025-08-31"),
            ("199900", "Academic year", "", "1999-09-01", "2000-08-31"),
            ("2025", "January", "", "2025-01-01", "2025-01-31"),
            ("202425", "Autumn term", "", "2024-09-01", "2024-12-31"),
            ("202425", "Financial year Q2", "", "2024-07-01", "2024-09-30"),
            ("2024", "Calendar year Q4", "", "2024-10-01", "2024-12-31"),
            ("2024", "Week 29", "", "2024-07-15", "2024-07-21"),
            ("31 March 2024", "", "", "2024-03-31", "2024-03-31"),
            ("Mar-24", "", "", "2024-03-01", "2024-03-31"),
            ("2024-03", "", "", "2024-03-01", "2024-03-31"),
            ("Autumn term 2024/25", "", "", "2024-09-01", "2024-12-31"),
            ("spring Term 2024-25", "", "", "2025-01-01", "2025-03-31"),
            ("Summer 202425", "", "", "2025-04-01", "2025-08-31"),
            ("Autumn term 2024", "", "", "2024-09-01", "2024-12-31"),
            ("Spring 2025", "", "", "2025-01-01", "2025-03-31"),
        ] {
            assert_eq!(read(code, identifier, ends), (start.to_owned(), end.to_owned()), "{code} {identifier} {ends}");
        }
        assert!(Period::read("202427", "Academic year", None).is_err());
        for text in
            ["latest", "Winter term 2024/25", "Autumn term", "Autumn term 2024/27", "term 2024/25", "Spring break 2025"]
        {
            assert!(Period::read(text, "", None).is_err(), "{text}");
        }
    }

    #[test]
    fn dates_as_text_as_true_dates_and_as_serials() {
        let day = NaiveDate::from_ymd_opt(2017, 3, 27);
        for text in [
            "27/03/2017",
            "2017-03-27",
            "2017-03-27T00:00:00",
            "2017-03-27 00:00:00",
            "27 March 2017",
            "42821",
            "42821.5",
        ] {
            assert_eq!(read_date(text), day, "{text}");
        }
        assert_eq!(read_date("NULL"), None);
        assert_eq!(read_date("12"), None);
    }
}
