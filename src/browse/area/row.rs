//! One measure of an area's page: its figure, where it stands, what it is beside, what became of it.

use serde::Serialize;

use super::drawn::{Edges, years};
use super::shown;
use super::side::ComparatorFigure;
use crate::area::LaCode;
use crate::browse::address::{Address, Show};
use crate::browse::build::{Build, broken};
use crate::browse::verdict::Moved;
use crate::comparator::{Average, Comparator};
use crate::finding::{Error, Finding};
use crate::reading::{Age, Level, Reading, Said, Seen, words};
use crate::shown::number;
use crate::store::{Compared, Found};

/// A figure as it is written, with where it leads.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Shown {
    pub shown: String,
    pub address: String,
}

/// One measure.
#[derive(Serialize)]
pub struct Row {
    pub label: String,
    pub address: String,
    pub period: String,
    is_old: bool,
    counts: String,
    pub own: Shown,
    is_grade: bool,
    pub missing: String,
    strip: Option<Edges>,
    pub sides: Vec<ComparatorFigure>,
    years: Option<String>,
    years_words: String,
    pub moved: Moved,
    rank: String,
    range: String,
    #[serde(skip)]
    pub topic: String,
    #[serde(skip)]
    pub reading: Reading,
}

/// Whose page, beside whom, of which build.
pub struct Context<'b> {
    pub build: &'b Build,
    pub code: LaCode,
    pub beside: &'b [Comparator],
    pub average: Average,
}

impl Context<'_> {
    /// The names of what stands beside.
    pub fn sides(&self) -> Vec<String> {
        let name = |one: &Comparator| match one {
            Comparator::Neighbours(_) => "neighbours".to_owned(),
            other => other.name(self.code, &self.build.register),
        };
        self.beside.iter().map(name).collect()
    }

    /// Which neighbours they are, and how their figure is made.
    pub fn neighbours_words(&self) -> Option<String> {
        let neighbours = self.beside.iter().find(|one| matches!(one, Comparator::Neighbours(_)))?;
        let members = neighbours.members(self.code, &self.build.register);
        let names: Vec<&str> = members
            .list()
            .iter()
            .filter_map(|code| self.build.register.newest(*code))
            .map(|authority| authority.name.as_str())
            .collect();
        let name = neighbours.name(self.code, &self.build.register);
        let how = match self.average {
            Average::Mean => "plain mean of those with a figure, of",
            Average::Median => "median of those with a figure, of",
            Average::Pooled => "counts taken together of",
        };
        (!names.is_empty()).then(|| format!("{name}: {how} {}.", crate::shown::list(&names)))
    }

    /// The row of a measure.
    ///
    /// # Errors
    /// The table cannot be read.
    pub fn row(&self, found: &Found<'_>) -> Result<Row, Error> {
        let frame = self.build.compared(found)?;
        let compared = Compared::of(&frame).map_err(broken)?;
        let slice = compared.whole(*found);
        let series = slice.series(self.code);
        let when = series.points.last().map(|point| point.when).or_else(|| slice.periods().last().copied());
        let Some(when) = when else { return Ok(self.nobody(found)) };
        let series = series.until(when);
        let reading = slice.evidence(self.code, when, slice.part(), &self.build.register).reading();
        let id = if series.points.is_empty() { String::new() } else { slice.id(self.code, when) };
        let mut row = plain(found, self.code, reading);
        row.own = shown(own_words(&row.reading), &id);
        row.strip = self.strip(&slice, when, &row.reading);
        row.sides = self.sides_of(found, &row.reading, &id, &when.label())?;
        (row.years, row.years_words) = years(&series, &row.reading);
        Ok(row)
    }

    /// The row of a measure of which no authority has a figure of the whole.
    fn nobody(&self, found: &Found<'_>) -> Row {
        let measure = crate::store::measure(found, "");
        let who = self.build.register.newest(self.code).map_or("", |authority| authority.name.as_str());
        let seen = Seen::missing(crate::reading::Missing::NotLoaded);
        let evidence = crate::reading::Evidence::new(measure, who, crate::reading::When::default(), seen);
        let mut row = plain(found, self.code, evidence.reading());
        row.own = shown("none", "");
        let failed = |finding: &&Finding| finding.is_error() && finding.table == found.table;
        row.missing = match self.build.findings.iter().find(failed) {
            Some(_) => "The last run could not make this table anew, and has not compared it: its page has the figures of the run before, and the findings say why.",
            None => "No figure for a local authority as a whole: its page has the groups that the publisher gives, if any.",
        }
        .to_owned();
        row
    }
}

/// A row with what its reading says by itself.
fn plain(found: &Found<'_>, code: LaCode, reading: Reading) -> Row {
    let counts = reading.level.amount().and_then(|amount| amount.counts).filter(|_| !reading.measure.is_amount());
    let place = words::short_place(&reading);
    let (rank, range) = place.split_once(" (").map_or((place.as_str(), ""), |(rank, range)| (rank, range));
    Row {
        label: reading.measure.label.clone(),
        address: Address::measure(found.table, found.name, Some(code)).to_string(),
        period: reading.period.label.clone(),
        is_old: reading.age == Age::Stale,
        counts: counts.map_or_else(String::new, |(top, bottom)| format!("{} of {}", number(top, 0), number(bottom, 0))),
        own: Shown::default(),
        is_grade: !reading.measure.grades.is_empty(),
        missing: words::missing(&reading),
        strip: None,
        sides: Vec::new(),
        years: None,
        years_words: String::new(),
        moved: Moved::of(&reading),
        rank: rank.to_owned(),
        range: if range.is_empty() { String::new() } else { format!("({range}") },
        topic: found.meta.topic.clone(),
        reading,
    }
}

/// The figure; what it lacks in a word.
fn own_words(reading: &Reading) -> String {
    match reading.level {
        Level::Missing(why) => why.word().to_owned(),
        _ => words::number(reading),
    }
}

impl Row {
    /// How much it matters, 0 to 3.
    pub fn importance(&self) -> u8 {
        self.reading.measure.importance
    }

    /// Whether it says how large a place is.
    pub fn is_amount(&self) -> bool {
        self.reading.measure.is_amount()
    }

    /// What comes first: what matters, then the order of a process, then the name.
    pub fn declared(&self) -> (u8, u32, String) {
        let measure = &self.reading.measure;
        (u8::MAX - measure.importance, measure.step.unwrap_or(u32::MAX), self.label.clone())
    }

    /// What is said of it against England.
    pub fn against_england(&self) -> Option<Said> {
        self.reading.level.value()?;
        self.reading.england().map(|england| england.verdict.said())
    }

    /// Whether a page that shows these shows it.
    pub fn shows(&self, show: Show) -> bool {
        let said = self.against_england();
        let is_told = matches!(said, Some(Said::Worse | Said::Better | Said::Higher | Said::Lower));
        match show {
            Show::Headline | Show::All => true,
            Show::Differs => is_told,
            Show::Worse => said == Some(Said::Worse),
            Show::Better => said == Some(Said::Better),
            Show::Similar => said == Some(Said::Similar),
            Show::Apart => matches!(said, Some(Said::Higher | Said::Lower)),
            Show::Untested => self.reading.level.value().is_some() && !is_told && said != Some(Said::Similar),
            Show::Missing => self.reading.level.value().is_none(),
        }
    }

    /// From the worst to the best: the share of authorities that do better, told by the rank; those without one last.
    pub fn standing(&self) -> f64 {
        let ranked = self.reading.place.ranked().filter(|ranked| ranked.is_judged());
        ranked.map_or(f64::INFINITY, |ranked| -f64::from(ranked.rank()) / f64::from(ranked.of()))
    }

    /// How far it moved, in spreads of the authorities.
    pub fn moved_far(&self) -> f64 {
        let value = self.reading.level.value();
        let moved = self.reading.change.from().zip(value).map(|((_, from), to)| (to - from).abs());
        match (moved, self.reading.spread) {
            (Some(moved), Some(spread)) if spread > 0.0 => moved / spread,
            _ => 0.0,
        }
    }
}
