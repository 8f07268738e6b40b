//! A sheet in the making: lines of words, tables and charts beneath each other, its columns as wide as what they hold.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use super::looks::Looks;
use crate::text::{one_line, printable, within};

/// Excel's limit of letters in a cell.
const CELL_LIMIT: usize = 32_000;
/// The height of a line in points.
pub const LINE: f64 = 15.0;
/// The narrowest and the widest column, in letters.
const NARROWEST: usize = 9;
/// The widest column.
pub const WIDEST: usize = 62;

/// What the sheets of one workbook share.
#[derive(Default)]
pub struct Shared {
    /// How cells look.
    pub looks: Looks,
    /// Where each figure stands.
    pub ids: Vec<Listed>,
    /// How many tables there are.
    pub tables: usize,
}

/// Where a figure stands.
pub struct Listed {
    /// The sheet.
    pub sheet: String,
    /// The cell, as Excel calls it.
    pub cell: String,
    /// What is shown.
    pub shown: String,
    /// Its id.
    pub id: String,
}

/// A sheet in the making.
pub struct Sheet<'b> {
    /// The sheet itself.
    pub inner: Worksheet,
    /// Its name.
    pub name: String,
    /// The next row that is free.
    pub row: u32,
    /// What the sheets share.
    pub shared: &'b mut Shared,
    widths: Vec<usize>,
}

impl<'b> Sheet<'b> {
    /// A sheet with its title in the first cell.
    pub fn new(name: &str, title: &str, shared: &'b mut Shared) -> Result<Sheet<'b>, XlsxError> {
        let mut inner = Worksheet::new();
        inner.set_name(name)?;
        inner.set_landscape().set_print_fit_to_pages(1, 0).set_paper_size(9);
        text(&mut inner, 0, 0, title, &shared.looks.title)?;
        Ok(Sheet { inner, name: name.to_owned(), row: 1, shared, widths: Vec::new() })
    }

    /// A line of words in the first column.
    pub fn say(&mut self, words: &str, look: fn(&Looks) -> &Format) -> Result<(), XlsxError> {
        text(&mut self.inner, self.row, 0, words, look(&self.shared.looks))?;
        self.row += 1;
        Ok(())
    }

    /// Words over as many lines of the first column, which is as wide as can be, as they need.
    pub fn wrap(&mut self, words: &str) -> Result<(), XlsxError> {
        self.inner.set_row_height(self.row, tall(words))?;
        self.say(words, |looks| &looks.wrapped)
    }

    /// A column is to be at least this wide, in letters.
    pub fn widen(&mut self, column: u16, letters: usize) {
        let column = usize::from(column);
        if self.widths.len() <= column {
            self.widths.resize(column + 1, NARROWEST);
        }
        self.widths[column] = self.widths[column].max(letters.min(WIDEST));
    }

    /// How wide a column is so far, in letters.
    pub fn width(&self, column: u16) -> usize {
        self.widths.get(usize::from(column)).copied().unwrap_or(NARROWEST)
    }

    /// The sheet with its columns as wide as what they hold.
    pub fn done(mut self) -> Result<Worksheet, XlsxError> {
        for (column, width) in (0u16..).zip(&self.widths) {
            self.inner.set_column_width(column, (*width + 2) as f64)?;
        }
        Ok(self.inner)
    }
}

/// The height of words that are wrapped in the first column, so that programs that do not measure show all of it.
pub fn tall(words: &str) -> f64 {
    LINE * words.chars().count().div_ceil(WIDEST - 6).max(1) as f64
}

/// Text for a cell; Excel never reads what `write_string` wrote as a formula.
pub fn text(sheet: &mut Worksheet, row: u32, column: u16, words: &str, look: &Format) -> Result<(), XlsxError> {
    let words = printable(words);
    sheet.write_string_with_format(row, column, within(&words, CELL_LIMIT), look)?;
    Ok(())
}

/// Words on one line, cut at Excel's limit.
pub fn line(words: &str, limit: usize) -> String {
    within(&one_line(words), limit).into_owned()
}
