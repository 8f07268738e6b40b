//! A release that restates figures of an older one by more than it may: the counts by measure and the largest change.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::cells::{about, asked, place_of, shown};
use crate::finding::Finding;
use crate::frame::Frame;
use crate::period::PeriodKey;
use crate::pipeline::{Release, Restatement, Tolerance};
use crate::schema::{Periods, column};

/// Restated figures of one measure between two releases.
#[derive(Default)]
struct Restated {
    compared: usize,
    /// Old and new row of each that changed by more than it may, and by how much.
    changed: Vec<(usize, usize, f64)>,
}

/// Changes that a finding names.
const NAMED: usize = 20;

/// One finding a measure and pair of releases, each release against the one before that has the figure.
pub(super) fn restated(declared: &Restatement, frame: &Frame) -> Result<Vec<Finding>, Finding> {
    let (measure, release, values) =
        (frame.get(column::Measure)?, frame.get(column::Release)?, frame.get(column::Value)?);
    let tolerance = Tolerance { points: declared.points, percent: declared.percent };
    let mut found: BTreeMap<(usize, usize, usize), Restated> = BTreeMap::new();
    let mut figures: Vec<Vec<usize>> = by_figure(declared, frame)?.into_values().collect();
    // Of two changes of one size the one that stands first in the table is named.
    figures.sort();
    for mut rows in figures {
        rows.sort_by(|&a, &b| order(release.word(a), release.word(b)));
        for pair in rows.windows(2) {
            let [old, new] = [pair[0], pair[1]];
            let key = (measure.codes.get(new), release.codes.get(old), release.codes.get(new));
            if key.1 == key.2 {
                continue;
            }
            let slot = found.entry(key).or_default();
            slot.compared += 1;
            if tolerance.is_passed(values[old], values[new]) {
                slot.changed.push((old, new, (values[new] - values[old]).abs()));
            }
        }
    }
    let mut findings = Vec::new();
    for ((code, older, newer), mut restated) in found {
        restated.changed.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.1.cmp(&b.1)));
        let Some(&(_, worst, _)) = restated.changed.first() else { continue };
        let words = |&(old, new, _): &(usize, usize, f64)| {
            Ok(format!("{}: {} became {}", about(frame, new)?, shown(values[old]), shown(values[new])))
        };
        let named = restated.changed.iter().take(NAMED).map(words).collect::<Result<Vec<String>, Finding>>()?;
        let message = format!(
            "`{}`: release {} restates {} of {} figures of release {} by more than {}; most in {}",
            measure.words[code],
            release.words[newer],
            restated.changed.len(),
            restated.compared,
            release.words[older],
            tolerance.words(),
            named.join("; ")
        );
        let help = "look for a note of the publisher; if the newer figure is wrong add a `[[correction]]`, if the count is made anew declare a `[[break]]`";
        findings.push(Finding::new(declared.severity, "restated", message, help).at(place_of(frame, worst)?));
    }
    Ok(findings)
}

fn order(one: &str, other: &str) -> Ordering {
    Release::new(one).partial_cmp(&Release::new(other)).unwrap_or(Ordering::Equal)
}

/// Measure, period, level, area and breakdown.
type FigureKey = (usize, PeriodKey, [usize; 5]);

/// The rows with a number of each figure, whatever the release writes its period as.
fn by_figure(declared: &Restatement, frame: &Frame) -> Result<FxHashMap<FigureKey, Vec<usize>>, Finding> {
    let (measure, periods) = (frame.get(column::Measure)?, Periods::of(frame)?);
    let (level, ons, name) = (frame.get(column::Level)?, frame.get(column::OnsCode)?, frame.get(column::AreaName)?);
    let (topic, breakdown) = (frame.get(column::BreakdownTopic)?, frame.get(column::Breakdown)?);
    let values = frame.get(column::Value)?;
    let wanted = asked(&measure, &declared.measures);
    let mut figures: FxHashMap<FigureKey, Vec<usize>> = FxHashMap::default();
    for row in (0..frame.height()).filter(|&row| wanted[measure.codes.get(row)] && !values[row].is_nan()) {
        let place = [&level, &ons, &name, &topic, &breakdown].map(|column| column.codes.get(row));
        figures.entry((measure.codes.get(row), periods.key(row), place)).or_default().push(row);
    }
    Ok(figures)
}
