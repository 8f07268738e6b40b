//! Two areas, or two breakdowns, that have each other's figures.
//!
//! In: lines. Out: a finding a pair. Each of the two is far from its own past and near the other's, in the middle of all
//! the figures it has; so one figure that happens to fit proves nothing where there are more.

use std::collections::BTreeMap;

use super::accept::{About, Accepted};
use super::cells::place_of;
use super::cube::Cube;
use super::lines::Line;
use super::past::median;
use crate::finding::Finding;
use crate::period::label;
use crate::pipeline::Unit;
use crate::schema::TOTAL;

/// How far an item is from its own past on the log scale, and how close it is to the other's: as such, and as a share.
const FAR: f64 = 0.3;
const CLOSE: f64 = 0.1;
const CLOSER: f64 = 0.05;
const NEAR: f64 = 0.25;

/// So many times as far from its own past as half of all items are from theirs, and so many times at most from the other's.
const TIMES: f64 = 4.0;
const LIKE: f64 = 3.0;

/// Figures that must fit before it is no accident; fewer than so many must be closer.
const FEATURES: usize = 3;
const MANY: usize = 6;

/// Fewer items than this do not tell what is usual.
const FEW: usize = 5;

/// Items that are far; with more of them it is no swap of two.
const MOST: usize = 30;

/// Counts smaller than this leap by chance.
const SMALL: f64 = 20.0;

/// What is told apart (areas or breakdowns), each with its figures in the two newest periods, in one order of features.
struct Items {
    names: Vec<String>,
    /// By item and feature, old and new figure.
    pairs: Vec<Vec<(f64, f64)>>,
    /// By item, a row of the newest period.
    rows: Vec<Option<usize>>,
    /// The smallest figure that tells something.
    least: f64,
}

impl Items {
    /// The distance on the log scale from the old figures of `past` to the new ones of `now`, in the middle.
    fn distance(&self, now: usize, past: usize, usual: &[f64]) -> Option<f64> {
        let features = self.pairs[now].iter().zip(&self.pairs[past]).zip(usual);
        let mut gaps: Vec<f64> = features
            .filter(|(((_, new), (old, _)), _)| *old > 0.0 && *new > 0.0 && old.max(*new) >= self.least)
            .map(|(((_, new), (old, _)), usual)| ((new / old).ln() - usual).abs())
            .collect();
        (gaps.len() >= FEATURES).then(|| median(&mut gaps))
    }

    /// By feature, the change in the middle of all items; none where there are too few.
    fn usual(&self) -> Vec<f64> {
        let width = self.pairs.first().map_or(0, Vec::len);
        if self.pairs.len() < FEW {
            return vec![0.0; width];
        }
        let middle = |feature: usize| {
            let pairs = self.pairs.iter().map(|pairs| pairs[feature]).filter(|(old, new)| *old > 0.0 && *new > 0.0);
            let mut changes: Vec<f64> = pairs.map(|(old, new)| (new / old).ln()).collect();
            if changes.is_empty() { 0.0 } else { median(&mut changes) }
        };
        (0..width).map(middle).collect()
    }

    /// The pairs of items that have each other's figures.
    fn swapped(&self) -> Vec<(usize, usize)> {
        let usual = self.usual();
        let own: Vec<Option<f64>> = (0..self.names.len()).map(|item| self.distance(item, item, &usual)).collect();
        let mut known: Vec<f64> = own.iter().flatten().copied().collect();
        if known.len() < 2 {
            return Vec::new();
        }
        // Of two alone both are far where they are swapped.
        let typical = if known.len() < FEW { 0.0 } else { median(&mut known) };
        let is_far = |distance: f64| distance > FAR && distance > TIMES * typical;
        let far: Vec<(usize, f64)> =
            own.iter().enumerate().filter_map(|(item, own)| Some((item, own.filter(|own| is_far(*own))?))).collect();
        if far.len() > MOST {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (at, &(one, own_one)) in far.iter().enumerate() {
            for &(other, own_other) in &far[at + 1..] {
                let close = if usual.len() < MANY { CLOSER } else { CLOSE };
                let likely = if typical > 0.0 { close.min(LIKE * typical) } else { close };
                let bound = |own: f64| likely.min(NEAR * own);
                let near = |now, past, own: f64| self.distance(now, past, &usual).is_some_and(|gap| gap < bound(own));
                if near(one, other, own_one) && near(other, one, own_other) {
                    found.push((one, other));
                }
            }
        }
        found
    }
}

/// The pairs of areas, and of breakdowns of a topic, that are swapped in the newest period.
pub(super) fn swapped(cube: &Cube<'_>, lines: &[Line], accepted: &mut Accepted<'_>) -> Result<Vec<Finding>, Finding> {
    let newest: Vec<&Line> = newest(lines);
    let whole: Vec<&Line> = newest.iter().copied().filter(|line| line.whole).collect();
    let mut findings = Vec::new();
    for places in [cube.places.authorities(), cube.places.regions()] {
        findings.extend(said(cube, &areas(cube, &whole, places), "the figures of", accepted)?);
    }
    let mut topics: BTreeMap<usize, Vec<&Line>> = BTreeMap::new();
    for line in newest {
        topics.entry(line.topic).or_default().push(line);
    }
    for (topic, lines) in topics {
        if cube.words.topic.words[topic] != TOTAL {
            findings.extend(said(cube, &labels(cube, &lines), "the breakdowns", accepted)?);
        }
    }
    Ok(findings)
}

/// The lines of counts (of every measure that is no code, where there are none) whose last two periods are the newest.
fn newest(lines: &[Line]) -> Vec<&Line> {
    let Some(end) = lines.iter().filter_map(|line| line.steps.last().map(|step| step.end)).max() else {
        return Vec::new();
    };
    let fits = |line: &&Line| {
        line.steps.len() > 1 && line.steps[line.last()].end == end && !matches!(line.unit, Unit::Code | Unit::Grade)
    };
    let counts: Vec<&Line> = lines.iter().filter(fits).filter(|line| line.unit == Unit::Number).collect();
    if counts.is_empty() { lines.iter().filter(fits).collect() } else { counts }
}

fn least(lines: &[&Line]) -> f64 {
    if lines.iter().all(|line| line.unit == Unit::Number) { SMALL } else { 0.0 }
}

fn areas(cube: &Cube<'_>, lines: &[&Line], places: std::ops::Range<usize>) -> Items {
    let pairs = |place: usize| {
        let pair = |line: &&Line| (line.value(line.last() - 1, place), line.value(line.last(), place));
        lines.iter().map(pair).collect()
    };
    let row = |place: usize| lines.iter().find_map(|line| line.row(line.last(), place));
    Items {
        names: places.clone().map(|place| cube.name(place).to_owned()).collect(),
        pairs: places.clone().map(pairs).collect(),
        rows: places.map(row).collect(),
        least: least(lines),
    }
}

fn labels(cube: &Cube<'_>, lines: &[&Line]) -> Items {
    let mut measures: Vec<usize> = lines.iter().map(|line| line.measure).collect();
    measures.sort_unstable();
    measures.dedup();
    let mut parts: BTreeMap<usize, Vec<Option<&Line>>> = BTreeMap::new();
    for line in lines {
        let slots = parts.entry(line.breakdown).or_insert_with(|| vec![None; measures.len()]);
        if let Ok(at) = measures.binary_search(&line.measure) {
            slots[at] = Some(line);
        }
    }
    let pairs = |slots: &Vec<Option<&Line>>| {
        let of = |line: &Option<&Line>, place: usize| {
            line.map_or((f64::NAN, f64::NAN), |line| {
                (line.value(line.last() - 1, place), line.value(line.last(), place))
            })
        };
        // The regions and England say enough, where they are there.
        let above = cube.places.first_authority;
        let places = if above >= FEATURES { 0..above } else { 0..cube.places.len() };
        places.flat_map(|place| slots.iter().map(move |line| of(line, place))).collect()
    };
    let row = |slots: &Vec<Option<&Line>>| {
        slots.iter().flatten().find_map(|line| (0..cube.places.len()).find_map(|place| line.row(line.last(), place)))
    };
    Items {
        names: parts.keys().map(|&code| cube.words.breakdown.words[code].to_owned()).collect(),
        pairs: parts.values().map(pairs).collect(),
        rows: parts.values().map(row).collect(),
        least: least(lines),
    }
}

fn said(cube: &Cube<'_>, items: &Items, what: &str, accepted: &mut Accepted<'_>) -> Result<Vec<Finding>, Finding> {
    let mut findings = Vec::new();
    for (one, other) in items.swapped() {
        let Some(row) = items.rows[one] else { continue };
        let words = &cube.words;
        let period = (words.period.word(row), words.identifier.word(row));
        let about = About { release: words.release.word(row), area: ("", ""), period, measure: "" };
        if accepted.takes(about) {
            continue;
        }
        let message = format!(
            "{}: {what} `{}` and `{}` look swapped: each is near the past of the other and far from its own",
            label(period.0, period.1),
            items.names[one],
            items.names[other]
        );
        let help = "hold both against the publisher's own tables; the publisher's error is a `[[correction]]`";
        findings.push(Finding::warning("swapped", message, help).at(place_of(cube.frame, row)?));
    }
    Ok(findings)
}
