//! Who and what came and went: releases, periods, measures, breakdowns, authorities and their codes.

use std::collections::{BTreeMap, BTreeSet};

use crate::area::Level;
use crate::figure::Figures;
use crate::finding::Finding;
use crate::frame::Frame;
use crate::period::PeriodKey;
use crate::schema::column;

/// Name and 9-character code of authorities, by 3-digit code.
type Authorities = BTreeMap<String, (String, String)>;

/// What a build covers.
#[derive(Default)]
struct Covered {
    releases: BTreeSet<String>,
    breakdowns: BTreeSet<(String, String)>,
    /// By period: its label, and name and 9-character code of each authority.
    periods: BTreeMap<PeriodKey, (String, Authorities)>,
}

impl Covered {
    fn of(frame: &Frame) -> Result<Covered, Finding> {
        let figures = Figures::of(frame)?;
        let (release, latest) = (frame.get(column::Release)?, frame.get(column::Latest)?);
        let mut covered =
            Covered { releases: release.words.iter().map(|&word| word.to_owned()).collect(), ..Covered::default() };
        let mut seen = BTreeSet::new();
        let mut pairs = BTreeSet::new();
        for row in (0..frame.height()).filter(|&row| latest.get_bit(row)) {
            pairs.insert((figures.topic.codes.get(row), figures.breakdown.codes.get(row)));
            let period = figures.periods.key(row);
            if !seen.insert((period, figures.la.codes.get(row), figures.level.codes.get(row))) {
                continue;
            }
            let (_, authorities) =
                covered.periods.entry(period).or_insert_with(|| (figures.periods.label(row), BTreeMap::new()));
            if figures.level.word(row) == Level::Authority.word() {
                let names = (figures.name.word(row).to_owned(), figures.ons.word(row).to_owned());
                authorities.insert(figures.la.word(row).to_owned(), names);
            }
        }
        let words = |(topic, breakdown): (usize, usize)| {
            (figures.topic.words[topic].to_owned(), figures.breakdown.words[breakdown].to_owned())
        };
        covered.breakdowns = pairs.into_iter().map(words).collect();
        Ok(covered)
    }
}

/// What came and went between two builds of a table, a sentence each.
///
/// # Errors
/// A frame that lacks a column: a mistake in the program, said as a finding.
pub fn coverage(old: &Frame, new: &Frame) -> Result<Vec<String>, Finding> {
    let (old, new) = (Covered::of(old)?, Covered::of(new)?);
    let mut told = Vec::new();
    came_and_went(&mut told, "release", &old.releases, &new.releases);
    for (key, (label, authorities)) in &new.periods {
        match old.periods.get(key) {
            None => told.push(format!("period {label} added, {} authorities", authorities.len())),
            Some((_, before)) => authorities_between(&mut told, label, before, authorities),
        }
    }
    for (key, (label, authorities)) in &old.periods {
        if !new.periods.contains_key(key) {
            told.push(format!("period {label} gone, {} authorities", authorities.len()));
        }
    }
    let words = |pairs: &BTreeSet<(String, String)>| {
        pairs.iter().map(|(topic, breakdown)| format!("{topic}: {breakdown}")).collect::<BTreeSet<String>>()
    };
    came_and_went(&mut told, "breakdown", &words(&old.breakdowns), &words(&new.breakdowns));
    Ok(told)
}

fn authorities_between(told: &mut Vec<String>, label: &str, old: &Authorities, new: &Authorities) {
    let named = |from: &Authorities, other: &Authorities| {
        let missing = from.iter().filter(|(code, _)| !other.contains_key(*code));
        missing.map(|(code, (name, _))| format!("{name} ({code})")).collect::<Vec<String>>()
    };
    for (word, names) in [("has come", named(new, old)), ("has gone", named(old, new))] {
        if !names.is_empty() {
            told.push(format!("{label}: {} {word}", some(&names)));
        }
    }
    for (code, (name, ons)) in new {
        if let Some((_, before)) = old.get(code)
            && before != ons
        {
            told.push(format!("{label}: {name} ({code}) has the code {ons}, before {before}"));
        }
    }
}

fn came_and_went(told: &mut Vec<String>, what: &str, old: &BTreeSet<String>, new: &BTreeSet<String>) {
    for (word, from, other) in [("added", new, old), ("gone", old, new)] {
        let names: Vec<String> = from.difference(other).cloned().collect();
        if !names.is_empty() {
            let plural = if names.len() == 1 { "" } else { "s" };
            told.push(format!("{what}{plural} {word}: {}", some(&names)));
        }
    }
}

/// The first names of a list, and how many more there are.
fn some(names: &[String]) -> String {
    const SHOWN: usize = 8;
    let more = names.len().saturating_sub(SHOWN);
    let shown = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if more > 0 { format!("{shown} and {more} more") } else { shown }
}
