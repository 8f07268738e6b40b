//! A period's words for axes, tables and messages.

use super::read::{four_digits, month_number, quarter, split_year};

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
    }
}
