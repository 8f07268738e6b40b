//! Rows that are about no known area: spellings of an authority, which are asked about, and headings and footnotes,
//! which may be left out. Names that are read as an authority though nobody wrote them down are told as well.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::Columns;
use super::profile::is_number;
use crate::area::{Register, without_order};
use crate::grid::TextTable;
use crate::intake::common::texts;

/// Rows of no known area.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strangers {
    /// Spellings that are likely an authority's: the text and the authority.
    pub spellings: Vec<(String, String)>,
    /// Texts that several authorities' names begin with, and those names.
    pub ambiguous: Vec<(String, Vec<String>)>,
    /// Names that say more than the authority's, read as it all the same: the text and the authority.
    pub read: Vec<(String, String)>,
    /// Texts of headings, footnotes and blank rows: they have no figure.
    pub without_figures: Vec<String>,
    /// Texts of areas that are none that is compared here, with figures.
    pub others: Vec<String>,
    /// Whether rows that only their region's name tells are there: totals of regions beside authorities.
    pub by_region: bool,
}

/// The rows of `table` that neither code nor name places.
pub fn strangers(table: &TextTable, columns: &Columns, register: &Register) -> Strangers {
    let cells = |name: &Option<String>| name.as_ref().and_then(|name| table.position(name)).map(|at| texts(table, at));
    let places = [cells(&columns.code), cells(&columns.ons), cells(&columns.name)];
    let region = cells(&columns.region);
    let numbers: Vec<Vec<&str>> =
        columns.numbers.iter().filter_map(|name| table.position(name)).map(|at| texts(table, at)).collect();
    let is_area = |text: &str| register.known(text).is_some() || register.region(text).is_some();
    // The text that a rule can name: the name, else the code.
    let shown = places[2].as_ref().or(places[0].as_ref()).or(places[1].as_ref());
    let mut found: BTreeMap<&str, bool> = BTreeMap::new();
    let names: BTreeSet<&str> = places[2].iter().flatten().map(|cell| cell.trim()).collect();
    let read = names.into_iter().filter_map(|name| Some((name.to_owned(), register.read_as(name)?.name.clone())));
    let mut strangers = Strangers { read: read.collect(), ..Strangers::default() };
    for row in 0..table.rows.len() {
        let own = places.iter().flatten().map(|cells| cells[row].trim());
        if own.clone().any(|text| !text.is_empty() && is_area(text)) {
            continue;
        }
        let is_total = |text: &str| ["", "all", "total"].contains(&text.to_lowercase().as_str());
        if own.clone().all(is_total)
            && region.as_ref().is_some_and(|cells| register.region(without_order(cells[row])).is_some())
        {
            strangers.by_region = true;
            continue;
        }
        // Where no column holds figures, every row says something.
        let figures = numbers.is_empty() || numbers.iter().any(|cells| is_number(cells[row].trim()));
        if let Some(cells) = shown {
            *found.entry(cells[row].trim()).or_default() |= figures;
        }
    }
    for (text, figures) in found {
        let likely = if text.len() < 60 && !text.is_empty() { spelling_of(text, register) } else { None };
        match likely {
            Some(name) => strangers.spellings.push((text.to_owned(), name)),
            None if figures && !register.begun_by(text).is_empty() => {
                let names = register.begun_by(text).into_iter().map(str::to_owned).collect();
                strangers.ambiguous.push((text.to_owned(), names));
            }
            None if figures => strangers.others.push(text.to_owned()),
            None => strangers.without_figures.push(text.to_owned()),
        }
    }
    strangers
}

/// The authority that a text is likely a spelling of: near as it stands, or without what councils put round their names.
fn spelling_of(text: &str, register: &Register) -> Option<String> {
    const ROUND: [&str; 12] =
        ["council", "cc", "mbc", "bc", "city", "county", "borough", "metropolitan", "london", "royal", "of", "the"];
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'').filter(|word| !word.is_empty());
    let plain: Vec<&str> = words.filter(|word| !ROUND.contains(&word.to_lowercase().as_str())).collect();
    let plain = plain.join(" ");
    if plain.is_empty() {
        return None;
    }
    let known = register.known(&plain).map(|found| found.name.clone());
    known
        .or_else(|| register.likely_name(text).map(str::to_owned))
        .or_else(|| register.likely_name(&plain).map(str::to_owned))
}
