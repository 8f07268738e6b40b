//! One figure in two returns: where another table has it as well, the two must agree.
//!
//! In: the figures that a check asks of two tables. Out: findings. Only `run` knows two tables, so that it calls this
//! when both are made; what is asked of a table is a small part of it.

use std::collections::BTreeMap;

use super::cells::{pair, shown};
use crate::finding::{Finding, Place};
use crate::frame::Frame;
use crate::period::{PeriodKey, means};
use crate::pipeline::{Pipeline, SameAs, Tolerance};
use crate::schema::{Periods, column};

/// A figure that a check asks of a table, with the words of a message.
#[derive(Clone, Debug, PartialEq)]
struct AskedFigure {
    value: f64,
    area: String,
    period: String,
    /// The period as published, and its identifier.
    written: (String, String),
    place: Place,
}

/// Figures of one measure and breakdown by period, level and 9-character code.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures(BTreeMap<(PeriodKey, String, String), AskedFigure>);

/// The latest numbers of `measure` in `breakdown` (`Topic=breakdown`, the total where empty).
///
/// # Errors
/// A frame that lacks a column: a mistake in the program, said as a finding.
pub fn figures(frame: &Frame, measure: &str, breakdown: &str) -> Result<Figures, Finding> {
    let (topic, part) = pair(breakdown);
    let (measures, level, ons) = (frame.get(column::Measure)?, frame.get(column::Level)?, frame.get(column::OnsCode)?);
    let (topics, parts) = (frame.get(column::BreakdownTopic)?, frame.get(column::Breakdown)?);
    let (periods, name) = (Periods::of(frame)?, frame.get(column::AreaName)?);
    let (values, latest) = (frame.get(column::Value)?, frame.get(column::Latest)?);
    let wanted = (measures.code(measure), topics.code(topic), parts.code(part));
    let mut figures = BTreeMap::new();
    for row in 0..frame.height() {
        let here = (Some(measures.codes.get(row)), Some(topics.codes.get(row)), Some(parts.codes.get(row)));
        if here != wanted || !latest.get_bit(row) || values[row].is_nan() || ons.word(row).is_empty() {
            continue;
        }
        let figure = AskedFigure {
            value: values[row],
            area: name.word(row).to_owned(),
            period: periods.label(row),
            written: (periods.code.word(row).to_owned(), periods.identifier.word(row).to_owned()),
            place: super::cells::place_of(frame, row)?,
        };
        figures.insert((periods.key(row), level.word(row).to_owned(), ons.word(row).to_owned()), figure);
    }
    Ok(Figures(figures))
}

/// One finding where the figures of `pipeline` and those of the other table are further apart than declared.
pub fn same_as(declared: &SameAs, pipeline: &Pipeline, here: &Figures, there: &Figures) -> Option<Finding> {
    let tolerance = Tolerance {
        points: declared.points.or(if declared.percent.is_none() { Some(0.0) } else { None }),
        percent: declared.percent,
    };
    let is_since = |((period, ..), figure): &(&(PeriodKey, String, String), &AskedFigure)| {
        means(&declared.since, (&figure.written.0, &figure.written.1), *period, pipeline.period_ends)
    };
    let since = here.0.iter().find(is_since).map(|((period, ..), _)| *period);
    if since.is_none() && !declared.since.is_empty() && !here.0.is_empty() {
        let message =
            format!("`same_as` starts in `{}`, a period that `{}` does not have", declared.since, declared.measure);
        let help = "write a period of the table, such as `202324`";
        return Some(
            Finding::warning("check-unknown", message, help).of(&pipeline.name, "").at(Place::file(&pipeline.path)),
        );
    }
    let (mut compared, mut times) = (0, 0);
    let mut worst: Option<(&AskedFigure, &AskedFigure)> = None;
    let gap = |one: &AskedFigure, other: &AskedFigure| (one.value - other.value).abs();
    for (key, one) in here.0.iter().filter(|((period, ..), _)| since.is_none_or(|since| *period >= since)) {
        let Some(other) = there.0.get(key) else { continue };
        compared += 1;
        if !tolerance.is_passed(other.value, one.value) {
            continue;
        }
        times += 1;
        if worst.is_none_or(|(a, b)| gap(one, other) > gap(a, b)) {
            worst = Some((one, other));
        }
    }
    let (one, other) = worst?;
    let message = format!(
        "`{}` is not what `{}` says in {times} of {compared} cases; most in {}, {}: {} here, {} there ({})",
        declared.measure,
        declared.other,
        one.area,
        one.period,
        shown(one.value),
        shown(other.value),
        other.place
    );
    let help =
        "one of the two is wrong or was revised: see which release is the newer, and what the publishers' notes say";
    Some(Finding::warning("not-the-same", message, help).of(&pipeline.name, "").at(one.place.clone()))
}
