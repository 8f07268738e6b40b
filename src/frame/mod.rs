//! The frame that stages hand to each other: a polars frame, and the typed way into its columns.
//!
//! Words (table, release, area, measure, ...) are enum columns whose codes order as their words do; numbers are
//! nullable floats; `row` and `column` are the cell as Excel counts it. Which columns there are says `schema`.

mod codes;
mod column;
mod joined;
pub mod kind;
mod words;

use polars::prelude::{Column, DataFrame, Series};

pub use codes::{CodeSlice, Coded, Codes};
pub use column::{About, Declared, Values};
pub use kind::{Holds, Kind};
pub use words::{Ordered, Words};

use crate::finding::Finding;

/// A frame of observations or comparisons whose columns are one chunk each.
#[derive(Clone, Debug)]
pub struct Frame(DataFrame);

impl Frame {
    /// Wraps `columns`, all of one length.
    ///
    /// # Errors
    /// What polars says, as a finding.
    pub fn new(columns: Vec<Column>) -> Result<Frame, Finding> {
        let height = columns.first().map_or(0, Column::len);
        let mut frame = DataFrame::new(height, columns).map_err(|error| Finding::internal(&error))?;
        frame.rechunk_mut();
        Ok(Frame(frame))
    }

    /// The polars frame.
    pub fn polars(&self) -> &DataFrame {
        &self.0
    }

    /// How many rows there are.
    pub fn height(&self) -> usize {
        self.0.height()
    }

    /// Whether the frame has the column.
    pub fn has(&self, about: &About) -> bool {
        self.0.column(about.name).is_ok()
    }

    /// The cells of a column.
    ///
    /// # Errors
    /// The frame was read without it: a mistake in the program, said as a finding.
    pub fn get<C: Declared>(&self, _column: C) -> Result<Values<'_, C>, Finding> {
        self.read::<C::Kind>(&C::ABOUT)
    }

    /// The cells of a column that is known only when the program runs.
    ///
    /// # Errors
    /// As [`Frame::get`], or the column holds something else than `K`.
    pub fn read<K: Kind>(&self, about: &About) -> Result<K::Values<'_>, Finding> {
        K::read(self.series(about.name)?)
    }

    /// The same frame with `word`, one of the column's words, in `rows` of a column of words.
    ///
    /// # Errors
    /// As [`Frame::get`], or the column has no such word.
    pub fn marked<C: Declared<Kind = kind::Words>>(
        mut self,
        column: C,
        rows: &[usize],
        word: &str,
    ) -> Result<Frame, Finding> {
        if rows.is_empty() {
            return Ok(self);
        }
        let known = self.get(column)?;
        let mark = known.code(word).ok_or_else(|| Finding::internal(&format!("`{word}` is no word of the column")))?;
        let mut all: Vec<u32> = (0..known.codes.len()).map(|row| known.codes.get(row) as u32).collect();
        for &row in rows {
            all[row] = mark as u32;
        }
        let words: Vec<String> = known.words.iter().map(|word| (*word).to_owned()).collect();
        let mut codes = Codes::with_capacity(words.len(), all.len());
        codes.tile(&all, 1);
        let made = column.holding((codes, &words))?;
        self.0.replace(C::ABOUT.name, made).map_err(|error| Finding::internal(&error))?;
        Ok(self)
    }

    fn series(&self, name: &str) -> Result<&Series, Finding> {
        Ok(self.0.column(name).map_err(|error| Finding::internal(&error))?.as_materialized_series())
    }
}
