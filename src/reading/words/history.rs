//! Several years in words: the trend of five, a turn, a rank that moved.

use super::super::{Change, Moved, Movement, NoTrend, Place, Reading, Way};
use super::closed;
use crate::shown::ordinal;

/// What a trend is called: `improving over five years`; none where it is none.
pub(super) fn course(movement: Movement) -> Option<&'static str> {
    match movement.moved() {
        Moved::Improved => Some("improving over five years"),
        Moved::Worsened => Some("getting worse over five years"),
        Moved::Rose => Some("rising over five years"),
        Moved::Fell => Some("falling over five years"),
        Moved::Unclear | Moved::Level => None,
    }
}

/// Sentences 31 and 32; none where the years do not make a trend.
pub fn trend(reading: &Reading) -> Option<String> {
    match reading.history.trend {
        Ok(movement) => Some(
            course(movement).map_or_else(|| "Up and down over five years, with no clear direction.".to_owned(), closed),
        ),
        Err(NoTrend::Short | NoTrend::NotTested) => None,
    }
}

/// A turn: `98% in 2018, 80% in 2020, 27% in 2021. Counting changed in 2022; since then 4% to 6%.`
pub fn turn(reading: &Reading) -> Option<String> {
    let turn = reading.history.turn.as_ref()?;
    let measure = &reading.measure;
    let path: Vec<String> =
        turn.path.iter().map(|(when, value)| format!("{} {}", measure.shown(*value), when.at())).collect();
    let since = turn.since.as_ref().map_or_else(String::new, |(when, low, high)| {
        let (low, high) = (measure.shown(*low), measure.shown(*high));
        let range = if low == high { low } else { format!("{low} to {high}") };
        format!(" Counting changed {}; since then {range}.", when.at())
    });
    Some(format!("{}{since}", closed(&path.join(", "))))
}

/// The turn as a sentence in bold: `The fall came after 2018.`
pub fn turning(reading: &Reading) -> Option<String> {
    let turn = reading.history.turn.as_ref()?;
    let course = if turn.way()? == Way::Up { "rise" } else { "fall" };
    Some(format!("The {course} came after {}.", turn.path.first()?.0.prose))
}

/// A rank that left its range though the figure shows no clear change: sentence 33.
pub fn rank_moved(reading: &Reading) -> Option<String> {
    let Place::Ranked(ranked) = &reading.place else { return None };
    let Change::Tested { movement, .. } = &reading.change else { return None };
    let (before, (first, last)) = (ranked.before()?, ranked.range()?);
    if movement.way().is_some() || (first..=last).contains(&before) {
        return None;
    }
    let verb = if ranked.rank() > before { "fell" } else { "rose" };
    let (from, to) = (ordinal(before), ordinal(ranked.rank()));
    Some(format!("It {verb} from {from} to {to} as others moved; its own figure shows no clear change."))
}
