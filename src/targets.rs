//! The words of council plans to targets and aims: "24%", "National Average (currently 52%)", "Trend", "TBC".
//!
//! In: cells of a council's own file. Out: `statistics::target` types; words that cannot be read say so.

use std::path::Path;

use serde::Deserialize;

use crate::finding::{Error, Place};
use crate::own_files::{self, Kind};
use crate::period::Period;
use crate::statistics::Polarity;
use crate::statistics::target::{Aim, Target};

mod words;

pub use words::{average_of, number, side, target, tolerance};

const KIND: Kind = Kind {
    file: own_files::TARGETS,
    what: "a targets file",
    help: "its columns are authority,ref,measure,period,target,aim,tolerance,frequency,owner,priority; authority, measure and target are needed; save it from Excel as CSV UTF-8",
};

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
    /// The priority of the plan that it belongs to.
    #[serde(default)]
    pub priority: String,
    /// Where it stands.
    #[serde(skip)]
    pub place: Place,
}

/// The rows of every `targets.csv` in the releases of a return, oldest release first.
///
/// # Errors
/// A row that cannot be read, with its file and line.
pub fn read(folder: &Path) -> Result<Vec<TargetRow>, Error> {
    let rows = own_files::rows::<TargetRow>(folder, KIND)?;
    rows.into_iter().map(|(row, place)| sound(TargetRow { place, ..row })).collect()
}

/// The row, where its period and its tolerance can be read.
fn sound(row: TargetRow) -> Result<TargetRow, Error> {
    if let Some(Err(message)) = (!row.period.trim().is_empty()).then(|| Period::parse(&row.period, "", None)) {
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
