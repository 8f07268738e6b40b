//! The change on the year before in a cell of two lines: which way and how far, and what may be said of it.

use super::super::{Change, Moved, NoChange, Reading, Way};

/// The change on the year before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which way the figure went, as it is written; none where it did not move, or nothing may be set beside it.
    pub way: Option<Way>,
    /// How far, as written; empty where nothing may be set beside it.
    pub by: String,
    /// What may be said of it, or why there is none; empty for an amount, which needs no test.
    pub said: &'static str,
}

/// The change of a reading.
pub fn step(reading: &Reading) -> Step {
    let moved = |from: f64, to: f64, said| {
        let by = reading.measure.distance(to - from);
        let still = !by.contains(|letter: char| ('1'..='9').contains(&letter));
        let way = if to < from { Way::Down } else { Way::Up };
        Step { way: (!still).then_some(way), by, said }
    };
    let none = |said| Step { way: None, by: String::new(), said };
    match &reading.change {
        Change::Tested { from, to, movement, .. } => moved(*from, *to, tested(movement.moved())),
        Change::Counted { from, to, .. } => moved(*from, *to, ""),
        Change::Seen { from, to, .. } => moved(*from, *to, "not tested"),
        Change::None(NoChange::First) => none("first period"),
        Change::None(NoChange::Break { .. }) => none("[b] break"),
        Change::None(NoChange::Gap { .. }) => none("no figure a year before"),
        Change::None(NoChange::Few) => none("too few cases"),
        Change::None(NoChange::Doubted { .. }) => none("not compared"),
        Change::None(NoChange::NoFigure { .. }) => none("no figure"),
    }
}

fn tested(moved: Moved) -> &'static str {
    match moved {
        Moved::Improved => "better",
        Moved::Worsened => "worse",
        Moved::Rose => "higher",
        Moved::Fell => "lower",
        Moved::Unclear | Moved::Level => "may be chance",
    }
}
