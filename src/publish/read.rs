//! Published tables read back: the footer alone, or the rows of a few measures as a frame.

use std::path::Path;
use std::sync::Arc;

use arrow::array::{Array, AsArray, BooleanArray, RecordBatch, StringArray};
use arrow::datatypes::{ArrowPrimitiveType, Date32Type, Float64Type, Int32Type, UInt16Type, UInt32Type};
use arrow::error::ArrowError;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowPredicate, ArrowPredicateFn, ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReaderBuilder,
    RowFilter,
};
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::ChunkReader;
use polars::prelude::Column;

use super::checked;
use super::parquet::{KEY, TableMeta};
use crate::finding::{Error, Finding};
use crate::frame::{About, Codes, Declared, Frame, Holds, Kind, Words, kind};
use crate::schema::Layout;

fn broken(path: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::Table { what: "cannot read the table", path: path.to_owned(), message: error.to_string() }
}

/// What the footer of the table at `path` says; none where there is no such file, or it is not ours or damaged.
pub fn footer(path: &Path) -> Option<TableMeta> {
    sound_footer(path).ok().flatten()
}

/// What the footer of the table at `path` says; none where there is no such file.
///
/// # Errors
/// It is no table of ours, or it is damaged.
pub fn sound_footer(path: &Path) -> Result<Option<TableMeta>, Error> {
    if !path.is_file() {
        return Ok(None);
    }
    let (metadata, _) = checked::open(path).map_err(|error| broken(path, &error))?;
    let text = checked::value(&metadata, KEY).ok_or_else(|| broken(path, &"it is no table of ours"))?;
    serde_json::from_str(text).map(Some).map_err(|error| broken(path, &error))
}

/// The names of the columns of the table at `path`, in order; none where it cannot be read.
pub fn columns(path: &Path) -> Vec<String> {
    checked::open(path).map_or_else(
        |_| Vec::new(),
        |(metadata, _)| {
            let schema = metadata.file_metadata().schema_descr();
            schema.columns().iter().map(|column| column.name().to_owned()).collect()
        },
    )
}

/// Columns that tables of earlier versions do not have; they are read as empty there.
const LATER: [&str; 1] = ["period_length"];

/// Which rows of a table to read: those whose column has one of the words.
#[derive(Clone, Copy, Debug)]
pub struct Only<'a> {
    column: About,
    words: &'a [String],
}

impl<'a> Only<'a> {
    /// The rows in which `column` has one of `words`.
    pub fn of<C: Declared<Kind = kind::Words>>(_column: C, words: &'a [String]) -> Only<'a> {
        Only { column: C::ABOUT, words }
    }
}

/// The columns of `layout` in the rows of the table at `path` that fit every one of `wanted`. Only the row groups and
/// columns that are needed are read.
///
/// # Errors
/// The file is missing or damaged.
pub fn rows(path: &Path, layout: Layout, wanted: &[Only<'_>]) -> Result<Frame, Error> {
    let said = |error: &dyn std::fmt::Display| broken(path, error);
    fs_err::metadata(path).map_err(Error::reading)?;
    let (metadata, checked) = checked::open(path).map_err(|error| said(&error))?;
    let metadata =
        ArrowReaderMetadata::try_new(Arc::new(metadata), ArrowReaderOptions::new()).map_err(|error| said(&error))?;
    let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(checked, metadata);
    let place = |about: &About| builder.schema().index_of(about.name).map_err(|error| said(&error));
    let mut columns: Vec<(usize, Vec<String>)> = Vec::new();
    for Only { column, words } in wanted {
        columns.push((place(column)?, words.to_vec()));
    }
    let later = |about: &&About| builder.schema().index_of(about.name).is_err() && LATER.contains(&about.name);
    let shown = layout.0.iter().filter(|about| !later(about)).map(place).collect::<Result<Vec<usize>, Error>>()?;
    let projection = ProjectionMask::leaves(builder.parquet_schema(), shown);
    let groups = groups_with(&builder, &columns);
    let predicates = columns.into_iter().map(|(index, words)| {
        let mask = ProjectionMask::leaves(builder.parquet_schema(), [index]);
        Box::new(ArrowPredicateFn::new(mask, move |batch: RecordBatch| fitting(&batch, &words)))
            as Box<dyn ArrowPredicate>
    });
    let filter = RowFilter::new(predicates.collect());
    let batches: Vec<RecordBatch> = builder
        .with_row_groups(groups)
        .with_row_filter(filter)
        .with_projection(projection)
        .with_batch_size(131_072)
        .build()
        .map_err(|error| said(&error))?
        .collect::<Result<_, _>>()
        .map_err(|error| said(&error))?;
    frame(layout, &batches).map_err(|finding| said(&finding.message))
}

/// Which rows of a batch of one column have one of `words`: looked up once a word of the dictionary, not once a row.
fn fitting(batch: &RecordBatch, words: &[String]) -> Result<BooleanArray, ArrowError> {
    let dictionary = batch
        .column(0)
        .as_dictionary_opt::<Int32Type>()
        .ok_or_else(|| ArrowError::CastError("a column of words is expected".to_owned()))?;
    let texts: &StringArray = dictionary.values().as_string();
    let fits: Vec<bool> = texts.iter().map(|text| words.iter().any(|word| text == Some(word))).collect();
    let fit = |key: Option<i32>| Some(key.is_some_and(|key| fits.get(key as usize).copied().unwrap_or_default()));
    Ok(dictionary.keys().iter().map(fit).collect())
}

/// The row groups whose statistics allow for one of the words of every column.
fn groups_with<T: ChunkReader>(
    builder: &ParquetRecordBatchReaderBuilder<T>,
    columns: &[(usize, Vec<String>)],
) -> Vec<usize> {
    let groups = builder.metadata().row_groups();
    let may_hold = |group: &RowGroupMetaData, (column, words): &(usize, Vec<String>)| {
        let statistics = group.column(*column).statistics();
        match statistics.and_then(|statistics| statistics.min_bytes_opt().zip(statistics.max_bytes_opt())) {
            Some((low, high)) => words.iter().any(|word| low <= word.as_bytes() && word.as_bytes() <= high),
            None => true,
        }
    };
    (0..groups.len()).filter(|&index| columns.iter().all(|wanted| may_hold(&groups[index], wanted))).collect()
}

/// The batches as one frame, with the columns of `layout`.
fn frame(layout: Layout, batches: &[RecordBatch]) -> Result<Frame, Finding> {
    let column = |about: &About| {
        let pieces: Vec<&dyn Array> =
            batches.iter().filter_map(|batch| batch.column_by_name(about.name)).map(AsRef::as_ref).collect();
        match pieces.is_empty() && LATER.contains(&about.name) {
            true => nothing(about.name, batches.iter().map(RecordBatch::num_rows).sum()),
            false => column(about, &pieces),
        }
    };
    Frame::new(layout.0.iter().map(column).collect::<Result<Vec<_>, Finding>>()?)
}

/// A column of so many empty words.
fn nothing(name: &str, rows: usize) -> Result<Column, Finding> {
    let mut codes = Codes::with_capacity(1, rows);
    codes.fill(0, rows);
    kind::Words::made(name, (codes, &[String::new()]))
}

/// The pieces of a column as one, null as the kind of the column writes it.
fn column(about: &About, pieces: &[&dyn Array]) -> Result<Column, Finding> {
    match about.holds {
        Holds::Words => words(about.name, pieces),
        Holds::Numbers => kind::Numbers::made(about.name, cells::<Float64Type>(pieces, f64::NAN)),
        Holds::Days => kind::Days::made(about.name, cells::<Date32Type>(pieces, 0)),
        Holds::Wholes => kind::Wholes::made(about.name, cells::<UInt32Type>(pieces, 0)),
        Holds::Smalls => kind::Smalls::made(about.name, cells::<UInt16Type>(pieces, 0)),
        Holds::Truths => {
            let truths = pieces.iter().flat_map(|piece| piece.as_boolean().iter().map(Option::unwrap_or_default));
            kind::Truths::made(about.name, &truths.collect::<Vec<bool>>())
        }
    }
}

/// The cells of all pieces, `none` for null.
fn cells<T: ArrowPrimitiveType>(pieces: &[&dyn Array], none: T::Native) -> Vec<T::Native> {
    pieces.iter().flat_map(|piece| piece.as_primitive::<T>().iter().map(|cell| cell.unwrap_or(none))).collect()
}

/// Dictionary arrays of several batches over one list of words.
fn words(name: &str, pieces: &[&dyn Array]) -> Result<Column, Finding> {
    let mut words = Words::default();
    let mut rows: Vec<u32> = Vec::new();
    for piece in pieces {
        let dictionary = piece.as_dictionary::<Int32Type>();
        let texts: &StringArray = dictionary.values().as_string();
        let codes: Vec<u32> = texts.iter().map(|text| words.code(text.unwrap_or_default())).collect();
        let none = if dictionary.keys().null_count() > 0 { words.code("") } else { 0 };
        rows.extend(
            dictionary.keys().iter().map(|key| key.and_then(|key| codes.get(key as usize).copied()).unwrap_or(none)),
        );
    }
    let ordered = words.ordered();
    kind::Words::made(name, (ordered.codes(&rows), &ordered.words))
}
