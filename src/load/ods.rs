//! The sheets of an OpenDocument spreadsheet: `content.xml` to cells, each as it is seen.
//!
//! Read here and not by a library because percentages, months and raised footnotes are told by what a library drops: the
//! type of a value, the text beside a date, and the style of a run. Memory goes with the cells that hold something.

use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::cells::{Cells, MOST_FILLED, MOST_ROWS};
use super::parts::{damaged, too_large};
use super::shelf::{Sheet, locked};
use crate::finding::Finding;

mod cell;
mod tags;

use tags::{Styles, attribute, repeated};

/// The sheets that `wanted` accepts with their cells, the others without.
pub(super) fn read(bytes: &[u8], wanted: &dyn Fn(&str) -> bool) -> Result<Vec<Sheet>, Finding> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if part(&mut archive, "META-INF/manifest.xml").is_ok_and(|manifest| manifest.contains("encryption-data")) {
        return Err(locked());
    }
    let content = part(&mut archive, "content.xml")?;
    let mut sheets = Vec::new();
    let mut styles = Styles::default();
    let mut reader = Reader::from_str(&content);
    reader.config_mut().expand_empty_elements = true;
    loop {
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(tag) => match tag.name().as_ref() {
                "table:table" => sheets.push(sheet(&mut reader, &tag, &styles, wanted)?),
                _ => styles.learn(&tag),
            },
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

/// A part of the archive as text.
fn part(archive: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, Finding> {
    let mut text = String::new();
    let mut entry = archive.by_name(name).map_err(|error| damaged(&format!("`{name}`: {error}")))?;
    entry.read_to_string(&mut text).map_err(|error| damaged(&format!("`{name}`: {error}")))?;
    Ok(text)
}

/// Reads a sheet up to its end.
fn sheet(
    reader: &mut Reader<&[u8]>,
    tag: &BytesStart<'_>,
    styles: &Styles,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<Sheet, Finding> {
    let name = attribute(tag, "table:name");
    let mut sheet =
        Sheet { hidden: styles.hidden.contains(&attribute(tag, "table:style-name")), name, cells: Cells::default() };
    if !wanted(&sheet.name) {
        reader.read_to_end(tag.name()).map_err(|_| damaged(&"a sheet of it does not end"))?;
        return Ok(sheet);
    }
    let mut row = 0_u32;
    loop {
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(tag) if tag.name().as_ref() == "table:table-row" => {
                let times = repeated(&tag, "table:number-rows-repeated");
                self::row(reader, row, times, styles, &mut sheet.cells)?;
                row = row.saturating_add(times);
            }
            // Drawings over the sheet are no cells.
            Event::Start(tag) if tag.name().as_ref() == "table:shapes" => {
                reader.read_to_end(tag.name()).map_err(|error| damaged(&error))?;
            }
            Event::End(tag) if tag.name().as_ref() == "table:table" => return Ok(sheet),
            Event::Eof => return Err(damaged(&"a sheet of it does not end")),
            _ => {}
        }
    }
}

/// Reads the row with number `row` up to its end; it stands there so many `times`.
fn row(reader: &mut Reader<&[u8]>, row: u32, times: u32, styles: &Styles, cells: &mut Cells) -> Result<(), Finding> {
    let mut column = 0_u32;
    let mut filled: Vec<(u32, u32, (usize, usize))> = Vec::new();
    loop {
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(tag) if matches!(tag.name().as_ref(), "table:table-cell" | "table:covered-table-cell") => {
                let across = repeated(&tag, "table:number-columns-repeated");
                let seen = cell::seen(reader, &tag, styles)?;
                if !seen.is_empty() {
                    if row >= MOST_ROWS {
                        return Err(too_tall());
                    }
                    cells.put((row, column), |text| text.extend_from_slice(seen.as_bytes()))?;
                    filled.extend(cells.last().map(|text| (column, across, text)));
                }
                column = column.saturating_add(across);
            }
            Event::End(tag) if tag.name().as_ref() == "table:table-row" => break,
            Event::Eof => return Err(damaged(&"a sheet of it does not end")),
            _ => {}
        }
    }
    let all: u64 = filled.iter().map(|&(_, across, _)| u64::from(across) * u64::from(times)).sum();
    if all > MOST_FILLED || (all > 0 && row.saturating_add(times) > MOST_ROWS) {
        return Err(too_tall());
    }
    for down in 0..times {
        for &(first, across, text) in &filled {
            // The first of them was put when it was read.
            for beside in u32::from(down == 0)..across {
                cells.again((row.saturating_add(down), first.saturating_add(beside)), text)?;
            }
        }
        if filled.is_empty() {
            break;
        }
    }
    Ok(())
}

/// The finding that a sheet has more rows or cells than one can have, which only repeated ones make.
fn too_tall() -> Finding {
    too_large("repeated cells make the sheet larger than a sheet can be".to_owned())
}
