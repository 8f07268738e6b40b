//! The answer before any picture: the figure, what it is beside, and what may be said of it.

use serde::Serialize;

use crate::browse::address::Address;
use crate::browse::verdict::{Moved, Verdict};
use crate::comparator::Average;
use crate::reading::{Change, Reading, words};
use crate::shown::{number, sentence};
use crate::sidebyside::{Line, SideBySide};

/// What the top of the page is filled with.
#[derive(Serialize)]
pub struct Answer {
    figure: String,
    address: String,
    /// Why there is none, or what to know of it.
    why: String,
    who: String,
    interval: String,
    beside: Vec<Beside>,
    facts: Vec<(String, String)>,
    moved: Moved,
    moved_from: String,
    moved_range: String,
}

#[derive(Serialize)]
struct Beside {
    name: String,
    figure: String,
    address: String,
    verdict: Option<Verdict>,
    note: String,
}

/// The answer about `who`.
pub fn answer(told: &SideBySide, who: &str, average: Average) -> Answer {
    let reading = &told.reading;
    let amount = reading.level.amount();
    let address = told.lines.first().and_then(|line| line.figures.last()).map_or("", |(_, id)| id.as_str());
    let counts = amount.and_then(|amount| amount.counts).filter(|_| !reading.measure.is_amount());
    let counts = counts.map_or_else(String::new, |(top, bottom)| {
        format!(": {} of {} {}", number(top, 0), number(bottom, 0), reading.measure.whole)
    });
    let range = amount.and_then(|amount| amount.range);
    let shown = |value| reading.measure.shown(value);
    let (moved_from, moved_range) = change(reading);
    Answer {
        figure: words::number(reading),
        address: if address.is_empty() { String::new() } else { Address::figure(address).to_string() },
        why: why(reading),
        who: format!("{who}, {}{}", reading.period.label, counts.trim_end()),
        interval: range
            .map_or_else(String::new, |range| format!("95% interval {} to {}", shown(range.lower), shown(range.upper))),
        beside: told.lines.iter().filter_map(|line| beside(line, reading, average)).collect(),
        facts: facts(told),
        moved: Moved::of(reading),
        moved_from,
        moved_range,
    }
}

/// Why there is no figure, or why it is compared with nothing.
fn why(reading: &Reading) -> String {
    let all = [words::missing(reading), words::few(reading), words::doubted(reading)];
    all.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

/// From when it changed, and between which limits.
fn change(reading: &Reading) -> (String, String) {
    let from =
        reading.change.from().map_or_else(|| "Change".to_owned(), |(before, _)| format!("Change on {}", before.label));
    let range = match &reading.change {
        Change::Tested { range, .. } => {
            let places = reading.measure.places;
            format!("{} to {}", crate::shown::signed(range.lower, places), crate::shown::signed(range.upper, places))
        }
        _ => String::new(),
    };
    (from, range)
}

/// A place or an average that is no single neighbour.
fn beside(line: &Line, reading: &Reading, average: Average) -> Option<Beside> {
    let comparator = line.comparator.as_ref()?;
    let (seen, id) = line.figures.last()?;
    let note = match (line.used, line.without_one) {
        ((used, members), Some((low, high))) if members > 1 && average == Average::Mean => {
            let how = words::averaged(usize::from(used), usize::from(members));
            format!("{how}; {} to {} with one left out", reading.measure.shown(low), reading.measure.shown(high))
        }
        ((used, members), _) if members > 1 => words::averaged_as(average, usize::from(used), usize::from(members)),
        _ => seen
            .counts()
            .filter(|_| !reading.measure.is_amount())
            .map_or_else(String::new, |(top, bottom)| format!("{} of {}", number(top, 0), number(bottom, 0))),
    };
    let is_member = line.code.is_some()
        && line.ranged.is_empty()
        && !reading
            .against
            .iter()
            .any(|against| matches!(&against.whom, crate::reading::Whom::Authority(name) if *name == line.name));
    (!is_member).then(|| Beside {
        name: line.name.trim_end_matches(&format!(" ({})", average.word())).to_owned(),
        figure: seen.value.map_or_else(|| seen.missing.word().to_owned(), |value| reading.measure.shown(value)),
        address: if id.is_empty() { String::new() } else { Address::figure(id).to_string() },
        verdict: line.verdict.map(|verdict| words::tag(verdict).into()),
        note: if comparator.is_published() { note } else { sentence(&note) },
    })
}

/// Rank, quarter, whether it is unusual, and where the series is broken.
fn facts(told: &SideBySide) -> Vec<(String, String)> {
    let reading = &told.reading;
    let mut facts = Vec::new();
    let place = words::short_place(reading);
    if !place.is_empty() {
        facts.push(("Rank".to_owned(), place));
    }
    let (band, certain) = (&told.band.0, &told.band.1);
    if !band.is_empty() && band != "-" {
        let sure = match certain.as_str() {
            "yes" => ", certain",
            "no" => ", not certain",
            _ => "",
        };
        facts.push(("Quarter".to_owned(), format!("{band}{sure}")));
    }
    if reading.unusual.is_some() {
        facts.push(("Unusual?".to_owned(), words::remark(reading).unwrap_or("no").to_owned()));
    }
    let breaks: Vec<&str> = told.breaks.iter().map(|at| told.periods[*at].as_str()).collect();
    if !breaks.is_empty() {
        facts.push(("Series".to_owned(), format!("[b] break at {}", crate::shown::list(&breaks))));
    }
    facts
}
