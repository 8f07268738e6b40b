//! A council's own figures over time and in full: every month of every measure, areas over the periods, counts and ranges.

use crate::figure as month_of;
use crate::pipeline::Unit;
use crate::publish::document::{Cell, Column, Table};
use crate::reading::{Judgement, Reading};
use crate::schema::TOTAL;

use super::choose::Chosen;
use super::item::Item;
use super::local::{Own, SIX_MONTHS, SixMonths, last};
use super::own_item::{MONTHS, Returned};
use super::own_tables::{OwnView, Row, exact, main_period, pounds};
use super::tables::{titled, unit};
use super::tidy;

/// Every month of every measure, as many months a table as a page is wide; none where the return has no measure month by month.
pub fn every_month(rows: &[Row<'_, '_>]) -> Vec<Table> {
    let rows: Vec<&Row<'_, '_>> = rows.iter().filter(|(_, own)| own.is_monthly()).collect();
    let month = |own: &Own| month_of::month(own.when.end());
    let known = || rows.iter().flat_map(|(_, own)| own.months.iter().flatten());
    let (Some(newest), Some(oldest)) = (known().map(|own| month(own)).max(), known().map(|own| month(own)).min())
    else {
        return Vec::new();
    };
    let oldest = oldest.max(newest + 1 - i32::try_from(MONTHS).unwrap_or_default());
    let name = |at: i32| known().find(|own| month(own) == at).map(|own| own.period.clone());
    let months: Vec<(i32, String)> = (oldest..=newest).filter_map(|at| Some((at, name(at)?))).collect();
    let tables = months.len().div_ceil(WIDE);
    months.chunks(months.len().div_ceil(tables.max(1))).map(|months| some_months(&rows, months, tables > 1)).collect()
}

/// The most months beside each other.
const WIDE: usize = 8;

/// The table of some months; `part` says that there are others.
fn some_months(rows: &[&Row<'_, '_>], months: &[(i32, String)], part: bool) -> Table {
    let span = match months {
        [(_, first), .., (_, last)] if part => format!(", {first} to {last}"),
        _ => String::new(),
    };
    let mut table = Table {
        id: format!("every-month-{}", months.first().map_or(0, |(at, _)| *at)),
        title: format!("Every month{span}"),
        caption: "Percent, where the measure does not say otherwise".into(),
        columns: vec![Column::words("Measure")],
        ..Table::default()
    };
    table.columns.extend(months.iter().map(|(_, name)| Column::figures(name)));
    for (item, own) in rows {
        let at = |month: i32| own.months.iter().flatten().find(|own| month_of::month(own.when.end()) == month);
        if months.iter().all(|(month, _)| at(*month).is_none()) {
            continue;
        }
        let mut row = vec![Cell::words(item.reading.measure.heading()).with(counted_in(item))];
        row.extend(months.iter().map(|(month, _)| {
            at(*month).map_or_else(|| Cell::missing("none", "not in the return"), |own| exact(own, &item.chosen))
        }));
        table.rows.push(row);
    }
    table
}

/// How a measure is counted, where it is no share.
fn counted_in(item: &Item<'_>) -> String {
    match item.reading.measure.unit.word() {
        "percent" => String::new(),
        word => unit(word).trim().trim_matches(['(', ')']).to_owned(),
    }
}

/// Every measure in full: counts, range, six months before, what stands beside, the target.
pub fn in_full(rows: &[Row<'_, '_>], who: &str) -> Option<Table> {
    if rows.is_empty() {
        return None;
    }
    let readings: Vec<&Reading> = rows.iter().map(|(item, _)| &item.reading).collect();
    let main = main_period(&readings);
    let mut table = Table {
        id: "own-in-full".into(),
        title: "The council\u{2019}s own figures in full".into(),
        caption: "As the return gives them, with as many places".into(),
        ..Table::default()
    };
    table.columns = vec![
        Column::words("Measure"),
        Column::figures("Count"),
        Column::own(who).with("95% range"),
        Column::figures("Six months before"),
    ];
    table.columns.extend(AREAS.map(Column::figures));
    table.columns.push(Column::figures("Target"));
    for (item, own) in rows {
        table.rows.push(full(item, own, &main));
    }
    tidy::drop_empty(&mut table);
    Some(table)
}

/// What a return may set beside the whole.
const AREAS: [&str; 3] = ["England", "Region", "Statistical neighbours"];

fn full(item: &Item<'_>, own: &Returned<'_>, main: &str) -> Vec<Cell> {
    let reading = &item.reading;
    let name = titled(item.chosen.measure);
    let period = if reading.period.prose == main { String::new() } else { reading.period.prose.clone() };
    let amount = reading.level.amount();
    let counts = amount.and_then(|amount| amount.counts).map(|(top, bottom)| {
        let text = format!("{} of {}", crate::shown::number(top, 0), crate::shown::number(bottom, 0));
        Cell::shown(top, 0, text).figure(&own.now.id)
    });
    let plain = |value: f64| crate::shown::number(value, item.exact);
    let range = amount.and_then(|amount| amount.range).filter(|_| reading.level.is_compared());
    let range = range.filter(|_| reading.measure.quotient().is_some());
    let range = range.map_or_else(String::new, |range| format!("{} to {}", plain(range.lower), plain(range.upper)));
    let mut row = vec![
        Cell::words(name).with(period),
        counts.unwrap_or_default(),
        exact(own.now, &item.chosen).bold().with(range),
        before(item, own),
    ];
    row.extend(AREAS.map(|area| {
        let found = own.figures.iter().find(|one| one.when == own.now.when && one.area == area);
        found.map_or_else(Cell::default, |one| exact(one, &item.chosen))
    }));
    row.push(match reading.target {
        Judgement::Judged(judged) => judged.number.map_or_else(Cell::default, |number| plainly(item, number)),
        Judgement::None(_) => Cell::default(),
    });
    row
}

/// A number that is no figure of the return.
fn plainly(item: &Item<'_>, value: f64) -> Cell {
    match item.reading.measure.unit {
        Unit::Pounds => pounds(value, item.exact),
        _ => Cell::number(value, item.exact),
    }
}

fn before(item: &Item<'_>, own: &Returned<'_>) -> Cell {
    match &own.before {
        SixMonths::Known(mean) => plainly(item, *mean).figure(format!("{}~{}", own.now.id, month_of::SIX_MONTHS)),
        SixMonths::Told(told) => exact(told, &item.chosen),
        SixMonths::Lacking(_) | SixMonths::Absent | SixMonths::NotMonthly => Cell::default(),
    }
}

impl OwnView<'_> {
    /// The last `periods` periods of the same kind as the latest, up to the one asked for; none where there is only one.
    pub fn months(&self, chosen: &Chosen<'_>, periods: usize) -> Option<Table> {
        let all = self.own(chosen);
        let now = last(&all, self.period.as_deref())?;
        let own: Vec<&Own> =
            all.iter().copied().filter(|own| own.when <= now.when && own.when.length() == now.when.length()).collect();
        let mut ends: Vec<_> = own.iter().map(|own| own.when).collect();
        ends.sort_unstable();
        ends.dedup();
        let ends = &ends[ends.len().saturating_sub(periods)..];
        if ends.len() < 2 {
            return None;
        }
        let mut table =
            Table { title: titled(chosen.measure), columns: vec![Column::words("Area")], ..Table::default() };
        for end in ends {
            let label = own.iter().find(|own| own.when == *end).map_or("", |own| own.period.as_str());
            table.columns.push(Column::figures(label));
        }
        for (area, name) in self.areas_of(&own) {
            let mut row = vec![Cell::words(name)];
            row.extend(ends.iter().map(|end| {
                let found = own.iter().find(|own| own.when == *end && own.area == area);
                found.map_or_else(Cell::default, |own| exact(own, chosen))
            }));
            table.rows.push(row);
        }
        Some(table)
    }

    /// The areas and what they are called: the whole under the council's name first, the others as the return has them.
    fn areas_of<'o>(&self, own: &[&'o Own]) -> Vec<(&'o str, String)> {
        let mut others: Vec<(u32, &str)> = Vec::new();
        for own in own.iter().filter(|own| own.area != TOTAL && own.area != SIX_MONTHS) {
            match others.iter_mut().find(|(_, area)| *area == own.area) {
                Some((first, _)) => *first = own.row.min(*first),
                None => others.push((own.row, &own.area)),
            }
        }
        others.sort_unstable();
        let whole = own.iter().any(|own| own.area == TOTAL).then(|| (TOTAL, self.who.to_owned()));
        whole.into_iter().chain(others.into_iter().map(|(_, area)| (area, area.to_owned()))).collect()
    }
}
