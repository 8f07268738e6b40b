//! The page of a figure: the cells it is made of, how, in which releases it stands, and what it is compared with.
//!
//! In: a build, the id of a figure. Out: the page. What it says is what `abreast explain` says, from the file read again.

mod beside;
mod made;
mod series;
mod sheet;

use std::sync::Arc;
use std::time::SystemTime;

use serde::Serialize;

use super::address::{Address, FilePage, Kind, RecordsPage};
use super::build::Build;
use super::request::Response;
use super::shell::{Frame, Link};
use crate::figure::{self, Parts};
use crate::finding::{Error, Finding};
use crate::schema::TOTAL;
use crate::shown::{counted, sentence, stop};
use crate::trace::source_cells::Rereader;
use crate::trace::{Explain, Explained, Explanation, asked, explained_of};

/// What the template is filled with.
#[derive(Serialize)]
struct Page {
    crumbs: Vec<Link>,
    shown: String,
    what: String,
    definition: String,
    is_beside: bool,
    /// What does not hold any more, and what still does.
    wrong: Vec<String>,
    checks: Vec<(bool, String)>,
    source: Link,
    release: String,
    file: Link,
    sha: String,
    read: String,
    sheet: Option<sheet::Sheet>,
    made: made::Made,
    series: series::Series,
    beside: Vec<beside::Beside>,
    who: String,
    said: String,
    copy: String,
    id: String,
    command: String,
    papers: Vec<String>,
    findings: Link,
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
    let found = asked(&options, &build.catalogue)?;
    let frame = build.observed(&found)?;
    let opened = Arc::clone(&build.opened);
    let mut reader = Rereader::keeping(options.returns.folder.as_deref(), options.pipelines.folder.as_deref(), opened)?;
    let compared = |topic: &str| build.compared_by(&found, topic);
    let told = explained_of(&options, found, &frame, &compared, &build.register, &mut reader)?;
    let frame = Frame::of(&format!("{}: where it comes from", told.label), "measures", parts.area.parse().ok(), build);
    build.shell.page(build, "figure.html", &frame, &filled(build, &told, id, &parts, reader.last()))
}

fn filled(build: &Build, found: &Explanation, id: &str, parts: &Parts<'_>, read: Option<SystemTime>) -> Page {
    let area = parts.area.parse().ok();
    let figure = &found.figure;
    let beside = found.comparators.first().filter(|_| !parts.beside.is_empty());
    let whole = if found.breakdown == TOTAL { String::new() } else { format!(", {}", found.breakdown) };
    let what = match beside {
        Some(against) => format!("{}: {}, beside {}, {}{whole}", found.label, against.name, figure.area, found.period),
        None => format!("{}: {}, {}{whole}", found.label, figure.area, found.period),
    };
    let shown = beside.map_or_else(|| figure.shown.clone(), |against| against.shown.clone());
    let of_file = build.findings.iter().filter(|one| one.place.file == figure.file && !figure.file.is_empty());
    let is_own = |one: &&Finding| one.place.row == figure.place.row && one.place.sheet == figure.place.sheet;
    let (own, others): (Vec<&Finding>, Vec<&Finding>) = of_file.partition(is_own);
    let table = RecordsPage { table: found.table.clone(), ..RecordsPage::of(Kind::Sources, area) };
    let touching = RecordsPage { table: found.table.clone(), ..RecordsPage::of(Kind::Findings, area) };
    Page {
        crumbs: vec![
            Link::to(&figure.area, area.map_or(Address::Home, Address::area)),
            Link::to(&found.label, Address::measure(&found.table, &found.measure, area)),
        ],
        is_beside: beside.is_some(),
        wrong: if beside.is_some() { Vec::new() } else { wrong(build, found) },
        checks: checks(found, &own),
        source: Link::to(&found.source, Address::Records(table)),
        release: figure.release.clone(),
        file: Link::to(&figure.file, Address::File(FilePage::at(&figure.place))),
        sha: found.sha256.clone(),
        read: read.map_or_else(String::new, super::build::clock),
        sheet: found.source_cells.piece.as_ref().map(|piece| sheet::Sheet::of(piece, &figure.place)),
        made: made::Made::of(found),
        series: series::Series::of(found),
        beside: beside::all(build, found, parts),
        who: figure.area.clone(),
        copy: copy(found, &what, &shown),
        command: format!("abreast explain {id}"),
        definition: found.definition.clone(),
        said: found.said.clone(),
        papers: papers(build, id),
        findings: Link::to(
            match others.len() + own.len() {
                0 => String::new(),
                some => format!("{} this file", counted(some, "finding touches", "findings touch")),
            },
            Address::Records(touching),
        ),
        id: id.to_owned(),
        shown,
        what,
    }
}

/// What does not hold any more, then what still does.
fn wrong(build: &Build, found: &Explanation) -> Vec<String> {
    let source_cells = &found.source_cells;
    let what = match (&source_cells.sha256, source_cells.agrees) {
        (Some(now), _) if *now != found.sha256 => {
            "The file has changed since the tables were made of it: the cells below are its cells as they are now."
                .to_owned()
        }
        (Some(_), Some(false)) => "The cells do not give this figure any more.".to_owned(),
        (Some(_), _) if source_cells.problem.is_empty() => return Vec::new(),
        _ => format!("The file could not be read again: {}", stop(&source_cells.problem)),
    };
    let holds = format!(
        "What still holds: the figure, its other releases and what it is compared with stand in the tables made on {}.",
        build.dated()
    );
    vec![what, holds, "Put the file back as it was, or run `abreast run`, and load this page again.".to_owned()]
}

/// Whether the file is the one that the figure came from, whether its cells still give it, and what was found about the row.
fn checks(found: &Explanation, findings: &[&Finding]) -> Vec<(bool, String)> {
    let source_cells = &found.source_cells;
    let mut checks = vec![match &source_cells.sha256 {
        Some(now) if *now == found.sha256 => (true, "The file is byte for byte the one that was read".to_owned()),
        Some(_) => (false, "The file has changed since it was read".to_owned()),
        None => (false, format!("The file was not read again: {}", source_cells.problem)),
    }];
    if let Some(agrees) = source_cells.agrees {
        checks.push((agrees, sentence(&found.agreement(agrees))));
    }
    match findings {
        [] => checks.push((true, "No finding touches this row".to_owned())),
        some => checks.extend(some.iter().map(|one| (false, sentence(&one.message)))),
    }
    checks
}

/// A sentence with its source, to copy.
fn copy(found: &Explanation, what: &str, shown: &str) -> String {
    let counts = found.figure.counts.map_or_else(String::new, |counts| format!(" ({})", beside::counts(counts)));
    format!(
        "{what}: {shown}{counts}. Source: {}, release {}, {}.",
        found.source, found.figure.release, found.figure.cell
    )
}

/// The titles of the papers of this build that print the figure.
fn papers(build: &Build, id: &str) -> Vec<String> {
    let folder = std::fs::read_dir(build.options.out.folder.join("reports"));
    let mut paths: Vec<_> = folder.into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "html"));
    paths.sort();
    let title = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).ok().filter(|text| text.contains(id))?;
        let title = text.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
        // A title is text of ours, with the letters that pages write otherwise.
        title.map(|(title, _)| title.replace("&amp;", "&").replace("&#39;", "'"))
    };
    paths.iter().filter_map(title).collect()
}
