//! The breakdowns of a topic add up to the whole, within the publisher's rounding. Where a part is withheld the others
//! may at least not be more than the whole.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::cells::{about, adds_up, asked, fitting, pair, place_of, shown};
use super::totals::Sums;
use crate::finding::Finding;
use crate::frame::Frame;
use crate::pipeline::{Parts, Pipeline};
use crate::schema::{TOTAL, column};

/// One case of a measure.
struct Wrong {
    row: usize,
    gap: f64,
    words: String,
}

/// Cases that a finding names.
const NAMED: usize = 20;

/// One finding a measure whose parts do not make the whole.
pub(super) fn differ(declared: &Parts, pipeline: &Pipeline, frame: &Frame) -> Result<Vec<Finding>, Finding> {
    if frame.get(column::BreakdownTopic)?.code(&declared.topic).is_none() {
        return Ok(vec![super::unknown(pipeline, frame, "parts", &declared.topic)?]);
    }
    let measure = frame.get(column::Measure)?;
    let rounded_to = declared.rounded_to.or(pipeline.checks.total.as_ref().map(|total| total.rounded_to));
    let mut wrong: BTreeMap<usize, Vec<Wrong>> = BTreeMap::new();
    let mut tested: FxHashMap<usize, usize> = FxHashMap::default();
    for sums in sums(declared, frame)?.values() {
        let Some((whole, row)) = sums.whole.filter(|_| sums.count > 0) else { continue };
        let code = measure.codes.get(row);
        *tested.entry(code).or_default() += 1;
        let Some(gap) = sums.gap(rounded_to.unwrap_or_default()) else { continue };
        let withheld = if sums.incomplete { ", though one is withheld" } else { "" };
        let words = format!("{} parts make {}{withheld}, the whole is {}", sums.count, shown(sums.parts), shown(whole));
        wrong.entry(code).or_default().push(Wrong { row, gap, words });
    }
    let said = wrong.into_iter().map(|(code, mut wrong)| {
        wrong.sort_by(|a, b| b.gap.total_cmp(&a.gap).then(a.row.cmp(&b.row)));
        let words = |case: &Wrong| Ok(format!("{}: {}", about(frame, case.row)?, case.words));
        let named = wrong.iter().take(NAMED).map(words).collect::<Result<Vec<String>, Finding>>()?;
        let message = format!(
            "`{}`: the parts of `{}` do not add up to the whole in {} of {} cases; most in {}",
            measure.words[code],
            declared.topic,
            wrong.len(),
            tested[&code],
            named.join("; ")
        );
        let help = "look at the rows of that area in the file: a part is missing, counted twice or not one of them; if the publisher rounds, say `rounded_to`";
        let place = wrong.first().map(|case| place_of(frame, case.row)).transpose()?;
        Ok(Finding::new(declared.severity, "parts-differ", message, help).at(place.unwrap_or_default()))
    });
    said.collect()
}

/// One sum for each measure, period and area.
fn sums(declared: &Parts, frame: &Frame) -> Result<FxHashMap<[usize; 6], Sums>, Finding> {
    let (measure, unit, level) = (frame.get(column::Measure)?, frame.get(column::Unit)?, frame.get(column::Level)?);
    let (period, identifier) = (frame.get(column::Period)?, frame.get(column::PeriodIdentifier)?);
    let (ons, name) = (frame.get(column::OnsCode)?, frame.get(column::AreaName)?);
    let (topic, breakdown) = (frame.get(column::BreakdownTopic)?, frame.get(column::Breakdown)?);
    let (values, latest) = (frame.get(column::Value)?, frame.get(column::Latest)?);
    let (wanted, counts) = (asked(&measure, &declared.measures), adds_up(&unit));
    let mut is_part = fitting(&breakdown.words, &declared.breakdowns);
    if let Some(all) = breakdown.code(TOTAL).filter(|_| declared.breakdowns.is_empty()) {
        // Some publishers print the whole once more among the parts.
        is_part[all] = false;
    }
    let (whole_topic, whole_breakdown) = pair(&declared.whole);
    let whole = (topic.code(whole_topic), breakdown.code(whole_breakdown));
    let part_topic = topic.code(&declared.topic);
    let mut sums: FxHashMap<[usize; 6], Sums> = FxHashMap::default();
    for row in 0..frame.height() {
        let code = measure.codes.get(row);
        if !latest.get_bit(row) || !wanted[code] || (declared.measures.is_empty() && !counts[unit.codes.get(row)]) {
            continue;
        }
        let here = (Some(topic.codes.get(row)), Some(breakdown.codes.get(row)));
        let is_whole = here == whole;
        if !is_whole && (here.0 != part_topic || !is_part[breakdown.codes.get(row)]) {
            continue;
        }
        let key = [
            code,
            period.codes.get(row),
            identifier.codes.get(row),
            level.codes.get(row),
            ons.codes.get(row),
            name.codes.get(row),
        ];
        let slot = sums.entry(key).or_default();
        if is_whole { slot.set_whole(values[row], row) } else { slot.add(values[row]) }
    }
    Ok(sums)
}
