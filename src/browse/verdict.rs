//! A verdict as the pages show it: the word first, its shape second, its colour last.

use serde::Serialize;

use crate::comparator::Comparator;
use crate::reading::words::{Shape, Step, Tag};
use crate::reading::{Against, Reading, Way, Whom, words};
use crate::series::Beside;

/// A word with its shape.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The word.
    pub word: String,
    /// Its shape.
    pub sign: &'static str,
    /// The name of its colour.
    pub class: &'static str,
}

impl From<Tag> for Verdict {
    fn from(tag: Tag) -> Verdict {
        let (sign, class) = look(tag.shape);
        Verdict { word: tag.word.to_owned(), sign, class }
    }
}

/// What a reading says of its figure beside England, the region or the neighbours; none beside others.
pub fn against<'r>(one: &Comparator, reading: &'r Reading) -> Option<&'r Against> {
    let fits = |whom: &Whom| match Beside::of(one) {
        Some(Beside::England) => *whom == Whom::England,
        Some(Beside::Neighbours) => matches!(whom, Whom::Neighbours(_)),
        Some(Beside::Region) => matches!(whom, Whom::Region(_)),
        None => false,
    };
    reading.against.iter().find(|against| fits(&against.whom))
}

/// Shape and colour.
pub fn look(shape: Shape) -> (&'static str, &'static str) {
    match shape {
        Shape::Circle => ("\u{25cf}", "better"),
        Shape::Diamond => ("\u{25c6}", "worse"),
        Shape::Ring => ("\u{25cb}", "similar"),
        Shape::Up => ("\u{25b2}", "apart"),
        Shape::Down => ("\u{25bc}", "apart"),
        Shape::Dash => ("\u{2013}", "none"),
    }
}

/// The change on the year before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Moved {
    /// The arrow.
    pub sign: &'static str,
    /// The arrow, said.
    pub way: &'static str,
    /// How far.
    pub by: String,
    /// What may be said of it.
    pub said: &'static str,
    /// The name of its colour.
    pub class: &'static str,
}

impl Moved {
    /// The change of a reading.
    pub fn of(reading: &Reading) -> Moved {
        let Step { way, by, said } = words::step(reading);
        let (sign, way) = match way {
            Some(Way::Up) => ("\u{25b2}", "up"),
            Some(Way::Down) => ("\u{25bc}", "down"),
            None => ("", ""),
        };
        let class = match said {
            "better" => "better",
            "worse" => "worse",
            "higher" | "lower" => "apart",
            _ => "none",
        };
        Moved { sign, way, by, said, class }
    }
}
