//! `cargo run --example same_tables -- BEFORE AFTER [--csv FILE]`: whether the tables of two outputs folders are the
//! same, cell by cell.
//!
//! Columns are matched by name and rows by what they are about, so that neither order matters; rows that are about the
//! same are matched in their order. Prints a line a table and its first differences; exits 1 where there is any.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::hash::{BuildHasher, BuildHasherDefault, DefaultHasher};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{DataType, Float64Type, Int32Type};
use arrow::util::display::{ArrayFormatter, FormatOptions};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

/// The columns that say what a row is about, where a table has them.
const KEYS: [&str; 12] = [
    "table",
    "release",
    "measure",
    "period",
    "period_identifier",
    "level",
    "la_code",
    "ons_code",
    "area_name",
    "breakdown_topic",
    "breakdown",
    "comparator",
];

/// Differences that are printed for a table.
const SHOWN: usize = 20;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let csv = arguments.iter().position(|argument| argument == "--csv").map(|at| {
        let path = arguments.get(at + 1).cloned().unwrap_or_default();
        arguments.drain(at..(at + 2).min(arguments.len()));
        path
    });
    let [before, after] = arguments.as_slice() else {
        eprintln!("usage: same_tables BEFORE AFTER [--csv FILE]");
        return ExitCode::from(2);
    };
    match compare(Path::new(before), Path::new(after), csv.as_deref()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Compares every table that either folder has; answers whether they are the same.
fn compare(before: &Path, after: &Path, csv: Option<&str>) -> Result<bool> {
    let mut csv = csv.map(csv::Writer::from_path).transpose()?;
    if let Some(csv) = &mut csv {
        csv.write_record(["table", "row", "column", "before", "after"])?;
    }
    let names: BTreeSet<PathBuf> = tables(before)?.into_iter().chain(tables(after)?).collect();
    let mut same = !names.is_empty();
    for name in names {
        let shown = name.display().to_string();
        let mut found = Found { table: shown.trim_end_matches(".parquet"), count: 0, csv: csv.as_mut() };
        match (Table::open(&before.join("tables").join(&name)), Table::open(&after.join("tables").join(&name))) {
            (Ok(old), Ok(new)) => between(&old, &new, &mut found)?,
            (old, new) => {
                let word =
                    |side: &Result<Table>| side.as_ref().map_or_else(ToString::to_string, |_| "there".to_owned());
                found.difference("the table", "", &word(&old), &word(&new))?;
            }
        }
        same &= found.count == 0;
    }
    Ok(same)
}

/// The tables of an outputs folder.
fn tables(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder.join("tables"))? {
        let name = PathBuf::from(entry?.file_name());
        if name.extension().is_some_and(|ending| ending == "parquet") {
            names.push(name);
        }
    }
    Ok(names)
}

/// What differs in a table.
struct Found<'a> {
    table: &'a str,
    count: usize,
    csv: Option<&'a mut csv::Writer<std::fs::File>>,
}

impl Found<'_> {
    fn difference(&mut self, row: &str, column: &str, before: &str, after: &str) -> Result<()> {
        self.count += 1;
        if self.count <= SHOWN {
            println!("  {}: {row} {column}: `{before}` is now `{after}`", self.table);
        }
        if let Some(csv) = &mut self.csv {
            csv.write_record([self.table, row, column, before, after])?;
        }
        Ok(())
    }
}

/// A table whose columns are read one at a time.
struct Table {
    path: PathBuf,
    columns: Vec<String>,
    rows: usize,
}

impl Table {
    fn open(path: &Path) -> Result<Table> {
        let builder = ParquetRecordBatchReaderBuilder::try_new(std::fs::File::open(path)?)?;
        let columns = builder.schema().fields().iter().map(|field| field.name().clone()).collect();
        let rows = usize::try_from(builder.metadata().file_metadata().num_rows())?;
        Ok(Table { path: path.to_owned(), columns, rows })
    }

    /// The pieces of a column.
    fn column(&self, name: &str) -> Result<Vec<ArrayRef>> {
        let builder = ParquetRecordBatchReaderBuilder::try_new(std::fs::File::open(&self.path)?)?;
        let mask = ProjectionMask::leaves(builder.parquet_schema(), [builder.schema().index_of(name)?]);
        let batches = builder.with_projection(mask).with_batch_size(131_072).build()?;
        batches.map(|batch| Ok(batch?.column(0).clone())).collect()
    }

    /// A number for what each row is about; rows that are about the same have numbers of their own, by their order.
    fn keys(&self, shared: &[&str]) -> Result<Vec<u64>> {
        let mut keys = vec![0; self.rows];
        for name in shared {
            for (key, cell) in keys.iter_mut().zip(cells(&self.column(name)?)?) {
                *key = hash((*key, cell));
            }
        }
        let mut met: HashMap<u64, u32> = HashMap::with_capacity(self.rows);
        for key in &mut keys {
            let times = met.entry(*key).or_default();
            *times += 1;
            *key = hash((*key, *times));
        }
        Ok(keys)
    }

    /// The text of some cells of a column.
    fn texts(&self, name: &str, rows: &[usize]) -> Result<Vec<String>> {
        let pieces = self.column(name)?;
        rows.iter().map(|&row| text(&pieces, row)).collect()
    }
}

fn text(pieces: &[ArrayRef], mut row: usize) -> Result<String> {
    for piece in pieces {
        if row < piece.len() {
            let options = FormatOptions::default();
            return Ok(ArrayFormatter::try_new(piece, &options)?.value(row).to_string());
        }
        row -= piece.len();
    }
    Ok(String::new())
}

fn hash(value: impl std::hash::Hash) -> u64 {
    BuildHasherDefault::<DefaultHasher>::default().hash_one(value)
}

/// A number for each cell of a column: equal numbers for equal cells, whichever way the file holds them.
fn cells(pieces: &[ArrayRef]) -> Result<Vec<u64>> {
    let mut all = Vec::new();
    for piece in pieces {
        match piece.data_type() {
            DataType::Dictionary(key, _) if **key == DataType::Int32 => {
                let dictionary = piece.as_dictionary::<Int32Type>();
                let words = texts(dictionary.values())?;
                all.extend(dictionary.keys().iter().map(|key| key.map_or(0, |key| words[key as usize])));
            }
            DataType::Float64 => {
                let bits = |value: f64| hash(if value == 0.0 { 0 } else { value.to_bits() });
                all.extend(piece.as_primitive::<Float64Type>().iter().map(|value| value.map_or(0, bits)));
            }
            _ => all.extend(texts(piece)?),
        }
    }
    Ok(all)
}

/// A number for the text of each cell, 0 for null.
fn texts(array: &dyn Array) -> Result<Vec<u64>> {
    let options = FormatOptions::default();
    let formatter = ArrayFormatter::try_new(array, &options)?;
    let cell = |row| if array.is_null(row) { 0 } else { hash(formatter.value(row).to_string()) };
    Ok((0..array.len()).map(cell).collect())
}

/// Says what differs between two builds of a table.
fn between(old: &Table, new: &Table, found: &mut Found<'_>) -> Result<()> {
    for (from, other, word) in [(old, new, ["there", "gone"]), (new, old, ["not there", "there"])] {
        for column in from.columns.iter().filter(|column| !other.columns.contains(column)) {
            found.difference("every row", column, word[0], word[1])?;
        }
    }
    let shared: Vec<&str> = old.columns.iter().filter(|name| new.columns.contains(name)).map(String::as_str).collect();
    let keys: Vec<&str> = KEYS.into_iter().filter(|key| shared.contains(key)).collect();
    let (before, after) = (old.keys(&keys)?, new.keys(&keys)?);
    let places: HashMap<u64, usize> = after.iter().copied().zip(0..).collect();
    let pairs: Vec<(usize, Option<usize>)> = before.iter().map(|key| places.get(key).copied()).enumerate().collect();
    let told = |table: &Table, rows: &[usize]| -> Result<Vec<String>> {
        let columns = keys.iter().map(|name| table.texts(name, rows)).collect::<Result<Vec<_>>>()?;
        Ok((0..rows.len()).map(|at| columns.iter().map(|c| c[at].as_str()).collect::<Vec<_>>().join(", ")).collect())
    };
    let gone: Vec<usize> = pairs.iter().filter(|(_, place)| place.is_none()).map(|(row, _)| *row).collect();
    for row in told(old, &gone)? {
        found.difference(&row, "", "a row", "gone")?;
    }
    let known: HashSet<u64> = before.iter().copied().collect();
    let come: Vec<usize> = (0..after.len()).filter(|row| !known.contains(&after[*row])).collect();
    for row in told(new, &come)? {
        found.difference(&row, "", "not there", "a row")?;
    }
    for name in &shared {
        let (was, is) = (cells(&old.column(name)?)?, cells(&new.column(name)?)?);
        let other: Vec<(usize, usize)> = pairs
            .iter()
            .filter_map(|&(row, place)| Some((row, place?)))
            .filter(|&(row, place)| was[row] != is[place])
            .collect();
        let (left, right): (Vec<usize>, Vec<usize>) = other.into_iter().unzip();
        let (was, is) = (old.texts(name, &left)?, new.texts(name, &right)?);
        for ((row, was), is) in told(old, &left)?.iter().zip(&was).zip(&is) {
            found.difference(row, name, was, is)?;
        }
    }
    println!("{}: {} rows before, {} now, {} differences", found.table, old.rows, new.rows, found.count);
    Ok(())
}
