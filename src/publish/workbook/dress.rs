//! How a number is dressed for a reader: decimals, what stands before and behind it, whether it carries its sign.

use crate::publish::document::Cell;
use crate::shown;

/// The dress of a number: `£18.2m` is two words round one decimal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Dress {
    /// Decimals.
    pub places: u8,
    /// The words before it, without its sign.
    pub before: String,
    /// The words behind it.
    pub behind: String,
    /// Whether a number above 0 carries a plus.
    pub signed: bool,
}

impl Dress {
    /// How `value` stands in `cell`, as the paper shows it; the number alone where its words are of another.
    pub fn of(cell: &Cell, value: f64) -> Dress {
        let plain = Dress { places: cell.places, ..Dress::default() };
        let printed = shown::number(value.abs(), cell.places);
        let Some((before, behind)) = cell.text.split_once(printed.as_str()) else { return plain };
        let is_part = before.ends_with(|letter: char| letter.is_ascii_digit() || ",.".contains(letter))
            || behind.starts_with(|letter: char| letter.is_ascii_digit());
        if is_part {
            return plain;
        }
        let words = |text: &str| text.trim_start_matches(['+', '-', '−']).replace('"', "");
        let signed = before.starts_with('+') || (before.starts_with(['-', '−']) && value < 0.0 && behind.is_empty());
        Dress { before: words(before), behind: words(behind), signed, ..plain }
    }

    /// Excel's code for it: `#,##0"%"`, `"£"#,##0.0"m"`, `+0.0;-0.0;0.0`.
    pub fn code(&self) -> String {
        let decimals = "0".repeat(usize::from(self.places));
        let digits = if decimals.is_empty() { "#,##0".to_owned() } else { format!("#,##0.{decimals}") };
        let quoted = |words: &str| if words.is_empty() { String::new() } else { format!("\"{words}\"") };
        let whole = format!("{}{digits}{}", quoted(&self.before), quoted(&self.behind));
        if self.signed { format!("+{whole};-{whole};{whole}") } else { whole }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_as_the_paper_shows_it() {
        let of = |value, places, text: &str| Dress::of(&Cell::shown(value, places, text), value).code();
        assert_eq!(of(27.2, 0, "27%"), "#,##0\"%\"");
        assert_eq!(of(18.24, 1, "£18.2m"), "\"£\"#,##0.0\"m\"");
        assert_eq!(of(11.6, 1, "+11.6"), "+#,##0.0;-#,##0.0;#,##0.0");
        assert_eq!(of(1_868.0, 0, "1,868"), "#,##0");
        assert_eq!(of(18_240_000.0, 0, "£18.2m"), "#,##0");
        assert_eq!(of(12.0, 0, "12 [low]"), "#,##0\" [low]\"");
    }
}
