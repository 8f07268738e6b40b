//! The rows of observations as counts: their words, what they show, and what adds up to what where the records are not known.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::network::{Identity, Network};
use crate::finding::Finding;
use crate::frame::{Coded, Frame};
use crate::period::PeriodKey;
use crate::pipeline::{Pipeline, Unit};
use crate::schema::{Periods, TOTAL, column};
use crate::statistics::suppression::{Standing, Sum};

/// A period in the words of a key.
pub(super) fn in_words(period: PeriodKey) -> [String; 2] {
    [period.end().to_string(), period.length().to_string()]
}

/// The words of a key, with the number of each in it.
const RELEASE: usize = 0;
/// How many of the words are the period's; the columns of words are without them.
const PERIOD: usize = 2;
const LEVEL: usize = 3;
const TOPIC: usize = 6;
const MEASURE: usize = 8;

/// The columns that protection reads.
pub(super) struct Rows<'a> {
    /// Release, level, codes of the area, topic, breakdown and measure.
    words: [Coded<'a>; 7],
    periods: Periods<'a>,
    values: &'a [f64],
    numerators: &'a [f64],
    denominators: &'a [f64],
    /// The number of its first row among those of all tables that are protected together.
    first: usize,
}

impl<'a> Rows<'a> {
    /// # Errors
    /// A column is not there.
    pub fn of(frame: &'a Frame, first: usize) -> Result<Rows<'a>, Finding> {
        Ok(Rows {
            words: [
                frame.get(column::Release)?,
                frame.get(column::Level)?,
                frame.get(column::LaCode)?,
                frame.get(column::OnsCode)?,
                frame.get(column::BreakdownTopic)?,
                frame.get(column::Breakdown)?,
                frame.get(column::Measure)?,
            ],
            periods: Periods::of(frame)?,
            values: frame.get(column::Value)?,
            numerators: frame.get(column::Numerator)?,
            denominators: frame.get(column::Denominator)?,
            first,
        })
    }

    /// The number of its first row among those of all tables.
    pub fn first(&self) -> usize {
        self.first
    }

    /// The numbers of its rows among those of all tables.
    fn range(&self) -> std::ops::Range<usize> {
        self.first..self.first + self.height()
    }

    /// How many rows there are.
    pub fn height(&self) -> usize {
        self.values.len()
    }

    /// Release, last day and length of the period, level, codes of the area, topic, breakdown and measure of a row: the
    /// same whatever the spelling of the period.
    pub fn key(&self, row: usize) -> Vec<String> {
        let words = |words: &[Coded<'_>]| words.iter().map(|words| words.word(row).to_owned()).collect::<Vec<String>>();
        [words(&self.words[..1]), in_words(self.periods.key(row)).to_vec(), words(&self.words[1..])].concat()
    }

    /// The same whatever the release.
    fn figure(&self, row: usize) -> Vec<String> {
        self.key(row).split_off(RELEASE + 1)
    }

    /// Puts what the rows count into the network: a count by the name of its column, so that two measures with one
    /// denominator have one figure; and the sums that breakdowns, areas and shares form.
    pub fn counts(&self, network: &mut Network, pipeline: &Pipeline) {
        let mut cells: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        for row in 0..self.height() {
            let found = self.row(network, pipeline, row);
            for (name, place) in &found {
                let mut key = self.key(row);
                key[MEASURE].clone_from(name);
                cells.insert(key, *place);
                network.show(*place, self.first + row, self.words[TOPIC - PERIOD].word(row) == TOTAL);
            }
            if let [(_, part), (_, whole)] = found.as_slice() {
                network.add_up(*whole, vec![*part]);
            }
            if found.is_empty() && self.values[row].is_finite() {
                network.unprotected.push(self.first + row);
            }
        }
        add_breakdowns(network, &cells);
        add_areas(network, &cells);
    }

    /// The counts of a row with the names of their columns: a number alone, or numerator and denominator.
    fn row(&self, network: &mut Network, pipeline: &Pipeline, row: usize) -> Vec<(String, usize)> {
        let name = self.words[MEASURE - PERIOD].word(row);
        let Some(measure) = pipeline.measures.get(name) else { return Vec::new() };
        let alone = measure.unit == Unit::Number;
        let counts = match alone {
            true => vec![(measure.numerator.as_deref().unwrap_or(name), self.values[row])],
            false => vec![
                (measure.numerator.as_deref().unwrap_or(name), self.numerators[row]),
                (measure.denominator.as_deref().unwrap_or(name), self.denominators[row]),
            ],
        };
        let mut found = Vec::new();
        for (column, count) in counts {
            if count.is_finite() && count >= 0.0 {
                let mut key = self.key(row);
                key[MEASURE] = column.to_owned();
                found.push((column.to_owned(), network.count(Identity::Named(key), count.round() as u64)));
            }
        }
        found
    }

    /// The same figure of two releases: their difference must give nothing away either.
    pub fn releases(&self, network: &mut Network) {
        let mut same: FxHashMap<Vec<String>, Vec<usize>> = FxHashMap::default();
        for (place, rows) in &network.shown_in(&self.range()) {
            for key in rows.iter().map(|&row| self.figure(row - self.first)) {
                let places = same.entry(key).or_default();
                if !places.contains(place) {
                    places.push(*place);
                }
            }
        }
        for places in same.values().filter(|places| places.len() > 1) {
            for pair in places.windows(2) {
                differ(network, pair[0], pair[1]);
            }
        }
    }

    /// What was published of these figures before is known for good: where it differs, so is the difference.
    pub fn published_before(&self, network: &mut Network, before: &Rows<'_>) {
        let mut known: FxHashMap<Vec<String>, [f64; 3]> = FxHashMap::default();
        for row in 0..before.height() {
            let figures = [before.values[row], before.numerators[row], before.denominators[row]];
            known.insert(before.key(row), figures);
        }
        for (place, rows) in network.shown_in(&self.range()) {
            let count = network.figures[place].count;
            for row in rows.into_iter().map(|row| row - self.first) {
                let Some(old) = known.get(&self.key(row)) else { continue };
                let now = [self.values[row], self.numerators[row], self.denominators[row]];
                for (now, old) in now.into_iter().zip(old) {
                    if now == count as f64 && old.is_finite() && old.fract() == 0.0 && *old != now {
                        let old = network.nameless(*old as i64, Standing::Public);
                        differ(network, place, old);
                    }
                }
            }
        }
    }
}

/// The larger of two counts is the smaller and their difference, which nobody prints.
fn differ(network: &mut Network, one: usize, other: usize) {
    let (larger, smaller) = match network.figures[one].count >= network.figures[other].count {
        true => (one, other),
        false => (other, one),
    };
    let left = network.figures[larger].count - network.figures[smaller].count;
    if left > 0 && larger != smaller {
        let difference = network.nameless(left, Standing::Implied);
        network.sums.push(Sum { whole: larger, parts: vec![smaller, difference] });
    }
}

/// The breakdowns of a topic against the whole of the same area, period and column.
fn add_breakdowns(network: &mut Network, cells: &BTreeMap<Vec<String>, usize>) {
    let mut topics: BTreeMap<(Vec<String>, String), Vec<usize>> = BTreeMap::new();
    for (key, &place) in cells.iter().filter(|(key, _)| key[TOPIC] != TOTAL) {
        let mut whole = key.clone();
        let topic = std::mem::replace(&mut whole[TOPIC], TOTAL.to_owned());
        TOTAL.clone_into(&mut whole[TOPIC + 1]);
        topics.entry((whole, topic)).or_default().push(place);
    }
    for ((whole, _), parts) in topics {
        if let Some(&whole) = cells.get(&whole) {
            network.add_up(whole, parts);
        }
    }
}

/// The areas of each level against England.
fn add_areas(network: &mut Network, cells: &BTreeMap<Vec<String>, usize>) {
    let mut levels: BTreeMap<(Vec<String>, String), Vec<usize>> = BTreeMap::new();
    let bare = |key: &[String]| -> Vec<String> {
        key.iter().enumerate().filter(|(at, _)| !(LEVEL..TOPIC).contains(at)).map(|(_, word)| word.clone()).collect()
    };
    let mut wholes: BTreeMap<Vec<String>, usize> = BTreeMap::new();
    for (key, &place) in cells {
        if key[LEVEL] == "country" {
            wholes.insert(bare(key), place);
        } else {
            levels.entry((bare(key), key[LEVEL].clone())).or_default().push(place);
        }
    }
    for ((key, _), parts) in levels {
        if let Some(&whole) = wholes.get(&key) {
            network.add_up(whole, parts);
        }
    }
}
