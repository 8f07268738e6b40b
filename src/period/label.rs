//! A period's words for axes, tables and messages.

use std::fmt;

use chrono::Datelike;

use super::spelling::{four_digits, is_machine_made, split_year};
use super::{Length, Period, PeriodKey, YearEnd};

/// The label of a period as published: `202324` becomes `2023/24`; terms, weeks and months keep their identifier, and
/// what a machine wrote (`2023-09-01/P1Y`) is put into words.
pub fn label(code: &str, identifier: &str) -> String {
    let years = match split_year(code) {
        Some((first, second)) => format!("{first}/{:02}", second % 100),
        None => interval(code).unwrap_or_else(|| code.to_owned()),
    };
    let of_a_year = identifier.is_empty() || identifier.to_lowercase().ends_with("year");
    if !of_a_year && Period::parse(code, identifier, None).is_ok_and(|period| !period.length.is_years()) {
        format!("{identifier} {years}")
    } else {
        years
    }
}

/// The words for an interval as statistical systems write it; none where the text is none.
fn interval(code: &str) -> Option<String> {
    if !(code.contains('/') && is_machine_made(code)) {
        return None;
    }
    let Period { start, end, length, .. } = Period::parse(code, "", None).ok()?;
    let (first, last) = (start.format("%B %Y").to_string(), end.format("%B %Y").to_string());
    let whole_months = start.day() == 1 && end.succ_opt()?.day() == 1;
    Some(match (length, start.month()) {
        (Length::YEAR, 1) if whole_months => start.year().to_string(),
        (Length::YEAR, 4 | 9) if whole_months => format!("{}/{:02}", start.year(), end.year() % 100),
        (Length::MONTH, _) if whole_months => last,
        _ if whole_months => format!("{first} to {last}"),
        _ => format!("{} to {}", start.format("%-d %B %Y"), end.format("%-d %B %Y")),
    })
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

impl Period {
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

/// Whether `text`, written by a person in a pipeline or on the command line, means the period that is published as
/// `code` with `identifier`: by its words, its label, or as another spelling of it.
pub fn means(text: &str, (code, identifier): (&str, &str), key: PeriodKey, ends: Option<YearEnd>) -> bool {
    let text = text.trim();
    text.eq_ignore_ascii_case(code)
        || text.eq_ignore_ascii_case(&label(code, identifier))
        || Period::parse(text, "", ends).is_ok_and(|period| period.key() == key)
}

#[cfg(test)]
mod tests {
    use super::{label, years_later};

    #[test]
    fn labels_of_later_years() {
        assert_eq!(years_later("2023/24", 2), "2025/26");
        assert_eq!(years_later("1998/99", 1), "1999/00");
        assert_eq!(years_later("2024", 1), "2025");
        assert_eq!(years_later("March 2017", 3), "March 2020");
        assert_eq!(years_later("Autumn term 2023/24", 1), "Autumn term 2024/25");
        assert_eq!(years_later("week 7", 1), "week 7 and 1 years");
    }

    #[test]
    fn labels_for_axes() {
        assert_eq!(label("202324", "Academic year"), "2023/24");
        assert_eq!(label("2024", "Calendar year"), "2024");
        assert_eq!(label("202324", "Autumn term"), "Autumn term 2023/24");
        assert_eq!(label("2025", "January"), "January 2025");
        assert_eq!(label("2024", "Week 29"), "Week 29 2024");
        assert_eq!(label("2016-09-01/P1Y", ""), "2016/17");
        assert_eq!(label("2021-01-01T00:00:00/P1Y", ""), "2021");
        assert_eq!(label("2021-04-01/P3M", ""), "April 2021 to June 2021");
        assert_eq!(label("2021-07-01/2022-06-30", ""), "July 2021 to June 2022");
        assert_eq!(label("government-year/2021-2022", ""), "2021/22");
        assert_eq!(label("31/03/2024", ""), "31/03/2024");
    }
}
