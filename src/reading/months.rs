//! What a run of months shows: inside its usual range, outside it, going one way, or too short to tell.

use crate::statistics::Polarity;
use crate::statistics::control_chart::{PointLabel, trend_ends, xmr_labels};

/// The latest month among those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Month {
    /// Inside the usual range.
    Usual,
    /// Outside it; whether that is good, where a direction is.
    Outside {
        /// Above the range.
        high: bool,
        /// Whether that is good.
        good: Option<bool>,
    },
    /// Seven moves one way.
    Moving {
        /// Upward.
        up: bool,
    },
    /// Seven months on one side of the average.
    Apart {
        /// Above it.
        above: bool,
    },
    /// Too few months, and how many.
    Short(usize),
}

impl Month {
    /// The fewest months that tell usual from unusual.
    pub const FEWEST: usize = 12;

    /// What the latest of `values`, oldest first and without a gap, shows.
    pub fn of(values: &[f64], polarity: Polarity) -> Month {
        if values.len() < Month::FEWEST {
            return Month::Short(values.len());
        }
        let good = |high: bool| match polarity {
            Polarity::High => Some(high),
            Polarity::Low => Some(!high),
            Polarity::None => None,
        };
        let outside = |high: bool| Month::Outside { high, good: good(high) };
        // Seven moves one way say more than that the last of them has left the range.
        match trend_ends(values).last() {
            Some(0) | None => {}
            Some(way) => return Month::Moving { up: *way > 0 },
        }
        match xmr_labels(values).last() {
            Some(PointLabel::AboveUpper | PointLabel::TwoInThreeAbove) => outside(true),
            Some(PointLabel::BelowLower | PointLabel::TwoInThreeBelow) => outside(false),
            Some(PointLabel::RunAbove) => Month::Apart { above: true },
            Some(PointLabel::RunBelow) => Month::Apart { above: false },
            Some(PointLabel::TrendUp | PointLabel::TrendDown | PointLabel::CommonCause) | None => Month::Usual,
        }
    }
}
