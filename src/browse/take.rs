//! What is taken away from a page: its table as CSV or workbook, as shown or all that is known, and its pictures.
//!
//! In: a build, the address of a page and a shape. Out: a file. The tables come from the files of the pages, so that they have
//! the page's rows in the page's order; here they are written.

mod all;
mod csv;
mod lists;
mod pictures;

use serde::Serialize;

use super::address::{Address, Kind, Shape, TablePage, Take};
use super::build::Build;
use super::request::Response;
use super::shell::Link;
use super::wrong::Wrong;
use super::{area, changes, heat, measure, papers, published};
use crate::draw::file_name;
use crate::finding::Error;
use crate::publish::document::Table;
use crate::publish::workbook::{self, Book};
use crate::shown::{sentence, stop, whole};

const CSV: &str = "text/csv; charset=utf-8";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const ZIP: &str = "application/zip";

/// The most rows that Excel opens.
const ROWS: usize = 1_048_575;
/// The most rows of a workbook: more takes a minute to make and to open.
const WORKBOOK_ROWS: usize = 100_000;

/// The tables of a page with what is said of them.
#[derive(Default)]
pub struct Taken {
    /// What they are about, as the name of the file has it: `timeliness_20_weeks Sandwell 2024`.
    pub about: String,
    /// What they show.
    pub title: String,
    /// How much of all they are: `shown: 14 of 163 places`, or `all: 48,210 figures`.
    pub said: String,
    /// What a reader must know, a sentence each.
    pub notes: Vec<String>,
    /// The tables.
    pub tables: Vec<Table>,
}

/// The file that an address names; or what is wrong with how much was asked for.
///
/// # Errors
/// A table cannot be read, or the file cannot be made.
pub fn file(build: &Build, take: &Take) -> Result<Result<Response, Wrong>, Error> {
    if take.shape == Shape::Zip {
        return pictures::file(build, take);
    }
    if let (Address::Records(page), true, Shape::Csv) = (&*take.page, take.all, take.shape)
        && page.kind == Kind::Changes
        && let Some(file) = changes::csv(build, page)?
    {
        return Ok(Ok(file));
    }
    let taken = match taken(build, take)? {
        Ok(taken) => taken,
        Err(wrong) => return Ok(Err(wrong)),
    };
    let rows: usize = taken.tables.iter().map(|table| table.rows.len()).sum();
    if let Some(wrong) = too_many(take, rows) {
        return Ok(Err(wrong));
    }
    let name = format!("{}.{}", name(&taken.about, take.all), take.shape.word());
    Ok(Ok(match take.shape {
        Shape::Xlsx => Response::kept(name, XLSX, workbook::tables(&book(build, take, taken))?),
        _ => Response::kept(name, CSV, csv::text(&taken.tables)?),
    }))
}

/// The tables that an address names.
fn taken(build: &Build, take: &Take) -> Result<Result<Taken, Wrong>, Error> {
    match (&*take.page, take.all) {
        (Address::Area(page), false) => area::taken(build, page),
        (Address::Measure(page), false) => measure::taken(build, page),
        (Address::Table(page), false) => published::taken(build, page),
        (Address::Table(page), true) => {
            let all = TablePage { measure: page.measure.clone(), ..TablePage::of(&page.table) };
            published::taken(build, &all)
        }
        (Address::Heat(page), false) => heat::taken(build, page),
        (Address::Measures { topic, .. }, false) => Ok(Ok(lists::measures(build, topic))),
        (Address::Records(page), all) => lists::records(build, page, all).map(Ok),
        (page, _) => all::taken(build, page, take.shape),
    }
}

/// Refuses more than can be opened, by its number.
fn too_many(take: &Take, rows: usize) -> Option<Wrong> {
    let (most, why) = match take.shape {
        Shape::Xlsx => (WORKBOOK_ROWS, "a workbook is made with"),
        _ => (ROWS, "Excel opens"),
    };
    (rows > most).then(|| {
        let message = format!("{} rows are more than the {} that {why}", whole(rows), whole(most));
        let wrong = Wrong::value(message, "take fewer measures, or the published table as Parquet");
        let wrong = wrong.link("the page", &take.page);
        match take.shape {
            Shape::Xlsx if rows <= ROWS => {
                wrong.link("the same as CSV", Address::Take(Take { shape: Shape::Csv, ..take.clone() }))
            }
            _ => wrong.link("what the page shows", Address::Take(Take { all: false, ..take.clone() })),
        }
    })
}

/// The name of a file without its ending: `timeliness-20-weeks-sandwell-2024-shown`.
fn name(about: &str, all: bool) -> String {
    file_name(&format!("{about} {}", if all { "all" } else { "shown" }))
}

fn book(build: &Build, take: &Take, taken: Taken) -> Book {
    let mut lines = vec![sentence(&taken.said), format!("Made by Abreast from the tables of {}", build.dated())];
    lines.push(format!("The page that it is from: {}", take.page));
    if build.is_illustrative() {
        lines.push("Illustrative data: some or all figures are made up".to_owned());
    }
    let mut notes: Vec<String> = taken.notes.iter().map(|note| stop(&sentence(note))).collect();
    notes.extend(symbols(&taken.tables));
    let tables = taken.tables.into_iter().map(|table| Table { symbols: true, ..table }).collect();
    Book { title: taken.title, lines, notes, tables }
}

/// What each symbol of the tables stands for, each once.
fn symbols(tables: &[Table]) -> Vec<String> {
    let mut known: Vec<(&str, &str)> = Vec::new();
    for cell in tables.iter().flat_map(|table| &table.rows).flatten() {
        let pair = (cell.text.as_str(), cell.reason.as_str());
        if cell.number.is_none() && !cell.reason.is_empty() && !known.contains(&pair) {
            known.push(pair);
        }
    }
    known.into_iter().map(|(symbol, reason)| format!("{symbol} stands for: {reason}.")).collect()
}

/// What a page offers to take away.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Offer {
    /// What the page shows, in each shape.
    shown: Vec<Link>,
    /// What all of it is called.
    whole: &'static str,
    /// All of it, in each shape.
    all: Vec<Link>,
    /// Its pictures.
    pictures: Vec<Link>,
    /// Where it is added to a report; empty where it cannot be.
    report: String,
}

/// What the page at an address offers; nothing that would be refused for its size.
///
/// # Errors
/// A measure of the page is not there.
pub fn offer(build: &Build, page: &Address) -> Result<Offer, Error> {
    let link = |(name, shape), all| Link::to(name, Address::Take(Take::of(page.clone(), shape, all)));
    let both = [("CSV", Shape::Csv), ("Excel workbook", Shape::Xlsx)];
    let rows = all::likely(build, page)?;
    let fits = |shape| rows <= if shape == Shape::Xlsx { WORKBOOK_ROWS } else { ROWS };
    let is_record = matches!(page, Address::Records(_));
    Ok(Offer {
        shown: both.map(|one| link(one, false)).into(),
        whole: if is_record { "All of them" } else { "Every period, place and group" },
        all: both.into_iter().filter(|(_, shape)| fits(*shape)).map(|one| link(one, true)).collect(),
        report: match page {
            Address::Measure(page) => papers::to_add(build, page).unwrap_or_default(),
            _ => String::new(),
        },
        pictures: match page {
            Address::Measure(_) => [("those of this view", false), ("those of every view", true)]
                .map(|(name, all)| link((name, Shape::Zip), all))
                .into(),
            _ => Vec::new(),
        },
    })
}
