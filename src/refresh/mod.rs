//! The refresh: every pipeline through the stages, then comparisons, findings, charts and a summary.

pub mod hold;
pub mod plan;
pub mod summary;

mod agree;
mod options;
mod previous;
pub mod table;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use bytes::Bytes;
use indicatif::{ProgressBar, ProgressStyle};

use crate::area::Register;
use crate::comparator::Comparator;
use crate::compare::Depth;
use crate::draw;
use crate::finding::{Error, Finding, Place};
use crate::home;
use crate::manifest::{self, Manifest};
use crate::provenance::hash;
use crate::publish::{self, Part, TableFile, TableMeta, Written};
use crate::schema::COMPARISONS;

use crate::shown::whole;
use crate::store::path_of;

pub use options::{Run, Sources};
use plan::{Job, plan};
use table::{Outcome, Shared, Stages, make, open_elsewhere};

/// Whether anything is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Write tables and charts.
    Write,
    /// Write nothing.
    Check,
}

/// The authority whose charts are drawn when none is named.
const DEFAULT_AUTHORITY: &str = "Birmingham";

/// Runs the refresh; answers whether findings of severity error remain. `last` makes what else belongs to a build, in its
/// folder, before the build counts as whole.
///
/// # Errors
/// What makes it impossible to go on.
pub fn build(options: &Run, mode: Mode, last: &dyn Fn(&Path) -> Result<(), Error>) -> Result<bool, Error> {
    let start = Instant::now();
    let (mut register, reference) = home::register()?;
    let plan = plan(&options.sources)?;
    let quiet = options.sources.quiet;
    if plan.returns.fallback && !quiet {
        eprintln!(
            "data/returns holds no file yet: running on the simulated returns in {}",
            home::shown(&plan.returns.folder)
        );
    }
    let authorities = authorities(options, &register)?;
    let pool =
        rayon::ThreadPoolBuilder::new().num_threads(options.sources.jobs.unwrap_or(0)).build().map_err(|error| {
            Error::usage(
                format!("cannot start {:?} jobs: {error}", options.sources.jobs),
                "choose a smaller number with `--jobs`",
            )
        })?;
    let (feeding, others): (Vec<Job>, Vec<Job>) = plan.jobs.into_iter().partition(|job| job.pipeline.feeds.is_some());
    let depth = if options.figures_only { Depth::Figures } else { Depth::Whole };
    let out = (mode == Mode::Write).then_some(options.out.as_path());
    let building = out.map(|out| hold::begin(out, !options.no_wait)).transpose()?;
    // A run that was broken off may have left charts of the build before.
    let broken_off = building.as_ref().is_some_and(|building| building.broken_off);
    let mut kept = out.and_then(previous::stage);
    let compared: BTreeMap<String, String> = out
        .and_then(|out| publish::footer(&path_of(out, "comparisons")))
        .map(|known| known.parts.into_iter().map(|(table, fingerprint, _)| (table, fingerprint)).collect())
        .unwrap_or_default();
    let asked = agree::asked(feeding.iter().chain(&others).map(|job| &job.pipeline));
    let bar = progress(feeding.len() + others.len(), quiet);
    let settings = |register: &Register, neighbours: &str| -> (String, Vec<Comparator>) {
        let comparators = [Comparator::England, Comparator::Region]
            .into_iter()
            .chain(register.neighbours().newest().map(Comparator::Neighbours))
            .collect();
        (hash(format!("{reference}{neighbours}").as_bytes()), comparators)
    };
    let share = |register: &Register, neighbours: &str, jobs: &[Job]| -> Result<Vec<Outcome>, Error> {
        let (register_hash, comparators) = settings(register, neighbours);
        let shared = Shared {
            register,
            register_hash,
            comparators,
            depth,
            returns: &plan.returns,
            out,
            force: options.force,
            asked: &asked,
            compared: compared.clone(),
        };
        pool.install(|| in_parallel(jobs, &shared, &bar))
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

    let mut findings = plan.findings;
    let mut refused = Vec::new();
    for outcome in &mut outcomes {
        findings.append(&mut outcome.findings);
        refused.append(&mut outcome.refused);
    }
    findings.extend(refiled(&plan.returns.folder, &outcomes));
    let pipelines = feeding.iter().chain(&others).map(|job| &job.pipeline);
    findings.extend(agree::disagreements(pipelines, &outcomes, &plan.tables, &asked, out));
    let mut stages = Stages::default();
    for outcome in &outcomes {
        stages.add(&outcome.stages);
    }
    let mut charts = 0;
    if let Some(out) = out {
        let changed = stages.timed("publish", || {
            put_together(out, &mut outcomes, &plan.tables, &options.sources.tables, &mut findings)
        })?;
        if changed || broken_off || options.force || !options.authority.is_empty() {
            let written: Vec<&str> =
                outcomes.iter().filter(|outcome| outcome.written).map(|outcome| outcome.name.as_str()).collect();
            charts =
                stages.timed("chart", || pool.install(|| draw::headlines(out, &register, &authorities, &written)))?;
        }
        if options.sources.tables.is_empty() {
            findings.extend(taken_out(out, &plan.tables, &plan.without)?);
        }
        findings.extend(kept.take().or_else(|| previous::settle(out)));
        for (path, written) in publish::write_quarantine(out, &refused)? {
            if let Written::Beside(beside) = written {
                findings.push(open_elsewhere(&path, &beside));
            }
        }
        let path = out.join("dictionary.csv");
        if let Written::Beside(beside) = publish::write_dictionary(&path)? {
            findings.push(open_elsewhere(&path, &beside));
        }
        let path = out.join("findings.csv");
        if let Written::Beside(beside) = publish::write_findings(&path, &findings)? {
            findings.push(open_elsewhere(&path, &beside));
        }
        last(out)?;
    }
    if let Some(building) = building {
        building.finish()?;
    }
    summary::print_findings(&findings);
    if !quiet {
        print_summary(&outcomes, &plan.without, &stages, start, charts, out);
        eprint!("{}", summary::quarantine(&refused, out));
    }
    Ok(findings.iter().any(Finding::is_error))
}

/// What says that a file is no longer the one that was filed.
fn refiled(returns: &Path, outcomes: &[Outcome]) -> Vec<Finding> {
    let path = manifest::path_for(returns);
    let manifest = match Manifest::read(&path) {
        Ok(manifest) => manifest,
        Err(error) => {
            let message = error.to_string().lines().next().unwrap_or_default().to_owned();
            return vec![Finding::warning(
                "manifest-unreadable",
                message,
                "files are not checked against their records; correct it or delete it",
            )];
        }
    };
    let inputs: BTreeMap<&String, &String> = outcomes.iter().flat_map(|outcome| &outcome.meta.inputs).collect();
    let other = inputs.into_iter().filter_map(|(file, hash)| {
        let record = manifest.record(file).filter(|record| record.sha256 != *hash)?;
        let message = format!("the file is not the one that was filed on {}: its content is another", record.added);
        let help = "if the publisher replaced it, file the new one with `abreast add FILE --replace`; otherwise put the old one back";
        Some(Finding::warning("file-differs", message, help).at(Place::file(file.as_str())))
    });
    other.collect()
}

/// The authorities whose charts to draw.
fn authorities(options: &Run, register: &Register) -> Result<Vec<crate::area::LaCode>, Error> {
    if options.authority.is_empty() {
        return Ok(register.find(DEFAULT_AUTHORITY).map(|authority| authority.code).into_iter().collect());
    }
    options.authority.iter().map(|name| register.find(name).map(|authority| authority.code)).collect()
}

fn progress(tables: usize, quiet: bool) -> ProgressBar {
    if quiet || tables < 2 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} tables  {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(tables as u64).with_style(style)
}

/// Makes the tables, largest first, as many at once as the pool has threads.
fn in_parallel(jobs: &[Job], shared: &Shared<'_>, bar: &ProgressBar) -> Result<Vec<Outcome>, Error> {
    let mut order: Vec<&Job> = jobs.iter().collect();
    order.sort_by_key(|job| std::cmp::Reverse(job.bytes));
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<Result<Outcome, Error>>> = Mutex::new(Vec::new());
    rayon::scope(|scope| {
        for _ in 0..rayon::current_num_threads() {
            scope.spawn(|_| {
                while let Some(job) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                    bar.set_message(job.pipeline.name.clone());
                    let outcome = make(job, shared);
                    bar.inc(1);
                    if let Ok(mut done) = done.lock() {
                        done.push(outcome);
                    }
                }
            });
        }
    });
    done.into_inner().unwrap_or_default().into_iter().collect()
}

/// Writes `comparisons.parquet` from the fresh tables and, for those left alone, from the file that stands there;
/// answers whether anything changed. A table that failed or is gone has no comparisons.
fn put_together(
    out: &Path,
    outcomes: &mut [Outcome],
    declared: &[String],
    asked: &[String],
    findings: &mut Vec<Finding>,
) -> Result<bool, Error> {
    let path = path_of(out, "comparisons");
    let known = publish::footer(&path);
    let mut meta = TableMeta {
        title: "Comparisons between local authorities".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        illustrative: outcomes.iter().any(|outcome| outcome.meta.illustrative),
        ..TableMeta::default()
    };
    let mut wanted: Vec<String> = declared.to_vec();
    wanted.sort();
    let old = known.as_ref().map(|known| known.parts.clone()).unwrap_or_default();
    let needs_old = wanted.iter().any(|table| keeps_old(table, outcomes, asked));
    let bytes = if needs_old { std::fs::read(&path).map(Bytes::from).unwrap_or_default() } else { Bytes::new() };
    let mut parts = Vec::new();
    for table in wanted {
        if keeps_old(&table, outcomes, asked) {
            let mut from = 0;
            for (name, fingerprint, groups) in &old {
                if *name == table {
                    parts.push(Part::Kept(bytes.clone(), from..from + groups));
                    meta.parts.push((table.clone(), fingerprint.clone(), *groups));
                }
                from += groups;
            }
        } else if let Some(outcome) = outcomes.iter_mut().find(|outcome| outcome.name == table)
            && let Some(encoded) = outcome.comparisons.take()
        {
            meta.parts.push((table, outcome.meta.fingerprint.clone(), encoded.len()));
            parts.push(Part::Fresh(encoded));
        }
    }
    if known.is_some_and(|known| known.parts == meta.parts && known.version == meta.version) {
        return Ok(false);
    }
    if let Written::Beside(beside) =
        publish::splice(&TableFile { path: &path, layout: COMPARISONS, meta: &meta }, parts)?
    {
        findings.push(open_elsewhere(&path, &beside));
    }
    Ok(true)
}

/// Takes out tables of an earlier run that no release of these returns and no pipeline supplies: they would stand
/// beside the others as if they were of this build. The build before keeps them.
fn taken_out(out: &Path, declared: &[String], without: &[String]) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    for entry in std::fs::read_dir(out.join("tables")).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let table = path.extension().is_some_and(|ending| ending == "parquet") && name != "comparisons";
        if table && (without.contains(&name) || !declared.contains(&name)) {
            fs_err::remove_file(&path)
                .map_err(|error| Error::Io(error, "close the program that has it open, then run again".to_owned()))?;
            let message =
                format!("the table `{name}` of an earlier run was taken out: these returns have no release of it");
            let help =
                "nothing to do; to keep builds of several returns folders, give each an `--out` folder of its own";
            findings.push(Finding::note("table-taken-out", message, help).at(Place::file(home::shown(&path))));
        }
    }
    Ok(findings)
}

/// Whether a table's comparisons are those of the file that stands there: it was left alone, or not asked for.
fn keeps_old(table: &str, outcomes: &[Outcome], asked: &[String]) -> bool {
    match outcomes.iter().find(|outcome| outcome.name == table) {
        Some(outcome) => outcome.unchanged,
        None => !asked.is_empty() && !asked.iter().any(|name| name == table),
    }
}

fn print_summary(
    outcomes: &[Outcome],
    without: &[String],
    stages: &Stages,
    start: Instant,
    charts: usize,
    out: Option<&Path>,
) {
    eprint!("{}", summary::tables(outcomes));
    if !without.is_empty() {
        eprintln!("no release found for {}", without.join(", "));
    }
    eprintln!("stages (time added up over cores, most memory seen):");
    eprint!("{}", summary::stages(stages));
    let observations: usize = outcomes.iter().map(|outcome| outcome.observations).sum();
    let compared: usize = outcomes.iter().map(|outcome| outcome.compared).sum();
    let tables = outcomes.iter().filter(|outcome| outcome.written).count();
    let seconds = start.elapsed().as_secs_f64();
    eprintln!(
        "{tables} tables, {} observations, {} new comparisons, {charts} charts in {seconds:.2} s",
        whole(observations),
        whole(compared)
    );
    if let Some(out) = out {
        eprintln!(
            "tables are in {}, charts in {}, findings in {}",
            home::shown(&out.join("tables")),
            home::shown(&out.join("charts")),
            home::shown(&out.join("findings.csv"))
        );
    }
}
