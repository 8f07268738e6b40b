//! The rows of the first page as numbers, and where each figure was published: what a workbook holds beside the words.
//!
//! In: filled by the papers from readings. Out: plain numbers; what is not there is `None`, and `reason` says why.

use serde::Serialize;

/// One measure of the first page, each of its figures a number of its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Standing {
    /// The measure, as the first page calls it.
    pub measure: String,
    /// The unit in words: `percent`, `per 10,000`.
    pub unit: String,
    /// What its figure is of: `2024`.
    pub period: String,
    /// Decimals shown of figures and of the change.
    pub places: u8,
    /// The authority's figure.
    pub value: Option<f64>,
    /// How many the figure counts.
    pub count: Option<f64>,
    /// Of how many.
    pub of: Option<f64>,
    /// England's figure.
    pub england: Option<f64>,
    /// The average of the statistical neighbours.
    pub neighbours: Option<f64>,
    /// How many neighbours have a figure.
    pub neighbours_used: Option<usize>,
    /// The place, 1 the best, or the highest where neither way is good.
    pub rank: Option<usize>,
    /// Of how many authorities.
    pub out_of: Option<usize>,
    /// The first place that chance alone could explain.
    pub rank_from: Option<usize>,
    /// The last of them.
    pub rank_to: Option<usize>,
    /// The difference from the period before, in the figure's unit.
    pub change: Option<f64>,
    /// The lower end of the change's 95% range.
    pub change_from: Option<f64>,
    /// The upper end.
    pub change_to: Option<f64>,
    /// The change in words: `Worsened by 8 points`.
    pub changed: String,
    /// Against England in a word: `Worse`.
    pub verdict: String,
    /// Why a figure, a place or a change is not there; empty where all are.
    pub reason: String,
    /// The id that `abreast explain` takes.
    pub id: String,
}

/// Where a figure stands in its publisher's files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// The id of the figure.
    pub id: String,
    /// The publisher's file, with the sheet where it has sheets.
    pub file: String,
    /// The cell, or the row and column of a text file.
    pub cell: String,
}
