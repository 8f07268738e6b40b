//! The sheets of an OpenDocument spreadsheet: `content.xml` to cells, each as it is seen.
//!
//! Read here and not by a library because percentages, months and raised footnotes are told by what a library drops: the
//! type of a value, the text beside a date, and the style of a run. Memory goes with the cells that hold something.

use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use rustc_hash::FxHashSet;

use super::cells::Cells;
use super::parts::damaged;
use super::sheet::{Sheet, locked};
use crate::finding::Finding;

mod cell;

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

/// An attribute of a tag; empty where it has none.
fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    let found = tag.try_get_attribute(name).ok().flatten();
    found.and_then(|found| Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())).unwrap_or_default()
}

/// How often a row or a cell stands there; without end where the number is beyond all numbers.
fn repeated(tag: &BytesStart<'_>, name: &str) -> u32 {
    match attribute(tag, name) {
        told if told.is_empty() => 1,
        told => told.parse().unwrap_or(u32::MAX),
    }
}

/// The styles that matter here, by name.
#[derive(Default)]
struct Styles {
    name: String,
    hidden: FxHashSet<String>,
    raised: FxHashSet<String>,
}

impl Styles {
    /// Takes in what a tag outside the sheets says.
    fn learn(&mut self, tag: &BytesStart<'_>) {
        match tag.name().as_ref() {
            "style:style" => self.name = attribute(tag, "style:name"),
            "style:table-properties" if attribute(tag, "table:display") == "false" => {
                self.hidden.insert(self.name.clone());
            }
            "style:text-properties" if attribute(tag, "style:text-position").starts_with("super") => {
                self.raised.insert(self.name.clone());
            }
            _ => {}
        }
    }
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
    cells.expect(filled.iter().map(|&(_, across, _)| u64::from(across) * u64::from(times)).sum())?;
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
