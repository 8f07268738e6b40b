//! The exact figures of tables about children, into a folder of their own that no build writes to or reads from.

use std::path::Path;

use super::outcome::Outcome;
use super::plan::{Job, plan};
use super::{Run, jobs, make, summary};
use crate::durable;
use crate::finding::{Error, Finding};
use crate::home::{self, shown};
use crate::publish;
use crate::screen;

/// What the name of each file begins with.
const BEFORE: &str = "NOT-FOR-PUBLICATION";

/// Writes the figures of every table about children as they were counted into `folder`; answers whether findings of severity
/// error remain. Nothing else is written.
///
/// # Errors
/// `folder` belongs to a build or to the returns, there is no such table, or it cannot be written to.
pub fn exact(options: &Run, folder: &Path) -> Result<bool, Error> {
    let (register, reference) = home::register_with(&options.sources.aliases)?;
    let mut plan = plan(&options.sources)?;
    apart(folder, &options.out, "the outputs, from which figures are published")?;
    apart(folder, &plan.returns.folder, "the returns, from which the next run would read it")?;
    plan.jobs.retain(|job| job.pipeline.protects() || job.pipeline.feeds.is_some());
    if !plan.jobs.iter().any(|job| job.pipeline.protects()) {
        let help = "put a person-level return into the returns folder; `abreast run` alone makes the other tables";
        return Err(Error::usage("there is no table about children here: all figures are exact already", help));
    }
    let pool = jobs::pool(options.sources.jobs)?;
    let mut made = pool.install(|| make(options, &plan, (register, &reference), None))?;
    // What goes with a figure is found again by each run that publishes it; what stops a table is said here too.
    let files = made.outcomes.iter().map(|outcome| write(folder, outcome)).collect::<Result<Vec<_>, _>>()?;
    made.findings.extend(without(&plan.jobs, &made.outcomes));
    summary::print_findings(&made.findings);
    let count = files.iter().filter(|written| **written).count();
    screen::note(format_args!(
        "exact figures of {count} tables about children are in {}: they are for the council's own eyes, not for publication",
        shown(folder)
    ));
    Ok(made.findings.iter().any(Finding::is_error))
}

/// Refuses a folder that is `other`, lies in it or holds it.
pub(super) fn apart(folder: &Path, other: &Path, what: &str) -> Result<(), Error> {
    let whole = |path: &Path| path.canonicalize().or_else(|_| real(path)).map_err(Error::reading);
    let (folder, other) = (whole(folder)?, whole(other)?);
    if folder.starts_with(&other) || other.starts_with(&folder) {
        let message = format!("`{}` belongs to {what}", shown(&folder));
        return Err(Error::usage(message, "name a folder of its own for the exact figures with `--exact`"));
    }
    Ok(())
}

/// The place of something that is not there yet: where the part of its path that is there leads.
fn real(path: &Path) -> std::io::Result<std::path::PathBuf> {
    let whole = std::path::absolute(path)?;
    let there = whole.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)));
    Ok(match there {
        Some((above, real)) => real.join(whole.strip_prefix(above).unwrap_or(&whole)),
        None => whole,
    })
}

/// Writes the file of one table; answers whether there is any.
fn write(folder: &Path, outcome: &Outcome) -> Result<bool, Error> {
    let Some(frame) = &outcome.exact else { return Ok(false) };
    let path = folder.join(format!("{BEFORE}-{}.csv", outcome.name));
    durable::write(&path, &mut |out| publish::exact_csv(out, frame))?;
    Ok(true)
}

/// The tables about children of which no figure could be counted, though nothing else says why.
fn without(jobs: &[Job], outcomes: &[Outcome]) -> Vec<Finding> {
    let lacks = |job: &&Job| {
        let made = |outcome: &Outcome| outcome.name == job.pipeline.name && outcome.exact.is_some();
        job.pipeline.protects() && !outcomes.iter().any(made)
    };
    let said = |job: &Job| {
        let help = "look at what is said of its files; `abreast check TABLE` says all of it";
        Finding::error("no-exact-figures", "no figure could be counted", help).of(&job.pipeline.name, "")
    };
    jobs.iter().filter(lacks).map(said).collect()
}
