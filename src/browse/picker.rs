//! Whom figures stand beside: in words, as chips, and as the choice in the bar; `choose` is the page with every place.

mod choose;

use super::address::{AVERAGES, Address, MeasurePage};
use super::build::Build;
use super::raw::Raw;
use super::shell::{Choice, Link, Picker};
use crate::area::{LaCode, NeighbourSets, Register};
use crate::comparator::{Average, Comparator, RANGE};
use crate::finding::Error;
use crate::shown::list;
pub use choose::choose;

/// Beside whom, in words: `beside England and the median of its statistical neighbours (2025)`.
///
/// # Errors
/// A word that is no comparator.
pub fn beside(words: &[String], own: LaCode, average: Average, register: &Register) -> Result<String, Error> {
    let (all, range) = Comparator::read_ranged(words, register)?;
    let name = |one: &Comparator| {
        let name = match one {
            Comparator::Neighbours(year) => format!("its statistical neighbours ({year})"),
            other => other.name(own, register),
        };
        match average {
            Average::Median if !one.is_published() => format!("the median of {name}"),
            Average::Pooled if !one.is_published() => format!("{name} taken together"),
            _ => name,
        }
    };
    let mut names: Vec<String> = all.iter().map(name).filter(|name| !name.is_empty()).collect();
    names.extend(range.then(|| "the best, the middle and the worst of all".to_owned()));
    Ok(if names.is_empty() { "beside nobody".to_owned() } else { format!("beside {}", list(&names)) })
}

/// The words that are boxes to tick, each with its name; others are written.
fn boxes(address: &Address, own: Option<LaCode>, build: &Build) -> Vec<(String, String)> {
    let sets = build.register.neighbours();
    let newest = sets.newest();
    let set = |year: u16| format!("Statistical neighbours {year} ({})", publisher(build, year));
    let mut boxes: Vec<(String, String)> = Vec::new();
    // A heat map has columns of authorities, and England's figure beside each measure.
    let takes_averages = !matches!(address, Address::Heat(_));
    if takes_averages {
        let region = own.map(|code| Comparator::Region.name(code, &build.register));
        let region = region.filter(|name| !name.is_empty()).unwrap_or_else(|| "Its region".to_owned());
        boxes.push(("region".to_owned(), region));
    }
    boxes.extend(newest.map(|year| ("neighbours".to_owned(), set(year))));
    boxes.extend(takes_averages.then(|| ("england".to_owned(), "England".to_owned())));
    let older = sets.years().into_iter().rev().filter(|year| Some(*year) != newest);
    boxes.extend(older.map(|year| (format!("neighbours-{year}"), set(year))));
    if matches!(address, Address::Measure(_)) {
        boxes.push((RANGE.to_owned(), "The best, the middle and the worst of all".to_owned()));
    }
    boxes
}

/// Who published the set of neighbours of a year.
fn publisher(build: &Build, year: u16) -> String {
    let sets = build.catalogue.tables().iter().map(|(_, meta)| meta).filter(|meta| meta.neighbours);
    let mut of = sets.filter(|meta| meta.accounts.iter().any(|one| one.release.starts_with(&year.to_string())));
    let source = of.next().and_then(|meta| meta.source.split(',').next());
    source.unwrap_or(NeighbourSets::PUBLISHER).to_owned()
}

/// What can be chosen on the page at an address.
pub fn picker(address: &Address, own: Option<LaCode>, build: &Build) -> Picker {
    let chosen = chosen(address);
    let boxes = boxes(address, own, build);
    let other = |word: &&String| !boxes.iter().any(|(known, _)| known == *word);
    let back = address.to_string();
    let average = match address {
        Address::Measure(page) => Some(page.average),
        Address::Area(page) => Some(page.average),
        _ => None,
    };
    Picker {
        list: Raw::path(["choose"]).with("back", &back).to_string(),
        back,
        more: chosen.iter().filter(other).cloned().collect::<Vec<_>>().join(", "),
        boxes: ticked(boxes, chosen),
        averages: average.map_or_else(Vec::new, averages),
        each: match address {
            Address::Measure(page) => each(page.each),
            _ => Vec::new(),
        },
        minimum: match address {
            Address::Measure(page) => Some(page.minimum.clone()),
            _ => None,
        },
    }
}

/// The words of those who stand beside on the page at an address.
fn chosen(address: &Address) -> &[String] {
    match address {
        Address::Measure(page) => &page.beside,
        Address::Area(page) => &page.beside,
        Address::Heat(page) => &page.beside,
        _ => &[],
    }
}

/// Boxes, those that are chosen ticked.
fn ticked(boxes: Vec<(String, String)>, chosen: &[String]) -> Vec<Choice> {
    let tick = |(word, name): (String, String)| Choice { chosen: chosen.contains(&word), name, word };
    boxes.into_iter().map(tick).collect()
}

fn averages(chosen: Average) -> Vec<Choice> {
    let name = |average| match average {
        Average::Mean => "Plain mean",
        Average::Median => "Median",
        Average::Pooled => "Counts taken together",
    };
    let one = |(word, average): (&str, Average)| Choice {
        name: name(average).to_owned(),
        word: word.to_owned(),
        chosen: average == chosen,
    };
    AVERAGES.into_iter().filter(|(word, _)| *word != Average::Mean.word()).map(one).collect()
}

fn each(chosen: bool) -> Vec<Choice> {
    let one = |word: &str, name: &str, is: bool| Choice {
        name: name.to_owned(),
        word: word.to_owned(),
        chosen: is == chosen,
    };
    vec![one("", "Each neighbour and their average", true), one("no", "The average alone", false)]
}

/// What stands beside as chips, each with the address without it.
pub fn chips(page: &MeasurePage, own: LaCode, build: &Build) -> Vec<Link> {
    let chip = |word: &String| {
        let name = match Comparator::parse(word, &build.register) {
            Ok(Comparator::Neighbours(year)) => format!("Neighbours ({year})"),
            Ok(other) => other.name(own, &build.register),
            Err(_) if word == RANGE => "Best, middle, worst".to_owned(),
            Err(_) => return None,
        };
        let without = page.beside.iter().filter(|known| *known != word).cloned().collect();
        Some(Link::to(name, Address::Measure(MeasurePage { beside: without, ..page.clone() })))
    };
    page.beside.iter().filter_map(chip).collect()
}
