//! Observations to what is published of them: their comparisons, encoded, and the table's file.

use std::collections::BTreeMap;

use super::outcome::Outcome;
use super::table::Shared;
use crate::comparator::Comparator;
use crate::compare::{Comparison, Context, Subject};
use crate::finding::Error;
use crate::frame::Frame;
use crate::pipeline::{Measure, Pipeline};
use crate::publish::{Encoder, Part, encode};
use crate::schema::{COMPARISONS, OBSERVATIONS};

/// What a council's own figures stand beside: England, where the return has it; never other authorities.
const OWN: [Comparator; 1] = [Comparator::England];

/// Rows of comparisons in a row group.
const GROUP_ROWS: usize = 500_000;

/// Rows of comparisons that are put out at once: as many as a processor's own memory holds.
const AT_ONCE: usize = 65_536;

/// Works out the comparisons of a table, a slice of their rows at a time.
pub(super) fn compare(
    outcome: &mut Outcome,
    pipeline: &Pipeline,
    measures: &BTreeMap<String, Measure>,
    frame: &Frame,
    shared: &Shared<'_>,
) {
    let breaks = outcome.meta.breaks.clone();
    let context = Context {
        register: shared.register,
        measures: measures.iter().map(|(name, measure)| (name.clone(), Subject::from(measure))).collect(),
        stand_ins: measures.iter().map(|(name, measure)| (name.clone(), measure.breakdown.clone())).collect(),
        breaks: &breaks,
        comparators: if pipeline.provisional { &OWN } else { &shared.comparators },
        depth: shared.depth,
        rank_minimum: None,
        average: Default::default(),
        ranked: !pipeline.provisional,
        only: None,
    };
    let Outcome { stages, findings, .. } = outcome;
    let comparison = match stages.timed("compare", || Comparison::of(frame, &context)) {
        Ok(comparison) => comparison,
        Err(finding) => {
            findings.push(finding.of(&pipeline.name, ""));
            return;
        }
    };
    let mut encoder = Encoder::new(COMPARISONS);
    for group in comparison.slices(GROUP_ROWS) {
        let done = comparison.cut(group, AT_ONCE).try_for_each(|slice| {
            let rows = stages.timed("compare", || comparison.frame(slice))?;
            outcome.compared += rows.height();
            match shared.outputs {
                Some(_) => stages.timed("publish", || encoder.add(&rows)),
                None => Ok(()),
            }
        });
        if let Err(finding) = done.and_then(|()| stages.timed("publish", || encoder.end_group())) {
            findings.push(finding.of(&pipeline.name, ""));
            return;
        }
    }
    outcome.comparisons = Some(encoder.done());
}

/// Writes the observations of a table.
///
/// # Errors
/// The table cannot be written.
pub(super) fn publish(outcome: &mut Outcome, frame: &Frame, shared: &Shared<'_>) -> Result<(), Error> {
    let Some(outputs) = shared.outputs else {
        outcome.written = true;
        return Ok(());
    };
    let Outcome { stages, meta, findings, name, .. } = outcome;
    let written = stages.timed("publish", || match encode(frame, OBSERVATIONS) {
        Ok(encoded) => outputs.write_table(name, OBSERVATIONS, meta, vec![Part::Fresh(encoded)]).map(Ok),
        Err(finding) => Ok(Err(finding)),
    })?;
    match written {
        Ok(()) => outcome.written = true,
        Err(finding) => findings.push(finding.of(name, "")),
    }
    Ok(())
}
