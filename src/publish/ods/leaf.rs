//! A sheet of a spreadsheet in the making: lines of words and tables beneath each other, as XML.

use std::fmt::Write as _;

use super::styles::Styles;
use crate::publish::document::{Cell, Table};
use crate::publish::workbook::{Dress, distinct, flat, is_blank};
use crate::text::{escaped, printable};

/// The narrowest and the widest column, in letters.
const WIDTHS: (usize, usize) = (9, 62);

/// A sheet.
pub struct Leaf {
    /// Its name.
    pub name: String,
    /// Its rows.
    pub rows: String,
    /// How wide each column is, in letters.
    pub widths: Vec<usize>,
}

impl Leaf {
    /// A sheet with its title in the first cell.
    pub fn new(name: &str, title: &str) -> Leaf {
        let mut leaf = Leaf { name: name.to_owned(), rows: String::new(), widths: vec![WIDTHS.0] };
        leaf.line("title", title);
        leaf
    }

    /// Words in the first column; nothing where there are none.
    pub fn say(&mut self, words: &str) {
        if !words.is_empty() {
            self.widen(0, words.chars().count());
            self.line("wrapped", words);
        }
    }

    /// A heading under a blank row.
    pub fn heading(&mut self, words: &str) {
        self.rows.push_str("<table:table-row><table:table-cell/></table:table-row>");
        self.line("heading", words);
    }

    /// A table under its title.
    pub fn table(&mut self, table: &Table, styles: &mut Styles) {
        self.heading(&table.title);
        self.say(&table.caption);
        self.grid(table, styles);
        table.notes.iter().for_each(|note| self.say(note));
    }

    /// A table's headings and rows; nothing where it has none.
    pub fn grid(&mut self, table: &Table, styles: &mut Styles) {
        if table.rows.is_empty() || table.columns.is_empty() {
            return;
        }
        let flat = flat(table);
        let titles = distinct(&flat);
        self.rows.push_str("<table:table-row table:style-name=\"fit\">");
        for (column, title) in titles.iter().enumerate() {
            let word = title.split_whitespace().map(|word| word.chars().count()).max().unwrap_or(0);
            self.widen(column, word);
            let _ =
                write!(self.rows, "{}", text(if flat.columns[column].numeric { "figures" } else { "column" }, title));
        }
        self.rows.push_str("</table:table-row>");
        for row in &flat.rows {
            self.rows.push_str("<table:table-row table:style-name=\"fit\">");
            for (column, cell) in row.iter().enumerate() {
                self.widen(column, cell.text.chars().count());
                let blank = is_blank(cell) && (!table.symbols || cell.text.is_empty());
                let numeric = flat.columns.get(column).is_some_and(|column| column.numeric);
                self.rows.push_str(&put(cell, numeric, blank, styles));
            }
            self.rows.push_str("</table:table-row>");
        }
    }

    fn line(&mut self, style: &str, words: &str) {
        let _ = write!(self.rows, "<table:table-row table:style-name=\"fit\">{}</table:table-row>", text(style, words));
    }

    fn widen(&mut self, column: usize, letters: usize) {
        if self.widths.len() <= column {
            self.widths.resize(column + 1, WIDTHS.0);
        }
        self.widths[column] = self.widths[column].max(letters.min(WIDTHS.1));
    }
}

/// A number in its dress, anything else as text, nothing where a figure is missing and a symbol stands for it.
fn put(cell: &Cell, numeric: bool, blank: bool, styles: &mut Styles) -> String {
    if let Some(value) = cell.number.filter(|value| value.is_finite()) {
        let style = styles.number(&Dress::of(cell, value));
        let shown = escaped(&printable(&cell.text));
        return format!(
            "<table:table-cell table:style-name=\"{style}\" office:value-type=\"float\" office:value=\"{value}\"><text:p>{shown}</text:p></table:table-cell>"
        );
    }
    if blank {
        return "<table:table-cell/>".to_owned();
    }
    text(if numeric { "right" } else { "plain" }, &cell.text)
}

/// A cell of words.
fn text(style: &str, words: &str) -> String {
    let lines: String = printable(words).lines().map(|line| format!("<text:p>{}</text:p>", escaped(line))).collect();
    format!("<table:table-cell table:style-name=\"{style}\" office:value-type=\"string\">{lines}</table:table-cell>")
}
