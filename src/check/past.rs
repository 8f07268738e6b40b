//! A figure against its own past: a tenth or ten times of what the area had before, where nobody else's moved so.
//!
//! In: a line. Out: the figures that are far from those before them and, where there are any, from those after them: a
//! change that lasts is news, one that is taken back a period later is an error, and the newest cannot be told apart yet.
//! How far is far goes by what the others did (median and median absolute deviation of all changes, on the log scale,
//! which does not mind a few wild ones) and by chance (counts by their square roots, shares by their counts).

use rustc_hash::FxHashMap;

use super::cube::Cube;
use super::doubt::{Doubt, Why};
use super::lines::Line;
use crate::finding::Finding;
use crate::period::Breaks;
use crate::pipeline::Unit;
use crate::schema::column;

/// Changes that must be there before they tell what is usual.
const ENOUGH: usize = 20;

/// A change is far where it passes one of these: so many times the spread of all changes, and so many fold.
const FAR: [Bound; 2] = [Bound { times: 8.0, least: 0.05, fold: 5.0 }, Bound { times: 15.0, least: 0.02, fold: 1.3 }];

/// So many standard errors beyond what chance does to a count of that size.
const BEYOND_CHANCE: f64 = 8.0;

/// As near as this on the log scale is about the same.
const SAME: f64 = 0.3;

/// What is usual where too few changes tell.
const UNKNOWN: Usual = Usual::new(0.0, 2.0);

struct Bound {
    times: f64,
    /// The spread is taken for no less.
    least: f64,
    fold: f64,
}

/// What the others did between two steps.
#[derive(Clone, Copy, Debug, Default)]
struct Usual {
    /// Median change on the log scale.
    middle: f64,
    /// How much further a change must be to be far.
    bound: f64,
}

impl Usual {
    const fn new(middle: f64, bound: f64) -> Usual {
        Usual { middle, bound }
    }

    /// From the ratios of all; half of them lie within 1.35 standard deviations.
    fn of(ratios: &mut [f64]) -> Option<Usual> {
        if ratios.len() < ENOUGH {
            return None;
        }
        let mut at = |share: usize| {
            let place = ratios.len() * share / 4;
            *ratios.select_nth_unstable_by(place, f64::total_cmp).1
        };
        let (low, middle, high) = (at(1), at(2), at(3));
        let spread = (high / low).ln() / 1.349;
        Some(Usual::new(middle.ln(), bound(spread)))
    }

    /// The ratios below and above which a change is far.
    fn limits(&self) -> (f64, f64) {
        ((self.middle - self.bound).exp(), (self.middle + self.bound).exp())
    }
}

/// How far on the log scale is far where the changes have that spread.
fn bound(spread: f64) -> f64 {
    let each = FAR.iter().map(|bound| bound.fold.ln().max(bound.times * spread.max(bound.least)));
    each.fold(f64::INFINITY, f64::min)
}

/// The upper median, which is near enough here.
pub(super) fn median(values: &mut [f64]) -> f64 {
    let half = values.len() / 2;
    *values.select_nth_unstable_by(half, f64::total_cmp).1
}

/// Finds the doubtful figures of one line after another.
pub(super) struct Past<'c, 'a> {
    cube: &'c Cube<'a>,
    tops: &'a [f64],
    bottoms: &'a [f64],
    breaks: &'c Breaks<'c>,
    /// By first and last day: what all lines of the measure did.
    pooled: FxHashMap<(i32, i32), Option<Usual>>,
    pooled_of: Option<usize>,
    /// By cadence, the last day of the newest period.
    newest: FxHashMap<usize, i32>,
    /// A buffer, kept from pair to pair.
    ratios: Vec<f64>,
}

/// What is usual between the two steps that were asked for last.
#[derive(Default)]
struct Known {
    steps: Option<(usize, usize)>,
    usual: Usual,
    limits: (f64, f64),
}

impl<'c, 'a> Past<'c, 'a> {
    /// # Errors
    /// A frame that lacks a column: a mistake in the program, said as a finding.
    pub fn of(cube: &'c Cube<'a>, lines: &[Line], breaks: &'c Breaks<'c>) -> Result<Past<'c, 'a>, Finding> {
        let (tops, bottoms) = (cube.frame.get(column::Numerator)?, cube.frame.get(column::Denominator)?);
        let mut newest: FxHashMap<usize, i32> = FxHashMap::default();
        for line in lines {
            let end = line.steps[line.last()].end;
            newest.entry(line.cadence).and_modify(|known| *known = end.max(*known)).or_insert(end);
        }
        Ok(Past {
            cube,
            tops,
            bottoms,
            breaks,
            pooled: FxHashMap::default(),
            pooled_of: None,
            newest,
            ratios: Vec::new(),
        })
    }

    /// Adds the doubtful figures of `lines[at]` to `doubts`.
    pub fn doubts(&mut self, lines: &[Line], at: usize, doubts: &mut Vec<Doubt>) {
        let line = &lines[at];
        if matches!(line.unit, Unit::Code | Unit::Grade) || line.steps.len() < 2 {
            return;
        }
        if self.pooled_of != Some(line.measure) {
            self.pooled.clear();
            self.pooled_of = Some(line.measure);
        }
        let mut known = Known::default();
        for step in 1..line.steps.len() {
            for place in 0..self.cube.places.len() {
                let Some(old) = self.before(line, step, place) else { continue };
                if !self.is_far(lines, at, (old, step), place, &mut known) {
                    continue;
                }
                let up = line.value(step, place) > line.value(old, place);
                let other = self.after(line, step, place).or_else(|| self.before(line, old, place));
                let agrees = other.is_none_or(|other| {
                    (line.value(step, place) > line.value(other, place)) == up
                        && self.is_far(lines, at, (other, step), place, &mut known)
                });
                let alone = agrees && !self.had_before(line, step, place);
                let (Some(row), Some(old_row)) = (line.row(step, place).filter(|_| alone), line.row(old, place)) else {
                    continue;
                };
                doubts.push(Doubt {
                    row,
                    why: Why::Past { old: old_row },
                    weight: self.ratio(line, old, step, place).ln().abs(),
                    whole: line.whole,
                    newest: self.newest.get(&line.cadence) == Some(&line.steps[step].end),
                });
            }
        }
    }

    /// The nearest step before `step` in which `place` has a figure, unless a break lies between.
    fn before(&self, line: &Line, step: usize, place: usize) -> Option<usize> {
        let here = line.value(step, place);
        let old = (0..step).rev().find(|&old| !line.value(old, place).is_nan())?;
        (!here.is_nan() && self.unbroken(line, old, step)).then_some(old)
    }

    /// Whether no break of the measure lies between two steps.
    fn unbroken(&self, line: &Line, earlier: usize, later: usize) -> bool {
        let name = self.cube.words.measure.words[line.measure];
        self.breaks.between(name, line.steps[earlier].end, line.steps[later].end).is_none()
    }

    /// The nearest step after `step` in which `place` has a figure, unless a break lies between.
    fn after(&self, line: &Line, step: usize, place: usize) -> Option<usize> {
        let next = (step + 1..line.steps.len()).find(|&next| !line.value(next, place).is_nan())?;
        self.unbroken(line, step, next).then_some(next)
    }

    /// Whether the area had about the same figure in any other period: a series that leaps to and fro is not doubted.
    fn had_before(&self, line: &Line, step: usize, place: usize) -> bool {
        let here = line.value(step, place);
        let near = |other: f64| other == here || (here > 0.0 && other > 0.0 && (other / here).ln().abs() < SAME);
        (0..line.steps.len()).any(|other| other != step && near(line.value(other, place)))
    }

    /// Whether the figure of `place` at `step` is far from the one at `other`, beyond what the others did and chance does.
    fn is_far(
        &mut self,
        lines: &[Line],
        at: usize,
        (other, step): (usize, usize),
        place: usize,
        known: &mut Known,
    ) -> bool {
        let line = &lines[at];
        let (old, new) = (other.min(step), other.max(step));
        // No figure is a multiple of nothing.
        let (reference, here) = (line.value(other, place), line.value(step, place));
        if reference == here || reference <= 0.0 || here < 0.0 {
            return false;
        }
        if known.steps != Some((old, new)) {
            let usual = self.usual(lines, at, old, new);
            *known = Known { steps: Some((old, new)), usual, limits: usual.limits() };
        }
        let ratio = self.ratio(line, old, new, place);
        let is_far = ratio < known.limits.0 || ratio > known.limits.1;
        is_far && self.beyond_chance(line, old, new, place, known.usual.middle.exp())
    }

    /// What is usual between two steps of a line: by its authorities, else by all lines of the measure.
    fn usual(&mut self, lines: &[Line], at: usize, old: usize, new: usize) -> Usual {
        let line = &lines[at];
        let mut ratios = std::mem::take(&mut self.ratios);
        ratios.clear();
        self.collect(line, old, new, self.cube.places.authorities(), &mut ratios);
        let found = Usual::of(&mut ratios);
        self.ratios = ratios;
        found.unwrap_or_else(|| self.pooled(lines, line, (line.steps[old].end, line.steps[new].end)))
    }

    fn pooled(&mut self, lines: &[Line], line: &Line, ends: (i32, i32)) -> Usual {
        if let Some(known) = self.pooled.get(&ends) {
            return known.unwrap_or(UNKNOWN);
        }
        let mut ratios = Vec::new();
        for other in lines.iter().filter(|other| other.measure == line.measure && other.cadence == line.cadence) {
            let step = |end: i32| other.steps.iter().position(|step| step.end == end);
            if let (Some(old), Some(new)) = (step(ends.0), step(ends.1)) {
                self.collect(other, old, new, 0..self.cube.places.len(), &mut ratios);
            }
        }
        let usual = Usual::of(&mut ratios);
        self.pooled.insert(ends, usual);
        usual.unwrap_or(UNKNOWN)
    }

    fn collect(&self, line: &Line, old: usize, new: usize, places: std::ops::Range<usize>, ratios: &mut Vec<f64>) {
        let least = if line.unit == Unit::Number { 10.0 } else { 0.0 };
        let (before, after) = (line.at(old), line.at(new));
        let pairs = places.map(|place| (before[place], after[place]));
        ratios.extend(pairs.filter(|(a, b)| *a >= least && *a > 0.0 && *b > 0.0).map(|(a, b)| b / a));
    }

    /// How many times the older figure the newer one is. Nothing is taken for half an event.
    fn ratio(&self, line: &Line, old: usize, new: usize, place: usize) -> f64 {
        let (a, b) = (line.value(old, place), line.value(new, place));
        if line.unit == Unit::Number {
            return (b + 0.5) / (a + 0.5);
        }
        let least = |step: usize, value: f64| if value > 0.0 { value } else { self.half_an_event(line, step, place) };
        least(new, b) / least(old, a)
    }

    /// What a share or rate of half an event is; a twentieth where its counts are not known.
    fn half_an_event(&self, line: &Line, step: usize, place: usize) -> f64 {
        let bottom = line.row(step, place).map_or(f64::NAN, |row| self.bottoms[row]);
        match line.unit.multiplier() {
            Some(multiplier) if bottom > 0.0 => 0.5 * multiplier / bottom,
            _ => 0.05,
        }
    }

    /// Whether chance alone, on counts of that size, does not do as much. A figure without counts is taken at its word.
    fn beyond_chance(&self, line: &Line, old: usize, new: usize, place: usize, growth: f64) -> bool {
        let (a, b) = (line.value(old, place), line.value(new, place));
        let roots = |a: f64, b: f64| 2.0 * ((b + 0.375).sqrt() - (a + 0.375).sqrt()).abs() / 2f64.sqrt();
        match line.unit {
            Unit::Number => {
                let expected = a * growth;
                2.0 * ((b + 0.375).sqrt() - (expected + 0.375).sqrt()).abs() / (1.0 + growth).sqrt() > BEYOND_CHANCE
            }
            Unit::Percent | Unit::Per100 | Unit::RatePer1000 | Unit::RatePer10000 | Unit::RatePer100000 => {
                let Some(bottom) = self.bottom(line, old, new, place) else { return true };
                let multiplier = line.unit.multiplier().unwrap_or(1.0);
                if !line.unit.is_share() {
                    return roots(a * bottom / multiplier, b * bottom / multiplier) > BEYOND_CHANCE;
                }
                let share = ((a + b) / 2.0 / multiplier).clamp(0.005, 0.995);
                let error = (2.0 * share * (1.0 - share) / bottom).sqrt() * multiplier;
                (b - a).abs() > BEYOND_CHANCE * error
            }
            _ => true,
        }
    }

    /// The smaller of the two denominators; from the numerator and the rate where a file gives no denominator.
    fn bottom(&self, line: &Line, old: usize, new: usize, place: usize) -> Option<f64> {
        let of = |step: usize| {
            let row = line.row(step, place)?;
            if self.bottoms[row] > 0.0 {
                return Some(self.bottoms[row]);
            }
            let (top, value) = (self.tops[row], line.value(step, place));
            (top > 0.0 && value > 0.0).then(|| top / value * line.unit.multiplier().unwrap_or(1.0))
        };
        match (of(old), of(new)) {
            (Some(old), Some(new)) => Some(old.min(new)),
            (one, other) => one.or(other),
        }
    }
}
