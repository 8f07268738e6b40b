//! The regions add up to England, within the rounding that a pipeline declares. What is withheld or not there is no
//! excuse for the others to be more than the whole. What adds up unasked is in `sums`.

use std::collections::BTreeMap;

use super::cells::{about, adds_up, place_of, shown};
use super::cube::{Cube, ENGLAND};
use super::lines::Line;
use crate::finding::{Finding, Place};
use crate::pipeline::{Pipeline, Total};

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

/// Cases that a finding names.
const NAMED: usize = 20;

/// A measure in a period and breakdown whose regions do not make England.
struct Wrong {
    row: usize,
    gap: f64,
    count: usize,
    parts: f64,
    whole: f64,
}

/// Counts whose regions do not add up, one finding a measure with the cases, the worst first.
pub(super) fn cross_foot(pipeline: &Pipeline, cube: &Cube<'_>, lines: &[Line]) -> Result<Vec<Finding>, Finding> {
    let Some(total) = &pipeline.checks.total else { return Ok(Vec::new()) };
    match (total.parts.as_str(), total.whole.as_str()) {
        ("region", "country") => {}
        // Held against each other in every table.
        ("authority", "region" | "country") => return Ok(Vec::new()),
        (parts, whole) => {
            let message = format!("`total` does not check `{parts}` against `{whole}`");
            let help = "write `total = { parts = \"region\", whole = \"country\" }`, or `authority` and `region`";
            return Ok(vec![Finding::error("check-unknown", message, help).at(Place::file(&pipeline.path))]);
        }
    }
    let mut found: BTreeMap<usize, (usize, Vec<Wrong>)> = BTreeMap::new();
    for line in lines.iter().filter(|line| wanted(total, cube, line)) {
        let slot = found.entry(line.measure).or_default();
        for step in 0..line.steps.len() {
            let sums = regions(cube, line, step);
            let Some((whole, row)) = sums.whole.filter(|_| sums.count > 0) else { continue };
            slot.0 += 1;
            let gap = sums.gap(total.rounded_to);
            slot.1.extend(gap.map(|gap| Wrong { row, gap, count: sums.count, parts: sums.parts, whole }));
        }
    }
    let wrong = found.into_iter().filter(|(_, (_, wrong))| !wrong.is_empty());
    wrong.map(|(code, (tested, wrong))| finding(cube, code, tested, wrong)).collect()
}

/// Whether `total` is about the measure of `line`: every count, or those it names.
pub(super) fn wanted(total: &Total, cube: &Cube<'_>, line: &Line) -> bool {
    if total.measures.is_empty() {
        return adds_up(&cube.words.unit)[cube.unit_code(&line.steps[0].group)];
    }
    total.measures.iter().any(|name| name == cube.words.measure.words[line.measure])
}

/// England and its regions. London counts once: as London, or as Inner and Outer London, by what the period has.
fn regions(cube: &Cube<'_>, line: &Line, step: usize) -> Sums {
    let mut sums = Sums::default();
    if let Some(row) = line.row(step, ENGLAND) {
        sums.set_whole(cube.values[row], row);
    }
    let whole_london = cube.region("E12000007").is_some_and(|place| line.row(step, place).is_some());
    for place in cube.places.regions() {
        let Some(row) = line.row(step, place) else { continue };
        if !(whole_london && cube.words.ons.word(row).starts_with("E13")) {
            sums.add(cube.values[row]);
        }
    }
    sums
}

fn finding(cube: &Cube<'_>, measure: usize, tested: usize, mut wrong: Vec<Wrong>) -> Result<Finding, Finding> {
    wrong.sort_by(|a, b| b.gap.total_cmp(&a.gap).then(a.row.cmp(&b.row)));
    let words = |case: &Wrong| {
        let (parts, whole) = (shown(case.parts), shown(case.whole));
        Ok(format!("{}: {} regions make {parts}, England is {whole}", about(cube.frame, case.row)?, case.count))
    };
    let named = wrong.iter().take(NAMED).map(words).collect::<Result<Vec<String>, Finding>>()?;
    let more = if wrong.len() > NAMED { "; and others" } else { "" };
    let message = format!(
        "`{}`: the regions do not add up to England in {} of {tested} cases: {}{more}",
        cube.words.measure.words[measure],
        wrong.len(),
        named.join("; ")
    );
    let help = "a part is missing, counted twice or suppressed within the total: look at the rows named; if the publisher rounds, say `rounded_to`";
    let place = wrong.first().map(|case| place_of(cube.frame, case.row)).transpose()?;
    Ok(Finding::warning("total-differs", message, help).at(place.unwrap_or_default()))
}
