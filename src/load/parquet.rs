//! Parquet to a grid of text cells: a file, or the parts of a folder as one table.
//!
//! In: the bytes of each part. Out: a grid whose row 0 are the names of the columns, with the row group of every row; the
//! partitions that stand in a part's path (`release=2024/part-0.parquet`) are its last columns. Typed cells are written
//! as a CSV would have them, null as an empty cell, so that everything behind reads one shape.

mod cells;
mod refusal;

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{Array, RecordBatch};
use arrow::datatypes::{DataType, Field, Schema};
use bytes::Bytes;
use parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder};
use parquet::file::metadata::RowGroupMetaData;

use super::bytes::MOST_BYTES;
use super::guard::guarded;
use super::partition;
use crate::finding::{Finding, Place, row_group};
use crate::grid::{Grid, GridBuilder, MOST_CELLS, Stretch};

/// A file of a return, or one part of it.
pub struct Part {
    /// Its path for messages, with the folders that name its partition.
    pub shown: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// So many rows are decoded at a time.
const AT_ONCE: usize = 8192;

/// A text of so many bytes stands in its cell.
const INLINE: usize = 12;

/// The rows of all `parts`, in their order, as one grid.
///
/// # Errors
/// A part is damaged, encrypted or no plain table, or has other columns than the first.
pub(super) fn read(parts: Vec<Part>) -> Result<Grid, Finding> {
    let mut table = Table::default();
    for part in parts {
        let shown = part.shown.clone();
        // The reader may panic on damaged bytes; nothing of it is used after that.
        guarded(|| table.add(part))
            .unwrap_or_else(|| Err(refusal::damaged(&"its content is not what such a file holds")))
            .map_err(|mut finding| {
                finding.place.file = shown;
                finding
            })?;
    }
    table.finish()
}

/// The table that parts are added to.
#[derive(Default)]
struct Table {
    builder: GridBuilder,
    text: Vec<u8>,
    stretches: Vec<Stretch>,
    /// The names of the columns, and the file that has them.
    names: Vec<String>,
    first: String,
    /// The rows of the parts before, and of this one so far.
    before: u32,
    rows: u32,
}

impl Table {
    fn add(&mut self, part: Part) -> Result<(), Finding> {
        refusal::ends_well(&part.bytes)?;
        let bytes = Bytes::from(part.bytes);
        let about = opened(&bytes)?;
        let mut names: Vec<String> = about.schema().fields().iter().map(|field| field.name().clone()).collect();
        // A column that the file has itself is not taken from its path.
        let partitions: Vec<(String, String)> =
            partition::of(&part.shown).into_iter().filter(|(name, _)| !names.contains(name)).collect();
        names.extend(partitions.iter().map(|(name, _)| name.clone()));
        self.named(names, &part.shown)?;
        let groups = about.metadata().row_groups();
        self.room(groups)?;
        let values: Vec<&str> = partitions.iter().map(|(_, value)| value.as_str()).collect();
        for (at, group) in groups.iter().enumerate().filter(|(_, group)| group.num_rows() > 0) {
            let (first, before) = (self.rows + 1, self.before);
            self.stretches.push(Stretch { first, before, file: part.shown.clone(), group: at + 1 });
            self.group(&bytes, &about, at, &values)
                .and_then(|rows| refusal::as_announced(rows, group.num_rows()))
                .map_err(|mut finding| {
                    finding.place.sheet = row_group(at + 1);
                    finding
                })?;
        }
        self.before = self.rows;
        Ok(())
    }

    /// Adds the rows of a row group; answers how many.
    fn group(
        &mut self,
        bytes: &Bytes,
        about: &ArrowReaderMetadata,
        at: usize,
        values: &[&str],
    ) -> Result<usize, Finding> {
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(bytes.clone(), about.clone());
        let reader = builder.with_row_groups(vec![at]).with_batch_size(AT_ONCE).build();
        let mut rows = 0;
        for batch in reader.map_err(|error| refusal::of(&error))? {
            let batch = batch.map_err(|error| refusal::damaged(&error))?;
            rows += batch.num_rows();
            self.batch(&batch, values)?;
        }
        Ok(rows)
    }

    /// Takes the names of the first part, and holds those of another against them.
    fn named(&mut self, names: Vec<String>, shown: &str) -> Result<(), Finding> {
        if !self.first.is_empty() {
            return if names == self.names {
                Ok(())
            } else {
                Err(refusal::other_columns(&self.names, &names, &self.first))
            };
        }
        for name in &names {
            let start = self.text.len();
            self.text.extend_from_slice(name.as_bytes());
            self.builder.cell(&self.text[start..], 0, start);
        }
        self.builder.end_row(0);
        (self.names, self.first) = (names, shown.to_owned());
        Ok(())
    }

    /// Refuses what comes to more than can be read before any of it is unpacked.
    fn room(&self, groups: &[RowGroupMetaData]) -> Result<(), Finding> {
        let rows: i64 = groups.iter().map(RowGroupMetaData::num_rows).fold(0, i64::saturating_add);
        let rows = usize::try_from(rows).unwrap_or(usize::MAX).saturating_add(self.rows as usize);
        if rows.saturating_mul(self.names.len()) > MOST_CELLS {
            return Err(refusal::too_large(rows, self.names.len()));
        }
        Ok(())
    }

    fn batch(&mut self, batch: &RecordBatch, values: &[&str]) -> Result<(), Finding> {
        let named = batch.columns().iter().zip(&self.names);
        let writers = named
            .map(|(array, name)| cells::writer(array).map_err(|kind| refusal::nested(name, &kind)))
            .collect::<Result<Vec<_>, Finding>>()?;
        let mut above = vec![0..0; self.names.len()];
        for row in 0..batch.num_rows() {
            self.rows += 1;
            for (at, (array, write)) in batch.columns().iter().zip(&writers).enumerate() {
                let start = self.text.len();
                if array.is_valid(row) && !write(row, &mut self.text) {
                    let (row, column) = (Some(self.rows - self.before), Some(at as u32 + 1));
                    return Err(refusal::no_text(&self.names[at]).at(Place { row, column, ..Place::default() }));
                }
                self.cell(start, &mut above[at]);
            }
            for (value, above) in values.iter().zip(&mut above[writers.len()..]) {
                let start = self.text.len();
                self.text.extend_from_slice(value.as_bytes());
                self.cell(start, above);
            }
            self.builder.end_row(self.rows);
            if self.text.len() > MOST_BYTES {
                return Err(refusal::too_much_text());
            }
        }
        Ok(())
    }

    /// Ends the cell whose text begins at `start`: a long text that stands in the cell `above` too stands once.
    fn cell(&mut self, start: usize, above: &mut Range<usize>) {
        if self.text.len() - start > INLINE && self.text[start..] == self.text[above.clone()] {
            self.text.truncate(start);
        } else {
            *above = start..self.text.len();
        }
        self.builder.cell(&self.text[above.clone()], 0, above.start);
    }

    fn finish(self) -> Result<Grid, Finding> {
        if self.stretches.is_empty() {
            return Err(refusal::no_rows(self.names.len()).at(Place::file(self.first)));
        }
        let mut grid = self.builder.finish(vec![self.text])?;
        grid.stretches = self.stretches;
        Ok(grid)
    }
}

/// What the footer says of the file; texts are read as views of its pages.
fn opened(bytes: &Bytes) -> Result<ArrowReaderMetadata, Finding> {
    // What another program says of its own types beside the file's is not needed.
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let about = ArrowReaderMetadata::load(bytes, options.clone()).map_err(|error| refusal::of(&error))?;
    refusal::plain(&about)?;
    let viewed = |field: &Arc<Field>| match field.data_type() {
        DataType::Utf8 => field.as_ref().clone().with_data_type(DataType::Utf8View),
        DataType::Binary => field.as_ref().clone().with_data_type(DataType::BinaryView),
        _ => field.as_ref().clone(),
    };
    let schema = Schema::new(about.schema().fields().iter().map(viewed).collect::<Vec<Field>>());
    let metadata = Arc::clone(about.metadata());
    ArrowReaderMetadata::try_new(metadata, options.with_schema(Arc::new(schema))).map_err(|error| refusal::of(&error))
}
