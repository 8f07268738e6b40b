//! Observations about people to observations that name nobody: small counts are hidden, and whatever would give them back.
//!
//! In: the observations of one table, which records its counts count, and what was published of it before. Out: the same
//! rows, those hidden without number, counts and text, with the status `protected`. Everything downstream (checks,
//! comparisons, tables, charts, papers, differences) sees only what this lets through.

mod across;
mod hide;
mod network;
mod records;
mod rows;

use crate::counted::Counted;
use crate::finding::Finding;
use crate::frame::Frame;
use crate::pipeline::{Pipeline, Shape};
use crate::statistics::suppression::{SmallNumbers, protect_linked};

use network::Network;
use rows::Rows;

/// A table as it comes to be protected.
pub struct Counts<'t> {
    /// Its pipeline.
    pub pipeline: &'t Pipeline,
    /// The observations.
    pub observations: &'t Frame,
    /// Of records, which of them each count counts.
    pub counted: &'t [Counted],
    /// Tables of the same name that were published earlier.
    pub before: &'t [Frame],
}

/// The observations of tables as they may be published, each with what is to be said of it. They are protected together: what
/// one of them hides, the others must not give back.
///
/// # Errors
/// A column is not there: a mistake in the program, said as a finding.
pub fn protect(tables: &[Counts<'_>]) -> Result<Vec<(Frame, Vec<Finding>)>, Finding> {
    counted_alike(tables)?;
    let mut network = Network::default();
    let mut laid = Vec::new();
    let mut first = 0;
    let mut all = Vec::new();
    for table in tables {
        let rows = Rows::of(table.observations, first)?;
        first += rows.height();
        match table.pipeline.shape {
            Shape::Records => laid.extend(records::counts(&mut network, table.pipeline, &rows, table.counted)),
            Shape::Areas => rows.counts(&mut network, table.pipeline),
        }
        all.push(rows);
    }
    across::across(&mut network, &laid);
    for (table, rows) in tables.iter().zip(&all) {
        rows.releases(&mut network);
        for earlier in table.before {
            rows.published_before(&mut network, &Rows::of(earlier, 0)?);
        }
    }
    let hidden = protect_linked(&network.figures, &network.sums, widest(tables));
    let gone = network.hidden_rows(first, &hidden);
    let of = |(table, rows): (&Counts<'_>, &Rows<'_>)| {
        let (from, pipeline) = (rows.first(), table.pipeline);
        let within = from..from + rows.height();
        let unprotected = network.unprotected.iter().filter(|row| within.contains(row)).count();
        let gone = &gone[within];
        Ok((hide::hide(table.observations, gone, pipeline)?, said(pipeline, gone, unprotected)))
    };
    tables.iter().zip(&all).map(of).collect()
}

/// Refuses counts of the same records of which an engine made some and a run the others: nothing tells which records they have in
/// common.
fn counted_alike(tables: &[Counts<'_>]) -> Result<(), Finding> {
    let all = || tables.iter().flat_map(|table| table.counted.iter().map(|counted| (&table.pipeline.name, counted)));
    for (own, counted) in all().filter(|(_, counted)| !counted.by_query) {
        let same = |(_, other): &(&String, &Counted)| other.by_query && other.records == counted.records;
        if let Some((other, _)) = all().find(same) {
            let message = format!(
                "release {}: an engine counted the records of `{other}`, and this run those of `{own}`, which are the same: \
                 what one of them hides could not be kept hidden in the other",
                counted.release
            );
            let help =
                format!("count `{own}` on the engine as well, or take the counts of `{other}` out of the release");
            return Err(Finding::error("counted-apart", message, help));
        }
    }
    Ok(())
}

/// The counts that are small for any of the tables.
fn widest(tables: &[Counts<'_>]) -> SmallNumbers {
    let all = tables.iter().map(|table| table.pipeline.small_numbers);
    let wider = |one: SmallNumbers, other: SmallNumbers| SmallNumbers {
        from: one.from.min(other.from),
        to: one.to.max(other.to),
        base: one.base.max(other.base),
    };
    all.reduce(wider).unwrap_or_default()
}

/// What was hidden, and what could not be protected.
fn said(pipeline: &Pipeline, gone: &[bool], unprotected: usize) -> Vec<Finding> {
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
    if unprotected > 0 {
        let message = format!(
            "{unprotected} figures have no counts, so that nothing tells whether they are about few people: they are not shown"
        );
        let help = "give the columns of numerator and denominator in the pipeline, or write `protect = false`";
        findings.push(Finding::warning("protected-without-counts", message, help).of(&pipeline.name, ""));
    }
    findings
}
