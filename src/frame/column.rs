//! A column of a table as a type: what reads or fills it names that type, so that a misspelt one does not compile.

use polars::prelude::Column;

use super::kind::{Holds, Kind};
use crate::finding::Finding;

/// What is known of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct About {
    /// What it is called in the tables.
    pub name: &'static str,
    /// What it holds.
    pub holds: Holds,
    /// What it is, in a few words.
    pub label: &'static str,
    /// What it means, and what stands in it.
    pub definition: &'static str,
    /// What its cells are counted in; empty for words.
    pub unit: &'static str,
    /// Whether `run` fills it only in the rows about the whole.
    pub whole_only: bool,
}

/// A column that is declared.
pub trait Declared: Copy {
    /// What it holds.
    type Kind: Kind;
    /// What is known of it.
    const ABOUT: About;

    /// The polars column with these cells.
    ///
    /// # Errors
    /// What polars says, as a finding.
    fn holding(self, cells: <Self::Kind as Kind>::Cells<'_>) -> Result<Column, Finding> {
        <Self::Kind as Kind>::made(Self::ABOUT.name, cells)
    }
}

/// What reading the column `C` gives.
pub type Values<'a, C> = <<C as Declared>::Kind as Kind>::Values<'a>;
