//! Where a page is: a state to an address and back.
//!
//! In: the text of an address and the names that there are. Out: an `Address` in which every code, measure and word is one that
//! exists, or what is wrong with it. It prints as the shortest text that reads back as itself: codes for names, keys in one
//! order, what is the default left out.

mod area;
mod chart;
mod file;
mod heat;
mod keys;
mod measure;
mod records;
mod table;
mod take;

use std::fmt;

use super::raw::Raw;
use super::wrong::Wrong;
use crate::area::{LaCode, Register};
use crate::store::Catalogue;
pub use area::{AreaPage, Order, SHOWS, Show, Who};
pub use chart::{ChartFile, Ending};
pub use file::FilePage;
pub use heat::{AGAINST, Against, COLUMNS, Columns, HEAT_VIEWS, HeatPage, HeatView, ROWS, Rows};
use keys::Keys;
pub use keys::nobody;
pub use measure::{AVERAGES, MeasurePage, USUAL, VIEWS, View};
pub use records::{Class, Kind, RecordsPage};
pub use table::TablePage;
pub use take::{Shape, Take};

/// The names that addresses are made of.
#[derive(Clone, Copy)]
pub struct Names<'a> {
    /// Tables and measures.
    pub catalogue: &'a Catalogue,
    /// Authorities, regions and groups.
    pub register: &'a Register,
}

/// A page or a file, in a state.
#[derive(Clone, Debug, PartialEq)]
pub enum Address {
    /// Where one begins.
    Home,
    /// The style of all pages.
    Style,
    /// The script of all pages.
    Script,
    /// The sign in the tab of the window.
    Icon,
    /// One area and everything that is known of it.
    Area(AreaPage),
    /// All measures, or those of a topic.
    Measures {
        /// The topic; empty for all.
        topic: String,
        /// For whom.
        area: Option<LaCode>,
    },
    /// One measure.
    Measure(MeasurePage),
    /// One measure of a region or of England.
    RegionMeasure {
        /// Its table.
        table: String,
        /// Its name.
        measure: String,
        /// The code of the region.
        region: String,
    },
    /// Many measures of several places.
    Heat(HeatPage),
    /// The page of an area and of its measures as one file.
    Copy {
        /// Whose.
        area: LaCode,
        /// The measures, as names and globs with commas; empty for the headlines.
        measures: String,
    },
    /// What is taken away from a page.
    Take(Take),
    /// Findings, sources or changes.
    Records(RecordsPage),
    /// Where a figure comes from.
    Figure {
        /// Its id.
        id: String,
    },
    /// A sheet of a publisher's file.
    File(FilePage),
    /// The rows of a published table.
    Table(TablePage),
    /// A picture.
    Chart(ChartFile),
    /// How far a deed is that takes a while.
    Work {
        /// Its number.
        number: usize,
        /// Whether its reader is led on when it is done.
        on: bool,
    },
    /// The papers of an authority.
    Papers {
        /// For whom.
        area: Option<LaCode>,
    },
    /// A file of a paper.
    Paper {
        /// Its name.
        name: String,
    },
    /// What a measure's page is as a section of a report.
    AddTo(Box<MeasurePage>),
    /// The saved lists.
    Lists {
        /// For whom.
        area: Option<LaCode>,
    },
    /// The files that wait to be filed, or one of them.
    Intake {
        /// Its number.
        number: Option<usize>,
    },
    /// What filing one would change, as a file.
    Foreseen {
        /// Its number.
        number: usize,
    },
    /// What fits some words.
    Find {
        /// The words.
        words: String,
        /// For whom.
        area: Option<LaCode>,
    },
}

impl Address {
    /// The address of the parts of a text.
    ///
    /// # Errors
    /// A page, key or value that there is none of, or a key twice; with the nearest address that works.
    pub fn parse(raw: &Raw, names: Names<'_>) -> Result<Address, Wrong> {
        let mut keys = Keys::of(raw)?;
        let path: Vec<&str> = raw.path.iter().map(String::as_str).collect();
        if let ["get", words @ ..] = path.as_slice()
            && !matches!(words, ["area", file] if file.ends_with(".html"))
        {
            return Take::read(words, raw, names).map(Address::Take);
        }
        let address = match path.as_slice() {
            [] => Address::Home,
            ["style.css"] => Address::Style,
            ["script.js"] => Address::Script,
            ["icon.svg"] => Address::Icon,
            ["area", area] => Address::Area(AreaPage::read(area, &mut keys, names)?),
            ["measures"] => {
                Address::Measures { topic: topic(&mut keys, names)?, area: keys.authority("area", names.register)? }
            }
            ["measure", table, measure] => match region(raw, names) {
                Some(region) => {
                    keys.take("area");
                    let found = measure::found(table, measure, names)?;
                    Address::RegionMeasure {
                        table: found.table.to_owned(),
                        measure: found.name.to_owned(),
                        region: region.to_owned(),
                    }
                }
                None => Address::Measure(MeasurePage::read(table, measure, &mut keys, names)?),
            },
            ["heat"] => Address::Heat(HeatPage::read(&mut keys, names)?),
            ["get", "area", file] => copy(file, &mut keys, names)?,
            ["findings"] => Address::Records(RecordsPage::read(Kind::Findings, &mut keys, names)?),
            ["changes"] => Address::Records(RecordsPage::read(Kind::Changes, &mut keys, names)?),
            ["refused"] => Address::Records(RecordsPage::read(Kind::Refused, &mut keys, names)?),
            ["table", table] => Address::Table(TablePage::read(table, &mut keys, names)?),
            ["sources"] => Address::Records(RecordsPage::sources("", &mut keys, names)?),
            ["sources", table] => Address::Records(RecordsPage::sources(table, &mut keys, names)?),
            ["figure", id @ ..] if !id.is_empty() => Address::Figure { id: id.join("/") },
            ["file", words @ ..] => Address::File(FilePage::read(words, &mut keys, names)?),
            ["chart", file] => Address::Chart(ChartFile::read_several(file, &mut keys, names)?),
            ["chart", kind, table, file] => Address::Chart(ChartFile::read((kind, table, file), &mut keys, names)?),
            ["intake"] => Address::Intake { number: None },
            ["intake", number] => Address::Intake { number: Some(numbered(number)?) },
            ["intake", number, "changes.csv"] => Address::Foreseen { number: numbered(number)? },
            ["work", number] => {
                Address::Work { number: numbered(number)?, on: keys.choice("on", &[("", false), ("1", true)])? }
            }
            ["papers"] => Address::Papers { area: keys.authority("area", names.register)? },
            ["papers", "add"] => Address::AddTo(Box::new(added(&mut keys, names)?)),
            ["papers", name] => Address::Paper { name: (*name).to_owned() },
            ["lists"] => Address::Lists { area: keys.authority("area", names.register)? },
            ["find"] => Address::Find {
                words: keys.take("q").unwrap_or_default(),
                area: keys.authority("area", names.register)?,
            },
            _ => {
                let message = format!("there is no page `/{}`", path.join("/"));
                return Err(Wrong::gone(message, "start from one of the links").link("the first page", "/"));
            }
        };
        keys.end()?;
        Ok(address)
    }

    /// The address of an area's page as it is without any choice.
    pub fn area(code: LaCode) -> Address {
        Address::Area(AreaPage::of(Who::Authority(code)))
    }

    /// The address of a measure's page about an authority.
    pub fn measure(table: &str, measure: &str, area: Option<LaCode>) -> Address {
        Address::Measure(MeasurePage { area, ..MeasurePage::of(table, measure) })
    }

    /// The address of a figure.
    pub fn figure(id: &str) -> Address {
        Address::Figure { id: id.to_owned() }
    }

    /// The authority whose figures it shows.
    pub fn authority(&self) -> Option<LaCode> {
        match self {
            Address::Area(page) => match page.who {
                Who::Authority(code) => Some(code),
                Who::Region(_) => None,
            },
            Address::Measure(page) => page.area,
            Address::Heat(page) => page.area,
            Address::Take(take) => take.page.authority(),
            Address::Records(page) => page.area,
            Address::Table(page) => page.area.parse().ok(),
            Address::Chart(file) => Some(file.area),
            Address::Measures { area, .. }
            | Address::Find { area, .. }
            | Address::Lists { area }
            | Address::Papers { area } => *area,
            Address::AddTo(page) => page.area,
            Address::Copy { area, .. } => Some(*area),
            Address::Figure { id } => crate::figure::parts(id).and_then(|parts| parts.area.parse().ok()),
            Address::Home
            | Address::RegionMeasure { .. }
            | Address::Style
            | Address::Script
            | Address::Icon
            | Address::Paper { .. }
            | Address::Work { .. }
            | Address::File(_)
            | Address::Intake { .. }
            | Address::Foreseen { .. } => None,
        }
    }

    /// Whether it is a page with a table.
    fn has_tables(&self) -> bool {
        match self {
            Address::Area(page) => matches!(page.who, Who::Authority(_)),
            Address::Measures { .. } | Address::Measure(_) | Address::Heat(_) | Address::Table(_) => true,
            Address::Records(page) => !matches!(page.kind, Kind::Sources | Kind::Refused),
            _ => false,
        }
    }

    fn raw(&self) -> Raw {
        let code = |area: &Option<LaCode>| area.map_or_else(String::new, |code| code.to_string());
        match self {
            Address::Home => Raw::default(),
            Address::Style => Raw::path(["style.css"]),
            Address::Script => Raw::path(["script.js"]),
            Address::Icon => Raw::path(["icon.svg"]),
            Address::Area(page) => page.raw(),
            Address::Measures { topic, area } => Raw::path(["measures"]).with("topic", topic).with("area", code(area)),
            Address::Measure(page) => page.raw(),
            Address::RegionMeasure { table, measure, region } => {
                Raw::path(["measure", table, measure]).with("area", region)
            }
            Address::Figure { id } => Raw::path(std::iter::once("figure").chain(id.split('/'))),
            Address::Heat(page) => page.raw(),
            Address::Copy { area, measures } => {
                Raw::path(["get", "area", &format!("{area}.html")]).with("measures", measures)
            }
            Address::Take(take) => take.raw(),
            Address::Records(page) => page.raw(),
            Address::File(page) => page.raw(),
            Address::Table(page) => page.raw(),
            Address::Chart(file) => file.raw(),
            Address::Intake { number: None } => Raw::path(["intake"]),
            Address::Intake { number: Some(number) } => Raw::path(["intake", &number.to_string()]),
            Address::Foreseen { number } => Raw::path(["intake", &number.to_string(), "changes.csv"]),
            Address::Work { number, on } => {
                Raw::path(["work", &number.to_string()]).with("on", if *on { "1" } else { "" })
            }
            Address::Papers { area } => Raw::path(["papers"]).with("area", code(area)),
            Address::Paper { name } => Raw::path(["papers", name]),
            Address::AddTo(page) => Raw::path(["papers", "add"]).with("back", page.raw().to_string()),
            Address::Lists { area } => Raw::path(["lists"]).with("area", code(area)),
            Address::Find { words, area } => Raw::path(["find"]).with("q", words).with("area", code(area)),
        }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.raw().fmt(out)
    }
}

/// The region that an address is about, where it is about one: who is both, is an authority.
fn region<'n>(raw: &Raw, names: Names<'n>) -> Option<&'n str> {
    let (_, name) = raw.query.iter().find(|(key, _)| key == "area")?;
    match names.register.known(name) {
        Some(_) => None,
        None => names.register.region(name).map(|region| region.code.as_str()),
    }
}

/// The one file of an authority.
fn copy(file: &str, keys: &mut Keys<'_>, names: Names<'_>) -> Result<Address, Wrong> {
    let area = file.trim_end_matches(".html");
    let area = names.register.known(area).ok_or_else(|| nobody(area, names.register))?.code;
    let measures = keys.take("measures").unwrap_or_default();
    if !measures.is_empty()
        && let Err(error) = names.catalogue.measures(&measures)
    {
        return Err(Wrong::said(&error).link("the headline measures", keys.without("measures")));
    }
    Ok(Address::Copy { area, measures })
}

/// The number of a work.
fn numbered(word: &str) -> Result<usize, Wrong> {
    let read = word.parse().ok().filter(|number: &usize| number.to_string() == word);
    read.ok_or_else(|| {
        Wrong::gone(format!("`{word}` is no number"), "start from one of the links").link("the first page", "/")
    })
}

/// The measure's page that is to be added to a report.
fn added(keys: &mut Keys<'_>, names: Names<'_>) -> Result<MeasurePage, Wrong> {
    let back = keys.take("back").unwrap_or_default();
    match Raw::parse(&back).and_then(|raw| Address::parse(&raw, names))? {
        Address::Measure(page) => Ok(page),
        other => {
            let wrong = Wrong::value("only the page of a measure can be added to a report", "open one first");
            Err(wrong.link("the page", other))
        }
    }
}

/// The topic that is asked for, as tables write it.
fn topic(keys: &mut Keys<'_>, names: Names<'_>) -> Result<String, Wrong> {
    let Some(wanted) = keys.take("topic") else { return Ok(String::new()) };
    let mut known = names.catalogue.tables().iter().map(|(_, meta)| meta.topic.as_str());
    known.find(|topic| topic.eq_ignore_ascii_case(&wanted) && !topic.is_empty()).map(str::to_owned).ok_or_else(|| {
        let message = format!("there is no topic `{wanted}`");
        Wrong::gone(message, "choose one from the list of measures").link("all measures", "/measures")
    })
}

/// The keys of a measure's page that its own form does not ask for, as its address has them.
pub fn kept(page: &MeasurePage) -> Vec<(&'static str, String)> {
    let raw = page.raw();
    let value = |key: &str| raw.query.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone());
    ["area", "with", "average", "each", "min"].into_iter().filter_map(|key| Some((key, value(key)?))).collect()
}
