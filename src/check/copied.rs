//! A period that holds the figures of the one before: whole, or for some of the areas.
//!
//! In: the lines of wholes. Out: a finding for a pair of periods in which far more figures are the same than chance and the habit
//! of the table explain. A count stays the same to the last digit now and then; hundreds do not.

use std::collections::BTreeMap;

use super::accept::{About, Accepted};
use super::cells::place_of;
use super::cube::{Cube, ENGLAND};
use super::lines::Line;
use crate::finding::Finding;
use crate::period::label;
use crate::pipeline::Unit;

/// Figures that must be there before so many of them are too many.
const ENOUGH: usize = 20;

/// The share of figures that is much, and the one that is nearly all.
const MUCH: f64 = 0.25;
const NEARLY_ALL: f64 = 0.9;

/// So many times what chance, or any other pair of periods, gives.
const TIMES: f64 = 4.0;

/// A figure that stays the same more often than this tells nothing.
const LIKELY: f64 = 0.2;

/// The same figures of a pair of periods.
#[derive(Default)]
struct Same {
    compared: usize,
    same: usize,
    /// Expected by chance.
    expected: f64,
    /// By place, how many are compared and the same.
    places: Vec<(usize, usize)>,
    /// Old and new row of one that is the same.
    first: Option<(usize, usize)>,
}

impl Same {
    fn share(&self) -> f64 {
        self.same as f64 / self.compared.max(1) as f64
    }
}

/// One finding for each period that is a copy.
pub(super) fn copied(cube: &Cube<'_>, lines: &[Line], accepted: &mut Accepted<'_>) -> Result<Vec<Finding>, Finding> {
    let mut pairs: BTreeMap<(usize, i32, i32), Same> = BTreeMap::new();
    for line in lines.iter().filter(|line| line.whole) {
        for (old, steps) in line.steps.windows(2).enumerate() {
            let slot = pairs.entry((line.cadence, steps[0].end, steps[1].end)).or_default();
            slot.places.resize(cube.places.len(), (0, 0));
            compare(cube, line, old, slot);
        }
    }
    let mut findings = Vec::new();
    for (key, same) in &pairs {
        let others = pairs.iter().filter(|(other, same)| *other != key && same.compared >= ENOUGH);
        let usual = others.map(|(_, other)| other.share()).reduce(f64::max);
        let least = usual.map_or(NEARLY_ALL, |usual| (TIMES * usual).clamp(MUCH, NEARLY_ALL));
        let Some((old, new)) = same.first else { continue };
        if same.compared < ENOUGH || same.share() < least || (same.same as f64) < TIMES * same.expected {
            continue;
        }
        let words = &cube.words;
        let period = (words.period.word(new), words.identifier.word(new));
        if accepted.takes(About { release: words.release.word(new), area: ("", ""), period, measure: "" }) {
            continue;
        }
        findings.push(finding(cube, same, old, new)?);
    }
    Ok(findings)
}

fn compare(cube: &Cube<'_>, line: &Line, old: usize, slot: &mut Same) {
    if matches!(line.unit, Unit::Code | Unit::Grade) {
        return;
    }
    for place in 0..cube.places.len() {
        let (a, b) = (line.value(old, place), line.value(old + 1, place));
        if a.is_nan() || b.is_nan() {
            continue;
        }
        let chance = chance_of_same(a, line.unit);
        if chance > LIKELY {
            continue;
        }
        slot.compared += 1;
        slot.expected += chance;
        slot.places[place].0 += 1;
        if a == b {
            slot.same += 1;
            slot.places[place].1 += 1;
            slot.first = slot.first.or(line.row(old, place).zip(line.row(old + 1, place)));
        }
    }
}

/// How likely a figure is to stay the same to its last digit: what it is printed to, against what a year does to it.
fn chance_of_same(value: f64, unit: Unit) -> f64 {
    let size = value.abs();
    let (step, spread) = match unit {
        Unit::Number | Unit::Pounds => (last_digit(size), (2.0 * size).sqrt().max(0.02 * size)),
        _ => (last_digit(size).min(1.0), 0.03 * size),
    };
    if spread > 0.0 { (0.4 * step / spread).min(1.0) } else { 1.0 }
}

/// The place of the last digit: 10 for 120, 0.1 for 41.6.
fn last_digit(value: f64) -> f64 {
    for step in [1000.0, 100.0, 10.0, 1.0, 0.1, 0.01] {
        if (value / step - (value / step).round()).abs() < 1e-9 {
            return step;
        }
    }
    0.001
}

fn finding(cube: &Cube<'_>, same: &Same, old: usize, new: usize) -> Result<Finding, Finding> {
    let of = |row: usize| label(cube.words.period.word(row), cube.words.identifier.word(row));
    let message = if same.share() >= NEARLY_ALL {
        format!("{} is a copy of {}: {} of {} figures are the same", of(new), of(old), same.same, same.compared)
    } else {
        let whole: Vec<&str> = (0..same.places.len())
            .filter(|&place| same.places[place].0 > 0 && same.places[place].0 == same.places[place].1)
            .map(|place| if place == ENGLAND { "England" } else { cube.name(place) })
            .collect();
        format!(
            "{} of {} figures of {} are those of {}, as in no other pair of periods; all of them in {} areas: {}",
            same.same,
            same.compared,
            of(new),
            of(old),
            whole.len(),
            whole.join(", ")
        )
    };
    let help = "the file of the year before may have been filed, or pasted in part: hold some figures against the publisher's own tables";
    Ok(Finding::warning("period-copied", message, help).at(place_of(cube.frame, new)?))
}
