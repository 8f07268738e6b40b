//! The alternative text of a chart, as far as it is about the authority: the same claims as its title, with the figures.

use super::super::{Change, Measure, NoChange, Reading};
use super::change::{self, came_from};
use super::{closed, counts, history, join, missing, notes, place, relations};
use crate::shown::sentence;
use crate::statistics::Polarity;
use crate::statistics::unusual;

/// How an alternative text opens: `Line chart. EHC plans issued within 20 weeks, percent`.
pub fn opening(kind: &str, measure: &Measure) -> String {
    format!("{kind}. {}, {}", measure.label, measure.unit.word())
}

/// Which way is good; empty without polarity.
pub fn direction(measure: &Measure) -> &'static str {
    match measure.polarity {
        Polarity::High => "A higher figure is better.",
        Polarity::Low => "A lower figure is better.",
        Polarity::None => "",
    }
}

/// The sentences about the authority: figure and change, comparators, place, trend, notes.
pub fn about(reading: &Reading) -> String {
    let Some(value) = reading.level.value() else {
        return join([missing(reading), change::fragment(reading)].into_iter().chain(notes(reading)));
    };
    let when = sentence(&reading.period.at());
    let from =
        reading.change.from().map_or_else(String::new, |(before, from)| match (&reading.change, came_from(reading)) {
            (_, Some(from)) => format!(", {from} {}", before.at()),
            (Change::Seen { .. }, None) => format!(", and {} {}", reading.measure.said(from), before.at()),
            _ => String::new(),
        });
    let (value, counts) = (reading.measure.said(value), counts(reading));
    let figure = format!("{when} it was {value} in {}{counts}{from}.", reading.who);
    let (few, place) = match (reading.level.is_doubted(), super::alone(reading)) {
        (true, _) => (super::doubted(reading), String::new()),
        (false, Some(why)) => (closed(why), String::new()),
        (false, None) => (String::new(), place(reading)),
    };
    join(
        [figure, few, unmoved(reading), relations(reading), place, unusual_words(reading)]
            .into_iter()
            .chain(history::rank_moved(reading))
            .chain(history::trend(reading))
            .chain(notes(reading)),
    )
}

/// What is said of a change that was not found: no clear change, the earlier figure, a new way of counting.
fn unmoved(reading: &Reading) -> String {
    match &reading.change {
        Change::Tested { movement, .. } | Change::Counted { movement, .. } if movement.way().is_some() => String::new(),
        Change::Seen { .. } | Change::None(NoChange::First) => String::new(),
        _ => change::fragment(reading),
    }
}

/// Whether the figure is far from what is usual among authorities of its size.
fn unusual_words(reading: &Reading) -> String {
    match reading.unusual {
        Some(unusual::Place::FarAbove) => "Unusually high among authorities.".to_owned(),
        Some(unusual::Place::FarBelow) => "Unusually low among authorities.".to_owned(),
        _ => String::new(),
    }
}
