//! The parts add up to the whole, within the publisher's rounding: regions to England, authorities to regions.

use rustc_hash::FxHashMap;

use crate::area::Level;
use crate::finding::{Finding, Place};
use crate::observations::Frame;
use crate::pipeline::{Pipeline, Total, Unit};

/// Sum, number and completeness of the parts of one whole, and the whole itself with its row.
#[derive(Default)]
struct Sums {
    parts: f64,
    count: usize,
    incomplete: bool,
    whole: Option<(f64, usize)>,
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
    let (measure, period) = (frame.coded("measure")?, frame.coded("period")?);
    let (topic, breakdown) = (frame.coded("breakdown_topic")?, frame.coded("breakdown")?);
    let mut wrong: FxHashMap<usize, (usize, usize, f64, f64, usize)> = FxHashMap::default();
    let mut tested: FxHashMap<usize, usize> = FxHashMap::default();
    for sum in sums.values() {
        let Some((whole, row)) = sum.whole.filter(|_| sum.count > 0 && !sum.incomplete) else { continue };
        let code = measure.codes.get(row);
        *tested.entry(code).or_default() += 1;
        let slack = total.rounded_to * 0.5 * (sum.count as f64 + 1.0) + 1e-6;
        let gap = (sum.parts - whole).abs();
        if gap > slack {
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
    let (level, measure, unit) = (frame.coded("level")?, frame.coded("measure")?, frame.coded("unit")?);
    let (period, identifier) = (frame.coded("period")?, frame.coded("period_identifier")?);
    let (topic, breakdown, ons) =
        (frame.coded("breakdown_topic")?, frame.coded("breakdown")?, frame.coded("ons_code")?);
    let (values, latest) = (frame.floats("value")?, frame.truths("latest")?);
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
            sum.whole = (!values[row].is_nan()).then_some((values[row], row));
        } else if !(has_london && ons.word(row).starts_with("E13")) {
            sum.count += 1;
            sum.incomplete |= values[row].is_nan();
            sum.parts += values[row];
        }
    }
    Ok(sums)
}
