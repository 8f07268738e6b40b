//! What a run of months shows: sentences 57 to 60.

use super::super::{Month, Reading};
use super::table::Shape;
use crate::statistics::Polarity;

/// The latest month in words.
pub fn month(month: Month) -> String {
    match month {
        Month::Usual => "No unusual change.".to_owned(),
        Month::Outside { high, good } => {
            let size = if high { "high" } else { "low" };
            let good = match good {
                Some(true) => ": better",
                Some(false) => ": worse",
                None => "",
            };
            format!("Unusually {size}{good}.")
        }
        Month::Moving { up } => format!("{} for seven months.", if up { "Rising" } else { "Falling" }),
        Month::Apart { above } => format!("{} average for seven months.", if above { "Above" } else { "Below" }),
        Month::Short(months) => {
            format!("Too few months to tell usual from unusual ({months}; {} are needed).", Month::FEWEST)
        }
    }
}

/// The shape that stands before those words: good, bad, up or down where neither way is good, nothing unusual, or no telling.
pub fn month_shape(month: Month, polarity: Polarity) -> Shape {
    let up = match month {
        Month::Usual => return Shape::Ring,
        Month::Short(_) => return Shape::Dash,
        Month::Outside { high: up, .. } | Month::Moving { up } | Month::Apart { above: up } => up,
    };
    match (polarity, up) {
        (Polarity::High, true) | (Polarity::Low, false) => Shape::Circle,
        (Polarity::High, false) | (Polarity::Low, true) => Shape::Diamond,
        (Polarity::None, true) => Shape::Up,
        (Polarity::None, false) => Shape::Down,
    }
}

/// Whether the months show something out of the usual, and whether that is good: `Some(None)` where neither way is.
pub fn unusual(reading: &Reading) -> Option<Option<bool>> {
    match month_shape(reading.month?, reading.measure.polarity) {
        Shape::Circle => Some(Some(true)),
        Shape::Diamond => Some(Some(false)),
        Shape::Up | Shape::Down => Some(None),
        Shape::Ring | Shape::Dash => None,
    }
}

/// Whether there are months enough to tell usual from unusual.
pub fn is_tellable(reading: &Reading) -> bool {
    reading.month.is_some_and(|month| !matches!(month, Month::Short(_)))
}
