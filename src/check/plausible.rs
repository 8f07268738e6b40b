//! Figures that cannot be: outside the declared range, a share above its whole, a count below nothing.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::cells::place_of;
use crate::finding::Finding;
use crate::frame::Frame;
use crate::pipeline::{Measure, Pipeline, Unit};
use crate::schema::column;

/// One finding a measure and kind, with how often and the first place.
pub(super) fn impossible(
    pipeline: &Pipeline,
    measures: &BTreeMap<String, Measure>,
    frame: &Frame,
) -> Result<Vec<Finding>, Finding> {
    let measure = frame.get(column::Measure)?;
    let (values, tops, bottoms) =
        (frame.get(column::Value)?, frame.get(column::Numerator)?, frame.get(column::Denominator)?);
    let latest = frame.get(column::Latest)?;
    let limits: Vec<Limits> = measure.words.iter().map(|name| limits(pipeline, measures, name)).collect();
    let mut found: FxHashMap<(usize, &'static str), (usize, usize)> = FxHashMap::default();
    for row in 0..frame.height() {
        if values[row].is_nan() || !latest.get_bit(row) {
            continue;
        }
        let code = measure.codes.get(row);
        let limits = &limits[code];
        let outside = limits.range.is_some_and(|[low, high]| values[row] < low || values[row] > high);
        let above = limits.share && tops[row] > bottoms[row];
        let kind = match (outside, above) {
            (true, _) => "out-of-range",
            (false, true) => "numerator-above-denominator",
            (false, false) => continue,
        };
        found.entry((code, kind)).or_insert((0, row)).0 += 1;
    }
    let mut found: Vec<_> = found.into_iter().collect();
    found.sort_unstable();
    let mut findings = Vec::new();
    for ((code, kind), (times, row)) in found {
        let name = measure.words[code];
        let place = place_of(frame, row)?;
        findings.push(
            match (kind, limits[code].range) {
                ("out-of-range", Some([low, high])) => Finding::error(
                    kind,
                    format!("`{name}` is outside {low} to {high} in {times} rows; first {}", values[row]),
                    "if the figure is the publisher's error add a `[[correction]]`, if it is right widen `range`",
                ),
                _ => Finding::warning(
                    kind,
                    format!(
                        "`{name}` has a numerator above its denominator in {times} rows; first {} of {}",
                        tops[row], bottoms[row]
                    ),
                    "check that the two columns belong together; if they do, tell the publisher",
                ),
            }
            .at(place),
        );
    }
    Ok(findings)
}

struct Limits {
    range: Option<[f64; 2]>,
    share: bool,
}

fn limits(pipeline: &Pipeline, measures: &BTreeMap<String, Measure>, name: &str) -> Limits {
    let share = measures.get(name).is_some_and(|measure| measure.unit == Unit::Percent);
    Limits { range: pipeline.checks.range.get(name).copied(), share }
}
