//! One measure about one breakdown, as charts see it: its periods, and who has which figure in them.
//!
//! An authority that was open in a period but has no row in the source is there too, with the reason.

use std::collections::BTreeMap;

use super::columns::Columns;
use super::company::Company;
use super::releases::Releases;
use crate::area::{LaCode, Register};
use crate::chart::data::{Figure, Place, Role};
use crate::period::day;
use crate::period::label;
use crate::store::Found;

/// Why an authority that was open has no figure.
pub const NO_ROW: &str = "no row in the source";

/// Whose chart, up to which period, and in whose company.
pub struct Ask<'a> {
    /// Authorities, groups and neighbours.
    pub register: &'a Register,
    /// The chosen authority.
    pub authority: LaCode,
    /// The period asked for; the latest unless said.
    pub period: Option<&'a str>,
    /// Who stands beside it.
    pub company: &'a Company,
}

impl Ask<'_> {
    /// The chosen authority's name.
    pub fn subject(&self) -> String {
        self.name(self.authority)
    }

    /// An authority's name today.
    pub fn name(&self, code: LaCode) -> String {
        self.register.newest(code).map_or_else(|| code.to_string(), |authority| authority.name.clone())
    }
}

/// A period of a slice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct When {
    /// Its last day, in days since 1970.
    pub end: i32,
    period: usize,
    identifier: usize,
}

/// One measure about one breakdown.
pub struct Slice<'a> {
    /// Which measure of which table.
    pub found: Found<'a>,
    /// Where the rows stand.
    pub columns: &'a Columns<'a>,
    /// Which release each period's figures came in.
    pub releases: &'a Releases,
    /// The breakdown, empty for the whole.
    pub breakdown: String,
    rows: BTreeMap<When, Vec<usize>>,
}

impl<'a> Slice<'a> {
    /// The rows about `breakdown` of `topic`.
    pub fn of(
        found: Found<'a>,
        columns: &'a Columns<'a>,
        releases: &'a Releases,
        (topic, breakdown): (&str, &str),
    ) -> Slice<'a> {
        let wanted = [
            (&columns.table, found.table),
            (&columns.measure, found.name),
            (&columns.topic, topic),
            (&columns.breakdown, breakdown),
        ];
        let codes: Option<Vec<(&crate::frame::Coded<'_>, usize)>> =
            wanted.iter().map(|(column, word)| Some((*column, column.code(word)?))).collect();
        let mut rows: BTreeMap<When, Vec<usize>> = BTreeMap::new();
        for row in 0..columns.value.len() {
            if codes.as_ref().is_some_and(|codes| codes.iter().all(|(column, code)| column.codes.get(row) == *code)) {
                let (period, identifier) = (columns.period.codes.get(row), columns.identifier.codes.get(row));
                rows.entry(When { end: columns.ends[row], period, identifier }).or_default().push(row);
            }
        }
        let breakdown = if topic == crate::schema::TOTAL { String::new() } else { breakdown.to_owned() };
        Slice { found, columns, releases, breakdown, rows }
    }

    /// Whether there is no row at all.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// How many periods there are.
    pub fn periods(&self) -> usize {
        self.rows.len()
    }

    /// The period asked for, or the latest; one in which the authority was open or has a row.
    pub fn when(&self, ask: &Ask<'_>) -> Option<When> {
        let there = |when: &When| self.open(ask, ask.authority, *when) || self.row(*when, ask.authority).is_some();
        let asked =
            |when: &When| ask.period.is_none_or(|wanted| self.code(*when) == wanted || self.label(*when) == wanted);
        self.rows.keys().copied().rfind(|when| asked(when) && there(when))
    }

    /// The periods of the same kind up to `last` in which the authority has a row, and `last` itself.
    pub fn until(&self, ask: &Ask<'_>, last: When) -> Vec<When> {
        let own = |when: &When| *when == last || self.row(*when, ask.authority).is_some();
        self.alike(last).filter(|when| when.end <= last.end).filter(own).collect()
    }

    /// The period one step before.
    pub fn before(&self, when: When) -> Option<When> {
        let order = self.order(when);
        self.alike(when).find(|earlier| self.order(*earlier) == order - 1)
    }

    /// All periods with the same identifier.
    pub fn alike(&self, when: When) -> impl Iterator<Item = When> + '_ {
        self.rows.keys().copied().filter(move |other| other.identifier == when.identifier)
    }

    /// Whether the authority was open on the period's last day.
    pub fn open(&self, ask: &Ask<'_>, code: LaCode, when: When) -> bool {
        ask.register.at(code, day(when.end)).is_some()
    }

    /// The authority's rows in a period, one a comparator.
    pub fn own(&self, when: When, code: LaCode) -> impl Iterator<Item = usize> + '_ {
        let code = self.columns.la.code(&code.to_string());
        self.at(when).filter(move |&row| Some(self.columns.la.codes.get(row)) == code)
    }

    /// One row of the authority in a period.
    pub fn row(&self, when: When, code: LaCode) -> Option<usize> {
        self.own(when, code).next()
    }

    /// The authority's row against the comparator in a period.
    pub fn against(&self, when: When, code: LaCode, comparator: &str) -> Option<usize> {
        self.own(when, code).find(|&row| self.columns.comparator.word(row) == comparator)
    }

    /// The authority's figure, or why it has none.
    pub fn figure(&self, ask: &Ask<'_>, when: When, code: LaCode) -> Figure {
        match self.row(when, code) {
            Some(row) => self.columns.figure(row),
            None if self.open(ask, code, when) => Figure::missing("x", NO_ROW),
            None => Figure::missing("z", "not open in this period"),
        }
    }

    /// All authorities of a period: those with a row and those that were open without one.
    pub fn places(&self, ask: &Ask<'_>, when: When) -> Vec<Place> {
        let neighbours = self.neighbours(ask);
        let mut rows: BTreeMap<LaCode, usize> = BTreeMap::new();
        for row in self.at(when) {
            if let Ok(code) = self.columns.la.word(row).parse() {
                rows.entry(code).or_insert(row);
            }
        }
        let absent =
            ask.register.open_on(day(when.end)).into_iter().filter(|authority| !rows.contains_key(&authority.code));
        let absent: Vec<Place> = absent
            .map(|authority| {
                let role = role(ask, &neighbours, authority.code);
                Place::new(&authority.name, role, Figure::missing("x", NO_ROW))
            })
            .collect();
        let present = rows.iter().map(|(&code, &row)| {
            Place::new(self.columns.name.word(row), role(ask, &neighbours, code), self.columns.figure(row))
        });
        present.chain(absent).collect()
    }

    /// The authority's neighbours in the set that the comparisons used, closest first.
    pub fn neighbours(&self, ask: &Ask<'_>) -> Vec<LaCode> {
        let sets = ask.register.neighbours();
        sets.newest().map(|year| sets.of(year, ask.authority).to_vec()).unwrap_or_default()
    }

    /// England's figure; nothing where it is a total beside which an authority's count says nothing.
    pub fn england(&self, when: When) -> Option<Figure> {
        self.published(when).filter(|_| !self.is_total(when))
    }

    /// Whether England's figure is the sum of the authorities' and not an average.
    pub fn is_total(&self, when: When) -> bool {
        let most = self.at(when).map(|row| self.columns.value[row]).fold(f64::NEG_INFINITY, f64::max);
        let england = self.published(when).and_then(|figure| figure.number());
        matches!(self.found.measure.unit.as_str(), "number" | "pounds") && england.is_some_and(|england| england > most)
    }

    /// England's figure as published, total or average.
    pub fn published(&self, when: When) -> Option<Figure> {
        let england = self.columns.comparator.code("england")?;
        self.at(when)
            .find(|&row| self.columns.comparator.codes.get(row) == england)
            .map(|row| self.columns.against(row))
    }

    /// How many other authorities share the row's rank.
    pub fn tied(&self, when: When, row: usize) -> u32 {
        let (rank, comparator) = (self.columns.rank[row], self.columns.comparator.codes.get(row));
        let same = |other: &usize| {
            self.columns.rank[*other] == rank && self.columns.comparator.codes.get(*other) == comparator
        };
        (self.at(when).filter(same).count() as u32).saturating_sub(1)
    }

    /// The rows of a period.
    pub fn at(&self, when: When) -> impl Iterator<Item = usize> + '_ {
        self.rows.get(&when).into_iter().flatten().copied()
    }

    /// The period as published.
    pub fn code(&self, when: When) -> &'a str {
        self.columns.period.words[when.period]
    }

    /// The period's identifier as published.
    pub fn identifier(&self, when: When) -> &'a str {
        self.columns.identifier.words[when.identifier]
    }

    /// The period as on axes.
    pub fn label(&self, when: When) -> String {
        label(self.code(when), self.identifier(when))
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
