//! Why a Parquet file is not read, each with the next action.

use parquet::arrow::arrow_reader::ArrowReaderMetadata;
use parquet::basic::Compression;
use parquet::errors::ParquetError;

use crate::finding::{Finding, likely};
use crate::grid::MOST_CELLS;

/// Refuses bytes whose end says that the file is encrypted, or that it is not whole.
pub(super) fn ends_well(bytes: &[u8]) -> Result<(), Finding> {
    match bytes.last_chunk::<4>() {
        Some(b"PARE") => Err(encrypted()),
        // The footer may be open, and say of some columns which key they ask for.
        Some(b"PAR1") if memchr::memmem::find(footer(bytes), b"\"keyMaterialType\"").is_some() => Err(encrypted()),
        Some(b"PAR1") if bytes.len() >= 12 => Ok(()),
        _ => Err(damaged(&"it begins as Parquet and does not end so")),
    }
}

/// The footer, whose length stands before the last four bytes; nothing where that cannot be.
fn footer(bytes: &[u8]) -> &[u8] {
    let (before, _) = bytes.split_at(bytes.len().saturating_sub(8));
    let length =
        bytes.get(before.len()..).and_then(|tail| tail.first_chunk::<4>()).map(|four| u32::from_le_bytes(*four));
    let start = length.and_then(|length| before.len().checked_sub(length as usize));
    start.and_then(|start| before.get(start..)).unwrap_or_default()
}

/// Refuses columns that hold lists or parts, that are packed in a way that is not known, or encrypted.
pub(super) fn plain(reader: &ArrowReaderMetadata) -> Result<(), Finding> {
    if let Some(field) = reader.schema().fields().iter().find(|field| field.data_type().is_nested()) {
        return Err(nested(field.name(), &field.data_type().to_string()));
    }
    let mut chunks = reader.metadata().row_groups().iter().flat_map(|group| group.columns());
    match chunks.find(|chunk| matches!(chunk.compression(), Compression::BROTLI(_) | Compression::LZO)) {
        Some(chunk) => {
            let packing = chunk.compression().to_string();
            let packing = packing.split('(').next().unwrap_or_default();
            let message = format!("column `{}` is packed with {packing}, which is not read", chunk.column_path());
            Err(Finding::error("other-packing", message, format!("write it with Zstandard, Snappy or Gzip: {REWRITE}")))
        }
        None => Ok(()),
    }
}

/// How a file is written again.
const REWRITE: &str = "`COPY (FROM 'FILE.parquet') TO 'NEW.parquet' (COMPRESSION zstd)` in DuckDB";

/// What an error of the reader means.
pub(super) fn of(error: &ParquetError) -> Finding {
    let message = error.to_string();
    if message.to_lowercase().contains("encrypt") { encrypted() } else { damaged(&message) }
}

fn encrypted() -> Finding {
    let help = "ask for a file without encryption, or write it again without where the key is";
    Finding::error("locked-file", "the Parquet file is encrypted", help)
}

/// That a file is cut short or damaged.
pub(super) fn damaged(why: &dyn std::fmt::Display) -> Finding {
    Finding::error(
        "damaged-file",
        format!("the Parquet file is damaged or cut short: {why}"),
        "copy or download it again",
    )
}

/// Refuses a row group with fewer or more rows than the footer says.
pub(super) fn as_announced(rows: usize, announced: i64) -> Result<(), Finding> {
    match usize::try_from(announced) == Ok(rows) {
        true => Ok(()),
        false => Err(damaged(&format!("{rows} rows are there where {announced} are announced"))),
    }
}

/// That a column is no plain one.
pub(super) fn nested(name: &str, kind: &str) -> Finding {
    let kind = kind.split(['(', '<']).next().unwrap_or_default();
    let message = format!("column `{name}` holds {kind} in each cell; one value in each is expected");
    let help =
        "write it again with a column for each part (`UNNEST` in DuckDB, `explode` in Spark), or without that column";
    Finding::error("nested-column", message, help)
}

/// That a cell holds bytes.
pub(super) fn no_text(name: &str) -> Finding {
    let message = format!("the cell in column `{name}` holds bytes that are no text, or a day that is none");
    Finding::error("no-text", message, "write the column again as text, or leave it out of the file")
}

/// That a part is of another table than the first.
pub(super) fn other_columns(first: &[String], names: &[String], file: &str) -> Finding {
    let missing = first.iter().find(|name| !names.contains(name));
    let more = names.iter().find(|name| !first.contains(name));
    let what = match (missing, more) {
        (Some(missing), Some(more)) => format!("it has `{more}`, and no `{missing}`"),
        (Some(missing), None) => format!("it has no `{missing}`"),
        (None, Some(more)) => format!("it has `{more}` besides"),
        (None, None) => "they stand in another order".to_owned(),
    };
    let hint = missing.and_then(|missing| likely(missing, more.into_iter().map(String::as_str)));
    let hint = hint.map_or_else(String::new, |name| format!("; was `{name}` renamed?"));
    let message = format!("the columns are not those of {file}: {what}{hint}");
    let help = "parts of one folder are one table: take out what is of another, or write the folder again at once";
    Finding::error("parts-differ", message, help)
}

/// That there are columns and nothing in them.
pub(super) fn no_rows(columns: usize) -> Finding {
    let columns = crate::shown::counted(columns, "column", "columns");
    Finding::error("empty-file", format!("the Parquet file has {columns} and no row"), "ask for the file with its rows")
}

/// That there are more cells than can be read.
pub(super) fn too_large(rows: usize, columns: usize) -> Finding {
    let message = format!("{rows} rows by {columns} columns are more than the {MOST_CELLS} cells that can be read");
    Finding::error("file-too-large", message, "split it by period, or write it without the columns that nobody reads")
}

/// That the texts come to more than can be read.
pub(super) fn too_much_text() -> Finding {
    let message = "the texts of the file come to more than can be read";
    Finding::error("file-too-large", message, "split it by period, or write it without the columns that nobody reads")
}
