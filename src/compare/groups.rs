//! Rows that are compared with one another: one group a measure, period and breakdown.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{Context, Subject};
use crate::area::{LaCode, Level};
use crate::finding::Finding;
use crate::frame::{CodeSlice, Frame};
use crate::period::{Known, PeriodKey};
use crate::pipeline::Unit;
use crate::schema::{Periods, TOTAL, column};
use crate::value::Status;

/// No row.
pub(super) const NONE: u32 = u32::MAX;

/// Codes of measure, period, identifier, topic and breakdown in their columns.
pub(super) type Key = [u32; 5];

/// Every group of a table, with the row of each authority, region and of England.
pub(super) struct Groups<'a> {
    pub keys: Vec<Key>,
    /// The period of each group.
    pub when: Vec<PeriodKey>,
    /// The codes of the authorities, in order; the index is the authority's place.
    pub authorities: Vec<LaCode>,
    /// Row of an authority: group times number of authorities plus place.
    rows: Vec<u32>,
    /// Rows of regions, by code of `ons_code`.
    pub regions: Vec<(String, Vec<u32>)>,
    pub england: Vec<u32>,
    pub subjects: Vec<Subject>,
    /// The code of the topic of the whole.
    whole: Option<usize>,
    /// By measure, the codes of the breakdown that stands for it where it has no total.
    stand_ins: Vec<Option<(u32, u32)>>,
    /// The words of the measures, periods and identifiers, by code.
    pub measures: Vec<&'a str>,
    pub periods: Vec<&'a str>,
    pub identifiers: Vec<&'a str>,
    pub values: &'a [f64],
    pub numerators: &'a [f64],
    pub denominators: &'a [f64],
    /// The status of each row, and by its code whether the figure is shown and compared with nobody.
    statuses: CodeSlice<'a>,
    unjudged: Vec<bool>,
}

impl<'a> Groups<'a> {
    /// Groups the latest rows of `frame`; measures whose unit is a code are no quantities and left out.
    pub fn of(frame: &'a Frame, context: &Context<'_>) -> Result<Groups<'a>, Finding> {
        let (level, measure) = (frame.get(column::Level)?, frame.get(column::Measure)?);
        let (la, ons) = (frame.get(column::LaCode)?, frame.get(column::OnsCode)?);
        let (periods, latest) = (Periods::of(frame)?, frame.get(column::Latest)?);
        let (topic, breakdown) = (frame.get(column::BreakdownTopic)?, frame.get(column::Breakdown)?);
        let [country, region, authority] =
            [Level::Country, Level::Region, Level::Authority].map(|wanted| level.code(wanted.word()));
        let only = context.only.as_ref().map(|(wanted, part)| (topic.code(wanted), breakdown.code(part)));
        let places = Places::of(&la.words);
        let region_codes: Vec<usize> = (0..ons.words.len())
            .filter(|&code| ons.words[code].starts_with("E12") || ons.words[code].starts_with("E13"))
            .collect();
        let mut groups = Groups::none(frame, context, &places, &region_codes)?;
        let mut index: FxHashMap<(u64, u64, u32), u32> = FxHashMap::default();
        for row in 0..frame.height() {
            let here = Some(level.codes.get(row));
            if !latest.get_bit(row) || !(here == country || here == region || here == authority) {
                continue;
            }
            let code = measure.codes.get(row);
            if groups.subjects[code].unit == Unit::Code {
                continue;
            }
            let here_of = (Some(topic.codes.get(row)), Some(breakdown.codes.get(row)));
            if only.is_some_and(|only| only != here_of) {
                continue;
            }
            let key = [
                code,
                periods.code.codes.get(row),
                periods.identifier.codes.get(row),
                topic.codes.get(row),
                breakdown.codes.get(row),
            ]
            .map(|code| code as u32);
            let group = *index.entry(short(key)).or_insert_with(|| groups.add(key, periods.key(row))) as usize;
            let row_number = row as u32;
            if here == country {
                groups.england[group] = row_number;
            } else if here == region {
                let wanted = ons.codes.get(row);
                if let Some(place) = region_codes.iter().position(|&code| code == wanted) {
                    groups.regions[place].1[group] = row_number;
                }
            } else if let Some(place) = places.by_code[la.codes.get(row)] {
                let width = groups.authorities.len();
                groups.rows[group * width + place] = row_number;
            }
        }
        Ok(groups)
    }

    /// The columns of `frame` and the places of its areas, without a group.
    fn none(
        frame: &'a Frame,
        context: &Context<'_>,
        places: &Places,
        region_codes: &[usize],
    ) -> Result<Groups<'a>, Finding> {
        let (measure, ons, status) =
            (frame.get(column::Measure)?, frame.get(column::OnsCode)?, frame.get(column::Status)?);
        let (topic, breakdown) = (frame.get(column::BreakdownTopic)?, frame.get(column::Breakdown)?);
        let periods = Periods::of(frame)?;
        let subjects: Vec<Subject> =
            measure.words.iter().map(|name| context.measures.get(*name).copied().unwrap_or_default()).collect();
        let stand_in = |text: &String| {
            let (wanted, part) = text.split_once('=')?;
            Some((topic.code(wanted)? as u32, breakdown.code(part)? as u32))
        };
        Ok(Groups {
            keys: Vec::new(),
            when: Vec::new(),
            authorities: places.codes.clone(),
            rows: Vec::new(),
            regions: region_codes.iter().map(|&code| (ons.words[code].to_owned(), Vec::new())).collect(),
            england: Vec::new(),
            subjects,
            whole: topic.code(TOTAL),
            stand_ins: measure.words.iter().map(|name| stand_in(context.stand_ins.get(*name)?)).collect(),
            measures: measure.words.clone(),
            periods: periods.code.words.clone(),
            identifiers: periods.identifier.words.clone(),
            values: frame.get(column::Value)?,
            numerators: frame.get(column::Numerator)?,
            denominators: frame.get(column::Denominator)?,
            statuses: status.codes,
            unjudged: status
                .words
                .iter()
                .map(|word| Status::from_word(word).is_some_and(Status::is_unjudged))
                .collect(),
        })
    }

    fn add(&mut self, key: Key, when: PeriodKey) -> u32 {
        let group = self.keys.len() as u32;
        self.keys.push(key);
        self.when.push(when);
        self.rows.resize(self.rows.len() + self.authorities.len(), NONE);
        self.england.push(NONE);
        for (_, rows) in &mut self.regions {
            rows.push(NONE);
        }
        group
    }

    /// The periods of the groups: words as published and identity.
    pub fn known_periods(&self) -> Vec<Known<'a>> {
        let words = |&[_, period, identifier, _, _]: &Key| {
            (self.periods[period as usize], self.identifiers[identifier as usize])
        };
        let known: BTreeMap<(&'a str, &'a str), PeriodKey> =
            self.keys.iter().map(words).zip(self.when.iter().copied()).collect();
        known.into_iter().collect()
    }

    /// The rows of the authorities in `group`, by place.
    pub fn rows(&self, group: usize) -> &[u32] {
        let width = self.authorities.len();
        &self.rows[group * width..(group + 1) * width]
    }

    /// The place of the region with `code` among the regions.
    pub fn region(&self, code: &str) -> Option<usize> {
        self.regions.iter().position(|(known, _)| known == code)
    }

    /// Whether `group` is about the whole, or about the breakdown that stands for it.
    pub fn is_whole(&self, group: usize) -> bool {
        let [measure, _, _, topic, breakdown] = self.keys[group];
        self.whole == Some(topic as usize) || self.stand_ins[measure as usize] == Some((topic, breakdown))
    }

    /// The values of the authorities in `group`, by place; NaN for none.
    pub fn values_into(&self, group: usize, values: &mut Vec<f64>) {
        values.clear();
        values.extend(self.rows(group).iter().map(|&row| self.value(row)));
    }

    /// The value of a row as published, NaN for none.
    pub fn published(&self, row: u32) -> f64 {
        if row == NONE { f64::NAN } else { self.values[row as usize] }
    }

    /// The value of a row to be compared, NaN for none: what is doubted, or of an authority that was not open, is shown
    /// and compared with nobody.
    pub fn value(&self, row: u32) -> f64 {
        if self.is_unjudged(row) { f64::NAN } else { self.published(row) }
    }

    fn is_unjudged(&self, row: u32) -> bool {
        row != NONE && self.unjudged[self.statuses.get(row as usize)]
    }

    /// Numerator and denominator of a row to be compared, where both are there.
    pub fn counts(&self, row: u32) -> Option<(f64, f64)> {
        if row == NONE || self.is_unjudged(row) {
            return None;
        }
        let (top, bottom) = (self.numerators[row as usize], self.denominators[row as usize]);
        (top.is_finite() && bottom > 0.0).then_some((top, bottom))
    }

    /// The measure of `group`.
    pub fn subject(&self, group: usize) -> Subject {
        self.subjects[self.keys[group][0] as usize]
    }
}

/// A key in three numbers, which are hashed and compared much quicker than a list of five: every row is looked up.
fn short([measure, period, identifier, topic, breakdown]: Key) -> (u64, u64, u32) {
    let two = |one: u32, other: u32| (u64::from(one) << 32) | u64::from(other);
    (two(measure, breakdown), two(period, topic), identifier)
}

/// The authorities that occur, in order of their codes.
struct Places {
    codes: Vec<LaCode>,
    by_code: Vec<Option<usize>>,
}

impl Places {
    fn of(words: &[&str]) -> Places {
        let mut places = Places { codes: Vec::new(), by_code: Vec::new() };
        for word in words {
            let place = word.parse().ok().map(|la| {
                places.codes.push(la);
                places.codes.len() - 1
            });
            places.by_code.push(place);
        }
        places
    }
}
