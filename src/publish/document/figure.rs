//! A chart of a document: its picture, its words, its data, and how a spreadsheet draws the same.

use serde::Serialize;

use super::table::Table;

/// A chart with its words and data.
#[derive(Clone, Debug, Default, Serialize)]
pub struct PaperChart {
    /// Its place in the page and its file's name.
    pub id: String,
    /// The message.
    pub title: String,
    /// What tells it from another chart with the same message: `over the years`.
    #[serde(skip)]
    pub shows: &'static str,
    /// One line: what is measured, of when.
    pub subtitle: String,
    /// What the marks stand for; empty where the lines carry their names.
    pub key: Vec<Key>,
    /// What says something that title and subtitle do not, a sentence each.
    pub notes: Vec<String>,
    /// The message for a reader who cannot see it.
    pub alt: String,
    /// The picture, its ids made unlike those of any other picture on the page.
    pub svg: String,
    /// The same picture for a phone; empty where the one serves.
    pub phone: String,
    /// The picture for Word and slides; empty where not asked for.
    #[serde(skip)]
    pub png: Vec<u8>,
    /// The data as published beside the chart.
    #[serde(skip)]
    pub csv: String,
    /// The data as a table: a row an area, a column a period or a part.
    pub data: Table,
    /// How a spreadsheet draws the same data.
    pub plot: Plot,
}

/// An entry of a chart's key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Key {
    /// What it stands for.
    pub name: String,
    /// The mark.
    pub svg: String,
    /// The mark for Word; empty where not asked for.
    #[serde(skip)]
    pub png: Vec<u8>,
}

/// How a spreadsheet draws a chart's data.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Plot {
    /// What stands for a figure.
    pub shape: Shape,
    /// Whether the figures are shares of 100.
    pub percent: bool,
    /// The indices of the data's columns from which on figures are counted in a new way.
    pub breaks: Vec<usize>,
    /// Whose each row of the data is.
    pub roles: Vec<Role>,
}

/// What stands for a figure, and along what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Shape {
    /// A bar for each row, in order.
    #[default]
    Bars,
    /// A line for each row, along the periods.
    Lines,
    /// A bar for each row, cut into the parts of a whole.
    Stacked,
    /// Bars for each column, one for each row, such as the ages of an authority beside England's.
    Groups,
    /// A small chart of lines for each measure, whose rows are named `area: measure`.
    Panels,
    /// A point for each row: the first column upright, the second along the foot.
    Points,
    /// Nothing: measures that share no scale are figures alone.
    Nothing,
}

/// Whose figures a line or bar shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// The authority's own.
    Own,
    /// England's.
    England,
    /// The average of its statistical neighbours.
    Neighbours,
    /// Its region's.
    Region,
    /// Anybody else's.
    #[default]
    Other,
}
