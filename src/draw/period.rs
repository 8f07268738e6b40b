//! A period's place on the axis, and its words on axes and in sentences.

use crate::period::Length;
use chrono::Datelike;

use super::slice::Slice;
use crate::chart::data::Period;
use crate::series::When;

impl Slice<'_> {
    /// The period with its place among those of its kind: consecutive ones differ by 1.
    pub fn period(&self, when: When<'_>) -> Period {
        let label = when.label();
        Period { order: self.order(when), prose: prose(&label), label }
    }

    /// Years count as years; weeks as weeks; anything else as steps of the months that lie between its periods.
    pub fn order(&self, when: When<'_>) -> i32 {
        if when.key.length() == Length::WEEK {
            return when.key.end_day().div_euclid(7);
        }
        let months: Vec<i32> = self.alike(when).map(month).collect();
        let step = months.windows(2).map(|pair| pair[1] - pair[0]).filter(|gap| *gap > 0).fold(0, divisor);
        // Years far apart are years still, not neighbours on the axis.
        let step = if step % 12 == 0 { 12 } else { step };
        month(when).div_euclid(step)
    }
}

/// Months since year 0 to the month in which the period ends.
fn month(when: When<'_>) -> i32 {
    let end = when.day();
    end.year() * 12 + end.month0() as i32
}

/// The greatest common divisor.
fn divisor(a: i32, b: i32) -> i32 {
    if b == 0 { a } else { divisor(b, a % b) }
}

/// `2023/24` as `2023 to 2024`; all else as it stands.
fn prose(label: &str) -> String {
    let Some((before, last)) = label.rsplit_once('/') else { return label.to_owned() };
    let (lead, first) = before.split_at(before.len().saturating_sub(4));
    match first.parse::<u16>() {
        Ok(year) if last.len() == 2 && first.len() == 4 => format!("{lead}{year} to {}", year + 1),
        _ => label.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{divisor, prose};

    #[test]
    fn years_over_two_calendar_years_are_written_out_in_prose() {
        assert_eq!(prose("2023/24"), "2023 to 2024");
        assert_eq!(prose("1999/00"), "1999 to 2000");
        assert_eq!(prose("Autumn term 2023/24"), "Autumn term 2023 to 2024");
        assert_eq!(prose("31 March 2024"), "31 March 2024");
    }

    #[test]
    fn the_step_between_periods_is_their_common_divisor() {
        assert_eq!([12, 24, 12].into_iter().fold(0, divisor), 12);
        assert_eq!([3, 3, 6].into_iter().fold(0, divisor), 3);
    }
}
