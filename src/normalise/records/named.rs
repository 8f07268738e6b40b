//! `[day]`: named days and spans, worked out before any row is counted.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::value::Value;
use super::world::World;
use crate::finding::{Finding, Place};
use crate::period::{WeekdayOfMonth, YearEnd};
use crate::pipeline::records::DayRule;
use crate::pipeline::{Pipeline, Release};

/// A day, or the first and the last of a span.
pub(super) type Span = (NaiveDate, NaiveDate);

/// The named days that could be told.
pub(super) struct Days(BTreeMap<String, Span>);

impl Days {
    /// The days of `pipeline` for `release`, read from the tables of `world` where they stand there.
    pub fn of(pipeline: &Pipeline, release: &Release, world: &mut World<'_>, findings: &mut Vec<Finding>) -> Days {
        let mut days = Days(BTreeMap::new());
        let mut open: Vec<(&String, &DayRule)> = pipeline.day.iter().collect();
        // Each is told from days that are told before: without a circle every round tells at least one.
        while !open.is_empty() {
            let is_ready = |rule: &DayRule| rule.told_from().all(|day| !open.iter().any(|(name, _)| *name == day));
            let (ready, waiting): (Vec<_>, Vec<_>) = open.iter().copied().partition(|(_, rule)| is_ready(rule));
            if ready.is_empty() {
                break;
            }
            for (name, rule) in ready {
                let told = match (&rule.read, rule.release) {
                    (Some(field), _) => read(pipeline, world, name, field, findings).map(|day| (day, day)),
                    (None, Some(moved)) => of_release(pipeline, name, moved, release, findings).map(|day| (day, day)),
                    (None, None) => days.told(rule),
                };
                days.0.extend(told.map(|span| (name.clone(), span)));
            }
            open = waiting;
        }
        days
    }

    /// The first and the last day of what `name` names.
    pub fn span(&self, name: &str) -> Option<Span> {
        self.0.get(name).copied()
    }

    fn told(&self, rule: &DayRule) -> Option<Span> {
        let first = |name: &Option<String>| self.span(name.as_deref()?).map(|(first, _)| first);
        let last = |name: &Option<String>| self.span(name.as_deref()?).map(|(_, last)| last);
        let year = |year: i32| NaiveDate::from_ymd_opt(year, 1, 1).zip(NaiveDate::from_ymd_opt(year, 12, 31));
        let one = |day: NaiveDate| (day, day);
        if let Some(day) = rule.fixed {
            return Some(one(day));
        }
        if let Some(end) = rule.last {
            return last_before(end, first(&rule.before)?).map(one);
        }
        if let Some(end) = rule.next {
            return next_after(end, last(&rule.after)?).map(one);
        }
        if let Some(end) = rule.year_to {
            let to = last_before(end, first(&rule.before)?)?;
            return Some((end.in_year(to.year() - 1)?.succ_opt()?, to));
        }
        if rule.calendar_year.is_some() {
            return year(first(&rule.calendar_year)?.year());
        }
        if rule.calendar_year_before.is_some() {
            return year(first(&rule.calendar_year_before)?.year() - 1);
        }
        first(&rule.from).zip(last(&rule.to))
    }
}

fn last_before(end: YearEnd, day: NaiveDate) -> Option<NaiveDate> {
    [day.year(), day.year() - 1].into_iter().filter_map(|year| end.in_year(year)).find(|last| *last < day)
}

fn next_after(end: YearEnd, day: NaiveDate) -> Option<NaiveDate> {
    [day.year(), day.year() + 1].into_iter().filter_map(|year| end.in_year(year)).find(|next| *next > day)
}

/// The day in the year that the release is named after.
fn of_release(
    pipeline: &Pipeline,
    name: &str,
    moved: WeekdayOfMonth,
    release: &Release,
    findings: &mut Vec<Finding>,
) -> Option<NaiveDate> {
    let day = release.year().and_then(|year| moved.in_year(year));
    if day.is_none() {
        let message = format!("`{name}` is a day of the year of its release, and `{release}` names no such year");
        let help = format!("name the folder after the year, such as `{}/2025`", pipeline.return_name);
        findings.push(Finding::error("no-day", message, help).of(&pipeline.name, release.as_str()));
    }
    day
}

/// The day that a field says, the same in every row.
fn read(
    pipeline: &Pipeline,
    world: &mut World<'_>,
    name: &str,
    field: &str,
    findings: &mut Vec<Finding>,
) -> Option<NaiveDate> {
    let (table, own) = field.split_once('.')?;
    let held = world.held.get_mut(table)?;
    let column = held.column(own)?;
    let (column, codes) = &held.columns[column];
    let mut told = (0..codes.len()).filter(|&row| held.usable[row]).map(|row| (row, column.values.get(codes[row])));
    let unclear = |row: usize, found: &str| {
        let message = format!("`{name}` is the day in `{field}`, and {found}");
        let help =
            format!("put it right in the file, or write `{name} = {{ fixed = \"2025-01-16\" }}` in {}", pipeline.path);
        Finding::error("no-day", message, help).at(held.rows.place(row, held.source.fields.get(own).copied()))
    };
    let Some((row, first)) = told.next() else {
        let place = Place { row: None, ..held.rows.place(0, None) };
        findings.push(unclear(0, "the table has no row").at(place));
        return None;
    };
    if let Some((row, _)) = told.find(|(_, other)| *other != first) {
        findings.push(unclear(row, "this row says another than the rows before"));
        return None;
    }
    match first {
        Value::Day(day) => Some(*day),
        _ => {
            findings.push(unclear(row, "that is none: list it under `days`, or correct the cell"));
            None
        }
    }
}
