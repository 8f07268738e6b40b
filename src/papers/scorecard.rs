//! The scorecard: a row a measure of the council's own return, with six months before, target, rating and what its line shows.
//!
//! In: items of a return. Out: the table of the first page, or of a section; a column that would say nothing is left out.

use crate::figure;
use crate::publish::document::{Cell, Column, Table};
use crate::reading::{Caveat, Judgement, Month, NoTarget, Rating, Reading, words};
use crate::shown;
use crate::statistics::target::Aim;

use super::item::Item;
use super::local::SixMonths;
use super::own_item::{MONTHS, Returned};
use super::own_tables::{Row, figure as own_figure, main_period, named, of_own};
use super::{small, tidy};

/// What the table is known by until the paper numbers its tables.
pub const ID: &str = "scorecard";

/// The rows in the order of what they say: those of the messages, then amber, green, blue, not judged.
pub fn ordered<'i, 'a>(rows: Vec<Row<'i, 'a>>, told: &[&Item<'a>]) -> Vec<Row<'i, 'a>> {
    let spoken = |item: &Item<'a>| told.iter().position(|one| std::ptr::eq(*one, item)).unwrap_or(told.len());
    let mut rows = rows;
    rows.sort_by_key(|(item, _)| (spoken(item), rank(&item.reading)));
    rows
}

fn rank(reading: &Reading) -> u8 {
    match reading.target.rating() {
        Some(Rating::Red) => 0,
        Some(Rating::Amber) => 1,
        Some(Rating::Green) => 2,
        Some(Rating::Blue) => 3,
        None => 4,
    }
}

/// The table of `rows`; none where there is none.
pub fn table(rows: &[Row<'_, '_>]) -> Option<Table> {
    let readings: Vec<&Reading> = rows.iter().map(|(item, _)| &item.reading).collect();
    let main = main_period(&readings);
    if rows.is_empty() {
        return None;
    }
    let mut table = Table { id: ID.into(), title: format!("Scorecard, {main}"), ..Table::default() };
    table.caption = words::ratings(&readings);
    table.columns = vec![
        Column::words("Measure"),
        Column::figures("Six months before"),
        Column::own(main.clone()),
        Column::figures("Target"),
        Column::words("Rating"),
        Column::words(format!("Last {MONTHS} months")),
        Column::words("What the line shows"),
    ];
    let lines = readings.iter().any(|reading| words::is_tellable(reading));
    for (item, own) in rows {
        table.rows.push(row(item, own, &main, lines));
    }
    if readings.iter().all(|reading| reading.target.rating().is_none()) {
        drop(&mut table, "Rating");
    }
    if readings.iter().all(|reading| reading.target == Judgement::None(NoTarget::NotSet)) {
        drop(&mut table, "Target");
    }
    if rows.iter().all(|(_, own)| matches!(own.before, SixMonths::Absent | SixMonths::NotMonthly)) {
        drop(&mut table, "Six months before");
    }
    tidy::drop_empty(&mut table);
    table.notes = notes(&readings, &table, lines);
    Some(table)
}

/// Leaves a column out.
fn drop(table: &mut Table, title: &str) {
    let Some(at) = table.columns.iter().position(|column| column.title == title) else { return };
    table.columns.remove(at);
    for row in &mut table.rows {
        row.remove(at);
    }
}

fn row(item: &Item<'_>, own: &Returned<'_>, main: &str, lines: bool) -> Vec<Cell> {
    let reading = &item.reading;
    let mut row = vec![named(item), before(item, own), own_figure(item, main), target(item), rating(reading)];
    // Where no column says what the lines show, each says of how many months it is.
    let months = shown::counted(own.months.iter().rev().take(MONTHS).flatten().count(), "month", "months");
    let words = if lines { String::new() } else { months };
    row.push(small::spark(item, own).map_or_else(Cell::default, |spark| Cell::words(words).under(spark)));
    row.push(match reading.month.filter(|_| lines) {
        Some(month) => {
            let cell = Cell::words(seen_in(month));
            let shape = words::month_shape(month, reading.measure.polarity);
            match small::mark(shape) {
                Some(mark) => cell.marked(mark),
                None => cell,
            }
        }
        None => Cell::default(),
    });
    row
}

/// What the line shows, as a cell has it.
fn seen_in(month: Month) -> String {
    match month {
        Month::Short(months) => format!("Too few months ({months})"),
        month => words::month(month).trim_end_matches('.').to_owned(),
    }
}

/// Which way is good, in the second line of a measure.
pub fn way(item: &Item<'_>) -> String {
    let polarity = item.reading.measure.polarity;
    match item.asked.aim(polarity) {
        _ if item.asked.is_contrary(polarity) => "aim and target contradict each other".to_owned(),
        Aim::Bigger => "\u{2191} higher is better".to_owned(),
        Aim::Smaller => "\u{2193} lower is better".to_owned(),
        Aim::Plan if item.reading.target.rating().is_some() => "as near the target as possible".to_owned(),
        Aim::Plan => "for information".to_owned(),
    }
}

/// The average of the six months before.
fn before(item: &Item<'_>, own: &Returned<'_>) -> Cell {
    let measure = &item.reading.measure;
    match &own.before {
        SixMonths::Known(mean) => {
            let id = format!("{}~{}", own.now.id, figure::SIX_MONTHS);
            Cell::shown(*mean, measure.places, measure.shown(*mean)).figure(id)
        }
        SixMonths::Told(told) => of_own(told, &item.reading),
        SixMonths::Lacking(_) => Cell::missing("incomplete", "not all of the six months are in the return"),
        SixMonths::Absent | SixMonths::NotMonthly => Cell::missing("none", "no earlier months are in the return"),
    }
}

/// What is asked.
fn target(item: &Item<'_>) -> Cell {
    let text = words::asked(&item.reading);
    match item.reading.target {
        Judgement::Judged(judged) => match judged.number {
            Some(number) => Cell::shown(number, item.reading.measure.places, text),
            None => Cell::words(text),
        },
        Judgement::None(_) => Cell::missing(&text, &words::target(&item.reading)),
    }
}

/// The tile and its word.
pub fn rating(reading: &Reading) -> Cell {
    let cell = Cell::words(words::colour(&reading.target));
    match small::tile(reading.target.rating()) {
        Some(tile) => cell.marked(tile),
        None => cell,
    }
}

/// What a reader must know of the table, in three lines, and of its averages.
fn notes(readings: &[&Reading], table: &Table, lines: bool) -> Vec<String> {
    let has = |title: &str| table.columns.iter().any(|column| column.title.starts_with(title));
    let mut line = String::new();
    if lines && has("Last") {
        line += "Each line has its own scale: dashed line, target; grey line, average of the months; grey band, the months\u{2019} \
                 usual range; ring, a month outside it. A single month inside the band is not news. ";
    }
    if has("Rating") {
        line += "Rating: blue, met in this period and the one before; green, met; amber, missed within the tolerance; red, missed.";
    }
    let mut notes = vec![line.trim().to_owned()];
    if !lines
        && let Some(month) = readings.iter().filter_map(|reading| reading.month).max_by_key(|month| length(*month))
    {
        notes.push(words::month(month));
    }
    for reading in readings {
        let missing = reading.caveats.iter().filter(|caveat| matches!(caveat, Caveat::MonthsMissing { .. }));
        notes
            .extend(missing.map(|caveat| format!("{}: {}", reading.measure.heading(), words::caveat(caveat, reading))));
        notes.extend(super::own_tables::small(reading));
    }
    notes.retain(|note| !note.is_empty());
    notes
}

/// How many months there are, where they are too few.
fn length(month: Month) -> usize {
    match month {
        Month::Short(months) => months,
        _ => usize::MAX,
    }
}
