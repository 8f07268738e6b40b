//! One measure (or breakdown of it) of one authority over time, each figure beside what it is compared with.

use super::when::When;
use crate::area::LaCode;
use crate::comparator::Comparator;
use crate::reading::{Link, Seen};

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

/// A figure of a series.
#[derive(Clone, Debug)]
pub struct Point<'a> {
    /// When.
    pub when: When<'a>,
    /// The authority's name, as the source has it.
    pub area: &'a str,
    /// The figure.
    pub figure: Seen,
    /// Where it stands among all authorities.
    pub place: Place<'a>,
    /// How its period is linked to the one a year before.
    pub link: Link,
    /// The change on that period, where both have a figure.
    pub change: Option<f64>,
    /// What it was compared with.
    pub against: Vec<Against<'a>>,
}

/// Where a figure stands among those of all authorities.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// Its rank; 0 for none.
    pub rank: u16,
    /// How many were ranked.
    pub out_of: u16,
    /// The best and the worst rank that chance allows; 0 for none.
    pub range: (u16, u16),
    /// The quartile band, or empty.
    pub band: &'a str,
    /// The place in the funnel, or empty.
    pub unusual: &'a str,
    /// The trend of five unbroken years, or empty.
    pub trend: &'a str,
}

/// What every run compares every figure with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// England as published.
    England,
    /// The authority's region as published.
    Region,
    /// The mean of its statistical neighbours of the newest set.
    Neighbours,
}

impl Beside {
    /// What `comparator` is among these.
    pub fn of(comparator: &Comparator) -> Option<Beside> {
        match comparator {
            Comparator::England => Some(Beside::England),
            Comparator::Region => Some(Beside::Region),
            Comparator::Neighbours(_) => Some(Beside::Neighbours),
            _ => None,
        }
    }

    /// Its word in the tables.
    pub fn key(self) -> &'static str {
        match self {
            Beside::England => "england",
            Beside::Region => "region",
            Beside::Neighbours => "neighbours",
        }
    }
}

/// What a figure was compared with.
#[derive(Clone, Copy, Debug)]
pub struct Against<'a> {
    /// The comparator's word.
    pub comparator: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its figure.
    pub figure: Seen,
    /// How its figure is made.
    pub average: &'a str,
    /// How many members had a figure.
    pub used: u16,
    /// How many members there are.
    pub members: u16,
    /// The authority's figure against it, or empty.
    pub beyond: &'a str,
    /// The figure in the middle of its members.
    pub median: Option<f64>,
    /// Which other average or set turns above into below, or empty.
    pub flips: &'a str,
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
        self.points.retain(|point| point.when.end <= last.end && point.when.is_alike(&last));
        self
    }
}

impl<'a> Point<'a> {
    /// One of what it was compared with.
    pub fn beside(&self, beside: Beside) -> Option<&Against<'a>> {
        self.against.iter().find(|against| against.comparator == beside.key())
    }

    /// England beside it.
    pub fn england(&self) -> Option<&Against<'a>> {
        self.beside(Beside::England)
    }

    /// Its statistical neighbours beside it.
    pub fn neighbours(&self) -> Option<&Against<'a>> {
        self.beside(Beside::Neighbours)
    }

    /// What changed where the period before is not comparable.
    pub fn broken(&self) -> Option<&str> {
        match &self.link {
            Link::Break(what) => Some(what),
            _ => None,
        }
    }

    /// Why there is no change, in words.
    pub fn why_no_change(&self) -> String {
        if self.link == Link::Joined { Link::NO_FIGURE.to_owned() } else { self.link.to_string() }
    }
}
