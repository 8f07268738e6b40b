//! Frames to Parquet files: row groups encoded in parallel, schema and metadata that say what the figures are.

use std::io::{self, Write};
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use parquet::arrow::{ArrowSchemaConverter, add_encoded_arrow_schema_to_metadata};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::{KeyValue, ParquetMetaData, RowGroupMetaData};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::SchemaDescriptor;
use rayon::prelude::*;

use super::checked::{self, Checked};
use super::encode::{Chunk, Column, Values};
use super::failed::said;
use super::meta::{KEY, TableMeta};
use super::schema::schema;
use super::sums::{self, Sums};
use crate::finding::Finding;
use crate::frame::{About, Frame, Holds, kind};
use crate::schema::Layout;

/// Rows in a row group.
const GROUP_ROWS: usize = 1_000_000;

/// Row groups encoded in memory.
pub struct Encoded {
    groups: Vec<Vec<Chunk>>,
}

impl Encoded {
    /// No row groups yet.
    pub fn empty() -> Encoded {
        Encoded { groups: Vec::new() }
    }

    /// Adds the row groups of `other` behind.
    pub fn extend(&mut self, other: Encoded) {
        self.groups.extend(other.groups);
    }

    /// How many row groups there are.
    pub fn len(&self) -> usize {
        self.groups.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }
}

/// Encodes a frame's columns in the order of `layout`; a column the frame lacks is null throughout.
///
/// # Errors
/// What the Parquet library says, as a finding.
pub fn encode(frame: &Frame, layout: Layout) -> Result<Encoded, Finding> {
    let mut encoder = Encoder::new(layout);
    let height = frame.height();
    for from in (0..height).step_by(GROUP_ROWS) {
        encoder.add_rows(frame, from..(from + GROUP_ROWS).min(height))?;
        encoder.end_group()?;
    }
    Ok(encoder.done())
}

/// Frames to row groups, several frames to a group.
pub struct Encoder {
    layout: Layout,
    /// The columns of the group that is open.
    open: Vec<Column>,
    encoded: Encoded,
}

impl Encoder {
    /// No row groups yet.
    pub fn new(layout: Layout) -> Encoder {
        Encoder { layout, open: Vec::new(), encoded: Encoded::empty() }
    }

    /// Adds a frame to the row group that is open; its columns of words are over the same words as those of the frames before.
    ///
    /// # Errors
    /// What the Parquet library says, as a finding.
    pub fn add(&mut self, frame: &Frame) -> Result<(), Finding> {
        self.add_rows(frame, 0..frame.height())
    }

    fn add_rows(&mut self, frame: &Frame, rows: Range<usize>) -> Result<(), Finding> {
        if rows.is_empty() {
            return Ok(());
        }
        if self.open.is_empty() {
            let descriptor = descriptor(self.layout).map_err(|error| Finding::internal(&error))?;
            self.open = descriptor.columns().iter().cloned().map(Column::new).collect();
        }
        let values = self.layout.0.iter().map(|about| values(frame, about)).collect::<Result<Vec<_>, Finding>>()?;
        let pairs = self.open.par_iter_mut().zip(&values);
        pairs
            .try_for_each(|(column, values)| column.add(values, rows.clone()))
            .map_err(|error| Finding::internal(&error))
    }

    /// Ends the row group that is open, if any.
    ///
    /// # Errors
    /// As [`Encoder::add`].
    pub fn end_group(&mut self) -> Result<(), Finding> {
        let columns = std::mem::take(&mut self.open).into_par_iter().map(Column::finish);
        let group = columns.collect::<Result<Vec<Chunk>, ParquetError>>().map_err(|error| Finding::internal(&error))?;
        if !group.is_empty() {
            self.encoded.groups.push(group);
        }
        Ok(())
    }

    /// The row groups that were ended.
    pub fn done(self) -> Encoded {
        self.encoded
    }
}

/// The cells of a column, null throughout where the frame lacks it.
fn values<'a>(frame: &'a Frame, about: &About) -> Result<Values<'a>, Finding> {
    if !frame.has(about) {
        return Ok(Values::Null);
    }
    Ok(match about.holds {
        Holds::Words => Values::Words(frame.read::<kind::Words>(about)?),
        Holds::Numbers => Values::Numbers(frame.read::<kind::Numbers>(about)?),
        Holds::Days => Values::Days(frame.read::<kind::Days>(about)?),
        Holds::Truths => Values::Truths(frame.read::<kind::Truths>(about)?.iter().collect()),
        Holds::Wholes => Values::Wholes(frame.read::<kind::Wholes>(about)?),
        Holds::Smalls => Values::Smalls(frame.read::<kind::Smalls>(about)?),
    })
}

fn descriptor(layout: Layout) -> Result<SchemaDescriptor, ParquetError> {
    ArrowSchemaConverter::new().convert(&schema(layout, ""))
}

/// A part of a file that is put together: freshly encoded row groups, or some of the file that stands there.
pub enum Part {
    /// Row groups in memory.
    Fresh(Encoded),
    /// Row groups of an older file.
    Kept(Arc<Older>, Range<usize>),
}

/// An older table whose row groups may be kept.
pub struct Older {
    metadata: ParquetMetaData,
    checked: Checked,
}

/// Opens the table at `path` to keep row groups of it; none where there is none, or its footer is damaged.
pub fn older(path: &Path) -> Option<Arc<Older>> {
    let (metadata, checked) = checked::open(path).ok()?;
    Some(Arc::new(Older { metadata, checked }))
}

/// Writes a table of `parts` in order to `out`.
///
/// # Errors
/// It cannot be written, or a part that is kept is damaged.
pub fn splice(out: &mut (dyn Write + Send), layout: Layout, meta: &TableMeta, parts: Vec<Part>) -> io::Result<()> {
    let measures = serde_json::to_string(&meta.measures)?;
    let mut properties = WriterProperties::builder()
        .set_created_by(format!("abreast {}{}", meta.version, sums::SEALED))
        .set_key_value_metadata(Some(vec![KeyValue::new(KEY.to_owned(), serde_json::to_string(meta)?)]))
        .build();
    add_encoded_arrow_schema_to_metadata(&schema(layout, &measures), &mut properties);
    let root = descriptor(layout).map_err(said)?.root_schema_ptr();
    let sink = Sink { out, end: None };
    let mut writer = SerializedFileWriter::new(sink, root, Arc::new(properties)).map_err(said)?;
    let mut sums = Sums::default();
    for part in parts {
        match part {
            Part::Fresh(encoded) => fresh(&mut writer, &mut sums, encoded),
            Part::Kept(older, groups) => keep(&mut writer, &mut sums, &older, groups),
        }
        .map_err(said)?;
    }
    writer.append_key_value_metadata(KeyValue::new(sums::KEY.to_owned(), sums.words()));
    // The footer is held back: its own checksum goes into it.
    writer.flush()?;
    writer.inner_mut().end = Some(Vec::new());
    let Sink { out, end } = writer.into_inner().map_err(said)?;
    let mut end = end.unwrap_or_default();
    sums.seal(&mut end).map_err(said)?;
    out.write_all(&end)
}

/// Writes row groups that were just encoded.
fn fresh(writer: &mut SerializedFileWriter<Sink<'_>>, sums: &mut Sums, encoded: Encoded) -> Result<(), ParquetError> {
    for group in encoded.groups {
        let mut row_group = writer.next_row_group()?;
        for chunk in group {
            sums.push(&chunk.bytes);
            row_group.append_column(&Bytes::from(chunk.bytes), chunk.close)?;
        }
        row_group.close()?;
    }
    Ok(())
}

/// Copies row groups of an older file as they are.
fn keep(
    writer: &mut SerializedFileWriter<Sink<'_>>,
    sums: &mut Sums,
    older: &Older,
    groups: Range<usize>,
) -> Result<(), ParquetError> {
    let all = older.metadata.row_groups();
    let before: usize = all.iter().take(groups.start).map(RowGroupMetaData::num_columns).sum();
    let columns = all.get(groups).unwrap_or_default().iter();
    let mut index = before;
    for group in columns {
        let mut row_group = writer.next_row_group()?;
        for column in group.columns() {
            // Read, it is found to be what its checksum says.
            let bytes = older.checked.chunk(index)?;
            match older.checked.sums() {
                Some(known) => sums.keep(known, index)?,
                None => sums.push(&bytes),
            }
            index += 1;
            let close = ColumnCloseResult {
                bytes_written: column.compressed_size() as u64,
                rows_written: group.num_rows() as u64,
                metadata: column.clone(),
                bloom_filter: None,
                column_index: None,
                offset_index: None,
            };
            row_group.append_column(&older.checked, close)?;
        }
        row_group.close()?;
    }
    Ok(())
}

/// The file being written, as a sized writer, which can hold its end back.
struct Sink<'a> {
    out: &'a mut (dyn Write + Send),
    end: Option<Vec<u8>>,
}

impl Write for Sink<'_> {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        match &mut self.end {
            Some(end) => end.write(buffer),
            None => self.out.write(buffer),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.end {
            Some(_) => Ok(()),
            None => self.out.flush(),
        }
    }
}
