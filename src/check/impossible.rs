//! Figures that cannot be: outside the declared range, a count below nothing, a share above its whole.
//!
//! In: the observations. Out: an error a measure for a declared range; doubts for what nobody needs to declare. A range
//! that is declared says what may be, so that a share of change may be below nothing.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::cells::{about, place_of};
use super::cube::Cube;
use super::doubt::{Doubt, Why};
use crate::finding::Finding;
use crate::frame::Frame;
use crate::pipeline::{Measure, Pipeline, Unit};
use crate::schema::column;

/// What a measure may be.
struct Limits {
    range: Option<[f64; 2]>,
    share: bool,
    counts: bool,
}

fn limits(pipeline: &Pipeline, measures: &BTreeMap<String, Measure>, name: &str) -> Limits {
    let unit = measures.get(name).map(|measure| measure.unit);
    let signed = matches!(unit, Some(Unit::Pounds | Unit::Ratio | Unit::Score | Unit::Code));
    let range = pipeline.checks.range.get(name).copied();
    Limits { range, share: unit.is_some_and(Unit::is_share), counts: !signed }
}

/// What is slack for a share that is rounded: a hundredth of a percent.
const SLACK: f64 = 0.01;

/// One error a measure whose figures are outside their declared range; the other impossible figures go to `doubts`.
pub(super) fn impossible(
    pipeline: &Pipeline,
    measures: &BTreeMap<String, Measure>,
    cube: &Cube<'_>,
    doubts: &mut Vec<Doubt>,
) -> Result<Vec<Finding>, Finding> {
    let frame = cube.frame;
    let (values, measure, latest) = (cube.values, &cube.words.measure, frame.get(column::Latest)?);
    let (tops, bottoms) = (frame.get(column::Numerator)?, frame.get(column::Denominator)?);
    let limits: Vec<Limits> = measure.words.iter().map(|name| limits(pipeline, measures, name)).collect();
    let mut outside: FxHashMap<usize, (usize, usize)> = FxHashMap::default();
    for row in 0..frame.height() {
        if values[row].is_nan() || !latest.get_bit(row) {
            continue;
        }
        let code = measure.codes.get(row);
        let limits = &limits[code];
        if limits.range.is_some_and(|[low, high]| values[row] < low || values[row] > high) {
            outside.entry(code).or_insert((0, row)).0 += 1;
        } else if let Some((why, weight)) = doubted(limits, values[row], tops[row], bottoms[row]) {
            doubts.push(Doubt { row, why, weight, whole: true, newest: true });
        }
    }
    let mut outside: Vec<_> = outside.into_iter().collect();
    outside.sort_unstable();
    outside
        .into_iter()
        .map(|(code, (times, row))| out_of_range(frame, measure.words[code], &limits[code], times, row))
        .collect()
}

fn doubted(limits: &Limits, value: f64, top: f64, bottom: f64) -> Option<(Why, f64)> {
    if limits.counts && limits.range.is_none() && (value < 0.0 || bottom < 0.0) {
        return Some((Why::Negative, value.abs()));
    }
    if !limits.share {
        return None;
    }
    if top > bottom && bottom >= 0.0 {
        return Some((Why::AboveWhole(Some((top, bottom))), value));
    }
    (limits.range.is_none() && value > 100.0 + SLACK).then_some((Why::AboveWhole(None), value))
}

fn out_of_range(frame: &Frame, name: &str, limits: &Limits, times: usize, row: usize) -> Result<Finding, Finding> {
    let [low, high] = limits.range.unwrap_or_default();
    let value = frame.get(column::Value)?[row];
    let message =
        format!("`{name}` is outside {low} to {high} in {times} rows; first {value} in {}", about(frame, row)?);
    let help = "if the figure is the publisher's error add a `[[correction]]`, if it is right widen `range`";
    Ok(Finding::error("out-of-range", message, help).at(place_of(frame, row)?))
}
