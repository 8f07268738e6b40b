//! What changed since the paper before: a newer figure, a figure revised, a place that moved and by whose doing.

use super::super::Reading;
use super::{closed, history};
use crate::shown::ordinal;

/// A newer figure: `Plans issued within 20 weeks: 27% in 2024; the paper before had 35% in 2023.`
pub fn newer(reading: &Reading, (when, value): (&str, f64)) -> Option<String> {
    let (before, now) = reading.measure.apart(value, reading.level.value()?);
    let news = format!(
        "{}: {now} {}; the paper before had {before} for {when}.",
        reading.measure.heading(),
        reading.period.at()
    );
    Some(match history::rank_moved(reading) {
        Some(moved) => format!("{news} {moved}"),
        None => news,
    })
}

/// A figure of an earlier period that was revised; none where it is written as it was.
pub fn revised(reading: &Reading, when: &str, (before, now): (f64, f64)) -> Option<String> {
    let measure = &reading.measure;
    (measure.shown(before) != measure.shown(now)).then(|| {
        closed(&format!(
            "{}: the figure for {when} was {} in the paper before; it is now {}",
            measure.heading(),
            measure.shown(before),
            measure.shown(now)
        ))
    })
}

/// A place in the same period that moved, and by whose doing; none where it is as it was.
pub fn moved(reading: &Reading, before: u32, is_own: bool) -> Option<String> {
    let now = reading.place.ranked()?.rank();
    let whose = if is_own { "its own figure was revised" } else { "others' figures were revised, its own was not" };
    (now != before)
        .then(|| format!("{}: now {}, from {}: {whose}.", reading.measure.heading(), ordinal(now), ordinal(before)))
}
