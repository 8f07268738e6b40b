//! `abreast run`: every pipeline through the stages, then comparisons, findings, charts and the front page.

use crate::finding::Error;
use crate::papers;
use crate::refresh::{Mode, Run, build, exact};

/// Runs the refresh; answers whether findings of severity error remain.
///
/// # Errors
/// What makes it impossible to go on.
pub fn run(options: &Run) -> Result<bool, Error> {
    if let Some(folder) = &options.exact {
        return exact(options, folder);
    }
    build(options, Mode::Write, &|batch, catalogue| {
        papers::front::write(batch, catalogue, &papers::pipelines(options.sources.pipelines.as_deref())?)
    })
}
