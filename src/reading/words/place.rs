//! A place among authorities: as sure as its range, and no surer.

use super::super::{Level, Place, Ranked, Reading, Sure, Unranked};
use super::closed;
use crate::shown::{number, ordinal, small};

/// `118th of 151 (103 to 127)`, as a table and a title have it; empty where there is no rank.
pub fn short_place(reading: &Reading) -> String {
    let Some(ranked) = reading.place.ranked() else { return String::new() };
    let joint = if ranked.joint() > 0 { "joint " } else { "" };
    let range = ranked.range().filter(|(first, last)| first != last);
    let range = range.map_or_else(String::new, |(first, last)| format!(" ({first} to {last})"));
    format!("{joint}{} of {}{range}", nth(ranked), ranked.of())
}

/// Sentences 15 to 21; empty where there is nothing to say of a place.
pub fn place(reading: &Reading) -> String {
    match &reading.place {
        Place::Ranked(ranked) => ranked_place(reading, ranked),
        Place::Unranked(Unranked::Few) => {
            format!("Too few cases to rank ({}).", cases(reading, reading.level.few().unwrap_or_default()))
        }
        Place::Unranked(_) => String::new(),
    }
}

/// How many of what the denominator counts, or of cases: `16 requests`, `1 case`.
fn cases(reading: &Reading, of: f64) -> String {
    let (whole, of) = (&reading.measure.whole, number(of, 0));
    let noun = match (of.as_str(), whole.as_str()) {
        ("1", _) => "case",
        (_, "") => "cases",
        (_, many) => many,
    };
    format!("{of} {noun}")
}

/// A place as a title has it, no surer than it is: `in the lowest quarter`, `131st of 148 (97 to 140)`; empty where it
/// cannot be told.
pub(super) fn title_place(reading: &Reading) -> String {
    let Some(ranked) = reading.place.ranked() else { return String::new() };
    match ranked.sure() {
        _ if ranked.joint() > 0 => short_place(reading),
        Sure::End { places: 1, first } => format!("{} of {}", end(ranked, first), ranked.of()),
        Sure::End { places, first } => format!("among the {} {}", end(ranked, first), small(places as usize)),
        Sure::Quarter(quarter @ (1 | 4)) => format!("in the {} quarter", end(ranked, quarter == 1)),
        Sure::Quarter(_) | Sure::Half | Sure::Untold => short_place(reading),
        Sure::Nothing => String::new(),
    }
}

fn ranked_place(reading: &Reading, ranked: &Ranked) -> String {
    if ranked.joint() > 0 {
        let others = if ranked.joint() == 1 { "1 other".to_owned() } else { format!("{} others", ranked.joint()) };
        let rank = if ranked.rank() == 1 && ranked.is_judged() { "first".to_owned() } else { nth(ranked) };
        let none = &reading.measure.phrases.none;
        let none = if matches!(reading.level, Level::Zero(_)) && !none.is_empty() {
            format!(": {none}")
        } else {
            String::new()
        };
        return format!("Joint {rank} with {others}{none}.");
    }
    let (first, last) = ranked.range().unwrap_or((ranked.rank(), ranked.rank()));
    let (first, last) = (ordinal(first), ordinal(last));
    match ranked.sure() {
        Sure::End { places: 1, first } => format!("The {} of {} authorities.", end(ranked, first), ranked.of()),
        Sure::End { places, first } => {
            format!("Among the {} {} of {} authorities.", end(ranked, first), small(places as usize), ranked.of())
        }
        Sure::Quarter(quarter @ (1 | 4)) => format!("In the {} quarter of authorities.", end(ranked, quarter == 1)),
        Sure::Quarter(quarter) => {
            format!(
                "In the {} middle quarter of authorities.",
                if end(ranked, quarter == 2) == "highest" { "upper" } else { "lower" }
            )
        }
        Sure::Half => {
            let rank = closed(&short(ranked));
            format!("{}, though chance could place it anywhere from {first} to {last}.", rank.trim_end_matches('.'))
        }
        Sure::Nothing => format!("Its place among authorities cannot be told: anywhere from {first} to {last}."),
        Sure::Untold => closed(&short(ranked)),
    }
}

/// `112th highest of 151`, `8th of 153`.
fn short(ranked: &Ranked) -> String {
    format!("{} of {}", nth(ranked), ranked.of())
}

/// `112th highest`, `highest`, `8th`.
fn nth(ranked: &Ranked) -> String {
    match (ranked.rank(), ranked.is_judged()) {
        (rank, true) => ordinal(rank),
        (1, false) => "highest".to_owned(),
        (rank, false) => format!("{} highest", ordinal(rank)),
    }
}

/// Whether the end that ranks begin from is that of the highest figures.
fn end(ranked: &Ranked, first: bool) -> &'static str {
    if first == ranked.from_highest() { "highest" } else { "lowest" }
}
