//! The words of council plans to targets and aims: "24%", "National Average (currently 52%)", "Trend", "TBC".
//!
//! In: cells of a council's own file. Out: `statistics::target` types; words that cannot be read say so.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::finding::{Error, Place};
use crate::period::Period;
use crate::statistics::Polarity;
use crate::statistics::target::{Aim, Target};

/// The name of a targets file.
const FILE: &str = "targets.csv";
const HELP: &str = "its columns are authority,ref,measure,period,target,aim,tolerance,frequency,owner; authority, measure and target are needed; save it from Excel as CSV UTF-8";

/// One row of a targets file.
#[derive(Clone, Debug, Deserialize)]
pub struct TargetRow {
    /// The authority, by name or code.
    pub authority: String,
    /// The council's own number of it.
    #[serde(default, rename = "ref")]
    pub reference: String,
    /// The measure, by label or name.
    pub measure: String,
    /// The period it holds for; empty for any.
    #[serde(default)]
    pub period: String,
    /// What is asked, in words.
    pub target: String,
    /// Which way is good, in words.
    #[serde(default)]
    pub aim: String,
    /// How far off still counts as near, in the measure's unit.
    #[serde(default)]
    pub tolerance: String,
    /// Monthly, termly or annual.
    #[serde(default)]
    pub frequency: String,
    /// Who answers for it.
    #[serde(default)]
    pub owner: String,
    /// Where it stands.
    #[serde(skip)]
    pub place: Place,
}

/// The rows of every `targets.csv` in the releases of a return, oldest release first.
///
/// # Errors
/// A row that cannot be read, with its file and line.
pub fn read(folder: &Path) -> Result<Vec<TargetRow>, Error> {
    let mut releases: Vec<PathBuf> = fs_err::read_dir(folder)
        .map(|entries| entries.filter_map(|entry| Some(entry.ok()?.path())).collect())
        .unwrap_or_default();
    releases.sort();
    let mut rows = Vec::new();
    for path in releases.into_iter().map(|release| release.join(FILE)).filter(|path| path.is_file()) {
        let wrong = |error: csv::Error| {
            let place = Place::file(path.display().to_string());
            let line = error.position().map(|position| u32::try_from(position.line()).unwrap_or(u32::MAX));
            let place = Place { row: line, ..place };
            Error::declaration(place, format!("not a row of a targets file: {error}"), HELP)
        };
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::Headers).from_path(&path).map_err(wrong)?;
        let headings = reader.headers().map_err(wrong)?.clone();
        for record in reader.records() {
            let record = record.map_err(wrong)?;
            let mut row: TargetRow = record.deserialize(Some(&headings)).map_err(wrong)?;
            let line = record.position().map(|position| u32::try_from(position.line()).unwrap_or(u32::MAX));
            row.place = Place { row: line, ..Place::file(path.display().to_string()) };
            rows.push(sound(row)?);
        }
    }
    Ok(rows)
}

/// The row, where its period and its tolerance can be read.
fn sound(row: TargetRow) -> Result<TargetRow, Error> {
    if let Some(Err(message)) = (!row.period.trim().is_empty()).then(|| Period::read(&row.period, "", None)) {
        return Err(Error::declaration(
            row.place,
            message,
            "write the period as in the return, or leave it empty for any",
        ));
    }
    if tolerance(&row.tolerance).is_none() {
        let message = format!("`{}` is no tolerance", row.tolerance);
        return Err(Error::declaration(
            row.place,
            message,
            "write a number in the figure's unit, such as 5, or leave it empty",
        ));
    }
    Ok(row)
}

/// How far off still counts as near: nothing for no words, none for words that are no number.
pub fn tolerance(words: &str) -> Option<f64> {
    let words = words.trim().trim_start_matches(['±', '+']);
    if words.is_empty() { Some(0.0) } else { number(words).filter(|number| *number >= 0.0) }
}

/// What is asked, as a council writes it; `benchmark` is the figure of England, the neighbours or the region, by word.
///
/// None where the words cannot be read.
pub fn target(words: &str, benchmark: &dyn Fn(&str) -> Option<f64>) -> Option<Target> {
    let text = words.trim().to_lowercase();
    if text.starts_with("trend") {
        return Some(Target::TrendOnly);
    }
    if ["tbc", "to be confirmed", "tba"].contains(&text.as_str()) {
        return Some(Target::ToBeConfirmed);
    }
    if text == "zero" {
        return Some(Target::Zero);
    }
    if text == "above zero" {
        return Some(Target::AboveZero);
    }
    if text.contains("average") {
        let of = ["neighbour", "region"].into_iter().find(|word| text.contains(word)).unwrap_or("national");
        return Some(Target::Benchmark(benchmark(of).or_else(|| bracketed(&text))));
    }
    number(&text).map(Target::Number)
}

/// The figure in `(currently 69.3%)`.
fn bracketed(text: &str) -> Option<f64> {
    let (_, inside) = text.split_once("(currently")?;
    number(inside.trim_end_matches(')'))
}

/// A number with its sign, unit and commas: `24%`, `1,670`, `555 days`, `£9m` is not one.
pub fn number(text: &str) -> Option<f64> {
    let text = text.trim().trim_start_matches('£').replace(',', "");
    let text = text.split_whitespace().next()?.trim_end_matches('%').to_owned();
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// Which way is good, as a council writes it; by the measure's polarity where it says nothing.
pub fn aim(words: &str, polarity: Polarity) -> Aim {
    let text = words.to_lowercase();
    if text.contains("bigger") {
        Aim::Bigger
    } else if text.contains("smaller") {
        Aim::Smaller
    } else if text.contains("plan") || text.contains("stabilise") {
        Aim::Plan
    } else {
        Aim::from_polarity(polarity)
    }
}

/// The kind of a target in words, for a reader.
pub fn kind(target: Option<Target>) -> &'static str {
    match target {
        Some(Target::Number(_)) => "a number",
        Some(Target::Zero) => "zero",
        Some(Target::AboveZero) => "above zero",
        Some(Target::Benchmark(_)) => "an average",
        Some(Target::TrendOnly) => "trend only",
        Some(Target::ToBeConfirmed) => "to be confirmed",
        None => "not understood",
    }
}

/// The aim in words with its arrow.
pub fn aim_words(aim: Aim) -> String {
    let words = match aim {
        Aim::Bigger => "bigger is better",
        Aim::Smaller => "smaller is better",
        Aim::Plan => "plan is best",
    };
    format!("{} {words}", aim.arrow())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_council_plans() {
        let none = |_: &str| None;
        assert_eq!(target("24%", &none), Some(Target::Number(24.0)));
        assert_eq!(target("555 days", &none), Some(Target::Number(555.0)));
        assert_eq!(target("1,670", &none), Some(Target::Number(1670.0)));
        assert_eq!(target("National Average (currently 69.3%)", &none), Some(Target::Benchmark(Some(69.3))));
        assert_eq!(
            target("Statistical neighbour average", &|word| (word == "neighbour").then_some(5.0)),
            Some(Target::Benchmark(Some(5.0)))
        );
        assert_eq!(target("Trend Measure", &none), Some(Target::TrendOnly));
        assert_eq!(target("TBC", &none), Some(Target::ToBeConfirmed));
        assert_eq!(target("as good as last year", &none), None);
    }
}
