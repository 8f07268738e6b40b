//! The query that counts the records of one release on another engine, from the tables of that release.

use std::collections::BTreeMap;

use super::input::Input;
use super::records::Counting;
use super::records::query::{Asked, Dialect, Relation, Rows};
use super::{correction, predecessor};
use crate::area::Register;
use crate::finding::Finding;
use crate::pipeline::{Pipeline, Release};

/// What is asked of a release.
pub struct Asking<'a> {
    /// The release.
    pub release: &'a Release,
    /// The engine.
    pub dialect: Dialect,
    /// Where it writes what it answers.
    pub to: &'a str,
    /// The hash of each file of the return, by its path below the returns.
    pub files: &'a BTreeMap<String, String>,
    /// Says where the engine finds the rows of a table.
    pub relate: &'a mut dyn FnMut(&Rows<'_>) -> Result<Relation, Finding>,
}

/// The query that counts the records of a release; `inputs` are those of all releases that it takes words from, and its own.
///
/// # Errors
/// What stops the records from being counted.
pub fn query(
    pipeline: &Pipeline,
    mut inputs: Vec<Input<'_>>,
    register: &Register,
    asking: Asking<'_>,
) -> Result<String, Vec<Finding>> {
    let mut wrong = Vec::new();
    let mut corrected = false;
    for input in &mut inputs {
        let found = correction::apply(pipeline, input.release, &mut input.table, &mut Vec::new());
        corrected |= input.release == asking.release && !found.is_empty();
        wrong.extend(found.into_iter().filter(Finding::is_error));
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let ancestors = predecessor::Ancestors::of(pipeline, &inputs);
    let Some(input) = inputs.iter().find(|input| input.release == asking.release) else { return Err(Vec::new()) };
    let mut counting = Counting { pipeline, input, ancestors: &ancestors, register };
    let is_changed = corrected || ancestors.is_declared();
    let Asking { dialect, to, files, relate, .. } = asking;
    counting.query(Asked { dialect, to, is_changed, files, relate })
}
