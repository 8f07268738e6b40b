//! The pages of one Parquet column chunk, compressed, with the metadata that a reader needs of them.

use std::io::Write;

use parquet::basic::{Compression, Encoding, Type, ZstdLevel};
use parquet::column::page::{CompressedPage, Page, PageWriter};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::statistics::Statistics;
use parquet::file::writer::{SerializedPageWriter, TrackedWrite};
use parquet::schema::types::ColumnDescPtr;

use super::runs::{hybrid, varint};

/// An encoded column chunk.
pub struct Chunk {
    pub bytes: Vec<u8>,
    pub close: ColumnCloseResult,
}

/// Which rows of a page have a value.
pub enum Present {
    All,
    None,
    /// 1 for each row that has one, 0 for the others.
    Some(Vec<u32>),
}

/// Collects the pages of one column chunk.
pub struct ChunkWriter {
    descriptor: ColumnDescPtr,
    rows: usize,
    sink: TrackedWrite<Vec<u8>>,
    compressor: zstd::bulk::Compressor<'static>,
    dictionary_offset: Option<i64>,
    data_offset: Option<i64>,
    uncompressed: usize,
    compressed: usize,
    encodings: Vec<Encoding>,
    nulls: u64,
    pub statistics: Option<Statistics>,
}

impl ChunkWriter {
    pub fn new(descriptor: ColumnDescPtr, rows: usize) -> Result<ChunkWriter> {
        let compressor = zstd::bulk::Compressor::new(1).map_err(|error| ParquetError::External(Box::new(error)))?;
        Ok(ChunkWriter {
            descriptor,
            rows,
            sink: TrackedWrite::new(Vec::new()),
            compressor,
            dictionary_offset: None,
            data_offset: None,
            uncompressed: 0,
            compressed: 0,
            encodings: vec![Encoding::RLE],
            nulls: 0,
            statistics: None,
        })
    }

    fn page(&mut self, body: &[u8], page: impl FnOnce(bytes::Bytes) -> Page) -> Result<i64> {
        let packed = self.compressor.compress(body).map_err(|error| ParquetError::External(Box::new(error)))?;
        let page = CompressedPage::new(page(packed.into()), body.len());
        let spec = SerializedPageWriter::new(&mut self.sink).write_page(page)?;
        self.uncompressed += spec.uncompressed_size;
        self.compressed += spec.compressed_size;
        Ok(spec.offset as i64)
    }

    fn encoding(&mut self, encoding: Encoding) {
        if !self.encodings.contains(&encoding) {
            self.encodings.push(encoding);
        }
    }

    pub fn dictionary_page(&mut self, body: &[u8], count: usize) -> Result<()> {
        let offset = self.page(body, |buf| Page::DictionaryPage {
            buf,
            num_values: count as u32,
            encoding: Encoding::PLAIN,
            is_sorted: false,
        })?;
        self.dictionary_offset = Some(offset);
        self.encoding(Encoding::PLAIN);
        Ok(())
    }

    pub fn data_page(&mut self, rows: usize, present: &Present, encoding: Encoding, values: &[u8]) -> Result<()> {
        let mut body = Vec::with_capacity(values.len() + 64);
        if self.descriptor.max_def_level() > 0 {
            let mut levels = Vec::new();
            match present {
                Present::All | Present::None => {
                    varint((rows as u64) << 1, &mut levels);
                    levels.push(u8::from(matches!(present, Present::All)));
                }
                Present::Some(present) => hybrid(present, 1, &mut levels),
            }
            body.extend_from_slice(&(levels.len() as u32).to_le_bytes());
            body.extend_from_slice(&levels);
        }
        self.nulls += match present {
            Present::All => 0,
            Present::None => rows as u64,
            Present::Some(present) => present.iter().filter(|&&there| there == 0).count() as u64,
        };
        body.extend_from_slice(values);
        let offset = self.page(&body, |buf| Page::DataPage {
            buf,
            num_values: rows as u32,
            encoding,
            def_level_encoding: Encoding::RLE,
            rep_level_encoding: Encoding::RLE,
            statistics: None,
        })?;
        self.data_offset.get_or_insert(offset);
        self.encoding(encoding);
        Ok(())
    }

    pub fn finish(mut self) -> Result<Chunk> {
        self.sink.flush()?;
        // A reader passes over a chunk of nulls.
        let nulls = match self.descriptor.physical_type() {
            Type::BYTE_ARRAY => Statistics::byte_array(None, None, None, Some(self.nulls), false),
            Type::DOUBLE => Statistics::double(None, None, None, Some(self.nulls), false),
            Type::BOOLEAN => Statistics::boolean(None, None, None, Some(self.nulls), false),
            _ => Statistics::int32(None, None, None, Some(self.nulls), false),
        };
        let metadata = ColumnChunkMetaData::builder(self.descriptor)
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(1)?))
            .set_encodings(self.encodings)
            .set_num_values(self.rows as i64)
            .set_total_compressed_size(self.compressed as i64)
            .set_total_uncompressed_size(self.uncompressed as i64)
            .set_data_page_offset(self.data_offset.unwrap_or_default())
            .set_dictionary_page_offset(self.dictionary_offset)
            .set_statistics(self.statistics.unwrap_or(nulls));
        let bytes = self.sink.into_inner()?;
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
}
