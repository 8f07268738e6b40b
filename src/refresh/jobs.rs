//! Several tables at once, as many as the machine has cores.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use indicatif::{ProgressBar, ProgressStyle};

use super::plan::Job;
use super::table::{Outcome, Shared, make};
use crate::finding::Error;
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

/// Makes the tables, largest first, as many at once as the pool has threads.
///
/// # Errors
/// The outputs cannot be written.
pub fn in_parallel(jobs: &[&Job], shared: &Shared<'_>, bar: &ProgressBar) -> Result<Vec<Outcome>, Error> {
    let mut order: Vec<&Job> = jobs.to_vec();
    order.sort_by_key(|job| std::cmp::Reverse(job.bytes));
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<Result<Outcome, Error>>> = Mutex::new(Vec::new());
    rayon::scope(|scope| {
        for _ in 0..rayon::current_num_threads() {
            scope.spawn(|_| {
                while let Some(job) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
                    bar.set_message(job.pipeline.name.clone());
                    shared.progress.begin(&job.pipeline.title);
                    let outcome = shared.progress.go_on().and_then(|()| make(job, shared));
                    let read = |outcome: &Outcome| outcome.meta.accounts.iter().map(|account| account.rows).sum();
                    shared.progress.step(outcome.as_ref().map_or(0, read));
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
