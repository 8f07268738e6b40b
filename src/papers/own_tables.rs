//! A council's own figures to tables of a section: latest figures, breakdowns with a check that they add up.
//!
//! Such figures are provisional: set beside England's where the return has them, never ranked.

use chrono::NaiveDate;

use crate::area::LaCode;
use crate::period::{Breaks, Known, PeriodKey};
use crate::pipeline::Unit;
use crate::publish::document::{Cell, Column, Table};
use crate::reading::{Reading, words};
use crate::report::Section;
use crate::schema::TOTAL;
use crate::shown;
use crate::statistics::Polarity;

use super::choose::Chosen;
use super::item::{Item, periods};
use super::judge::Asked;
use super::local::{Locals, Own};
use super::own_item::Returned;
use super::scorecard::way;
use super::tables::titled;
use super::verdicts::{NO_EARLIER, travel};
use super::view::{cell, count};

/// What every table of one section and authority needs.
pub struct OwnView<'a> {
    /// The figures and files.
    pub locals: &'a Locals,
    /// The authority.
    pub authority: LaCode,
    /// Its name.
    pub who: &'a str,
    /// The period, where it is not the latest.
    pub period: Option<String>,
    /// The last day of the newest of its own figures.
    pub newest: Option<NaiveDate>,
}

/// A row of a table of own figures, with the figures of the return.
pub type Row<'i, 'a> = (&'i Item<'a>, &'i Returned<'a>);

/// The items of the council's own return.
pub fn returned<'i, 'a>(items: impl IntoIterator<Item = &'i Item<'a>>) -> Vec<Row<'i, 'a>>
where
    'a: 'i,
{
    items.into_iter().filter_map(|item| Some((item, item.own.as_ref()?))).collect()
}

impl<'a> OwnView<'a> {
    /// The figures of a measure.
    pub fn own(&self, chosen: &Chosen<'_>) -> Vec<&'a Own> {
        self.locals.figures(chosen, self.authority)
    }

    /// What is asked of a figure: in its own row, else in the targets file.
    pub fn asked(&self, chosen: &Chosen<'_>, now: &Own) -> Asked {
        let says = |column: &str| self.locals.says(now, column);
        let own = Asked {
            target: says("target"),
            aim: says("aim"),
            tolerance: says("tolerance"),
            owner: says("owner"),
            priority: says("priority"),
            reference: String::new(),
            order: now.row,
        };
        let named = (chosen.name, chosen.measure.label.as_str());
        match self.locals.target(self.authority, named, (&now.period, now.when)).map(Asked::of) {
            Some(file) if own.target.is_empty() => {
                let aim = if file.aim.is_empty() { own.aim } else { file.aim };
                Asked { aim, ..file }
            }
            _ => own,
        }
    }

    /// Whether the series has a break between two periods.
    pub fn is_broken(&self, chosen: &Chosen<'_>, earlier: PeriodKey, later: PeriodKey) -> bool {
        let figures = self.own(chosen);
        let known: Vec<Known<'_>> = figures.iter().map(|own| ((own.period.as_str(), ""), own.when)).collect();
        let breaks = Breaks::of(&chosen.meta.breaks, &known, None);
        breaks.between(chosen.name, earlier.end_day(), later.end_day()).is_some()
    }

    /// A row a breakdown of the topic, a count and a share for each measure, with a check that the parts add up.
    pub fn cross(&self, chosen: &[Chosen<'_>], section: &Section) -> Option<Table> {
        let all: Vec<(&Chosen<'_>, Vec<&Own>)> = chosen
            .iter()
            .map(|measure| (measure, self.own(measure).into_iter().filter(|own| own.topic == section.topic).collect()))
            .collect();
        let wanted = |own: &&&Own| self.period.as_deref().is_none_or(|period| own.is_of(period));
        let newest = all.iter().flat_map(|(_, own)| own).filter(wanted).max_by_key(|own| own.when)?;
        let mut rows: Vec<(u32, String)> = Vec::new();
        for own in all.iter().flat_map(|(_, own)| own).filter(|own| own.when == newest.when) {
            if !rows.iter().any(|(_, area)| *area == own.area) {
                rows.push((own.row, own.area.clone()));
            }
        }
        rows.sort();
        let mut table = Table {
            title: format!("{}, {}", section.heading.trim_end_matches('?'), newest.period),
            columns: vec![Column::words(section.topic.clone())],
            ..Table::default()
        };
        for (measure, _) in &all {
            table.columns.push(match measure.measure.unit.as_str() {
                "percent" => Column::figures(measure.measure.label.clone()).with("number and share (%)"),
                _ => Column::figures(titled(measure.measure)),
            });
        }
        for (_, area) in &rows {
            let mut row = vec![Cell::words(area.clone())];
            for (measure, own) in &all {
                let own = own.iter().find(|own| own.when == newest.when && own.area == *area);
                row.push(pair(own.copied(), measure));
            }
            table.rows.push(row);
        }
        let counted = counted(&all.iter().map(|(measure, _)| *measure).collect::<Vec<_>>());
        table.notes.extend(cross_foot(&table, &|at| counted[at]));
        Some(table)
    }
}

/// A row a measure: the latest figure with its counts, what the return sets beside it, and the council's comment.
pub fn latest(rows: &[Row<'_, '_>], who: &str) -> Option<Table> {
    let readings: Vec<&Reading> = rows.iter().map(|(item, _)| &item.reading).collect();
    let main = main_period(&readings);
    let mut table = Table { title: "The council\u{2019}s own figures".to_owned(), ..Table::default() };
    table.columns = vec![Column::words("Measure"), Column::own(who).with(main.clone())];
    table.columns.extend(BESIDE.map(Column::figures));
    table.columns.extend(["Since the figure before", "Comment"].map(Column::words));
    let moved = rows.iter().any(|(item, _)| travel(item).is_some());
    for (item, own) in rows {
        let mut row = vec![named(item), figure(item, &main)];
        row.extend(BESIDE.map(|area| beside(item, own, area)));
        row.push(Cell::words(
            travel(item).unwrap_or_else(|| if moved { NO_EARLIER.to_owned() } else { String::new() }),
        ));
        row.push(Cell::words(own.comment.clone()));
        table.rows.push(row);
        table.notes.extend(small(&item.reading));
    }
    (!table.rows.is_empty()).then_some(table)
}

/// A row a measure: what the council says of it.
pub fn comments(rows: &[Row<'_, '_>]) -> Option<Table> {
    let mut table = Table { title: "What the council says".to_owned(), ..Table::default() };
    table.columns = vec![Column::words("Measure"), Column::words("Comment of the council")];
    let said = rows.iter().filter(|(_, own)| !own.comment.is_empty());
    table.rows = said
        .map(|(item, own)| vec![Cell::words(item.reading.measure.heading()), Cell::words(own.comment.clone())])
        .collect();
    (!table.rows.is_empty()).then_some(table)
}

/// The areas of a return that are no part of the authority.
const BESIDE: [&str; 3] = ["England", "Region", "Statistical neighbours"];

/// The period of most readings.
pub fn main_period(readings: &[&Reading]) -> String {
    periods(readings.iter().copied()).first().map_or_else(String::new, |main| (*main).to_owned())
}

/// The measure, and which way is good.
pub fn named(item: &Item<'_>) -> Cell {
    Cell::words(item.reading.measure.heading()).with(way(item))
}

/// The figure with what it was counted from, and its period where that is not the main one.
pub fn figure(item: &Item<'_>, main: &str) -> Cell {
    let reading = &item.reading;
    let period = (reading.period.prose != main).then(|| reading.period.prose.clone());
    let under: Vec<String> = words::of_how_many(reading).into_iter().chain(period).collect();
    super::glance::own(item).bold().with(under.join("; "))
}

/// What the return sets beside the figure.
fn beside(item: &Item<'_>, own: &Returned<'_>, area: &str) -> Cell {
    match own.figures.iter().find(|one| one.when == own.now.when && one.area == area) {
        Some(one) => of_own(one, &item.reading),
        None => Cell::default(),
    }
}

/// A figure of the return as the pages write it.
pub fn of_own(own: &Own, reading: &Reading) -> Cell {
    match own.figure.value {
        Some(value) => {
            let cell = Cell::shown(value, reading.measure.places, reading.measure.shown(value));
            match own.figure.mark {
                Some(status) => cell.qualified(status.symbol(), status.reason()),
                None => cell,
            }
        }
        None => Cell::missing(own.figure.missing.word(), own.figure.missing.reason()),
    }
    .figure(&own.id)
}

/// A warning where one case more or less moves a share by several points.
pub fn small(reading: &Reading) -> Option<String> {
    let bottom = reading.level.few()?;
    let points =
        crate::statistics::cohort::points_per_person(bottom).filter(|_| reading.measure.quotient().is_some())?;
    Some(format!(
        "{}: a small cohort of {}; one more or less moves it by {} points.",
        reading.measure.heading(),
        shown::number(bottom, 0),
        shown::number(points, 1)
    ))
}

/// Which columns of a cross table are counts or sums: its first holds words, and of a percentage the count comes first.
fn counted(chosen: &[&Chosen<'_>]) -> Vec<bool> {
    let sums = |measure: &&Chosen<'_>| matches!(measure.measure.unit.as_str(), "percent" | "number" | "pounds");
    std::iter::once(false).chain(chosen.iter().map(sums)).collect()
}

/// Where the rows do not add up to the row that calls itself the total, in the columns that are counts or sums.
pub fn cross_foot(table: &Table, adds_up: &dyn Fn(usize) -> bool) -> Vec<String> {
    let is_total =
        |row: &[Cell]| row[0].text == TOTAL || row[0].text.starts_with("All ") && !row[0].text.ends_with("through");
    let Some(total) = table.rows.iter().find(|row| is_total(row)) else { return Vec::new() };
    let mut notes = Vec::new();
    for (at, column) in table.columns.iter().enumerate().skip(1).filter(|(at, _)| adds_up(*at)) {
        let Some(whole) = total[at].number else { continue };
        let parts: Vec<Option<f64>> =
            table.rows.iter().filter(|row| !is_total(row)).map(|row| row[at].number).collect();
        let (sum, all) = (parts.iter().flatten().sum::<f64>(), parts.iter().all(Option::is_some));
        // With a part withheld, only more than the whole is wrong.
        let wrong = if all { (sum - whole).abs() > 0.5 } else { sum > whole + 0.5 };
        if wrong && !parts.is_empty() {
            notes.push(format!(
                "Does not add up: the rows of {} make {}, the row \u{201c}{}\u{201d} says {}.",
                column.title,
                shown::number(sum, 0),
                total[0].text,
                shown::number(whole, 0)
            ));
        }
    }
    notes
}

/// A figure, of a percentage the count over the share; "-" for none, as boards print it.
fn pair(own: Option<&Own>, chosen: &Chosen<'_>) -> Cell {
    let Some(own) = own else { return Cell::default() };
    let (top, bottom) = (own.figure.above, own.figure.below);
    if chosen.measure.unit != "percent" || top.is_none() {
        return exact(own, chosen);
    }
    let none = top == Some(0.0) || bottom == Some(0.0);
    let share = if none { "-".to_owned() } else { exact(own, chosen).text };
    count(top).with(share).figure(&own.id)
}

/// A figure with its id, to the places that the return declares; millions of pounds as such.
pub fn exact(own: &Own, chosen: &Chosen<'_>) -> Cell {
    let places = chosen.measure.places;
    match own.figure.value.filter(|_| chosen.measure.unit == "pounds" && own.figure.mark.is_none()) {
        Some(value) => pounds(value, places),
        None => cell(&own.figure, places),
    }
    .figure(&own.id)
}

/// A sum of money as the pages write it, kept whole for the spreadsheet.
pub fn pounds(value: f64, places: u8) -> Cell {
    let measure = crate::reading::Measure::new("", "", Unit::Pounds, places, Polarity::None);
    Cell::shown(value, places, measure.shown(value))
}
