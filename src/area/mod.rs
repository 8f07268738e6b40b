//! Authorities, regions, groups and statistical neighbours: who exists when, under which names and codes.
//!
//! The 3-digit code outlives the 9-character one, so a series is keyed on it; dates decide which authority a
//! name or code means ("Dorset" is two). Names go through one alias table and are never guessed.

mod authority;
mod code;
mod elsewhere;
mod groups;
mod lines;
mod list;
mod names;
mod register;
mod spelling;

use crate::finding::MOST_OF_A_WORD;

pub use authority::{Authority, Region};
pub use code::LaCode;
pub use elsewhere::ELSEWHERE;
pub use groups::{Group, NeighbourSets};
pub use names::{fold, without_order};
pub use register::Register;

/// The geographic level of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// England.
    Country,
    /// One of the nine regions, or Inner or Outer London.
    Region,
    /// A local authority.
    Authority,
    /// A school or another setting below the authority.
    School,
    /// Any other level a publisher prints (constituency, district, trust); kept, never compared.
    Other,
}

impl Level {
    /// All levels, from the whole to the part.
    pub const ALL: [Level; 5] = [Level::Country, Level::Region, Level::Authority, Level::School, Level::Other];

    /// The word in the tables.
    pub fn word(self) -> &'static str {
        match self {
            Level::Country => "country",
            Level::Region => "region",
            Level::Authority => "authority",
            Level::School => "school",
            Level::Other => "other",
        }
    }

    /// The level a publisher means by `word`, in any case: "National", "Local authority", "LA", "School".
    pub fn from_publisher(word: &str) -> Option<Level> {
        if word.len() > MOST_OF_A_WORD {
            return None;
        }
        Some(match word.trim().to_lowercase().as_str() {
            "national" | "country" | "nation" => Level::Country,
            "regional" | "region" | "government office region" => Level::Region,
            "local authority"
            | "la"
            | "local_authority"
            | "authority"
            | "county or unitary authority"
            | "county"
            | "unitary authority"
            | "metropolitan district"
            | "london borough" => Level::Authority,
            "school" | "provider" | "institution" => Level::School,
            "local authority district"
            | "non-metropolitan district"
            | "metropolitan county"
            | "council area"
            | "local government district"
            | "combined authority"
            | "combined authority or city region"
            | "parliamentary constituency"
            | "multi-academy trust"
            | "mat"
            | "mat sponsor"
            | "ward"
            | "planning area"
            | "local enterprise partnership"
            | "english devolved area"
            | "mayoral combined authority"
            | "regional school commissioner region"
            | "rsc region"
            | "police force area"
            | "opportunity area"
            | "sponsor"
            | "team"
            | "area" => Level::Other,
            _ => return None,
        })
    }
}
