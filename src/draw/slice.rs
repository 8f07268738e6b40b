//! One measure about one breakdown, as charts see it: its periods, and who has which figure in them.
//!
//! An authority that was open in a period but has no row in the source is there too, with the reason.

use std::collections::BTreeMap;

use super::comparators::Comparators;
use super::releases::Releases;
use crate::area::{LaCode, Register};
use crate::chart::data::{Figure, Mark, Place, Role};
use crate::reading::{Missing, Seen};
use crate::schema::TOTAL;
use crate::series::{Beside, Point, When};
use crate::store::{Compared, Found};
use crate::value::Status;

/// Whose chart, up to which period, and beside whom.
pub struct Ask<'a> {
    /// Authorities, groups and neighbours.
    pub register: &'a Register,
    /// The chosen authority.
    pub authority: LaCode,
    /// The period asked for; the latest unless said.
    pub period: Option<&'a str>,
    /// Who stands beside it.
    pub comparators: &'a Comparators,
    /// Whether figures are written as the pages of a paper write them.
    pub prose: bool,
}

impl Ask<'_> {
    /// The chosen authority's name.
    pub fn subject(&self) -> String {
        self.name(self.authority)
    }

    /// An authority's name today.
    pub fn name(&self, code: LaCode) -> String {
        name_today(self.register, code)
    }
}

/// An authority's name today.
pub fn name_today(register: &Register, code: LaCode) -> String {
    register.newest(code).map_or_else(|| code.to_string(), |authority| authority.name.clone())
}

/// One measure about one breakdown.
pub struct Slice<'a> {
    /// What was published.
    pub data: crate::store::Slice<'a>,
    /// Which release each period's figures came in.
    pub releases: &'a Releases,
    /// The breakdown, empty for the whole.
    pub breakdown: String,
}

impl<'a> Slice<'a> {
    /// The comparisons about `breakdown` of `topic`.
    pub fn of(
        found: Found<'a>,
        compared: &'a Compared<'a>,
        releases: &'a Releases,
        (topic, breakdown): (&str, &str),
    ) -> Slice<'a> {
        let name = if topic == TOTAL { String::new() } else { breakdown.to_owned() };
        Slice { data: compared.slice(found, topic, breakdown), releases, breakdown: name }
    }

    /// Which measure of which table.
    pub fn found(&self) -> &Found<'a> {
        &self.data.found
    }

    /// The period asked for, or the latest; one in which the authority was open or has a row.
    pub fn when(&self, ask: &Ask<'_>) -> Option<When<'a>> {
        let there = |when: &When<'_>| self.open(ask, ask.authority, *when) || self.has(*when, ask.authority);
        let asked = |when: &When<'_>| ask.period.is_none_or(|wanted| when.is(wanted));
        self.data.periods().iter().copied().rfind(|when| asked(when) && there(when))
    }

    /// The periods of the same kind up to `last` in which the authority has a row, and `last` itself.
    pub fn until(&self, ask: &Ask<'_>, last: When<'a>) -> Vec<When<'a>> {
        let own = |when: &When<'_>| *when == last || self.has(*when, ask.authority);
        self.alike(last).filter(|when| *when <= last).filter(own).collect()
    }

    /// The period one step before.
    pub fn before(&self, when: When<'_>) -> Option<When<'a>> {
        let order = self.order(when);
        self.alike(when).find(|earlier| self.order(*earlier) == order - 1)
    }

    /// All periods of the same line on the axis of time.
    pub fn alike<'w>(&'w self, when: When<'w>) -> impl Iterator<Item = When<'a>> + 'w {
        self.data.periods().iter().copied().filter(move |other| other.is_in_line(&when))
    }

    /// Whether the authority was open on the period's last day.
    pub fn open(&self, ask: &Ask<'_>, code: LaCode, when: When<'_>) -> bool {
        ask.register.at(code, when.day()).is_some()
    }

    /// Whether the authority has a row in a period.
    pub fn has(&self, when: When<'_>, code: LaCode) -> bool {
        self.data.figure(code, when).is_some()
    }

    /// The chosen authority's figure in a period, beside its comparators.
    pub fn point(&self, ask: &Ask<'_>, when: When<'_>) -> Option<Point<'a>> {
        self.data.point(ask.authority, when)
    }

    /// The name and figure of a comparator of the chosen authority in a period.
    pub fn beside(&self, ask: &Ask<'_>, when: When<'_>, beside: Beside) -> Option<(String, Figure)> {
        let point = self.point(ask, when)?;
        let id = || crate::figure::beside(&self.data.id(ask.authority, when), beside.key());
        point.beside(beside).map(|against| (against.name.to_string(), drawn(&against.figure).known_as(id())))
    }

    /// The authority's figure, or why it has none.
    pub fn figure(&self, ask: &Ask<'_>, when: When<'_>, code: LaCode) -> Figure {
        match self.data.figure(code, when) {
            Some(seen) => drawn(&seen).known_as(self.data.id(code, when)),
            None if self.open(ask, code, when) => drawn(&Seen::missing(Missing::Absent)),
            None => drawn(&Seen::missing(Missing::NotOpen)),
        }
    }

    /// All authorities open in a period, with a row or without one, and the authority itself.
    pub fn places(&self, ask: &Ask<'_>, when: When<'_>) -> Vec<Place> {
        let neighbours = self.neighbours(ask);
        // Who was not open stands beside nobody, nor does a group; the authority itself is shown with its mark.
        let own = |code: &LaCode| *code == ask.authority;
        let there = |code: &LaCode| own(code) || (!code.is_group() && self.open(ask, *code, when));
        let all = self.data.at(when).into_iter().filter(|(code, ..)| there(code));
        let rows: BTreeMap<LaCode, (&str, Seen)> = all.map(|(code, name, seen)| (code, (name, seen))).collect();
        let place = |name: &str, code, figure| Place::new(name, role(ask, &neighbours, code), figure);
        let absent = ask.register.open_on(when.day());
        let may = |code: &LaCode| !rows.contains_key(code) && (own(code) || !code.is_group());
        let absent = absent.into_iter().filter(|authority| may(&authority.code));
        let absent =
            absent.map(|authority| place(&authority.name, authority.code, drawn(&Seen::missing(Missing::Absent))));
        let known = |code, seen: &Seen| drawn(seen).known_as(self.data.id(code, when));
        rows.iter().map(|(&code, (name, seen))| place(name, code, known(code, seen))).chain(absent).collect()
    }

    /// The authority's neighbours in the set that the comparisons used, closest first.
    pub fn neighbours(&self, ask: &Ask<'_>) -> Vec<LaCode> {
        let sets = ask.register.neighbours();
        sets.newest().map(|year| sets.of(year, ask.authority).to_vec()).unwrap_or_default()
    }

    /// England's figure; nothing where it is a total beside which an authority's count says nothing.
    pub fn england(&self, ask: &Ask<'_>, when: When<'_>) -> Option<Figure> {
        self.published(ask, when).filter(|_| !self.is_total(when))
    }

    /// Whether England's figure is the sum of the authorities' and not an average.
    pub fn is_total(&self, when: When<'_>) -> bool {
        self.data.is_total(when)
    }

    /// England's figure as published, total or average.
    pub fn published(&self, ask: &Ask<'_>, when: When<'_>) -> Option<Figure> {
        let id = crate::figure::beside(&self.data.id(ask.authority, when), Beside::England.key());
        self.data.england(when).map(|seen| drawn(&seen).known_as(id))
    }
}

/// The mark of a figure that is there and is not simply the publisher's.
fn marked(status: Status) -> Mark {
    Mark { symbol: status.symbol().trim_matches(['[', ']']).into(), reason: status.reason().into() }
}

/// A figure as charts have it.
pub fn drawn(seen: &Seen) -> Figure {
    let mut figure = match seen.value {
        Some(value) => Figure { mark: seen.mark.map(marked), ..Figure::of(value) },
        None => Figure::missing(seen.missing.symbol().trim_matches(['[', ']']), seen.missing.reason()),
    };
    if let Some((top, bottom)) = seen.counts() {
        figure = figure.counts(top, bottom);
    }
    match seen.range {
        Some(range) => figure.interval(range.lower, range.upper),
        None => figure,
    }
}

/// What an authority is to the chosen one.
fn role(ask: &Ask<'_>, neighbours: &[LaCode], code: LaCode) -> Role {
    if code == ask.authority {
        Role::Subject
    } else if neighbours.contains(&code) {
        Role::Neighbour
    } else {
        Role::Other
    }
}
