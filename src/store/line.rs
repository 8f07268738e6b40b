//! The figures of a comparator over the periods of a series.

use super::slice::Slice;
use crate::area::Register;
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

    /// The plain mean of those members that have a figure, in each period of `own`.
    fn means(&self, own: &Series<'a>, members: &Members) -> Vec<(When<'a>, Seen)> {
        let each: Vec<Series<'a>> = members.list().iter().map(|&code| self.series(code)).collect();
        let mean = |when: When<'a>| {
            let values: Vec<Option<f64>> =
                each.iter().filter_map(|series| series.at(when)).map(|point| point.figure.value).collect();
            Seen { value: mean_of(&values), ..Seen::missing(Missing::Unpublished) }
        };
        own.points.iter().map(|point| (point.when, mean(point.when))).collect()
    }
}
