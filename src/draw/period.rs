//! A period's place on the axis.

use crate::period::Length;
use chrono::Datelike;

use super::slice::Slice;
use crate::chart::data::Period;
use crate::series::When;

impl Slice<'_> {
    /// The period with its place among those of its kind: consecutive ones differ by 1.
    pub fn period(&self, when: When<'_>) -> Period {
        Period { order: self.order(when), ..self.data.spoken(when) }
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

#[cfg(test)]
mod tests {
    use super::divisor;

    #[test]
    fn the_step_between_periods_is_their_common_divisor() {
        assert_eq!([12, 24, 12].into_iter().fold(0, divisor), 12);
        assert_eq!([3, 3, 6].into_iter().fold(0, divisor), 3);
    }
}
