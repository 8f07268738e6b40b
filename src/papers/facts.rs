//! The published comparisons, looked up by table, measure and authority.

use rustc_hash::FxHashMap;

use crate::area::{Group, LaCode, Register};
use crate::comparator::Comparator;
use crate::finding::Finding;
use crate::frame::{Coded, Frame};
use crate::period::label;
use crate::publish::document::Cell;
use crate::schema::{TOTAL, view};
use crate::value::Status;

/// One comparison.
#[derive(Clone, Copy, Debug)]
pub struct Fact<'a> {
    pub period: &'a str,
    pub identifier: &'a str,
    pub end: i32,
    pub breakdown: &'a str,
    /// Topic and breakdown as published, by which the figure is known; a table may show a shorter name.
    pub known_as: (&'a str, &'a str),
    pub comparator: &'a str,
    pub comparator_name: &'a str,
    pub value: f64,
    pub status: &'a str,
    pub numerator: f64,
    pub denominator: f64,
    pub against: f64,
    pub against_status: &'a str,
    pub used: u16,
    pub members: u16,
    pub rank: [u16; 4],
    pub change: f64,
    pub change_note: &'a str,
    pub band: &'a str,
    pub beyond: &'a str,
}

impl Fact<'_> {
    /// The period as a reader sees it.
    pub fn label(&self) -> String {
        label(self.period, self.identifier)
    }
}

/// What an authority is set beside.
#[derive(Clone, Debug)]
pub enum Beside<'a> {
    /// The authority itself.
    Own,
    /// `region`, `neighbours` or `england`, as compared by the run.
    Compared(&'static str),
    /// The plain mean of the other members of a group.
    Group(&'a Group),
    /// Another authority.
    Authority(LaCode, String),
}

impl Beside<'_> {
    /// The code of the area whose id a figure carries, and the word that is added to it.
    pub fn whose(&self, own: LaCode) -> (LaCode, &str) {
        match self {
            Beside::Own => (own, ""),
            Beside::Compared(key) => (own, key),
            Beside::Group(group) => (own, &group.key),
            Beside::Authority(code, _) => (*code, ""),
        }
    }
}

/// A figure of one area in one period.
#[derive(Clone, Copy, Debug)]
pub struct Point<'a> {
    pub end: i32,
    pub period: (&'a str, &'a str),
    pub value: f64,
    pub status: &'a str,
}

impl Point<'_> {
    /// The figure as a cell.
    pub fn cell(&self, places: u8) -> Cell {
        cell(self.value, self.status, places)
    }
}

/// A value, or the symbol of its status.
pub fn cell(value: f64, status: &str, places: u8) -> Cell {
    if value.is_finite() {
        return Cell::number(value, places);
    }
    let status = Status::from_word(status).filter(|status| *status != Status::Number).unwrap_or(Status::NotAvailable);
    Cell::missing(status.symbol(), status.reason())
}

view! {
    /// The columns of the comparisons that a report looks at.
    pub struct Compared {
        table: Words Table,
        measure: Words Measure,
        la: Words LaCode,
        topic: Words BreakdownTopic,
        period: Words Period,
        identifier: Words PeriodIdentifier,
        ends: Days PeriodEnd,
        breakdown: Words Breakdown,
        comparator: Words Comparator,
        comparator_name: Words ComparatorName,
        value: Numbers Value,
        status: Words Status,
        numerator: Numbers Numerator,
        denominator: Numbers Denominator,
        against: Numbers ComparatorValue,
        against_status: Words ComparatorStatus,
        used: Smalls Used,
        members: Smalls Members,
        rank: Smalls Rank,
        out_of: Smalls OutOf,
        rank_lower: Smalls RankLower,
        rank_upper: Smalls RankUpper,
        change: Numbers Change,
        change_note: Words ChangeNote,
        band: Words Band,
        beyond: Words BeyondChance,
    }
}

impl<'a> Compared<'a> {
    /// What the rows are looked up by.
    fn keys(&self) -> [&Coded<'a>; 4] {
        [&self.table, &self.measure, &self.la, &self.topic]
    }
}

/// The comparisons of the measures at hand.
pub struct Facts<'a> {
    columns: Compared<'a>,
    /// The rows by table, measure, authority and topic.
    index: FxHashMap<[usize; 4], Vec<u32>>,
}

impl<'a> Facts<'a> {
    /// Looks the columns up and indexes the rows about the whole and about `topics`.
    ///
    /// # Errors
    /// A column is not there: a mistake in the program, said as a finding.
    pub fn of(frame: &'a Frame, topics: &[&str]) -> Result<Facts<'a>, Finding> {
        let columns = Compared::of(frame)?;
        let wanted: Vec<usize> =
            topics.iter().copied().chain([TOTAL]).filter_map(|topic| columns.topic.code(topic)).collect();
        let mut index: FxHashMap<[usize; 4], Vec<u32>> = FxHashMap::default();
        for row in 0..frame.height() {
            let key = columns.keys().map(|words| words.codes.get(row));
            if wanted.contains(&key[3]) {
                index.entry(key).or_default().push(row as u32);
            }
        }
        Ok(Facts { columns, index })
    }

    fn fact(&self, row: u32) -> Fact<'a> {
        let (row, at) = (row as usize, &self.columns);
        Fact {
            period: at.period.word(row),
            identifier: at.identifier.word(row),
            end: at.ends[row],
            breakdown: at.breakdown.word(row),
            known_as: (at.topic.word(row), at.breakdown.word(row)),
            comparator: at.comparator.word(row),
            comparator_name: at.comparator_name.word(row),
            value: at.value[row],
            status: at.status.word(row),
            numerator: at.numerator[row],
            denominator: at.denominator[row],
            against: at.against[row],
            against_status: at.against_status.word(row),
            used: at.used[row],
            members: at.members[row],
            rank: [at.rank, at.out_of, at.rank_lower, at.rank_upper].map(|ranks| ranks[row]),
            change: at.change[row],
            change_note: at.change_note.word(row),
            band: at.band.word(row),
            beyond: at.beyond.word(row),
        }
    }

    /// The breakdowns of `topic` that any authority has in the period that ends on `end`.
    pub fn breakdowns(&self, table: &str, measure: &str, topic: &str, end: i32) -> Vec<&'a str> {
        let columns = &self.columns;
        let codes = [
            columns.table.code(table).map(|code| (0, code)),
            columns.measure.code(measure).map(|code| (1, code)),
            columns.topic.code(topic).map(|code| (3, code)),
        ];
        let mut found: Vec<&'a str> = Vec::new();
        for (key, rows) in &self.index {
            if !codes.iter().all(|code| code.is_some_and(|(at, code)| key[at] == code)) {
                continue;
            }
            for &row in rows.iter().filter(|&&row| columns.ends[row as usize] == end) {
                let breakdown = columns.breakdown.word(row as usize);
                if !found.contains(&breakdown) {
                    found.push(breakdown);
                }
            }
        }
        found
    }

    /// The comparisons of an authority's measure about `topic`.
    pub fn about(&self, table: &str, measure: &str, la: LaCode, topic: &str) -> Vec<Fact<'a>> {
        let words = [table, measure, &la.to_string(), topic];
        let mut key = [0; 4];
        for ((slot, coded), word) in key.iter_mut().zip(self.columns.keys()).zip(words) {
            match coded.code(word) {
                Some(code) => *slot = code,
                None => return Vec::new(),
            }
        }
        self.index.get(&key).map_or_else(Vec::new, |rows| rows.iter().map(|&row| self.fact(row)).collect())
    }

    /// The figures of `beside` over the periods of `own`, which are the authority's facts; and its name.
    pub fn line(
        &self,
        own: &[Fact<'a>],
        who: &str,
        beside: &Beside<'a>,
        others: &dyn Fn(LaCode) -> Vec<Fact<'a>>,
    ) -> (String, Vec<Point<'a>>) {
        match beside {
            Beside::Own => (who.to_owned(), points(own)),
            Beside::Compared(key) => {
                let facts = own.iter().filter(|fact| fact.comparator == *key);
                let name = facts.clone().max_by_key(|fact| fact.end).map_or(*key, |fact| fact.comparator_name);
                let point = |fact: &Fact<'a>| Point {
                    end: fact.end,
                    period: (fact.period, fact.identifier),
                    value: fact.against,
                    status: fact.against_status,
                };
                (name.to_owned(), facts.map(point).collect())
            }
            Beside::Authority(code, name) => (name.clone(), points(&others(*code))),
            Beside::Group(group) => {
                let lines: Vec<Vec<Point<'a>>> = group.members.iter().map(|&code| points(&others(code))).collect();
                (format!("{} (mean)", group.label), points(own).iter().map(|at| mean(at, &lines)).collect())
            }
        }
    }
}

/// The plain mean of those lines that have a figure in the period of `at`.
fn mean<'a>(at: &Point<'a>, lines: &[Vec<Point<'a>>]) -> Point<'a> {
    let values: Vec<f64> = lines
        .iter()
        .filter_map(|line| line.iter().find(|point| point.end == at.end && point.period == at.period))
        .map(|point| point.value)
        .filter(|value| value.is_finite())
        .collect();
    let value = if values.is_empty() { f64::NAN } else { values.iter().sum::<f64>() / values.len() as f64 };
    Point { value, status: "not_available", ..*at }
}

/// One point a period of an authority's own figures.
fn points<'a>(own: &[Fact<'a>]) -> Vec<Point<'a>> {
    let mut points: Vec<Point<'a>> = Vec::new();
    for fact in own {
        if !points.iter().any(|point| point.end == fact.end && point.period == (fact.period, fact.identifier)) {
            let period = (fact.period, fact.identifier);
            points.push(Point { end: fact.end, period, value: fact.value, status: fact.status });
        }
    }
    points.sort_by_key(|point| point.end);
    points
}

/// What is drawn of a comparator; the mean of a group leaves out the authority itself.
///
/// # Errors
/// A set of neighbours that the run did not compare with: the words say so.
pub fn beside<'a>(comparator: &Comparator, register: &'a Register) -> Result<Beside<'a>, String> {
    let group = |key: &str| register.groups().iter().find(|group| group.key == key);
    Ok(match comparator {
        Comparator::England => Beside::Compared("england"),
        Comparator::Region => Beside::Compared("region"),
        Comparator::Neighbours(_) => Beside::Compared("neighbours"),
        Comparator::Authority(code) => {
            let name = register.newest(*code).map_or_else(|| code.to_string(), |authority| authority.name.clone());
            Beside::Authority(*code, name)
        }
        Comparator::Group(key) => group(key).map(Beside::Group).ok_or_else(|| format!("there is no group `{key}`"))?,
        Comparator::NeighboursOf(year) => {
            return Err(format!("a report compares with the newest set of neighbours, not with that of {year}"));
        }
    })
}
