//! One table through the stages: load, normalise, check, compare, publish.

use std::collections::BTreeMap;
use std::path::Path;

use super::asked_figures::{Asked, asked_figures, asked_figures_in_file};
use super::footer::{count_observations, fingerprint, meta, newest};
use super::opening::{Raw, hashes, load, meta_hash, raw};
use super::outcome::{Outcome, accounted, said, unnamed};
use super::outputs::Outputs;
use super::plan::Job;
use super::published::{compare, publish};
use super::second_hand;
use super::stages::Stages;
use crate::area::Register;
use crate::check;
use crate::comparator::Comparator;
use crate::compare::Depth;
use crate::finding::{Error, Finding};
use crate::frame::Frame;
use crate::home::Returns;
use crate::load::Opened;
use crate::normalise::{Normalised, normalise};
use crate::period::as_written;
use crate::pipeline::{Measure, Pipeline};
use crate::progress::Progress;
use crate::protect::{Counts, protect};
use crate::provenance::hash_of;
use crate::publish::TableMeta;
use crate::schema::{OBSERVATIONS, Periods, column};
use crate::store::{links, path_of};
use crate::value::Status;

/// What every table of a run shares.
pub struct Shared<'a> {
    /// The register, with the neighbour sets that returns supplied.
    pub register: &'a Register,
    /// A hash of all that the register was read from.
    pub register_hash: String,
    /// What to compare with.
    pub comparators: Vec<Comparator>,
    /// How much to work out.
    pub depth: Depth,
    /// Where the returns are.
    pub returns: &'a Returns,
    /// Where to write, none for a check.
    pub outputs: Option<&'a Outputs>,
    /// Whether to do again what did not change.
    pub force: bool,
    /// The figures that checks of two tables ask for.
    pub asked: &'a Asked,
    /// The tables whose comparisons stand in the outputs, each with the fingerprint they were made from.
    pub compared: BTreeMap<String, String>,
    /// Whether the exact figures are asked for, and nothing else.
    pub exact: bool,
    /// A file that is open already, by its path: it is not read again.
    pub opened: Option<(&'a Path, &'a Opened)>,
    /// How far it is, for who watches.
    pub progress: &'a Progress,
}

/// Makes the tables of `jobs`, or leaves them alone where their footers already say what a run would say. Several are tables
/// about the same people, which are protected together: if one changes, all are made again.
///
/// # Errors
/// The outputs cannot be written.
pub fn make(jobs: &[&Job], shared: &Shared<'_>) -> Result<Vec<Outcome>, Error> {
    let together = match jobs {
        [_] => String::new(),
        several => several.iter().map(|job| job.pipeline.text.as_str()).collect(),
    };
    let standing: Option<Vec<Standing<'_>>> = jobs.iter().map(|job| standing(job, &together, shared)).collect();
    if let Some(standing) = standing {
        return standing.into_iter().map(|standing| left_alone(standing, shared)).collect();
    }
    let begun = jobs.iter().map(|job| begin(job, &together, shared));
    let mut counted: Vec<Counted<'_>> = begun.map(|begun| count(begun, shared)).collect();
    protected(&mut counted, shared);
    counted.into_iter().map(|counted| conclude(counted, shared)).collect()
}

/// A table whose files are read.
struct Begun<'j> {
    job: &'j Job,
    outcome: Outcome,
    raw: Vec<Raw<'j>>,
    inputs: BTreeMap<String, String>,
    fingerprint: String,
}

/// Reads the files of a table.
fn begin<'j>(job: &'j Job, together: &str, shared: &Shared<'j>) -> Begun<'j> {
    let mut outcome = Outcome::of(job);
    let Outcome { stages, findings, .. } = &mut outcome;
    let raw = stages.timed("load", || raw(job, shared.opened, findings));
    let inputs = inputs(job, raw.iter().flat_map(|raw| raw.hashes.clone()));
    let fingerprint = fingerprint(&job.pipeline, &inputs, together, shared);
    Begun { job, outcome, raw, inputs, fingerprint }
}

/// The hash of every file that a table is made from: the returns, what describes them, and dictionaries.
fn inputs(job: &Job, returns: impl Iterator<Item = (String, String)>) -> BTreeMap<String, String> {
    let dictionaries = job.dictionaries.iter().filter_map(|(shown, path)| Some((shown.clone(), hash_of(path).ok()?)));
    returns.chain(job.sources.iter().filter_map(meta_hash)).chain(dictionaries).collect()
}

/// A table whose records or cells have become observations; none where a finding stopped it.
struct Counted<'j> {
    pipeline: &'j Pipeline,
    outcome: Outcome,
    normalised: Normalised,
    frame: Option<Frame>,
}

/// Takes a table up to its observations.
fn count<'j>(begun: Begun<'j>, shared: &Shared<'_>) -> Counted<'j> {
    let Begun { job, mut outcome, raw, inputs, fingerprint, .. } = begun;
    let pipeline = &job.pipeline;
    let Outcome { stages, findings, refused, .. } = &mut outcome;
    let mut loaded = stages.timed("load", || load(job, raw, findings, refused));
    let failed = findings.iter().any(Finding::is_error);
    let mut normalised =
        stages.timed("normalise", || normalise(pipeline, std::mem::take(&mut loaded), shared.register));
    outcome.meta = meta(pipeline, &normalised.measures, &normalised.accounts, inputs, fingerprint, shared);
    said(&mut outcome, pipeline, std::mem::take(&mut normalised.findings));
    accounted(&mut outcome, pipeline, std::mem::take(&mut normalised.accounts));
    if pipeline.protects() {
        unnamed(&mut outcome);
    }
    let mut frame = normalised.observations.take().filter(|_| !failed);
    if let (true, Some(found)) = (shared.exact, &frame) {
        outcome.observations = found.height();
        outcome.exact = frame.take().filter(|_| pipeline.protects());
    }
    Counted { pipeline, outcome, normalised, frame }
}

/// Takes a table from its observations, as they may be published, to its file.
fn conclude(counted: Counted<'_>, shared: &Shared<'_>) -> Result<Outcome, Error> {
    let Counted { pipeline, mut outcome, normalised, frame } = counted;
    let Some(frame) = frame else { return Ok(outcome) };
    let frame = checked(&mut outcome, pipeline, frame, &normalised, shared);
    if shared.opened.is_some() {
        outcome.tried = frame.as_ref().ok().cloned();
    }
    match frame {
        Ok(frame) if !outcome.findings.iter().any(Finding::is_error) => {
            finished(&mut outcome, pipeline, &normalised.measures, &frame, shared)?;
        }
        Ok(_) => {}
        Err(finding) => outcome.findings.push(finding.of(&pipeline.name, "")),
    }
    Ok(outcome)
}

/// A table that stands as a run would make it.
struct Standing<'j> {
    pipeline: &'j Pipeline,
    outcome: Outcome,
    known: TableMeta,
}

/// The table as it stands, where a run would say the same: its files are hashed and not kept, for mostly nothing has changed.
fn standing<'j>(job: &'j Job, together: &str, shared: &Shared<'_>) -> Option<Standing<'j>> {
    let pipeline = &job.pipeline;
    let known = shared.outputs.filter(|_| !shared.force)?.known(&pipeline.name)?;
    // Its comparisons may be damaged where the table is not.
    let made_from = shared.compared.get(&pipeline.name).filter(|made_from| **made_from == known.fingerprint)?;
    let mut outcome = Outcome::of(job);
    let hashes = outcome.stages.timed("load", || hashes(job))?;
    let inputs = inputs(job, hashes.into_iter());
    let same = fingerprint(pipeline, &inputs, together, shared) == *made_from && outcome.findings.is_empty();
    same.then_some(Standing { pipeline, outcome, known })
}

/// The table as it stands.
fn left_alone(standing: Standing<'_>, shared: &Shared<'_>) -> Result<Outcome, Error> {
    let Standing { pipeline, mut outcome, known } = standing;
    outcome.findings.clone_from(&known.findings);
    outcome.observations = known.accounts.iter().map(|account| account.observations).sum();
    outcome.unchanged = true;
    outcome.written = true;
    outcome.meta = known;
    let root = shared.outputs.map(Outputs::root);
    outcome.asked = root.map(|out| asked_figures_in_file(&pipeline.name, out, shared.asked)).unwrap_or_default();
    if let Some(out) = root.filter(|_| pipeline.feeds.is_some()) {
        // The other tables need what it feeds, whether or not it was made again.
        let frame = crate::publish::rows(&path_of(out, &pipeline.name), OBSERVATIONS, &[])?;
        outcome.neighbours = links(&frame).unwrap_or_default();
    }
    Ok(outcome)
}

/// The observations with the marks of those that are doubted or residual.
fn checked(
    outcome: &mut Outcome,
    pipeline: &Pipeline,
    frame: Frame,
    normalised: &Normalised,
    shared: &Shared<'_>,
) -> Result<Frame, Finding> {
    outcome.observations = frame.height();
    outcome.findings.extend(second_hand::without_figure(pipeline, &frame));
    if let Ok(periods) = Periods::of(&frame) {
        let known = periods.known();
        outcome.meta.breaks = as_written(&pipeline.breaks, &known, pipeline.period_ends);
        outcome.meta.newest = newest(&known, &outcome.meta.accounts);
    }
    count_observations(&mut outcome.meta.accounts, &frame);
    let read = check::Read { corrected: &normalised.corrected, accepted: &normalised.accepted };
    let checked = outcome
        .stages
        .timed("check", || check::check(pipeline, &normalised.measures, &frame, shared.register, read))?;
    outcome.findings.extend(checked.findings);
    let marked = frame.marked(column::Status, &checked.doubtful, Status::Doubtful.word())?;
    marked.marked(column::Status, &checked.residual, Status::Residual.word())
}

/// Keeps what checks of two tables ask for, compares and publishes.
fn finished(
    outcome: &mut Outcome,
    pipeline: &Pipeline,
    measures: &BTreeMap<String, Measure>,
    frame: &Frame,
    shared: &Shared<'_>,
) -> Result<(), Error> {
    match asked_figures(&pipeline.name, frame, shared.asked) {
        Ok(figures) => outcome.asked = figures,
        Err(finding) => outcome.findings.push(finding.of(&pipeline.name, "")),
    }
    if pipeline.feeds.is_some() {
        outcome.neighbours = links(frame).unwrap_or_default();
    }
    outcome.meta.findings.clone_from(&outcome.findings);
    compare(outcome, pipeline, measures, frame, shared);
    publish(outcome, frame, shared)
}

/// Keeps tables that are protected together as they stand, all of them, where one cannot be made: what is published of that one
/// was hidden for the sake of the others as they were, and could give away what they hide now.
fn hold_together(tables: &mut [Counted<'_>], shared: &Shared<'_>) {
    let Some(out) = shared.outputs.map(Outputs::root) else { return };
    let is_lost = |table: &&Counted<'_>| {
        table.pipeline.protects() && table.frame.is_none() && path_of(out, &table.pipeline.name).is_file()
    };
    let Some(lost) = tables.iter().find(is_lost).map(|table| table.pipeline.name.clone()) else { return };
    for table in tables.iter_mut().filter(|table| table.frame.is_some()) {
        table.frame = None;
        let message = format!(
            "left as it stands: `{lost}`, which counts the same people, could not be made, and what stands of it could give away what is hidden here"
        );
        let help = format!("mend what is said of `{lost}`; then all of them are made");
        table.outcome.findings.push(Finding::error("held-together", message, help).of(&table.pipeline.name, ""));
    }
}

/// Hides in the observations of the tables what may not be published, in the light of what stands published of them.
fn protected(tables: &mut [Counted<'_>], shared: &Shared<'_>) {
    hold_together(tables, shared);
    let standing = shared.outputs.map(Outputs::root).map(|out| [out.to_owned(), out.join("previous")]);
    let mut open: Vec<(&mut Counted<'_>, Vec<Frame>)> = Vec::new();
    for table in tables.iter_mut().filter(|table| table.pipeline.protects() && table.frame.is_some()) {
        let paths = standing.iter().flatten().map(|out| path_of(out, &table.pipeline.name));
        let before = paths.filter_map(|path| crate::publish::rows(&path, OBSERVATIONS, &[]).ok()).collect();
        open.push((table, before));
    }
    let counts: Vec<Counts<'_>> = open
        .iter()
        .filter_map(|(table, before)| {
            let observations = table.frame.as_ref()?;
            Some(Counts { pipeline: table.pipeline, observations, counted: &table.normalised.counted, before })
        })
        .collect();
    if counts.is_empty() {
        return;
    }
    let mut stages = Stages::default();
    let done = stages.timed("protect", || protect(&counts));
    drop(counts);
    if let Some((table, _)) = open.first_mut() {
        table.outcome.stages.add(&stages);
    }
    match done {
        Ok(done) => {
            for ((table, _), (frame, findings)) in open.into_iter().zip(done) {
                table.frame = Some(frame);
                table.outcome.findings.extend(findings);
            }
        }
        // Nothing is published that could not be protected.
        Err(finding) => {
            for (table, _) in open {
                table.frame = None;
                table.outcome.findings.push(finding.clone().of(&table.pipeline.name, ""));
            }
        }
    }
}
