//! The bytes of a published table, none of which are believed before their checksum was found right.
//!
//! In: a file. Out: its footer, and a reader that hands out column chunks; each is read once, whole, and checked then,
//! so that a question about some columns reads and checks those alone.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use bytes::{Buf, Bytes};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::{ParquetMetaData, ParquetMetaDataReader};
use parquet::file::reader::{ChunkReader, Length};

use super::sums::{self, Sums, TAIL, footer_start};

/// Where a chunk is in its file, and its bytes once they were read.
#[derive(Clone)]
struct Chunk {
    start: u64,
    length: usize,
    bytes: Option<Bytes>,
}

/// A table's file, read a chunk at a time.
pub(super) struct Checked {
    file: Arc<Mutex<File>>,
    length: u64,
    /// None in a table of a version that wrote none.
    sums: Arc<Option<Sums>>,
    chunks: Mutex<Vec<Chunk>>,
}

/// The footer of the table at `path` and its bytes behind it, the footer checked.
///
/// # Errors
/// It cannot be read, is no table of ours, or is damaged.
pub(super) fn open(path: &Path) -> Result<(ParquetMetaData, Checked)> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut tail = read(&mut file, length.saturating_sub(TAIL as u64), TAIL.min(length as usize))?.to_vec();
    let footer = match footer_start(&tail) {
        Ok(_) => TAIL as u64,
        Err(_) => {
            u64::from(u32::from_le_bytes(tail.get(..4).and_then(|four| four.try_into().ok()).unwrap_or_default()))
                + TAIL as u64
        }
    };
    if footer > length {
        return Err(ParquetError::General("the end of the file is damaged or missing".to_owned()));
    }
    tail = read(&mut file, length - footer, footer as usize)?.to_vec();
    footer_start(&tail)?;
    let metadata = ParquetMetaDataReader::decode_metadata(&tail[..tail.len() - TAIL])?;
    let words = value(&metadata, sums::KEY);
    let writer = metadata.file_metadata().created_by().unwrap_or_default();
    let of_before = words.is_none() && !writer.ends_with(sums::SEALED);
    let sums = if of_before { None } else { Some(Sums::open(words, &tail)?) };
    let chunks = metadata.row_groups().iter().flat_map(|group| group.columns()).map(|column| {
        let (start, length) = column.byte_range();
        Chunk { start, length: length as usize, bytes: None }
    });
    let chunks = Mutex::new(chunks.collect());
    Ok((metadata, Checked { file: Arc::new(Mutex::new(file)), length, sums: Arc::new(sums), chunks }))
}

/// What the footer holds under `key`.
pub(super) fn value<'a>(metadata: &'a ParquetMetaData, key: &str) -> Option<&'a str> {
    let pairs = metadata.file_metadata().key_value_metadata()?;
    pairs.iter().find(|pair| pair.key == key)?.value.as_deref()
}

fn read(file: &mut File, start: u64, length: usize) -> Result<Bytes> {
    file.seek(SeekFrom::Start(start))?;
    let mut bytes = Vec::with_capacity(length);
    file.take(length as u64).read_to_end(&mut bytes)?;
    if bytes.len() != length {
        return Err(ParquetError::EOF("the file is cut short".to_owned()));
    }
    Ok(bytes.into())
}

impl Checked {
    /// The same file for one who reads beside: what it reads goes with it.
    pub fn beside(&self) -> Checked {
        let mut chunks = self.chunks.lock().unwrap_or_else(PoisonError::into_inner).clone();
        chunks.iter_mut().for_each(|chunk| chunk.bytes = None);
        Checked {
            file: Arc::clone(&self.file),
            length: self.length,
            sums: Arc::clone(&self.sums),
            chunks: Mutex::new(chunks),
        }
    }

    /// The checksums of the chunks; none in a table of a version that wrote none.
    pub fn sums(&self) -> Option<&Sums> {
        self.sums.as_ref().as_ref()
    }

    /// The bytes of chunk `index`, checked.
    pub fn chunk(&self, index: usize) -> Result<Bytes> {
        let mut chunks = self.chunks.lock().unwrap_or_else(PoisonError::into_inner);
        let chunk = chunks.get_mut(index).ok_or_else(|| ParquetError::EOF("there is no such chunk".to_owned()))?;
        if let Some(bytes) = &chunk.bytes {
            return Ok(bytes.clone());
        }
        let bytes = {
            let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
            read(&mut file, chunk.start, chunk.length)?
        };
        if let Some(sums) = self.sums.as_ref() {
            sums.check(index, &bytes)?;
        }
        chunk.bytes = Some(bytes.clone());
        Ok(bytes)
    }

    /// The bytes from `start` to the end of the chunk that holds them.
    fn rest(&self, start: u64) -> Result<Bytes> {
        let found = {
            let chunks = self.chunks.lock().unwrap_or_else(PoisonError::into_inner);
            let at = chunks.iter().position(|chunk| (chunk.start..chunk.start + chunk.length as u64).contains(&start));
            at.map(|at| (at, (start - chunks[at].start) as usize))
        };
        let (index, offset) = found.ok_or_else(|| ParquetError::EOF(format!("no chunk holds byte {start}")))?;
        Ok(self.chunk(index)?.slice(offset..))
    }
}

impl Length for Checked {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Checked {
    type T = bytes::buf::Reader<Bytes>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(self.rest(start)?.reader())
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let rest = self.rest(start)?;
        if rest.len() < length {
            return Err(ParquetError::EOF("a chunk ends early".to_owned()));
        }
        Ok(rest.slice(..length))
    }
}
