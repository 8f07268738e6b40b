//! Areas that stand in publishers' files beside the authorities and are none of them: districts, Wales, Scotland, Northern
//! Ireland, unions of countries. They are known, so that their rows are left out by a rule and not taken for mistakes.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::lines::rows;
use super::names::{bare, fold};
use crate::finding::{Error, MOST_OF_A_WORD};

/// The rule of rows about an area outside England.
const OUTSIDE: &str = "area outside England";
/// The rule of rows about a district.
const DISTRICT: &str = "district below a county";
/// The rule of rows about a union of authorities.
const UNION: &str = "combined authority or metropolitan county";

/// The rules by which rows about areas that are no authority are left out.
pub const ELSEWHERE: [&str; 3] = [OUTSIDE, DISTRICT, UNION];

#[derive(Deserialize)]
struct Row {
    name: String,
    #[serde(rename = "where")]
    place: String,
}

/// The areas that are no local authority here, by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Elsewhere(FxHashMap<String, &'static str>);

impl Elsewhere {
    /// Reads `elsewhere.csv`.
    ///
    /// # Errors
    /// A line that does not fit.
    pub fn read(text: &str) -> Result<Elsewhere, Error> {
        let rule = |place: &str| if place == "district" { DISTRICT } else { OUTSIDE };
        let known = rows::<Row>("elsewhere.csv", text)?;
        Ok(Elsewhere(known.iter().map(|row| (bare(&row.name), rule(&row.place))).collect()))
    }

    /// The rule that leaves out rows about the area with this 9-character code or this name; none where it is not known.
    pub fn rule(&self, code: &str, name: &str) -> Option<&'static str> {
        if name.len() > MOST_OF_A_WORD {
            return None;
        }
        by_code(code).or_else(|| self.0.get(&bare(name)).copied()).or_else(|| {
            let folded = fold(name);
            folded.ends_with("combined authority").then_some(UNION)
        })
    }
}

/// What the first letters of a 9-character code say: England's codes begin with E, those of the United Kingdom, of Great
/// Britain and of England and Wales with K.
fn by_code(code: &str) -> Option<&'static str> {
    let code = code.trim();
    let digits = code.get(1..)?;
    if digits.len() != 8 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    match code.get(..3)? {
        "E07" => Some(DISTRICT),
        "E11" | "E47" => Some(UNION),
        "E92" => None,
        other => other.starts_with(['W', 'S', 'N', 'K', 'J', 'L', 'M']).then_some(OUTSIDE),
    }
}

#[cfg(test)]
mod tests {
    use super::Elsewhere;

    #[test]
    fn areas_that_are_no_authority_are_known() {
        let known = Elsewhere::read("name,where\nWales,Wales\nAdur,district\n").expect("a list");
        for (code, name, expected) in [
            ("W06000015", "", Some("area outside England")),
            ("K02000001", "United Kingdom", Some("area outside England")),
            ("", "Wales", Some("area outside England")),
            ("E07000223", "", Some("district below a county")),
            ("", "Adur District Council", Some("district below a county")),
            ("E47000001", "", Some("combined authority or metropolitan county")),
            ("", "West of England Combined Authority", Some("combined authority or metropolitan county")),
            ("E06000023", "Bristol", None),
            ("SUMMARY01", "Summary", None),
            ("", "Brimingham", None),
        ] {
            assert_eq!(known.rule(code, name), expected, "{code} {name}");
        }
    }
}
