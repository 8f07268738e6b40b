//! Rows refused as a CSV that opens in Excel and as Parquet, both with headings only where nothing was refused.

use std::path::{Path, PathBuf};

use super::findings::{READABLE, plain_text};
use super::parquet::{Encoded, Part, TableFile, TableMeta, encode, splice};
use super::schema::Layout;
use super::whole::{Written, write};
use crate::finding::{Error, Finding, Place};
use crate::observations::{Codes, Frame, Words, smalls, wholes};
use crate::quarantine::Refused;

/// The places of a line's cells in [`Layout::QUARANTINE`].
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

/// Writes `quarantine.csv` and `quarantine.parquet` into `folder`; answers where each file ended up.
///
/// # Errors
/// A file cannot be written.
pub fn write_quarantine(folder: &Path, refused: &[Refused]) -> Result<Vec<(PathBuf, Written)>, Error> {
    let (plain, table) = (folder.join("quarantine.csv"), folder.join("quarantine.parquet"));
    let written = write(&plain, &mut |out| {
        out.write_all(READABLE)?;
        let mut csv = csv::Writer::from_writer(out);
        csv.write_record(Layout::QUARANTINE.0)?;
        for line in refused {
            csv.write_record(cells(line).map(|cell| plain_text(&cell)))?;
        }
        csv.flush()
    })?;
    let encoded = rows(refused).map_err(|finding| Error::Table {
        what: "cannot write",
        path: table.clone(),
        message: finding.message,
    })?;
    let meta = TableMeta {
        title: "Rows refused".to_owned(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        ..TableMeta::default()
    };
    let file = TableFile { path: &table, layout: Layout::QUARANTINE, meta: &meta };
    let second = splice(&file, vec![Part::Fresh(encoded)])?;
    Ok(vec![(plain, written), (table, second)])
}

/// The lines as row groups; none where there is no line.
fn rows(refused: &[Refused]) -> Result<Encoded, Finding> {
    if refused.is_empty() {
        return Ok(Encoded::empty());
    }
    let lines: Vec<[String; 12]> = refused.iter().map(cells).collect();
    let mut columns = Vec::new();
    for (at, name) in Layout::QUARANTINE.0.iter().enumerate() {
        columns.push(match *name {
            "row" => wholes(name, refused.iter().map(|line| line.finding.place.row.unwrap_or(0)).collect()),
            "rows" => wholes(name, refused.iter().map(|line| u32::try_from(line.rows).unwrap_or(u32::MAX)).collect()),
            "column" => {
                let column = |line: &Refused| line.finding.place.column.and_then(|column| u16::try_from(column).ok());
                smalls(name, refused.iter().map(|line| column(line).unwrap_or(0)).collect())
            }
            _ => {
                let mut words = Words::default();
                let codes: Vec<u32> = lines.iter().map(|line| words.code(&line[at])).collect();
                let ordered = words.ordered();
                let mut column = Codes::with_capacity(ordered.words.len(), codes.len());
                let ranks: Vec<u32> = codes.iter().map(|&code| ordered.ranks[code as usize]).collect();
                column.tile(&ranks, 1);
                column.column(name, &ordered.words)?
            }
        });
    }
    encode(&Frame::new(columns)?, Layout::QUARANTINE)
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
