//! Columns of frames to Parquet column chunks: dictionary pages and run-length codes straight from the codes.
//!
//! A general writer would hash every word of every row again, though the frame already holds codes over ordered
//! words; writing them as they are is ten times as fast and was two thirds of a run. Pages, compression (zstd) and
//! metadata are those of the `parquet` crate. A chunk takes its rows frame by frame, so that a frame need not hold as many as a
//! row group.

mod chunk;
mod runs;

use std::borrow::Cow;
use std::ops::Range;

use parquet::basic::Encoding;
use parquet::errors::{ParquetError, Result};
use parquet::schema::types::ColumnDescPtr;
use rustc_hash::FxHashMap;

use crate::frame::{CodeSlice, Coded};

pub(super) use chunk::Chunk;
use chunk::{ChunkWriter, Dictionary, Ends, Present};
use runs::{Code, bit_width, dictionary_indices};

/// Rows in a data page.
const PAGE_ROWS: usize = 131_072;

/// Values of a column, as slices of a frame.
pub(super) enum Values<'a> {
    /// Codes over ordered words; the empty word is null.
    Words(Coded<'a>),
    /// NaN is null.
    Numbers(&'a [f64]),
    /// Days since 1970.
    Days(&'a [i32]),
    /// Bits.
    Truths(Vec<bool>),
    /// 0 is null.
    Wholes(&'a [u32]),
    /// 0 is null.
    Smalls(&'a [u16]),
    /// Nothing but nulls.
    Null,
}

/// A column chunk that is being written.
pub(super) struct Column {
    pages: ChunkWriter,
    dictionary: Option<Dictionary>,
    /// The codes of the small numbers or days met so far.
    known: FxHashMap<i32, u32>,
    ends: Ends,
}

impl Column {
    /// A chunk without a page.
    pub fn new(descriptor: ColumnDescPtr) -> Column {
        let (pages, known) = (ChunkWriter::new(descriptor), FxHashMap::default());
        Column { pages, dictionary: None, known, ends: Ends::None }
    }

    /// Adds the rows `rows` of a column. Words have to be over the list that those before were over.
    ///
    /// # Errors
    /// What the Parquet library says, or other words than before; no input should be able to cause it.
    pub fn add(&mut self, values: &Values<'_>, rows: Range<usize>) -> Result<()> {
        match values {
            Values::Words(coded) => self.words(coded, rows),
            Values::Numbers(numbers) => self.plain(&numbers[rows], |number| !number.is_nan(), f64::to_le_bytes),
            Values::Wholes(numbers) => self.plain(&numbers[rows], |number| number != 0, u32::to_le_bytes),
            Values::Smalls(numbers) => self.smalls(&numbers[rows]),
            Values::Days(days) => self.days(&days[rows]),
            Values::Truths(truths) => self.truths(&truths[rows]),
            Values::Null => {
                pages(rows).try_for_each(|page| self.pages.add(page.len(), &Present::None, Encoding::PLAIN, |_| {}))
            }
        }
    }

    /// The chunk.
    ///
    /// # Errors
    /// As [`Column::add`].
    pub fn finish(self) -> Result<Chunk> {
        self.pages.finish(self.dictionary, self.ends)
    }

    /// Codes as they are, over a dictionary of the words without the empty one, which is null.
    fn words(&mut self, coded: &Coded<'_>, rows: Range<usize>) -> Result<()> {
        let has_none = coded.words.first().is_some_and(|word| word.is_empty());
        let words = &coded.words[usize::from(has_none)..];
        let mut bytes = Vec::new();
        for word in words {
            bytes.extend_from_slice(&(word.len() as u32).to_le_bytes());
            bytes.extend_from_slice(word.as_bytes());
        }
        if self.dictionary.as_ref().is_some_and(|known| known.bytes != bytes) {
            return Err(ParquetError::General("the words of a column change within a row group".to_owned()));
        }
        self.dictionary = Some(Dictionary { bytes, count: words.len() });
        let width = bit_width(words.len());
        let ends = match coded.codes {
            CodeSlice::U8(codes) => self.codes(&codes[rows], has_none, width),
            CodeSlice::U16(codes) => self.codes(&codes[rows], has_none, width),
            CodeSlice::U32(codes) => self.codes(&codes[rows], has_none, width),
        }?;
        if let Some((low, high)) = ends {
            let ends = [low, high].map(|code| words[code as usize].as_bytes());
            self.ends = std::mem::take(&mut self.ends).with_words(ends);
        }
        Ok(())
    }

    /// Writes codes, of which 0 is null where there is a word for none; answers the lowest and the highest of the others as they
    /// are written, without that word.
    fn codes<T: Code>(&mut self, codes: &[T], has_none: bool, width: u8) -> Result<Option<(u32, u32)>> {
        let mut seen: Option<(T, T)> = None;
        for page in pages(0..codes.len()) {
            let rows = page.len();
            let (codes, present) = match has_none {
                true => {
                    let (codes, present) = present(&codes[page], |code| code != T::default());
                    (codes.iter().map(|code| code.before()).collect(), present)
                }
                false => (Cow::Borrowed(&codes[page]), Present::All),
            };
            let ends = codes.iter().copied().min().zip(codes.iter().copied().max());
            seen = match (seen, ends) {
                (Some((low, high)), Some((lower, higher))) => Some((low.min(lower), high.max(higher))),
                (seen, ends) => seen.or(ends),
            };
            self.pages.add(rows, &present, Encoding::RLE_DICTIONARY, |body| dictionary_indices(&codes, width, body))?;
        }
        Ok(seen.map(|(low, high)| (low.into(), high.into())))
    }

    /// Values as their bytes, nulls left out.
    fn plain<T: Copy, const N: usize>(
        &mut self,
        values: &[T],
        is_there: impl Fn(T) -> bool,
        bytes: impl Fn(T) -> [u8; N],
    ) -> Result<()> {
        for page in pages(0..values.len()) {
            let rows = page.len();
            let (values, present) = present(&values[page], &is_there);
            let fill = |body: &mut Vec<u8>| {
                let from = body.len();
                body.resize(from + values.len() * N, 0);
                for (cell, &value) in body[from..].chunks_exact_mut(N).zip(&*values) {
                    cell.copy_from_slice(&bytes(value));
                }
            };
            self.pages.add(rows, &present, Encoding::PLAIN, fill)?;
        }
        Ok(())
    }

    /// The code of a small number or day, which goes to the dictionary if it is new.
    fn code(&mut self, value: i32) -> u32 {
        let dictionary = self.dictionary.get_or_insert_default();
        *self.known.entry(value).or_insert_with(|| {
            dictionary.bytes.extend_from_slice(&value.to_le_bytes());
            dictionary.count += 1;
            dictionary.count as u32 - 1
        })
    }

    /// The bits that the codes given so far need.
    fn width(&self) -> u8 {
        bit_width(self.known.len())
    }

    /// Small numbers, of which there are few different ones, over a dictionary; 0 is null.
    fn smalls(&mut self, values: &[u16]) -> Result<()> {
        self.dictionary.get_or_insert_default();
        let highest = values.iter().copied().max().unwrap_or_default();
        let mut seen = vec![false; usize::from(highest) + 1];
        values.iter().for_each(|&value| seen[usize::from(value)] = true);
        let mut code_of = vec![0; seen.len()];
        for value in (1..=highest).filter(|&value| seen[usize::from(value)]) {
            code_of[usize::from(value)] = self.code(i32::from(value)) as u16;
        }
        for page in pages(0..values.len()) {
            let rows = page.len();
            let (values, present) = present(&values[page], |value| value != 0);
            let codes: Vec<u16> = values.iter().map(|&value| code_of[usize::from(value)]).collect();
            let width = self.width();
            self.pages.add(rows, &present, Encoding::RLE_DICTIONARY, |body| dictionary_indices(&codes, width, body))?;
        }
        Ok(())
    }

    /// Days, of which there are few different ones, each in many rows one after another, over a dictionary.
    fn days(&mut self, days: &[i32]) -> Result<()> {
        self.dictionary.get_or_insert_default();
        let mut codes: Vec<u32> = Vec::new();
        for page in pages(0..days.len()) {
            let rows = page.len();
            codes.clear();
            for same in days[page].chunk_by(PartialEq::eq) {
                let code = self.code(same[0]);
                codes.resize(codes.len() + same.len(), code);
                self.ends = std::mem::take(&mut self.ends).with_day(same[0]);
            }
            let width = self.width();
            let fill = |body: &mut Vec<u8>| dictionary_indices(&codes, width, body);
            self.pages.add(rows, &Present::All, Encoding::RLE_DICTIONARY, fill)?;
        }
        Ok(())
    }

    fn truths(&mut self, truths: &[bool]) -> Result<()> {
        let byte =
            |eight: &[bool]| eight.iter().enumerate().fold(0, |byte, (bit, &truth)| byte | (u8::from(truth) << bit));
        for page in pages(0..truths.len()) {
            let fill = |body: &mut Vec<u8>| body.extend(truths[page.clone()].chunks(8).map(byte));
            self.pages.add(page.len(), &Present::All, Encoding::PLAIN, fill)?;
        }
        Ok(())
    }
}

/// Page-sized ranges of rows.
fn pages(rows: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let end = rows.end;
    rows.step_by(PAGE_ROWS).map(move |start| start..(start + PAGE_ROWS).min(end))
}

/// The rows of a page that have a value, and which these are.
fn present<T: Copy>(values: &[T], is_there: impl Fn(T) -> bool) -> (Cow<'_, [T]>, Present) {
    // Counted in bytes, as many at a time as a byte can count: sixteen go through the processor together.
    let in_few = |few: &[T]| few.iter().map(|&value| u8::from(is_there(value))).sum::<u8>();
    let there: usize = values.chunks(255).map(|few| usize::from(in_few(few))).sum();
    if there == values.len() {
        return (Cow::Borrowed(values), Present::All);
    }
    if there == 0 {
        return (Cow::Borrowed(&[]), Present::None);
    }
    // A branch for each row would be guessed wrong too often.
    let mut some = values.to_vec();
    let mut at = 0;
    for &value in values {
        some[at] = value;
        at += usize::from(is_there(value));
    }
    some.truncate(there);
    let present = values.iter().map(|&value| u8::from(is_there(value))).collect();
    (Cow::Owned(some), Present::Some(present, values.len() - there))
}
