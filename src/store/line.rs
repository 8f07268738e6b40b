//! The figures of a comparator over the periods of a series.

use super::slice::Slice;
use crate::area::{LaCode, Register};
use crate::comparator::{Comparator, Members};
use crate::reading::{Missing, Seen};
use crate::series::{Beside, Line, Series, When};
use crate::statistics::average::mean_of;

impl<'a> Slice<'a> {
    /// The figures of a comparator over the periods of `own`: as compared by the run, of another authority as
    /// published, or the plain mean of the other members of a group.
    pub fn line(&self, own: &Series<'a>, comparator: &Comparator, register: &Register) -> Line<'a> {
        if let Some(beside) = Beside::of(comparator) {
            return own.compared(beside);
        }
        match comparator {
            // An authority is not set beside itself.
            Comparator::Authority(code) if *code == own.who => {
                Line { name: comparator.name(own.who, register), figures: Vec::new() }
            }
            Comparator::Authority(code) => self.series(*code).line(&comparator.name(own.who, register)),
            _ => {
                let name = format!("{} (mean)", comparator.name(own.who, register));
                Line { name, figures: self.means(own, &comparator.members(own.who, register)) }
            }
        }
    }

    /// The same over all of `periods`: also over those in which the authority has no row and others have one.
    pub fn line_over(
        &self,
        periods: &[When<'a>],
        own: &Series<'a>,
        comparator: &Comparator,
        register: &Register,
    ) -> Line<'a> {
        let mut line = self.line(own, comparator, register);
        let members = comparator.members(own.who, register);
        let alike = |code| comparator.members(code, register) == members;
        let without = periods.iter().filter(|when| own.at(**when).is_none() && line.at(**when).is_none());
        let found: Vec<(When<'a>, Seen)> =
            without.filter_map(|when| Some((*when, self.of_members(&members, *when, &alike)?))).collect();
        line.figures.extend(found);
        line.figures.sort_by_key(|(when, _)| *when);
        line
    }

    /// The figure of `members` in a period, read beside any authority of which `alike` says that it has the same.
    fn of_members(&self, members: &Members, when: When<'_>, alike: &dyn Fn(LaCode) -> bool) -> Option<Seen> {
        match members {
            Members::England => self.england(when),
            Members::Region(_) => {
                let within = self.at(when).into_iter().filter(|(code, ..)| alike(*code));
                let mut points = within.filter_map(|(code, ..)| self.point(code, when));
                points.find_map(|point| point.beside(Beside::Region).map(|region| region.figure))
            }
            Members::Authority(code) => self.figure(*code, when),
            Members::List(codes) => {
                let figures = codes.iter().filter_map(|code| self.figure(*code, when));
                let values: Vec<Option<f64>> = figures.map(|figure| compared(&figure)).collect();
                Some(Seen { value: mean_of(&values), ..Seen::missing(Missing::Unpublished) })
            }
            Members::Nobody => None,
        }
    }

    /// The plain mean of those members that have a figure, in each period of `own`.
    fn means(&self, own: &Series<'a>, members: &Members) -> Vec<(When<'a>, Seen)> {
        let each: Vec<Series<'a>> = members.list().iter().map(|&code| self.series(code)).collect();
        let mean = |when: When<'a>| {
            let values: Vec<Option<f64>> =
                each.iter().filter_map(|series| series.at(when)).map(|point| compared(&point.figure)).collect();
            Seen { value: mean_of(&values), ..Seen::missing(Missing::Unpublished) }
        };
        own.points.iter().map(|point| (point.when, mean(point.when))).collect()
    }
}

/// The number of a figure that may be compared: what is doubted, or of an authority that was not open, is in no mean.
fn compared(seen: &Seen) -> Option<f64> {
    seen.value.filter(|_| !seen.is_doubted())
}
