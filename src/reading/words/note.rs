//! What a reader must know beside a figure: who made up an average, what is missing from it, what to be careful with.

use super::super::{Against, Age, Caveat, Reading, Robust, Said, Untested, Whom};
use super::closed;
use crate::comparator::Average;
use crate::shown::{list, possessive, sentence, small};
use crate::value::Status;

/// Every note on a reading, a sentence or two each; none where there is nothing to know.
pub fn notes(reading: &Reading) -> Vec<String> {
    let worked_out = reading.caveats.iter().filter(|one| is_of_the_figure(one)).map(|one| caveat(one, reading));
    reading.against.iter().filter_map(members).chain(worked_out).chain(cautions(reading)).collect()
}

/// Whether a symbol behind the figure says it too.
fn is_of_the_figure(caveat: &Caveat) -> bool {
    matches!(caveat, Caveat::WorkedOut { .. })
}

/// The notes that no symbol and no line about the averages stands for, as they go beneath a chart.
pub fn cautions(reading: &Reading) -> Vec<String> {
    let mut notes: Vec<String> = reading.against.iter().filter_map(turned).collect();
    notes.extend(reading.caveats.iter().filter(|one| !is_of_the_figure(one)).map(|one| caveat(one, reading)));
    if reading.age == Age::Stale {
        notes.push(stale(reading));
    }
    if !reading.measure.reads.is_empty() {
        notes.push(closed(&reading.measure.reads));
    }
    notes
}

/// Whether a comparator is made of members that may lack a figure.
fn is_list(against: &Against) -> bool {
    matches!(against.whom, Whom::Neighbours(_) | Whom::Group(_))
}

/// Who made up an average: sentences 13, 14 and 48; none where all have a figure, or it is no average.
pub fn members(against: &Against) -> Option<String> {
    if !is_list(against) || against.members == 0 || (against.value.is_none() && against.used > 0) {
        return None;
    }
    let who = match &against.whom {
        Whom::Group(name) => sentence(name),
        _ => "Neighbours".to_owned(),
    };
    let (used, of) = (against.used as usize, against.members as usize);
    let closed: Vec<String> = against.closed.iter().map(|(name, year)| format!("{name} closed in {year}")).collect();
    if against.verdict.said() == Said::Untested(Untested::FewMembers) {
        let who = if who == "Neighbours" { "neighbours".to_owned() } else { format!("of {who}") };
        return Some(format!("Too few {who} have a figure ({used} of {of})."));
    }
    match (used == of, closed.is_empty()) {
        (true, true) => None,
        (_, false) => Some(format!("{who}: average of {}; {}.", small(used), list(&closed))),
        (false, true) => Some(format!("{who}: {}.", averaged(used, of))),
    }
}

/// Another average or set that says otherwise: sentences 11 and 12.
pub fn turned(against: &Against) -> Option<String> {
    if !is_list(against) {
        return None;
    }
    let side = |above: bool| if above { "above" } else { "below" };
    let who = match &against.whom {
        Whom::Group(name) => name.as_str(),
        _ => "its neighbours",
    };
    match against.robust {
        Robust::Holds => None,
        Robust::Average { above, middle } => {
            let other = if middle { "the middle one" } else { "the figure of all their cases together" };
            Some(format!("{} the average of {who}, but {} {other}.", sentence(side(above)), side(!above)))
        }
        Robust::Set { above, other } => {
            let year = |year: Option<u16>| year.map_or_else(String::new, |year| format!(" of {year}"));
            let own = if let Whom::Neighbours(own) = against.whom { year(own) } else { String::new() };
            let other = other.map_or_else(|| "another set".to_owned(), |year| format!("those of {year}"));
            Some(format!("{} {who}{own}; against {other} it would be {}.", sentence(side(above)), side(!above)))
        }
    }
}

/// A caveat as a sentence or two.
pub fn caveat(caveat: &Caveat, reading: &Reading) -> String {
    let shown = |value: f64| reading.measure.shown(value);
    match caveat {
        Caveat::Provisional => "Provisional: the council's own count, not published and not ranked.".to_owned(),
        Caveat::Differs { own, published, publisher } => {
            let (own, published) = reading.measure.apart(*own, *published);
            let whose = possessive(publisher);
            format!("The council counts {own}, {publisher} {published}. This paper uses {whose}.")
        }
        Caveat::Restated { period, first, now } => {
            let (first, now) = reading.measure.apart(*first, *now);
            format!("The figure for {period} was first published as {first}; it is now {now}.")
        }
        Caveat::NotRecordedMoved { noun, from, to } => {
            let verb = if to > from { "rose" } else { "fell" };
            let (from, to) = (crate::shown::number(*from, 0), crate::shown::number(*to, 0));
            let other = if verb == "rose" { "falls" } else { "rises" };
            format!(
                "{} not recorded {verb} from {from} to {to}: some {other} may be a matter of recording.",
                sentence(noun)
            )
        }
        Caveat::EnglandIncomplete { left_out } => {
            let noun = if *left_out == 1 { "authority that is" } else { "authorities that are" };
            format!("England's figure leaves out {} {noun} being checked.", small(*left_out))
        }
        Caveat::OldDenominator { counted, each, of } => {
            format!("{} for each {each} of {of}, the latest to hand.", sentence(counted))
        }
        Caveat::WorkedOut { differs } => {
            let status = if *differs { Status::Differs } else { Status::WorkedOut };
            closed(status.reason())
        }
        Caveat::Unreliable => "Use with care: the publisher calls this figure unreliable.".to_owned(),
        Caveat::New { created, predecessors } => created_in(reading, created, predecessors),
        Caveat::NoExceptions { noun, england, whole } => {
            let (when, england) = (reading.period.at(), shown(*england));
            format!("No {noun} were recorded {when}; in England they applied to {england} of {whole}.")
        }
        Caveat::SmallTeam => small_team(reading),
        Caveat::MonthsMissing { of, missing } => {
            let there = of.saturating_sub(missing.len());
            let verb = if there == 1 { "was" } else { "were" };
            let missing = missing.join(", ");
            let (of_words, there) = (sentence(&small(*of)), small(there));
            format!("{of_words} months before: {there} of {} {verb} supplied (not {missing}).", small(*of))
        }
    }
}

fn created_in(reading: &Reading, created: &str, predecessors: &[String]) -> String {
    let who = &reading.who;
    let whose: Vec<String> = predecessors.iter().map(|name| possessive(name)).collect();
    if whose.is_empty() {
        return format!("{who} was created in {created} and has no earlier figures.");
    }
    format!("{who} was created in {created}. Earlier figures are {} and are not its history.", list(&whose))
}

fn small_team(reading: &Reading) -> String {
    match reading.level.amount().and_then(|amount| amount.counts) {
        Some((top, bottom)) => {
            format!("{} of {}, small number", crate::shown::number(top, 0), crate::shown::number(bottom, 0))
        }
        None => "Small number".to_owned(),
    }
}

/// Sentence 44.
pub fn stale(reading: &Reading) -> String {
    latest_to_hand(&reading.period.label)
}

/// The same of a period as it is written.
pub fn latest_to_hand(period: &str) -> String {
    format!("The latest figures to hand are for {period}. Newer ones have probably been published.")
}

/// Sentence 46: what is missing from a paper, and why.
pub fn not_loaded(label: &str, why: &str) -> String {
    format!("Not included: {label} ({why}).")
}

/// How the figure of several is made: `median of the ten`, `the ten together`; as [`averaged`] where it is the mean.
pub fn averaged_as(average: Average, used: usize, of: usize) -> String {
    match (average, used) {
        (Average::Median, 1..) => averaged(used, of).replacen("average", "median", 1),
        (Average::Pooled, 1..) => averaged(used, of).replacen("average of the", "counts taken together of the", 1),
        _ => averaged(used, of),
    }
}

/// How an average is made: `average of the ten`, `average of the seven of ten with a figure`.
pub fn averaged(used: usize, of: usize) -> String {
    match used {
        0 => format!("none of the {} with a figure", small(of)),
        all if all == of => format!("average of the {}", small(of)),
        some => format!("average of the {} of {} with a figure", small(some), small(of)),
    }
}
