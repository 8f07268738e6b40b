//! What a run of months shows: sentences 57 to 60.

use super::super::Month;

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
