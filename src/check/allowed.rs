//! Only the declared topics, only the declared breakdowns of a topic, only the declared values of a measure: a publisher who renames a breakdown
//! would otherwise cut its series in two without a word.

use std::collections::BTreeMap;

use super::cells::{about, fitting, place_of, shown};
use crate::finding::{Finding, likely};
use crate::frame::Frame;
use crate::pipeline::{Allowed, Pipeline};
use crate::schema::{TOTAL, column};

/// One finding for all the words or numbers that are not declared.
pub(super) fn others(declared: &Allowed, pipeline: &Pipeline, frame: &Frame) -> Result<Option<Finding>, Finding> {
    match (&declared.topic, &declared.measure) {
        (Some(topic), _) => {
            let Some(wanted) = frame.get(column::BreakdownTopic)?.code(topic) else {
                return Ok(Some(super::unknown(pipeline, frame, "allowed", topic)?));
            };
            words(declared, &declared.breakdowns, Some(wanted), pipeline, frame)
        }
        (None, Some(measure)) => values(declared, measure, frame),
        (None, None) => words(declared, &declared.topics, None, pipeline, frame),
    }
}

/// The breakdowns of the topic with number `within`, or the topics, that `known` does not name.
fn words(
    declared: &Allowed,
    known: &[String],
    within: Option<usize>,
    pipeline: &Pipeline,
    frame: &Frame,
) -> Result<Option<Finding>, Finding> {
    let (topic, release) = (frame.get(column::BreakdownTopic)?, frame.get(column::Release)?);
    let checked = match within {
        Some(_) => frame.get(column::Breakdown)?,
        None => frame.get(column::BreakdownTopic)?,
    };
    let mut fits = fitting(&checked.words, known);
    if let Some(all) = checked.code(TOTAL).filter(|_| within.is_none()) {
        fits[all] = true;
    }
    let mut others: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for row in 0..frame.height() {
        let code = checked.codes.get(row);
        if within.is_none_or(|within| topic.codes.get(row) == within) && !fits[code] {
            others.entry(code).or_insert((0, row)).0 += 1;
        }
    }
    let Some(&(_, first)) = others.values().next() else { return Ok(None) };
    let names: Vec<String> = others
        .iter()
        .map(|(&code, &(times, row))| {
            format!("`{}` ({times} figures, release {})", checked.words[code], release.word(row))
        })
        .collect();
    let what = match within {
        Some(within) => format!("topic `{}` has breakdowns", topic.words[within]),
        None => "the table has topics".to_owned(),
    };
    let message = format!("{what} that are not declared: {}", names.join(", "));
    let nearest = |&code: &usize| {
        let word = checked.words[code];
        likely(word, known.iter().map(String::as_str)).map(|known| (word, known))
    };
    let help = match others.keys().find_map(nearest) {
        Some((word, known)) => format!(
            "if `{word}` is `{known}`, say so under `labels` in {} (`abreast inspect FILE` writes it); if it is new, add it to `allowed`",
            pipeline.path
        ),
        None => format!(
            "if it is another name, say so under `labels` in {} (`abreast inspect FILE` writes it); if it is new, add it to `allowed`",
            pipeline.path
        ),
    };
    Ok(Some(Finding::new(declared.severity, "not-allowed", message, help).at(place_of(frame, first)?)))
}

fn values(declared: &Allowed, wanted: &str, frame: &Frame) -> Result<Option<Finding>, Finding> {
    let (measure, values, latest) =
        (frame.get(column::Measure)?, frame.get(column::Value)?, frame.get(column::Latest)?);
    let Some(wanted_code) = measure.code(wanted) else { return Ok(None) };
    let other = |value: f64| !value.is_nan() && !declared.values.iter().any(|known| (known - value).abs() < 1e-9);
    let mut rows = (0..frame.height())
        .filter(|&row| latest.get_bit(row) && measure.codes.get(row) == wanted_code && other(values[row]));
    let Some(first) = rows.next() else { return Ok(None) };
    let known: Vec<String> = declared.values.iter().map(|&value| shown(value)).collect();
    let message = format!(
        "`{wanted}` is none of {} in {} rows; first {} in {}",
        known.join(", "),
        rows.count() + 1,
        shown(values[first]),
        about(frame, first)?
    );
    let help = "if the figure is the publisher's error add a `[[correction]]`, if it is right add it to `allowed`";
    Ok(Some(Finding::new(declared.severity, "not-allowed", message, help).at(place_of(frame, first)?)))
}
