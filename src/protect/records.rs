//! The network of counts of records: which sets of records make up which.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::network::{Identity, Network};
use super::rows::{Rows, in_words};
use crate::counted::{Counted, CountedCell, Set};
use crate::pipeline::Pipeline;

/// A count: where it stands in the network, and the records that it counts.
pub(super) type Place = (usize, Set);

/// The counts of one release of a table, in the network.
pub(super) struct Laid<'c> {
    /// The counts.
    pub counted: &'c Counted,
    /// What the records are known by: counts of several tables are of the same ones where it is the same.
    pub records: String,
    /// The places of the counts of each cell: by measure, numerator and denominator; none for an empty set.
    pub places: Vec<Vec<[Option<Place>; 2]>>,
}

/// Puts the counts of all releases of a table into the network, with the rows that show them and every sum of its own sets.
pub(super) fn counts<'c>(
    network: &mut Network,
    pipeline: &Pipeline,
    rows: &Rows<'_>,
    counted: &'c [Counted],
) -> Vec<Laid<'c>> {
    let keyed: FxHashMap<Vec<String>, usize> = (0..rows.height()).map(|row| (rows.key(row), row)).collect();
    let mut all = Vec::new();
    for release in counted {
        let laid = laid(network, pipeline, (&keyed, rows.first()), release);
        laid.by_breakdown(network);
        laid.by_area(network);
        laid.by_measure(network);
        all.push(laid);
    }
    all
}

/// Places the counts of a release, and says which rows show them.
fn laid<'c>(
    network: &mut Network,
    pipeline: &Pipeline,
    (keyed, first): (&FxHashMap<Vec<String>, usize>, usize),
    counted: &'c Counted,
) -> Laid<'c> {
    let records = format!("{} {}", counted.release, counted.records);
    let mut places = Vec::new();
    for cell in &counted.cells {
        let mut here = Vec::new();
        for (measure, sets) in counted.measures.iter().zip(&cell.sets) {
            let mut place = |set: &Set| {
                let identity = Identity::Records(records.clone(), *set);
                (set.size > 0).then(|| (network.count(identity, set.size), *set))
            };
            let found = [place(&sets[0]), place(&sets[1])];
            let row = keyed.get(&row_key(counted, cell, measure));
            let share = pipeline.measures.get(measure).is_some_and(|measure| measure.of.is_some());
            for (place, _) in found.iter().take(1 + usize::from(share)).flatten() {
                if let Some(&row) = row {
                    network.show(*place, first + row, cell.by == 0);
                }
            }
            here.push(found);
        }
        places.push(here);
    }
    Laid { counted, records, places }
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

impl Laid<'_> {
    /// The place of one side of one measure; the sides are numbered through, two a measure.
    pub fn side(&self, cell: usize, side: usize) -> Option<Place> {
        self.places[cell][side / 2][side % 2]
    }

    /// How many sides there are.
    pub fn sides(&self) -> usize {
        self.counted.measures.len() * 2
    }

    /// Adds, for every side of every measure, a whole cell and its parts.
    fn add_all(&self, network: &mut Network, whole: usize, parts: &[usize]) {
        for side in 0..self.sides() {
            if let Some(whole) = self.side(whole, side) {
                let parts: Vec<Place> = parts.iter().filter_map(|&part| self.side(part, side)).collect();
                network.add_up_sets(&self.records, whole, &parts);
            }
        }
    }

    /// A breakdown by some fields adds up to the one by fewer of them, and to the whole.
    fn by_breakdown(&self, network: &mut Network) {
        let Counted { by, cells, .. } = self.counted;
        for (fewer, fields) in by.iter().enumerate() {
            for (more, wider) in by.iter().enumerate() {
                let positions: Vec<usize> =
                    fields.iter().filter_map(|field| wider.iter().position(|other| other == field)).collect();
                if fewer == more || wider.len() <= fields.len() || positions.len() < fields.len() {
                    continue;
                }
                let mut groups: BTreeMap<(&[String; 3], Vec<&String>), Vec<usize>> = BTreeMap::new();
                for (index, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.by == more) {
                    let words = positions.iter().map(|&position| &cell.words[position]).collect();
                    groups.entry((&cell.area, words)).or_default().push(index);
                }
                for (index, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.by == fewer) {
                    if let Some(parts) = groups.get(&(&cell.area, cell.words.iter().collect())) {
                        self.add_all(network, index, parts);
                    }
                }
            }
        }
    }

    /// Authorities add up to their region, and to England.
    fn by_area(&self, network: &mut Network) {
        let cells = &self.counted.cells;
        let mut authorities: BTreeMap<(&[String; 2], &str), Vec<usize>> = BTreeMap::new();
        for (index, cell) in cells.iter().enumerate().filter(|(_, cell)| cell.area[0] == "authority") {
            authorities.entry((&cell.breakdown, &cell.region)).or_default().push(index);
            authorities.entry((&cell.breakdown, "")).or_default().push(index);
        }
        for (index, cell) in cells.iter().enumerate() {
            let region = match cell.area[0].as_str() {
                "region" => cell.area[2].as_str(),
                "country" => "",
                _ => continue,
            };
            if let Some(parts) = authorities.get(&(&cell.breakdown, region)) {
                self.add_all(network, index, parts);
            }
        }
    }

    /// Within a cell, a set and the sets that lie in it: each against what it leaves, and as many as lie apart together, from
    /// whichever of them one begins.
    fn by_measure(&self, network: &mut Network) {
        let Counted { apart, meets, cells, .. } = self.counted;
        for cell in 0..cells.len() {
            // Two sides with one set are one figure.
            let mut sides: Vec<usize> = (0..self.sides()).filter(|&side| self.side(cell, side).is_some()).collect();
            let mut known = Vec::new();
            sides.retain(|&side| {
                let place = self.side(cell, side).map(|(place, _)| place);
                let is_new = !known.contains(&place);
                known.push(place);
                is_new
            });
            for &whole in &sides {
                let Some(place) = self.side(cell, whole) else { continue };
                let parts: Vec<usize> =
                    sides.iter().copied().filter(|&part| part != whole && !apart[part][whole]).collect();
                for (at, &part) in parts.iter().enumerate() {
                    network.add_up_sets(&self.records, place, &self.side(cell, part).into_iter().collect::<Vec<_>>());
                    let mut together = vec![part];
                    for &other in parts[at + 1..].iter().chain(&parts[..at]) {
                        if together.iter().all(|&one| !meets[one][other]) {
                            together.push(other);
                        }
                    }
                    if together.len() > 1 {
                        let found: Vec<Place> = together.iter().filter_map(|&part| self.side(cell, part)).collect();
                        network.add_up_sets(&self.records, place, &found);
                    }
                }
            }
        }
    }
}
