//! Numbers and lists as a reader expects them: `1,290`, `26.7%`, `8.92 million`, `131st`, `A, B and C`.
//!
//! In: values and names. Out: text. Rounding is half up (away from zero), as in the publications, on display only.

use super::data::{Figure, Measure, Period, Unit};

/// A value as written on the chart: unit sign, thousands commas, the measure's places; millions as words.
pub fn value(value: f64, measure: &Measure) -> String {
    let places = usize::from(measure.places);
    let sign =
        if value < 0.0 && rounded(value, places).chars().any(|c| c.is_ascii_digit() && c != '0') { "-" } else { "" };
    let size = value.abs();
    let number = if size >= 999_999.5 && measure.unit != Unit::Percent {
        millions(size)
    } else {
        commas(&rounded(size, places))
    };
    match measure.unit {
        Unit::Percent => format!("{sign}{number}%"),
        Unit::Pounds => format!("{sign}£{number}"),
        Unit::Number | Unit::RatePer(_) | Unit::Other(_) => format!("{sign}{number}"),
    }
}

/// A figure as written on the chart: its value, or its symbol.
pub fn figure(figure: &Figure, measure: &Measure) -> String {
    figure.number().map_or_else(|| figure.symbol(), |number| value(number, measure))
}

/// A tick of an axis, with just the places that its step needs.
pub fn tick(value_at: f64, step: f64, measure: &Measure) -> String {
    let places = (0..6).find(|places| is_whole(step * 10_f64.powi(*places))).unwrap_or(6);
    let mut coarse = measure.clone();
    coarse.places = places as u8;
    value(value_at, &coarse)
}

fn is_whole(number: f64) -> bool {
    (number - number.round()).abs() < 1e-6
}

fn millions(size: f64) -> String {
    let mut text = rounded(size / 1e6, 2);
    while text.ends_with('0') {
        text.pop();
    }
    format!("{} million", commas(text.trim_end_matches('.')))
}

/// Half-up rounding to text, without sign. Binary fractions get the benefit of the doubt: 1.005 rounds to 1.01.
fn rounded(value: f64, places: usize) -> String {
    let scale = 10_f64.powi(places as i32);
    let units = (value.abs() * scale + 0.5 + 1e-9).floor();
    format!("{:.*}", places, units / scale)
}

fn commas(digits: &str) -> String {
    let (whole, rest) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push('.');
        out.push_str(rest);
    }
    out
}

/// A whole number with commas.
pub fn count(number: u64) -> String {
    commas(&number.to_string())
}

/// `1 place`, `2 places`, `no places`.
pub fn counted(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        more => format!("{} {many}", count(more as u64)),
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
    format!("{}{ending}", count(u64::from(number)))
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

/// The unit in words: `percent`, `number`, `rate per 10,000`.
pub fn unit(unit: &Unit) -> String {
    match unit {
        Unit::Percent => "percent".into(),
        Unit::Number => "number".into(),
        Unit::RatePer(base) => format!("rate per {}", count(u64::from(*base))),
        Unit::Pounds => "pounds".into(),
        Unit::Other(name) => name.clone(),
    }
}

/// From the first to the last period in words; one period alone is itself.
pub fn span(periods: &[Period]) -> String {
    match (periods.first(), periods.last()) {
        (Some(first), Some(last)) if first.order != last.order => {
            format!("{} to {}", first.label, last.label)
        }
        (Some(only), _) => only.prose.clone(),
        _ => String::new(),
    }
}

/// `in 31 March 2024` as `at 31 March 2024`: one is in a year and at a day.
pub fn dated(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(found) = rest.find("n ") {
        let (before, after) = (&rest[..found], &rest[found + 2..]);
        match before.chars().next_back() {
            Some(first @ ('i' | 'I'))
                if is_day(after) && !before[..before.len() - 1].ends_with(char::is_alphabetic) =>
            {
                out.push_str(&before[..before.len() - 1]);
                out.push_str(if first == 'I' { "At " } else { "at " });
            }
            _ => out.push_str(&rest[..found + 2]),
        }
        rest = after;
    }
    out + rest
}

/// Whether text begins with a day of a month: `31 March`.
fn is_day(text: &str) -> bool {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (day, month) = text.split_once([' ', '\u{a0}']).unwrap_or((text, ""));
    !day.is_empty()
        && day.len() < 3
        && day.bytes().all(|byte| byte.is_ascii_digit())
        && MONTHS.iter().any(|name| month.starts_with(name))
}

/// The same text held together on one line by no-break spaces.
pub fn unbroken(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// The first letter large.
pub fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// A sentence closed by a full stop, once.
pub fn stop(text: &str) -> String {
    let text = text.trim();
    if text.is_empty() || text.ends_with(['.', '?', '!']) { text.into() } else { format!("{text}.") }
}
