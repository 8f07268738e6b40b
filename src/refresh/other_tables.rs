//! What a pipeline says of other tables: populations, publishers' own measures and checks of two tables, which must be there
//! and agree.

use std::path::Path;

use super::asked_figures::{Asked, asked_figures_in_file, mine, other};
use super::outcome::Outcome;
use crate::check::same_as;
use crate::declaration::Kind;
use crate::finding::{Finding, Severity, likely};
use crate::pipeline::Pipeline;

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
            let Some(mine) = made(&pipeline.name).and_then(|outcome| outcome.asked.get(&mine(check))) else { continue };
            match made(table) {
                Some(outcome) if outcome.meta.measures.contains_key(&slice.0) => {
                    let there = outcome.asked.get(&slice);
                    findings.extend(there.and_then(|there| same_as(check, pipeline, mine, there)));
                }
                Some(outcome) if outcome.written => {
                    let names = outcome.meta.measures.keys().map(String::as_str);
                    findings.push(unknown(pipeline, "same_as", &check.other, &slice.0, names));
                }
                Some(_) => {}
                None => {
                    let there = out.map(|out| asked_figures_in_file(table, out, asked)).unwrap_or_default();
                    findings.extend(there.get(&slice).and_then(|there| same_as(check, pipeline, mine, there)));
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
