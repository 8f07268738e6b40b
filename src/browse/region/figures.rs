//! The figures of a region: its own as published, England's, and those of its authorities, in the latest period and before.

use super::Place;
use crate::area::LaCode;
use crate::browse::area::{Shown, shown};
use crate::chart::row::{self as picture, Spread, Years};
use crate::chart::theme::Palette;
use crate::comparator::Comparator;
use crate::reading::{Measure, Missing, Seen};
use crate::series::{Beside, When};
use crate::statistics::Polarity;
use crate::store::Slice;

/// So many periods are shown beside each other.
const PERIODS: usize = 5;

/// A measure of a region in its latest period.
pub struct Seat<'s, 'b> {
    place: &'s Place<'b>,
    slice: &'s Slice<'s>,
    /// The latest period in which the region or one of its authorities has a figure.
    pub when: When<'s>,
    /// The authorities of the region with a figure in that period.
    members: Vec<(LaCode, f64)>,
}

impl<'s, 'b> Seat<'s, 'b> {
    /// The region in the latest period that has a figure of it; none where no period has.
    pub fn of(place: &'s Place<'b>, slice: &'s Slice<'s>) -> Option<Seat<'s, 'b>> {
        slice.periods().iter().rev().find_map(|&when| {
            let seat = Seat { place, slice, when, members: members(place, slice, when) };
            (!seat.members.is_empty() || seat.seen(when).is_some()).then_some(seat)
        })
    }

    fn beside(&self) -> (Beside, Comparator) {
        match self.place.region.is_country() {
            true => (Beside::England, Comparator::England),
            false => (Beside::Region, Comparator::Region),
        }
    }

    /// Whoever has a row in a period, and belongs to the region by which its figure is published.
    fn witness(&self, when: When<'_>) -> Option<LaCode> {
        let register = &self.place.build.register;
        let belongs = |code: LaCode| {
            register
                .at(code, when.day())
                .is_some_and(|authority| self.place.region.is_country() || authority.region == self.place.region.code)
        };
        self.slice.at(when).into_iter().map(|(code, ..)| code).find(|code| belongs(*code))
    }

    /// Its published figure in a period.
    fn seen(&self, when: When<'_>) -> Option<Seen> {
        let point = self.slice.point(self.witness(when)?, when)?;
        let figure = point.beside(self.beside().0)?.figure;
        figure.value.map(|_| figure)
    }

    fn shown(&self, when: When<'_>, about: &Measure, country: bool) -> Shown {
        let comparator = if country { Comparator::England } else { self.beside().1 };
        let seen = if country { self.slice.england(when) } else { self.seen(when) };
        let id = self.witness(when).map(|code| self.slice.id_beside(code, when, &comparator)).unwrap_or_default();
        match seen.and_then(|seen| seen.value) {
            Some(value) => shown(about.shown(value), &id),
            None => shown("not published", ""),
        }
    }

    /// Its figure.
    pub fn own(&self, about: &Measure) -> Shown {
        self.shown(self.when, about, false)
    }

    /// England's.
    pub fn england(&self, about: &Measure) -> Shown {
        self.shown(self.when, about, true)
    }

    /// Between which figures its authorities lie, by name.
    pub fn range(&self, about: &Measure) -> String {
        let mut all = self.members.clone();
        all.sort_by(|one, other| one.1.total_cmp(&other.1));
        let name = |code: LaCode| {
            self.place.build.register.newest(code).map_or_else(|| code.to_string(), |known| known.name.clone())
        };
        match all.as_slice() {
            [] => "none of its authorities has a figure".to_owned(),
            [(code, value)] => format!("{} alone: {}", name(*code), about.shown(*value)),
            [low, .., high] => format!(
                "{} ({}) to {} ({}), {} authorities",
                about.shown(low.1),
                name(low.0),
                about.shown(high.1),
                name(high.0),
                all.len()
            ),
        }
    }

    /// Where its authorities lie, as a strip without a mark of its own.
    pub fn strip(&self, about: &Measure) -> (Option<String>, String) {
        if !about.grades.is_empty() {
            return (None, String::new());
        }
        let spread = Spread {
            all: self.members.iter().map(|(_, value)| *value).collect(),
            neighbours: Vec::new(),
            england: self
                .slice
                .england(self.when)
                .and_then(|seen| seen.value)
                .filter(|_| !self.slice.is_total(self.when)),
            own: None,
            turned: about.polarity == Polarity::Low,
        };
        let drawn = picture::strip(&spread, &Palette::default());
        let words = drawn.as_ref().map_or_else(String::new, |drawn| {
            let (low, high) = drawn.middle;
            format!("middle half {} to {}", about.shown(low), about.shown(high))
        });
        (drawn.map(|drawn| drawn.svg), words)
    }

    /// The years as a small line, England's dashed, with the first and the last figure in words.
    pub fn years(&self, about: &Measure) -> (Option<String>, String) {
        let whens: Vec<When<'_>> =
            self.slice.periods().iter().copied().filter(|when| when.key.cadence() == self.when.key.cadence()).collect();
        let own: Vec<Option<f64>> = whens.iter().map(|when| self.seen(*when).and_then(|seen| seen.value)).collect();
        let england = |when: &When<'_>| self.slice.england(*when).and_then(|seen| seen.value);
        let is_country = self.place.region.is_country();
        let broken = |when: &When<'_>| {
            let point = self.witness(*when).and_then(|code| self.slice.point(code, *when));
            point.is_some_and(|point| point.broken().is_some())
        };
        let years = Years {
            when: whens.iter().map(|when| when.key.end_day()).collect(),
            england: whens.iter().map(|when| england(when).filter(|_| !is_country && !about.is_amount())).collect(),
            breaks: (0..whens.len()).filter(|at| broken(&whens[*at])).collect(),
            own,
        };
        let known: Vec<(String, f64)> =
            whens.iter().zip(&years.own).filter_map(|(when, value)| Some((when.label(), (*value)?))).collect();
        let words = match (known.first(), known.last()) {
            (Some((from, first)), Some((to, last))) if from != to => {
                format!("{from}: {}, {to}: {}", about.shown(*first), about.shown(*last))
            }
            _ => String::new(),
        };
        (picture::years(&years, &Palette::default()), words)
    }

    /// How far it moved on the year before, untested; empty across a break.
    pub fn moved(&self, about: &Measure) -> String {
        let before = self.slice.periods().iter().rev().find(|when| when.key.is_a_year_before(self.when.key));
        let point = self.witness(self.when).and_then(|code| self.slice.point(code, self.when));
        if point.is_some_and(|point| point.broken().is_some()) {
            return "[b] break".to_owned();
        }
        let value = |when: When<'_>| self.seen(when).and_then(|seen| seen.value);
        match before.and_then(|before| value(*before)).zip(value(self.when)) {
            Some((from, to)) if from == to => "no change".to_owned(),
            Some((from, to)) => {
                format!("{} {}, not tested", if to > from { "up" } else { "down" }, about.distance(to - from))
            }
            None => String::new(),
        }
    }

    fn shown_periods(&self) -> Vec<When<'s>> {
        let alike: Vec<When<'s>> =
            self.slice.periods().iter().copied().filter(|when| when.key.cadence() == self.when.key.cadence()).collect();
        let last = alike.iter().position(|when| *when == self.when).map_or(alike.len(), |at| at + 1);
        alike[last.saturating_sub(PERIODS)..last].to_vec()
    }

    /// The last periods, as they are written.
    pub fn periods(&self) -> Vec<String> {
        self.shown_periods().iter().map(When::label).collect()
    }

    /// Its figures in the last periods.
    pub fn past(&self, about: &Measure) -> Vec<Shown> {
        self.shown_periods().into_iter().map(|when| self.shown(when, about, false)).collect()
    }

    /// Its authorities with their figures in the last periods: the best first, or the highest where neither way is good.
    ///
    /// Who was open and has none, or one that is doubted, stands last with the reason.
    pub fn ordered(&self, about: &Measure) -> Vec<(LaCode, String, Vec<Shown>)> {
        let mut all = self.members.clone();
        all.sort_by(|one, other| other.1.total_cmp(&one.1));
        if about.polarity == Polarity::Low {
            all.reverse();
        }
        let register = &self.place.build.register;
        let open = register.open_on(self.when.day()).into_iter().filter(|authority| self.place.has(authority));
        let others = open.map(|authority| authority.code).filter(|code| all.iter().all(|(known, _)| known != code));
        let others: Vec<LaCode> = others.collect();
        let whens = self.shown_periods();
        let cell = |code: LaCode, when: When<'_>| match self.slice.figure(code, when) {
            Some(seen) => match seen.value {
                Some(value) => shown(about.shown(value), &self.slice.id(code, when)),
                None => shown(seen.missing.word(), &self.slice.id(code, when)),
            },
            None if register.at(code, when.day()).is_none() => shown(Missing::NotOpen.word(), ""),
            None => shown(Missing::Absent.word(), ""),
        };
        let line = |code: LaCode| {
            let name = register.newest(code).map_or_else(|| code.to_string(), |known| known.name.clone());
            (code, name, whens.iter().map(|when| cell(code, *when)).collect())
        };
        all.into_iter().map(|(code, _)| code).chain(others).map(line).collect()
    }
}

/// The authorities of a region that were open in a period and have a figure that may be compared.
fn members(place: &Place<'_>, slice: &Slice<'_>, when: When<'_>) -> Vec<(LaCode, f64)> {
    let register = &place.build.register;
    let is_of = |code: LaCode| register.at(code, when.day()).is_some_and(|authority| place.has(authority));
    let all = slice.at(when).into_iter().filter(|(code, _, seen)| is_of(*code) && !seen.is_doubted());
    all.filter_map(|(code, _, seen)| Some((code, seen.value?))).collect()
}
