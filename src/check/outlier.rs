//! A change on the year before beyond a declared bound, or far from what the other authorities' figures did. Changes
//! across a declared break say nothing and are passed over.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::cells::{about, asked, place_of, shown};
use crate::area::Level;
use crate::finding::Finding;
use crate::frame::Frame;
use crate::period::{Breaks, Cadence, PeriodKey};
use crate::pipeline::{Measure, Outlier, Pipeline, Tolerance, Unit};
use crate::schema::{Periods, TOTAL, column};
use crate::statistics::dispersion::spread;
use crate::statistics::quantile::percentile;

/// Authorities whose changes must be there before they can be said to be far from the others'.
const ENOUGH: usize = 20;

/// Changes that a finding names.
const NAMED: usize = 20;

/// A figure and the one a year before, by row.
struct Change {
    old: usize,
    new: usize,
    /// In percent for counts, in the unit for everything else.
    size: f64,
}

/// One finding a measure, with how many changes are out of the ordinary and the largest.
pub(super) fn outliers(
    declared: &Outlier,
    pipeline: &Pipeline,
    measures: &BTreeMap<String, Measure>,
    frame: &Frame,
) -> Result<Vec<Finding>, Finding> {
    let (measure, values) = (frame.get(column::Measure)?, frame.get(column::Value)?);
    let tolerance = Tolerance { points: declared.points, percent: declared.percent };
    let mut found: BTreeMap<usize, (usize, Vec<Change>)> = BTreeMap::new();
    for ((code, _), changes) in changes(declared, pipeline, measures, frame)? {
        let slot = found.entry(code).or_default();
        slot.0 += changes.len();
        let far = far(declared, &changes);
        let beyond = changes
            .into_iter()
            .enumerate()
            .filter(|(at, change)| tolerance.is_passed(values[change.old], values[change.new]) || far.contains(at));
        slot.1.extend(beyond.map(|(_, change)| change));
    }
    let mut findings = Vec::new();
    for (code, (all, mut changes)) in found {
        changes.sort_by(|a, b| b.size.abs().total_cmp(&a.size.abs()).then(a.new.cmp(&b.new)));
        let Some(first) = changes.first() else { continue };
        let words = |change: &Change| {
            let (old, new) = (shown(values[change.old]), shown(values[change.new]));
            Ok(format!("{} ({old} to {new})", about(frame, change.new)?))
        };
        let named = changes.iter().take(NAMED).map(words).collect::<Result<Vec<String>, Finding>>()?;
        let message = format!(
            "`{}` changed on the year before by more than {} in {} of {all} cases; most {}",
            measure.words[code],
            bounds(declared),
            changes.len(),
            named.join(", ")
        );
        let help = "ask the authority or look for a note of the publisher; a known error is a `[[correction]]`, a change of method a `[[break]]`";
        let place = place_of(frame, first.new)?;
        findings.push(Finding::new(declared.severity, "outlier", message, help).at(place));
    }
    Ok(findings)
}

fn bounds(declared: &Outlier) -> String {
    let fixed = Tolerance { points: declared.points, percent: declared.percent }.words();
    let times = declared.times.map(|times| format!("{times} times the median absolute deviation of all changes"));
    [fixed, times.unwrap_or_default()].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" or ")
}

/// The places of the changes that are so many median absolute deviations from the median change.
fn far(declared: &Outlier, changes: &[Change]) -> Vec<usize> {
    let mut sizes: Vec<f64> = changes.iter().map(|change| change.size).collect();
    sizes.sort_by(f64::total_cmp);
    let middle = percentile(&sizes, 0.5);
    let spread = spread(&sizes.iter().copied().map(Some).collect::<Vec<_>>());
    let (Some(times), Some(middle), Some(spread)) = (declared.times, middle, spread) else { return Vec::new() };
    if changes.len() < ENOUGH || spread.mad <= 0.0 {
        return Vec::new();
    }
    let is_far = |change: &Change| (change.size - middle).abs() > times * spread.mad;
    changes.iter().enumerate().filter(|(_, change)| is_far(change)).map(|(at, _)| at).collect()
}

/// The authorities' changes of the whole, by measure and later period.
fn changes(
    declared: &Outlier,
    pipeline: &Pipeline,
    measures: &BTreeMap<String, Measure>,
    frame: &Frame,
) -> Result<BTreeMap<(usize, PeriodKey), Vec<Change>>, Finding> {
    let (measure, values, periods) = (frame.get(column::Measure)?, frame.get(column::Value)?, Periods::of(frame)?);
    let bottoms = frame.get(column::Denominator)?;
    // A rate is as firm as what it is out of.
    let size_of = |row: usize| if bottoms[row].is_nan() { values[row] } else { bottoms[row] };
    let breaks = Breaks::of(&pipeline.breaks, &periods.known(), pipeline.period_ends);
    let mut changes: BTreeMap<(usize, PeriodKey), Vec<Change>> = BTreeMap::new();
    for mut rows in series(declared, frame)?.into_values() {
        rows.sort_by_key(|&row| periods.key(row));
        for (at, &new) in rows.iter().enumerate() {
            let when = periods.key(new);
            let earlier = rows[..at].iter().rev().find(|&&old| periods.key(old).is_a_year_before(when));
            let Some(&old) = earlier else { continue };
            let code = measure.codes.get(new);
            let name = measure.words[code];
            if breaks.between(name, periods.ends[old], periods.ends[new]).is_some()
                || size_of(old).min(size_of(new)) < declared.minimum
            {
                continue;
            }
            let unit = measures.get(name).map(|measure| measure.unit);
            let relative = matches!(unit, Some(Unit::Number | Unit::Pounds) | None);
            let gap = values[new] - values[old];
            let size = match (relative, values[old] == 0.0) {
                (false, _) => gap,
                (true, false) => gap / values[old].abs() * 100.0,
                (true, true) => continue,
            };
            changes.entry((code, when)).or_default().push(Change { old, new, size });
        }
    }
    Ok(changes)
}

/// Rows by code of the measure, of the authority, and what their periods have in common.
type Series = FxHashMap<(usize, usize, Cadence), Vec<usize>>;

/// The rows with a number of each authority and measure.
fn series(declared: &Outlier, frame: &Frame) -> Result<Series, Finding> {
    let (measure, level, la) = (frame.get(column::Measure)?, frame.get(column::Level)?, frame.get(column::LaCode)?);
    let (topic, periods) = (frame.get(column::BreakdownTopic)?, Periods::of(frame)?);
    let (values, latest) = (frame.get(column::Value)?, frame.get(column::Latest)?);
    let (authority, whole) = (level.code(Level::Authority.word()), topic.code(TOTAL));
    let wanted = asked(&measure, &declared.measures);
    let mut series: Series = FxHashMap::default();
    for row in 0..frame.height() {
        let here = (Some(level.codes.get(row)), Some(topic.codes.get(row)));
        if here == (authority, whole) && latest.get_bit(row) && wanted[measure.codes.get(row)] && !values[row].is_nan()
        {
            let key = (measure.codes.get(row), la.codes.get(row), periods.key(row).cadence());
            series.entry(key).or_default().push(row);
        }
    }
    Ok(series)
}
