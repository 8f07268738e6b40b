//! Frames with the same columns as one: rows after rows, words over one list.

use polars::prelude::{Column, DataType};

use super::Frame;
use super::codes::Coded;
use super::kind::{self, Kind};
use super::words::Words;
use crate::finding::Finding;

impl Frame {
    /// The rows of all `pieces`, which have the columns of the first; each column of theirs goes as soon as it was taken.
    ///
    /// # Errors
    /// There is no piece, or one lacks a column: a mistake in the program, said as a finding.
    pub fn joined(mut pieces: Vec<Frame>) -> Result<Frame, Finding> {
        if pieces.len() == 1 {
            return Ok(pieces.remove(0));
        }
        let mut pieces: Vec<Vec<Column>> = pieces.into_iter().map(|piece| piece.0.into_columns()).collect();
        let names: Vec<String> = pieces.first().into_iter().flatten().map(|column| column.name().to_string()).collect();
        let column = |name: &String| {
            let taken = pieces.iter_mut().map(|piece| {
                let at = piece.iter().position(|column| column.name() == name.as_str());
                at.map(|at| piece.remove(at)).ok_or_else(|| Finding::internal(&format!("a piece lacks `{name}`")))
            });
            one(name, taken.collect::<Result<Vec<Column>, Finding>>()?)
        };
        let columns = names.iter().map(column).collect::<Result<Vec<Column>, Finding>>()?;
        if columns.is_empty() { Err(Finding::internal(&"no piece of a table is there")) } else { Frame::new(columns) }
    }
}

/// Columns of one name, one after another.
fn one(name: &str, pieces: Vec<Column>) -> Result<Column, Finding> {
    if pieces.iter().any(|piece| matches!(piece.dtype(), DataType::Enum(..))) {
        return words(name, &pieces);
    }
    let mut pieces = pieces.into_iter();
    let mut whole = pieces.next().ok_or_else(|| Finding::internal(&"no piece of a column is there"))?;
    pieces.try_for_each(|piece| whole.append_owned(piece).map(drop)).map_err(|error| Finding::internal(&error))?;
    Ok(whole)
}

/// Columns of words over one list of them.
fn words(name: &str, pieces: &[Column]) -> Result<Column, Finding> {
    let mut words = Words::default();
    let mut rows: Vec<u32> = Vec::with_capacity(pieces.iter().map(Column::len).sum());
    for piece in pieces {
        let known = Coded::of(piece.as_materialized_series())?;
        let codes: Vec<u32> = known.words.iter().map(|word| words.code(word)).collect();
        rows.extend((0..known.codes.len()).map(|row| codes[known.codes.get(row)]));
    }
    let ordered = words.ordered();
    kind::Words::made(name, (ordered.codes(&rows), &ordered.words))
}
