//! Observations and declared checks to findings: is everyone there, do the parts make the whole, is any figure
//! impossible, restated or out of the ordinary.

mod allowed;
mod cells;
mod coverage;
mod outlier;
mod parts;
mod plausible;
mod restated;
mod same;
mod totals;
mod typed;

use std::collections::BTreeMap;

use crate::area::Register;
use crate::finding::{Finding, Place};
use crate::frame::Frame;
use crate::pipeline::{Measure, Pipeline};

pub use same::{Figures, figures, same_as};

/// A check that could find nothing: what it is about is in no row.
fn unknown(pipeline: &Pipeline, check: &str, topic: &str) -> Finding {
    Finding::warning(
        "check-unknown",
        format!("the check `{check}` is about `{topic}`, which no row has"),
        format!("if the publisher renamed it, correct the check in {} or say so under `labels`", pipeline.path),
    )
    .at(Place::file(&pipeline.path))
}

/// Checks the observations of one table; only its latest rows, which are the ones compared, but for what a release
/// restates of an older one.
///
/// # Errors
/// A frame that lacks a column: a mistake in the program, said as a finding.
pub fn check(
    pipeline: &Pipeline,
    measures: &BTreeMap<String, Measure>,
    frame: &Frame,
    register: &Register,
) -> Result<Vec<Finding>, Finding> {
    let mut findings = coverage::absent(pipeline, frame, register)?;
    findings.extend(totals::cross_foot(pipeline, frame)?);
    findings.extend(plausible::impossible(pipeline, measures, frame)?);
    findings.extend(typed::shares(pipeline, measures, frame)?);
    for declared in &pipeline.checks.allowed {
        findings.extend(allowed::others(declared, pipeline, frame)?);
    }
    for declared in &pipeline.checks.parts {
        findings.extend(parts::differ(declared, pipeline, frame)?);
    }
    for declared in &pipeline.checks.restatement {
        findings.extend(restated::restated(declared, frame)?);
    }
    for declared in &pipeline.checks.outlier {
        findings.extend(outlier::outliers(declared, pipeline, measures, frame)?);
    }
    Ok(findings.into_iter().map(|finding| finding.of(&pipeline.name, "")).collect())
}
