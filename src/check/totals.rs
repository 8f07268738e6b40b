//! The parts add up to the whole, within the publisher's rounding: regions to England, authorities to regions.

use rustc_hash::FxHashMap;

use crate::area::Level;
use crate::finding::{Finding, Place};
use crate::frame::Frame;
use crate::pipeline::{Pipeline, Total, Unit};
use crate::schema::column;

/// Sum, number and completeness of the parts of one whole, and the whole itself with its row.
#[derive(Default)]
pub(super) struct Sums {
    /// The sum of the parts that are there.
    pub parts: f64,
    pub count: usize,
    /// Whether a part has no figure.
    pub incomplete: bool,
    /// Whether a part is below nothing, as money may be.
    negative: bool,
    pub whole: Option<(f64, usize)>,
}

impl Sums {
    /// Adds a part, which is not there where it is NaN.
    pub fn add(&mut self, value: f64) {
        self.count += 1;
        if value.is_nan() {
            self.incomplete = true;
        } else {
            self.negative |= value < 0.0;
            self.parts += value;
        }
    }

    /// Sets the whole, which stands in `row`.
    pub fn set_whole(&mut self, value: f64, row: usize) {
        self.whole = (!value.is_nan()).then_some((value, row));
    }

    /// How far the parts are from the whole, where that is more than figures rounded to `rounded_to` may be. With a
    /// part withheld the others are only too many where they are more than the whole.
    pub fn gap(&self, rounded_to: f64) -> Option<f64> {
        let (whole, _) = self.whole?;
        let slack = rounded_to * 0.5 * (self.count as f64 + 1.0) + 1e-6;
        let over = self.parts - whole;
        let gap = match (self.incomplete, self.negative) {
            (false, _) => over.abs(),
            (true, false) => over,
            (true, true) => return None,
        };
        (gap > slack).then_some(gap)
    }
}

/// Counts whose parts do not add up, one finding a measure with the worst case.
pub(super) fn cross_foot(pipeline: &Pipeline, frame: &Frame) -> Result<Vec<Finding>, Finding> {
    let Some(total) = &pipeline.checks.total else { return Ok(Vec::new()) };
    if total.parts != "region" || total.whole != "country" {
        let message =
            format!("`total` checks regions against the country, not `{}` against `{}`", total.parts, total.whole);
        return Ok(vec![
            Finding::error("check-unknown", message, "write `total = { parts = \"region\", whole = \"country\" }`")
                .at(Place::file(&pipeline.path)),
        ]);
    }
    let sums = sums(total, frame)?;
    let (measure, period) = (frame.get(column::Measure)?, frame.get(column::Period)?);
    let (topic, breakdown) = (frame.get(column::BreakdownTopic)?, frame.get(column::Breakdown)?);
    let mut wrong: FxHashMap<usize, (usize, usize, f64, f64, usize)> = FxHashMap::default();
    let mut tested: FxHashMap<usize, usize> = FxHashMap::default();
    for sum in sums.values() {
        let Some((whole, row)) = sum.whole.filter(|_| sum.count > 0) else { continue };
        let code = measure.codes.get(row);
        *tested.entry(code).or_default() += 1;
        if let Some(gap) = sum.gap(total.rounded_to) {
            let slot = wrong.entry(code).or_insert((0, row, 0.0, 0.0, sum.count));
            slot.0 += 1;
            if gap > (slot.2 - slot.3).abs() {
                (slot.1, slot.2, slot.3, slot.4) = (row, sum.parts, whole, sum.count);
            }
        }
    }
    let mut findings: Vec<(usize, Finding)> = wrong
        .into_iter()
        .map(|(code, (times, row, parts, whole, count))| {
            let message = format!(
                "`{}`: the regions do not add up to England in {times} of {} cases; most in {}, {} / {}: {count} regions make {parts}, England is {whole}",
                measure.words[code], tested[&code], period.word(row), topic.word(row), breakdown.word(row)
            );
            let help = "a part is missing, counted twice or suppressed within the total: look at the rows named; if the publisher rounds, say `rounded_to`";
            (code, Finding::warning("total-differs", message, help).at(Place::file(&pipeline.path)))
        })
        .collect();
    findings.sort_by_key(|(code, _)| *code);
    Ok(findings.into_iter().map(|(_, finding)| finding).collect())
}

/// One sum for each measure, period and breakdown. London counts once: as London, or as Inner and Outer London.
fn sums(total: &Total, frame: &Frame) -> Result<FxHashMap<[usize; 5], Sums>, Finding> {
    let (level, measure, unit) = (frame.get(column::Level)?, frame.get(column::Measure)?, frame.get(column::Unit)?);
    let (period, identifier) = (frame.get(column::Period)?, frame.get(column::PeriodIdentifier)?);
    let (topic, breakdown, ons) =
        (frame.get(column::BreakdownTopic)?, frame.get(column::Breakdown)?, frame.get(column::OnsCode)?);
    let (values, latest) = (frame.get(column::Value)?, frame.get(column::Latest)?);
    let (country, region) = (level.code(Level::Country.word()), level.code(Level::Region.word()));
    let counts = [Unit::Number, Unit::Pounds].map(|kind| unit.code(kind.word()));
    let has_london = ons.code("E12000007").is_some();
    let mut sums: FxHashMap<[usize; 5], Sums> = FxHashMap::default();
    for row in 0..frame.height() {
        let here = Some(level.codes.get(row));
        if !latest.get_bit(row) || !(here == country || here == region) {
            continue;
        }
        let name = measure.word(row);
        let wanted = if total.measures.is_empty() {
            counts.contains(&Some(unit.codes.get(row)))
        } else {
            total.measures.iter().any(|wanted| wanted == name)
        };
        if !wanted {
            continue;
        }
        let key = [
            measure.codes.get(row),
            period.codes.get(row),
            identifier.codes.get(row),
            topic.codes.get(row),
            breakdown.codes.get(row),
        ];
        let sum = sums.entry(key).or_default();
        if here == country {
            sum.set_whole(values[row], row);
        } else if !(has_london && ons.word(row).starts_with("E13")) {
            sum.add(values[row]);
        }
    }
    Ok(sums)
}
