//! What fits some words: measures, places, topics.
//!
//! In: the words. Out: where an exact name leads at once; else a list, the likeliest first. The name of a place among the words
//! of a measure says for whom it is.

pub mod index;

use std::cmp::Reverse;

use rayon::prelude::*;
use serde::Serialize;

use super::address::{Address, AreaPage, Who};
use super::area::{Latest, latest};
use super::build::Build;
use super::measures::topics;
use super::request::Response;
use super::shell::{Frame, Link};
use crate::area::{Authority, LaCode, fold};
use crate::finding::Error;
use crate::store::{Found, measure as measure_of};
use index::Fit;

/// The most that are listed of each kind.
const MOST: usize = 20;
/// How many are named where nothing fits.
const NEAREST: usize = 3;

/// What the template is filled with.
#[derive(Serialize)]
struct Page {
    title: String,
    lede: String,
    links: Vec<Link>,
    parts: Vec<Part>,
}

/// Measures or places.
#[derive(Serialize)]
struct Part {
    id: &'static str,
    title: &'static str,
    hits: Vec<Hit>,
}

/// A measure or a place that fits.
#[derive(Default, Serialize)]
struct Hit {
    /// Its name in pieces, those that were asked for marked.
    name: Vec<(String, bool)>,
    address: String,
    /// Its table and why it fits; or when a place closed.
    words: String,
    /// The latest figure of whom it is for.
    latest: Option<Latest>,
}

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
    let part = |id, title, hits| Part { id, title, hits };
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
    build.shell.page(build, "find.html", &frame, &page)
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
    let asked: Vec<&str> = wanted.split(' ').filter(|word| !word.is_empty()).collect();
    let hit = |authority: &Authority| Hit {
        name: marked(&authority.name, &asked),
        address: Address::area(authority.code).to_string(),
        words: authority.closed.map_or_else(String::new, |closed| format!("closed on {}", closed.format("%-d %B %Y"))),
        latest: None,
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
    fits.truncate(most);
    let folded = fold(words);
    let asked: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
    // Each reads its table, side by side.
    fits.par_iter().map(|(fit, found)| told(build, (fit, found), area, &asked)).collect()
}

/// A measure that fits, with the latest figure of whom it is for; none where its table cannot be read, as its page says.
fn told(build: &Build, (fit, found): (&Fit, &Found<'_>), area: Option<LaCode>, asked: &[&str]) -> Hit {
    let why = if fit.why.is_empty() { String::new() } else { format!(" ({})", fit.why) };
    Hit {
        name: marked(&found.measure.label, asked),
        address: Address::measure(found.table, found.name, area).to_string(),
        words: format!("{}{why}", found.meta.title),
        latest: area.and_then(|code| latest(build, found, code).ok()),
    }
}

/// A name in pieces: the beginnings of its words that were asked for are marked.
fn marked(name: &str, asked: &[&str]) -> Vec<(String, bool)> {
    let mut pieces: Vec<(String, bool)> = Vec::new();
    for piece in name.split_inclusive(|letter: char| !letter.is_alphanumeric()) {
        let word = fold(piece);
        // Where another spelling is as long letter by letter, a beginning of it is a beginning of the name.
        let same =
            word.chars().count() == piece.trim_end_matches(|letter: char| !letter.is_alphanumeric()).chars().count();
        let fits =
            asked.iter().filter(|asked| same && word.starts_with(**asked)).map(|asked| asked.chars().count()).max();
        let at = piece.char_indices().nth(fits.unwrap_or(0)).map_or(piece.len(), |(at, _)| at);
        for (text, is_marked) in [(&piece[..at], true), (&piece[at..], false)] {
            match pieces.last_mut() {
                _ if text.is_empty() => {}
                Some((last, known)) if *known == is_marked => last.push_str(text),
                _ => pieces.push((text.to_owned(), is_marked)),
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn what_was_asked_for_is_marked_at_the_beginnings_of_words() {
        let told = |name: &str, asked: &[&str]| {
            let pieces = marked(name, asked).into_iter();
            pieces.map(|(text, is_marked)| if is_marked { format!("[{text}]") } else { text }).collect::<String>()
        };
        assert_eq!(told("EHC plans issued within 20 weeks", &["plan", "20"]), "EHC [plan]s issued within [20] weeks");
        assert_eq!(told("Re-referrals", &["referrals"]), "Re-[referrals]");
        assert_eq!(told("Children", &["dren"]), "Children");
        assert_eq!(told("\u{c9}cole na\u{ef}ve", &["\u{e9}cole"]), "[\u{c9}cole] na\u{ef}ve");
    }
}
