//! Rates per head: a count divided by a population of another table, compared as any published rate is.
//!
//! In: the observations of a count and of its population. Out: their comparisons under the count's table. Each period takes
//! the latest population up to it; a rate is as old as its count, and where the population is older a reading says so.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use polars::prelude::{BooleanChunked, NewChunkedArray, PlSmallStr};

use super::anew::compared;
use super::observed::Observed;
use super::pooled::pooled;
use super::{Catalogue, Found, measure};
use crate::area::{Level, Register};
use crate::finding::{Error, Finding};
use crate::frame::{Declared, Frame};
use crate::pipeline::Unit;
use crate::publish::MeasureMeta;
use crate::schema::{TOTAL, column};
use crate::shown::{number, sentence};

/// How many days a period's end may lie after the end of its population before that is called old.
const YEAR: i64 = 366;

/// A rate per head.
pub struct Rate {
    /// The table of the count.
    pub table: String,
    /// The count's name, which its figures keep: they are traced to the cell of the count.
    pub count: String,
    /// What the count counts, inside a sentence.
    pub counted: String,
    /// For each how many of whom: `10,000 people`.
    pub each: String,
    /// What it is.
    pub meta: MeasureMeta,
    /// The comparisons, as the published ones are.
    pub frame: Frame,
    /// By the last day of a period, the last day of its population where that is over a year older.
    pub older: BTreeMap<NaiveDate, NaiveDate>,
}

impl Rate {
    /// Whether it is made of this count.
    pub fn is_of(&self, found: &Found<'_>) -> bool {
        (self.table.as_str(), self.count.as_str()) == (found.table, found.name)
    }
}

/// Populations by level and area, each with the last day it is of, in order.
type People = BTreeMap<(String, String), Vec<(NaiveDate, f64)>>;

/// The rate of a count whose pipeline names a population; none where there is none, or it is not loaded.
///
/// # Errors
/// A table cannot be read.
pub fn rate(found: &Found<'_>, catalogue: &Catalogue, register: &Register) -> Result<Option<Rate>, Error> {
    let Some(per) = &found.measure.per else { return Ok(None) };
    let Ok(population) = catalogue.measure(&per.population) else { return Ok(None) };
    let told = |finding: Finding| Error::usage(finding.message, finding.help);
    let people = catalogue.observations_about(&population, &[TOTAL.to_owned()])?;
    let people = people_of(&people).map_err(told)?;
    let counts = catalogue.observations_about(found, &[TOTAL.to_owned()])?;
    let (divided, older) = divided(&counts, &people, per.unit.multiplier().unwrap_or(1.0)).map_err(told)?;
    if divided.height() == 0 {
        return Ok(None);
    }
    let meta = meta(found.measure, population.measure);
    let counted = measure(found, "").noun;
    let each = match per.unit.multiplier() {
        Some(many) if many > 1.0 => format!("{} people", number(many, 0)),
        _ => "person".to_owned(),
    };
    let mut frame = compared(&divided, found, &meta, register, true).map_err(told)?;
    if let Some(groups) = pooled(&divided, found, &meta, register).map_err(told)? {
        frame = Frame::joined(vec![frame, groups]).map_err(told)?;
    }
    Ok(Some(Rate { table: found.table.to_owned(), count: found.name.to_owned(), counted, each, meta, frame, older }))
}

/// What a rate is: the count's words but for its noun and unit.
fn meta(count: &MeasureMeta, population: &MeasureMeta) -> MeasureMeta {
    let Some(per) = &count.per else { return count.clone() };
    let whole = crate::shown::within(&population.label);
    let definition = match count.definition.as_str() {
        "" => String::new(),
        known => format!("{} Divided by: {whole}.", crate::shown::stop(known)),
    };
    MeasureMeta {
        label: sentence(&per.noun),
        unit: per.unit.word().to_owned(),
        places: if per.unit == Unit::Pounds { 0 } else { 1 },
        noun: per.noun.clone(),
        short: String::new(),
        denominator: whole,
        whole: String::new(),
        phrases: per.phrases.clone(),
        reads: String::new(),
        prose: None,
        per: None,
        definition,
        ..count.clone()
    }
}

fn people_of(frame: &Frame) -> Result<People, Finding> {
    let observed = Observed::of(frame)?;
    let mut people = People::new();
    for row in observed.latest().filter(|&row| is_whole(&observed, row)) {
        if let Some(value) = observed.seen(row).value.filter(|value| *value > 0.0) {
            people.entry(area(&observed, row)).or_default().push((observed.figures.periods.key(row).end(), value));
        }
    }
    people.values_mut().for_each(|known| known.sort_by_key(|(day, _)| *day));
    Ok(people)
}

/// Whether a row is about all of an authority, region or country.
fn is_whole(observed: &Observed<'_>, row: usize) -> bool {
    observed.figures.topic.word(row) == TOTAL && !observed.figures.below(row)
}

/// Level and code of a row's area; all of England has one word.
fn area(observed: &Observed<'_>, row: usize) -> (String, String) {
    let level = observed.figures.level.word(row);
    let code = if level == Level::Country.word() { "England" } else { observed.figures.area(row) };
    (level.to_owned(), code.to_owned())
}

/// The rows of `counts` that have a population, each divided by it; and which periods have an older one.
fn divided(
    counts: &Frame,
    people: &People,
    multiplier: f64,
) -> Result<(Frame, BTreeMap<NaiveDate, NaiveDate>), Finding> {
    let observed = Observed::of(counts)?;
    let (mut kept, mut above, mut below, mut older) =
        (vec![false; observed.height()], Vec::new(), Vec::new(), BTreeMap::new());
    for row in observed.latest().filter(|&row| is_whole(&observed, row)) {
        let end = observed.figures.periods.key(row).end();
        let known = people.get(&area(&observed, row));
        let population = known.and_then(|known| known.iter().rev().find(|(day, _)| *day <= end));
        let Some((day, population)) = population else { continue };
        kept[row] = true;
        // A count that is not shown makes a rate that is not shown, for the reason that stands in its row.
        above.push(observed.seen(row).value.unwrap_or(f64::NAN));
        below.push(*population);
        if (end - *day).num_days() > YEAR {
            older.insert(end, *day);
        }
    }
    let mask = BooleanChunked::from_slice(PlSmallStr::EMPTY, &kept);
    let mut frame = counts.polars().filter(&mask).map_err(|error| Finding::internal(&error))?;
    let rates = above.iter().zip(&below).map(|(above, below)| above / below * multiplier).collect();
    for made in [column::Value.holding(rates)?, column::Numerator.holding(above)?, column::Denominator.holding(below)?]
    {
        frame.with_column(made).map_err(|error| Finding::internal(&error))?;
    }
    Ok((Frame::new(frame.into_columns())?, older))
}
