//! What changed since the build before: of one's own area first, then table by table.
//!
//! In: two builds, which are held against each other once and kept with the newer one. Out: the page, and every change as the
//! CSV of `abreast diff`.

mod own;
mod table;

use std::io::Read;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;

use super::address::{Address, Class, RecordsPage};
use super::awaited::Seen;
use super::build::Build;
use super::request::Response;
use super::shell::{Frame, Link};
use super::take::offer;
use crate::diff::{Differences, Kind, Lines, Report, reports};
use crate::finding::Error;
use crate::shown::{counted, sentence, whole};
use own::Own;
use table::Part;

/// How long a reader waits before being told how far it is.
const PATIENCE: Duration = Duration::from_secs(4);

/// What the template is filled with.
#[derive(Default, Serialize)]
struct Page {
    lede: String,
    /// Where to look again; empty where everything is there.
    again: String,
    tiles: Vec<Tile>,
    own: Option<Own>,
    sums: Vec<Sum>,
    whole: Option<Link>,
    parts: Vec<Part>,
}

/// A number of changes, which leads to them.
#[derive(Serialize)]
struct Tile {
    count: String,
    own: String,
    word: String,
    address: String,
    here: bool,
}

/// A table with its numbers of changes.
#[derive(Serialize)]
struct Sum {
    title: String,
    address: String,
    counts: Vec<String>,
}

/// The page of what changed.
///
/// # Errors
/// A table of one of the builds cannot be read.
pub fn page(build: &Build, page: &RecordsPage) -> Result<Response, Error> {
    let page = &RecordsPage { area: page.area.or(build.home), ..page.clone() };
    let content = match before(build) {
        None => Page {
            lede: "No build before this one: a run that changes something keeps the one it replaces, and this page then says \
                   what moved."
                .to_owned(),
            ..Page::default()
        },
        Some(_) => match held(build)? {
            Seen::There(differences) => filled(build, page, &differences),
            Seen::Working(tables) => Page {
                lede: format!(
                    "This build is being held against the one before: {} so far. It is done once a build.",
                    counted(tables, "table that differs", "tables that differ")
                ),
                again: Address::Records(page.clone()).to_string(),
                ..Page::default()
            },
        },
    };
    let mut frame = Frame::of("What changed", "changes", page.area, build);
    if !content.parts.is_empty() {
        frame.offer = Some(offer(build, &Address::Records(page.clone()))?);
    }
    build.shell.page(build, "changes.html", &frame, &content)
}

/// Every change as `abreast diff --format csv` writes it: of all tables, or of the one that is asked for.
///
/// # Errors
/// A table of one of the builds cannot be read.
pub fn csv(build: &Build, page: &RecordsPage) -> Result<Option<Response>, Error> {
    let Some(old) = before(build) else { return Ok(None) };
    let wanted: Vec<String> = Some(page.table.clone()).filter(|table| !table.is_empty()).into_iter().collect();
    let mut lines = Lines::new(true)?;
    reports(&old, &build.options.out.folder, &wanted, &mut lines)?;
    let mut bytes = Vec::new();
    lines.finish()?.read_to_end(&mut bytes).map_err(Error::reading)?;
    let name = crate::draw::file_name(&format!("changes {} all", page.table.replace('_', " ")));
    Ok(Some(Response::kept(format!("{name}.csv"), "text/csv; charset=utf-8", bytes)))
}

/// The build before this one; none where no run has kept one.
pub fn before(build: &Build) -> Option<PathBuf> {
    Some(build.options.out.folder.join("previous")).filter(|old| old.join("tables").is_dir())
}

/// What lies between both builds, worked out once.
fn held(build: &Build) -> Result<Seen<Differences>, Error> {
    let out = build.options.out.folder.clone();
    build.differences.get(PATIENCE, move |told| Differences::between(&out.join("previous"), &out, told))
}

fn filled(build: &Build, page: &RecordsPage, differences: &Arc<Differences>) -> Page {
    let own = page.area.map(|code| differences.of(&code.to_string())).unwrap_or_default();
    let is_wanted = |report: &Report| page.table.is_empty() || report.table == page.table;
    let of_class = |report: &&Report| is_wanted(report) && page.class.is_none_or(|class| count(report, class) > 0);
    let reports: Vec<&Report> = differences.reports.iter().filter(of_class).collect();
    let everything = RecordsPage { class: None, table: String::new(), ..page.clone() };
    let lede = match differences.reports.len() {
        0 => "Nothing differs from the build before this one.".to_owned(),
        some => format!(
            "{} from the build before this one, {} not.",
            sentence(&counted(some, "table differs", "tables differ")),
            match differences.unchanged {
                1 => "1 does".to_owned(),
                many => format!("{many} do"),
            }
        ),
    };
    if differences.reports.is_empty() {
        return Page { lede, ..Page::default() };
    }
    Page {
        lede,
        tiles: Class::all().map(|class| tile(page, class, &differences.reports, &own)).collect(),
        own: page.area.and_then(|code| Own::of(build, page, code, &own)),
        sums: if page.table.is_empty() { reports.iter().map(|report| sum(page, report)).collect() } else { Vec::new() },
        whole: (page.class.is_some() || !page.table.is_empty())
            .then(|| Link::to("Everything that changed", Address::Records(everything))),
        parts: reports.iter().map(|report| Part::of(build, page, report)).collect(),
        ..Page::default()
    }
}

/// How many changes of a class a table has.
fn count(report: &Report, class: Class) -> usize {
    match class {
        Class::Figures(kind) => report.changed.counts.get(&kind).copied().unwrap_or_default(),
        Class::Ranks => report.changed.moved[0],
    }
}

fn tile(page: &RecordsPage, class: Class, reports: &[Report], own: &[(&Report, &crate::diff::Own)]) -> Tile {
    let is_wanted = |report: &Report| page.table.is_empty() || report.table == page.table;
    let here = page.class == Some(class);
    let all: usize = reports.iter().filter(|report| is_wanted(report)).map(|report| count(report, class)).sum();
    let ours = own.iter().filter(|(report, _)| is_wanted(report)).map(|(_, own)| match class {
        Class::Figures(kind) => own.counts.get(&kind).copied().unwrap_or_default(),
        Class::Ranks => own.moved,
    });
    Tile {
        count: whole(all),
        own: if page.area.is_some() { whole(ours.sum()) } else { String::new() },
        word: sentence(class.words()),
        // A second click shows all again.
        address: Address::Records(RecordsPage { class: if here { None } else { Some(class) }, ..page.clone() })
            .to_string(),
        here,
    }
}

fn sum(page: &RecordsPage, report: &Report) -> Sum {
    let of_table = RecordsPage { table: report.table.clone(), ..page.clone() };
    Sum {
        title: report.title.clone(),
        address: Address::Records(of_table).to_string(),
        counts: Class::all().map(|class| whole(count(report, class))).collect(),
    }
}

/// What became of a figure, first letter large.
fn word(kind: Kind) -> String {
    sentence(kind.word())
}
