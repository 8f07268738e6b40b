//! The words of a row for a message: its cell, its area and breakdown; and which measures and breakdowns a check is about.

use globset::GlobBuilder;

use crate::finding::{Finding, Place};
use crate::frame::{Coded, Frame};
use crate::pipeline::Unit;
use crate::schema::{Periods, TOTAL, column};
use crate::shown::bare;

/// The cell a row came from.
pub(super) fn place_of(frame: &Frame, row: usize) -> Result<Place, Finding> {
    let some = |number: u32| (number > 0).then_some(number);
    Ok(Place {
        file: frame.get(column::File)?.word(row).to_owned(),
        sheet: frame.get(column::Sheet)?.word(row).to_owned(),
        row: some(frame.get(column::Row)?[row]),
        column: some(u32::from(frame.get(column::Column)?[row])),
    })
}

/// Area, period and breakdown of a row, such as `Camden, 2023, Age / Under 5`; the total is not named.
pub(super) fn about(frame: &Frame, row: usize) -> Result<String, Finding> {
    let period = Periods::of(frame)?.label(row);
    let (topic, breakdown) = (frame.get(column::BreakdownTopic)?.word(row), frame.get(column::Breakdown)?.word(row));
    let part = if topic == TOTAL { String::new() } else { format!(", {topic} / {breakdown}") };
    Ok(format!("{}, {period}{part}", frame.get(column::AreaName)?.word(row)))
}

/// By code of the measure, whether a check is about it: those named, or all of them.
pub(super) fn asked(measure: &Coded<'_>, names: &[String]) -> Vec<bool> {
    measure.words.iter().map(|word| names.is_empty() || names.iter().any(|name| name == word)).collect()
}

/// By code of the unit, whether it is a quantity that adds up.
pub(super) fn adds_up(unit: &Coded<'_>) -> Vec<bool> {
    let counts = [Unit::Number, Unit::Pounds].map(Unit::word);
    unit.words.iter().map(|word| counts.contains(word)).collect()
}

/// By code of a word, whether one of `patterns` fits it, in any case; every word where there is no pattern.
pub(super) fn fitting(words: &[&str], patterns: &[String]) -> Vec<bool> {
    let globs: Vec<_> = patterns
        .iter()
        .filter_map(|text| GlobBuilder::new(text).case_insensitive(true).build().ok())
        .map(|glob| glob.compile_matcher())
        .collect();
    let fits = |word: &str| {
        patterns.is_empty()
            || patterns.iter().any(|text| text.eq_ignore_ascii_case(word))
            || globs.iter().any(|glob| glob.is_match(word))
    };
    words.iter().map(|word| fits(word)).collect()
}

/// `Topic=breakdown` as two words; the total where nothing is said.
pub(super) fn pair(text: &str) -> (&str, &str) {
    text.split_once('=').unwrap_or((TOTAL, TOTAL))
}

/// A figure as a message shows it: no more decimals than tell it apart.
pub(super) fn shown(value: f64) -> String {
    bare(value, 2)
}
