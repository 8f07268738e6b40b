//! Where one begins: the list of authorities by region.

use serde::Serialize;

use super::address::{Address, MeasurePage};
use super::build::Build;
use super::request::Response;
use super::shell::{Frame, Link};
use crate::area::{Authority, LaCode, Register};
use crate::finding::Error;

#[derive(Serialize)]
struct Page {
    title: String,
    lede: String,
    /// Whether a place can be found by writing its name.
    finds: bool,
    regions: Vec<Region>,
}

#[derive(Serialize)]
struct Region {
    name: String,
    areas: Vec<Link>,
}

/// The first page: the authority's that was named, else the list.
///
/// # Errors
/// A mistake in a template.
pub fn page(build: &Build) -> Result<Response, Error> {
    match build.home {
        Some(code) => Ok(Response::elsewhere(Address::area(code))),
        None => {
            let lede = "Its page has every headline measure beside England and its statistical neighbours.";
            list(build, ("Which local authority?", lede), true, &Address::area)
        }
    }
}

/// Asks for whom the page of a measure is.
///
/// # Errors
/// A mistake in a template.
pub fn ask(build: &Build, page: &MeasurePage) -> Result<Response, Error> {
    ask_for(build, &|code| Address::Measure(MeasurePage { area: Some(code), ..page.clone() }))
}

/// Asks for whom a page is; `to` is its address for an authority.
///
/// # Errors
/// A mistake in a template.
pub fn ask_for(build: &Build, to: &dyn Fn(LaCode) -> Address) -> Result<Response, Error> {
    let lede = "This page is about one local authority beside others.";
    list(build, ("For which local authority?", lede), false, to)
}

fn list(
    build: &Build,
    (title, lede): (&str, &str),
    finds: bool,
    to: &dyn Fn(LaCode) -> Address,
) -> Result<Response, Error> {
    let link = |area: &Authority| Link::to(&area.name, to(area.code));
    let regions = by_region(&build.register).into_iter();
    let regions = regions.map(|(name, areas)| Region { name, areas: areas.into_iter().map(link).collect() }).collect();
    let page = Page { title: title.to_owned(), lede: lede.to_owned(), finds, regions };
    build.shell.page(build, "home.html", &Frame::of(title, "area", None, build), &page)
}

/// The authorities that are open, by region and name.
pub fn by_region(register: &Register) -> Vec<(String, Vec<&Authority>)> {
    let mut regions: Vec<(String, Vec<&Authority>)> = Vec::new();
    for area in register.authorities().iter().filter(|area| area.closed.is_none()) {
        let name = register.region(&area.region).map_or("Elsewhere", |region| region.name.as_str());
        match regions.iter_mut().find(|(known, _)| known == name) {
            Some((_, areas)) => areas.push(area),
            None => regions.push((name.to_owned(), vec![area])),
        }
    }
    regions.sort_by(|one, other| one.0.cmp(&other.0));
    regions.iter_mut().for_each(|(_, areas)| areas.sort_by(|one, other| one.name.cmp(&other.name)));
    regions
}
