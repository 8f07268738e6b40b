//! Sheets to text: columns for a screen, CSV for Excel, JSON for programs.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::reading::Missing;
use crate::shown;

/// A cell: a number with its decimals for display, a missing figure, or words.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A number and its decimals.
    Number(f64, u8),
    /// A number that carries its sign, such as a change.
    Signed(f64, u8),
    /// No figure, and why.
    Missing(Missing),
    /// Words; empty for nothing to say.
    Text(String),
}

impl Cell {
    /// Words.
    pub fn text(words: impl Into<String>) -> Cell {
        Cell::Text(words.into())
    }

    /// A number, or nothing to say.
    pub fn number(value: Option<f64>, places: u8) -> Cell {
        value.map_or(Cell::text(""), |value| Cell::Number(value, places))
    }

    /// What a reader sees.
    pub fn shown(&self) -> String {
        match self {
            Cell::Number(value, places) => shown::number(*value, *places),
            Cell::Signed(value, places) => shown::signed(*value, *places),
            Cell::Missing(why) => why.symbol().to_owned(),
            Cell::Text(words) => words.clone(),
        }
    }

    fn json(&self) -> Value {
        match self {
            Cell::Number(value, _) | Cell::Signed(value, _) => json!(value),
            Cell::Missing(why) => json!({ "symbol": why.symbol(), "reason": why.reason() }),
            Cell::Text(words) if words.is_empty() => Value::Null,
            Cell::Text(words) => json!(words),
        }
    }
}

/// A table with a heading above and notes beneath; `split` is where a screen starts a second block of columns.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// What it shows.
    pub title: String,
    /// Of whom, when, in which unit.
    pub subtitle: String,
    /// The heads of its columns.
    pub columns: Vec<String>,
    /// Its rows, a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// The columns of each block on a screen, besides the first `fixed` columns, which every block repeats.
    pub blocks: Vec<std::ops::Range<usize>>,
    /// How many columns every block repeats.
    pub fixed: usize,
    /// What stands beneath.
    pub notes: Vec<String>,
}

/// Sheets for a screen.
pub fn table(sheets: &[Sheet]) -> String {
    let mut text = String::new();
    for (number, sheet) in sheets.iter().enumerate() {
        if number > 0 {
            text.push('\n');
        }
        let _ = writeln!(text, "{}\n{}", sheet.title, sheet.subtitle);
        let whole = std::iter::once(sheet.fixed..sheet.columns.len()).filter(|_| sheet.blocks.is_empty());
        for block in whole.chain(sheet.blocks.iter().cloned()) {
            let columns: Vec<usize> = (0..sheet.fixed).chain(block).collect();
            if !sheet.rows.is_empty() {
                text.push('\n');
                add_block(&mut text, sheet, &columns);
            }
        }
        if !sheet.notes.is_empty() {
            text.push('\n');
        }
        for note in &sheet.notes {
            let _ = writeln!(text, "{note}");
        }
    }
    text
}

fn add_block(text: &mut String, sheet: &Sheet, columns: &[usize]) {
    let shown: Vec<Vec<String>> =
        sheet.rows.iter().map(|row| columns.iter().map(|&column| row[column].shown()).collect()).collect();
    let length = |text: &str| text.chars().count();
    let widths: Vec<usize> = columns
        .iter()
        .enumerate()
        .map(|(at, &column)| {
            let words = sheet.columns[column].split(' ').map(length);
            shown.iter().map(|row| length(&row[at])).chain(words).max().unwrap_or_default()
        })
        .collect();
    for line in heading(sheet, columns, &widths) {
        let _ = writeln!(text, "{}", line.trim_end());
    }
    for (row, cells) in sheet.rows.iter().zip(&shown) {
        let mut line = String::new();
        for ((&column, cell), &width) in columns.iter().zip(cells).zip(&widths) {
            let words = matches!(row[column], Cell::Text(_));
            let _ = if words { write!(line, "{cell:width$}  ") } else { write!(line, "{cell:>width$}  ") };
        }
        let _ = writeln!(text, "{}", line.trim_end());
    }
}

/// The names of the columns over as many lines as the narrow ones need.
fn heading(sheet: &Sheet, columns: &[usize], widths: &[usize]) -> Vec<String> {
    let wrapped: Vec<Vec<String>> =
        columns.iter().zip(widths).map(|(&column, &width)| wrap(&sheet.columns[column], width)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or_default();
    let line = |number: usize| {
        let mut line = String::new();
        for ((lines, &column), &width) in wrapped.iter().zip(columns).zip(widths) {
            // Short names stand just above their column.
            let cell = number.checked_sub(height - lines.len()).map_or("", |number| lines[number].as_str());
            let words = sheet.rows.iter().all(|row| matches!(row[column], Cell::Text(_)));
            let _ = if words { write!(line, "{cell:width$}  ") } else { write!(line, "{cell:>width$}  ") };
        }
        line
    };
    (0..height).map(line).collect()
}

fn wrap(name: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in name.split(' ') {
        let last = lines.len() - 1;
        if lines[last].is_empty() {
            lines[last].push_str(word);
        } else if lines[last].chars().count() + 1 + word.chars().count() <= width {
            lines[last].push(' ');
            lines[last].push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// Sheets as CSV: one heading, unrounded numbers, a symbol in brackets for a missing figure.
///
/// # Errors
/// What the CSV library says; writing to memory does not fail.
pub fn csv(sheets: &[Sheet]) -> Result<String, csv::Error> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
    for (number, sheet) in sheets.iter().enumerate() {
        if number == 0 || sheets[number - 1].columns != sheet.columns {
            writer.write_record(&sheet.columns)?;
        }
        for row in &sheet.rows {
            writer.write_record(row.iter().map(|cell| match cell {
                Cell::Number(value, _) | Cell::Signed(value, _) => value.to_string(),
                // A dash alone is no formula but the sign that there is none.
                Cell::Text(words) if words != "-" => crate::text::cell(words),
                other => other.shown(),
            }))?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Sheets as JSON.
pub fn json(sheets: &[Sheet]) -> String {
    let sheet = |sheet: &Sheet| {
        let rows: Vec<Value> = sheet
            .rows
            .iter()
            .map(|row| {
                let cells = sheet.columns.iter().zip(row).map(|(name, cell)| (name.clone(), cell.json()));
                Value::Object(cells.collect::<Map<String, Value>>())
            })
            .collect();
        json!({ "title": sheet.title, "subtitle": sheet.subtitle, "columns": sheet.columns, "rows": rows, "notes": sheet.notes })
    };
    let all: Vec<Value> = sheets.iter().map(sheet).collect();
    let mut text = serde_json::to_string_pretty(&all).unwrap_or_default();
    text.push('\n');
    text
}
