//! The page of a publisher's file: a sheet round a cell, forty rows at a time, with Excel's letters and numbers.
//!
//! In: a build, a file that one of its tables was made of. Out: the page; the cells are those of the file as it is now, which is
//! held against the hash in the tables' footers.

use serde::Serialize;

use super::address::{Address, FilePage, Kind, RecordsPage};
use super::build::{Build, clock};
use super::request::Response;
use super::shell::{Frame, Link};
use super::wrong::Wrong;
use crate::finding::{Error, column_letters};
use crate::grid::{Grid, likely_header};
use crate::home;
use crate::shown::{counted, sentence, whole};
use crate::trace::{Key, Leaf, leaf};

/// How many rows are shown.
const ROWS: u32 = 40;
/// How many columns are shown beside each other.
const COLUMNS: usize = 24;
/// How many of them stand before the marked one.
const BEFORE: usize = 6;

/// What the template is filled with.
#[derive(Serialize)]
struct Page {
    crumbs: Vec<Link>,
    name: String,
    lede: String,
    checks: Vec<(bool, String)>,
    tables: Vec<Link>,
    sheets: Vec<Link>,
    columns: Vec<Column>,
    head: Option<Row>,
    rows: Vec<Row>,
    shown: String,
    /// The rows before and after, the columns before and after.
    walk: Vec<Link>,
}

#[derive(Serialize)]
struct Column {
    letters: String,
    here: bool,
}

#[derive(Serialize)]
struct Row {
    number: u32,
    cells: Vec<String>,
    here: bool,
}

/// The page of a file; or what is wrong with the sheet or the row that was asked for.
///
/// # Errors
/// There is no folder of returns.
pub fn page(build: &Build, page: &FilePage) -> Result<Result<Response, Wrong>, Error> {
    let folder = home::returns(build.options.returns.folder.as_deref())?.folder;
    let key = Key::of(["", &page.file, &page.sheet], "", &folder.join(&page.file));
    let sources = Address::Records(RecordsPage::of(Kind::Sources, None));
    let leaf = match build.leaves.get(&key, || leaf(&folder, &page.file, &page.sheet)) {
        Ok(leaf) => leaf,
        Err(finding) => {
            let first = FilePage { file: page.file.clone(), row: 1, ..FilePage::default() };
            let wrong = Wrong::gone(format!("{}: {}", page.file, finding.message), finding.help);
            return Ok(Err(wrong
                .link("the file from its beginning", Address::File(first))
                .link("the sources", sources)));
        }
    };
    let last = leaf.grid.rows().last().copied().unwrap_or(1);
    if page.row > last {
        let end = Address::File(FilePage { row: last, ..page.clone() });
        let wrong = Wrong::gone(format!("{} has no row {}", page.file, page.row), format!("its last row is {last}"));
        return Ok(Err(wrong.link("its last row", end)));
    }
    let name = page.file.rsplit('/').next().unwrap_or_default();
    let frame = Frame::of(name, "sources", build.home, build);
    build.shell.page(build, "file.html", &frame, &filled(build, page, &leaf, last)).map(Ok)
}

fn filled(build: &Build, page: &FilePage, leaf: &Leaf, last: u32) -> Page {
    let width = leaf.grid.width();
    let from = page.row.saturating_sub(ROWS / 2).max(1);
    let to = (from + ROWS - 1).min(last);
    let column = (page.column as usize).saturating_sub(1);
    // A narrow sheet is shown whole.
    let left = if width <= COLUMNS / 2 { 0 } else { column.min(width - 1).saturating_sub(BEFORE) };
    let right = (left + COLUMNS).min(width);
    let is_columnar = leaf.grid.is_columnar();
    let letters = |at: usize| if is_columnar { (at + 1).to_string() } else { column_letters(at as u32 + 1) };
    let row = |number: u32| Row {
        number,
        cells: cells(&leaf.grid, number, left, right),
        here: number == page.row && (page.row > 1 || page.column > 0),
    };
    let names = if is_columnar { Some(0) } else { likely_header(&leaf.grid) };
    let head = names.filter(|head| *head < from);
    let sheet = if leaf.sheet.is_empty() { String::new() } else { format!("Sheet {}. ", leaf.sheet) };
    let (tables, checks) = tables(build, page, leaf);
    Page {
        crumbs: vec![Link::to("Sources", Address::Records(RecordsPage::of(Kind::Sources, build.home)))],
        name: page.file.clone(),
        lede: format!(
            "{sheet}{} to row {}, {}; {} bytes, read at {}.",
            sentence(&counted(leaf.grid.height(), "row with text", "rows with text")),
            whole(last as usize),
            counted(width, "column", "columns"),
            whole(leaf.bytes),
            clock(leaf.read)
        ),
        checks,
        tables,
        sheets: sheets(page, leaf),
        columns: (left..right)
            .map(|at| Column { letters: letters(at), here: page.column > 0 && at == column })
            .collect(),
        head: head.map(|number| Row { here: false, ..row(number) }),
        rows: (from..=to).map(row).collect(),
        shown: format!(
            "Rows {} to {} of {}, columns {} to {} of {}",
            whole(from as usize),
            whole(to as usize),
            whole(last as usize),
            letters(left),
            letters(right.saturating_sub(1)),
            letters(width.saturating_sub(1))
        ),
        walk: walk(page, (last, width), (left, right)),
    }
}

/// The texts of a row in the columns from `left` up to `right`; a row that is not kept has none.
fn cells(grid: &Grid, number: u32, left: usize, right: usize) -> Vec<String> {
    let index = grid.index_of(number);
    (left..right).map(|column| index.map_or_else(String::new, |row| grid.text(row, column).to_owned())).collect()
}

/// The tables that were made of the file, and whether it is still the file that they were made of.
fn tables(build: &Build, page: &FilePage, leaf: &Leaf) -> (Vec<Link>, Vec<(bool, String)>) {
    let uses = build.catalogue.tables().iter().filter_map(|(name, meta)| {
        let is_part = meta.inputs.contains_key(&page.file);
        let used = is_part || meta.accounts.iter().any(|account| account.file == page.file);
        used.then(|| (name, meta, meta.inputs.get(&page.file).is_some_and(|hash| *hash == leaf.hash)))
    });
    let uses: Vec<_> = uses.collect();
    let link = |(name, meta, _): &(&String, &crate::publish::TableMeta, bool)| {
        let table = RecordsPage { table: (*name).clone(), ..RecordsPage::of(Kind::Sources, build.home) };
        Link::to(&meta.title, Address::Records(table))
    };
    let changed: Vec<&str> = uses.iter().filter(|(.., same)| !same).map(|(_, meta, _)| meta.title.as_str()).collect();
    let check = match changed.as_slice() {
        [] => (true, "The file is byte for byte the one that the tables were made of".to_owned()),
        some => (false, format!("The file has changed since these were made of it, run again: {}", some.join("; "))),
    };
    (uses.iter().map(link).collect(), vec![check])
}

/// The sheets of a workbook.
fn sheets(page: &FilePage, leaf: &Leaf) -> Vec<Link> {
    if leaf.sheets.len() < 2 {
        return Vec::new();
    }
    let link = |name: &String| {
        let other = FilePage { file: page.file.clone(), sheet: name.clone(), row: 1, column: 0 };
        Link::to(name, Address::File(other)).here(*name == leaf.sheet)
    };
    leaf.sheets.iter().map(link).collect()
}

/// Where one may go on from here.
fn walk(page: &FilePage, (last, width): (u32, usize), (left, right): (usize, usize)) -> Vec<Link> {
    let row = |row: u32| Address::File(FilePage { row, ..page.clone() });
    let column = |at: usize| Address::File(FilePage { column: at as u32 + 1, ..page.clone() });
    let before =
        (page.row > ROWS / 2 + 1).then(|| Link::to("40 rows before", row(page.row.saturating_sub(ROWS).max(1))));
    let after = (page.row + ROWS / 2 <= last).then(|| Link::to("40 rows after", row((page.row + ROWS).min(last))));
    let lefter = (left > 0).then(|| Link::to("columns before", column((left + BEFORE).saturating_sub(COLUMNS))));
    let righter = (right < width).then(|| Link::to("columns after", column((right + BEFORE).min(width - 1))));
    [before, after, lefter, righter].into_iter().flatten().collect()
}
