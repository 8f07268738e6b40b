//! What every table of one section and authority needs: the authority's series, what stands beside them, and the ids.

use chrono::NaiveDate;

use crate::area::{LaCode, Register};
use crate::comparator::Comparator;
use crate::publish::document::Cell;
use crate::reading::{Reading, Seen};
use crate::series::{Line, Series, When};
use crate::store::{Compared, Slice};

use super::choose::Chosen;

/// What every table of one section and authority needs.
pub struct View<'a> {
    /// The comparisons.
    pub compared: &'a Compared<'a>,
    /// Authorities, groups and neighbours.
    pub register: &'a Register,
    /// The authority.
    pub authority: LaCode,
    /// Its name.
    pub who: &'a str,
    /// What it is set beside.
    pub beside: Vec<Comparator>,
    /// The last day of the newest published figures of the build.
    pub newest: Option<NaiveDate>,
    /// The last period, where it is not the latest.
    pub period: Option<String>,
    /// How many periods a table shows.
    pub years: usize,
    /// What a note under a cross table says.
    pub noted: Vec<Chosen<'a>>,
}

impl<'a> View<'a> {
    /// A measure about one breakdown.
    pub fn slice(&self, chosen: &Chosen<'a>, topic: &str, breakdown: &str) -> Slice<'a> {
        let compared = chosen.rate.map_or(self.compared, |(_, compared)| compared);
        compared.slice(chosen.found(), topic, breakdown)
    }

    /// The authority's figures of the whole, or of the part that stands for it, up to the last period wanted and of its kind: years, or the same month.
    pub fn whole(&self, chosen: &Chosen<'a>) -> Series<'a> {
        let compared = chosen.rate.map_or(self.compared, |(_, compared)| compared);
        let series = compared.whole(chosen.found()).series(self.authority);
        match series.latest(self.period.as_deref()).map(|point| point.when) {
            Some(last) => series.until(last),
            None => Series { points: Vec::new(), ..series },
        }
    }

    /// The same of each breakdown of `topic`, up to the last period wanted that any of them has.
    pub fn parts(&self, chosen: &Chosen<'a>, topic: &str) -> Vec<Series<'a>> {
        let names = self.compared.breakdowns(&chosen.found(), topic);
        let part = |name: &str| self.slice(chosen, topic, name).series(self.authority);
        let parts: Vec<Series<'a>> = names.into_iter().map(part).collect();
        let last = parts.iter().filter_map(|part| part.latest(self.period.as_deref())).map(|point| point.when).max();
        let Some(last) = last else { return Vec::new() };
        parts.into_iter().map(|part| part.until(last)).filter(|part| !part.points.is_empty()).collect()
    }

    /// The lines of the authority and what stands beside it, over the periods of `own` and those between that others have.
    pub fn lines(&self, chosen: &Chosen<'a>, own: &Series<'a>) -> Vec<Line<'a>> {
        let slice = self.slice(chosen, own.about.0, own.about.1);
        let periods = self.periods(chosen, own);
        let beside = self.beside.iter();
        let beside = beside.map(|comparator| slice.line_over(&periods, own, comparator, self.register));
        std::iter::once(own.line(self.who)).chain(beside).collect()
    }

    /// The periods from the first of `own` to its last in which anybody has a figure of the whole, of the same kind.
    pub fn periods(&self, chosen: &Chosen<'a>, own: &Series<'a>) -> Vec<When<'a>> {
        let (Some(first), Some(last)) = (own.points.first(), own.points.last()) else { return Vec::new() };
        let slice = self.slice(chosen, own.about.0, own.about.1);
        let within = |when: &When<'a>| (first.when..=last.when).contains(when) && when.is_alike(&last.when);
        slice.periods().iter().copied().filter(within).collect()
    }

    /// The id of the figure in the line at `index`, the authority's own being the first, in a period.
    pub fn id(&self, chosen: &Chosen<'a>, about: (&str, &str), when: When<'_>, index: usize) -> String {
        let slice = self.slice(chosen, about.0, about.1);
        match index.checked_sub(1).and_then(|index| self.beside.get(index)) {
            Some(comparator) => slice.id_beside(self.authority, when, comparator),
            None => slice.id(self.authority, when),
        }
    }
}

/// A figure as a cell: the number, or the symbol of what it lacks.
pub fn cell(seen: &Seen, places: u8) -> Cell {
    match seen.value {
        Some(value) => match seen.mark {
            Some(status) => Cell::number(value, places).qualified(status.symbol(), status.reason()),
            None => Cell::number(value, places),
        },
        None => Cell::missing(seen.missing.word(), seen.missing.reason()),
    }
}

/// A count as a cell.
pub fn count(value: Option<f64>) -> Cell {
    value.map_or_else(Cell::default, |value| Cell::number(value, 0))
}

/// The id of the figure that a reading is of.
pub fn id_of(reading: &Reading) -> String {
    reading.cells.first().cloned().unwrap_or_default()
}
