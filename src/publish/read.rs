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
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData, RowGroupMetaData};
use parquet::file::statistics::Statistics;
use polars::prelude::Column;
use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::checked::{self, Checked};
use super::meta::{KEY, TableMeta};
use super::sums;
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
    Ok(sealed_footer(path)?.map(|(meta, _)| meta))
}

/// The same with what tells this file from one that takes its place.
///
/// # Errors
/// It is no table of ours, or it is damaged.
pub fn sealed_footer(path: &Path) -> Result<Option<(TableMeta, Seal)>, Error> {
    if !path.is_file() {
        return Ok(None);
    }
    let (metadata, _) = checked::open(path).map_err(|error| broken(path, &error))?;
    let text = checked::value(&metadata, KEY).ok_or_else(|| broken(path, &"it is no table of ours"))?;
    let meta = serde_json::from_str(text).map_err(|error| broken(path, &error))?;
    Ok(Some((meta, Seal::of(&metadata))))
}

/// What tells a table from one that takes its place: the checksum of its footer, which holds those of all its parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seal(String);

impl Seal {
    fn of(metadata: &ParquetMetaData) -> Seal {
        // A table of a version without checksums is told by what it was made from.
        let sums = checked::value(metadata, sums::KEY).and_then(|words| words.split_once(' ')).map(|(own, _)| own);
        Seal(sums.or_else(|| checked::value(metadata, KEY)).unwrap_or_default().to_owned())
    }
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

/// So many rows are decoded at a time.
const AT_ONCE: usize = 131_072;

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

/// The columns of `layout` in the rows of the table at `path` that fit every one of `wanted`.
///
/// # Errors
/// The file is missing or damaged.
pub fn rows(path: &Path, layout: Layout, wanted: &[Only<'_>]) -> Result<Frame, Error> {
    rows_of_any(path, layout, &[wanted])
}

/// The same in the rows that fit every one of any list of `wanted`; no row may fit two lists. Only the row groups and
/// columns that are needed are read, each group by itself: a dictionary holds for one group, and groups are read side by
/// side.
///
/// # Errors
/// The file is missing or damaged.
pub fn rows_of_any(path: &Path, layout: Layout, wanted: &[&[Only<'_>]]) -> Result<Frame, Error> {
    fs_err::metadata(path).map_err(Error::reading)?;
    let (metadata, checked) = checked::open(path).map_err(|error| broken(path, &error))?;
    opened(path, (metadata, checked), layout, wanted)
}

/// The same of the very file whose footer had this seal.
///
/// # Errors
/// Another file has taken its place, or it is damaged.
pub fn sealed_rows(path: &Path, seal: &Seal, layout: Layout, wanted: &[&[Only<'_>]]) -> Result<Frame, Error> {
    let replaced = || Error::Replaced { path: path.to_owned() };
    if !path.is_file() {
        return Err(replaced());
    }
    let (metadata, checked) = checked::open(path).map_err(|error| broken(path, &error))?;
    if Seal::of(&metadata) != *seal {
        return Err(replaced());
    }
    opened(path, (metadata, checked), layout, wanted)
}

fn opened(
    path: &Path,
    (metadata, checked): (ParquetMetaData, Checked),
    layout: Layout,
    wanted: &[&[Only<'_>]],
) -> Result<Frame, Error> {
    let said = |error: &dyn std::fmt::Display| broken(path, error);
    let metadata =
        ArrowReaderMetadata::try_new(Arc::new(metadata), ArrowReaderOptions::new()).map_err(|error| said(&error))?;
    let place = |about: &About| metadata.schema().index_of(about.name).map_err(|error| said(&error));
    let later = |about: &&About| metadata.schema().index_of(about.name).is_err() && LATER.contains(&about.name);
    let shown = layout.0.iter().filter(|about| !later(about)).map(place).collect::<Result<Vec<usize>, Error>>()?;
    let mut asked = Vec::new();
    for only in wanted {
        let column = |only: &Only<'_>| Ok((place(&only.column)?, only.words.iter().cloned().collect()));
        let columns = only.iter().map(column).collect::<Result<_, Error>>()?;
        let asks = Asked { columns, shown: &shown };
        asked.extend(asks.groups(metadata.metadata().row_groups()).into_iter().map(|group| (asks.clone(), group)));
    }
    let pieces = asked.into_par_iter().map(|(asks, group)| {
        let batches = asks.batches(group, &checked, &metadata).map_err(|error| said(&error))?;
        frame(layout, &batches).map_err(|finding| said(&finding.message))
    });
    let pieces = pieces.collect::<Result<Vec<Frame>, Error>>()?;
    let whole = if pieces.is_empty() { frame(layout, &[]) } else { Frame::joined(pieces) };
    whole.map_err(|finding| said(&finding.message))
}

/// What is asked of a table: the columns that choose its rows, each with its words, and those that are shown.
#[derive(Clone)]
struct Asked<'a> {
    columns: Vec<(usize, FxHashSet<String>)>,
    shown: &'a [usize],
}

impl Asked<'_> {
    /// The row groups whose statistics allow for one of the words of every column.
    fn groups(&self, groups: &[RowGroupMetaData]) -> Vec<usize> {
        let may_hold = |group: &RowGroupMetaData, (column, words): &(usize, FxHashSet<String>)| {
            let statistics = group.column(*column).statistics();
            match statistics.and_then(|statistics| statistics.min_bytes_opt().zip(statistics.max_bytes_opt())) {
                Some((low, high)) => words.iter().any(|word| low <= word.as_bytes() && word.as_bytes() <= high),
                None => true,
            }
        };
        (0..groups.len()).filter(|&index| self.columns.iter().all(|wanted| may_hold(&groups[index], wanted))).collect()
    }

    /// The rows of a group that fit.
    fn batches(
        &self,
        group: usize,
        checked: &Checked,
        metadata: &ArrowReaderMetadata,
    ) -> Result<Vec<RecordBatch>, ParquetError> {
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(checked.beside(), metadata.clone());
        let schema = metadata.parquet_schema();
        let predicates = self.columns.iter().map(|(index, words)| {
            let mask = ProjectionMask::leaves(schema, [*index]);
            let words = words.clone();
            Box::new(ArrowPredicateFn::new(mask, move |batch: RecordBatch| fitting(&batch, &words)))
                as Box<dyn ArrowPredicate>
        });
        let filter = RowFilter::new(predicates.collect());
        let about = metadata.metadata().row_group(group);
        let filled = self.shown.iter().copied().filter(|column| !is_null(about.column(*column)));
        let projection = ProjectionMask::leaves(schema, filled);
        let builder = builder.with_row_groups(vec![group]).with_row_filter(filter).with_projection(projection);
        Ok(builder.with_batch_size(AT_ONCE).build()?.collect::<Result<_, _>>()?)
    }
}

/// Whether a chunk says that it holds nothing.
fn is_null(chunk: &ColumnChunkMetaData) -> bool {
    let nulls = chunk.statistics().and_then(Statistics::null_count_opt);
    nulls.is_some_and(|nulls| i64::try_from(nulls) == Ok(chunk.num_values()))
}

/// Which rows of a batch of one column have one of `words`: looked up once a word of the dictionary, not once a row.
fn fitting(batch: &RecordBatch, words: &FxHashSet<String>) -> Result<BooleanArray, ArrowError> {
    let dictionary = batch
        .column(0)
        .as_dictionary_opt::<Int32Type>()
        .ok_or_else(|| ArrowError::CastError("a column of words is expected".to_owned()))?;
    let texts: &StringArray = dictionary.values().as_string();
    let fits: Vec<bool> = texts.iter().map(|text| text.is_some_and(|text| words.contains(text))).collect();
    let fit = |key: Option<i32>| Some(key.is_some_and(|key| fits.get(key as usize).copied().unwrap_or_default()));
    Ok(dictionary.keys().iter().map(fit).collect())
}

/// The batches as one frame, with the columns of `layout`; those that were not read are empty.
fn frame(layout: Layout, batches: &[RecordBatch]) -> Result<Frame, Finding> {
    let rows = batches.iter().map(RecordBatch::num_rows).sum();
    let column = |about: &About| {
        let pieces: Vec<&dyn Array> =
            batches.iter().filter_map(|batch| batch.column_by_name(about.name)).map(AsRef::as_ref).collect();
        if pieces.is_empty() { nothing(about, rows) } else { column(about, &pieces) }
    };
    Frame::new(layout.0.iter().map(column).collect::<Result<Vec<_>, Finding>>()?)
}

/// A column of so many rows without anything in them.
fn nothing(about: &About, rows: usize) -> Result<Column, Finding> {
    match about.holds {
        Holds::Words => {
            let mut codes = Codes::with_capacity(1, rows);
            codes.fill(0, rows);
            kind::Words::made(about.name, (codes, &[String::new()]))
        }
        Holds::Numbers => kind::Numbers::made(about.name, vec![f64::NAN; rows]),
        Holds::Days => kind::Days::made(about.name, vec![0; rows]),
        Holds::Wholes => kind::Wholes::made(about.name, vec![0; rows]),
        Holds::Smalls => kind::Smalls::made(about.name, vec![0; rows]),
        Holds::Truths => kind::Truths::made(about.name, &vec![false; rows]),
    }
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
