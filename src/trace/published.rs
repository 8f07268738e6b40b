//! A published figure that is to be read again: its names and where its cells stand.

/// A published figure, as its row says.
#[derive(Clone, Debug)]
pub struct Published<'a> {
    /// Its id.
    pub id: &'a str,
    /// The table it stands in.
    pub table: &'a str,
    /// The measure, by name.
    pub measure: &'a str,
    /// The release it was taken from.
    pub release: &'a str,
    /// The file, below the returns.
    pub file: &'a str,
    /// The row of its cell.
    pub row: u32,
    /// The column of its cell.
    pub column: u16,
    /// The figure as published by us.
    pub value: Option<f64>,
    /// What is counted, where it is a rate.
    pub numerator: Option<f64>,
    /// Of what.
    pub denominator: Option<f64>,
}
