//! The breakdowns of a topic add up to the whole, within the publisher's rounding. Where a part is withheld the others
//! may at least not be more than the whole.

use rustc_hash::FxHashMap;

use super::cells::{about, adds_up, asked, fitting, pair, place_of, shown};
use super::totals::Sums;
use crate::finding::Finding;
use crate::frame::Frame;
use crate::pipeline::{Parts, Pipeline};
use crate::schema::{TOTAL, column};

/// The worst case of a measure, and how many there are.
struct Wrong {
    times: usize,
    row: usize,
    gap: f64,
    words: String,
}

/// One finding a measure whose parts do not make the whole.
pub(super) fn differ(declared: &Parts, pipeline: &Pipeline, frame: &Frame) -> Result<Vec<Finding>, Finding> {
    if frame.get(column::BreakdownTopic)?.code(&declared.topic).is_none() {
        return Ok(vec![super::unknown(pipeline, "parts", &declared.topic)]);
    }
    let measure = frame.get(column::Measure)?;
    let rounded_to = declared.rounded_to.or(pipeline.checks.total.as_ref().map(|total| total.rounded_to));
    let mut wrong: FxHashMap<usize, Wrong> = FxHashMap::default();
    let mut tested: FxHashMap<usize, usize> = FxHashMap::default();
    for sums in sums(declared, frame)?.values() {
        let Some((whole, row)) = sums.whole.filter(|_| sums.count > 0) else { continue };
        let code = measure.codes.get(row);
        *tested.entry(code).or_default() += 1;
        let Some(gap) = sums.gap(rounded_to.unwrap_or_default()) else { continue };
        let slot = wrong.entry(code).or_insert(Wrong { times: 0, row, gap: 0.0, words: String::new() });
        slot.times += 1;
        if gap > slot.gap {
            let withheld = if sums.incomplete { ", though one is withheld" } else { "" };
            let words =
                format!("{} parts make {}{withheld}, the whole is {}", sums.count, shown(sums.parts), shown(whole));
            *slot = Wrong { times: slot.times, row, gap, words };
        }
    }
    let mut wrong: Vec<(usize, Wrong)> = wrong.into_iter().collect();
    wrong.sort_by_key(|(code, _)| *code);
    let said = wrong.into_iter().map(|(code, wrong)| {
        let message = format!(
            "`{}`: the parts of `{}` do not add up to the whole in {} of {} cases; most in {}: {}",
            measure.words[code],
            declared.topic,
            wrong.times,
            tested[&code],
            about(frame, wrong.row)?,
            wrong.words
        );
        let help = "look at the rows of that area in the file: a part is missing, counted twice or not one of them; if the publisher rounds, say `rounded_to`";
        Ok(Finding::new(declared.severity, "parts-differ", message, help).at(place_of(frame, wrong.row)?))
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
