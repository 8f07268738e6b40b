//! Whom figures stand beside: in words, as chips, and as the choice in the bar and on a page of its own.

use serde::Serialize;

use super::address::{Address, AreaPage, MeasurePage, Who};
use super::build::Build;
use super::raw::Raw;
use super::request::Response;
use super::shell::{Choice, Frame, Link, Picker};
use super::wrong::Wrong;
use crate::area::{LaCode, Register};
use crate::comparator::Comparator;
use crate::finding::Error;
use crate::shown::list;

/// The words that are boxes to tick; others are written.
const BOXES: [&str; 3] = ["region", "neighbours", "england"];

/// Beside whom, in words: `beside England and its statistical neighbours (2025)`.
pub fn beside(all: &[Comparator], own: LaCode, register: &Register) -> String {
    let name = |one: &Comparator| match one {
        Comparator::Neighbours(year) => format!("its statistical neighbours ({year})"),
        other => other.name(own, register),
    };
    let names: Vec<String> = all.iter().map(name).filter(|name| !name.is_empty()).collect();
    if names.is_empty() { "beside nobody".to_owned() } else { format!("beside {}", list(&names)) }
}

/// What can be chosen on the page at an address.
pub fn picker(address: &Address, chosen: &[String], own: Option<LaCode>, build: &Build) -> Picker {
    let name = |word: &str| match word {
        "region" => {
            let region = own.map(|code| Comparator::Region.name(code, &build.register));
            region.filter(|name| !name.is_empty()).unwrap_or_else(|| "Its region".to_owned())
        }
        "neighbours" => "Statistical neighbours".to_owned(),
        _ => "England".to_owned(),
    };
    let other = |word: &&String| !BOXES.contains(&word.as_str());
    let back = address.to_string();
    Picker {
        list: Raw::path(["choose"]).with("back", &back).to_string(),
        back,
        boxes: BOXES
            .map(|word| Choice {
                name: name(word),
                word: word.to_owned(),
                chosen: chosen.iter().any(|one| one == word),
            })
            .into(),
        more: chosen.iter().filter(other).cloned().collect::<Vec<_>>().join(", "),
        takes_more: matches!(address, Address::Measure(_)),
    }
}

/// What stands beside as chips, each with the address without it.
pub fn chips(page: &MeasurePage, own: LaCode, build: &Build) -> Vec<Link> {
    let chip = |word: &String| {
        let one = Comparator::read(word, &build.register).ok()?;
        let name = match &one {
            Comparator::Neighbours(year) => format!("Neighbours ({year})"),
            other => other.name(own, &build.register),
        };
        let without = page.beside.iter().filter(|known| *known != word).cloned().collect();
        Some(Link::to(name, Address::Measure(MeasurePage { beside: without, ..page.clone() })))
    };
    page.beside.iter().filter_map(chip).collect()
}

/// What the page of choices is filled with.
#[derive(Serialize)]
struct Choices {
    back: String,
    who: String,
    boxes: Vec<Choice>,
    groups: Vec<Choice>,
    regions: Vec<Region>,
}

#[derive(Serialize)]
struct Region {
    name: String,
    areas: Vec<Choice>,
}

/// The page with every place to choose from; where a choice was made, the page that it was made for.
///
/// # Errors
/// A table cannot be read.
pub fn choose(build: &Build, raw: &Raw) -> Result<Result<Response, Wrong>, Error> {
    let all =
        |key: &'static str| raw.query.iter().filter(move |(known, _)| known == key).map(|(_, value)| value.clone());
    let back = all("back").next().unwrap_or_else(|| "/".to_owned());
    let address = match Raw::read(&back).and_then(|raw| Address::read(&raw, build.names())) {
        Ok(address) => address,
        Err(wrong) => return Ok(Err(wrong)),
    };
    if all("go").next().is_none() {
        return listed(build, &address, &back).map(Ok);
    }
    let words: Vec<String> = all("with")
        .chain(all("more").flat_map(|text| text.split([',', ';']).map(str::to_owned).collect::<Vec<_>>()))
        .map(|word| word.trim().to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    Ok(chosen(build, address, all("area").next(), words).map(Response::elsewhere))
}

/// The address with another authority, or others beside it.
fn chosen(build: &Build, address: Address, area: Option<String>, words: Vec<String>) -> Result<Address, Wrong> {
    let area = match area.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()) {
        Some(name) => {
            Some(build.register.known(&name).ok_or_else(|| super::address::nobody(&name, &build.register))?.code)
        }
        None => address.authority(),
    };
    let beside = Comparator::read_all(&words, &build.register).map_err(|error| Wrong::said(&error))?;
    let beside: Vec<String> = beside.iter().map(Comparator::key).collect();
    let made = match (address, area) {
        (Address::Measure(page), area) => Address::Measure(MeasurePage { area, beside, focus: None, ..page }),
        (Address::Area(page), Some(code)) => Address::Area(AreaPage { who: Who::Authority(code), beside, ..page }),
        (_, Some(code)) => Address::area(code),
        (other, None) => other,
    };
    // What was put together is read like any address: what a page does not take is said there.
    Address::read(&Raw::read(&made.to_string())?, build.names())
}

fn listed(build: &Build, address: &Address, back: &str) -> Result<Response, Error> {
    let own = address.authority();
    let chosen = match address {
        Address::Measure(page) => page.beside.clone(),
        Address::Area(page) => page.beside.clone(),
        _ => Vec::new(),
    };
    let is = |word: &str| chosen.iter().any(|one| one == word);
    let groups = build.register.groups().iter();
    let groups =
        groups.map(|group| Choice { name: group.label.clone(), word: group.key.clone(), chosen: is(&group.key) });
    let regions = super::home::by_region(&build.register).into_iter().map(|(region, areas)| Region {
        name: region,
        areas: areas
            .into_iter()
            .map(|area| Choice {
                name: area.name.clone(),
                word: area.code.to_string(),
                chosen: is(&area.code.to_string()),
            })
            .collect(),
    });
    let frame = Frame::of("Beside whom", "", own, build);
    let page = Choices {
        back: back.to_owned(),
        who: frame.who.clone(),
        boxes: picker(address, &chosen, own, build).boxes,
        groups: groups.collect(),
        regions: regions.collect(),
    };
    build.shell.page(build, "choose.html", &frame, &page)
}
