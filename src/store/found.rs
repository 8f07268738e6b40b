//! A measure that was found in a table.

use crate::publish::{MeasureMeta, TableMeta};

/// Where a measure is.
#[derive(Clone, Copy)]
pub struct Found<'a> {
    /// Its table.
    pub table: &'a str,
    /// The table's footer.
    pub meta: &'a TableMeta,
    /// Its name.
    pub name: &'a str,
    /// What it is.
    pub measure: &'a MeasureMeta,
}
