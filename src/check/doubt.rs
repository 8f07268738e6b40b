//! Figures that cannot be, or are unlike their own past: kept as published, marked, and in no rank until a person says
//! that they are true.
//!
//! In: doubts, each about one row. Out: findings, grouped by what to do: an area and period is one line where they are
//! few, a measure where they are many, the most serious first; and the rows to mark.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::accept::Accepted;
use super::cells::{about, place_of, shown};
use super::cube::Cube;
use crate::finding::{Finding, Severity};
use crate::pipeline::Pipeline;

/// Why a figure is doubted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Why {
    /// Below nothing.
    Negative,
    /// A share above its whole; numerator and denominator where they are known.
    AboveWhole(Option<(f64, f64)>),
    /// Unlike the figure before, which stands in row `old`.
    Past { old: usize },
    /// Everybody's figure jumped; so this one as well.
    Everybody,
}

impl Why {
    fn code(self) -> &'static str {
        match self {
            Why::Negative => "below-nothing",
            Why::AboveWhole(_) => "above-whole",
            Why::Past { .. } => "unlike-its-past",
            Why::Everybody => "all-jump",
        }
    }

    fn what(self) -> &'static str {
        match self {
            Why::Negative => "below nothing",
            Why::AboveWhole(_) => "above the whole",
            Why::Past { .. } | Why::Everybody => "far from their own past",
        }
    }
}

/// One figure that is doubted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Doubt {
    pub row: usize,
    pub why: Why,
    /// How serious; larger is worse.
    pub weight: f64,
    /// Whether it is about the whole of its measure.
    pub whole: bool,
    /// Whether it is of the newest period.
    pub newest: bool,
}

/// Areas and periods that get a line each; more of them are told together.
const EACH: usize = 10;

/// Figures that a line names.
const NAMED: usize = 40;

const HELP: &str = "look at the cell; the publisher's error is a `[[correction]]`, a figure that is true an `[[accept]]` with its reason (docs/checks.md); till then it is marked and in no rank";

/// The findings of `doubts`, those accepted left out, with the rows that are doubted.
pub(super) fn findings(
    pipeline: &Pipeline,
    cube: &Cube<'_>,
    mut doubts: Vec<Doubt>,
    accepted: &mut Accepted<'_>,
) -> Result<(Vec<Finding>, Vec<usize>), Finding> {
    doubts.retain(|doubt| !accepted.holds(cube, doubt.row));
    doubts.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.row.cmp(&b.row)));
    let mut rows: Vec<usize> = doubts.iter().map(|doubt| doubt.row).collect();
    rows.sort_unstable();
    rows.dedup();
    let mut kinds: BTreeMap<(&str, bool, bool), Vec<Doubt>> = BTreeMap::new();
    for doubt in doubts.into_iter().filter(|doubt| doubt.why != Why::Everybody) {
        let loud = doubt.whole && (doubt.newest || !matches!(doubt.why, Why::Past { .. }));
        kinds.entry((doubt.why.code(), !loud, !doubt.whole)).or_default().push(doubt);
    }
    let mut findings = Vec::new();
    for ((_, quiet, _), doubts) in kinds {
        let severity = if quiet { Severity::Note } else { Severity::Warning };
        findings.extend(grouped(cube, &doubts, severity)?);
    }
    Ok((findings.into_iter().map(|finding| finding.of(&pipeline.name, "")).collect(), rows))
}

/// A line for each area and period (each breakdown and period of England alone); one for all where they are many, or only worth a note.
fn grouped(cube: &Cube<'_>, doubts: &[Doubt], severity: Severity) -> Result<Vec<Finding>, Finding> {
    let words = &cube.words;
    let mut key_columns = vec![&words.name, &words.la, &words.period];
    if cube.places.is_national() {
        key_columns.extend([&words.topic, &words.breakdown]);
    }
    let mut areas: Vec<(Vec<usize>, Vec<Doubt>)> = Vec::new();
    for doubt in doubts {
        let key: Vec<usize> = key_columns.iter().map(|column| column.codes.get(doubt.row)).collect();
        match areas.iter_mut().find(|(known, _)| *known == key) {
            Some((_, list)) => list.push(*doubt),
            None => areas.push((key, vec![*doubt])),
        }
    }
    if areas.len() <= EACH && severity != Severity::Note {
        return areas.iter().map(|(_, doubts)| one_area(cube, doubts, severity)).collect();
    }
    let mut measures: Vec<(usize, Vec<Doubt>)> = Vec::new();
    for doubt in doubts {
        let key = if severity == Severity::Note { 0 } else { cube.words.measure.codes.get(doubt.row) };
        match measures.iter_mut().find(|(known, _)| *known == key) {
            Some((_, list)) => list.push(*doubt),
            None => measures.push((key, vec![*doubt])),
        }
    }
    measures.sort_by(|(_, a), (_, b)| weight(b).partial_cmp(&weight(a)).unwrap_or(Ordering::Equal));
    measures.iter().map(|(_, doubts)| many(cube, doubts, severity)).collect()
}

fn weight(doubts: &[Doubt]) -> f64 {
    doubts.first().map_or(0.0, |doubt| doubt.weight)
}

fn one_area(cube: &Cube<'_>, doubts: &[Doubt], severity: Severity) -> Result<Finding, Finding> {
    let Some(first) = doubts.first() else { return Err(Finding::internal(&"a doubt about nothing")) };
    let named: Vec<String> = doubts.iter().take(4).map(|doubt| figure(cube, doubt)).collect();
    let more =
        if doubts.len() > 4 { format!("; so are {} more of its figures", doubts.len() - 4) } else { String::new() };
    let message = format!("{}: {}{more}", about(cube.frame, first.row)?, named.join("; "));
    Ok(Finding::new(severity, first.why.code(), message, HELP).at(place_of(cube.frame, first.row)?))
}

fn many(cube: &Cube<'_>, doubts: &[Doubt], severity: Severity) -> Result<Finding, Finding> {
    let Some(first) = doubts.first() else { return Err(Finding::internal(&"a doubt about nothing")) };
    let named = doubts
        .iter()
        .take(NAMED)
        .map(|doubt| Ok(format!("{} ({})", about(cube.frame, doubt.row)?, figure(cube, doubt))));
    let named = named.collect::<Result<Vec<String>, Finding>>()?;
    let more = if doubts.len() > NAMED { format!("; and {} more", doubts.len() - NAMED) } else { String::new() };
    let whose = if severity == Severity::Note {
        "figures".to_owned()
    } else {
        format!("figures of `{}`", cube.words.measure.word(first.row))
    };
    let message = format!("{} {whose} are {}: {}{more}", doubts.len(), first.why.what(), named.join("; "));
    Ok(Finding::new(severity, first.why.code(), message, HELP).at(place_of(cube.frame, first.row)?))
}

/// One figure in words: the measure, the value and what is wrong with it.
fn figure(cube: &Cube<'_>, doubt: &Doubt) -> String {
    let name = cube.words.measure.word(doubt.row);
    let value = shown(cube.values[doubt.row]);
    match doubt.why {
        Why::Negative => format!("`{name}` is {value}, below nothing"),
        Why::AboveWhole(Some((top, bottom))) => format!("`{name}` is {value}: {} of {}", shown(top), shown(bottom)),
        Why::AboveWhole(None) => format!("`{name}` is {value}, above the whole"),
        Why::Past { old } => {
            let period = crate::period::label(cube.words.period.word(old), cube.words.identifier.word(old));
            format!("`{name}` is {value} after {} in {period}", shown(cube.values[old]))
        }
        Why::Everybody => format!("`{name}` is {value}"),
    }
}
