//! Observations about people to observations that name nobody: small counts are hidden, and whatever would give them back.
//!
//! In: the observations of one table, which records its counts count, and what was published of it before. Out: the same
//! rows, those hidden without number, counts and text, with the status `protected`. Everything downstream (checks,
//! comparisons, tables, charts, papers, differences) sees only what this lets through.

mod hide;
mod network;
mod records;
mod rows;

use crate::counted::Counted;
use crate::finding::Finding;
use crate::frame::Frame;
use crate::pipeline::{Pipeline, Shape};
use crate::statistics::suppression::protect_linked;

use network::Network;
use rows::Rows;

/// The observations of `pipeline` as they may be published, where it protects its counts; else as they are. `before` are
/// tables of the same name that were published earlier.
///
/// # Errors
/// A column is not there: a mistake in the program, said as a finding.
pub fn protect(
    pipeline: &Pipeline,
    observations: Frame,
    counted: &[Counted],
    before: &[Frame],
) -> Result<(Frame, Vec<Finding>), Finding> {
    if !pipeline.protects() {
        return Ok((observations, Vec::new()));
    }
    let rows = Rows::of(&observations)?;
    let mut network = Network::default();
    match pipeline.shape {
        Shape::Records => records::counts(&mut network, pipeline, &rows, counted),
        Shape::Areas => rows.counts(&mut network, pipeline),
    }
    rows.releases(&mut network);
    for earlier in before {
        rows.published_before(&mut network, &Rows::of(earlier)?);
    }
    let hidden = protect_linked(&network.figures, &network.sums, pipeline.small_numbers);
    let gone = network.hidden_rows(rows.height(), &hidden);
    let finding = said(pipeline, &gone, &network.unprotected);
    Ok((hide::hide(&observations, &gone, pipeline)?, finding))
}

/// What was hidden, and what could not be protected.
fn said(pipeline: &Pipeline, gone: &[bool], unprotected: &[usize]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let count = gone.iter().filter(|gone| **gone).count();
    let small = pipeline.small_numbers;
    if count > 0 {
        let message = format!(
            "{count} figures are not shown: they count {} to {}, or would give such a count back",
            small.from, small.to
        );
        let help = "nothing to do; `small_numbers` in the pipeline says which counts are small";
        findings.push(Finding::note("protected", message, help).of(&pipeline.name, ""));
    }
    if !unprotected.is_empty() {
        let message = format!(
            "{} figures have no counts, so that nothing tells whether they are about few people: they are not shown",
            unprotected.len()
        );
        let help = "give the columns of numerator and denominator in the pipeline, or write `protect = false`";
        findings.push(Finding::warning("protected-without-counts", message, help).of(&pipeline.name, ""));
    }
    findings
}
