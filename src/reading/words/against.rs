//! The figure beside its comparators: `worse than England (46%)`, and the sentence that answers "against whom?".

use super::clause::{than, whom};

use super::super::{Against, Reading, Said, Size, Untested, Whom};
use super::{change, closed, counts, join, says};
use crate::pipeline::Unit;
use crate::shown::{list, sentence, small, within};
use crate::statistics::Polarity;
use crate::statistics::interval_side::IntervalSide;

/// Whether an average elsewhere says nothing beside a figure: a number of things says how large a place is, and grades have no
/// average.
fn is_of_size(against: &Against, reading: &Reading) -> bool {
    match reading.measure.unit {
        Unit::Number => against.whom != Whom::England,
        Unit::Grade => true,
        _ => false,
    }
}

/// `England 46.4%`, for a figure that was not tested and may stand beside; none where it may not.
pub(super) fn beside(against: &Against, reading: &Reading) -> Option<String> {
    let value = against.value.filter(|_| may_stand(against) && !is_of_size(against, reading))?;
    Some(format!("{} {}", whom(&against.whom), reading.measure.shown(value)))
}

/// Whether the other's figure may stand beside at all: a total and an average of few may not.
pub fn may_stand(against: &Against) -> bool {
    let barred = [Untested::Total, Untested::FewMembers, Untested::NoFigure].map(Said::Untested);
    !barred.contains(&against.verdict.said())
}

/// Tested relations as one clause: `worse than England and its statistical neighbours`.
pub(super) fn joined(all: &[&Against]) -> Option<String> {
    let mut clauses: Vec<(&'static str, Vec<String>)> = Vec::new();
    for against in all {
        let Some(than) = than(against) else { continue };
        match clauses.iter_mut().find(|clause| clause.0 == than) {
            Some(clause) => clause.1.push(whom(&against.whom)),
            None => clauses.push((than, vec![whom(&against.whom)])),
        }
    }
    let clauses: Vec<String> = clauses.iter().map(|(than, names)| format!("{than} {}", list(names))).collect();
    (!clauses.is_empty()).then(|| clauses.join(", "))
}

/// One relation with the other's figure: `slightly below England (44%)`.
fn full(against: &Against, reading: &Reading, after_better: bool) -> Option<String> {
    let name = whom(&against.whom).replace("its statistical", "its");
    let value = reading.measure.shown(against.value?);
    let own = reading.level.value()?;
    let than = match (against.size, against.verdict.said()) {
        (Size::Slight(side), _) => {
            let (_, other) = reading.measure.apart(own, against.value?);
            let side = if side == IntervalSide::Above { "above" } else { "below" };
            return Some(format!("slightly {side} {name} ({other})"));
        }
        (_, Said::Worse) if after_better => "not as good as",
        _ => than(against)?,
    };
    Some(format!("{than} {name} ({value})"))
}

/// Sentence 7: every tested relation with the other's figure, then the figures that were not tested.
pub fn relations(reading: &Reading) -> String {
    let mut tested: Vec<String> = Vec::new();
    let mut better = false;
    for against in &reading.against {
        let Some(words) = full(against, reading, better) else { continue };
        better |= against.verdict.said() == Said::Better;
        // Said once where both are alike: `similar to England (46%) and its neighbours (44%)`.
        match than(against).filter(|_| !matches!(against.size, Size::Slight(_))) {
            Some(than) if tested.last().is_some_and(|last| last.starts_with(than)) => {
                if let Some(last) = tested.last_mut() {
                    last.push_str(" and ");
                    last.push_str(words.trim_start_matches(than).trim_start());
                }
            }
            _ => tested.push(words),
        }
    }
    let plain: Vec<String> = reading.against.iter().filter_map(|against| untested(against, reading)).collect();
    join([closed(&tested.join(", ")), closed(&plain.join("; "))])
}

/// `England: 46%`, for a figure that was not tested and may stand beside.
fn untested(against: &Against, reading: &Reading) -> Option<String> {
    if against.verdict.is_tested() {
        return None;
    }
    named(against, reading)
}

/// `England: 46%`.
fn named(against: &Against, reading: &Reading) -> Option<String> {
    let name = whom(&against.whom);
    let value = against.value.filter(|_| may_stand(against) && !is_of_size(against, reading))?;
    Some(format!("{}: {}", name.trim_start_matches("its "), reading.measure.shown(value)))
}

/// The figures beside the authority's: `England: 46%; statistical neighbours: 58%.`
pub fn between(reading: &Reading) -> String {
    let all: Vec<String> = reading.against.iter().filter_map(|against| named(against, reading)).collect();
    closed(&all.join("; "))
}

/// What the figure is and how it compares with England: sentences 2, 4, 5, 6 and 9.
pub fn answer(reading: &Reading) -> String {
    let Some(own) = reading.level.value() else { return super::missing(reading) };
    if reading.level.is_doubted() {
        return super::doubted(reading);
    }
    if reading.level.few().is_some() {
        return super::few(reading);
    }
    let measure = &reading.measure;
    let england = reading.england().and_then(|against| Some((against, against.value?)));
    let said = says(reading).unwrap_or_default();
    let Some((against, value)) = england else { return level(reading) };
    if let Some(sentence) = super::apart::apart_with(reading) {
        let moved = reading.change.movement().map_or_else(String::new, |_| change::fragment(reading));
        return join([sentence, moved]);
    }
    match (against.verdict.said(), against.size) {
        (Said::Similar, Size::Slight(_)) => {
            let (shown, _) = measure.apart(own, value);
            closed(&format!("{shown}, {}", full(against, reading, false).unwrap_or_default()))
        }
        (Said::Similar, Size::Apart) if measure.shown(own) != measure.shown(value) => {
            let (own, value) = (measure.shown(own), measure.shown(value));
            format!("{own} against {value} in England: a gap that chance alone could explain.")
        }
        (Said::Similar, _) => closed(&format!("{said}, similar to England ({})", measure.shown(value))),
        (Said::Untested(Untested::NoCounts), _) => {
            format!(
                "{}; England: {}. There are no counts to test the gap.",
                closed(&said).trim_end_matches('.'),
                measure.shown(value)
            )
        }
        _ => level(reading),
    }
}

/// How an authority does beside its neighbours on several measures: `Worse than its neighbours on six of seven measures, better
/// on one.`; empty where nothing is told apart.
pub fn beside_neighbours_on(readings: &[&Reading]) -> String {
    let said: Vec<Said> = readings.iter().filter_map(|reading| Some(reading.neighbours()?.verdict.said())).collect();
    let count = |wanted: Said| said.iter().filter(|one| **one == wanted).count();
    let judged = readings.iter().filter(|one| one.measure.polarity != Polarity::None && one.neighbours().is_some());
    let of = judged.count();
    let (better, worse) = (count(Said::Better), count(Said::Worse));
    let measures = if of == 1 { "measure" } else { "measures" };
    match (better, worse) {
        (0, 0) => String::new(),
        (better, 0) => {
            format!("Better than its neighbours on {} of {} {measures}, worse on none.", small(better), small(of))
        }
        (0, worse) => {
            format!("Worse than its neighbours on {} of {} {measures}, better on none.", small(worse), small(of))
        }
        (better, worse) => format!(
            "Worse than its neighbours on {} of {} {measures}, better on {}.",
            small(worse),
            small(of),
            small(better)
        ),
    }
}

/// One sentence more about a second figure of the same matter: `16% took over a year (England: 7%).`
pub fn addition(reading: &Reading) -> String {
    if !reading.level.is_compared() {
        return String::new();
    }
    if let Some(counted) = change::counted(reading) {
        return counted;
    }
    let Some(said) = says(reading) else { return String::new() };
    let england = reading.england().filter(|against| may_stand(against)).and_then(|against| against.value);
    let england = england.map_or_else(String::new, |value| format!(" (England: {})", reading.measure.shown(value)));
    closed(&format!("{said}{england}"))
}

/// The figure with its counts and what it came from, without its name: `5% in 2024 (207 of 4,064), up from 2%. England: 3%.`
pub(super) fn figures(reading: &Reading) -> String {
    let Some(value) = reading.level.value() else { return super::missing(reading) };
    let shown = reading.measure.said(value);
    let (from, unclear) = moved(reading);
    let figure = closed(&format!("{shown} {}{}{from}", reading.period.at(), counts(reading)));
    join([figure, between(reading), unclear])
}

/// The figure of the period with its counts: `5% in 2024 (207 of 4,064).`
pub(super) fn now(reading: &Reading) -> String {
    let shown = reading.level.value().map_or_else(String::new, |value| reading.measure.said(value));
    closed(&format!("{shown} {}{}", reading.period.at(), counts(reading)))
}

/// The counts alone: `207 of 4,064.`; empty where there are none.
pub(super) fn counted(reading: &Reading) -> String {
    closed(counts(reading).trim().trim_start_matches('(').trim_end_matches(')'))
}

/// The same with England's figure alone: `5% (207 of 4,064); England: 3%.`
pub(super) fn in_short(reading: &Reading) -> String {
    let Some(value) = reading.level.value() else { return super::missing(reading) };
    let england = reading.england().and_then(|against| named(against, reading));
    let england = england.map_or_else(String::new, |england| format!("; {england}"));
    closed(&format!("{}{}{england}", reading.measure.said(value), counts(reading)))
}

/// What the figure came from behind a comma, or that no change is clear.
fn moved(reading: &Reading) -> (String, String) {
    match change::came_from(reading) {
        Some(from) => (format!(", {from}"), String::new()),
        None => (String::new(), change::unclear(reading)),
    }
}

/// Sentence 2: the figure with its counts and what it came from, the others' figures, and whether it changed.
fn level(reading: &Reading) -> String {
    let said = says(reading).unwrap_or_default();
    let when = reading.period.at();
    let said = match said.split_once(": ").filter(|_| reading.measure.phrases.says.is_empty()) {
        Some((noun, value)) => format!("{noun} {when}: {value}"),
        None => format!("{}, {}", sentence(&when), within(&said)),
    };
    let (from, unclear) = moved(reading);
    join([closed(&format!("{said}{}{from}", counts(reading))), between(reading), unclear])
}
