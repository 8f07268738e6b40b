//! The figures that checks of two tables ask for, kept of each table while it is at hand.
//!
//! A table is only in memory while it is made, and one that was left alone is not made at all; so each outcome keeps
//! the few figures that a `same_as` asks for, and a table that this run does not make gives them from its file.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::check::{Figures, figures};
use crate::finding::Finding;
use crate::frame::Frame;
use crate::pipeline::{Pipeline, SameAs};
use crate::publish::{self, Only};
use crate::schema::{OBSERVATIONS, column};
use crate::store::path_of;

/// A measure and `Topic=breakdown`, empty for the total.
pub type Slice = (String, String);

/// By table, the figures that checks ask of it.
pub type Asked = BTreeMap<String, BTreeSet<Slice>>;

/// The figures of a table that checks ask for.
pub type AskedFigures = BTreeMap<Slice, Figures>;

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

/// What a check asks of its own table.
pub fn mine(check: &SameAs) -> Slice {
    (check.measure.clone(), check.breakdown.clone())
}

/// What a check asks of the other table, with its name.
pub fn other(check: &SameAs) -> Option<(&str, Slice)> {
    let (table, measure) = check.other.split_once('/')?;
    Some((table, (measure.to_owned(), check.other_breakdown.clone())))
}

/// The figures that `table` is asked for, from its frame.
///
/// # Errors
/// A frame that lacks a column: a mistake in the program, said as a finding.
pub fn asked_figures(table: &str, frame: &Frame, asked: &Asked) -> Result<AskedFigures, Finding> {
    let slices = asked.get(table).into_iter().flatten();
    slices.map(|slice| Ok((slice.clone(), figures(frame, &slice.0, &slice.1)?))).collect()
}

/// The figures that `table` is asked for, from its file in `out`; none where it cannot be read.
pub fn asked_figures_in_file(table: &str, out: &Path, asked: &Asked) -> AskedFigures {
    let Some(slices) = asked.get(table) else { return AskedFigures::new() };
    let measures: Vec<String> = slices.iter().map(|(measure, _)| measure.clone()).collect();
    let rows = publish::rows(&path_of(out, table), OBSERVATIONS, &[Only::of(column::Measure, &measures)]);
    rows.ok().and_then(|frame| asked_figures(table, &frame, asked).ok()).unwrap_or_default()
}
