//! What changed between two builds, and what it did to ranks, bands and flags.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Seek, Write};
use std::path::{Path, PathBuf};

use super::{Cause, Changed, Compared, Flag, Kind, Line, Move, Report};
use crate::finding::{Error, Finding, likely};
use crate::frame::Frame;
use crate::publish::{self, MeasureMeta, Only, TableMeta};
use crate::schema::{OBSERVATIONS, column};
use crate::text;

use crate::store::Catalogue;
use crate::store::path_of;

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
    let (before, after) = (Catalogue::open(old)?, Catalogue::open_whole(new)?);
    let names: BTreeSet<&str> = before.tables().iter().chain(after.tables()).map(|(name, _)| name.as_str()).collect();
    for name in wanted {
        if !names.contains(name.as_str()) {
            let help = likely(name, names.iter().copied()).map(|name| format!("did you mean `{name}`?"));
            return Err(Error::usage(format!("neither build has the table `{name}`"), help.unwrap_or_default()));
        }
    }
    let (mut reports, mut unchanged) = (Vec::new(), 0);
    for name in names {
        if !wanted.is_empty() && !wanted.iter().any(|wanted| wanted == name) {
            continue;
        }
        let report = match (before.table(name), after.table(name)) {
            (Some(was), Some(is)) if was.fingerprint == is.fingerprint && was.version == is.version => {
                Report::default()
            }
            (Some(was), Some(is)) => report(name, (old, was), (new, is), lines)?,
            (was, is) => one_sided(name, was, is),
        };
        if report.is_empty() {
            unchanged += 1;
        } else {
            reports.push(report);
        }
    }
    Ok((reports, unchanged))
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

fn report(name: &str, old: (&Path, &TableMeta), new: (&Path, &TableMeta), lines: &mut Lines) -> Result<Report, Error> {
    let said = |finding: Finding| Error::usage(finding.message, finding.help);
    let (before, after) = (path_of(old.0, name), path_of(new.0, name));
    let read = |path: &PathBuf| publish::rows(path, OBSERVATIONS, &[Only::of(column::Table, &[name.to_owned()])]);
    let (was, is) = (read(&before)?, read(&after)?);
    let coverage = super::coverage(&was, &is).map_err(said)?;
    let (changes, same) = super::changes(&was, &is).map_err(said)?;
    let sizes = super::sizes(&is).map_err(said)?;
    let figures = super::lines(name, &changes, &was, &is, &sizes).map_err(said)?;
    let (moves, flags) = match (standings(old.0, name)?, standings(new.0, name)?) {
        (Some(was), Some(is)) => (super::moves(&was, &is).map_err(said)?, super::flags(&was, &is).map_err(said)?),
        _ => Default::default(),
    };
    lines.add(name, &figures, &moves, &flags)?;
    Ok(Report {
        table: name.to_owned(),
        title: new.1.title.clone(),
        schema: super::schema(
            (&publish::columns(&before), &publish::columns(&after)),
            (&measures(old.1), &measures(new.1)),
        ),
        coverage,
        changed: Changed::of(&figures, same, &moves, &flags),
    })
}

/// What each measure is, in words.
fn measures(meta: &TableMeta) -> BTreeMap<String, String> {
    let words = |measure: &MeasureMeta| {
        let better = if measure.polarity == "none" { String::new() } else { format!(", {} is good", measure.polarity) };
        format!("{}, {}{better}", measure.label, measure.unit)
    };
    meta.measures.iter().map(|(name, measure)| (name.clone(), words(measure))).collect()
}

/// The comparisons of a table; none where the build has none.
fn standings(out: &Path, name: &str) -> Result<Option<Frame>, Error> {
    let path = path_of(out, "comparisons");
    path.is_file()
        .then(|| publish::rows(&path, Compared::LAYOUT, &[Only::of(column::Table, &[name.to_owned()])]))
        .transpose()
}

const HEADER: [&str; 25] = [
    "about",
    "table",
    "change",
    "measure",
    "period",
    "code",
    "area",
    "topic",
    "breakdown",
    "old",
    "new",
    "old_release",
    "new_release",
    "size",
    "old_rank",
    "new_rank",
    "by_own_figure",
    "by_others",
    "old_band",
    "new_band",
    "old_funnel",
    "new_funnel",
    "out_of",
    "id",
    "comparator",
];

/// Every change as a line of CSV, in a temporary file until all are known.
pub struct Lines(Option<csv::Writer<std::fs::File>>);

impl Lines {
    /// Lines to be written, or none where nobody asks for them.
    ///
    /// # Errors
    /// There is no room for a temporary file.
    pub fn new(wanted: bool) -> Result<Lines, Error> {
        if !wanted {
            return Ok(Lines(None));
        }
        let mut file = tempfile::tempfile().map_err(Error::reading)?;
        // Excel takes a CSV for UTF-8 only with a byte order mark.
        file.write_all("\u{feff}".as_bytes()).map_err(Error::reading)?;
        let mut writer = csv::Writer::from_writer(file);
        writer.write_record(HEADER).map_err(failed)?;
        Ok(Lines(Some(writer)))
    }

    fn add(&mut self, table: &str, figures: &[Line], moves: &[Move], flags: &[Flag]) -> Result<(), Error> {
        let Some(writer) = &mut self.0 else { return Ok(()) };
        for line in figures {
            writer.write_record(figure_line(table, line).map(|text| text::cell(&text))).map_err(failed)?;
        }
        for one in moves {
            writer.write_record(move_line(table, one).map(|text| text::cell(&text))).map_err(failed)?;
        }
        for flag in flags {
            writer.write_record(flag_line(table, flag).map(|text| text::cell(&text))).map_err(failed)?;
        }
        Ok(())
    }

    /// The lines, from the first.
    ///
    /// # Errors
    /// The temporary file cannot be read.
    pub fn finish(self) -> Result<std::fs::File, Error> {
        let writer = self.0.ok_or_else(|| Error::usage("no lines were asked for", "use `--format csv`"))?;
        let mut file = writer.into_inner().map_err(|error| Error::reading(error.into_error()))?;
        file.rewind().map_err(Error::reading)?;
        Ok(file)
    }
}

fn failed(error: csv::Error) -> Error {
    Error::reading(std::io::Error::other(error))
}

fn figure_line(table: &str, line: &Line) -> [String; 25] {
    let size = if line.kind == Kind::Revised { format!("{:.4}", line.size) } else { String::new() };
    let words = |figure: &super::Side| match figure.value {
        Some(value) => value.to_string(),
        None => figure.status.clone(),
    };
    let mut cells = [const { String::new() }; 25];
    let filled = [
        "figure".to_owned(),
        table.to_owned(),
        line.kind.word().to_owned(),
        line.measure.clone(),
        line.period.clone(),
        line.code.clone(),
        line.area.clone(),
        line.breakdown.0.clone(),
        line.breakdown.1.clone(),
        words(&line.old),
        words(&line.new),
        line.old.release.clone(),
        line.new.release.clone(),
        size,
    ];
    for (cell, text) in cells.iter_mut().zip(filled) {
        *cell = text;
    }
    cells[23].clone_from(&line.id);
    cells
}

fn move_line(table: &str, one: &Move) -> [String; 25] {
    let rank = |rank: u16| if rank == 0 { String::new() } else { rank.to_string() };
    let places = |places: Option<i32>| places.map_or(String::new(), |places| places.to_string());
    let none = String::new;
    [
        "rank".to_owned(),
        table.to_owned(),
        "moved".to_owned(),
        one.measure.clone(),
        one.period.clone(),
        one.code.clone(),
        one.area.clone(),
        one.breakdown.0.clone(),
        one.breakdown.1.clone(),
        none(),
        none(),
        none(),
        none(),
        none(),
        rank(one.ranks.0),
        rank(one.ranks.1),
        places(one.own),
        places(one.others),
        one.bands.0.clone(),
        one.bands.1.clone(),
        one.flags.0.clone(),
        one.flags.1.clone(),
        format!("{} -> {}", one.out_of.0, one.out_of.1),
        none(),
        none(),
    ]
}

fn flag_line(table: &str, flag: &Flag) -> [String; 25] {
    let mut cells = [const { String::new() }; 25];
    let filled = [
        "flag",
        table,
        "moved",
        &flag.measure,
        &flag.period,
        &flag.code,
        &flag.area,
        &flag.breakdown.0,
        &flag.breakdown.1,
        &flag.words.0,
        &flag.words.1,
    ];
    for (cell, text) in cells.iter_mut().zip(filled) {
        text.clone_into(cell);
    }
    let yes = |is: bool| if is { "yes".to_owned() } else { String::new() };
    cells[16] = yes(flag.cause != Cause::Others);
    cells[17] = yes(flag.cause != Cause::Own);
    cells[24].clone_from(&flag.comparator);
    cells
}
