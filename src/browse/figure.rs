//! The page of a figure: the cells it is made of, how, in which releases it stands, and what it is compared with.
//!
//! In: a build, the id of a figure. Out: the page. What it says is what `abreast explain` says, from the file read again.

use serde::Serialize;

use super::address::Address;
use super::build::Build;
use super::request::Response;
use super::shell::{Frame, Link};
use crate::figure::{self, Parts};
use crate::finding::{Error, cell_reference, column_letters};
use crate::shown::trimmed;
use crate::trace::{Explain, Explained, Explanation, Member, explained};

/// What the template is filled with.
#[derive(Serialize)]
struct Page {
    crumbs: Vec<Link>,
    shown: String,
    what: String,
    definition: String,
    is_beside: bool,
    checks: Vec<(bool, String)>,
    source: String,
    file: String,
    sha: String,
    cell: String,
    sheet: Vec<Column>,
    row: String,
    formula: String,
    rules: Vec<String>,
    releases: Vec<Line>,
    comparators: Vec<Comparator>,
    said: String,
    copy: String,
    id: String,
    command: String,
    problem: String,
}

/// A column of the sheet that the figure needs.
#[derive(Serialize)]
struct Column {
    letters: String,
    header: String,
    text: String,
    part: &'static str,
}

#[derive(Serialize)]
struct Line {
    release: String,
    shown: String,
    place: String,
    counts: bool,
}

#[derive(Serialize)]
struct Comparator {
    name: String,
    shown: String,
    how: String,
    cells: Vec<Line>,
}

/// The page of the figure called `id`.
///
/// # Errors
/// There is no such figure, or a table cannot be read.
pub fn page(build: &Build, id: &str) -> Result<Response, Error> {
    let options = Explain {
        figure: id.to_owned(),
        authority: None,
        period: None,
        breakdown: None,
        format: Explained::Json,
        out: build.options.out.clone(),
        returns: build.options.returns.clone(),
        pipelines: build.options.pipelines.clone(),
    };
    let Some(parts) = figure::parts(id) else {
        let help = "open the page of a measure and follow one of its figures";
        return Err(Error::usage(format!("`{id}` is no id of a figure"), help));
    };
    let found = explained(&options, &build.catalogue, &build.register)?;
    let area = parts.area.parse().ok();
    let frame = Frame::of(&format!("{}: where it comes from", found.label), "measures", area, build);
    build.shell.page(build, "figure.html", &frame, &filled(found, id, &parts))
}

fn filled(found: Explanation, id: &str, parts: &Parts<'_>) -> Page {
    let area = parts.area.parse().ok();
    let figure = &found.figure;
    let beside = found.comparators.first().filter(|_| !parts.beside.is_empty());
    let sheet = sheet(&found);
    let whole = if found.breakdown == crate::schema::TOTAL { String::new() } else { format!(", {}", found.breakdown) };
    let what = match beside {
        Some(against) => format!("{}: {}, beside {}, {}{whole}", found.label, against.name, figure.area, found.period),
        None => format!("{}: {}, {}{whole}", found.label, figure.area, found.period),
    };
    let shown = beside.map_or_else(|| figure.shown.clone(), |against| against.shown.clone());
    let row = cell_reference(figure.cell.rsplit('!').next().unwrap_or_default());
    Page {
        crumbs: vec![
            Link::to(&figure.area, area.map_or(Address::Home, Address::area)),
            Link::to(&found.label, Address::measure(&found.table, &found.measure, area)),
        ],
        is_beside: beside.is_some(),
        checks: checks(&found),
        source: format!("{}, release {}", found.source, figure.release),
        file: figure.file.clone(),
        sha: found.sha256.clone(),
        cell: figure.cell.clone(),
        row: row.map_or_else(String::new, |(_, row)| row.to_string()),
        sheet,
        formula: formula(&found),
        rules: found.reread.rules.clone(),
        releases: releases(&found),
        copy: copy(&found, &what, &shown),
        command: format!("abreast explain {id}"),
        comparators: found.comparators.iter().map(comparator).collect(),
        definition: found.definition.clone(),
        problem: found.reread.problem.clone(),
        said: found.said.clone(),
        id: id.to_owned(),
        shown,
        what,
    }
}

/// Whether the file is the one that the figure came from, and whether its cells still give it.
fn checks(found: &Explanation) -> Vec<(bool, String)> {
    let reread = &found.reread;
    let mut checks = vec![match &reread.sha256 {
        Some(now) if *now == found.sha256 => (true, "The file is byte for byte the one that was read".to_owned()),
        Some(_) => (false, "The file has changed since it was read: run again".to_owned()),
        None => (false, format!("The file was not read again: {}", reread.problem)),
    }];
    if let Some(agrees) = reread.agrees {
        let text = found.agreement(agrees);
        checks.push((agrees, crate::shown::sentence(&text)));
    }
    checks
}

/// The cells in the order of their columns.
fn sheet(found: &Explanation) -> Vec<Column> {
    let column = |cell: &crate::trace::reread::CellText| {
        let at = cell_reference(cell.cell.rsplit('!').next().unwrap_or_default());
        let letters = at.map_or_else(|| cell.cell.clone(), |(column, _)| column_letters(column as u32 + 1));
        let column = Column { letters, header: cell.header.clone(), text: cell.text.clone(), part: cell.part };
        (at.map_or(usize::MAX, |(column, _)| column), column)
    };
    let mut columns: Vec<(usize, Column)> = found.reread.cells.iter().map(column).collect();
    columns.sort_by_key(|(at, _)| *at);
    columns.into_iter().map(|(_, column)| column).collect()
}

/// The counts that the figure is made of: `103 of 378`.
fn formula(found: &Explanation) -> String {
    match (found.numerator, found.denominator) {
        (Some(top), Some(bottom)) => format!("{} of {} = {}", trimmed(top, 4), trimmed(bottom, 4), found.figure.shown),
        _ => String::new(),
    }
}

/// The figure in every release that has it, the newest first.
fn releases(found: &Explanation) -> Vec<Line> {
    let line = |figure: &Member, counts| Line {
        release: figure.release.clone(),
        shown: figure.shown.clone(),
        place: format!("{} {}", figure.file, figure.cell),
        counts,
    };
    std::iter::once(line(&found.figure, true))
        .chain(found.other_releases.iter().rev().map(|one| line(one, false)))
        .collect()
}

fn comparator(against: &crate::trace::Against) -> Comparator {
    let how = match (against.average.as_str(), against.members) {
        ("mean", members) => format!("plain mean of {} of {members}", against.used),
        ("published", _) => "as published".to_owned(),
        (other, _) => other.to_owned(),
    };
    let cell = |figure: &Member| Line {
        release: figure.area.clone(),
        shown: figure.shown.clone(),
        place: figure.cell.clone(),
        counts: false,
    };
    Comparator {
        name: against.name.clone(),
        shown: against.shown.clone(),
        how,
        cells: against.cells.iter().map(cell).collect(),
    }
}

/// A sentence with its source, to copy.
fn copy(found: &Explanation, what: &str, shown: &str) -> String {
    let counts = match (found.numerator, found.denominator) {
        (Some(top), Some(bottom)) => format!(" ({} of {})", trimmed(top, 4), trimmed(bottom, 4)),
        _ => String::new(),
    };
    format!(
        "{what}: {shown}{counts}. Source: {}, release {}, {}.",
        found.source, found.figure.release, found.figure.cell
    )
}
