//! What fits some words: measures, places, topics.
//!
//! In: the words. Out: where an exact name leads at once; else a list, the likeliest first. The name of a place among the words
//! of a measure says for whom it is.

pub mod index;

use std::cmp::Reverse;

use super::address::{Address, AreaPage, Who};
use super::build::Build;
use super::measures::{Hit, Page, Part, hit, topics};
use super::request::Response;
use super::shell::Frame;
use crate::area::{Authority, LaCode, fold};
use crate::finding::Error;
use crate::store::{Found, measure as measure_of};
use index::Fit;

/// The most that are listed of each kind.
const MOST: usize = 20;
/// How many are named where nothing fits.
const NEAREST: usize = 3;

/// The page of what fits `words`.
///
/// # Errors
/// A mistake in a template.
pub fn page(build: &Build, words: &str, area: Option<LaCode>) -> Result<Response, Error> {
    if let Some(address) = exact(build, words, area.or(build.home)) {
        return Ok(Response::elsewhere(address));
    }
    let (place, rest) = split(build, words);
    let area = place.map(|authority| authority.code).or(area).or(build.home);
    let sure = measures(build, &rest, area, false, MOST);
    let (measures, slips) = match sure.is_empty() {
        true => (measures(build, &rest, area, true, if places(build, words).is_empty() { NEAREST } else { 0 }), true),
        false => (sure, false),
    };
    let places = places(build, words);
    let lede = match (places.is_empty(), measures.is_empty(), slips) {
        _ if words.is_empty() => "Write a few words of a measure, or the name or code of a place.".to_owned(),
        (true, true, _) => format!("Nothing is called \u{201c}{words}\u{201d}. Try fewer words, or one of the topics."),
        (true, false, true) => format!("Nothing is called \u{201c}{words}\u{201d}. The nearest that there is:"),
        _ => place.map_or_else(String::new, |place| format!("For {}.", place.name)),
    };
    let part = |id: &str, title: &str, hits: Vec<Hit>| Part {
        id: id.to_owned(),
        title: title.to_owned(),
        source: String::new(),
        hits,
    };
    let parts = match place {
        Some(_) => [part("measures", "Measures", measures), part("places", "Places", places)],
        None => [part("places", "Places", places), part("measures", "Measures", measures)],
    };
    let page = Page {
        title: if words.is_empty() { "Find".to_owned() } else { format!("What fits \u{201c}{words}\u{201d}") },
        lede,
        links: topics(build, "-", area),
        parts: parts.into_iter().filter(|part| !part.hits.is_empty()).collect(),
    };
    let mut frame = Frame::of(&page.title, "", area, build);
    words.clone_into(&mut frame.query);
    build.shell.page(build, "measures.html", &frame, &page)
}

/// The page of a place or a measure that is called exactly so.
fn exact(build: &Build, words: &str, area: Option<LaCode>) -> Option<Address> {
    if let Some(authority) = build.register.known(words) {
        return Some(Address::area(authority.code));
    }
    if let Some(region) = build.register.region(words) {
        return Some(Address::Area(AreaPage::of(Who::Region(region.code.clone()))));
    }
    let mut named = build.measures().filter(|found| found.name == words || fold(&found.measure.label) == fold(words));
    match (named.next(), named.next()) {
        (Some(only), None) => Some(Address::measure(only.table, only.name, area)),
        _ => None,
    }
}

/// The place at the beginning or the end of the words, the longest name that there is, and the other words.
fn split<'b>(build: &'b Build, words: &str) -> (Option<&'b Authority>, String) {
    let all: Vec<&str> = words.split_whitespace().collect();
    for length in (1..all.len()).rev() {
        let (first, last) = (all[..length].join(" "), all[all.len() - length..].join(" "));
        // A number of three digits may be a code, and may be part of a name.
        let place = |name: &str| build.register.known(name).filter(|_| name.parse::<u32>().is_err());
        if let Some(found) = place(&first) {
            return (Some(found), all[length..].join(" "));
        }
        if let Some(found) = place(&last) {
            return (Some(found), all[..all.len() - length].join(" "));
        }
    }
    (None, words.to_owned())
}

fn places(build: &Build, words: &str) -> Vec<Hit> {
    let wanted = fold(words);
    let fits = |authority: &&Authority| {
        !wanted.is_empty() && format!(" {}", fold(&authority.name)).contains(&format!(" {wanted}"))
    };
    let hit = |authority: &Authority| Hit {
        name: authority.name.clone(),
        address: Address::area(authority.code).to_string(),
        words: authority.closed.map_or_else(String::new, |closed| format!("closed on {}", closed.format("%-d %B %Y"))),
        ..Hit::default()
    };
    let mut found: Vec<Hit> = build.register.authorities().iter().filter(fits).map(hit).take(MOST).collect();
    if found.is_empty() {
        let likely = build.register.likely_name(words).and_then(|name| build.register.known(name));
        found.extend(likely.map(hit));
    }
    found
}

fn measures(build: &Build, words: &str, area: Option<LaCode>, slips: bool, most: usize) -> Vec<Hit> {
    let all: Vec<Found<'_>> = build.measures().collect();
    let mut fits: Vec<(Fit, &Found<'_>)> =
        build.index.fitting(words, slips).into_iter().filter_map(|fit| Some((fit.clone(), all.get(fit.at)?))).collect();
    fits.sort_by_cached_key(|(fit, found)| {
        let measure = found.measure;
        (fit.cost, !measure.headline, Reverse(measure_of(found, "").importance), measure.label.clone())
    });
    let why = |(fit, found): &(Fit, &Found<'_>)| {
        let hit = hit(found, area);
        let why = if fit.why.is_empty() { String::new() } else { format!(" ({})", fit.why) };
        Hit { words: format!("{}{why}", found.meta.title), more: hit.more.clone(), ..hit }
    };
    fits.iter().take(most).map(why).collect()
}
