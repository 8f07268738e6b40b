//! The refresh: every pipeline through the stages, then comparisons, findings, charts and a summary.

pub mod plan;
pub mod summary;

mod asked_figures;
pub(crate) mod beside;
mod charts;
mod concerned;
pub(crate) mod cut;
pub(crate) mod dictionary;
mod exact;
mod filed;
mod folders;
mod footer;
mod jobs;
mod layouts;
pub mod names;
pub(crate) mod opening;
mod options;
mod other_tables;
mod outcome;
mod outputs;
mod previous;
mod published;
mod query;
mod second_hand;
mod stages;
pub mod table;
mod together;
mod trial;
mod unread;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

use crate::area::{LaCode, Register};
use crate::comparator::Comparator;
use crate::compare::Depth;
use crate::draw;
use crate::durable::Batch;
use crate::finding::{Error, Finding};
use crate::home;
use crate::provenance::hash;
use crate::publish;
use crate::quarantine::Refused;
use crate::screen;
use crate::shown::whole;
use crate::store::{COMPARISONS_TABLE, Catalogue};

use concerned::Concerned;
pub use exact::exact;
pub use options::{Run, Sources};
use outcome::Outcome;
use outputs::Outputs;
pub use outputs::told;
use plan::{Job, Plan, plan};
pub use query::{Sql, sql};
use stages::Stages;
use table::Shared;
pub use trial::{Tried, try_out};

/// Whether anything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Write tables and charts.
    Write,
    /// Write nothing.
    Check,
    /// Write tables, say nothing and draw nothing: to see what a refresh would change.
    Foresee,
}

/// What else belongs to a build: from its tables, into its files.
pub type Last<'l> = &'l (dyn Fn(&Batch, &Catalogue) -> Result<(), Error> + Sync);

/// The authority whose charts are drawn when none is named.
const DEFAULT_AUTHORITY: &str = "Birmingham";

/// Everything that the stages made, before it is put together.
struct Made {
    outcomes: Vec<Outcome>,
    /// The register with the neighbour sets that returns supplied.
    register: Register,
    findings: Vec<Finding>,
    refused: Vec<Refused>,
    stages: Stages,
}

/// Runs the refresh; answers whether findings of severity error remain. `last` makes what else belongs to a build.
///
/// # Errors
/// What makes it impossible to go on.
pub fn build(options: &Run, mode: Mode, last: Last<'_>) -> Result<bool, Error> {
    let start = Instant::now();
    let (register, reference) = home::register_with(&options.sources.aliases)?;
    let mut plan = plan(&options.sources)?;
    filed::lost(&mut plan, &options.sources.tables);
    let quiet = options.sources.quiet;
    if plan.returns.fallback && !quiet {
        screen::note(format_args!(
            "data/returns holds no file yet: running on the simulated returns in {}",
            home::shown(&plan.returns.folder)
        ));
    }
    let authorities = if mode == Mode::Foresee { Vec::new() } else { authorities(options, &register)? };
    let asked: &[LaCode] = if options.authority.is_empty() { &[] } else { &authorities };
    let concerned = Concerned::of(asked, &register);
    let pool = jobs::pool(options.sources.jobs)?;
    let out = (mode != Mode::Check).then_some(options.out.as_path());
    let (made, charts) = pool.install(|| {
        let outputs = out.map(|out| Outputs::begin(out, !options.if_locked.no_wait)).transpose()?;
        let mut made = make(options, &plan, (register, &reference), outputs.as_ref())?;
        let charts = match outputs {
            Some(outputs) => written(outputs, &mut made, options, &plan, &authorities, last)?,
            None => 0,
        };
        Ok((made, charts))
    })?;
    match mode {
        Mode::Write => {
            let listed = options.out.join("findings.csv");
            summary::print_screen(&made.findings, &|finding| concerned.shows(finding), &listed);
        }
        Mode::Check => summary::print_findings(&made.findings),
        Mode::Foresee => {}
    }
    if !quiet {
        print_summary(&made, &plan.without, start, charts, out);
    }
    Ok(made.findings.iter().any(Finding::is_error))
}

/// Makes every table: first those that feed the register, then the others.
fn make(
    options: &Run,
    plan: &Plan,
    (mut register, reference): (Register, &str),
    outputs: Option<&Outputs>,
) -> Result<Made, Error> {
    let (feeding, others): (Vec<&Job>, Vec<&Job>) = plan.jobs.iter().partition(|job| job.pipeline.feeds.is_some());
    let compared: BTreeMap<String, String> = outputs
        .and_then(|outputs| outputs.known(COMPARISONS_TABLE))
        .map(|known| known.parts.into_iter().map(|(table, fingerprint, _)| (table, fingerprint)).collect())
        .unwrap_or_default();
    let asked = asked_figures::asked(plan.jobs.iter().map(|job| &job.pipeline));
    let bar = jobs::progress(plan.jobs.len(), options.sources.quiet);
    options.progress.more(plan.jobs.len());
    let share = |register: &Register, neighbours: &str, jobs: &[&Job]| -> Result<Vec<Outcome>, Error> {
        let newest = register.neighbours().newest().map(Comparator::Neighbours);
        let shared = Shared {
            register,
            register_hash: hash(format!("{reference}{neighbours}").as_bytes()),
            comparators: [Comparator::England, Comparator::Region].into_iter().chain(newest).collect(),
            depth: if options.figures_only { Depth::Figures } else { Depth::Whole },
            returns: &plan.returns,
            outputs,
            force: options.force,
            asked: &asked,
            compared: compared.clone(),
            progress: &options.progress,
            exact: options.exact.is_some(),
            opened: None,
        };
        jobs::in_parallel(jobs, &shared, &bar)
    };
    let mut outcomes = share(&register, "", &feeding)?;
    let links: Vec<_> = outcomes.iter().flat_map(|outcome| outcome.neighbours.clone()).collect();
    let fed: String = outcomes.iter().map(|outcome| outcome.meta.fingerprint.as_str()).collect();
    if !links.is_empty() {
        register.neighbours_mut().replace(links);
    }
    outcomes.extend(share(&register, &fed, &others)?);
    bar.finish_and_clear();
    outcomes.sort_by(|a, b| a.name.cmp(&b.name));

    let mut made =
        Made { outcomes, register, findings: plan.findings.clone(), refused: Vec::new(), stages: Stages::default() };
    for outcome in &mut made.outcomes {
        made.findings.append(&mut outcome.findings);
        made.refused.append(&mut outcome.refused);
        made.stages.add(&outcome.stages);
    }
    jobs::said_once(&plan.jobs, &mut made.findings);
    made.findings.extend(filed::refiled(&plan.returns.folder, &made.outcomes));
    let pipelines = || plan.jobs.iter().map(|job| &job.pipeline);
    let root = outputs.map(Outputs::root);
    made.findings.extend(other_tables::unknown_populations(pipelines(), &made.outcomes, &plan.tables));
    made.findings.extend(other_tables::unknown_first_hand(pipelines(), &made.outcomes, &plan.tables));
    made.findings.extend(second_hand::beside_first_hand(pipelines(), &made.outcomes));
    made.findings.extend(other_tables::disagreements(pipelines(), &made.outcomes, &plan.tables, &asked, root));
    Ok(made)
}

/// Writes what was made, all of it in one batch; answers how many charts were drawn.
fn written(
    mut outputs: Outputs,
    made: &mut Made,
    options: &Run,
    plan: &Plan,
    authorities: &[LaCode],
    last: Last<'_>,
) -> Result<usize, Error> {
    let Made { outcomes, register, findings, refused, stages } = made;
    let changed =
        stages.timed("publish", || together::put_together(&outputs, outcomes, plan, &options.sources.tables))?;
    if options.sources.tables.is_empty() {
        findings.extend(together::taken_out(&mut outputs, &plan.tables, &plan.without)?);
    }
    findings.extend(previous::keep(&mut outputs)?);
    let catalogue = outputs.catalogue().ok();
    let mut charts = 0;
    let all = options.force || !options.authority.is_empty();
    if let Some(catalogue) = catalogue.as_ref().filter(|_| changed || all || outputs.lacks_charts()) {
        let wanted = charts::wanted(&outputs, outcomes, catalogue.newest(), all);
        charts =
            stages.timed("chart", || draw::headlines(catalogue, &outputs.batch, register, authorities, &wanted))?;
    }
    write_lists(&outputs.batch, findings, Some(refused))?;
    if let Some(catalogue) = &catalogue {
        last(&outputs.batch, catalogue)?;
    }
    options.progress.close()?;
    let root = outputs.root().to_owned();
    let (hold, more) = stages.timed("publish", || outputs.commit())?;
    if !more.is_empty() {
        findings.extend(more);
        let batch = hold.batch();
        write_lists(&batch, findings, None)?;
        if let Ok(catalogue) = Catalogue::open(&root) {
            last(&batch, &catalogue)?;
        }
        findings.extend(told(&batch.commit_recorded(&[])?));
    }
    Ok(charts)
}

/// Writes the list of findings and, where they are given, those of the rows refused.
fn write_lists(batch: &Batch, findings: &[Finding], refused: Option<&[Refused]>) -> Result<(), Error> {
    let path = |name: &str| batch.root().join(name);
    if let Some(refused) = refused {
        batch.write(&path("quarantine.csv"), &mut |out| publish::quarantine_csv(&mut &mut *out, refused))?;
        batch.write(&path("quarantine.parquet"), &mut |out| publish::quarantine_parquet(out, refused))?;
    }
    batch.write(&path("dictionary.csv"), &mut |out| publish::write_dictionary(&mut &mut *out))?;
    batch.write(&path("findings.csv"), &mut |out| publish::write_findings(&mut &mut *out, findings))
}

/// The authorities whose charts to draw.
fn authorities(options: &Run, register: &Register) -> Result<Vec<LaCode>, Error> {
    if options.authority.is_empty() {
        return Ok(register.find(DEFAULT_AUTHORITY).map(|authority| authority.code).into_iter().collect());
    }
    options.authority.iter().map(|name| register.find(name).map(|authority| authority.code)).collect()
}

fn print_summary(made: &Made, without: &[String], start: Instant, charts: usize, out: Option<&Path>) {
    let Made { outcomes, refused, stages, .. } = made;
    screen::aside(&summary::tables(outcomes));
    if !without.is_empty() {
        screen::note(format_args!("no release found for {}", without.join(", ")));
    }
    screen::note("stages (time added up over cores, most memory seen):");
    screen::aside(&summary::stages(stages));
    let observations: usize = outcomes.iter().map(|outcome| outcome.observations).sum();
    let compared: usize = outcomes.iter().map(|outcome| outcome.compared).sum();
    let tables = outcomes.iter().filter(|outcome| outcome.written).count();
    let seconds = start.elapsed().as_secs_f64();
    screen::note(format_args!(
        "{tables} tables, {} observations, {} new comparisons, {charts} charts in {seconds:.2} s",
        whole(observations),
        whole(compared)
    ));
    if let Some(out) = out {
        screen::note(format_args!(
            "tables are in {}, charts in {}, findings in {}",
            home::shown(&out.join("tables")),
            home::shown(&out.join("charts")),
            home::shown(&out.join("findings.csv"))
        ));
    }
    screen::aside(&summary::quarantine(refused, out));
}
