//! What was asked for: authorities, comparators and breakdown, from words to codes.

use std::collections::BTreeMap;

use crate::area::{LaCode, Register};
use crate::comparator::Comparator;
use crate::compare::{Context, Depth};
use crate::finding::Error;
use crate::frame::Frame;
use crate::publish::MeasureMeta;
use crate::schema::{TOTAL, column};
use crate::store::{Catalogue, Found, subject};

use super::options::{Compare, Format};
use super::said;

/// The most comparators side by side.
const MOST: usize = 30;

/// The options with everything named found.
pub struct Asked<'a> {
    pub options: &'a Compare,
    pub format: Format,
    pub register: &'a Register,
    pub catalogue: &'a Catalogue,
    pub authorities: Vec<LaCode>,
    /// In the order asked; authorities that are neighbours of the first one asked for closest first.
    pub comparators: Vec<Comparator>,
    /// Whether the best, the middle and the worst authority stand beside them too.
    pub range: bool,
}

impl<'a> Asked<'a> {
    /// # Errors
    /// No such authority or comparator, or too many of them.
    pub fn read(options: &'a Compare, catalogue: &'a Catalogue, register: &'a Register) -> Result<Asked<'a>, Error> {
        let authorities = authorities(options, register)?;
        let (mut comparators, range) = Comparator::read_ranged(&options.with, register)?;
        closest_first(&mut comparators, register, authorities.first().copied());
        let count = comparators.len() + if range { 3 } else { 0 };
        if count > MOST {
            return Err(Error::usage(
                format!("{count} comparators are more than fit side by side"),
                format!("name up to {MOST}"),
            ));
        }
        Ok(Asked { options, format: options.format()?, register, catalogue, authorities, comparators, range })
    }

    /// What the comparison of a published measure needs.
    pub fn context<'c>(&'c self, found: &'c Found<'_>, only: &(String, String)) -> Context<'c> {
        Context {
            register: self.register,
            measures: BTreeMap::from([(found.name.to_owned(), subject(found.measure))]),
            stand_ins: BTreeMap::new(),
            breaks: &found.meta.breaks,
            comparators: self.beside(found),
            depth: Depth::Full,
            rank_minimum: self.options.minimum_denominator,
            average: self.options.average,
            ranked: !found.meta.own,
            only: Some(only.clone()),
        }
    }

    /// What a measure is compared with; a council's own figures with nobody.
    pub fn beside(&self, found: &Found<'_>) -> &[Comparator] {
        if found.meta.own { &[] } else { &self.comparators }
    }

    /// The name of an authority.
    pub fn name(&self, code: LaCode) -> &str {
        self.register.newest(code).map_or("", |authority| authority.name.as_str())
    }
}

/// The authorities named; `all` are those open today.
fn authorities(options: &Compare, register: &Register) -> Result<Vec<LaCode>, Error> {
    if options.authority.iter().any(|name| name.eq_ignore_ascii_case("all")) {
        let open = register.authorities().iter().filter(|authority| authority.closed.is_none());
        return Ok(open.map(|authority| authority.code).collect());
    }
    options.authority.iter().map(|name| register.find(name).map(|authority| authority.code)).collect()
}

/// Puts authorities that were named in the order of their closeness to the first authority asked for.
fn closest_first(comparators: &mut [Comparator], register: &Register, own: Option<LaCode>) {
    let Some((own, year)) = own.zip(register.neighbours().newest()) else { return };
    let neighbours = register.neighbours().of(year, own);
    comparators.sort_by_key(|comparator| match comparator {
        Comparator::Authority(code) => {
            neighbours.iter().position(|neighbour| neighbour == code).map_or(usize::MAX, |place| place + 1)
        }
        _ => 0,
    });
}

/// The measure as a whole; where the table has neither a total nor a part declared to stand for it, its only breakdown.
///
/// # Errors
/// Several breakdowns and no whole.
pub fn whole(frame: &Frame, measure: &MeasureMeta) -> Result<(String, String), Error> {
    let all = breakdowns(frame)?;
    let has_total = all.iter().any(|(topic, part)| topic == TOTAL && part == TOTAL);
    match (measure.whole(has_total), all.as_slice()) {
        ((TOTAL, TOTAL), _) if has_total => Ok((TOTAL.to_owned(), TOTAL.to_owned())),
        ((TOTAL, TOTAL), [only]) => Ok(only.clone()),
        ((TOTAL, TOTAL), _) => Err(which(&all, "the measure has no figure for the whole")),
        ((topic, part), _) => breakdown(frame, &format!("{topic}={part}")),
    }
}

/// The breakdown that `topic` or `topic=breakdown` means.
///
/// # Errors
/// No such breakdown, or several.
pub fn breakdown(frame: &Frame, text: &str) -> Result<(String, String), Error> {
    let all = breakdowns(frame)?;
    let (topic, part) = text.split_once('=').map_or((text, None), |(topic, part)| (topic, Some(part.trim())));
    let same = |a: &str, b: &str| a.trim().eq_ignore_ascii_case(b.trim());
    let fitting: Vec<(String, String)> = all
        .iter()
        .filter(|(known, breakdown)| same(known, topic) && part.is_none_or(|part| same(breakdown, part)))
        .cloned()
        .collect();
    match fitting.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(which(&all, &format!("there is no breakdown `{text}`"))),
        _ => Err(which(&fitting, &format!("`{text}` has several breakdowns"))),
    }
}

/// The two breakdowns of a gap: two texts, or one with a comma between; the second may leave the topic to the first.
///
/// # Errors
/// No such breakdowns.
pub fn gap(frame: &Frame, texts: &[String]) -> Result<[(String, String); 2], Error> {
    let (first, second) = match texts {
        [first, second] => (first.as_str(), second.as_str()),
        [one] if one.contains(',') => {
            // A name may hold a comma itself: the first comma that leaves a breakdown before it is the one between.
            let known = one.match_indices(',').find(|(at, _)| breakdown(frame, &one[..*at]).is_ok());
            let at = known.map_or_else(|| one.find(',').unwrap_or_default(), |(at, _)| at);
            (&one[..at], &one[at + 1..])
        }
        _ => return Err(Error::usage("a gap is between two breakdowns", "write `--gap Topic=A,Topic=B`")),
    };
    let first = breakdown(frame, first)?;
    let second = match second.contains('=') {
        true => breakdown(frame, second)?,
        false => breakdown(frame, &format!("{}={second}", first.0))?,
    };
    Ok([first, second])
}

fn which(all: &[(String, String)], message: &str) -> Error {
    let names: Vec<String> = all.iter().take(40).map(|(topic, part)| format!("`{topic}={part}`")).collect();
    Error::usage(message, format!("name one with `--breakdown`: {}", names.join(", ")))
}

/// Every topic and breakdown that a measure has figures about, in order.
///
/// # Errors
/// A column is not there.
pub fn breakdowns(frame: &Frame) -> Result<Vec<(String, String)>, Error> {
    let (topic, part) = (frame.get(column::BreakdownTopic).map_err(said)?, frame.get(column::Breakdown).map_err(said)?);
    let pairs: std::collections::BTreeSet<(usize, usize)> =
        (0..frame.height()).map(|row| (topic.codes.get(row), part.codes.get(row))).collect();
    Ok(pairs.into_iter().map(|(a, b)| (topic.words[a].to_owned(), part.words[b].to_owned())).collect())
}

/// The topic and breakdown asked for; the whole where none is.
pub(super) fn only(options: &Compare, found: &Found<'_>, frame: &Frame) -> Result<(String, String), Error> {
    match &options.breakdown {
        Some(text) => breakdown(frame, text),
        None => whole(frame, found.measure),
    }
}
