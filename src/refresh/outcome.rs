//! What became of a table: its figures and footer where it was made, what was found, the rows refused.

use std::collections::BTreeSet;

use super::asked_figures::AskedFigures;
use super::plan::Job;
use super::stages::Stages;
use crate::area::LaCode;
use crate::finding::{Finding, Place, Severity};
use crate::frame::Frame;
use crate::normalise::Account;
use crate::pipeline::Pipeline;
use crate::publish::{Encoded, TableMeta};
use crate::quarantine::Refused;

/// What became of a table.
pub struct Outcome {
    /// Its footer.
    pub meta: TableMeta,
    /// Its name.
    pub name: String,
    /// Whether it was left alone because nothing changed.
    pub unchanged: bool,
    /// Whether it stands in the outputs as it should.
    pub written: bool,
    /// Its comparisons, encoded; none where it was left alone or failed.
    pub comparisons: Option<Encoded>,
    /// Neighbour sets it feeds: year, authority, rank, neighbour.
    pub neighbours: Vec<(u16, LaCode, u8, LaCode)>,
    /// Observations made.
    pub observations: usize,
    /// Comparisons made.
    pub compared: usize,
    /// Time and memory.
    pub stages: Stages,
    /// What was found.
    pub findings: Vec<Finding>,
    /// The rows refused.
    pub refused: Vec<Refused>,
    /// The figures that checks of two tables ask this one for.
    pub asked: AskedFigures,
    /// Its observations, where it is only tried.
    pub tried: Option<Frame>,
    /// Its observations before small numbers were hidden, where the exact figures are asked for.
    pub exact: Option<Frame>,
}

impl Outcome {
    /// A table of which nothing is made yet.
    pub(super) fn of(job: &Job) -> Outcome {
        Outcome {
            meta: TableMeta::default(),
            name: job.pipeline.name.clone(),
            unchanged: false,
            written: false,
            comparisons: None,
            neighbours: Vec::new(),
            observations: 0,
            compared: 0,
            stages: Stages::default(),
            findings: job.lost.clone(),
            refused: Vec::new(),
            asked: AskedFigures::new(),
            tried: None,
            exact: None,
        }
    }
}

/// Takes in what was found while rows were normalised.
pub(super) fn said(outcome: &mut Outcome, pipeline: &Pipeline, found: Vec<Finding>) {
    // In a return with a row a measure, a cell that its measure does not use is empty by design.
    let sparse = pipeline.releases.iter().any(|block| block.measure_column.is_some());
    outcome.findings.extend(found.into_iter().filter(|finding| !(sparse && finding.code == "empty-cells")));
    // There every measure resolves the columns of the one file: what all of them miss is said once.
    let mut said = BTreeSet::new();
    outcome.findings.retain(|finding| !sparse || said.insert(key(finding)));
}

/// What is the same in a finding that several measures of one file give: of a note, wherever it stands.
fn key(finding: &Finding) -> String {
    match finding.severity {
        Severity::Note => format!("{} {} {}", finding.code, finding.release, finding.message),
        _ => format!("{finding:?}"),
    }
}

/// Takes in what became of the rows: the refused ones, and files of which none is loaded.
pub(super) fn accounted(outcome: &mut Outcome, pipeline: &Pipeline, accounts: Vec<Account>) {
    outcome.refused.retain(|unknown| accounts.iter().any(|account| counts(account, &unknown.finding)));
    for account in &mut outcome.meta.accounts {
        account.refused += outcome.refused.iter().filter(|unknown| unknown.finding.place.is_in(&account.file)).count();
    }
    outcome.findings.extend(nothing_loaded(pipeline, &accounts));
    for Account { release, refused, .. } in accounts {
        outcome.refused.extend(refused.of(&pipeline.name, &release));
    }
}

/// Whether a row without a measure counts as refused: the file was not refused as a whole before.
fn counts(account: &Account, unknown: &Finding) -> bool {
    unknown.place.is_in(&account.file) && account.unaccounted() > 0
}

/// Files of which no row is loaded, though none is refused. Where that is all files there is no table, and no other
/// finding would say why.
fn nothing_loaded(pipeline: &Pipeline, accounts: &[Account]) -> Vec<Finding> {
    let is_empty = |account: &&Account| account.rows > 0 && account.loaded == 0 && account.refused.count() == 0;
    let all = accounts.iter().all(|account| is_empty(&account));
    let said = |account: &Account| {
        let rules = account.left_out.iter().map(|(rule, count)| format!("{count} by `{rule}`"));
        let rules = rules.collect::<Vec<_>>().join(", ");
        let rules = if rules.is_empty() { String::new() } else { format!(": left out are {rules}") };
        let message = format!("none of the {} rows is loaded{rules}", account.rows);
        let help = format!("correct the rules of the block in {}; `abreast inspect FILE` tries another", pipeline.path);
        let finding = if all { Finding::error } else { Finding::warning };
        finding("nothing-loaded", message, help).of(&pipeline.name, &account.release).at(Place::file(&account.file))
    };
    accounts.iter().filter(is_empty).map(said).collect()
}

/// Takes the texts of refused rows out of what is said of them: a row is found by its number, and its text may be a name.
pub(super) fn unnamed(outcome: &mut Outcome) {
    let texts: BTreeSet<String> = outcome.refused.iter_mut().map(|refused| std::mem::take(&mut refused.text)).collect();
    let findings = outcome.findings.iter_mut().chain(outcome.refused.iter_mut().map(|refused| &mut refused.finding));
    for finding in findings.filter(|finding| finding.place.row.is_some()) {
        for text in texts.iter().filter(|text| !text.is_empty()) {
            finding.message = finding.message.replace(&format!("`{text}`"), "the text of the cell");
        }
    }
}
