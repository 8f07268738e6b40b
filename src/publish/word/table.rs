//! A table of figures: its caption, its columns measured from what they hold, its notes.
//!
//! In: a table of the document. Out: one grid where it fits the page, in smaller letters where it so fits, else in parts that
//! each begin with the first column.

use super::rows::Rows;

use super::Parts;
use super::flow::{Flow, ROOM};
use super::grid::Grid;
use super::paragraph::{Look, Paragraph};
use super::styles::{CAPTION, CELLS, GAP, NOTE, SMALL_CELLS, UNDER};
use crate::publish::columns::{Columns, PADDING, columns};
use crate::publish::document::{Cell, Table};

/// A table of so few rows stands on one page.
const SHORT: usize = 8;

/// Writes `table` with caption and notes.
pub fn table<'a>(flow: &mut Flow, table: &'a Table, rows: Rows, parts: &mut Parts<'a>) {
    let rows = Rows { whole: rows.whole || table.rows.len() <= SHORT, ..rows };
    let mut from = 1;
    loop {
        let title = if from == 1 { table.title.clone() } else { format!("{}, continued", table.title) };
        flow.add(&Paragraph::of(&CAPTION).words(title.as_str(), Look::Plain).fresh(rows.fresh && from == 1));
        if !table.caption.is_empty() {
            flow.add(&Paragraph::plain(&UNDER, &table.caption));
        }
        let grid = fitting(table, from, rows);
        from = grid.chosen.last().map_or(table.columns.len(), |last| last + 1);
        grid.write(flow, &title, parts);
        if from >= table.columns.len() {
            break;
        }
        flow.add(&Paragraph::of(&GAP));
    }
    for note in &table.notes {
        flow.add(&Paragraph::plain(&NOTE, note));
    }
    if table.notes.is_empty() {
        flow.add(&Paragraph::of(&GAP));
    }
}

/// The whole table, if need be in smaller letters, or the first column and as many from `from` on as fit beside it.
fn fitting(table: &Table, from: usize, rows: Rows) -> Grid<'_> {
    let count = table.columns.len();
    let all = |last: usize| -> Vec<usize> { (0..count.min(1)).chain(from..last).collect() };
    let grid = |chosen: Vec<usize>, made: Columns| Grid {
        table,
        chosen,
        widths: made.widths,
        rows,
        padding: PADDING,
        cells: &CELLS,
    };
    let made = columns(table, ROOM);
    if from == 1 && made.least <= ROOM {
        return grid(all(count), made);
    }
    // In smaller letters everything is narrower by the same share.
    let share = SMALL_CELLS.text.points / CELLS.text.points;
    let small = columns(table, ROOM / share);
    if from == 1 && small.least <= ROOM / share {
        let widths = small.widths.iter().map(|width| width * share).collect();
        return Grid {
            padding: PADDING * share,
            cells: &SMALL_CELLS,
            ..grid(all(count), Columns { widths, least: ROOM })
        };
    }
    let of = |last: usize| columns(&part(table, &all(last)), ROOM);
    let last = (from + 1..=count).rev().find(|last| of(*last).least <= ROOM).unwrap_or(count.min(from + 1));
    grid(all(last), of(last))
}

/// The table with these columns alone.
fn part(table: &Table, chosen: &[usize]) -> Table {
    let cells = |row: &Vec<Cell>| chosen.iter().filter_map(|index| row.get(*index)).cloned().collect();
    Table {
        columns: chosen.iter().map(|index| table.columns[*index].clone()).collect(),
        rows: table.rows.iter().map(cells).collect(),
        ..Table::default()
    }
}
