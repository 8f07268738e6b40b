//! `2024`, `202425`, "2023/24", "January 2025", "31 March 2024" to one ordered type with a first and a last day.
//!
//! A period is what the publisher writes together with its identifier ("Academic year", "Reporting year",
//! "Autumn term"); the pipeline says on which day of the year its periods end, because a return counted on
//! 31 March and one that runs to 31 December can both print `2024`.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::Deserialize;

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
    fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
            .or_else(|| NaiveDate::from_ymd_opt(year, self.month, self.day.saturating_sub(1)))
    }
}

/// The kinds of year that publishers name.
pub const IDENTIFIERS: [&str; 5] = ["Academic year", "Calendar year", "Financial year", "Reporting year", "Tax year"];

/// The months.
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

/// Whether `word` names a kind of period: a kind of year, a quarter of one, a term, a month or a week.
pub fn is_identifier(word: &str) -> bool {
    let kind = word.trim().to_lowercase();
    let year = |text: &str| IDENTIFIERS.iter().any(|known| known.eq_ignore_ascii_case(text));
    let before = kind.rsplit_once(' ').map_or("", |(before, _)| before);
    year(&kind)
        || quarter(&kind).is_some() && (kind.starts_with("quarter") || before.is_empty() || year(before))
        || term(&kind).is_some()
        || month_number(&kind).is_some()
        || kind.strip_prefix("week").is_some_and(|number| number.trim().parse::<u32>().is_ok())
}

/// What kind of span a period is; decides its days, its label and how long a step to the previous one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Span {
    /// One year, named by one calendar year.
    Year,
    /// One year over two calendar years (academic or financial), named `2023/24`.
    SplitYear,
    /// A term of an academic year: 1 autumn, 2 spring, 3 summer, 4 autumn and spring together.
    Term(u8),
    /// A quarter of a year, 1 to 4.
    Quarter(u8),
    /// A calendar month.
    Month,
    /// A week.
    Week,
    /// A day: a position as at a date.
    Day,
}

/// One period of one return.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// As the publisher writes it.
    pub code: String,
    /// The publisher's identifier, such as "Academic year"; empty where there is none.
    pub identifier: String,
    /// First day.
    pub start: NaiveDate,
    /// Last day; an authority exists in the period if it was open on it.
    pub end: NaiveDate,
    /// The kind of span.
    pub span: Span,
}

impl Period {
    /// Reads a period. `ends` is the pipeline's year end, which overrides the identifier's own.
    ///
    /// Errors are the words for a message: what was found and what is understood.
    pub fn read(code: &str, identifier: &str, ends: Option<YearEnd>) -> Result<Period, String> {
        let code = code.trim();
        let identifier = identifier.trim();
        let kind = identifier.to_lowercase();
        let bounds = if let Some((first, second)) = split_year(code) {
            split_bounds(first, second, &kind, ends)
        } else if let Some(year) = four_digits(code) {
            year_bounds(year, &kind, ends)
        } else {
            written_bounds(code).or_else(|| written_term(code))
        };
        let (start, end, span) = bounds.ok_or_else(|| {
            let with = if identifier.is_empty() { String::new() } else { format!(" with identifier `{identifier}`") };
            format!("`{code}`{with} is not a period; understood are `2024`, `202425`, `2024/25`, `Autumn term 2024/25`, `March 2024` and `31 March 2024`")
        })?;
        Ok(Period { code: code.to_owned(), identifier: identifier.to_owned(), start, end, span })
    }

    /// The period as a reader of a chart or table sees it: `2023/24`, `2024`, `March 2024`, `Autumn term 2023/24`.
    pub fn label(&self) -> String {
        label(&self.code, &self.identifier)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.label())
    }
}

/// The label of a period as published: `202324` becomes `2023/24`; terms, weeks and months keep their identifier.
pub fn label(code: &str, identifier: &str) -> String {
    let years = match split_year(code) {
        Some((first, second)) => format!("{first}/{:02}", second % 100),
        None => code.to_owned(),
    };
    let kind = identifier.to_lowercase();
    if kind.contains("term") || kind.starts_with("week") || quarter(&kind).is_some() || month_number(&kind).is_some() {
        format!("{identifier} {years}")
    } else {
        years
    }
}

/// The label of the same period `years` later: `2023/24` and 2 make `2025/26`, `March 2017` and 1 make `March 2018`.
pub fn years_later(label: &str, years: i32) -> String {
    let (before, last) = label.rsplit_once(' ').map_or(("", label), |(before, last)| (before, last));
    let later = match (split_year(last), four_digits(last)) {
        (Some((first, second)), _) => format!("{}/{:02}", first + years, (second + years) % 100),
        (None, Some(year)) => (year + years).to_string(),
        (None, None) => return format!("{label} and {years} years"),
    };
    if before.is_empty() { later } else { format!("{before} {later}") }
}

/// What a series of periods steps by: empty for years of any kind, else the term, month or week of the identifier.
///
/// `2022` (Calendar year) and `202122` (Academic year) with one end are one period under two codes, so identifiers
/// that name a year make no difference.
pub fn cadence(identifier: &str) -> String {
    let kind = identifier.trim().to_lowercase();
    if kind.ends_with("year") { String::new() } else { kind }
}

/// The day that is `days` after 1 January 1970, or before it.
pub fn day(days: i32) -> NaiveDate {
    let epoch = NaiveDate::default();
    let size = Days::new(u64::from(days.unsigned_abs()));
    if days < 0 { epoch.checked_sub_days(size) } else { epoch.checked_add_days(size) }.unwrap_or(epoch)
}

/// The step of a series of months that say themselves what they are.
pub const MONTH: &str = "month";

/// What a series steps by, where a period without an identifier says itself what it is: a month and a term that end on
/// one day are two periods.
pub fn step(code: &str, identifier: &str) -> String {
    let told = cadence(identifier);
    if !told.is_empty() || !identifier.trim().is_empty() {
        return told;
    }
    match Period::read(code, "", None).map(|period| period.span) {
        Ok(Span::Term(_)) => "term".to_owned(),
        Ok(Span::Month) => MONTH.to_owned(),
        Ok(Span::Quarter(_)) => "quarter".to_owned(),
        Ok(Span::Week) => "week".to_owned(),
        Ok(Span::Year | Span::SplitYear | Span::Day) | Err(_) => String::new(),
    }
}

/// Whether `earlier` is the period one true step before `later`: same kind of span and one year earlier, or for
/// months, quarters and terms the same one a year earlier. Days are the ends of the two periods.
pub fn is_a_year_before(earlier_end: NaiveDate, later_end: NaiveDate) -> bool {
    later_end.checked_sub_months(Months::new(12)).is_some_and(|expected| (earlier_end - expected).num_days().abs() <= 1)
}

/// `202425`, `2024/25`, `2024-25`, `2024/2025` as (2024, 2025).
fn split_year(code: &str) -> Option<(i32, i32)> {
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

fn four_digits(text: &str) -> Option<i32> {
    if text.len() != 4 || !text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    text.parse().ok().filter(|year| (1900..2200).contains(year))
}

type Bounds = Option<(NaiveDate, NaiveDate, Span)>;

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
        return Some((start, start.checked_add_months(Months::new(3))?.pred_opt()?, Span::Quarter(quarter)));
    }
    let closes = NaiveDate::from_ymd_opt(second, first_month, 1)?.pred_opt()?;
    let end = match ends {
        Some(day) => [first, second]
            .into_iter()
            .filter_map(|year| day.in_year(year))
            .find(|end| *end >= opens && *end <= closes)?,
        None => closes,
    };
    Some((opens, end, Span::SplitYear))
}

/// Bounds of a period named by one calendar year.
fn year_bounds(year: i32, kind: &str, ends: Option<YearEnd>) -> Bounds {
    if let Some(month) = month_number(kind) {
        return month_bounds(year, month);
    }
    if let Some(week) = kind.strip_prefix("week").and_then(|rest| rest.trim().parse::<u32>().ok()) {
        let start = NaiveDate::from_isoywd_opt(year, week, chrono::Weekday::Mon)?;
        return Some((start, start.checked_add_days(Days::new(6))?, Span::Week));
    }
    if let Some(quarter) = quarter(kind) {
        let start = NaiveDate::from_ymd_opt(year, u32::from(quarter) * 3 - 2, 1)?;
        return Some((start, start.checked_add_months(Months::new(3))?.pred_opt()?, Span::Quarter(quarter)));
    }
    if ends.is_none() && (kind.contains("academic") || kind.contains("financial")) {
        return split_bounds(year, year + 1, kind, None);
    }
    let end = match ends {
        Some(day) => day.in_year(year)?,
        None => NaiveDate::from_ymd_opt(year, 12, 31)?,
    };
    Some((end.succ_opt()?.checked_sub_months(Months::new(12))?, end, Span::Year))
}

/// `March 2024`, `Mar-24`, `31 March 2024`, `31/03/2024`, `2024-03-31`.
fn written_bounds(code: &str) -> Bounds {
    if let Some(day) = read_date(code) {
        return Some((day, day, Span::Day));
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
    Some((start, start.checked_add_months(Months::new(1))?.pred_opt()?, Span::Month))
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
    Some((start, end, Span::Term(term)))
}

/// `Q1`, `Quarter 1`, `Financial year Q1`.
fn quarter(kind: &str) -> Option<u8> {
    let last = kind.rsplit(' ').next()?;
    let digits = kind.strip_prefix("quarter").or_else(|| last.strip_prefix('q'))?;
    digits.trim().parse().ok().filter(|quarter| (1..=4).contains(quarter))
}

/// A month's full or three-letter English name, in any case.
fn month_number(word: &str) -> Option<u32> {
    let word = word.trim().trim_end_matches('.').to_lowercase();
    let found = MONTHS.iter().position(|month| {
        let month = month.to_lowercase();
        month == word || (word.len() == 3 && month.starts_with(&word)) || word == "sept" && month == "september"
    })?;
    u32::try_from(found + 1).ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn labels_of_later_years() {
        let later = super::years_later;
        assert_eq!(later("2023/24", 2), "2025/26");
        assert_eq!(later("1998/99", 1), "1999/00");
        assert_eq!(later("2024", 1), "2025");
        assert_eq!(later("March 2017", 3), "March 2020");
        assert_eq!(later("Autumn term 2023/24", 1), "Autumn term 2024/25");
        assert_eq!(later("week 7", 1), "week 7 and 1 years");
    }

    use super::*;

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

    #[test]
    fn a_gap_is_not_a_year() {
        let day = |y, m, d| NaiveDate::from_ymd_opt(y, m, d).expect("a day");
        assert!(is_a_year_before(day(2023, 12, 31), day(2024, 12, 31)));
        assert!(is_a_year_before(day(2023, 2, 28), day(2024, 2, 29)));
        assert!(!is_a_year_before(day(2022, 12, 31), day(2024, 12, 31)));
    }

    #[test]
    fn labels_for_axes() {
        assert_eq!(label("202324", "Academic year"), "2023/24");
        assert_eq!(label("2024", "Calendar year"), "2024");
        assert_eq!(label("202324", "Autumn term"), "Autumn term 2023/24");
    }
}
