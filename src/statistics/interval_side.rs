//! Which side of a point an interval lies on: the result of a test, before any polarity makes it good or bad.
//!
//! In: an interval and what it is held against. Out: above, within or below. Touching a limit counts as within.

use super::{Interval, Polarity};

/// The result of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum IntervalSide {
    /// The whole interval lies above.
    Above,
    /// The point lies inside, or on a limit.
    Within,
    /// The whole interval lies below.
    Below,
}

impl IntervalSide {
    /// Where `interval` lies against `point`; none where either is not a number.
    pub fn of(interval: Interval, point: f64) -> Option<IntervalSide> {
        let there = !(interval.lower.is_nan() || interval.upper.is_nan() || point.is_nan());
        there.then_some(match (interval.lower > point, interval.upper < point) {
            (true, _) => IntervalSide::Above,
            (_, true) => IntervalSide::Below,
            _ => IntervalSide::Within,
        })
    }

    /// Whether that is good, where it is beyond chance and a direction is.
    pub fn is_good(self, polarity: Polarity) -> Option<bool> {
        match (self, polarity) {
            (IntervalSide::Within, _) | (_, Polarity::None) => None,
            (IntervalSide::Above, Polarity::High) | (IntervalSide::Below, Polarity::Low) => Some(true),
            (IntervalSide::Above, Polarity::Low) | (IntervalSide::Below, Polarity::High) => Some(false),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn touching_is_within_and_what_is_no_number_is_no_test() {
        let interval = Interval { lower: 40.0, upper: 50.0 };
        assert_eq!(IntervalSide::of(interval, 39.9), Some(IntervalSide::Above));
        assert_eq!(IntervalSide::of(interval, 40.0), Some(IntervalSide::Within));
        assert_eq!(IntervalSide::of(interval, 50.1), Some(IntervalSide::Below));
        assert_eq!(IntervalSide::of(interval, f64::NAN), None);
        assert_eq!(IntervalSide::Below.is_good(Polarity::Low), Some(true));
        assert_eq!(IntervalSide::Within.is_good(Polarity::High), None);
        assert_eq!(IntervalSide::Above.is_good(Polarity::None), None);
    }
}
