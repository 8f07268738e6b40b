//! The rows of an area's page as a file: columns in words, the id of each figure last.

use super::row::Row;
use crate::reading::{Against, words};

/// The rows as CSV: columns in words, the id of each figure last.
///
/// # Errors
/// There is no room for the text.
pub fn csv(rows: &[Row]) -> Result<String, csv::Error> {
    const HEADS: [&str; 17] = [
        "Topic",
        "Measure",
        "Unit",
        "Period",
        "Figure",
        "Numerator",
        "Denominator",
        "Why none",
        "England",
        "Against England",
        "Neighbours",
        "Against neighbours",
        "Change on the year",
        "What may be said of the change",
        "Rank",
        "Out of",
        "Id",
    ];
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(HEADS)?;
    for row in rows {
        let reading = &row.reading;
        let number = |value: Option<f64>| value.map_or_else(String::new, |value| crate::shown::bare(value, 6));
        let counts = reading.level.amount().and_then(|amount| amount.counts);
        let tag = |against: Option<&Against>| against.map_or("", |against| words::tag(against.verdict).word).to_owned();
        let change = reading.change.from().zip(reading.level.value()).map(|((_, from), to)| to - from);
        let ranked = reading.place.ranked();
        let cells = [
            row.topic.clone(),
            reading.measure.label.clone(),
            reading.measure.unit.word().to_owned(),
            row.period.clone(),
            number(reading.level.value()),
            number(counts.map(|(top, _)| top)),
            number(counts.map(|(_, bottom)| bottom)),
            row.missing.clone(),
            number(reading.england().and_then(|england| england.value)),
            tag(reading.england()),
            number(reading.neighbours().and_then(|neighbours| neighbours.value)),
            tag(reading.neighbours()),
            number(change),
            row.moved.said.to_owned(),
            ranked.map_or_else(String::new, |ranked| ranked.rank().to_string()),
            ranked.map_or_else(String::new, |ranked| ranked.of().to_string()),
            row.own.address.trim_start_matches("/figure/").to_owned(),
        ];
        out.write_record(cells.map(|cell| crate::text::cell(&cell)))?;
    }
    let bytes = out.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
