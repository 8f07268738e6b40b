//! The page with every place to choose from, and the choice that was made on it or in the bar.

use serde::Serialize;

use super::{boxes, ticked};
use crate::area::LaCode;
use crate::browse::address::{Address, AreaPage, HeatPage, MeasurePage, Who, nobody};
use crate::browse::build::Build;
use crate::browse::lists;
use crate::browse::raw::Raw;
use crate::browse::request::Response;
use crate::browse::shell::{Choice, Frame};
use crate::browse::wrong::Wrong;
use crate::comparator::{Average, Comparator, RANGE};
use crate::finding::Error;
use crate::saved::is_key;

/// What the page of choices is filled with.
#[derive(Serialize)]
struct Choices {
    back: String,
    who: String,
    boxes: Vec<Choice>,
    groups: Vec<Choice>,
    saved: Vec<Choice>,
    lists: String,
    area: String,
    /// The words of those who are chosen, as a form sends them; and as one reads them.
    chosen: String,
    now: String,
    /// The slip of the form that saves them; empty where nothing is changed here.
    once: String,
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
    let address = match Raw::parse(&back).and_then(|raw| Address::parse(&raw, build.names())) {
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
    let made = chosen(build, address, all("area").next(), words);
    Ok(made.and_then(|address| counted(build, address, &all)).map(Response::elsewhere))
}

/// The address with what was chosen of how figures are made; what is not asked stays.
fn counted<'q, I: Iterator<Item = String> + 'q>(
    build: &Build,
    address: Address,
    all: &impl Fn(&'static str) -> I,
) -> Result<Address, Wrong> {
    let mut raw = Raw::parse(&address.to_string())?;
    for key in ["average", "each", "min"] {
        if let Some(value) = all(key).next() {
            raw.query.retain(|(known, _)| known != key);
            raw = raw.with(key, value.trim());
        }
    }
    // What was put together is read like any address: what a page does not take is said there.
    Address::parse(&raw, build.names())
}

/// The address with another authority, or others beside it.
fn chosen(build: &Build, address: Address, area: Option<String>, words: Vec<String>) -> Result<Address, Wrong> {
    let area = match area.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()) {
        Some(name) => Some(build.register.known(&name).ok_or_else(|| nobody(&name, &build.register))?.code),
        None => address.authority(),
    };
    let (beside, range) = Comparator::read_ranged(&words, &build.register).map_err(|error| Wrong::said(&error))?;
    let beside: Vec<String> = beside.iter().map(Comparator::key).chain(range.then(|| RANGE.to_owned())).collect();
    let made = match (address, area) {
        (Address::Measure(page), area) => Address::Measure(MeasurePage { area, beside, focus: None, ..page }),
        (Address::Area(page), Some(code)) => Address::Area(AreaPage { who: Who::Authority(code), beside, ..page }),
        (Address::Heat(page), area) => Address::Heat(HeatPage { area, beside, ..page }),
        (_, Some(code)) => Address::area(code),
        (other, None) => other,
    };
    Address::parse(&Raw::parse(&made.to_string())?, build.names())
}

fn listed(build: &Build, address: &Address, back: &str) -> Result<Response, Error> {
    let own = address.authority();
    let chosen = super::chosen(address);
    let is = |word: &str| chosen.iter().any(|one| one == word);
    let groups = build.register.groups().iter();
    let groups =
        groups.map(|group| Choice { name: group.label.clone(), word: group.key.clone(), chosen: is(&group.key) });
    let (saved, groups): (Vec<Choice>, Vec<Choice>) = groups.partition(|group| is_key(&group.word));
    let regions = crate::browse::home::by_region(&build.register).into_iter().map(|(region, areas)| Region {
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
        boxes: ticked(boxes(address, own, build), chosen),
        groups,
        saved,
        lists: Address::Lists { area: own }.to_string(),
        area: own.map_or_else(String::new, |code| code.to_string()),
        chosen: chosen.join(","),
        now: beside(chosen, own, build)?,
        once: lists::slip(build)?,
        regions: regions.collect(),
    };
    build.shell.page(build, "choose.html", &frame, &page)
}

/// Those who are chosen, as one reads them.
fn beside(chosen: &[String], own: Option<LaCode>, build: &Build) -> Result<String, Error> {
    match own {
        Some(own) if !chosen.is_empty() => super::beside(chosen, own, Average::Mean, &build.register),
        _ => Ok(String::new()),
    }
}
