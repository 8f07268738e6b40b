//! A row to its key: which area, period and breakdown it is about, and what becomes of it.
//!
//! In: the texts of a row. Out: its key, or the rule that leaves it out, or the finding that refuses it.

use super::texts::Cells;
use crate::area::Register;
use crate::finding::{Finding, Place as FilePlace};
use crate::grid::TextTable;
use crate::normalise::Shared;
use crate::normalise::breakdown::Breakdowns;
use crate::normalise::geography::{Geography, Outcome, Place, Words, Wrong};
use crate::normalise::map::{Map, Where};
use crate::normalise::periods::Periods;
use crate::pipeline::Accept;
use crate::quarantine::Refusals;

/// The cell of row `row` that says `text` about area or period.
pub(super) fn place_of(text: &str, row: usize, cells: &Cells<'_>, table: &TextTable, place: &Where) -> FilePlace {
    let columns = [place.name, place.code, place.ons, place.region_name, place.region_code, place.level, place.period];
    table.place(Some(row), cells.saying(text, row, columns))
}

/// What becomes of a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Unseen,
    Loaded,
    LeftOut(&'static str),
    Refused,
}

/// What the rows of one file are keyed with, and what becomes of each.
pub(super) struct Keys<'a> {
    pub accepts: &'a [Accept],
    pub register: &'a Register,
    pub geography: Geography<'a>,
    pub breakdowns: Breakdowns<'a>,
    pub periods: Periods<'a>,
    pub authority: &'a str,
    pub cells: &'a Cells<'a>,
    pub map: &'a Map,
    pub table: &'a TextTable,
    pub fate: Vec<Fate>,
    pub refused: Refusals,
}

impl Keys<'_> {
    /// Refuses row `row` once, whichever rule comes first.
    pub fn refuse(&mut self, row: usize, finding: Finding, text: &str) {
        if self.fate[row] != Fate::Refused {
            self.fate[row] = Fate::Refused;
            self.refused.row(finding, text);
        }
    }

    /// Refuses row `row` for what is wrong with its area or period.
    pub fn refuse_for(&mut self, row: usize, wrong: &Wrong) {
        if self.fate[row] != Fate::Refused {
            let place = place_of(&wrong.text, row, self.cells, self.table, &self.map.place);
            self.refuse(row, wrong.finding.clone().at(place), &wrong.text);
        }
    }

    /// Settles what becomes of row `row`; one that was refused stays so.
    pub fn settle(&mut self, row: usize, fate: Fate) {
        if self.fate[row] != Fate::Refused {
            self.fate[row] = fate;
        }
    }
}

/// One row in one variant, keyed.
pub(super) struct Keyed {
    pub sort: u128,
    pub row: u32,
    pub variant: u32,
    pub period: u32,
    pub place: Place,
    pub topic: u32,
    pub breakdown: u32,
}

/// The key of one row in one variant, or none where it is left out or refused.
pub(super) fn key(
    row: u32,
    variant: u32,
    period: Option<&str>,
    breakdown: Option<&str>,
    keys: &mut Keys<'_>,
    shared: &mut Shared,
) -> Option<Keyed> {
    let index = row as usize;
    let place = &keys.map.place;
    let cells = keys.cells;
    let period = match keys.periods.of(cells, index, place.period, place.identifier, period, shared) {
        Ok(period) => period,
        Err(reason) => {
            let wrong = keys.periods.found[reason].clone();
            keys.refuse_for(index, &wrong);
            return None;
        }
    };
    let words = Words {
        level: cells.optional(index, place.level),
        code: cells.optional(index, place.code),
        ons: cells.optional(index, place.ons),
        name: if keys.authority.is_empty() { cells.optional(index, place.name) } else { keys.authority },
        region_code: cells.optional(index, place.region_code),
        region_name: cells.optional(index, place.region_name),
        id: cells.below(index, place),
    };
    let outcome = {
        // The period is cloned once for each area, not once for each row.
        let known = shared.periods[period].clone();
        keys.geography.of(words, &known, period, row, shared)
    };
    let place = match outcome {
        Outcome::At(place) => place,
        Outcome::LeftOut(rule) => {
            if keys.fate[index] == Fate::Unseen {
                keys.fate[index] = Fate::LeftOut(rule);
            }
            return None;
        }
        Outcome::Refused(reason) => {
            let wrong = keys.geography.reasons[reason].clone();
            keys.refuse_for(index, &wrong);
            return None;
        }
    };
    let (topic, breakdown) = keys.breakdowns.of(&|column| cells.text(index, column), breakdown, shared);
    // Whether there is a figure of an authority that was not open is seen when all its rows are known.
    if place.outside.is_none() {
        keys.settle(index, Fate::Loaded);
    }
    Some(Keyed { sort: 0, row, variant, period: period as u32, place, topic, breakdown })
}

/// Puts the rows in the order of the published table: period, level, area, breakdown.
pub(super) fn order(keyed: &mut [Keyed], shared: &Shared) {
    let la = shared.la.ordered().ranks;
    let ons = shared.ons.ordered().ranks;
    let name = shared.name.ordered().ranks;
    let topic = shared.topic.ordered().ranks;
    let breakdown = shared.breakdown.ordered().ranks;
    let mut periods: Vec<usize> = (0..shared.periods.len()).collect();
    periods.sort_by_key(|&index| shared.periods[index].key());
    let mut period = vec![0u32; periods.len()];
    for (rank, &index) in periods.iter().enumerate() {
        period[index] = rank as u32;
    }
    for key in keyed.iter_mut() {
        let parts = [
            (u128::from(period[key.period as usize]), 16),
            (key.place.level as u128, 4),
            (u128::from(la[key.place.la as usize]), 12),
            (u128::from(ons[key.place.ons as usize]), 16),
            (u128::from(name[key.place.name as usize]), 24),
            (u128::from(topic[key.topic as usize]), 20),
            (u128::from(breakdown[key.breakdown as usize]), 24),
        ];
        key.sort = parts.into_iter().fold(0, |sort, (part, bits)| (sort << bits) | part);
    }
    keyed.sort_by_key(|key| (key.sort, key.place.stale, key.row));
}
