//! A figure of a series: where it stands, how it is linked to the year before, and what it is compared with.

use std::borrow::Cow;

use super::When;
use crate::comparator::Comparator;
use crate::reading::{Link, Seen};
use crate::value::Status;

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
    pub standing: Standing<'a>,
    /// How its period is linked to the one a year before.
    pub link: Link,
    /// The change on that period, where both have a figure.
    pub change: Option<f64>,
    /// What it was compared with.
    pub against: Vec<Against<'a>>,
}

/// Where a figure stands among those of all authorities.
#[derive(Clone, Copy, Debug, Default)]
pub struct Standing<'a> {
    /// Its rank, 1 the best.
    pub rank: Option<u16>,
    /// How many were ranked.
    pub out_of: u16,
    /// The best and the worst rank that chance allows.
    pub range: Option<(u16, u16)>,
    /// The quartile band, or empty.
    pub band: &'a str,
    /// Whether every rank that chance allows is in that band: yes or no, or empty.
    pub certain: &'a str,
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
#[derive(Clone, Debug)]
pub struct Against<'a> {
    /// The comparator's word.
    pub comparator: Cow<'a, str>,
    /// Its name.
    pub name: Cow<'a, str>,
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
    /// The median of its members.
    pub median: Option<f64>,
    /// Its members' counts taken together.
    pub pooled: Option<f64>,
    /// The lowest and the highest mean with one member left out.
    pub without_one: Option<(f64, f64)>,
    /// What another choice of average or of set turns over, or empty.
    pub flips: &'a str,
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
        match self.link {
            Link::Joined if self.figure.is_doubted() => self.figure.mark.map_or("", Status::reason).to_owned(),
            Link::Joined => Link::NO_FIGURE.to_owned(),
            _ => self.link.to_string(),
        }
    }
}
