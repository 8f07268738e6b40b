//! The row or rows that hold the names of a sheet's columns, told from where its figures begin.

use crate::grid::{Grid, likely_header};
use crate::period::Period;
use crate::pipeline::Header;
use crate::value::Symbols;

/// How many rows are looked at.
const TOP: usize = 60;

/// The row, as Excel counts it, that most likely holds the names: the last with mostly words before the first with
/// mostly numbers; years are words here, because headers hold them.
pub fn header(grid: &Grid) -> u32 {
    if grid.is_columnar() {
        return 1;
    }
    names_above_figures(grid).or_else(|| likely_header(grid)).unwrap_or(1)
}

/// The likely header row with the rows of captions above it, where a caption stands over several columns and the names
/// below it are not told apart without it.
pub fn headers(grid: &Grid) -> Header {
    let last = header(grid);
    let Some(at) = grid.index_of(last).filter(|_| !grid.is_columnar()) else { return Header::Row(last) };
    let mut rows = vec![last];
    let mut above = at;
    while above > 0 && is_ambiguous(grid, &rows) && is_caption(grid, above - 1, at) {
        above -= 1;
        rows.insert(0, grid.rows()[above]);
    }
    if rows.len() == 1 { Header::Row(last) } else { Header::Rows(rows) }
}

fn names_above_figures(grid: &Grid) -> Option<u32> {
    let top = grid.height().min(TOP);
    let first = (1..top).find(|&row| {
        let (all, numbers) = filled(grid, row);
        all >= 3 && numbers * 3 >= all
    });
    let is_names = |&row: &usize| {
        let (all, numbers) = filled(grid, row);
        all >= 2 && numbers * 5 <= all
    };
    let first = first?;
    // Where nothing is a row of names, the period over the figures may be all there is.
    let is_caption = |&row: &usize| (1..grid.width().min(200)).any(|column| !grid.text(row, column).trim().is_empty());
    let row = (0..first).rev().find(is_names).or_else(|| (0..first).rev().find(is_caption))?;
    grid.rows().get(row).copied()
}

/// How many cells of a row are filled, and how many of them are figures.
fn filled(grid: &Grid, row: usize) -> (usize, usize) {
    let is_year = |text: &str| text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    let texts = (0..grid.width().min(200)).map(|column| grid.text(row, column).trim()).filter(|text| !text.is_empty());
    let (mut all, mut numbers) = (0, 0);
    for text in texts {
        all += 1;
        numbers += usize::from(!is_year(text) && Symbols::none().read(text).number().is_some());
    }
    (all, numbers)
}

/// Whether the names in the header rows so far leave a column of cells without a name, or name two alike.
fn is_ambiguous(grid: &Grid, rows: &[u32]) -> bool {
    let Some(last) = rows.last().and_then(|row| grid.index_of(*row)) else { return false };
    let mut seen = std::collections::BTreeSet::new();
    (0..grid.width().min(200)).any(|column| {
        let name = grid.text(last, column).trim();
        let cells = (last + 1..grid.height().min(last + 12)).any(|row| !grid.text(row, column).trim().is_empty());
        cells && (name.is_empty() || !seen.insert(name.to_lowercase()))
    })
}

/// Whether a row is captions over the columns of the row `names`: more than one filled cell, each of them words or a
/// period, none in a sentence.
fn is_caption(grid: &Grid, row: usize, names: usize) -> bool {
    let texts: Vec<&str> = (0..grid.width().min(200))
        .map(|column| grid.text(row, column).trim())
        .filter(|text| !text.is_empty())
        .collect();
    let is_label = |text: &str| {
        text.len() < 250 && !text.contains(". ") && (Period::parse(text, "", None).is_ok() || !is_figure(text))
    };
    let adjacent = names.saturating_sub(row) <= 3;
    adjacent && texts.len() > 1 && texts.iter().all(|text| is_label(text))
}

fn is_figure(text: &str) -> bool {
    Symbols::none().read(text).number().is_some()
}
