//! The network of counts of records: which sets of records make up which.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::network::{Identity, Network};
use super::rows::{Rows, in_words};
use crate::counted::{Counted, CountedCell, Set};
use crate::pipeline::Pipeline;

/// Puts the counts of all releases into the network, with the rows that show them and every sum of sets.
pub(super) fn counts(network: &mut Network, pipeline: &Pipeline, rows: &Rows<'_>, counted: &[Counted]) {
    let keyed: FxHashMap<Vec<String>, usize> = (0..rows.height()).map(|row| (rows.key(row), row)).collect();
    for release in counted {
        let places = places(network, pipeline, &keyed, release);
        by_breakdown(network, release, &places);
        by_area(network, release, &places);
        by_measure(network, release, &places);
    }
}

/// The places of the counts of each cell: by measure, numerator and denominator; none for an empty set.
type Places = Vec<Vec<[Option<usize>; 2]>>;

fn places(
    network: &mut Network,
    pipeline: &Pipeline,
    keyed: &FxHashMap<Vec<String>, usize>,
    release: &Counted,
) -> Places {
    let within = format!("{} {}", release.release, in_words(release.period).join(" "));
    let mut all = Vec::new();
    for cell in &release.cells {
        let mut here = Vec::new();
        for (measure, sets) in release.measures.iter().zip(&cell.sets) {
            let mut place =
                |set: &Set| (set.size > 0).then(|| network.count(Identity::Records(within.clone(), *set), set.size));
            let found = [place(&sets[0]), place(&sets[1])];
            let row = keyed.get(&row_key(release, cell, measure));
            let share = pipeline.measures.get(measure).is_some_and(|measure| measure.of.is_some());
            for place in found.iter().take(1 + usize::from(share)).flatten() {
                if let Some(&row) = row {
                    network.show(*place, row, cell.by == 0);
                }
            }
            here.push(found);
        }
        all.push(here);
    }
    all
}

/// The key of the row that shows a measure of a cell, as [`Rows::key`] makes it.
fn row_key(release: &Counted, cell: &CountedCell, measure: &str) -> Vec<String> {
    let period = in_words(release.period);
    std::iter::once(release.release.clone())
        .chain(period)
        .chain(cell.area.iter().cloned())
        .chain(cell.breakdown.iter().cloned())
        .chain([measure.to_owned()])
        .collect()
}

/// The places of one side of one measure.
fn side(places: &Places, cell: usize, measure: usize, side: usize) -> Option<usize> {
    places[cell][measure][side]
}

/// Adds, for every side of every measure, a whole cell and its parts.
fn add_all(network: &mut Network, release: &Counted, places: &Places, whole: usize, parts: &[usize]) {
    for measure in 0..release.measures.len() {
        for at in 0..2 {
            if let Some(whole) = side(places, whole, measure, at) {
                network.add_up(whole, parts.iter().filter_map(|&part| side(places, part, measure, at)).collect());
            }
        }
    }
}

/// A breakdown by some fields adds up to the one by fewer of them, and to the whole.
fn by_breakdown(network: &mut Network, release: &Counted, places: &Places) {
    for (fewer, fields) in release.by.iter().enumerate() {
        for (more, wider) in release.by.iter().enumerate() {
            let positions: Vec<usize> =
                fields.iter().filter_map(|field| wider.iter().position(|other| other == field)).collect();
            if fewer == more || wider.len() <= fields.len() || positions.len() < fields.len() {
                continue;
            }
            let mut groups: BTreeMap<(&[String; 3], Vec<&String>), Vec<usize>> = BTreeMap::new();
            for (index, cell) in release.cells.iter().enumerate().filter(|(_, cell)| cell.by == more) {
                let words = positions.iter().map(|&position| &cell.words[position]).collect();
                groups.entry((&cell.area, words)).or_default().push(index);
            }
            for (index, cell) in release.cells.iter().enumerate().filter(|(_, cell)| cell.by == fewer) {
                if let Some(parts) = groups.get(&(&cell.area, cell.words.iter().collect())) {
                    add_all(network, release, places, index, parts);
                }
            }
        }
    }
}

/// Authorities add up to their region, and to England.
fn by_area(network: &mut Network, release: &Counted, places: &Places) {
    let mut authorities: BTreeMap<(&[String; 2], &str), Vec<usize>> = BTreeMap::new();
    for (index, cell) in release.cells.iter().enumerate().filter(|(_, cell)| cell.area[0] == "authority") {
        authorities.entry((&cell.breakdown, &cell.region)).or_default().push(index);
        authorities.entry((&cell.breakdown, "")).or_default().push(index);
    }
    for (index, cell) in release.cells.iter().enumerate() {
        let region = match cell.area[0].as_str() {
            "region" => cell.area[2].as_str(),
            "country" => "",
            _ => continue,
        };
        if let Some(parts) = authorities.get(&(&cell.breakdown, region)) {
            add_all(network, release, places, index, parts);
        }
    }
}

/// Within a cell, a set and the sets that lie in it: each against what it leaves, and as many as lie apart together.
fn by_measure(network: &mut Network, release: &Counted, places: &Places) {
    let sides = release.measures.len() * 2;
    for cell in 0..release.cells.len() {
        for whole in 0..sides {
            let Some(place) = side(places, cell, whole / 2, whole % 2) else { continue };
            let inside = |part: &usize| *part != whole && !release.apart[*part][whole];
            let parts: Vec<usize> = (0..sides)
                .filter(inside)
                .filter(|&part| side(places, cell, part / 2, part % 2).is_some_and(|found| found != place))
                .collect();
            let mut together: Vec<usize> = Vec::new();
            for &part in &parts {
                network.add_up(place, side(places, cell, part / 2, part % 2).into_iter().collect());
                if together.iter().all(|&other| !release.meets[other][part]) {
                    together.push(part);
                }
            }
            if together.len() > 1 {
                let found = together.iter().filter_map(|&part| side(places, cell, part / 2, part % 2));
                network.add_up(place, found.collect());
            }
        }
    }
}
