//! Observations and declared checks to findings: is everyone there, do the parts make the whole, is any figure impossible.

mod coverage;
mod plausible;
mod totals;

use std::collections::BTreeMap;

use crate::area::Register;
use crate::finding::Finding;
use crate::observations::Frame;
use crate::pipeline::{Measure, Pipeline};

/// Checks the observations of one table; only its latest rows, which are the ones compared.
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
    Ok(findings.into_iter().map(|finding| finding.of(&pipeline.name, "")).collect())
}
