//! A percentage that is kept as a fraction: every figure of the measure lies within 0 and 1.

use super::accept::{About, Accepted};
use super::cells::{place_of, shown};
use super::cube::Cube;
use super::lines::Line;
use crate::finding::Finding;
use crate::pipeline::Pipeline;
use crate::schema::column;

/// Figures above nothing that must be there before all of them being small is no accident.
const ENOUGH: usize = 8;

/// One finding where no figure of a measure in percent is above 1. A declared `range` says that the scale was looked at,
/// and counts beside the shares say what they are.
pub(super) fn fraction(
    pipeline: &Pipeline,
    cube: &Cube<'_>,
    lines: &[&Line],
    accepted: &mut Accepted<'_>,
) -> Result<Option<Finding>, Finding> {
    let Some(line) = lines.first().filter(|line| line.unit.is_share()) else { return Ok(None) };
    let name = cube.words.measure.words[line.measure];
    if pipeline.checks.range.contains_key(name) {
        return Ok(None);
    }
    let bottoms = cube.frame.get(column::Denominator)?;
    let (mut count, mut most, mut first) = (0, 0.0f64, None);
    for line in lines {
        for step in 0..line.steps.len() {
            for (place, &value) in line.at(step).iter().enumerate().filter(|(_, value)| **value > 0.0) {
                let row = line.row(step, place).filter(|&row| bottoms[row].is_nan());
                if value > 1.0 || row.is_none() {
                    return Ok(None);
                }
                count += 1;
                most = most.max(value);
                first = first.or(row);
            }
        }
    }
    let Some(row) = first.filter(|_| count >= ENOUGH) else { return Ok(None) };
    let about = About { release: cube.words.release.word(row), area: ("", ""), period: ("", ""), measure: name };
    if accepted.takes(about) {
        return Ok(None);
    }
    let message = format!(
        "`{name}` is in percent, and none of its {count} figures above 0 is more than 1; the highest is {}",
        shown(most)
    );
    let help = format!(
        "if the file keeps shares of 1, say `scale = {{ {name} = 100 }}` in the block; if they are percent, say so with `range` under `[checks]`"
    );
    Ok(Some(Finding::warning("percent-as-fraction", message, help).at(place_of(cube.frame, row)?)))
}
