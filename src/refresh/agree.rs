//! What needs two tables: populations that make counts rates, and checks: what each table lends to the others while it is at hand, and whether they agree.
//!
//! A table is only in memory while it is made, and one that was left alone is not made at all; so each outcome keeps
//! the few figures that a `same_as` asks for, and a table that this run does not make lends them from its file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::check::{Figures, figures, same_as};
use crate::declaration::Kind;
use crate::finding::{Finding, Severity, likely};
use crate::frame::Frame;
use crate::pipeline::{Pipeline, SameAs};
use crate::publish::{self, Only};
use crate::schema::{OBSERVATIONS, column};

use super::outcome::Outcome;
use crate::store::path_of;

/// A measure and `Topic=breakdown`, empty for the total.
type Slice = (String, String);

/// By table, the figures that checks ask of it.
pub type Asked = BTreeMap<String, BTreeSet<Slice>>;

/// The figures that a table lends.
pub type Lent = BTreeMap<Slice, Figures>;

/// What the checks of `pipelines` ask of each table, their own included.
pub fn asked<'p>(pipelines: impl IntoIterator<Item = &'p Pipeline>) -> Asked {
    let mut asked = Asked::new();
    for pipeline in pipelines {
        for check in &pipeline.checks.same_as {
            asked.entry(pipeline.name.clone()).or_default().insert(mine(check));
            if let Some((table, slice)) = other(check) {
                asked.entry(table.to_owned()).or_default().insert(slice);
            }
        }
    }
    asked
}

fn mine(check: &SameAs) -> Slice {
    (check.measure.clone(), check.breakdown.clone())
}

fn other(check: &SameAs) -> Option<(&str, Slice)> {
    let (table, measure) = check.other.split_once('/')?;
    Some((table, (measure.to_owned(), check.other_breakdown.clone())))
}

/// The figures that `table` is asked for, from its frame.
///
/// # Errors
/// A frame that lacks a column: a mistake in the program, said as a finding.
pub fn lend(table: &str, frame: &Frame, asked: &Asked) -> Result<Lent, Finding> {
    let slices = asked.get(table).into_iter().flatten();
    slices.map(|slice| Ok((slice.clone(), figures(frame, &slice.0, &slice.1)?))).collect()
}

/// The figures that `table` is asked for, from its file in `out`; none where it cannot be read.
pub fn lend_from(table: &str, out: &Path, asked: &Asked) -> Lent {
    let Some(slices) = asked.get(table) else { return Lent::new() };
    let measures: Vec<String> = slices.iter().map(|(measure, _)| measure.clone()).collect();
    let rows = publish::rows(&path_of(out, table), OBSERVATIONS, &[Only::of(column::Measure, &measures)]);
    rows.ok().and_then(|frame| lend(table, &frame, asked).ok()).unwrap_or_default()
}

/// The populations that `pipelines` name and nobody declares.
pub fn unknown_populations<'p>(
    pipelines: impl IntoIterator<Item = &'p Pipeline>,
    outcomes: &[Outcome],
    tables: &[String],
) -> Vec<Finding> {
    let named = pipelines.into_iter().flat_map(|pipeline| {
        let populations = pipeline.measures.values().filter_map(|measure| measure.per.as_ref());
        populations.map(move |per| (pipeline, per.population.as_str()))
    });
    named.filter_map(|(pipeline, asked)| nowhere(pipeline, "per", asked, (outcomes, tables))).collect()
}

/// The publishers' own measures that `pipelines` name and nobody declares.
pub fn unknown_first_hand<'p>(
    pipelines: impl IntoIterator<Item = &'p Pipeline>,
    outcomes: &[Outcome],
    tables: &[String],
) -> Vec<Finding> {
    let named = pipelines.into_iter().flat_map(|pipeline| {
        let others = pipeline.measures.values().filter_map(|measure| measure.first_hand.as_deref());
        others.map(move |other| (pipeline, other))
    });
    named.filter_map(|(pipeline, asked)| nowhere(pipeline, "first_hand", asked, (outcomes, tables))).collect()
}

/// That `key` of a pipeline names a measure of another table that nobody declares.
fn nowhere(
    pipeline: &Pipeline,
    key: &str,
    asked: &str,
    (outcomes, tables): (&[Outcome], &[String]),
) -> Option<Finding> {
    let (table, measure) = asked.split_once('/')?;
    let made = outcomes.iter().find(|outcome| outcome.name == table && outcome.written);
    if !tables.iter().any(|known| known == table) {
        let names = tables.iter().map(String::as_str);
        let finding = unknown(pipeline, key, asked, table, names.clone());
        // A folder without the other table is no mistake: papers then have the measure alone.
        let is_slip = likely(table, names).is_some();
        let severity = if is_slip { finding.severity } else { Severity::Note };
        return Some(Finding { severity, ..finding });
    }
    let outcome = made.filter(|made| !made.meta.measures.contains_key(measure))?;
    Some(unknown(pipeline, key, asked, measure, outcome.meta.measures.keys().map(String::as_str)))
}

/// What the `same_as` checks of `pipelines` find. A check whose other table is nowhere is passed over; one that names
/// a table or measure that nobody declares is said.
pub fn disagreements<'p>(
    pipelines: impl IntoIterator<Item = &'p Pipeline>,
    outcomes: &[Outcome],
    tables: &[String],
    asked: &Asked,
    out: Option<&Path>,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for pipeline in pipelines {
        for check in &pipeline.checks.same_as {
            let Some((table, slice)) = other(check) else { continue };
            if !tables.iter().any(|known| known == table) {
                let names = tables.iter().map(String::as_str);
                findings.push(unknown(pipeline, "same_as", &check.other, table, names));
                continue;
            }
            let made = |name: &str| outcomes.iter().find(|outcome| outcome.name == name);
            let Some(mine) = made(&pipeline.name).and_then(|outcome| outcome.lent.get(&mine(check))) else { continue };
            match made(table) {
                Some(outcome) if outcome.meta.measures.contains_key(&slice.0) => {
                    let there = outcome.lent.get(&slice);
                    findings.extend(there.and_then(|there| same_as(check, pipeline, mine, there)));
                }
                Some(outcome) if outcome.written => {
                    let names = outcome.meta.measures.keys().map(String::as_str);
                    findings.push(unknown(pipeline, "same_as", &check.other, &slice.0, names));
                }
                Some(_) => {}
                None => {
                    let lent = out.map(|out| lend_from(table, out, asked)).unwrap_or_default();
                    findings.extend(lent.get(&slice).and_then(|there| same_as(check, pipeline, mine, there)));
                }
            }
        }
    }
    findings
}

/// That `key` of a pipeline asks for `asked`, in which `word` leads nowhere.
fn unknown<'n>(
    pipeline: &Pipeline,
    key: &str,
    asked: &str,
    word: &str,
    names: impl IntoIterator<Item = &'n str>,
) -> Finding {
    let help = match likely(word, names) {
        Some(name) => format!("did you mean `{name}`?"),
        None => "`abreast list tables` and `abreast list measures` print what there is".to_owned(),
    };
    let named = pipeline.mentions(Kind::OtherMeasure).find(|mention| mention.word == asked);
    let span = named.map_or(0..0, |mention| mention.span.clone());
    let message = format!("`{key}` asks for `{asked}`, and there is no `{word}`");
    Finding::warning("check-unknown", message, help).of(&pipeline.name, "").at(pipeline.place(span))
}
