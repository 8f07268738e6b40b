//! Rows refused as a CSV that opens in Excel and as Parquet, both with headings only where nothing was refused.

use std::io::{self, Write};
use std::path::Path;

use super::findings::READABLE;
use super::meta::TableMeta;
use super::parquet::{Encoded, Part, encode, splice};
use crate::finding::{Finding, Place};
use crate::frame::{About, Frame, Holds, Kind, Words, kind};
use crate::quarantine::Refused;
use crate::schema::QUARANTINE;

/// The places of a line's cells in [`QUARANTINE`].
fn cells(refused: &Refused) -> [String; 12] {
    let Refused { finding, text, rows } = refused;
    let place = &finding.place;
    let number = |number: Option<u32>| number.map_or(String::new(), |number| number.to_string());
    [
        finding.table.clone(),
        finding.release.clone(),
        place.file.clone(),
        place.sheet.clone(),
        number(place.row),
        number(place.column),
        place.cell(),
        text.clone(),
        finding.code.clone(),
        finding.message.clone(),
        finding.help.clone(),
        rows.to_string(),
    ]
}

/// Writes the rows refused to `out` as a CSV.
///
/// # Errors
/// It cannot be written.
pub fn quarantine_csv(out: &mut dyn Write, refused: &[Refused]) -> io::Result<()> {
    out.write_all(READABLE)?;
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(QUARANTINE.names())?;
    for line in refused {
        csv.write_record(cells(line).map(|cell| crate::text::cell(&cell)))?;
    }
    csv.flush()
}

/// Writes the rows refused to `out` as Parquet.
///
/// # Errors
/// It cannot be written.
pub fn quarantine_parquet(out: &mut (dyn Write + Send), refused: &[Refused]) -> io::Result<()> {
    let encoded = rows(refused).map_err(|finding| io::Error::other(finding.message))?;
    let meta = TableMeta {
        title: "Rows refused".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ..TableMeta::default()
    };
    splice(out, QUARANTINE, &meta, vec![Part::Fresh(encoded)])
}

/// The lines as row groups; none where there is no line.
fn rows(refused: &[Refused]) -> Result<Encoded, Finding> {
    if refused.is_empty() {
        return Ok(Encoded::empty());
    }
    let lines: Vec<[String; 12]> = refused.iter().map(cells).collect();
    let column = |(at, about): (usize, &About)| match about.holds {
        Holds::Wholes => kind::Wholes::made(about.name, lines.iter().map(|cells| number(&cells[at])).collect()),
        Holds::Smalls => kind::Smalls::made(about.name, lines.iter().map(|cells| number(&cells[at])).collect()),
        _ => {
            let (codes, words) = Words::coded(lines.iter().map(|cells| cells[at].as_str()));
            kind::Words::made(about.name, (codes, &words))
        }
    };
    let columns = QUARANTINE.0.iter().enumerate().map(column).collect::<Result<Vec<_>, Finding>>()?;
    encode(&Frame::new(columns)?, QUARANTINE)
}

/// The number in a cell; 0, which stands for none, where there is none or it is too large for the column.
fn number<T: std::str::FromStr + Default>(cell: &str) -> T {
    cell.parse().unwrap_or_default()
}

/// Reads a quarantine file back; a line that does not fit is passed over.
pub fn read_quarantine(path: &Path) -> Vec<Refused> {
    let Ok(text) = std::fs::read_to_string(path) else { return Vec::new() };
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    reader
        .records()
        .filter_map(|record| {
            let record = record.ok()?;
            let cell = |index: usize| record.get(index).unwrap_or_default().to_owned();
            let place =
                Place { file: cell(2), sheet: cell(3), row: cell(4).parse().ok(), column: cell(5).parse().ok() };
            let finding = Finding::error(&cell(8), cell(9), cell(10)).of(&cell(0), &cell(1)).at(place);
            Some(Refused { finding, text: cell(7), rows: cell(11).parse().ok()? })
        })
        .collect()
}
