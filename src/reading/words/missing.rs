//! A figure that is not there, that is none, or that rests on too few cases.

use super::super::{Level, Missing, Reading};
use crate::shown::{number, small};

/// Why there is no figure, as a sentence: 38 to 42; empty where there is one.
pub fn missing(reading: &Reading) -> String {
    let Level::Missing(why) = reading.level else { return String::new() };
    let (who, when) = (&reading.who, reading.period.at());
    match why {
        Missing::Hidden | Missing::Suppressed => {
            "Not shown by the publisher, to protect children who could be identified.".to_owned()
        }
        Missing::Guarded => "Not shown, so that a hidden figure cannot be worked out.".to_owned(),
        Missing::Withheld => "Withheld by the Department while it is checked.".to_owned(),
        Missing::Unpublished | Missing::Absent => format!("No figure was published for {who} {when}."),
        Missing::Low => "More than none, but published as a mark because it rounds to none.".to_owned(),
        Missing::Doubted => "Published, and not judged until somebody confirms it: a check doubts it.".to_owned(),
        Missing::BackCast => format!("Published for {who} as it is now and not judged: it was not open {when}."),
        Missing::Residual => {
            format!("Published and not judged: only what is left of {who} {when}, beside its successors.")
        }
        Missing::Unreliable => "Not shown by the publisher: too unreliable.".to_owned(),
        Missing::NotApplicable if reading.measure.phrases.never.is_empty() => "Does not apply.".to_owned(),
        Missing::NotApplicable => format!("Does not apply: {}.", reading.measure.phrases.never),
        Missing::NotOpen => format!("{who} was not open {when}."),
        Missing::NotLoaded => "Not loaded.".to_owned(),
    }
}

/// `2 of 7 requests: too few to compare.`; empty where there are enough.
pub fn few(reading: &Reading) -> String {
    let Level::Few(amount) = reading.level else { return String::new() };
    let Some((top, bottom)) = amount.counts else { return String::new() };
    format!("{} of {}{}: too few to compare.", number(top, 0), number(bottom, 0), whole(reading))
}

/// `None of 355 plans.`; empty where the figure is not exactly none.
pub fn none(reading: &Reading) -> String {
    let Level::Zero(amount) = reading.level else { return String::new() };
    let Some((_, bottom)) = amount.counts else { return "None.".to_owned() };
    format!("{} of {}{}.", crate::shown::sentence(&small(0)), number(bottom, 0), whole(reading))
}

fn whole(reading: &Reading) -> String {
    if reading.measure.whole.is_empty() { String::new() } else { format!(" {}", reading.measure.whole) }
}
