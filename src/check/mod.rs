//! Observations to findings: is everyone there, do the parts make the whole, is any figure impossible, restated, unlike
//! its past or out of the ordinary. What is checked unasked goes by the cube; what a pipeline declares by its own rules.

mod accept;
mod again;
mod ahead;
mod allowed;
mod cells;
mod copied;
mod corrected;
mod coverage;
mod cube;
mod doubt;
mod fraction;
mod gone;
mod impossible;
mod lines;
mod moves;
mod outlier;
mod parts;
mod past;
mod restated;
mod same;
mod succession;
mod sums;
mod swapped;
mod together;
mod totals;
mod typed;
mod unknown;

use unknown::unknown;

use std::collections::BTreeMap;

use crate::area::Register;
use crate::finding::{Finding, Place};
use crate::frame::Frame;
use crate::period::Breaks;
use crate::pipeline::{Measure, Pipeline};
use crate::schema::Periods;

use accept::Accepted;
use corrected::Corrected;
use cube::Cube;
use lines::Line;
use past::Past;

pub use same::{Figures, figures, same_as};

/// What the reading of the files tells the checks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Read<'a> {
    /// The cells that are not as the publisher has them, but corrected, each with the number of the correction.
    pub corrected: &'a [(Place, usize)],
    /// The acceptances that were used, by their place in the pipeline.
    pub accepted: &'a [usize],
}

/// What was found, and the figures that are doubted.
pub struct Checked {
    /// What was found.
    pub findings: Vec<Finding>,
    /// The rows whose figures are marked and stand in no rank, in order.
    pub doubtful: Vec<usize>,
    /// The rows of authorities whose figures are only what their successors' back-cast figures leave, in order.
    pub residual: Vec<usize>,
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
    read: Read<'_>,
) -> Result<Checked, Finding> {
    let mut checked = unasked(pipeline, measures, frame, register, read)?;
    checked.findings.extend(asked(pipeline, measures, frame, register)?);
    checked.findings = checked.findings.into_iter().map(|finding| finding.of(&pipeline.name, "")).collect();
    Ok(checked)
}

/// What `[checks]` declares.
fn asked(
    pipeline: &Pipeline,
    measures: &BTreeMap<String, Measure>,
    frame: &Frame,
    register: &Register,
) -> Result<Vec<Finding>, Finding> {
    let mut findings = coverage::absent(pipeline, frame, register)?;
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
    Ok(findings)
}

/// What no line in a pipeline asks for.
fn unasked(
    pipeline: &Pipeline,
    measures: &BTreeMap<String, Measure>,
    frame: &Frame,
    register: &Register,
    read: Read<'_>,
) -> Result<Checked, Finding> {
    let cube = Cube::of(frame)?;
    let declared: Vec<Option<&Measure>> = cube.words.measure.words.iter().map(|name| measures.get(*name)).collect();
    let lines = lines::lines(&cube, &declared)?;
    let known = Periods::of(frame)?.known();
    let breaks = Breaks::of(&pipeline.breaks, &known, pipeline.period_ends);
    let mut accepted = Accepted::of(pipeline, register, read.accepted);
    let mut doubts = Vec::new();
    let mut findings = impossible::impossible(pipeline, measures, &cube, &mut doubts)?;
    let mut past = Past::of(&cube, &lines, &breaks)?;
    for at in 0..lines.len() {
        past.doubts(&lines, at, &mut doubts);
    }
    for lines in lines.chunk_by(|a, b| a.measure == b.measure) {
        let whole: Vec<&Line> = lines.iter().filter(|line| line.whole).collect();
        let moves = moves::moves(&cube, &whole, &breaks);
        findings.extend(together::together(&cube, &moves, &mut doubts, &mut accepted)?);
        findings.extend(together::all_equal(&cube, &whole)?);
        findings.extend(fraction::fraction(pipeline, &cube, &whole, &mut accepted)?);
    }
    findings.extend(totals::cross_foot(pipeline, &cube, &lines)?);
    let changed = Corrected::of(&cube, read.corrected)?;
    findings.extend(changed.again(pipeline, &cube, &mut accepted)?);
    let corrected = changed.rows(&cube)?;
    findings.extend(corrected::held_above(&cube, &lines, register, &corrected)?);
    findings.extend(sums::sums(pipeline, &cube, &lines, register, &corrected, &mut accepted)?);
    findings.extend(copied::copied(&cube, &lines, &mut accepted)?);
    findings.extend(again::again(&cube, &mut accepted)?);
    findings.extend(ahead::ahead(&cube, &mut accepted)?);
    findings.extend(gone::gone(&cube, &lines, &mut accepted)?);
    findings.extend(swapped::swapped(&cube, &lines, &mut accepted)?);
    let (found, residual) = succession::succession(&cube, &lines, register, &mut accepted)?;
    findings.extend(found);
    doubts.retain(|doubt| residual.binary_search(&doubt.row).is_err());
    let (found, doubtful) = doubt::findings(pipeline, &cube, doubts, &mut accepted)?;
    findings.extend(found);
    let releases: Vec<&str> = cube.releases.iter().map(|&code| cube.words.release.words[code]).collect();
    findings.extend(accepted.findings(&releases));
    Ok(Checked { findings, doubtful, residual })
}
