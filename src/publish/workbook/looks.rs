//! How cells look: made once, used by every sheet. A number looks as a reader of the paper sees it.

use rust_xlsxwriter::{Format, FormatAlign};
use rustc_hash::FxHashMap;

use crate::publish::document::Cell;
use crate::shown;

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
        let code = code(cell, value);
        self.numbers
            .entry(code.clone())
            .or_insert_with(|| Format::new().set_num_format(code).set_align(FormatAlign::Top))
    }
}

/// Excel's code for a number as the paper shows it: `#,##0"%"`, `"£"#,##0.0"m"`, `+0.0;-0.0;0.0`.
fn code(cell: &Cell, value: f64) -> String {
    let decimals = "0".repeat(usize::from(cell.places));
    let digits = if decimals.is_empty() { "#,##0".to_owned() } else { format!("#,##0.{decimals}") };
    let printed = shown::number(value.abs(), cell.places);
    let Some((before, behind)) = cell.text.split_once(printed.as_str()) else {
        return digits;
    };
    let is_part = before.ends_with(|letter: char| letter.is_ascii_digit() || ",.".contains(letter))
        || behind.starts_with(|letter: char| letter.is_ascii_digit());
    if is_part {
        return digits;
    }
    let quoted = |words: &str| {
        let words = words.trim_start_matches(['+', '-', '−']).replace('"', "");
        if words.is_empty() { String::new() } else { format!("\"{words}\"") }
    };
    let whole = format!("{}{digits}{}", quoted(before), quoted(behind));
    if before.starts_with('+') || (before.starts_with(['-', '−']) && value < 0.0 && behind.is_empty()) {
        return format!("+{whole};-{whole};{whole}");
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_as_the_paper_shows_it() {
        let of = |value, places, text: &str| code(&Cell::shown(value, places, text), value);
        assert_eq!(of(27.2, 0, "27%"), "#,##0\"%\"");
        assert_eq!(of(18.24, 1, "£18.2m"), "\"£\"#,##0.0\"m\"");
        assert_eq!(of(11.6, 1, "+11.6"), "+#,##0.0;-#,##0.0;#,##0.0");
        assert_eq!(of(1_868.0, 0, "1,868"), "#,##0");
        assert_eq!(of(18_240_000.0, 0, "£18.2m"), "#,##0");
        assert_eq!(of(12.0, 0, "12 [low]"), "#,##0\" [low]\"");
    }
}
