//! A period as it is spoken of: its place on an axis, its label, and its words in a sentence.

use crate::period::MONTHS;

/// One point in time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct When {
    /// Its place: consecutive periods differ by 1, so a gap on the axis is a gap in the numbers.
    pub order: i32,
    /// As on axes: `2023/24`.
    pub label: String,
    /// As in sentences: `2023 to 2024`.
    pub prose: String,
}

impl When {
    /// A period by its label, which a reader sees on axes.
    pub fn new(order: i32, label: &str) -> When {
        When { order, label: label.into(), prose: prose(label) }
    }

    /// A calendar year.
    pub fn year(year: i32) -> When {
        When::new(year, &year.to_string())
    }

    /// An academic or financial year by its first calendar year.
    pub fn split_year(first: i32) -> When {
        When::new(first, &format!("{first}/{:02}", (first + 1).rem_euclid(100)))
    }

    /// `in 2024`, `at 31 March 2024`: one is in a year and at a day.
    pub fn at(&self) -> String {
        format!("{} {}", if is_day(&self.prose) { "at" } else { "in" }, self.prose)
    }
}

/// `2023/24` as `2023 to 2024`; all else as it stands.
fn prose(label: &str) -> String {
    let Some((before, last)) = label.rsplit_once('/') else { return label.to_owned() };
    let Some((lead, first)) = before.len().checked_sub(4).and_then(|at| before.split_at_checked(at)) else {
        return label.to_owned();
    };
    match first.parse::<u16>() {
        Ok(year) if last.len() == 2 => format!("{lead}{year} to {}", year + 1),
        _ => label.to_owned(),
    }
}

/// From the first to the last period, as on axes; one period alone in words.
pub fn span(periods: &[When]) -> String {
    match (periods.first(), periods.last()) {
        (Some(first), Some(last)) if first.order != last.order => format!("{} to {}", first.label, last.label),
        (Some(only), _) => only.prose.clone(),
        _ => String::new(),
    }
}

/// Whether text begins with a day of a month: `31 March`.
fn is_day(text: &str) -> bool {
    let (day, month) = text.split_once([' ', '\u{a0}']).unwrap_or((text, ""));
    let digits = (1..3).contains(&day.len()) && day.bytes().all(|byte| byte.is_ascii_digit());
    digits && MONTHS.iter().any(|name| month.starts_with(&name[..3]))
}

#[cfg(test)]
mod tests {
    use super::{When, prose};

    #[test]
    fn years_over_two_calendar_years_are_written_out_in_prose() {
        assert_eq!(prose("2023/24"), "2023 to 2024");
        assert_eq!(prose("1999/00"), "1999 to 2000");
        assert_eq!(prose("Autumn term 2023/24"), "Autumn term 2023 to 2024");
        assert_eq!(prose("31 March 2024"), "31 March 2024");
        assert_eq!(prose("31/03/2024"), "31/03/2024");
    }

    #[test]
    fn one_is_in_a_year_and_at_a_day() {
        assert_eq!(When::new(0, "2023/24").at(), "in 2023 to 2024");
        assert_eq!(When::new(0, "31 March 2024").at(), "at 31 March 2024");
        assert_eq!(When::new(0, "March 2024").at(), "in March 2024");
    }
}
