//! A few figures of a file that was tried, as they would be published: what a reader looks at before it is filed.

use crate::frame::Frame;
use crate::schema::view;
use crate::shown::trimmed;

/// How many are shown.
const SHOWN: usize = 10;

view! {
    /// What is read of them.
    struct Rows {
        release: Words Release,
        la: Words LaCode,
        area: Words AreaName,
        measure: Words Measure,
        period: Words Period,
        topic: Words BreakdownTopic,
        breakdown: Words Breakdown,
        value: Numbers Value,
        status: Words Status,
    }
}

/// A figure as it would be published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sampled {
    /// The area.
    pub area: String,
    /// Its code.
    pub code: String,
    /// The measure, by name.
    pub measure: String,
    /// The period.
    pub period: String,
    /// What it is of: topic and breakdown; empty for the whole.
    pub part: String,
    /// The figure, or why there is none.
    pub value: String,
}

/// The first figures of a release, of authorities before others.
pub(super) fn sampled(frame: &Frame, release: &str) -> Vec<Sampled> {
    let Ok(rows) = Rows::of(frame) else { return Vec::new() };
    let own = |row: &usize| rows.release.word(*row) == release;
    let authority = |row: &usize| !rows.la.word(*row).is_empty();
    let all = || (0..frame.height()).filter(own);
    let mut shown: Vec<usize> = all().filter(authority).take(SHOWN).collect();
    let more = SHOWN - shown.len();
    shown.extend(all().filter(|row| !authority(row)).take(more));
    let sampled = shown.into_iter().map(|row| {
        let value = rows.value[row];
        let (topic, breakdown) = (rows.topic.word(row), rows.breakdown.word(row));
        Sampled {
            area: rows.area.word(row).to_owned(),
            code: rows.la.word(row).to_owned(),
            measure: rows.measure.word(row).to_owned(),
            period: rows.period.word(row).to_owned(),
            part: if topic == crate::schema::TOTAL { String::new() } else { format!("{topic}: {breakdown}") },
            value: if value.is_finite() { trimmed(value, 4) } else { rows.status.word(row).replace('_', " ") },
        }
    });
    sampled.collect()
}
