//! How cells look: made once, used by every sheet. A number looks as a reader of the paper sees it.

use rust_xlsxwriter::{Format, FormatAlign};
use rustc_hash::FxHashMap;

use super::dress::Dress;
use crate::publish::document::Cell;

/// The formats of one workbook.
pub struct Looks {
    /// A sheet's title.
    pub title: Format,
    /// A table's or chart's title.
    pub heading: Format,
    /// Words.
    pub plain: Format,
    /// Words that take several lines.
    pub wrapped: Format,
    /// Words in bold among others.
    pub bold: Format,
    /// Quiet words.
    pub quiet: Format,
    /// The heading of a column.
    pub column: Format,
    /// Words in a column of figures.
    pub right: Format,
    numbers: FxHashMap<String, Format>,
}

impl Default for Looks {
    fn default() -> Looks {
        let top = Format::new().set_align(FormatAlign::Top);
        Looks {
            title: Format::new().set_bold().set_font_size(16),
            heading: Format::new().set_bold().set_font_size(12),
            plain: top.clone(),
            wrapped: top.clone().set_text_wrap(),
            bold: Format::new().set_bold(),
            quiet: Format::new().set_font_color("#505A5F"),
            column: Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Bottom),
            right: top.set_align(FormatAlign::Right),
            numbers: FxHashMap::default(),
        }
    }
}

impl Looks {
    /// How the number of a cell is shown.
    pub fn number(&mut self, cell: &Cell, value: f64) -> &Format {
        let code = Dress::of(cell, value).code();
        self.numbers
            .entry(code.clone())
            .or_insert_with(|| Format::new().set_num_format(code).set_align(FormatAlign::Top))
    }
}
