//! One table tried without writing it: what a refresh would find in its files.

use std::collections::BTreeMap;
use std::path::Path;

use super::asked_figures;
use super::plan::{Job, Source};
use super::table::{Shared, make};
use crate::area::Register;
use crate::compare::Depth;
use crate::finding::{Error, Finding};
use crate::frame::Frame;
use crate::home::Returns;
use crate::load::Opened;
use crate::pipeline::Pipeline;
use crate::progress::Progress;
use crate::publish::AccountMeta;

/// What came of trying a table.
pub struct Tried {
    /// What was found.
    pub findings: Vec<Finding>,
    /// Where the rows of each file went.
    pub accounts: Vec<AccountMeta>,
    /// The observations, where any could be made.
    pub frame: Option<Frame>,
}

/// Takes `sources` through the stages of a refresh up to its checks, and writes nothing; the file `opened` is not read again.
///
/// # Errors
/// The reference files cannot be read.
pub fn try_out(
    pipeline: &Pipeline,
    sources: Vec<Source>,
    register: &Register,
    returns: &Path,
    opened: (&Path, &Opened),
) -> Result<Tried, Error> {
    // Nothing is compared of a council's own figures, and nothing need be here.
    let pipeline = Pipeline { provisional: true, ..pipeline.clone() };
    let job = Job { pipeline, sources, bytes: 0, dictionaries: Vec::new(), lost: Vec::new() };
    let shared = Shared {
        register,
        register_hash: String::new(),
        comparators: Vec::new(),
        depth: Depth::Figures,
        returns: &Returns { folder: returns.to_owned(), fallback: false },
        outputs: None,
        force: true,
        asked: &asked_figures::Asked::new(),
        compared: BTreeMap::new(),
        exact: false,
        opened: Some(opened),
        progress: &Progress::default(),
    };
    let outcome = make(&[&job], &shared)?.remove(0);
    Ok(Tried { findings: outcome.findings, accounts: outcome.meta.accounts, frame: outcome.tried })
}
