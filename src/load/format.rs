//! What a cell shows of what it stores: number formats of Excel and OpenDocument, and a stored number in their dress.
//!
//! In: a format such as `0.0%` or `mmm-yy`, and the number or date below it. Out: the text that is read. A percentage is
//! read as it is seen, a date as a month where only the month is seen; decimals that a format hides are kept.

use std::io::Write;

use chrono::{Datelike, NaiveDate, NaiveDateTime};

use crate::period::MONTHS;

/// What a number format makes of a stored number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Shown {
    /// The number itself, in whatever decimals.
    #[default]
    Plain,
    /// A hundred times the number, with a percent sign.
    Percent,
    /// The number with a percent sign that is only text.
    PercentSign,
    /// The number divided by a thousand so many times.
    Thousands(u8),
    /// A date of which a day is seen.
    Day,
    /// A date of which month and year are seen.
    Month,
    /// A date of which the year is seen.
    Year,
}

/// The letters and signs of a format's first section that mean something, and the texts that only stand there.
#[derive(Default)]
struct Section {
    signs: String,
    literals: String,
}

impl Section {
    fn of(format: &str) -> Section {
        let mut section = Section::default();
        let mut letters = format.chars();
        while let Some(letter) = letters.next() {
            match letter {
                ';' => break,
                '"' => section.literals.extend(letters.by_ref().take_while(|&inside| inside != '"')),
                '\\' => section.literals.extend(letters.next()),
                // The width of a letter, or a letter that fills the cell.
                '_' | '*' => drop(letters.next()),
                // A colour, a condition or a language is not seen; hours beyond the day are.
                '[' => {
                    let inside: String = letters.by_ref().take_while(|&inside| inside != ']').collect();
                    if inside.chars().all(|c| "hmsHMS".contains(c)) {
                        section.signs.push_str(&inside.to_lowercase());
                    }
                }
                _ => section.signs.extend(letter.to_lowercase()),
            }
        }
        section
    }
}

/// What the format `code` shows of a number that is not negative.
pub(super) fn shown(code: &str) -> Shown {
    if code.eq_ignore_ascii_case("general") {
        return Shown::Plain;
    }
    let Section { signs, literals } = Section::of(code);
    let holds = |wanted: char| signs.contains(wanted);
    if holds('%') {
        return Shown::Percent;
    }
    if holds('y') || holds('d') || (holds('m') && !holds('h') && !holds('s')) {
        return match (holds('d'), holds('m')) {
            (false, false) => Shown::Year,
            (false, true) if !holds('h') => Shown::Month,
            _ => Shown::Day,
        };
    }
    if literals.contains('%') {
        return Shown::PercentSign;
    }
    // A comma behind the last digit divides; one between digits parts thousands.
    let after = signs.trim_end_matches(|sign: char| !"0#?,.".contains(sign));
    let commas = after.len() - after.trim_end_matches(',').len();
    if commas > 0 && after.contains(['0', '#', '?']) { Shown::Thousands(commas.min(9) as u8) } else { Shown::Plain }
}

/// Writes the stored `number` as the format shows it, with all its decimals.
pub(super) fn write_number(number: f64, shown: Shown, text: &mut Vec<u8>) {
    // Writing to a Vec cannot fail.
    let _ = match shown {
        Shown::Percent => write!(text, "{}%", shifted(number, 2)),
        Shown::PercentSign => write!(text, "{number}%"),
        Shown::Thousands(times) => write!(text, "{}", shifted(number, -3 * i32::from(times))),
        Shown::Plain | Shown::Day | Shown::Month | Shown::Year => write!(text, "{number}"),
    };
}

/// `number` with its point `places` to the right, by its digits: 0.07 and 2 make 7, which 0.07 times 100 does not.
fn shifted(number: f64, places: i32) -> f64 {
    format!("{number}e{places}").parse().unwrap_or(number)
}

/// Writes a stored date as far as the format shows it: `May 2025`, `2025`, else `2025-05-01`.
pub(super) fn write_date(moment: NaiveDateTime, shown: Shown, text: &mut Vec<u8>) {
    let day = moment.date();
    let _ = match shown {
        Shown::Month => write!(text, "{} {}", MONTHS[day.month0() as usize], day.year()),
        Shown::Year => write!(text, "{}", day.year()),
        _ => write!(text, "{day}"),
    };
}

/// How much of the date `day` the text `seen` shows: `May 25` of 1 May 2025 is a month, `01/05/25` a day.
///
/// OpenDocument keeps the text that was seen beside the date, whatever format made it.
pub(super) fn seen_of(day: NaiveDate, seen: &str) -> Shown {
    let parts: Vec<&str> = seen.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let full = day.year().to_string();
    let is_year = |part: &str| part == full || part == &full[full.len().saturating_sub(2)..];
    let is_word = |part: &str| part.chars().all(char::is_alphabetic);
    match parts.as_slice() {
        [year] if *year == full => Shown::Year,
        [month] if is_word(month) => Shown::Month,
        [one, other] if one == &full || other == &full => Shown::Month,
        [word, year] if is_word(word) && is_year(year) => Shown::Month,
        _ => Shown::Day,
    }
}

#[cfg(test)]
mod tests {
    use super::{Shown, seen_of, shifted, shown, write_date, write_number};
    use chrono::NaiveDate;

    #[test]
    fn what_formats_show() {
        for (code, expected) in [
            ("General", Shown::Plain),
            ("0%", Shown::Percent),
            ("#,##0.0%;[Red]-0.0%", Shown::Percent),
            ("0.0\"%\"", Shown::PercentSign),
            ("0.0\\%", Shown::PercentSign),
            ("#,##0", Shown::Plain),
            ("#,##0.00_);(#,##0.00)", Shown::Plain),
            ("_-* #,##0_-;-* #,##0_-;_-* \"-\"_-;_-@_-", Shown::Plain),
            ("0.0,,\"m\"", Shown::Thousands(2)),
            ("#,##0,", Shown::Thousands(1)),
            ("mmm-yy", Shown::Month),
            ("[$-809]mmmm\\ yyyy;@", Shown::Month),
            ("yyyy-mm", Shown::Month),
            ("mmmm", Shown::Month),
            ("yyyy", Shown::Year),
            ("dd/mm/yyyy", Shown::Day),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", Shown::Day),
            ("d-mmm", Shown::Day),
            ("dd/mm/yyyy hh:mm", Shown::Day),
            ("[h]:mm:ss", Shown::Plain),
            ("[h]:mm", Shown::Plain),
            ("0\" days\"", Shown::Plain),
            ("\"May 2025\"", Shown::Plain),
            ("@", Shown::Plain),
            ("0.00E+00", Shown::Plain),
        ] {
            assert_eq!(shown(code), expected, "{code}");
        }
    }

    fn number(value: f64, shown: Shown) -> String {
        let mut text = Vec::new();
        write_number(value, shown, &mut text);
        String::from_utf8(text).expect("text")
    }

    #[test]
    fn a_number_is_read_as_it_is_seen() {
        assert_eq!(number(0.07, Shown::Percent), "7%");
        assert_ne!(0.07 * 100.0, 7.0, "the reason for shifting digits");
        assert_eq!(number(-0.0035, Shown::Percent), "-0.35%");
        assert_eq!(number(24.0, Shown::PercentSign), "24%");
        assert_eq!(number(12_345_678.0, Shown::Thousands(2)), "12.345678");
        assert_eq!(number(0.198, Shown::Plain), "0.198");
        assert_eq!(shifted(f64::MAX, 2), f64::INFINITY);
    }

    #[test]
    fn a_date_is_read_as_far_as_it_is_seen() {
        let day = NaiveDate::from_ymd_opt(2025, 5, 1).expect("a day");
        let text = |shown| {
            let mut text = Vec::new();
            write_date(day.and_hms_opt(9, 30, 0).expect("a time"), shown, &mut text);
            String::from_utf8(text).expect("text")
        };
        assert_eq!([Shown::Month, Shown::Year, Shown::Day].map(text), ["May 2025", "2025", "2025-05-01"]);
        for (seen, expected) in [
            ("May 25", Shown::Month),
            ("May-25", Shown::Month),
            ("05/2025", Shown::Month),
            ("2025", Shown::Year),
            ("May", Shown::Month),
            ("01/05/25", Shown::Day),
            ("1 May", Shown::Day),
            ("1 May 2025", Shown::Day),
            ("", Shown::Day),
        ] {
            assert_eq!(seen_of(day, seen), expected, "{seen}");
        }
    }
}
