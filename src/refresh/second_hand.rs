//! What is to be known of a table that is taken from elsewhere: which of its measures have no figure at all, and which
//! stand first hand in a table of the publisher's own.

use crate::finding::{Finding, Place};
use crate::frame::Frame;
use crate::pipeline::Pipeline;
use crate::schema::column;
use crate::shown::counted;

use super::outcome::Outcome;

/// The measures that a dictionary describes and that have no row in the table.
pub(super) fn without_figure(pipeline: &Pipeline, frame: &Frame) -> Option<Finding> {
    let dictionary = pipeline.dictionary.as_ref()?;
    let known = frame.get(column::Measure).ok()?;
    let described = pipeline.measures.iter().filter(|(_, measure)| !measure.word.is_empty());
    let without: Vec<String> = described
        .filter(|(name, _)| known.code(name).is_none())
        .map(|(name, measure)| format!("`{name}` ({})", measure.word))
        .collect();
    let number = counted(without.len(), "measure", "measures");
    let message = format!("{number} of the dictionary without a row that is loaded: {}", without.join(", "));
    let help = format!(
        "nothing to do, unless rows of them are refused or left out; the dictionary is `{}`",
        dictionary.file.get_ref()
    );
    let finding = Finding::note("measure-without-rows", message, help).of(&pipeline.name, "");
    (!without.is_empty()).then(|| finding.at(Place::file(&pipeline.path)))
}

/// The measures of `pipelines` that stand in a table of their publisher's own as well: nobody is to cite one for the other.
pub(super) fn beside_first_hand<'p>(
    pipelines: impl IntoIterator<Item = &'p Pipeline>,
    outcomes: &[Outcome],
) -> Vec<Finding> {
    let written = |name: &str| outcomes.iter().find(|outcome| outcome.name == name && outcome.written);
    let mut findings = Vec::new();
    for pipeline in pipelines.into_iter().filter(|pipeline| !pipeline.taken_from.is_empty()) {
        let Some(own) = written(&pipeline.name) else { continue };
        let pairs: Vec<String> = pipeline
            .measures
            .iter()
            .filter(|(name, _)| own.meta.measures.contains_key(*name))
            .filter_map(|(name, measure)| {
                let other = measure.first_hand.as_ref()?;
                let (table, theirs) = other.split_once('/')?;
                let is_there = written(table)?.meta.measures.contains_key(theirs);
                is_there.then(|| format!("`{name}` and `{other}`"))
            })
            .collect();
        if pairs.is_empty() {
            continue;
        }
        let number = counted(pairs.len(), "measure stands", "measures stand");
        let message = format!(
            "{number} here twice, taken from {} and from the publisher: {}",
            pipeline.taken_from,
            pairs.join(", ")
        );
        let help = "cite the publisher's own; pages and papers say of the other what it is taken from";
        findings
            .push(Finding::note("second-hand", message, help).of(&pipeline.name, "").at(Place::file(&pipeline.path)));
    }
    findings
}
