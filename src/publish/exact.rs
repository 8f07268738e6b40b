//! The exact figures of a table about people, for the eyes of the council that counted them: every line says that it is not
//! for publication.

use std::io::{self, Write};

use super::findings::READABLE;
use crate::finding::Finding;
use crate::frame::Frame;
use crate::schema::view;

/// What stands in each line, so that no line can be copied without it.
pub const WARNING: &str = "Not for publication: exact counts of children";

/// The head of the column that says so.
const HEAD: &str = "not_for_publication";

view! {
    /// What identifies a figure, and what it is.
    struct Figures {
        table: Words Table,
        release: Words Release,
        period: Words Period,
        identifier: Words PeriodIdentifier,
        level: Words Level,
        code: Words LaCode,
        topic: Words BreakdownTopic,
        breakdown: Words Breakdown,
        measure: Words Measure,
        unit: Words Unit,
        numerator: Numbers Numerator,
        denominator: Numbers Denominator,
        value: Numbers Value,
        status: Words Status,
    }
}

/// Writes `frame` to `out` as a CSV.
///
/// # Errors
/// It cannot be written.
pub fn exact_csv(out: &mut dyn Write, frame: &Frame) -> io::Result<()> {
    let figures = Figures::of(frame).map_err(|Finding { message, .. }| io::Error::other(message))?;
    let number = |cell: f64| if cell.is_finite() { cell.to_string() } else { String::new() };
    out.write_all(READABLE)?;
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(Figures::LAYOUT.names().chain([HEAD]))?;
    for row in 0..frame.height() {
        let Figures { table, release, period, identifier, level, code, topic, breakdown, measure, unit, .. } = &figures;
        let words = [table, release, period, identifier, level, code, topic, breakdown, measure, unit];
        let numbers = [figures.numerator, figures.denominator, figures.value].map(|cells| number(cells[row]));
        let cells = words.iter().map(|words| crate::text::cell(words.word(row)));
        let rest = [figures.status.word(row).to_owned(), WARNING.to_owned()];
        csv.write_record(cells.chain(numbers).chain(rest))?;
    }
    csv.flush()
}
