//! The tables of a run put together: comparisons of all of them in one file, and tables that nothing supplies taken out.

use crate::finding::{Error, Finding, Place};
use crate::home;
use crate::publish::{self, Part, TableMeta};
use crate::schema;
use crate::store::{COMPARISONS_TABLE, path_of};

use super::outcome::Outcome;
use super::outputs::Outputs;
use super::plan::Plan;

/// Writes `comparisons.parquet` from the fresh tables and, for those left alone, from the file that stands there;
/// answers whether anything changed. A table that failed or is gone has no comparisons.
///
/// # Errors
/// The file cannot be written.
pub fn put_together(outputs: &Outputs, outcomes: &mut [Outcome], plan: &Plan, asked: &[String]) -> Result<bool, Error> {
    let known = outputs.known(COMPARISONS_TABLE);
    let mut meta = TableMeta {
        title: "Comparisons between local authorities".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        illustrative: outcomes.iter().any(|outcome| outcome.meta.illustrative),
        ..TableMeta::default()
    };
    let mut wanted: Vec<String> = plan.tables.clone();
    wanted.sort();
    let old = known.as_ref().map(|known| known.parts.clone()).unwrap_or_default();
    let older = publish::older(&path_of(outputs.root(), COMPARISONS_TABLE)).filter(|_| known.is_some());
    let mut parts = Vec::new();
    for table in wanted {
        if plan.held.contains(&table) || keeps_old(&table, outcomes, asked) {
            let mut from = 0;
            for (name, fingerprint, groups) in &old {
                if let Some(older) = older.as_ref().filter(|_| *name == table) {
                    parts.push(Part::Kept(older.clone(), from..from + groups));
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
    outputs.write_table(COMPARISONS_TABLE, schema::COMPARISONS, &meta, parts).map(|()| true)
}

/// Whether a table's comparisons are those of the file that stands there: it was left alone, or not asked for.
fn keeps_old(table: &str, outcomes: &[Outcome], asked: &[String]) -> bool {
    match outcomes.iter().find(|outcome| outcome.name == table) {
        Some(outcome) => outcome.unchanged,
        None => !asked.is_empty() && !asked.iter().any(|name| name == table),
    }
}

/// Takes out tables of an earlier run that no release of these returns and no pipeline supplies: they would stand
/// beside the others as if they were of this build. The build before keeps them. One that is not as it was written
/// stays where it is, and is no table any more.
///
/// # Errors
/// A name that is no file's.
pub fn taken_out(outputs: &mut Outputs, declared: &[String], without: &[String]) -> Result<Vec<Finding>, Error> {
    let mut findings = Vec::new();
    for name in outputs.recorded_tables() {
        if name == COMPARISONS_TABLE || (declared.contains(&name) && !without.contains(&name)) {
            continue;
        }
        let place = Place::file(home::shown(&path_of(outputs.root(), &name)));
        let (how, help) = if outputs.take_out(&name)? {
            (
                "was taken out",
                "nothing to do; to keep builds of several returns folders, give each an `--out` folder of its own",
            )
        } else {
            ("is no longer read, and left where it is, for it is not as it was written", "delete it if nobody needs it")
        };
        let message = format!("the table `{name}` of an earlier run {how}: these returns have no release of it");
        findings.push(Finding::note("table-taken-out", message, help).at(place));
    }
    Ok(findings)
}
