//! What changed between two builds, and what it did to ranks, bands and flags.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;

use super::moves::RANKED_BESIDE;
use super::{Between, Changed, Compared, Flag, Lines, Move, Report};
use crate::finding::{Error, Finding, likely};
use crate::frame::Frame;
use crate::publish::{self, MeasureMeta, Only, TableMeta};
use crate::schema::{FIGURES, column};
use crate::store::{COMPARISONS_TABLE, Catalogue, path_of};

/// The differences for reading.
pub fn text(old: &str, new: &str, reports: &[Report], unchanged: usize) -> String {
    let mut text = format!("{old} -> {new}: {} tables differ, {unchanged} do not\n", reports.len());
    for report in reports {
        text.push('\n');
        text += &report.text();
    }
    text
}

/// The tables that differ, and how many do not.
///
/// # Errors
/// A table cannot be read, or a name is of none.
pub fn reports(old: &Path, new: &Path, wanted: &[String], lines: &mut Lines) -> Result<(Vec<Report>, usize), Error> {
    let mut reports = Vec::new();
    let unchanged = each(old, new, wanted, &mut |between| {
        lines.add(&between)?;
        reports.push(between.report);
        Ok(())
    })?;
    Ok((reports, unchanged))
}

/// Hands over each table that differs, in order of their names; answers how many do not. Tables are read side by side, but no
/// more of them are held than there are cores.
///
/// # Errors
/// A table cannot be read, a name is of none, or `told` fails.
pub fn each(
    old: &Path,
    new: &Path,
    wanted: &[String],
    told: &mut dyn FnMut(Between) -> Result<(), Error>,
) -> Result<usize, Error> {
    let (before, after) = (Catalogue::open(old)?, Catalogue::open_whole(new)?);
    let mut names: BTreeSet<&str> =
        before.tables().iter().chain(after.tables()).map(|(name, _)| name.as_str()).collect();
    for name in wanted {
        if !names.contains(name.as_str()) {
            let help = likely(name, names.iter().copied()).map(|name| format!("did you mean `{name}`?"));
            return Err(Error::usage(format!("neither build has the table `{name}`"), help.unwrap_or_default()));
        }
    }
    names.retain(|name| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name));
    let same = |name: &str| match (before.table(name), after.table(name)) {
        (Some(was), Some(is)) => was.fingerprint == is.fingerprint && was.version == is.version,
        _ => false,
    };
    let read: Vec<&str> = names.iter().copied().filter(|name| !same(name)).collect();
    let mut unchanged = names.len() - read.len();
    for some in read.chunks(rayon::current_num_threads()) {
        let found = some.par_iter().map(|&name| match (before.table(name), after.table(name)) {
            (Some(was), Some(is)) => between(name, (old, &before, was), (new, &after, is)),
            (was, is) => Ok(Between { report: one_sided(name, was, is), ..Between::default() }),
        });
        for between in found.collect::<Result<Vec<Between>, Error>>()? {
            match between.report.is_empty() {
                true => unchanged += 1,
                false => told(between)?,
            }
        }
    }
    Ok(unchanged)
}

/// A table that only one build has.
fn one_sided(name: &str, old: Option<&TableMeta>, new: Option<&TableMeta>) -> Report {
    let (word, meta) = if new.is_some() { ("added", new) } else { ("gone", old) };
    let count: usize = meta.into_iter().flat_map(|meta| &meta.accounts).map(|account| account.observations).sum();
    Report {
        table: name.to_owned(),
        title: meta.map_or(String::new(), |meta| meta.title.clone()),
        schema: vec![format!("table {word}: {count} observations")],
        ..Report::default()
    }
}

/// Folder, tables and the table that is looked at, of one build.
type BuildTable<'b> = (&'b Path, &'b Catalogue, &'b TableMeta);

fn between(name: &str, old: BuildTable<'_>, new: BuildTable<'_>) -> Result<Between, Error> {
    let said = |finding: Finding| Error::usage(finding.message, finding.help);
    let table = [name.to_owned()];
    let read = |tables: &Catalogue| tables.pick(name, FIGURES, &[Only::of(column::Table, &table)]);
    let (was, is) = both(|| read(old.1), || read(new.1))?;
    let coverage = super::coverage(&was, &is).map_err(said)?;
    let (changes, same) = super::changes(&was, &is).map_err(said)?;
    let sizes = super::sizes(&is).map_err(said)?;
    let figures = super::lines(name, &changes, &was, &is, &sizes).map_err(said)?;
    drop((was, is));
    let (moves, flags) = moved(name, old, new)?;
    let report = Report {
        table: name.to_owned(),
        title: new.2.title.clone(),
        schema: super::schema(
            (&publish::columns(&path_of(old.0, name)), &publish::columns(&path_of(new.0, name))),
            (&measures(old.2), &measures(new.2)),
        ),
        coverage,
        changed: Changed::of(&figures, same, &moves, &flags),
    };
    Ok(Between { report, figures, moves, flags })
}

/// What became of ranks, bands and flags; nothing where one of the builds has no comparisons.
fn moved(name: &str, old: BuildTable<'_>, new: BuildTable<'_>) -> Result<(Vec<Move>, Vec<Flag>), Error> {
    let said = |finding: Finding| Error::usage(finding.message, finding.help);
    if ![old.0, new.0].iter().all(|out| path_of(out, COMPARISONS_TABLE).is_file()) {
        return Ok(Default::default());
    }
    let table = [name.to_owned()];
    let read = |wanted: &[Only<'_>]| {
        let pick = |tables: &Catalogue| tables.pick(COMPARISONS_TABLE, Compared::LAYOUT, wanted);
        both(|| pick(old.1), || pick(new.1))
    };
    // A place is the same beside whatever it is compared with: one comparator has them all.
    let one = [RANKED_BESIDE.to_owned()];
    let (was, is) = read(&[Only::of(column::Table, &table), Only::of(column::Comparator, &one)])?;
    let moves = super::moves(&was, &is).map_err(said)?;
    // Limits are worked out for the whole alone, or for the breakdown that stands for it.
    let topics: BTreeSet<String> = [old.2, new.2].into_iter().flat_map(TableMeta::wholes).collect();
    let topics: Vec<String> = topics.into_iter().collect();
    let (was, is) = read(&[Only::of(column::Table, &table), Only::of(column::BreakdownTopic, &topics)])?;
    Ok((moves, super::flags(&was, &is).map_err(said)?))
}

/// Two readings side by side.
fn both(
    one: impl FnOnce() -> Result<Frame, Error> + Send,
    other: impl FnOnce() -> Result<Frame, Error> + Send,
) -> Result<(Frame, Frame), Error> {
    let (one, other) = rayon::join(one, other);
    Ok((one?, other?))
}

/// What each measure is, in words.
fn measures(meta: &TableMeta) -> BTreeMap<String, String> {
    let words = |measure: &MeasureMeta| {
        let better = if measure.polarity == "none" { String::new() } else { format!(", {} is good", measure.polarity) };
        format!("{}, {}{better}", measure.label, measure.unit)
    };
    meta.measures.iter().map(|(name, measure)| (name.clone(), words(measure))).collect()
}
