//! What the number formats of a binary workbook (XLSB) show: the cells seen as a percentage, a month or a year.
//!
//! In: the bytes of the file. Out: for each sheet, in the order of its list, the cells that are not seen as the number
//! they hold. What cannot be made out shows the number itself; damage is for the reader of the cells to say.

use std::io::{Cursor, Read};

use rustc_hash::FxHashMap;

use super::displayed::{Displayed, built_in};
use super::format::{Shown, shown};
use super::numbers::{long, short};

type Archive<'a> = zip::ZipArchive<Cursor<&'a [u8]>>;

/// The cells of each sheet that are not seen as the number they hold.
pub(super) fn displayed(bytes: &[u8]) -> Vec<Displayed> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let styles = styles(&part(&mut archive, "xl/styles.bin"));
    if styles.iter().all(|shown| *shown == Shown::Plain) {
        return Vec::new();
    }
    let targets = targets(&part(&mut archive, "xl/_rels/workbook.bin.rels"));
    let sheets = sheets(&part(&mut archive, "xl/workbook.bin"));
    let path = |relation: &String| {
        let target = targets.get(relation)?;
        Some(target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned))
    };
    sheets
        .iter()
        .map(|relation| {
            path(relation).map_or_else(Displayed::default, |path| cells(&part(&mut archive, &path), &styles))
        })
        .collect()
}

/// A part of the archive; empty where there is none.
fn part(archive: &mut Archive<'_>, name: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    // The parts were counted when the archive was looked at.
    match archive.by_name(name).map(|mut entry| entry.read_to_end(&mut bytes)) {
        Ok(Ok(_)) => bytes,
        _ => Vec::new(),
    }
}

/// The records of a part, each with its kind: kind and length are written seven bits a byte.
fn records(part: &[u8]) -> impl Iterator<Item = (u32, &[u8])> {
    let mut rest = part;
    std::iter::from_fn(move || {
        let (kind, length) = (packed(&mut rest, 2)?, packed(&mut rest, 4)?);
        let (record, tail) = rest.split_at_checked(length as usize)?;
        rest = tail;
        Some((kind, record))
    })
}

fn packed(rest: &mut &[u8], most: usize) -> Option<u32> {
    let mut number = 0;
    for at in 0..most {
        let (&byte, tail) = rest.split_first()?;
        *rest = tail;
        number |= u32::from(byte & 0x7F) << (7 * at);
        if byte & 0x80 == 0 {
            break;
        }
    }
    Some(number)
}

/// A text of UTF-16 behind its length, and what follows it.
fn text(record: &[u8], at: usize) -> Option<(String, usize)> {
    let end = at + 4 + 2 * long(record, at)? as usize;
    let units: Vec<u16> =
        record.get(at + 4..end)?.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
    Some((String::from_utf16_lossy(&units), end))
}

/// What each style of a cell shows.
fn styles(part: &[u8]) -> Vec<Shown> {
    let (mut declared, mut styles, mut of_cells) = (FxHashMap::default(), Vec::new(), false);
    for (kind, record) in records(part) {
        match kind {
            0x002C => declared.extend(short(record, 0).zip(text(record, 2).map(|(code, _)| shown(&code)))),
            0x0269 => of_cells = true,
            0x026A => of_cells = false,
            0x002F if of_cells => styles.extend(short(record, 2)),
            _ => {}
        }
    }
    styles.iter().map(|id| declared.get(id).copied().unwrap_or_else(|| built_in(*id as u16))).collect()
}

/// The relation of each sheet, in the order of the list.
fn sheets(part: &[u8]) -> Vec<String> {
    let listed = records(part).filter(|(kind, _)| *kind == 0x009C);
    listed.map(|(_, record)| text(record, 8).map(|(relation, _)| relation).unwrap_or_default()).collect()
}

/// Where each relation leads.
fn targets(part: &[u8]) -> FxHashMap<String, String> {
    let text = String::from_utf8_lossy(part);
    let mut targets = FxHashMap::default();
    for tag in text.split('<').filter(|tag| tag.starts_with("Relationship ")) {
        let value = |name: &str| Some(tag.split_once(&format!("{name}=\""))?.1.split('"').next()?.to_owned());
        targets.extend(value(" Id").zip(value("Target")));
    }
    targets
}

/// The cells of a sheet that are not seen as the number they hold.
fn cells(part: &[u8], styles: &[Shown]) -> Displayed {
    let (mut displayed, mut row) = (Displayed::default(), 0);
    for (kind, record) in records(part) {
        match kind {
            0x0000 => row = long(record, 0).unwrap_or_default(),
            0x0002 | 0x0005 | 0x0009 => {
                let (Some(column), Some(style)) = (long(record, 0), long(record, 4)) else { continue };
                // The style has three bytes, a byte of flags behind it.
                if let Some(shown) = styles.get((style & 0xFF_FFFF) as usize).filter(|shown| **shown != Shown::Plain) {
                    displayed.insert((row, column), *shown);
                }
            }
            _ => {}
        }
    }
    displayed
}
