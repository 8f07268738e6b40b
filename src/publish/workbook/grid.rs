//! A table on a sheet: a named Excel table, numbers as numbers, quiet lines in columns of their own, blank where no figure is.
//!
//! In: a table of the document. Out: its place on the sheet. What stands blank has its reason in the last column.

use rust_xlsxwriter::{Table as ExcelTable, TableColumn, TableStyle, XlsxError};

use super::sheet::{LINE, Listed, Sheet, WIDEST, line, text};
use crate::publish::document::{Cell, Column, Table};

/// Excel's limit of letters in an alternative text.
pub const ALT_LIMIT: usize = 250;
/// Excel's limit of letters in the name of a table's column.
const COLUMN_LIMIT: usize = 255;
/// A longer table can be filtered.
const FILTERED: usize = 8;

/// Writes `table` from the next free row on; says in which row its heading stands, none where it has no row.
pub fn grid(sheet: &mut Sheet<'_>, table: &Table) -> Result<Option<u32>, XlsxError> {
    if table.rows.is_empty() || table.columns.is_empty() {
        return Ok(None);
    }
    let flat = flat(table);
    let (first, count) = (sheet.row, flat.rows.len() as u32);
    let titles = distinct(&flat);
    let look = sheet.shared.looks.column.clone();
    let columns: Vec<TableColumn> =
        titles.iter().map(|title| TableColumn::new().set_header(title).set_header_format(&look)).collect();
    sheet.shared.tables += 1;
    let made = ExcelTable::new()
        .set_columns(&columns)
        .set_name(format!("table_{}", sheet.shared.tables))
        .set_style(TableStyle::Light1)
        .set_autofilter(flat.rows.len() > FILTERED)
        .set_alt_text(line(&flat.title, ALT_LIMIT));
    sheet.inner.add_table(first, 0, first + count, titles.len().saturating_sub(1) as u16, &made)?;
    widths(sheet, &flat, &titles);
    for (row, cells) in (first + 1..).zip(&flat.rows) {
        let mut lines = 1;
        for (column, cell) in (0u16..).zip(cells) {
            let is_blank = is_blank(cell) && (!table.symbols || cell.text.is_empty());
            put(sheet, (row, column), cell, (flat.columns[usize::from(column)].numeric, is_blank))?;
            lines = lines.max(cell.text.chars().count().div_ceil(sheet.width(column).max(1)));
        }
        if lines > 1 {
            sheet.inner.set_row_height(row, LINE * lines as f64)?;
        }
    }
    sheet.row = first + count + 1;
    for note in &table.notes {
        sheet.say(note, |looks| &looks.quiet)?;
    }
    sheet.row += 1;
    Ok(Some(first))
}

fn widths(sheet: &mut Sheet<'_>, table: &Table, titles: &[String]) {
    let mut lines = 1;
    for (column, title) in (0u16..).zip(titles) {
        let cells = table.rows.iter().filter_map(|row| row.get(usize::from(column)));
        let widest = cells.map(|cell| cell.text.chars().count()).max().unwrap_or(0);
        let word = title.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
        sheet.widen(column, widest.max(word));
        lines = lines.max(title.chars().count().div_ceil(sheet.width(column)) + title.matches(' ').count().min(1));
    }
    // A row that cannot be made taller stays as it is.
    let _ = sheet.inner.set_row_height(sheet.row, LINE * lines as f64);
}

/// A number as the reader sees it; anything else as text; nothing where a figure is missing and a symbol stands for it.
fn put(
    sheet: &mut Sheet<'_>,
    (row, column): (u32, u16),
    cell: &Cell,
    (numeric, blank): (bool, bool),
) -> Result<(), XlsxError> {
    let shared = &mut *sheet.shared;
    if let Some(value) = cell.number {
        sheet.inner.write_number_with_format(row, column, value, shared.looks.number(cell, value))?;
    } else if !blank {
        let is_long = cell.text.chars().count() > WIDEST;
        let look = match (numeric, is_long) {
            (true, _) => &shared.looks.right,
            (false, true) => &shared.looks.wrapped,
            (false, false) => &shared.looks.plain,
        };
        text(&mut sheet.inner, row, column, &cell.text, look)?;
    }
    if !cell.id.is_empty() {
        let at = rust_xlsxwriter::utility::row_col_to_cell(row, column);
        let shown = if blank { String::new() } else { cell.text.clone() };
        shared.ids.push(Listed { sheet: sheet.name.clone(), cell: at, shown, id: cell.id.clone() });
    }
    Ok(())
}

/// Whether no figure and no word stands in a cell, or a symbol: `[x]`.
pub fn is_blank(cell: &Cell) -> bool {
    let is_symbol = cell.text.starts_with('[') && cell.text.ends_with(']');
    cell.number.is_none() && (is_symbol || cell.text.is_empty())
}

/// The table with a column for each quiet line, for its groups, and for the reasons of what is blank.
pub fn flat(table: &Table) -> Table {
    let seconds: Vec<bool> = (0..table.columns.len())
        .map(|index| table.rows.iter().any(|row| row.get(index).is_some_and(|cell| !cell.second.is_empty())))
        .collect();
    let has_groups = table.groups.iter().any(|group| !group.heading.is_empty());
    let has_blanks =
        !table.symbols && table.rows.iter().flatten().any(|cell| is_blank(cell) && !cell.reason.is_empty());
    let mut made = Table { title: table.title.clone(), ..Table::default() };
    for (column, second) in table.columns.iter().zip(&seconds) {
        made.columns.push(column.clone());
        if *second {
            let what = if column.second.is_empty() { "more" } else { &column.second };
            made.columns.push(Column::words(format!("{}, {what}", column.title)));
        }
    }
    made.columns.extend(has_groups.then(|| Column::words("Group")));
    made.columns.extend(has_blanks.then(|| Column::words("Why blank")));
    for (at, row) in table.rows.iter().enumerate() {
        let mut cells: Vec<Cell> = Vec::with_capacity(made.columns.len());
        for (cell, second) in row.iter().zip(&seconds) {
            cells.push(cell.clone());
            cells.extend(second.then(|| Cell::words(cell.second.as_str())));
        }
        let group = table.groups.iter().rfind(|group| group.first <= at);
        cells.extend(has_groups.then(|| Cell::words(group.map_or("", |group| group.heading.as_str()))));
        cells.extend(has_blanks.then(|| Cell::words(reasons(row))));
        made.rows.push(cells);
    }
    made
}

/// Why cells of a row are blank, each reason once.
fn reasons(row: &[Cell]) -> String {
    let mut why: Vec<&str> = Vec::new();
    for cell in row.iter().filter(|cell| is_blank(cell) && !cell.reason.is_empty()) {
        if !why.contains(&cell.reason.as_str()) {
            why.push(&cell.reason);
        }
    }
    why.join("; ")
}

/// The headings, each one different, as an Excel table wants them.
pub fn distinct(table: &Table) -> Vec<String> {
    let mut seen: Vec<String> = Vec::new();
    for column in &table.columns {
        let mut title = line(&column.title, COLUMN_LIMIT);
        let mut times = 2;
        while title.is_empty() || seen.iter().any(|known| known.to_lowercase() == title.to_lowercase()) {
            let number = format!(" ({times})");
            title = line(&column.title, COLUMN_LIMIT - number.len()) + &number;
            times += 1;
        }
        seen.push(title);
    }
    seen
}
