//! A check that could find nothing.

use crate::finding::{Finding, Place, Severity};
use crate::frame::Frame;
use crate::pipeline::{Pipeline, Release, ReleaseBlock};
use crate::schema::column;

/// A check that could find nothing: what it is about is in no row. Where a block of the pipeline has no release among the
/// files, its releases may be those that have it.
pub(super) fn unknown(pipeline: &Pipeline, frame: &Frame, check: &str, topic: &str) -> Result<Finding, Finding> {
    let releases = frame.get(column::Release)?;
    let used = |block: &ReleaseBlock| {
        let from = |word: &&str| pipeline.block(&Release::new(*word)).map(|block| block.from.get_ref());
        releases.words.iter().any(|word| from(word) == Some(block.from.get_ref()))
    };
    let severity = if pipeline.releases.iter().all(used) { Severity::Warning } else { Severity::Note };
    let message = format!("the check `{check}` is about `{topic}`, which no row has");
    let help = format!("if the publisher renamed it, correct the check in {} or say so under `labels`", pipeline.path);
    Ok(Finding::new(severity, "check-unknown", message, help).at(Place::file(&pipeline.path)))
}
