//! The unit of a column of figures: what the publisher says of it, what its name says, and what its cells show.

use super::profile::Profile;
use crate::grid::TextTable;
use crate::normalise::Meta;
use crate::value::{Cell, Symbols};

/// The unit of a column, and the factor that brings its cells to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// The unit as a pipeline writes it.
    pub word: &'static str,
    /// The factor, where it is not 1.
    pub scale: Option<f64>,
    /// Decimals to show, where the publisher says so.
    pub places: Option<u8>,
}

/// The unit of the column called `name`.
pub fn unit(table: &TextTable, name: &str, meta: &Meta) -> Unit {
    let places = meta.places(name);
    let plain = |word| Unit { word, scale: None, places };
    let Some(column) = table.position(name) else { return plain("number") };
    let profile = Profile::of(table, column, name);
    let label = format!("{} {}", profile.lower, meta.label(name).unwrap_or_default().to_lowercase());
    match meta.unit(name) {
        "%" => return plain("percent"),
        "£" | "£m" => return plain("pounds"),
        _ => {}
    }
    if let Some(rate) = rate(&label) {
        return plain(rate);
    }
    if profile.share(|text| text.trim_end().ends_with('%')) > 0.5 {
        return plain("percent");
    }
    if profile.share(|text| text.trim_start().starts_with('£')) > 0.5 || label.contains('£') {
        return plain("pounds");
    }
    if is_share(&label) {
        // A share whose figures all lie between 0 and 1 is written as a fraction.
        let scale = is_fraction(&profile).then_some(100.0);
        return Unit { word: "percent", scale, places };
    }
    plain("number")
}

/// The unit of a rate of so many.
fn rate(label: &str) -> Option<&'static str> {
    let plain: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
    [
        (["per100000", "per100k"], "rate per 100,000"),
        (["per10000", "per10k"], "rate per 10,000"),
        (["per1000", "per1k"], "rate per 1,000"),
    ]
    .into_iter()
    .find(|(words, _)| words.iter().any(|word| plain.contains(word)))
    .map(|(_, unit)| unit)
}

/// Whether a name says that its figures are shares of a hundred.
pub fn is_share(label: &str) -> bool {
    const WORDS: [&str; 6] = ["pc", "pct", "percent", "percentage", "proportion", "perc"];
    let mut words = label.split(|c: char| !c.is_alphanumeric() && c != '%');
    // A change in percentage points is no share.
    let is_change = label.contains("change") || label.contains("ppt");
    !is_change && (label.contains('%') || words.any(|word| WORDS.contains(&word)))
}

fn is_fraction(profile: &Profile<'_>) -> bool {
    let numbers: Vec<f64> = profile
        .cells
        .keys()
        .filter_map(|text| match Symbols::none().read(text) {
            Cell::Number(number) => Some(number),
            _ => None,
        })
        .collect();
    numbers.len() >= 5
        && numbers.iter().all(|number| (0.0..=1.0).contains(number))
        && numbers.iter().any(|number| number.fract() != 0.0)
}

/// A name as words for a chart: `number_schools_with_surplus` as `Number schools with surplus`.
pub fn label(name: &str, meta: &Meta) -> String {
    if let Some(label) = meta.label(name) {
        return label.to_owned();
    }
    if name.contains(' ') {
        return name.to_owned();
    }
    let words = name.replace(['_', '.'], " ");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => name.to_owned(),
    }
}
