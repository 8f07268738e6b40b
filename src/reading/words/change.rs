//! What became of the figure in a year: fell, rose, no clear change, first measured, counted anew.

use super::super::{Change, NoChange, Reading, Way};
use super::closed;
use crate::shown::{number, sentence};
use crate::value::Status;

/// `rose`, `fell`.
pub(super) fn verb(way: Way) -> &'static str {
    match way {
        Way::Up => "rose",
        Way::Down => "fell",
    }
}

/// `up`, `down`.
fn adverb(way: Way) -> &'static str {
    match way {
        Way::Up => "up",
        Way::Down => "down",
    }
}

/// `down from 35%`, where the change was tested or counted.
pub(super) fn came_from(reading: &Reading) -> Option<String> {
    let way = reading.change.movement()?.way()?;
    let (_, from) = reading.change.from()?;
    let (from, _) = reading.measure.apart(from, reading.level.value()?);
    Some(format!("{} from {from}", adverb(way)))
}

/// `No clear change in a year.`, where the test says so.
pub(super) fn unclear(reading: &Reading) -> String {
    match &reading.change {
        Change::Tested { movement, .. } if movement.way().is_none() => "No clear change in a year.".to_owned(),
        _ => String::new(),
    }
}

/// The change beside a figure that was just told: sentences 22, 24, 26, 27, 29.
pub fn fragment(reading: &Reading) -> String {
    let measure = &reading.measure;
    match (&reading.change, reading.change.movement().and_then(|movement| movement.way())) {
        (Change::Tested { before, .. } | Change::Counted { before, .. }, Some(_)) => {
            closed(&format!("{} {}", came_from(reading).unwrap_or_default(), before.at()))
        }
        (Change::Tested { before, from, to, .. }, None) => {
            let (from, to) = (measure.shown(*from), measure.shown(*to));
            format!("No clear change in a year ({from} {}, {to} {}).", before.at(), reading.period.at())
        }
        (Change::Counted { before, .. }, None) => format!("The same as {}.", before.at()),
        (Change::Seen { before, from, .. }, _) => closed(&format!("{} {}", measure.said(*from), before.at())),
        (Change::None(why), _) => no_change(reading, why),
    }
}

fn no_change(reading: &Reading, why: &NoChange) -> String {
    match why {
        NoChange::First => format!("First measured {}, so there is no trend yet.", reading.period.at()),
        NoChange::Break { last: Some(last), .. } => {
            let last = &last.prose;
            format!("Counting changed {}, so this cannot be compared with {last}.", reading.period.at())
        }
        NoChange::Break { last: None, .. } => format!("Counting changed {}.", reading.period.at()),
        NoChange::Gap { last, from, to } => {
            let gap = match (from, to) {
                // A school year has a `to` of its own.
                (Some(from), Some(to)) if from != to && from.prose.contains(" to ") => {
                    format!("No figure from {} until {}. ", from.prose, to.prose)
                }
                (Some(from), Some(to)) if from != to => format!("No figure for {} to {}. ", from.prose, to.prose),
                (Some(only), _) => format!("No figure for {}. ", only.prose),
                _ => String::new(),
            };
            match last {
                Some((when, value)) => {
                    let value = reading.measure.shown(*value);
                    format!("{gap}The last before that was {value}, {}.", when.at())
                }
                None => gap.trim_end().to_owned(),
            }
        }
        NoChange::NoFigure { last: Some((when, value)) } => {
            closed(&format!("The last before that was {}, {}", reading.measure.shown(*value), when.at()))
        }
        NoChange::Doubted { before: Some((before, why)) } => {
            let figure = match why {
                Status::BackCast => format!("The figure of {} is back-cast", before.prose),
                Status::Residual => format!("The figure of {} is only a remainder", before.prose),
                _ => format!("A check doubts the figure of {}", before.prose),
            };
            format!("{figure}, so the change is not told.")
        }
        NoChange::NoFigure { last: None } | NoChange::Few | NoChange::Doubted { before: None } => String::new(),
    }
}

/// The change as a sentence of its own, where it was tested: `Requests undecided at year end fell from 13% to 8%.`
pub fn change(reading: &Reading) -> Option<String> {
    let Change::Tested { from, to, movement, .. } = &reading.change else { return None };
    let (from, to) = reading.measure.apart(*from, *to);
    Some(closed(&format!("{} {} from {from} to {to}", reading.measure.heading(), verb(movement.way()?))))
}

/// A count with what became of it: `4,064 in January 2025, up 12% in a year (England: up 11%).`
pub(super) fn count_of(reading: &Reading) -> Option<String> {
    let figure = format!("{} {}", reading.measure.said(reading.level.value()?), reading.period.at());
    let Change::Counted { percent: Some(percent), .. } = &reading.change else { return Some(closed(&figure)) };
    let england = reading.england().and_then(|england| england.moved);
    let england = england.map_or_else(String::new, |moved| format!(" (England: {})", by_or_level(moved)));
    Some(closed(&format!("{figure}, {} in a year{england}", by_or_level(*percent))))
}

/// The change of an amount: `Requests rose from 748 to 940, up 26% (England: up 12%).`
pub fn counted(reading: &Reading) -> Option<String> {
    let Change::Counted { from, to, percent, movement, .. } = &reading.change else { return None };
    let way = movement.way()?;
    let (from, to) = reading.measure.apart(*from, *to);
    let by = percent.map_or_else(String::new, |percent| format!(", {}", by(percent)));
    let england = reading.england().and_then(|england| england.moved);
    let england = england
        .filter(|_| percent.is_some())
        .map_or_else(String::new, |moved| format!(" (England: {})", by_or_level(moved)));
    Some(closed(&format!("{} {} from {from} to {to}{by}{england}", reading.measure.heading(), verb(way))))
}

/// `up 26%`, `down 4%`, `up by under 1%`.
fn by(percent: f64) -> String {
    let way = if percent < 0.0 { "down" } else { "up" };
    match number(percent.abs(), 0).as_str() {
        "0" => format!("{way} by under 1%"),
        size => format!("{way} {size}%"),
    }
}

fn by_or_level(percent: f64) -> String {
    if percent.abs() < f64::EPSILON { "no change".to_owned() } else { by(percent) }
}

/// The percentage by which an amount changed, as a table has it: `Up 12%`.
pub(super) fn percentage(percent: f64) -> String {
    sentence(&by(percent))
}

/// Two changes or more that follow each other: `Fell for a second year, to 27%.`
pub fn run(reading: &Reading) -> Option<String> {
    let run = reading.history.run.as_ref()?;
    Some(closed(&format!("{}, to {}", running(reading)?, reading.measure.shown(run.to.1))))
}

/// `fell for a second year`.
pub(super) fn running(reading: &Reading) -> Option<String> {
    let run = reading.history.run.as_ref()?;
    let nth = match run.changes {
        2 => "second".to_owned(),
        3 => "third".to_owned(),
        4 => "fourth".to_owned(),
        5 => "fifth".to_owned(),
        more => crate::shown::ordinal(more),
    };
    Some(format!("{} for a {nth} year", verb(run.movement.way()?)))
}
