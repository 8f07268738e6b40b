//! A figure that is not there, that is none, or that rests on too few cases.

use super::super::{Level, Missing, Reading};
use crate::shown::{number, small};
use crate::value::Status;

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

/// Why a number is compared with nothing, as a clause.
pub(super) fn aside(why: Status) -> &'static str {
    match why {
        Status::BackCast => "back-cast to before it opened",
        Status::Residual => "only what is left beside its successors",
        _ => "doubted by a check",
    }
}

/// That a check doubts the figure, or the authority was not open, and what follows; empty where neither is so.
pub fn doubted(reading: &Reading) -> String {
    match reading.level {
        Level::Doubted(_, Status::BackCast) => {
            format!(
                "{} was not open {}: the figure is back-cast and compared with nothing.",
                reading.who,
                reading.period.at()
            )
        }
        Level::Doubted(_, Status::Residual) => {
            format!("Only what is left of {} beside its successors: it is compared with nothing.", reading.who)
        }
        Level::Doubted(..) => {
            "A check doubts this figure: it is compared with nothing until somebody says that it is true.".to_owned()
        }
        _ => String::new(),
    }
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
