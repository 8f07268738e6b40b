//! What the number formats of an old workbook (XLS) show: the cells that are seen as a percentage, a month or a year.

use rustc_hash::FxHashMap;

use super::format::{Shown, shown};
use super::numbers::{long, short};

/// The cells of a sheet, by row and column counted from 0, that are not seen as the number they hold.
pub(super) type Displayed = FxHashMap<(u32, u32), Shown>;

/// What the built-in format `id` shows; those that a file declares say so themselves.
pub(super) fn built_in(id: u16) -> Shown {
    match id {
        9 | 10 => Shown::Percent,
        14..=16 | 22 => Shown::Day,
        17 => Shown::Month,
        _ => Shown::Plain,
    }
}

/// The cells of each sheet of the workbook `stream`, in the order of its list of sheets.
pub(super) fn in_stream(stream: &[u8]) -> Vec<Displayed> {
    let globals = Globals::of(stream);
    globals.sheets.iter().map(|&start| cells(stream, start, &globals.formats)).collect()
}

/// The records of a stream from `at` on, each with its kind.
fn records(stream: &[u8], mut at: usize) -> impl Iterator<Item = (u32, &[u8])> {
    std::iter::from_fn(move || {
        let (kind, length) = (short(stream, at)?, short(stream, at + 2)?);
        let body = stream.get(at + 4..)?;
        at += 4 + length as usize;
        Some((kind, &body[..body.len().min(length as usize)]))
    })
}

/// What the head of a workbook says: where its sheets start, and what each cell style shows.
#[derive(Default)]
struct Globals {
    sheets: Vec<usize>,
    formats: Vec<Shown>,
}

impl Globals {
    fn of(stream: &[u8]) -> Globals {
        let mut globals = Globals::default();
        let (mut declared, mut styles, mut is_wide) = (FxHashMap::default(), Vec::new(), true);
        for (index, (kind, record)) in records(stream, 0).enumerate() {
            match kind {
                0x0809 if index == 0 => is_wide = short(record, 0) == Some(0x0600),
                0x0085 => globals.sheets.extend(long(record, 0).map(|start| start as usize)),
                0x041E => declared.extend(declaration(record, is_wide)),
                0x00E0 => styles.extend(short(record, 2)),
                0x000A => break,
                _ => {}
            }
        }
        let known = |id: &u32| declared.get(id).copied().unwrap_or_else(|| built_in(*id as u16));
        globals.formats = styles.iter().map(known).collect();
        globals
    }
}

/// The number of a format and what it shows; `is_wide` from Excel 97 on.
fn declaration(record: &[u8], is_wide: bool) -> Option<(u32, Shown)> {
    let id = short(record, 0)?;
    let code = match (is_wide, record.get(4)) {
        (true, Some(flags)) if flags & 1 == 1 => {
            let units: Vec<u16> =
                record.get(5..)?.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        (true, _) => record.get(5..)?.iter().map(|&byte| char::from(byte)).collect(),
        (false, _) => record.get(3..)?.iter().map(|&byte| char::from(byte)).collect(),
    };
    Some((id, shown(&code)))
}

/// The cells of the sheet that starts at `start`, as far as its end.
fn cells(stream: &[u8], start: usize, formats: &[Shown]) -> Displayed {
    let mut displayed = Displayed::default();
    let mut put = |row: u32, column: u32, style: u32| {
        if let Some(shown) = formats.get(style as usize).filter(|shown| **shown != Shown::Plain) {
            displayed.insert((row, column), *shown);
        }
    };
    for (kind, record) in records(stream, start) {
        let (Some(row), Some(column)) = (short(record, 0), short(record, 2)) else {
            if kind == 0x000A { break } else { continue }
        };
        match kind {
            0x0006 | 0x0203 | 0x027E => put(row, column, short(record, 4).unwrap_or_default()),
            // Several numbers in a row: a style and a number each, then the last column.
            0x00BD => {
                for (beside, each) in (0u32..).zip(record[4..].chunks_exact(6)) {
                    put(row, column + beside, short(each, 0).unwrap_or_default());
                }
            }
            _ => {}
        }
    }
    displayed
}
