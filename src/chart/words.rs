//! Text as a drawing needs it: ticks of an axis, lines that hold together.
//!
//! In: values and text. Out: text. Numbers and sentences are made elsewhere (`shown`, `reading`).

use super::data::{Measure, Unit};
use crate::shown::sentence;

/// A tick of an axis, with just the places that its step needs.
pub fn tick(value_at: f64, step: f64, measure: &Measure) -> String {
    if let Some(word) = measure.grade(value_at) {
        return sentence(&word);
    }
    let places = (0..6).find(|places| is_whole(step * 10_f64.powi(*places))).unwrap_or(6);
    measure.tick(value_at, places as u8)
}

fn is_whole(number: f64) -> bool {
    (number - number.round()).abs() < 1e-6
}

/// The same text held together on one line by no-break spaces.
pub fn unbroken(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// The line beneath a title: `EHC plans issued within 20 weeks (%), 2015 to 2024`.
pub fn caption(measure: &Measure, when: &str) -> String {
    let label = in_unit(measure);
    if when.is_empty() { label } else { format!("{label}, {}", unbroken(when)) }
}

/// The measure's label with its unit, where the label does not say it.
pub fn in_unit(measure: &Measure) -> String {
    let unit = match measure.unit {
        Unit::Percent => "%",
        Unit::Pounds => "£",
        Unit::Number | Unit::Grade | Unit::Score | Unit::Code => "",
        other => other.word(),
    };
    let told = unit.is_empty() || measure.label.to_lowercase().contains(unit.trim_start_matches("rate "));
    if told { measure.label.clone() } else { format!("{} ({unit})", measure.label) }
}
