//! Findings as a CSV that opens in Excel: one line each, with its place and what to do.

use std::io::{self, Write};
use std::path::Path;

use crate::finding::{Finding, Place, Severity};
use crate::schema::FINDINGS;
use crate::text;

/// What a CSV begins with: Excel takes it for UTF-8 only with a byte order mark.
pub const READABLE: &[u8] = "\u{feff}".as_bytes();

/// Writes `findings` to `out`.
///
/// # Errors
/// It cannot be written.
pub fn write_findings(out: &mut dyn Write, findings: &[Finding]) -> io::Result<()> {
    out.write_all(READABLE)?;
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(FINDINGS.names())?;
    for finding in findings {
        let number = |number: Option<u32>| number.map_or(String::new(), |number| number.to_string());
        let place = &finding.place;
        let cells = [
            finding.severity.word(),
            &finding.code,
            &finding.table,
            &finding.release,
            &place.file,
            &place.sheet,
            &number(place.row),
            &number(place.column),
            &finding.message,
            &finding.help,
        ];
        csv.write_record(cells.map(text::cell))?;
    }
    csv.flush()
}

/// Reads a findings file back; a line that does not fit is passed over.
pub fn read_findings(path: &Path) -> Vec<Finding> {
    let Ok(text) = std::fs::read_to_string(path) else { return Vec::new() };
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader
        .records()
        .filter_map(|record| {
            let record = record.ok()?;
            let cell = |index: usize| record.get(index).unwrap_or_default().to_owned();
            let severity = [Severity::Note, Severity::Warning, Severity::Error]
                .into_iter()
                .find(|severity| severity.word() == cell(0))?;
            Some(Finding {
                severity,
                code: cell(1),
                table: cell(2),
                release: cell(3),
                place: Place { file: cell(4), sheet: cell(5), row: cell(6).parse().ok(), column: cell(7).parse().ok() },
                message: cell(8),
                help: cell(9),
            })
        })
        .collect()
}
