//! Several years: the tested trend of five, changes that follow each other, and a turn before a break.

use super::change;
use super::evidence::Past;
use super::link::Link;
use super::measure::Measure;
use super::verdict::{Movement, Way};
use super::when::When;
use crate::statistics::interval_side::IntervalSide;
use crate::statistics::trend::TREND_POINTS;

/// A turn is told where the series that holds it ended within this many periods.
const RECENT: usize = 5;

/// Why there is no trend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoTrend {
    /// Fewer than five unbroken years.
    Short,
    /// The method needs counts or intervals that are not there.
    NotTested,
}

/// Changes of one direction that follow each other, each beyond chance.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// How many.
    pub changes: u32,
    /// What they were found to be.
    pub movement: Movement,
    /// Where they began.
    pub from: (When, f64),
    /// Where they have come to.
    pub to: (When, f64),
}

/// A run that moved the figure further than authorities lie apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Turn {
    /// Its beginning, the year before its end, and its end.
    pub path: Vec<(When, f64)>,
    /// What it was found to be.
    pub movement: Movement,
    /// The first period of the next way of counting, with the lowest and highest figure since.
    pub since: Option<(When, f64, f64)>,
}

/// What several years show.
#[derive(Clone, Debug, PartialEq)]
pub struct History {
    /// The direction over five years, or why there is none.
    pub trend: Result<Movement, NoTrend>,
    /// Two changes or more that follow each other to the latest figure.
    pub run: Option<Run>,
    /// A turn within the latest years.
    pub turn: Option<Turn>,
}

impl History {
    pub(super) fn of(past: &[Past], measure: &Measure, trend: Option<IntervalSide>, spread: Option<f64>) -> History {
        let unbroken = past.iter().rev().take_while(|past| past.link == Link::Joined).count() + 1;
        let why = if unbroken < TREND_POINTS { NoTrend::Short } else { NoTrend::NotTested };
        let last = runs(past, measure).pop();
        let ends_now = |run: &(usize, usize, Movement)| run.1 + 1 == past.len();
        let run = last.filter(|run| ends_now(run) && run.1 - run.0 > 1).and_then(|run| told(past, run));
        let trend = trend.map(|side| Movement::tested(side, measure.polarity)).ok_or(why);
        History { trend, run, turn: turn(past, measure, spread) }
    }
}

fn told(past: &[Past], (start, end, movement): (usize, usize, Movement)) -> Option<Run> {
    let at = |index: usize| Some((past[index].when.clone(), past[index].seen.value?));
    Some(Run { changes: (end - start) as u32, movement, from: at(start)?, to: at(end)? })
}

/// Every stretch of tested changes of one direction, as its first and last place in `past`.
fn runs(past: &[Past], measure: &Measure) -> Vec<(usize, usize, Movement)> {
    let mut runs: Vec<(usize, usize, Movement)> = Vec::new();
    for at in 1..past.len() {
        let found =
            (past[at].link == Link::Joined).then(|| change::tested(&past[at - 1], &past[at], measure)).flatten();
        let Some((_, movement)) = found.filter(|(_, movement)| movement.way().is_some()) else { continue };
        match runs.last_mut() {
            Some(run) if run.1 + 1 == at && run.2.way() == movement.way() => run.1 = at,
            _ => runs.push((at - 1, at, movement)),
        }
    }
    runs
}

/// The latest run of an unbroken series that ended within the latest periods, if it moved by more than the spread.
fn turn(past: &[Past], measure: &Measure, spread: Option<f64>) -> Option<Turn> {
    let spread = spread?;
    let value = |at: usize| past[at].seen.value;
    let run = runs(past, measure).into_iter().rev().find(|(start, end, _)| {
        let series_end = (*end + 1..past.len()).find(|at| past[*at].link != Link::Joined).unwrap_or(past.len()) - 1;
        let moved = value(*start).zip(value(*end)).is_some_and(|(from, to)| (to - from).abs() > spread);
        moved && past.len() - 1 - series_end < RECENT && past.len() - 1 - *end < RECENT
    })?;
    let (start, end, movement) = run;
    let mut at = vec![start, end - 1, end];
    at.dedup();
    let path = at.into_iter().filter_map(|at| Some((past[at].when.clone(), value(at)?))).collect();
    let next = (end + 1..past.len()).find(|at| matches!(past[*at].link, Link::Break(_)));
    let since = next.and_then(|at| {
        let later: Vec<f64> = past[at..].iter().filter_map(|past| past.seen.value).collect();
        let (low, high) = (later.iter().copied().reduce(f64::min)?, later.iter().copied().reduce(f64::max)?);
        Some((past[at].when.clone(), low, high))
    });
    Some(Turn { path, movement, since })
}

impl Turn {
    /// Which way it went.
    pub fn way(&self) -> Option<Way> {
        self.movement.way()
    }
}
