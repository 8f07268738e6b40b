//! A projection in words, or why there is none: sentences 70 to 72.

use super::super::Measure;
use crate::shown::small;
use crate::statistics::Interval;

/// `If things go on as they have, about 5,200 plans in January 2028; anything from 4,600 to 5,800 would be no surprise.`
pub fn projected(measure: &Measure, when: &str, value: f64, range: Interval) -> String {
    let (low, high) = (measure.shown(range.lower), measure.shown(range.upper));
    let noun =
        if measure.is_amount() && !measure.whole.is_empty() { format!(" {}", measure.whole) } else { String::new() };
    let value = measure.shown(value);
    format!(
        "If things go on as they have, about {value}{noun} {when}; anything from {low} to {high} would be no surprise."
    )
}

/// `No projection: it needs eight unbroken years, and there are three.`
pub fn too_short(needed: usize, there: usize) -> String {
    let (is, there) = if there == 1 { ("is", small(1)) } else { ("are", small(there)) };
    format!("No projection: it needs {} unbroken years, and there {is} {there}.", small(needed))
}

/// `No projection: on past years this method did no better than "the same as last year".`
pub fn no_better() -> &'static str {
    "No projection: on past years this method did no better than \"the same as last year\"."
}
