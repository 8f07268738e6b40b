//! Published tables read back: the footer alone, or the rows of a few measures as a frame.

use std::path::Path;

use arrow::array::{Array, AsArray, RecordBatch, StringArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Date32Type, Float64Type, Int32Type, UInt16Type, UInt32Type};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{ArrowPredicate, ArrowPredicateFn, ParquetRecordBatchReaderBuilder, RowFilter};
use parquet::file::reader::{FileReader, SerializedFileReader};

use super::parquet::{KEY, TableMeta};
use super::schema::{Kind, Layout, kind};
use crate::finding::Error;
use crate::observations::{Codes, Frame, Words, dates, floats, smalls, truths, wholes};

fn broken(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::Table { what: "cannot read the table", path: path.to_owned(), message: error.to_string() }
}

/// What the footer of the table at `path` says; none where there is no such file or it is not ours.
pub fn footer(path: &Path) -> Option<TableMeta> {
    let reader = SerializedFileReader::new(std::fs::File::open(path).ok()?).ok()?;
    let pairs = reader.metadata().file_metadata().key_value_metadata()?;
    let text = pairs.iter().find(|pair| pair.key == KEY)?.value.as_deref()?;
    serde_json::from_str(text).ok()
}

/// The rows of the table at `path` whose column `column` has one of `words`, as a frame.
///
/// # Errors
/// The file is missing or damaged.
pub fn table(path: &Path, layout: Layout, column: &str, words: &[String]) -> Result<Frame, Error> {
    rows(path, layout, &[(column, words)])
}

/// The columns of `layout` in the rows of the table at `path` that pass every filter: the column named has one of
/// the words. Only the row groups and columns that are needed are read.
///
/// # Errors
/// The file is missing or damaged.
pub fn rows(path: &Path, layout: Layout, filters: &[(&str, &[String])]) -> Result<Frame, Error> {
    let said = |error: &dyn std::fmt::Display| broken(path, error);
    let file = std::fs::File::open(path).map_err(|error| Error::reading(std::io::Error::from(error)))?;
    let mut builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| said(&error))?;
    let place = |name: &str| builder.schema().index_of(name).map_err(|error| said(&error));
    let mut groups: Vec<usize> = (0..builder.metadata().num_row_groups()).collect();
    let mut predicates: Vec<Box<dyn ArrowPredicate>> = Vec::new();
    for (column, words) in filters {
        let index = place(column)?;
        let fitting = groups_with(&builder, index, words);
        groups.retain(|group| fitting.contains(group));
        predicates.push(one_of(ProjectionMask::leaves(builder.parquet_schema(), [index]), words.to_vec()));
    }
    let columns = layout.0.iter().map(|name| place(name)).collect::<Result<Vec<usize>, Error>>()?;
    let mask = ProjectionMask::leaves(builder.parquet_schema(), columns);
    builder = builder.with_row_groups(groups).with_row_filter(RowFilter::new(predicates)).with_projection(mask);
    let batches: Vec<RecordBatch> = builder
        .with_batch_size(131_072)
        .build()
        .map_err(|error| said(&error))?
        .collect::<Result<_, _>>()
        .map_err(|error| said(&error))?;
    frame(layout, &batches).map_err(|error| said(&error))
}

/// Whether a row's word is one of those wanted.
fn one_of(mask: ProjectionMask, wanted: Vec<String>) -> Box<dyn ArrowPredicate> {
    Box::new(ArrowPredicateFn::new(mask, move |batch: RecordBatch| {
        let texts = cast(batch.column(0), &DataType::Utf8)?;
        let fits = |text: Option<&str>| Some(text.is_some_and(|text| wanted.iter().any(|word| word == text)));
        Ok(texts.as_string::<i32>().iter().map(fits).collect())
    }))
}

/// The row groups whose statistics allow for one of `words`.
fn groups_with<T: parquet::file::reader::ChunkReader>(
    builder: &ParquetRecordBatchReaderBuilder<T>,
    column: usize,
    words: &[String],
) -> Vec<usize> {
    let groups = builder.metadata().row_groups();
    let may_hold = |group: &parquet::file::metadata::RowGroupMetaData| {
        let statistics = group.column(column).statistics();
        match statistics.and_then(|statistics| statistics.min_bytes_opt().zip(statistics.max_bytes_opt())) {
            Some((low, high)) => words.iter().any(|word| low <= word.as_bytes() && word.as_bytes() <= high),
            None => true,
        }
    };
    (0..groups.len()).filter(|&index| may_hold(&groups[index])).collect()
}

/// The batches as one frame, with the columns that `layout` names.
fn frame(layout: Layout, batches: &[RecordBatch]) -> Result<Frame, String> {
    let mut columns = Vec::new();
    for name in layout.0 {
        let arrays: Vec<&dyn Array> =
            batches.iter().filter_map(|batch| batch.column_by_name(name)).map(AsRef::as_ref).collect();
        let column = match kind(name) {
            Kind::Words => words_column(name, &arrays).map_err(|finding| finding.message),
            Kind::Number => Ok(floats(
                name,
                arrays
                    .iter()
                    .flat_map(|array| array.as_primitive::<Float64Type>().iter().map(|value| value.unwrap_or(f64::NAN)))
                    .collect(),
            )),
            Kind::Day => dates(
                name,
                arrays
                    .iter()
                    .flat_map(|array| array.as_primitive::<Date32Type>().iter().map(Option::unwrap_or_default))
                    .collect(),
            )
            .map_err(|finding| finding.message),
            Kind::Truth => Ok(truths(
                name,
                &arrays
                    .iter()
                    .flat_map(|array| array.as_boolean().iter().map(Option::unwrap_or_default))
                    .collect::<Vec<bool>>(),
            )),
            Kind::Whole => Ok(wholes(
                name,
                arrays
                    .iter()
                    .flat_map(|array| array.as_primitive::<UInt32Type>().iter().map(Option::unwrap_or_default))
                    .collect(),
            )),
            Kind::Small => Ok(smalls(
                name,
                arrays
                    .iter()
                    .flat_map(|array| array.as_primitive::<UInt16Type>().iter().map(Option::unwrap_or_default))
                    .collect(),
            )),
        };
        columns.push(column?);
    }
    Frame::new(columns).map_err(|finding| finding.message)
}

/// Dictionary arrays of several batches over one list of words.
fn words_column(name: &str, arrays: &[&dyn Array]) -> Result<polars::prelude::Column, crate::finding::Finding> {
    let mut words = Words::default();
    let mut rows: Vec<u32> = Vec::new();
    for array in arrays {
        let dictionary = array.as_dictionary::<Int32Type>();
        let texts: &StringArray = dictionary.values().as_string();
        let codes: Vec<u32> = texts.iter().map(|text| words.code(text.unwrap_or_default())).collect();
        let none = if dictionary.keys().null_count() > 0 { words.code("") } else { 0 };
        rows.extend(
            dictionary.keys().iter().map(|key| key.and_then(|key| codes.get(key as usize).copied()).unwrap_or(none)),
        );
    }
    let ordered = words.ordered();
    let ranks: Vec<u32> = rows.iter().map(|&code| ordered.ranks[code as usize]).collect();
    let mut codes = Codes::with_capacity(ordered.words.len(), ranks.len());
    codes.tile(&ranks, 1);
    codes.column(name, &ordered.words)
}
