//! Rows of text cells as Parquet, for an engine that cannot read the file that they stand in.

use std::io::{self, Write};
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;

use crate::grid::TextTable;

/// Writes the cells of `table` to `out`, in columns `c1`, `c2` and so on, and behind them `beside`, columns `t_NAME`.
///
/// # Errors
/// It cannot be written.
pub fn texts(
    out: &mut (dyn Write + Send),
    table: &TextTable,
    beside: &[(String, Vec<Option<String>>)],
) -> io::Result<()> {
    let mut columns: Vec<(String, ArrayRef)> = Vec::new();
    for (at, column) in (1..).zip(table.frame.columns()) {
        let cells = column.str().map_err(io::Error::other)?;
        columns.push((format!("c{at}"), Arc::new(cells.iter().collect::<StringArray>())));
    }
    for (name, words) in beside {
        columns.push((format!("t_{name}"), Arc::new(words.iter().map(Option::as_deref).collect::<StringArray>())));
    }
    let batch = RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true)))
        .map_err(io::Error::other)?;
    let mut writer = ArrowWriter::try_new(out, batch.schema(), None).map_err(io::Error::other)?;
    writer.write(&batch).map_err(io::Error::other)?;
    writer.close().map(drop).map_err(io::Error::other)
}
