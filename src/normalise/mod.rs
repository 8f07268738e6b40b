//! Text tables and a release's map to observations: one long frame a table, every cell traced, every reason kept.
//!
//! Rows in are rows loaded, rows left out by a rule that is named and counted, and rows refused with a finding.

mod account;
mod asked;
mod assemble;
mod breakdown;
mod cells;
mod collide;
mod correction;
mod cut;
mod dated;
mod fit;
mod geography;
mod heard;
mod input;
mod map;
mod measured;
mod meta;
mod named;
mod newest;
mod nothing;
mod periods;
mod predecessor;
mod rate;
mod records;
mod room;
mod rows;
mod said;
mod templates;
mod trace;
mod unseen;
mod yearly;

pub(crate) use input::Shared;
pub use input::{Input, Rest};

use std::collections::BTreeMap;

use crate::area::Register;
use crate::counted::{self, Counted};
use crate::finding::{Finding, Place};
use crate::frame::Frame;
use crate::pipeline::{Measure, Pipeline, ReleaseBlock, Shape};

pub use account::Account;
pub use asked::{Asking, query};
pub use breakdown::Vocabulary;
pub use fit::{Fit, Missing, fit};
pub use meta::{Meta, is_standard};
pub use records::counted_files;
pub use records::query::{Dialect, Relation, Rows as RecordRows};
pub use templates::{columns_of, is_template, periods_in};
pub use trace::{About, Part, Trace, Traced, correction_of};

/// A table normalised.
pub struct Normalised {
    /// The observations, or none where a finding of severity error stopped the table.
    pub observations: Option<Frame>,
    /// What was found.
    pub findings: Vec<Finding>,
    /// Where the rows went, by release.
    pub accounts: Vec<Account>,
    /// The measures, those found by `indicators = "all"` included.
    pub measures: BTreeMap<String, Measure>,
    /// The cells that are not as the publisher has them, but corrected, each with the number of the correction.
    pub corrected: Vec<(Place, usize)>,
    /// The acceptances of the pipeline that were used, by their place in it.
    pub accepted: Vec<usize>,
    /// Of records about people, which of them each count counts.
    pub counted: Vec<Counted>,
}

/// Adds an account; a file that is read once for each measure of a `measure_column` was still read once.
fn book(accounts: &mut Vec<Account>, account: Account, block: &ReleaseBlock) {
    let same = |last: &&mut Account| last.release == account.release && last.file == account.file;
    match (&block.measure_column, accounts.last_mut().filter(same)) {
        (Some(column), Some(last)) => last.join(account, &rows::left_out_by_where(column.get_ref())),
        _ => accounts.push(account),
    }
}

/// What is to be said of the files as such, each looked at once however many measures are read from it: columns that came
/// in unseen, rows that a range leaves out, a declared period that the file contradicts.
fn looks(pipeline: &Pipeline, inputs: &[Input<'_>], register: &Register) -> Vec<Finding> {
    let is_first = |at: &usize| *at == 0 || inputs[at - 1].table.file != inputs[*at].table.file;
    let is_read = |input: &&Input<'_>| !counted::is_file(&input.table.file);
    let files: Vec<&Input<'_>> = (0..inputs.len()).filter(is_first).map(|at| &inputs[at]).filter(is_read).collect();
    let mut findings = dated::declared(pipeline, &files);
    for (at, input) in files.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| files[before]);
        let found = unseen::unseen(pipeline, input, before).into_iter().chain(cut::off(pipeline, input, register));
        findings.extend(found.map(|found| (input.release.to_string(), found)));
    }
    findings.into_iter().map(|(release, finding)| finding.of(&pipeline.name, &release)).collect()
}

/// Turns the loaded releases of `pipeline` into observations.
pub fn normalise(pipeline: &Pipeline, mut inputs: Vec<Input<'_>>, register: &Register) -> Normalised {
    let mut shared = Shared::default();
    // Number 0 stands for "no text" in every release.
    shared.raw.code("");
    let mut findings = Vec::new();
    let mut accounts = Vec::new();
    let mut blocks = Vec::new();
    let mut measures = pipeline.measures.clone();
    let mut cells = Vec::new();
    let corrected: Vec<Vec<Finding>> = inputs
        .iter_mut()
        .map(|input| match counted::is_file(&input.table.file) {
            // The engine counted what was corrected before.
            true => Vec::new(),
            false => correction::apply(pipeline, input.release, &mut input.table, &mut cells),
        })
        .collect();
    findings.extend(correction::elsewhere(pipeline, &inputs));
    findings.extend(named::columns(pipeline, &inputs));
    let ancestors = predecessor::Ancestors::of(pipeline, &inputs);
    findings.extend(looks(pipeline, &inputs, register));
    let mut by_measure = measured::ByMeasure::default();
    for (mut input, mut found) in inputs.into_iter().zip(corrected) {
        let release = input.release.to_string();
        let rows = input.table.rows.len();
        found.extend(by_measure.narrow(&mut input));
        shared.heard.listen(pipeline, &input);
        let mut others = Vec::new();
        let rest = input.rest.take();
        let mut account =
            Account { release: release.clone(), file: input.table.file.clone(), rows, ..Account::default() };
        found.extend(said::unsure_comma(&input.table));
        if let Some(unfit) = found.iter().find(|finding| finding.is_error()) {
            account.refused.file(unfit, account.rows);
        } else if pipeline.shape == Shape::Records {
            let mut counting = records::Counting { pipeline, input: &input, ancestors: &ancestors, register };
            let counted = match counted::is_file(&input.table.file) {
                true => counting.told(&mut shared, &mut account, &mut found),
                false => counting.count(rest, &mut shared, &mut account, &mut found),
            };
            blocks.extend(counted.blocks);
            others = counted.others;
        } else {
            let read = of_areas(pipeline, &input, register, &mut measures, &mut shared, &mut account, &mut found);
            blocks.extend(read);
        }
        findings.extend(found.into_iter().map(|finding| finding.of(&pipeline.name, &release)));
        book(&mut accounts, account, input.block);
        accounts.extend(others.into_iter().map(|account| Account { release: release.clone(), ..account }));
    }
    findings.extend(shared.heard.slips(pipeline));
    findings.extend(yearly::settle(pipeline, &mut shared, &mut blocks));
    let periods = &shared.periods;
    let of_its_period = |(at, counted): (usize, Counted)| Counted { period: periods[at].key(), ..counted };
    let counted: Vec<Counted> = std::mem::take(&mut shared.counted).into_iter().map(of_its_period).collect();
    let sound = !blocks.is_empty() && !findings.iter().any(Finding::is_error);
    let observations = sound
        .then(|| assemble::frame(&pipeline.name, &shared, &blocks))
        .and_then(|frame| frame.map_err(|finding| findings.push(finding.of(&pipeline.name, ""))).ok());
    let accepted = shared.accepted;
    Normalised { observations, findings, accounts, measures, corrected: cells, accepted, counted }
}

/// The blocks of a file whose rows are areas.
fn of_areas(
    pipeline: &Pipeline,
    input: &Input<'_>,
    register: &Register,
    measures: &mut BTreeMap<String, Measure>,
    shared: &mut Shared,
    account: &mut Account,
    found: &mut Vec<Finding>,
) -> Vec<assemble::Block> {
    match map::resolve(pipeline, input, measures) {
        Ok(map) => rows::blocks(pipeline, input, &map, register, shared, account, found).into_iter().collect(),
        Err(wrong) => {
            if let Some(first) = wrong.iter().find(|finding| finding.is_error()) {
                account.refused.file(first, account.rows);
            }
            found.extend(wrong);
            Vec::new()
        }
    }
}
