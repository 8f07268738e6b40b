//! The words of council plans to targets and aims: "24%", "National Average (currently 52%)", "Trend", "TBC".
//!
//! In: cells of a council's own file. Out: `statistics::target` types; words that cannot be read say so.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::finding::{Error, Place};
use crate::period::Period;
use crate::statistics::Polarity;
use crate::statistics::target::{Aim, Target};

mod words;

pub use words::{number, side, target, tolerance};

/// The name of a targets file.
pub const FILE: &str = "targets.csv";
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

/// Which way is good, as a council writes it: in the column of aims, else in the target's own words, else by the
/// measure's polarity. None where the target asks for the other side than the aim.
pub fn aim(words: &str, target: &str, polarity: Polarity) -> Option<Aim> {
    let side = side(target).map(|side| side.aim);
    match (told(words), side) {
        (Some(aim), Some(side)) => (aim == side).then_some(aim),
        (aim, side) => Some(aim.or(side).unwrap_or(Aim::from_polarity(polarity))),
    }
}

/// The aim that the column of aims tells.
fn told(words: &str) -> Option<Aim> {
    const AIMS: [(Aim, &[&str]); 3] = [
        (Aim::Plan, &["plan", "stabilise", "stable", "maintain"]),
        (Aim::Bigger, &["bigger", "higher", "increase", "more", "maximise", "up"]),
        (Aim::Smaller, &["smaller", "lower", "decrease", "reduce", "less", "fewer", "minimise", "down"]),
    ];
    let text = words.to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphabetic());
    words.find_map(|word| AIMS.iter().find(|(_, known)| known.contains(&word)).map(|(aim, _)| *aim))
}

/// The kind of a target in words, for a reader.
pub fn kind(target: Option<Target>) -> &'static str {
    match target {
        Some(Target::Number(_) | Target::Beyond(_)) => "a number",
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
    use super::aim;
    use crate::statistics::Polarity;
    use crate::statistics::target::Aim;

    #[test]
    fn which_way_is_good() {
        assert_eq!(aim("Smaller is better", "24%", Polarity::None), Some(Aim::Smaller));
        assert_eq!(aim("", "no more than 5", Polarity::None), Some(Aim::Smaller));
        assert_eq!(aim("", "24%", Polarity::High), Some(Aim::Bigger));
        assert_eq!(aim("stabilise", "15", Polarity::Low), Some(Aim::Plan));
        assert_eq!(aim("smaller is better", "at least 95%", Polarity::Low), None, "the one says this, the other that");
        assert_eq!(aim("", "at least 95%", Polarity::Low), Some(Aim::Bigger), "the words go before the polarity");
    }
}
