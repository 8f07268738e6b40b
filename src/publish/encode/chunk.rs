//! The pages of one Parquet column chunk, compressed, with the metadata that a reader needs of them.

use std::cell::RefCell;

use parquet::basic::{Compression, Encoding, Type, ZstdLevel};
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::statistics::Statistics;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;
use zstd::bulk::Compressor;

use super::runs::{hybrid, varint};

/// How hard zstd tries.
const LEVEL: i32 = 1;

/// An encoded column chunk.
pub struct Chunk {
    pub bytes: Vec<u8>,
    pub close: ColumnCloseResult,
}

/// Which rows of a page have a value.
pub enum Present {
    All,
    None,
    /// 1 for each row that has one, 0 for the others, and how many are 0.
    Some(Vec<u8>, usize),
}

/// Collects the pages of one column chunk.
pub struct ChunkWriter {
    descriptor: ColumnDescPtr,
    rows: usize,
    pages: Vec<CompressedPage>,
    /// The page that is being filled.
    body: Vec<u8>,
    encodings: Vec<Encoding>,
    nulls: u64,
}

/// The words or numbers that the codes of a chunk stand for, one after another, and how many there are.
#[derive(Default)]
pub struct Dictionary {
    pub bytes: Vec<u8>,
    pub count: usize,
}

/// The lowest and the highest value of a chunk.
#[derive(Default)]
pub enum Ends {
    #[default]
    None,
    Words(Vec<u8>, Vec<u8>),
    Days(i32, i32),
}

impl Ends {
    /// The same with the words between these two.
    pub fn with_words(self, [low, high]: [&[u8]; 2]) -> Ends {
        match self {
            Ends::Words(known, highest) => Ends::Words(known.min(low.to_vec()), highest.max(high.to_vec())),
            _ => Ends::Words(low.to_vec(), high.to_vec()),
        }
    }

    /// The same with a day.
    pub fn with_day(self, day: i32) -> Ends {
        match self {
            Ends::Days(low, high) => Ends::Days(low.min(day), high.max(day)),
            _ => Ends::Days(day, day),
        }
    }
}

thread_local! {
    /// What compressing needs, which is more than most pages: kept for the next one.
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
}

/// A page of these bytes, compressed.
fn packed(body: &[u8], page: impl FnOnce(bytes::Bytes) -> Page) -> Result<CompressedPage> {
    let compressed = COMPRESSOR.with_borrow_mut(|kept| {
        let compressor = match kept {
            Some(compressor) => compressor,
            None => kept.insert(Compressor::new(LEVEL)?),
        };
        compressor.compress(body)
    });
    let mut compressed = compressed.map_err(|error| ParquetError::External(Box::new(error)))?;
    // It was made with room for what does not get smaller.
    compressed.shrink_to_fit();
    Ok(CompressedPage::new(page(compressed.into()), body.len()))
}

/// Which rows have a value, as Parquet's definition levels behind their length.
fn levels(rows: usize, present: &Present, body: &mut Vec<u8>) {
    let from = body.len();
    body.extend_from_slice(&[0; 4]);
    match present {
        Present::All | Present::None => {
            varint((rows as u64) << 1, body);
            body.push(u8::from(matches!(present, Present::All)));
        }
        Present::Some(present, _) => hybrid(present, 1, body),
    }
    let length = (body.len() - from - 4) as u32;
    body[from..from + 4].copy_from_slice(&length.to_le_bytes());
}

impl ChunkWriter {
    pub fn new(descriptor: ColumnDescPtr) -> ChunkWriter {
        let (pages, body) = (Vec::new(), Vec::new());
        ChunkWriter { descriptor, rows: 0, pages, body, encodings: vec![Encoding::RLE], nulls: 0 }
    }

    fn encoding(&mut self, encoding: Encoding) {
        if !self.encodings.contains(&encoding) {
            self.encodings.push(encoding);
        }
    }

    /// Adds a page of `rows` rows, whose values `fill` writes behind what is already there.
    pub fn add(
        &mut self,
        rows: usize,
        present: &Present,
        encoding: Encoding,
        fill: impl FnOnce(&mut Vec<u8>),
    ) -> Result<()> {
        let mut body = std::mem::take(&mut self.body);
        body.clear();
        if self.descriptor.max_def_level() > 0 {
            levels(rows, present, &mut body);
        }
        self.nulls += match present {
            Present::All => 0,
            Present::None => rows as u64,
            Present::Some(_, nulls) => *nulls as u64,
        };
        fill(&mut body);
        self.pages.push(packed(&body, |buf| Page::DataPage {
            buf,
            num_values: rows as u32,
            encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        })?);
        self.body = body;
        self.rows += rows;
        self.encoding(encoding);
        Ok(())
    }

    /// The chunk: the dictionary, if its pages have codes, and the pages behind it.
    pub fn finish(mut self, dictionary: Option<Dictionary>, ends: Ends) -> Result<Chunk> {
        let pages = std::mem::take(&mut self.pages);
        let (mut sink, mut size) = (TrackedWrite::new(Vec::new()), [0, 0]);
        let mut write = |page: CompressedPage| -> Result<i64> {
            let spec = SerializedPageWriter::new(&mut sink).write_page(page)?;
            size = [size[0] + spec.uncompressed_size as i64, size[1] + spec.compressed_size as i64];
            Ok(spec.offset as i64)
        };
        let mut before = None;
        if let Some(Dictionary { bytes, count }) = dictionary {
            let (num_values, encoding) = (count as u32, Encoding::PLAIN);
            before = Some(write(packed(&bytes, |buf| Page::DictionaryPage {
                buf,
                num_values,
                encoding,
                is_sorted: false,
            })?)?);
            self.encoding(encoding);
        }
        let mut first = None;
        for page in pages {
            let offset = write(page)?;
            first.get_or_insert(offset);
        }
        let statistics = self.statistics(ends);
        let metadata = ColumnChunkMetaData::builder(self.descriptor)
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(LEVEL)?))
            .set_encodings(self.encodings)
            .set_num_values(self.rows as i64)
            .set_total_uncompressed_size(size[0])
            .set_total_compressed_size(size[1])
            .set_data_page_offset(first.unwrap_or_default())
            .set_dictionary_page_offset(before)
            .set_statistics(statistics);
        let bytes = sink.into_inner()?;
        let close = ColumnCloseResult {
            bytes_written: bytes.len() as u64,
            rows_written: self.rows as u64,
            metadata: metadata.build()?,
            bloom_filter: None,
            column_index: None,
            offset_index: None,
        };
        Ok(Chunk { bytes, close })
    }

    /// Ends where they are known, and always how many nulls: a reader passes over a chunk of them.
    fn statistics(&self, ends: Ends) -> Statistics {
        let nulls = Some(self.nulls);
        match (ends, self.descriptor.physical_type()) {
            (Ends::Words(low, high), _) => {
                Statistics::byte_array(Some(low.into()), Some(high.into()), None, nulls, false)
            }
            (Ends::Days(low, high), _) => Statistics::int32(Some(low), Some(high), None, nulls, false),
            (Ends::None, Type::BYTE_ARRAY) => Statistics::byte_array(None, None, None, nulls, false),
            (Ends::None, Type::DOUBLE) => Statistics::double(None, None, None, nulls, false),
            (Ends::None, Type::BOOLEAN) => Statistics::boolean(None, None, None, nulls, false),
            (Ends::None, _) => Statistics::int32(None, None, None, nulls, false),
        }
    }
}
