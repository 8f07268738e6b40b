//! Several tables at once, as many as the machine has cores.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use super::outcome::Outcome;
use super::plan::Job;
use super::table::{Shared, make};
use crate::finding::{Error, Finding};
use crate::pipeline::Shape;
use crate::screen;

/// Threads for `asked` jobs, or for one a core. More than there are cores are not started: they would only wait for
/// each other, and every table that is being made takes memory.
///
/// # Errors
/// The system starts none.
pub fn pool(asked: Option<usize>) -> Result<rayon::ThreadPool, Error> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = asked.filter(|asked| *asked > 0).unwrap_or(cores);
    if threads > cores {
        screen::note(format_args!("`--jobs {threads}`: this machine has {cores} cores, and so many are used"));
    }
    rayon::ThreadPoolBuilder::new().num_threads(threads.min(cores)).build().map_err(|error| {
        Error::usage(format!("cannot start {threads} jobs: {error}"), "choose a smaller number with `--jobs`")
    })
}

/// A bar that says how many tables are made; none where there is nothing to wait for.
pub fn progress(tables: usize, quiet: bool) -> ProgressBar {
    if quiet || tables < 2 {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} tables  {msg}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(tables as u64).with_style(style)
}

/// Makes the tables, largest first, as many at once as the pool has threads; those that are protected together by one thread.
///
/// # Errors
/// The outputs cannot be written.
pub fn in_parallel(jobs: &[&Job], shared: &Shared<'_>, bar: &ProgressBar) -> Result<Vec<Outcome>, Error> {
    let mut order: Vec<Vec<&Job>> = together(jobs);
    order.sort_by_key(|jobs| std::cmp::Reverse(jobs.iter().map(|job| job.bytes).sum::<u64>()));
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<Result<Vec<Outcome>, Error>>> = Mutex::new(Vec::new());
    rayon::scope(|scope| {
        for _ in 0..rayon::current_num_threads() {
            scope.spawn(|_| {
                while let Some(jobs) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                    for job in jobs {
                        bar.set_message(job.pipeline.name.clone());
                        shared.progress.begin(&job.pipeline.title);
                    }
                    let outcomes = shared.progress.go_on().and_then(|()| make(jobs, shared));
                    let read = |outcome: &Outcome| outcome.meta.accounts.iter().map(|account| account.rows).sum();
                    for at in 0..jobs.len() {
                        let rows = outcomes.as_ref().ok().and_then(|outcomes| outcomes.get(at)).map_or(0, read);
                        shared.progress.step(rows);
                        bar.inc(1);
                    }
                    if let Ok(mut done) = done.lock() {
                        done.push(outcomes);
                    }
                }
            });
        }
    });
    let done: Vec<Vec<Outcome>> = done.into_inner().unwrap_or_default().into_iter().collect::<Result<_, _>>()?;
    Ok(done.into_iter().flatten().collect())
}

/// Leaves of what is said of one cell by several tables that are made together what the first of them says.
pub fn said_once(jobs: &[Job], findings: &mut Vec<Finding>) {
    let of_people = |job: &&Job| job.pipeline.protects() && job.pipeline.shape == Shape::Records;
    let returns: BTreeMap<&str, &str> = jobs
        .iter()
        .filter(of_people)
        .map(|job| (job.pipeline.name.as_str(), job.pipeline.return_name.as_str()))
        .collect();
    let mut said = BTreeSet::new();
    findings.retain(|finding| match returns.get(finding.table.as_str()) {
        Some(of) if finding.place.row.is_some() => {
            said.insert(format!("{of} {} {:?} {}", finding.code, finding.place, finding.message))
        }
        _ => true,
    });
}

/// The jobs one by one, but for tables that count people of one return: they are made together, because what one of them
/// hides the others must not give back.
fn together<'j>(jobs: &[&'j Job]) -> Vec<Vec<&'j Job>> {
    let mut groups: BTreeMap<&str, Vec<&Job>> = BTreeMap::new();
    let mut all = Vec::new();
    for &job in jobs {
        match job.pipeline.protects() && job.pipeline.shape == Shape::Records {
            true => groups.entry(job.pipeline.return_name.as_str()).or_default().push(job),
            false => all.push(vec![job]),
        }
    }
    all.extend(groups.into_values());
    all
}
