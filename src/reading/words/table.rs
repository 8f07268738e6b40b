//! What stands in a cell: tag, verdict, change. The words are those of the sentences, shorter.

use super::super::{Change, Level, Moved, Movement, NoChange, Reading, Said, Verdict, Way};
use super::change::{came_from, percentage};
use super::clause::tested;
use super::place::short_place;
use crate::shown::{sentence, within};
use crate::statistics::unusual;
use crate::value::Status;

/// The shape that stands before a tag, so that nobody depends on colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Good.
    Circle,
    /// Bad.
    Diamond,
    /// Neither told apart nor good or bad.
    Ring,
    /// More, where neither way is good.
    Up,
    /// Less, where neither way is good.
    Down,
    /// Nothing was compared.
    Dash,
}

/// A verdict in one word, with its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag {
    /// The word.
    pub word: &'static str,
    /// The shape.
    pub shape: Shape,
}

/// The tag of a verdict.
pub fn tag(verdict: Verdict) -> Tag {
    let (word, shape) = match verdict.said() {
        Said::Better => ("Better", Shape::Circle),
        Said::Worse => ("Worse", Shape::Diamond),
        Said::Higher => ("Higher", Shape::Up),
        Said::Lower => ("Lower", Shape::Down),
        Said::Similar => ("Similar", Shape::Ring),
        Said::Untested(_) => ("Not compared", Shape::Dash),
    };
    Tag { word, shape }
}

/// The word of a verdict inside a table of analysts, small; empty where nothing was compared.
pub fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict.said() {
        Said::Better => "better",
        Said::Worse => "worse",
        Said::Higher => "higher",
        Said::Lower => "lower",
        Said::Similar => "similar",
        Said::Untested(_) => "",
    }
}

/// The tag of a change that was tested or counted; none where nothing is clear.
pub fn tag_of_change(moved: Moved) -> Option<Tag> {
    let (word, shape) = match moved {
        Moved::Improved => ("Improved", Shape::Circle),
        Moved::Worsened => ("Worsened", Shape::Diamond),
        Moved::Rose => ("Higher", Shape::Up),
        Moved::Fell => ("Lower", Shape::Down),
        Moved::Unclear | Moved::Level => return None,
    };
    Some(Tag { word, shape })
}

/// The change in a cell, in two lines: `Worsened` and `by 8 points`.
pub fn moved_apart(reading: &Reading) -> (String, String) {
    let moved = moved(reading);
    match moved.split_once(" by ") {
        Some((word, by)) if matches!(reading.change, Change::Tested { .. }) => (word.to_owned(), format!("by {by}")),
        _ => (moved, String::new()),
    }
}

/// The change in a cell: `Worsened by 8 points`, `No clear change`, `First year`, `Up 12%`.
pub fn moved(reading: &Reading) -> String {
    let measure = &reading.measure;
    match &reading.change {
        Change::Tested { difference, movement, .. } => {
            let word = match movement.moved() {
                Moved::Improved => "Improved",
                Moved::Worsened => "Worsened",
                Moved::Rose => "Rose",
                Moved::Fell => "Fell",
                Moved::Unclear | Moved::Level => return "No clear change".to_owned(),
            };
            format!("{word} by {}", measure.distance(*difference))
        }
        Change::Counted { movement, .. } if movement.way().is_none() => "No change".to_owned(),
        Change::Counted { percent: Some(percent), .. } => percentage(*percent),
        Change::Counted { .. } => sentence(&came_from(reading).unwrap_or_default()),
        Change::Seen { from, before, .. } => format!("{} {}", measure.shown(*from), before.at()),
        Change::None(NoChange::First) => "First year".to_owned(),
        Change::None(NoChange::Break { .. }) => "New way of counting".to_owned(),
        Change::None(NoChange::Gap { .. }) => "No figure a year before".to_owned(),
        Change::None(NoChange::Few) => "Too few".to_owned(),
        Change::None(NoChange::Doubted { .. }) => "Not compared".to_owned(),
        Change::None(NoChange::NoFigure { .. }) => "No figure".to_owned(),
    }
}

/// The direction of a change with its arrow, for a table of analysts: `↑ better`, `→ no clear change`, `↓ down`.
pub fn arrow(change: &Change) -> String {
    let Some((_, from)) = change.from() else { return String::new() };
    let (to, movement) = match change {
        Change::Tested { to, movement, .. } | Change::Counted { to, movement, .. } => (*to, Some(*movement)),
        Change::Seen { to, .. } => (*to, None),
        Change::None(_) => return String::new(),
    };
    // Without a test the arrow says where the figure went, as it was published, and no more.
    let way = movement.map_or_else(|| Movement::counted(from, to).way(), Movement::way);
    let sign = match way {
        Some(Way::Up) => "\u{2191}",
        Some(Way::Down) => "\u{2193}",
        None => "\u{2192}",
    };
    let word = match (movement.map(Movement::moved), way) {
        (Some(Moved::Improved), _) => "better",
        (Some(Moved::Worsened), _) => "worse",
        (Some(Moved::Unclear), _) => "no clear change",
        (_, Some(Way::Up)) => "up",
        (_, Some(Way::Down)) => "down",
        (_, None) => "level",
    };
    format!("{sign} {word}")
}

/// The figure in a cell: `27%`, `none`, `too few`, `not available`.
pub fn number(reading: &Reading) -> String {
    match (reading.level.value(), reading.level) {
        (Some(value), _) => reading.measure.shown(value),
        (None, Level::Missing(why)) => why.reason().to_owned(),
        (None, _) => String::new(),
    }
}

/// The verdict against England in a cell; where there is nothing to compare, what is lacking.
pub fn against_england(reading: &Reading) -> &'static str {
    if reading.level.value().is_none() {
        return "No figure";
    }
    match reading.england() {
        Some(england) if england.value.is_none() => "No figure",
        Some(england) => tag(england.verdict).word,
        None => "Not compared",
    }
}

/// A row of a scorecard read aloud: `27% in 2024, worsened by 8 points, worse than England, 131st of 148 (126 to 136)`.
pub fn line(reading: &Reading) -> String {
    if let Level::Missing(why) = reading.level {
        return format!("no figure for {} ({})", reading.period.prose, why.reason());
    }
    let figure = format!("{} {}", number(reading), reading.period.at());
    if let Some(why) = super::alone(reading) {
        return format!("{figure}, {why}");
    }
    let england = reading.england().map(|england| match tested(england) {
        Some(tested) => tested,
        None => "not compared with England".to_owned(),
    });
    let change = Some(within(&moved(reading))).filter(|_| !matches!(reading.change, Change::Seen { .. }));
    let place = Some(short_place(reading)).filter(|place| !place.is_empty());
    [Some(figure), change, england, place].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What is worth a remark beside a figure; none where nothing is.
pub fn remark(reading: &Reading) -> Option<&'static str> {
    match (reading.level, reading.unusual) {
        (Level::Few(_), _) => Some("Small numbers"),
        (Level::Doubted(_, Status::BackCast), _) => Some("Back-cast"),
        (Level::Doubted(_, Status::Residual), _) => Some("Only a remainder"),
        (Level::Doubted(..), _) => Some("Doubted by a check"),
        (_, Some(unusual::Place::FarAbove | unusual::Place::FarBelow)) => Some("Unusual among authorities"),
        _ => None,
    }
}
