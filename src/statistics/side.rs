//! Which side of a point an interval lies on: the result of a test, before any polarity makes it good or bad.
//!
//! In: an interval and what it is held against. Out: above, within or below. Touching a limit counts as within.

use super::{Interval, Polarity};

/// The result of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The whole interval lies above.
    Above,
    /// The point lies inside, or on a limit.
    Within,
    /// The whole interval lies below.
    Below,
}

impl Side {
    /// Where `interval` lies against `point`; none where either is not a number.
    pub fn of(interval: Interval, point: f64) -> Option<Side> {
        let there = !(interval.lower.is_nan() || interval.upper.is_nan() || point.is_nan());
        there.then_some(match (interval.lower > point, interval.upper < point) {
            (true, _) => Side::Above,
            (_, true) => Side::Below,
            _ => Side::Within,
        })
    }

    /// Whether that is good, where it is beyond chance and a direction is.
    pub fn is_good(self, polarity: Polarity) -> Option<bool> {
        match (self, polarity) {
            (Side::Within, _) | (_, Polarity::None) => None,
            (Side::Above, Polarity::High) | (Side::Below, Polarity::Low) => Some(true),
            (Side::Above, Polarity::Low) | (Side::Below, Polarity::High) => Some(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_is_within_and_what_is_no_number_is_no_test() {
        let interval = Interval { lower: 40.0, upper: 50.0 };
        assert_eq!(Side::of(interval, 39.9), Some(Side::Above));
        assert_eq!(Side::of(interval, 40.0), Some(Side::Within));
        assert_eq!(Side::of(interval, 50.1), Some(Side::Below));
        assert_eq!(Side::of(interval, f64::NAN), None);
        assert_eq!(Side::Below.is_good(Polarity::Low), Some(true));
        assert_eq!(Side::Within.is_good(Polarity::High), None);
        assert_eq!(Side::Above.is_good(Polarity::None), None);
    }
}
