//! One measure (or breakdown of it) of one authority over time, each figure beside what it is compared with.
//!
//! The store makes series of published tables, `compare` of figures that it compares at once; whatever people are shown
//! stands on them.

mod evidence;
mod point;
mod when;

pub use point::{Against, Beside, Point, Standing};
pub use when::When;

use crate::area::LaCode;
use crate::reading::Seen;

/// The figures of one authority.
#[derive(Clone, Debug)]
pub struct Series<'a> {
    /// Whose.
    pub who: LaCode,
    /// Topic and breakdown as published.
    pub about: (&'a str, &'a str),
    /// Period by period, in order of time.
    pub points: Vec<Point<'a>>,
}

/// Figures under one name: those of an authority, or of what it is set beside.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// Whose they are.
    pub name: String,
    /// Period by period.
    pub figures: Vec<(When<'a>, Seen)>,
}

impl Line<'_> {
    /// The figure of a period.
    pub fn at(&self, when: When<'_>) -> Option<Seen> {
        self.figures.iter().find(|(other, _)| *other == when).map(|(_, seen)| *seen)
    }
}

impl<'a> Series<'a> {
    /// The figure of a period.
    pub fn at(&self, when: When<'_>) -> Option<&Point<'a>> {
        self.points.iter().find(|point| point.when == when)
    }

    /// The latest figure, or the latest of the period that `wanted` means.
    pub fn latest(&self, wanted: Option<&str>) -> Option<&Point<'a>> {
        self.points.iter().rfind(|point| wanted.is_none_or(|wanted| point.when.is(wanted)))
    }

    /// The periods up to `last` of its kind: years, or the same month of each.
    pub fn until(mut self, last: When<'_>) -> Series<'a> {
        self.points.retain(|point| point.when <= last && point.when.is_alike(&last));
        self
    }

    /// The authority's own figures under `name`.
    pub fn line(&self, name: &str) -> Line<'a> {
        let figures = self.points.iter().map(|point| (point.when, point.figure)).collect();
        Line { name: name.to_owned(), figures }
    }

    /// The figures of a comparator that the run compared with.
    pub fn compared(&self, with: Beside) -> Line<'a> {
        let beside: Vec<(&Point<'a>, &Against<'a>)> =
            self.points.iter().filter_map(|point| Some((point, point.beside(with)?))).collect();
        Line {
            name: beside.last().map_or_else(|| with.key(), |(_, against)| &against.name).to_owned(),
            figures: beside.iter().map(|(point, against)| (point.when, against.figure)).collect(),
        }
    }
}
