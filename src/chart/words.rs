//! Text as a drawing needs it: ticks of an axis, lines that hold together.
//!
//! In: values and text. Out: text. Numbers and sentences are made elsewhere (`shown`, `reading`).

use super::data::Measure;

/// A tick of an axis, with just the places that its step needs.
pub fn tick(value_at: f64, step: f64, measure: &Measure) -> String {
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
