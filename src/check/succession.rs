//! Reorganisations in the figures: of authorities before they opened and after they closed, and of an old one of which
//! only what its successors leave stands beside them.
//!
//! In: the lines of a table and the register. Out: a note of what is kept and marked; a note where a region or England
//! counts the back-cast figures too, so that its open authorities fall short of it; a warning for an old authority's
//! figures that are only what is left, with their rows, which are marked as well.

use std::collections::{BTreeMap, BTreeSet};

use super::accept::Accepted;
use super::cells::{adds_up, place_of, shown};
use super::cube::{Cube, ENGLAND};
use super::lines::Line;
use crate::area::{Authority, Register};
use crate::finding::Finding;
use crate::period::{day, label};

/// Authorities, or areas and periods, that a finding names.
const NAMED: usize = 20;

/// Figures below this, added up, do not tell what is left of an area from its whole.
const TELLING: f64 = 10.0;

/// What is found of authorities that are no more, or not yet, and the rows of figures that are only what is left.
///
/// # Errors
/// A frame that lacks a column: a mistake in the program, said as a finding.
pub(super) fn succession(
    cube: &Cube<'_>,
    lines: &[Line],
    register: &Register,
    accepted: &mut Accepted<'_>,
) -> Result<(Vec<Finding>, Vec<usize>), Finding> {
    let told: Vec<&Line> = lines.iter().filter(|line| !line.outside.is_empty()).collect();
    if told.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let counts = adds_up(&cube.words.unit);
    let adds_up = |line: &&&Line| line.whole && counts[cube.unit_code(&line.steps[0].group)];
    let sums: Vec<Told<'_>> = told.iter().filter(adds_up).flat_map(|line| Told::all(cube, line, register)).collect();
    let mut findings = vec![kept(cube, &told)?];
    findings.extend(shortfalls(cube, &sums)?);
    let left: Vec<Left<'_>> = sums.iter().flat_map(|told| told.left(register)).collect();
    let mut rows = rows(cube, &told, &left);
    rows.retain(|row| !accepted.holds(cube, *row));
    let is_there = |left: &&Left<'_>| rows.binary_search(&left.row).is_ok();
    findings.extend(remainders(cube, &left.iter().filter(is_there).collect::<Vec<_>>())?);
    Ok((findings, rows))
}

/// One period of a line of counts that has figures of authorities which were not open.
struct Told<'c> {
    cube: &'c Cube<'c>,
    line: &'c Line,
    step: usize,
    /// Authorities open at its end, with their places.
    open: Vec<(&'c Authority, usize)>,
    /// Those that were not open and have a figure.
    outside: Vec<(&'c Authority, usize, f64)>,
}

/// A figure of an old authority beside back-cast figures of its successors.
struct Left<'c> {
    row: usize,
    place: usize,
    end: i32,
    value: f64,
    /// The successors, and the sum of their figures.
    beside: Vec<&'c str>,
    sum: f64,
}

impl<'c> Told<'c> {
    fn all(cube: &'c Cube<'c>, line: &'c Line, register: &'c Register) -> Vec<Told<'c>> {
        let steps: BTreeSet<usize> = line.outside.iter().map(|(step, _)| *step).collect();
        let told = |step: usize| {
            let on = register.open_on(day(line.steps[step].end));
            let placed = |authority: &'c Authority| Some((authority, cube.authority(&authority.code.to_string())?));
            let open: Vec<(&Authority, usize)> = on.into_iter().filter_map(placed).collect();
            let here = line.outside.iter().filter(|(at, _)| *at == step);
            let outside = here.filter_map(|&(_, place)| {
                let row = line.row(step, place)?;
                let authority = register.newest(cube.words.la.word(row).parse().ok()?)?;
                Some((authority, place, cube.values[row]))
            });
            Told { cube, line, step, open, outside: outside.collect() }
        };
        steps.into_iter().map(told).collect()
    }

    fn end(&self) -> i32 {
        self.line.steps[self.step].end
    }

    /// The region of `authority`, or England where the table has no such region: its place and figure.
    fn above(&self, authority: &Authority) -> Option<(usize, f64)> {
        let figure = |place: usize| (place, self.line.value(self.step, place));
        let region = self.cube.region(&authority.region).map(figure).filter(|(_, value)| !value.is_nan());
        region.or_else(|| Some(figure(ENGLAND)).filter(|(_, value)| !value.is_nan()))
    }

    /// The figures of open authorities below `above`, and how many there are.
    fn below(&self, above: usize, region: &str) -> (f64, usize) {
        let there = |authority: &Authority| above == ENGLAND || authority.region == region;
        let values = self.open.iter().filter(|(authority, _)| there(authority));
        let values = values.map(|&(_, place)| self.line.value(self.step, place)).filter(|value| !value.is_nan());
        values.fold((0.0, 0), |(sum, count), value| (sum + value, count + 1))
    }

    /// Old authorities that are open and whose figure is only what their successors leave: the whole above counts it
    /// beside theirs, or, where that cannot be told, it is far below their sum.
    fn left(&self, register: &'c Register) -> Vec<Left<'c>> {
        let figure = |authority: &'c Authority, place: usize| {
            let value = self.line.value(self.step, place);
            let is_next =
                |other: &Authority| other.code != authority.code && authority.successors.contains(&other.code);
            let next: Vec<_> = self.outside.iter().filter(|(other, ..)| is_next(other)).collect();
            let sum: f64 = next.iter().map(|(.., value)| value).sum();
            if value.is_nan() || next.is_empty() || !self.is_left(authority, value, sum, next.len()) {
                return None;
            }
            let row = self.line.row(self.step, place)?;
            let beside = next.iter().map(|(other, ..)| other.name.as_str()).collect();
            Some(Left { row, place, end: self.end(), value, beside, sum })
        };
        let old = self.open.iter().filter(|(authority, _)| !authority.successors.is_empty());
        old.filter_map(|&(authority, place)| figure(register.at(authority.code, day(self.end()))?, place)).collect()
    }

    fn is_left(&self, authority: &Authority, value: f64, sum: f64, next: usize) -> bool {
        if let Some((above, total)) = self.above(authority) {
            let (open, count) = self.below(above, &authority.region);
            let is = |sum: f64| (sum - total).abs() <= slack(count + next, total);
            if is(open) || is(open + sum) {
                return !is(open);
            }
        }
        let successors = authority.successors.iter().filter(|code| **code != authority.code).count();
        next == successors && sum >= TELLING && 2.0 * value < sum
    }
}

/// What rounding to whole numbers explains between `count` parts and their `total`.
fn slack(count: usize, total: f64) -> f64 {
    0.5 * (count as f64 + 1.0) + 1e-6 * total.abs()
}

/// The period of a row in words.
fn period(cube: &Cube<'_>, row: usize) -> String {
    label(cube.words.period.word(row), cube.words.identifier.word(row))
}

/// A note that names the authorities with the periods of such figures.
fn kept(cube: &Cube<'_>, told: &[&Line]) -> Result<Finding, Finding> {
    let mut areas: BTreeMap<usize, (usize, BTreeMap<i32, String>)> = BTreeMap::new();
    let mut count = 0;
    for line in told {
        for &(step, place) in &line.outside {
            let Some(row) = line.row(step, place) else { continue };
            count += 1;
            let slot = areas.entry(place).or_insert_with(|| (row, BTreeMap::new()));
            slot.1.entry(line.steps[step].end).or_insert_with(|| period(cube, row));
        }
    }
    let words = |(row, periods): &(usize, BTreeMap<i32, String>)| {
        let periods: Vec<&str> = periods.values().map(String::as_str).collect();
        format!("{} ({})", cube.words.name.word(*row), periods.join(", "))
    };
    let named: Vec<String> = areas.values().take(NAMED).map(words).collect();
    let more = if areas.len() > NAMED { format!("; and {} more", areas.len() - NAMED) } else { String::new() };
    let message = format!(
        "{count} figures are of authorities that had not opened or had closed by then: kept and marked, in no rank, mean or sum: {}{more}",
        named.join("; ")
    );
    let first = areas.values().map(|(row, _)| *row).min().unwrap_or_default();
    Ok(Finding::note("not-open", message, "nothing to do").at(place_of(cube.frame, first)?))
}

/// A note where what is above counts the figures of authorities that were not open, so that the open ones fall short.
fn shortfalls(cube: &Cube<'_>, sums: &[Told<'_>]) -> Result<Option<Finding>, Finding> {
    let mut said: BTreeMap<usize, String> = BTreeMap::new();
    for told in sums {
        for (authority, ..) in &told.outside {
            let Some((above, total)) = told.above(authority) else { continue };
            let Some(row) = told.line.row(told.step, above) else { continue };
            let (open, count) = told.below(above, &authority.region);
            let there = |other: &Authority| above == ENGLAND || other.region == authority.region;
            let others = told.outside.iter().filter(|(other, ..)| there(other));
            let (with, all) = others.fold((open, count), |(sum, all), (.., value)| (sum + value, all + 1));
            if (open - total).abs() > slack(count, total) && (with - total).abs() <= slack(all, total) {
                let words = format!(
                    "{}, {}: `{}` is {}, the authorities open then make {}, with the others {}",
                    cube.words.name.word(row),
                    period(cube, row),
                    cube.words.measure.word(row),
                    shown(total),
                    shown(open),
                    shown(with)
                );
                said.insert(row, words);
            }
        }
    }
    let Some((&first, _)) = said.first_key_value() else { return Ok(None) };
    let named: Vec<&str> = said.values().take(NAMED).map(String::as_str).collect();
    let more = if said.len() > NAMED { format!("; and {} more", said.len() - NAMED) } else { String::new() };
    let message = format!("the whole counts figures of authorities that were not open: {}{more}", named.join("; "));
    Ok(Some(Finding::note("shortfall", message, "nothing to do").at(place_of(cube.frame, first)?)))
}

/// The rows of all figures of old authorities in the periods of which only what is left is known, in order.
fn rows(cube: &Cube<'_>, told: &[&Line], left: &[Left<'_>]) -> Vec<usize> {
    let is_left: BTreeSet<(i32, usize)> = left.iter().map(|left| (left.end, left.place)).collect();
    let mut rows = Vec::new();
    for line in told {
        let steps: BTreeSet<usize> = line.outside.iter().map(|(step, _)| *step).collect();
        for step in steps {
            let old = cube.places.authorities().filter(|&place| is_left.contains(&(line.steps[step].end, place)));
            rows.extend(
                old.filter(|&place| !line.value(step, place).is_nan()).filter_map(|place| line.row(step, place)),
            );
        }
    }
    rows.sort_unstable();
    rows
}

/// A warning for each old authority, with the periods and one of its figures.
fn remainders(cube: &Cube<'_>, left: &[&Left<'_>]) -> Result<Vec<Finding>, Finding> {
    let mut areas: BTreeMap<usize, Vec<&Left<'_>>> = BTreeMap::new();
    for one in left {
        areas.entry(one.place).or_default().push(one);
    }
    let finding = |figures: Vec<&Left<'_>>| {
        let Some(first) = figures.first() else { return Err(Finding::internal(&"nothing is left")) };
        let periods: BTreeMap<i32, String> = figures.iter().map(|one| (one.end, period(cube, one.row))).collect();
        let message = format!(
            "{}, {}: its figures are only what is left beside those of {}, which were not open yet: `{}` is {}, theirs make {}",
            cube.words.name.word(first.row),
            periods.into_values().collect::<Vec<_>>().join(", "),
            first.beside.join(", "),
            cube.words.measure.word(first.row),
            shown(first.value),
            shown(first.sum)
        );
        let help = "nothing to do: both are marked and in no rank; where a figure is the old authority's whole, an `[[accept]]` with its reason says so";
        Ok(Finding::warning("remainder", message, help).at(place_of(cube.frame, first.row)?))
    };
    areas.into_values().map(finding).collect()
}
