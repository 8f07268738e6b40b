//! Groups as places of their own: the figures of their members together, compared as an authority's are.
//!
//! In: the observations of one measure. Out: comparisons of the groups that the register was told to pool. A share or rate is
//! that of all their cases, a number is their sum; where a member that was open lacks its figure, or it is
//! doubted, so does the group. Groups
//! are in no rank: authorities are not of their kind.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{BooleanChunked, NewChunkedArray, PlSmallStr};

use super::anew::compared;
use super::observed::Observed;
use super::{Catalogue, Found, subject};
use crate::area::{LaCode, Level, Register};
use crate::finding::{Error, Finding};
use crate::frame::{Declared, Frame, Words};
use crate::period::PeriodKey;
use crate::pipeline::Unit;
use crate::publish::MeasureMeta;
use crate::reading::Seen;
use crate::schema::column;
use crate::value::Status;

/// The comparisons of the pooled groups for measures, each about its topics, a frame a measure.
///
/// # Errors
/// A table cannot be read.
pub fn groups(
    asked: &[(Found<'_>, BTreeSet<String>)],
    catalogue: &Catalogue,
    register: &Register,
) -> Result<Vec<Frame>, Error> {
    let mut made = Vec::new();
    // A council's own return is of one authority.
    for (found, topics) in asked.iter().filter(|(found, _)| !register.pools().is_empty() && !found.meta.own) {
        let observations = catalogue.observations_about(found, &Vec::from_iter(topics.iter().cloned()))?;
        let frame = pooled(&observations, found, found.measure, register);
        made.extend(frame.map_err(|finding| Error::usage(finding.message, finding.help))?);
    }
    Ok(made)
}

/// The same of the observations of one measure; none where nothing is pooled or no member has a figure.
///
/// # Errors
/// A column is not there: a mistake in the program, said as a finding.
pub(super) fn pooled(
    observations: &Frame,
    found: &Found<'_>,
    meta: &MeasureMeta,
    register: &Register,
) -> Result<Option<Frame>, Finding> {
    let mut pieces = Vec::new();
    for (code, members) in register.pools() {
        pieces.extend(together(observations, (*code, members), subject(meta).unit, register)?);
    }
    if pieces.is_empty() {
        return Ok(None);
    }
    pieces.insert(0, observations.clone());
    let all = compared(&Frame::joined(pieces)?, found, meta, register, false)?;
    let la = all.get(column::LaCode)?;
    let codes: Vec<bool> = la.words.iter().map(|word| word.parse().is_ok_and(LaCode::is_group)).collect();
    let kept: Vec<bool> = (0..all.height()).map(|row| codes[la.codes.get(row)]).collect();
    Ok(Some(only(&all, &kept)?))
}

/// What a figure of a group is about: its period, topic and breakdown.
type Matter<'a> = (PeriodKey, &'a str, &'a str);

/// The rows of one group, as observations; none where no member has any.
fn together(
    observations: &Frame,
    (code, members): (LaCode, &[LaCode]),
    unit: Unit,
    register: &Register,
) -> Result<Option<Frame>, Finding> {
    let observed = Observed::of(observations)?;
    let mut matters: BTreeMap<Matter<'_>, Vec<usize>> = BTreeMap::new();
    // Who was not open at the end of a period is no member then: a figure from before or after its life is another's.
    let is_open = |code: LaCode, period: PeriodKey| register.at(code, period.end()).is_some();
    for row in observed.latest() {
        let figures = &observed.figures;
        let period = figures.periods.key(row);
        let of_member = figures.area(row).parse().is_ok_and(|code| members.contains(&code) && is_open(code, period));
        if of_member && figures.level.word(row) == Level::Authority.word() {
            let matter = (period, figures.topic.word(row), figures.breakdown.word(row));
            matters.entry(matter).or_default().push(row);
        }
    }
    let mut made: BTreeMap<usize, Seen> = BTreeMap::new();
    for ((period, ..), rows) in matters {
        let open = members.iter().filter(|member| is_open(**member, period)).count();
        let seen: Vec<Seen> = rows.iter().map(|&row| observed.seen(row)).collect();
        // A row that lacks its figure says why.
        let at = seen.iter().position(|seen| seen.value.is_none()).unwrap_or_default();
        let whole = rows.len() >= open && !seen.iter().any(Seen::is_doubted);
        let sum = if whole { sum(&seen, unit) } else { None };
        made.insert(rows[at], sum.unwrap_or_else(|| Seen::missing(seen[at].missing)));
    }
    let Some(name) = register.newest(code).map(|place| place.name.clone()).filter(|_| !made.is_empty()) else {
        return Ok(None);
    };
    written(observations, &observed, &made, &code.to_string(), &name).map(Some)
}

/// The figure of all members: of all their cases where each has counts, the sum of what are numbers.
fn sum(members: &[Seen], unit: Unit) -> Option<Seen> {
    let counts: Option<Vec<(f64, f64)>> = members.iter().map(|seen| seen.value.and(seen.counts())).collect();
    if let Some((counts, many)) = counts.zip(unit.multiplier()) {
        let (above, below) = counts.iter().fold((0.0, 0.0), |sums, count| (sums.0 + count.0, sums.1 + count.1));
        return (below > 0.0).then(|| Seen::of(above / below * many).counted(above, below));
    }
    let values: Option<Vec<f64>> = members.iter().map(|seen| seen.value).collect();
    values.filter(|_| matches!(unit, Unit::Number | Unit::Pounds)).map(|values| Seen::of(values.iter().sum()))
}

/// The rows of `made` with the figures of the group in them.
fn written(
    observations: &Frame,
    observed: &Observed<'_>,
    made: &BTreeMap<usize, Seen>,
    code: &str,
    name: &str,
) -> Result<Frame, Finding> {
    let kept: Vec<bool> = (0..observed.height()).map(|row| made.contains_key(&row)).collect();
    let mut frame = only(observations, &kept)?.polars().clone();
    let numbers = |number: &dyn Fn(&Seen) -> Option<f64>| {
        made.values().map(|seen| number(seen).unwrap_or(f64::NAN)).collect::<Vec<f64>>()
    };
    let missing = |row: usize| match observed.seen(row).value {
        Some(_) => Status::NotAvailable.word(),
        None => observed.status(row),
    };
    let status = made.iter().map(|(row, seen)| match seen.value {
        Some(_) => Status::Number.word(),
        None => missing(*row),
    });
    let alike = |word: &str| Words::coded(std::iter::repeat_n(word, made.len()));
    let (status, codes, names, none) = (Words::coded(status), alike(code), alike(name), alike(""));
    let columns = [
        column::Value.holding(numbers(&|seen| seen.value))?,
        column::Numerator.holding(numbers(&|seen| seen.counts().map(|counts| counts.0)))?,
        column::Denominator.holding(numbers(&|seen| seen.counts().map(|counts| counts.1)))?,
        column::Status.holding((status.0, &status.1))?,
        column::LaCode.holding((codes.0, &codes.1))?,
        column::OnsCode.holding((none.0, &none.1))?,
        column::AreaName.holding((names.0, &names.1))?,
    ];
    for column in columns {
        frame.with_column(column).map_err(|error| Finding::internal(&error))?;
    }
    Frame::new(frame.into_columns())
}

/// The rows that are `kept`.
fn only(frame: &Frame, kept: &[bool]) -> Result<Frame, Finding> {
    let mask = BooleanChunked::from_slice(PlSmallStr::EMPTY, kept);
    let frame = frame.polars().filter(&mask).map_err(|error| Finding::internal(&error))?;
    Frame::new(frame.into_columns())
}
