//! The page of a published table: the rows of a measure as they were published, a hundred at a time, the newest first.
//!
//! In: a build, a table, what is chosen of it. Out: the page, or its rows as a table to keep. Every release is there, each row
//! with its symbol where it has no figure, and with its cell.

mod choices;

use std::cmp::Reverse;

use serde::Serialize;

use super::address::{Address, FilePage, Kind, RecordsPage, Shape, TablePage, Take};
use super::build::{Build, broken};
use super::request::Response;
use super::shell::{Choice, Frame, Link};
use super::take::Taken;
use super::wrong::Wrong;
use crate::finding::Error;
use crate::publish::document::{Cell, Column, Table};
use crate::schema::TOTAL;
use crate::shown::{number, whole};
use crate::store::{Found, Observed, measure};
use choices::Choices;

/// How many rows are shown.
const ROWS: usize = 100;

/// What the template is filled with.
#[derive(Serialize)]
struct Page {
    crumbs: Vec<Link>,
    title: String,
    lede: String,
    action: String,
    selects: Vec<Select>,
    rows: Vec<Row>,
    has_counts: bool,
    empty: String,
    whole: String,
    walk: Vec<Link>,
    files: Vec<Link>,
}

/// A choice of the rows.
#[derive(Serialize)]
pub struct Select {
    key: &'static str,
    label: &'static str,
    options: Vec<Choice>,
}

/// A row as it was published.
#[derive(Serialize)]
struct Row {
    area: String,
    period: String,
    group: String,
    shown: String,
    why: String,
    address: String,
    counts: String,
    release: String,
    is_latest: bool,
    cell: Link,
}

/// The page of a table; or what is wrong with what was chosen.
///
/// # Errors
/// The table cannot be read.
pub fn page(build: &Build, page: &TablePage) -> Result<Result<Response, Wrong>, Error> {
    let found = match found(build, page)? {
        Ok(found) => found,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let frame = build.observed(&found)?;
    let observed = Observed::of(&frame).map_err(broken)?;
    let choices = Choices::of(&observed);
    if let Some(wrong) = choices.wrong(page) {
        return Ok(Err(wrong));
    }
    let rows = rows(&observed, page, &choices.releases);
    let pages = rows.len().div_ceil(ROWS).max(1);
    if page.page > pages {
        let last = Address::Table(TablePage { page: pages, ..page.clone() });
        let wrong = Wrong::gone(format!("there is no page {}", page.page), format!("the last is page {pages}"));
        return Ok(Err(wrong.link("the last page", last)));
    }
    let filled = filled(page, &found, &observed, &choices, &rows);
    let frame = Frame::of(&filled.title, "sources", page.area.parse().ok().or(build.home), build);
    build.shell.page(build, "rows.html", &frame, &filled).map(Ok)
}

/// The measure whose rows are shown.
fn found<'b>(build: &'b Build, page: &TablePage) -> Result<Result<Found<'b>, Wrong>, Error> {
    let usual = build.catalogue.table(&page.table).map_or("", TablePage::usual);
    let name = if page.measure.is_empty() { usual } else { &page.measure };
    if name.is_empty() {
        let sources = RecordsPage { table: page.table.clone(), ..RecordsPage::of(Kind::Sources, None) };
        let wrong = Wrong::gone(format!("table `{}` has no measures", page.table), "its files are listed");
        return Ok(Err(wrong.link("its files", Address::Records(sources))));
    }
    build.catalogue.measure(&format!("{}/{name}", page.table)).map(Ok)
}

/// The rows that fit what is chosen, the newest first.
fn rows(observed: &Observed<'_>, page: &TablePage, releases: &[String]) -> Vec<usize> {
    let figures = &observed.figures;
    let group = page.breakdown.split_once('=');
    let fits = |row: &usize| {
        (page.area.is_empty() || figures.area(*row) == page.area)
            && (page.release.is_empty() || observed.release(*row) == page.release)
            && group
                .is_none_or(|(topic, part)| figures.topic.word(*row) == topic && figures.breakdown.word(*row) == part)
            && (page.period.is_empty() || figures.periods.label(*row) == page.period)
    };
    let mut rows: Vec<usize> = (0..observed.height()).filter(fits).collect();
    let place = |row: usize| releases.iter().position(|release| release == observed.release(row));
    let key = |row: usize| (Reverse(figures.periods.key(row)), place(row), figures.name.word(row));
    rows.sort_by_cached_key(|row| (key(*row), *row));
    rows
}

fn filled(page: &TablePage, found: &Found<'_>, observed: &Observed<'_>, choices: &Choices, rows: &[usize]) -> Page {
    let from = (page.page - 1) * ROWS;
    let to = (from + ROWS).min(rows.len());
    let shown: Vec<Row> = rows[from..to].iter().map(|row| line(found, observed, *row)).collect();
    let at = |number: usize| Address::Table(TablePage { page: number, ..page.clone() });
    let before = (page.page > 1).then(|| Link::to("100 rows before", at(page.page - 1)));
    let after = (to < rows.len()).then(|| Link::to("100 rows after", at(page.page + 1)));
    let table = RecordsPage { table: page.table.clone(), ..RecordsPage::of(Kind::Sources, None) };
    let take = |(name, shape)| Link::to(name, Address::Take(Take::of(at(1), shape, false)));
    Page {
        crumbs: vec![
            Link::to("Sources", Address::Records(RecordsPage::of(Kind::Sources, None))),
            Link::to(&found.meta.title, Address::Records(table)),
        ],
        title: measure(found, "").label,
        lede: format!(
            "Rows {} to {} of {}, every release, the newest first.",
            whole(if rows.is_empty() { 0 } else { from + 1 }),
            whole(to),
            whole(rows.len())
        ),
        action: Address::Table(TablePage::of(&page.table)).to_string(),
        selects: choices.selects(page, found.meta),
        has_counts: shown.iter().any(|row| !row.counts.is_empty()),
        rows: shown,
        empty: if rows.is_empty() { "No row fits what is chosen.".to_owned() } else { String::new() },
        whole: Address::Table(TablePage { measure: page.measure.clone(), ..TablePage::of(&page.table) }).to_string(),
        walk: [before, after].into_iter().flatten().collect(),
        files: [("CSV", Shape::Csv), ("Workbook", Shape::Xlsx)].map(take).into(),
    }
}

fn line(found: &Found<'_>, observed: &Observed<'_>, row: usize) -> Row {
    let (figures, seen, place) = (&observed.figures, observed.seen(row), observed.place(row));
    let is_latest = observed.is_latest(row);
    let cell = place.cell();
    Row {
        area: figures.name.word(row).to_owned(),
        period: figures.periods.label(row),
        group: match (figures.topic.word(row), figures.breakdown.word(row)) {
            (TOTAL, _) => String::new(),
            (topic, part) => format!("{topic}: {part}"),
        },
        shown: match seen.value {
            Some(value) => measure(found, "").shown(value),
            None => seen.missing.symbol().to_owned(),
        },
        why: seen.value.map_or_else(|| seen.missing.reason().to_owned(), |_| String::new()),
        address: match is_latest {
            true => Address::figure(&figures.id(found.table, row)).to_string(),
            false => String::new(),
        },
        counts: seen
            .counts()
            .map_or_else(String::new, |(top, bottom)| format!("{} of {}", number(top, 0), number(bottom, 0))),
        release: observed.release(row).to_owned(),
        is_latest,
        cell: Link::to(if cell.is_empty() { place.address() } else { cell }, Address::File(FilePage::at(&place))),
    }
}

/// All rows that fit what is chosen, as a table to keep.
///
/// # Errors
/// The table cannot be read.
pub fn taken(build: &Build, page: &TablePage) -> Result<Result<Taken, Wrong>, Error> {
    let found = match found(build, page)? {
        Ok(found) => found,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let frame = build.observed(&found)?;
    let observed = Observed::of(&frame).map_err(broken)?;
    let rows = rows(&observed, page, &Choices::of(&observed).releases);
    let words = ["Area", "Code", "Period", "Topic", "Group"].map(Column::words);
    let numbers = ["Figure", "Numerator", "Denominator"].map(Column::figures);
    let rest = ["Release", "Newest", "File", "Cell"].map(Column::words);
    let label = measure(&found, "").label;
    Ok(Ok(Taken {
        about: format!("{} rows", found.name),
        title: label.clone(),
        said: format!("shown: {} of {} rows", whole(rows.len()), whole(observed.height())),
        notes: vec![found.meta.source.clone()],
        tables: vec![Table {
            title: label,
            columns: words.into_iter().chain(numbers).chain(rest).collect(),
            rows: rows.iter().map(|row| cells(&found, &observed, *row)).collect(),
            ..Table::default()
        }],
    }))
}

fn cells(found: &Found<'_>, observed: &Observed<'_>, row: usize) -> Vec<Cell> {
    let (figures, seen, place) = (&observed.figures, observed.seen(row), observed.place(row));
    let places = measure(found, "").places;
    let is_latest = observed.is_latest(row);
    let figure = match seen.value {
        Some(value) => Cell::number(value, places),
        None => Cell::missing(seen.missing.symbol(), seen.missing.reason()),
    };
    let count = |count: Option<f64>| count.map_or_else(Cell::default, |count| Cell::number(count, 0));
    let words = |words: &str| Cell::words(words);
    let id = if is_latest { figures.id(found.table, row) } else { String::new() };
    vec![
        words(figures.name.word(row)),
        words(figures.area(row)),
        words(&figures.periods.label(row)),
        words(figures.topic.word(row)),
        words(figures.breakdown.word(row)),
        figure.figure(&id),
        count(seen.above),
        count(seen.below),
        words(observed.release(row)),
        words(if is_latest { "yes" } else { "" }),
        words(&place.file),
        words(&place.address()),
    ]
}
