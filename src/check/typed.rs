//! A share typed among percentages in a council's own return: 0.87 beside 84, 85 and 86.
//!
//! In: the figures of a provisional table. Out: a warning for each such cell. Only figures that were typed are looked at,
//! not those worked out from counts.

use std::collections::BTreeMap;

use super::cells::place_of;
use crate::finding::Finding;
use crate::frame::Frame;
use crate::pipeline::{Measure, Pipeline};
use crate::schema::column;

/// The cells whose number is a hundredth of what stands beside it, of the same measure and authority.
pub(super) fn shares(
    pipeline: &Pipeline,
    measures: &BTreeMap<String, Measure>,
    frame: &Frame,
) -> Result<Vec<Finding>, Finding> {
    if !pipeline.provisional {
        return Ok(Vec::new());
    }
    let (measure, la) = (frame.get(column::Measure)?, frame.get(column::LaCode)?);
    let (values, tops) = (frame.get(column::Value)?, frame.get(column::Numerator)?);
    let latest = frame.get(column::Latest)?;
    let mut series: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for row in (0..frame.height()).filter(|&row| latest.get_bit(row) && values[row] > 0.0 && tops[row].is_nan()) {
        let code = measure.codes.get(row);
        if measures.get(measure.words[code]).is_some_and(|measure| measure.unit.is_share()) {
            series.entry((code, la.codes.get(row))).or_default().push(row);
        }
    }
    let mut findings = Vec::new();
    for ((code, _), rows) in series {
        let name = measure.words[code];
        let label = measures.get(name).map_or(name, |measure| measure.label.as_str());
        let (small, large): (Vec<usize>, Vec<usize>) = rows.into_iter().partition(|&row| values[row] <= 1.0);
        let low = large.iter().map(|&row| values[row]).fold(f64::INFINITY, f64::min);
        let high = large.iter().map(|&row| values[row]).fold(0.0, f64::max);
        // A percentage may well be below 1; a hundred times it is then not what stands beside it.
        let is_share = |value: f64| value < low / 10.0 && value * 100.0 >= low / 2.0 && value * 100.0 <= high * 2.0;
        for row in small.into_iter().filter(|&row| large.len() > 1 && is_share(values[row])) {
            let message = format!(
                "{} stands among percentages from {low} to {high} of `{label}`: it looks like a share typed where {} is meant",
                values[row],
                values[row] * 100.0
            );
            let help =
                "type the percentage, or format the cell as one (Excel then keeps the share and shows the percentage)";
            findings.push(Finding::warning("share-among-percentages", message, help).at(place_of(frame, row)?));
        }
    }
    Ok(findings)
}
