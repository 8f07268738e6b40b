//! Numbers and lists as a reader sees them: `1,290`, `131st`, `seven`, `A, B and C`. The one place that rounds for show.
//!
//! In: numbers and names. Out: text. Halves are rounded away from zero, as in the publications; nothing is rounded
//! before it is ranked, banded or averaged.

use crate::period::MONTHS;
use crate::statistics::rounding::round_half_up;

/// A number with `places` decimals and thousands commas: `1,290.5`, `-3`; never minus nothing.
pub fn number(value: f64, places: u8) -> String {
    let rounded = round_half_up(value, i32::from(places));
    let text = format!("{:.*}", usize::from(places), rounded.abs());
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), ""), |(whole, rest)| (whole, rest));
    let sign = if rounded < 0.0 { "-" } else { "" };
    let point = if rest.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{rest}", grouped(whole))
}

/// The same with a plus before what is more than nothing: `+1.2`.
pub fn signed(value: f64, places: u8) -> String {
    let plus = if round_half_up(value, i32::from(places)) > 0.0 { "+" } else { "" };
    format!("{plus}{}", number(value, places))
}

/// The same as it is printed: with a sign of minus and not a hyphen.
pub fn change(value: f64, places: u8) -> String {
    signed(value, places).replace('-', "\u{2212}")
}

/// A number with at most `places` decimals, none of them a needless nought: `0.5`, `1,290`.
pub fn trimmed(value: f64, places: u8) -> String {
    let text = number(value, places);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// The same without commas, as it can be searched for in the file that it is from: `0.5`, `1290`.
pub fn bare(value: f64, places: u8) -> String {
    trimmed(value, places).replace(',', "")
}

/// A whole number with thousands commas.
pub fn whole(number: usize) -> String {
    grouped(&number.to_string())
}

/// Digits with a comma before every three but the first.
fn grouped(digits: &str) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.starts_with(|c: char| c.is_ascii_digit()) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A small number as prose has it: `none`, `one`, `seven`, `ten`; figures from 11.
pub fn small(number: usize) -> String {
    const WORDS: [&str; 11] = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(number).map_or_else(|| whole(number), |word| (*word).to_owned())
}

/// `1 place`, `2 places`, `no places`.
pub fn counted(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        more => format!("{} {many}", whole(more)),
    }
}

/// `1st`, `2nd`, `3rd`, `11th`.
pub fn ordinal(number: u32) -> String {
    let ending = match (number % 100, number % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{}{ending}", whole(number as usize))
}

/// `A`, `A and B`, `A, B and C`; semicolons where a name has a comma of its own.
pub fn list<S: AsRef<str>>(names: &[S]) -> String {
    let comma = if names.iter().any(|name| name.as_ref().contains(',')) { "; " } else { ", " };
    match names {
        [] => String::new(),
        [one] => one.as_ref().into(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            let last_join = if comma == "; " && first.len() > 1 { "; and " } else { " and " };
            format!("{}{last_join}{}", first.join(comma), last.as_ref())
        }
    }
}

/// `Birmingham's`, `St Helens'`.
pub fn possessive(name: &str) -> String {
    if name.ends_with('s') { format!("{name}'") } else { format!("{name}'s") }
}

/// The first letter large.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Words that keep their capital inside a sentence: beside the months, names of countries, peoples and bodies. Black and White are names of
/// peoples in these publications.
const NAMES: [&str; 30] = [
    "England",
    "English",
    "Wales",
    "Welsh",
    "Scotland",
    "Scottish",
    "Ireland",
    "Irish",
    "Britain",
    "British",
    "London",
    "Europe",
    "European",
    "African",
    "Asian",
    "Bangladeshi",
    "Black",
    "Caribbean",
    "Chinese",
    "Indian",
    "Pakistani",
    "White",
    "Arab",
    "Gypsy",
    "Roma",
    "Romany",
    "Ukrainian",
    "Afghan",
    "Ofsted",
    "Christmas",
];

/// The first letter small, unless the word is an abbreviation or a name.
pub fn within(text: &str) -> String {
    let first = text.split(|letter: char| !letter.is_alphabetic()).next().unwrap_or_default();
    if MONTHS.contains(&first) || NAMES.contains(&first) {
        return text.to_owned();
    }
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        (Some(first), Some(second)) if first.is_uppercase() && !second.is_uppercase() => {
            first.to_lowercase().collect::<String>() + letters.as_str()
        }
        _ => text.to_owned(),
    }
}

/// A sentence closed by a full stop, once.
pub fn stop(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '?', '!']) { text.into() } else { format!("{text}.") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_half_up_and_grouped() {
        let cases = [(0.5, 0, "1"), (2.5, 0, "3"), (1.25, 1, "1.3"), (1.005, 2, "1.01"), (1290.0, 0, "1,290")];
        let more = [(-0.04, 1, "0.0"), (-2.25, 1, "-2.3"), (999_999.96, 1, "1,000,000.0"), (-1234.5, 0, "-1,235")];
        for (value, places, expected) in cases.into_iter().chain(more) {
            assert_eq!(number(value, places), expected, "{value}");
        }
        assert_eq!([signed(1.25, 1), signed(0.04, 1), signed(-0.4, 0)], ["+1.3", "0.0", "0"]);
        assert_eq!([trimmed(1290.0, 4), trimmed(0.50, 4), trimmed(100.0, 0)], ["1,290", "0.5", "100"]);
        assert_eq!([bare(22845.0, 2), bare(-1234.506, 2)], ["22845", "-1234.51"]);
        assert_eq!([number(f64::INFINITY, 1), number(f64::NAN, 1)], ["inf", "NaN"]);
    }

    #[test]
    fn small_numbers_are_words_and_places_have_endings() {
        assert_eq!([small(0), small(9), small(10), small(11)], ["none", "nine", "ten", "11"]);
        assert_eq!([ordinal(11), ordinal(22), ordinal(103), ordinal(1013)], ["11th", "22nd", "103rd", "1,013th"]);
        assert_eq!(list(&["A", "B, C", "D"]), "A; B, C; and D");
        assert_eq!([within("Plans issued"), within("EHC plans"), within("A")], ["plans issued", "EHC plans", "A"]);
        assert_eq!([within("Asian or Asian British"), within("May 2017")], ["Asian or Asian British", "May 2017"]);
        assert_eq!([within("Mayors"), within("Whiteboards")], ["mayors", "whiteboards"], "no name, only its beginning");
    }
}
