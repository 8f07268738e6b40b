//! How far the sheets of an old workbook (XLS) span, looked at before a reader makes room for them, and what the number
//! formats of its cells show.
//!
//! In: the bytes of the file. Out: the most cells its sheets come to, as rows by columns. The reader makes room for
//! every cell between the first and the last, and a file of ten kilobytes can place those billions of cells apart.

use super::displayed;
use super::displayed::Displayed;
use super::numbers::{long, short};

/// The end of a chain of sectors, and every number above it.
const END: u32 = 0xFFFF_FFF8;

/// Sectors that are chained in a circle, which its reader would follow for ever.
#[derive(Debug)]
pub(super) struct Circle;

/// The cells that the sheets span in all; 0 where `bytes` are no such file, which its reader will say.
///
/// # Errors
/// A chain of sectors without end.
pub(super) fn spanned_cells(bytes: &[u8]) -> Result<u64, Circle> {
    Ok(workbook(bytes)?.map_or(0, |stream| spans(&stream)))
}

/// The cells of each sheet that are not seen as the number they hold; none where `bytes` are no such file.
pub(super) fn displayed(bytes: &[u8]) -> Vec<Displayed> {
    workbook(bytes).ok().flatten().map_or_else(Vec::new, |stream| displayed::in_stream(&stream))
}

/// The sectors of a file and the table that chains them.
struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
    next: Vec<u32>,
}

impl Sectors<'_> {
    /// The sectors from `start` on, put together.
    fn chain(&self, start: u32) -> Result<Vec<u8>, Circle> {
        let mut whole = Vec::new();
        let mut sector = start;
        while sector < END && whole.len() <= self.bytes.len() {
            let from = sector as usize * self.size;
            let Some(part) = self.bytes.get(from..self.bytes.len().min(from + self.size)) else { break };
            whole.extend_from_slice(part);
            sector = self.next.get(sector as usize).copied().unwrap_or(END);
        }
        if whole.len() > self.bytes.len() { Err(Circle) } else { Ok(whole) }
    }
}

fn numbers(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|four| long(four, 0)).collect()
}

/// The stream that holds the sheets; none where the file is not laid out so.
fn workbook(bytes: &[u8]) -> Result<Option<Vec<u8>>, Circle> {
    let Some(sectors) = sectors(bytes)? else { return Ok(None) };
    let (Some(start), Some(cut), Some(table)) = (long(bytes, 48), long(bytes, 56), long(bytes, 60)) else {
        return Ok(None);
    };
    let directory = sectors.chain(start)?;
    let named = |wanted: &[&str]| {
        let entry = directory.chunks_exact(128).find(|entry| {
            let name: Vec<u16> = entry[..64].chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]])).collect();
            let name = String::from_utf16_lossy(&name);
            wanted.contains(&name.split('\0').next().unwrap_or_default())
        });
        entry.and_then(|entry| Some((long(entry, 116)?, long(entry, 120)?)))
    };
    // The reader follows the chains of small streams whether or not the workbook is one.
    let Some((inner, _)) = named(&["Root Entry"]) else { return Ok(None) };
    let (inner, table) = (sectors.chain(inner)?, numbers(&sectors.chain(table)?));
    let size = 1 << short(bytes, 32).unwrap_or_default().min(16);
    let small = Sectors { bytes: &inner, size, next: table };
    match named(&["Workbook", "Book"]) {
        Some((start, length)) if length < cut => small.chain(start).map(Some),
        Some((start, _)) => sectors.chain(start).map(Some),
        None => Ok(None),
    }
}

/// The sectors behind the head of the file, with their table, whose own sectors the head lists.
fn sectors(bytes: &[u8]) -> Result<Option<Sectors<'_>>, Circle> {
    let size = 1_usize << short(bytes, 30).unwrap_or_default().min(16);
    let (Some(body), Some(listed), Some(mut more)) = (bytes.get(size..), bytes.get(76..512), long(bytes, 68)) else {
        return Ok(None);
    };
    let sector = |number: u32| body.get(number as usize * size..)?.get(..size);
    let mut tables = numbers(listed);
    while let Some(listed) = sector(more).filter(|_| more < END) {
        if tables.len() * 4 > bytes.len() + size {
            return Err(Circle);
        }
        let listed = numbers(listed);
        tables.extend(&listed[..listed.len().saturating_sub(1)]);
        more = listed.last().copied().unwrap_or(END);
    }
    let next =
        tables.iter().filter(|table| **table < END).filter_map(|table| sector(*table)).flat_map(numbers).collect();
    Ok(Some(Sectors { bytes: body, size, next }))
}

/// The cells between the first and the last of each sheet, as the records of the stream place them or announce them.
fn spans(stream: &[u8]) -> u64 {
    let (mut sum, mut rows, mut columns, mut announced, mut at) = (0_u64, 0_u64, 0_u64, 0_u64, 0);
    while let (Some(kind), Some(length)) = (short(stream, at), short(stream, at + 2)) {
        let record = stream.get(at + 4..).unwrap_or_default();
        let record = &record[..record.len().min(length as usize)];
        at += 4 + length as usize;
        match kind {
            0x0809 => {
                sum = sum.saturating_add((rows * columns).max(announced));
                (rows, columns, announced) = (0, 0, 0);
            }
            0x0200 => announced = announced.max(dimensions(record).unwrap_or(0)),
            0x0006 | 0x00BD | 0x00D6 | 0x00FD | 0x0203 | 0x0204 | 0x0205 | 0x027E => {
                let (Some(row), Some(column)) = (short(record, 0), short(record, 2)) else { continue };
                // Several numbers in a row: the last two bytes are the last column.
                let last = if kind == 0x00BD { short(record, record.len().saturating_sub(2)) } else { None };
                rows = rows.max(u64::from(row) + 1);
                columns = columns.max(u64::from(last.unwrap_or(0).max(column)) + 1);
            }
            _ => {}
        }
    }
    sum.saturating_add((rows * columns).max(announced))
}

/// The cells that a sheet says it has.
fn dimensions(record: &[u8]) -> Option<u64> {
    let (first, last, left, right) = if record.len() >= 14 {
        (long(record, 0)?, long(record, 4)?, short(record, 8)?, short(record, 10)?)
    } else {
        (short(record, 0)?, short(record, 2)?, short(record, 4)?, short(record, 6)?)
    };
    Some(u64::from(last.saturating_sub(first)).saturating_mul(u64::from(right.saturating_sub(left))))
}

#[cfg(test)]
mod tests {
    use super::{spanned_cells, spans};
    use crate::load::numbers::long;

    fn record(kind: u16, body: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes()[..], &(body.len() as u16).to_le_bytes(), body].concat()
    }

    fn number(row: u16, column: u16) -> Vec<u8> {
        record(0x0203, &[&row.to_le_bytes()[..], &column.to_le_bytes(), &[0; 10]].concat())
    }

    #[test]
    fn cells_far_apart_span_what_is_between() {
        let sheet = [record(0x0809, &[0; 16]), number(0, 0), number(99, 9)].concat();
        assert_eq!(spans(&sheet), 1000);
        assert_eq!(spans(&[sheet.clone(), sheet].concat()), 2000, "each sheet counts");
        let announced = [&[0; 4][..], &u32::MAX.to_le_bytes(), &[0; 2], &u16::MAX.to_le_bytes(), &[0; 2]].concat();
        assert!(spans(&record(0x0200, &announced)) > 1 << 40);
    }

    #[test]
    fn a_workbook_is_found_in_its_file() {
        let seed = include_bytes!("../../tests/it/corpus/ees.xls");
        let cells = spanned_cells(seed).expect("no circle");
        assert!((14 * 17..14 * 30).contains(&cells), "{cells}");
        assert_eq!(spanned_cells(&seed[..600]).expect("no circle"), 0);
    }

    #[test]
    fn sectors_in_a_circle_are_seen() {
        let mut seed = include_bytes!("../../tests/it/corpus/ees.xls").to_vec();
        let (directory, table) = (long(&seed, 48).expect("a number"), long(&seed, 76).expect("a number"));
        let entry = 512 * (table as usize + 1) + 4 * directory as usize;
        seed[entry..entry + 4].copy_from_slice(&directory.to_le_bytes());
        assert!(spanned_cells(&seed).is_err());
    }
}
