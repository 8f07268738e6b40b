//! The table side by side: the authority, its averages, then each place; years from left to right.

use serde::Serialize;

use crate::area::LaCode;
use crate::browse::address::{Address, MeasurePage};
use crate::browse::verdict::{Moved, Verdict};
use crate::comparator::Average;
use crate::reading::{Reading, Seen, words};
use crate::shown::number;
use crate::sidebyside::{Line, SideBySide};

/// The most periods in the table; the others are a link away.
const MOST: usize = 8;
/// How many a narrow screen has room for.
const NARROW: usize = 3;

/// What the table is filled with.
#[derive(Serialize)]
pub struct MeasureTable {
    unit: String,
    periods: Vec<Period>,
    earlier: String,
    earlier_address: String,
    rows: Vec<Row>,
    has_ranks: bool,
    has_counts: bool,
}

#[derive(Serialize)]
struct Period {
    label: String,
    is_broken: bool,
    is_older: bool,
}

#[derive(Serialize)]
struct Row {
    name: String,
    address: String,
    class: &'static str,
    cells: Vec<Cell>,
    moved: Moved,
    counts: String,
    rank: String,
    verdict: Option<Verdict>,
}

#[derive(Serialize)]
struct Cell {
    shown: String,
    address: String,
    why: String,
    is_broken: bool,
    is_older: bool,
}

/// The table of what `compare` says.
pub fn side(told: &SideBySide, page: &MeasurePage, own: LaCode) -> MeasureTable {
    let from = told.periods.len().saturating_sub(MOST);
    let narrow = told.periods.len().saturating_sub(NARROW);
    let period = |at: usize| Period {
        label: told.periods[at].clone(),
        is_broken: told.breaks.contains(&at),
        is_older: at < narrow,
    };
    let mut lines: Vec<&Line> = told.lines.iter().collect();
    lines.sort_by_key(|line| comes_late(line, own));
    let rows: Vec<Row> = lines.iter().map(|line| row(line, told, page, own, from)).collect();
    let earlier = from.checked_sub(1).map(|last| (&told.periods[0], &told.periods[last]));
    let before = from.checked_sub(1).map(|last| MeasurePage { period: told.periods[last].clone(), ..page.clone() });
    MeasureTable {
        unit: told.reading.measure.unit.word().to_owned(),
        periods: (from..told.periods.len()).map(period).collect(),
        earlier: earlier.map_or_else(String::new, |(first, last)| {
            if first == last { first.clone() } else { format!("{first} to {last}") }
        }),
        earlier_address: before.map_or_else(String::new, |page| Address::Measure(page).to_string()),
        has_ranks: rows.iter().any(|row| !row.rank.is_empty()),
        has_counts: rows.iter().any(|row| !row.counts.is_empty()),
        rows,
    }
}

/// Whether a line comes after the averages: each place but one's own.
pub fn comes_late(line: &Line, own: LaCode) -> bool {
    line.code.is_some_and(|code| code != own)
}

fn row(line: &Line, told: &SideBySide, page: &MeasurePage, own: LaCode, from: usize) -> Row {
    let narrow = told.periods.len().saturating_sub(NARROW);
    let cell = |(at, (seen, id)): (usize, &(Seen, String))| Cell {
        shown: figure(seen, &told.reading),
        address: if id.is_empty() { String::new() } else { Address::figure(id).to_string() },
        why: seen.value.map_or_else(|| seen.missing.reason().to_owned(), |_| String::new()),
        is_broken: told.breaks.contains(&at),
        is_older: at < narrow,
    };
    let class = match line.code {
        Some(code) if code == own => "own",
        Some(_) => "",
        None => "mean",
    };
    let address = line.code.map(|code| Address::Measure(MeasurePage { area: Some(code), focus: None, ..page.clone() }));
    Row {
        name: line.name.clone(),
        address: address.filter(|_| class.is_empty()).map_or_else(String::new, |address| address.to_string()),
        class,
        cells: line.figures.iter().enumerate().skip(from).map(cell).collect(),
        moved: Moved::of(&line.reading),
        counts: counts(line, &told.reading, page.average),
        rank: line.placed.map_or_else(String::new, |placed| placed.rank.to_string()),
        verdict: line.verdict.map(|verdict| words::tag(verdict).into()),
    }
}

/// The figure as tables write it; what is missing by its word.
fn figure(seen: &Seen, reading: &Reading) -> String {
    match seen.value {
        Some(value) => reading.measure.shown(value),
        None => seen.missing.word().to_owned(),
    }
}

/// What the latest figure is made of.
fn counts(line: &Line, reading: &Reading, average: Average) -> String {
    let Some((seen, _)) = line.figures.last() else { return String::new() };
    match (line.used, seen.counts()) {
        ((used, members), _) if members > 1 => format!("{} of {used} of {members}", average.word()),
        (_, Some((top, bottom))) if !reading.measure.is_amount() => {
            format!("{} of {}", number(top, 0), number(bottom, 0))
        }
        _ => String::new(),
    }
}
