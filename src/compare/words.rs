//! The words of the comparisons table as codes: what is said of a row is a number until the column is made.

use super::change::Previous;
use super::groups::Groups;
use super::sets::Sets;
use super::{Comparator, change::Changes};
use crate::frame::{Coded, Words};
use crate::reading::Link;
use crate::statistics::Polarity;
use crate::statistics::benchmark::Outcome;
use crate::statistics::trend::Marker;
use crate::statistics::unusual::Place;
use crate::value::Status;

/// A figure against a comparator, beyond chance; in order, as are all lists here.
pub(super) const BEYOND: [&str; 7] = ["", "better", "higher", "lower", "similar", "small cohort", "worse"];
/// A place in the funnel.
pub(super) const UNUSUAL: [&str; 6] = ["", "above", "below", "far above", "far below", "within"];
/// Quartile bands.
pub(super) const BANDS: [&str; 5] = ["", "A", "B", "C", "D"];
/// Whether a band is certain.
pub(super) const CERTAIN: [&str; 3] = ["", "no", "yes"];
/// Trends.
pub(super) const TRENDS: [&str; 8] = [
    "",
    "decreasing",
    "decreasing_getting_better",
    "decreasing_getting_worse",
    "increasing",
    "increasing_getting_better",
    "increasing_getting_worse",
    "no_change",
];
/// What the choice of average or of set turns over.
pub(super) const FLIPS: [&str; 4] = ["", "average", "average and set", "set"];
/// How a comparator's figure is made.
pub(super) const AVERAGES: [&str; 2] = ["mean", "published"];

/// How the figure of a comparator is made.
pub(super) fn average(comparator: &Comparator) -> &'static str {
    AVERAGES[usize::from(comparator.is_published())]
}

/// The code of an outcome; none of the wordings used here is best or worst.
pub(super) fn beyond(outcome: Outcome) -> u8 {
    match outcome {
        Outcome::Best | Outcome::Better => 1,
        Outcome::Higher => 2,
        Outcome::Lower => 3,
        Outcome::Similar => 4,
        Outcome::None => 5,
        Outcome::Worse | Outcome::Worst => 6,
    }
}

/// The code of a place in the funnel.
pub(super) fn unusual(place: Option<Place>) -> u8 {
    match place {
        None => 0,
        Some(Place::Above) => 1,
        Some(Place::Below) => 2,
        Some(Place::FarAbove) => 3,
        Some(Place::FarBelow) => 4,
        Some(Place::Within) => 5,
    }
}

/// The code of a trend, by polarity.
pub(super) fn trend(marker: Marker, polarity: Polarity) -> u8 {
    let direction = match marker {
        Marker::CannotBeCalculated => return 0,
        Marker::NoChange => return 7,
        Marker::Decreasing => 1,
        Marker::Increasing => 4,
    };
    match marker.is_improvement(polarity) {
        None => direction,
        Some(true) => direction + 1,
        Some(false) => direction + 2,
    }
}

/// The word for a polarity.
pub(super) fn polarity(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::High => "high",
        Polarity::Low => "low",
        Polarity::None => "none",
    }
}

/// A list of words in order, with the code of each thing that has one of them.
#[derive(Default)]
pub(super) struct List {
    pub words: Vec<String>,
    pub codes: Vec<u32>,
}

impl List {
    /// The words that `each` gives, one a thing.
    pub fn of<'t>(each: impl Iterator<Item = &'t str>) -> List {
        let mut words = Words::default();
        let codes: Vec<u32> = each.map(|word| words.code(word)).collect();
        let ordered = words.ordered();
        List { codes: codes.iter().map(|&code| ordered.ranks[code as usize]).collect(), words: ordered.words }
    }
}

/// The words that do not depend on the slice.
pub(super) struct Vocabulary {
    /// All statuses in order; `statuses` is by the code of the source.
    pub status: Vec<String>,
    statuses: Vec<u32>,
    /// By set.
    pub comparators: List,
    pub averages: Vec<u32>,
    /// By set and place.
    pub names: List,
    width: usize,
    /// By measure.
    pub units: List,
    pub polarities: List,
    /// By group.
    pub lengths: List,
    /// By group, and last that of a figure without a partner.
    pub notes: List,
}

impl Vocabulary {
    pub fn of(groups: &Groups<'_>, sets: &Sets, changes: &Changes, status: &Coded<'_>) -> Vocabulary {
        let mut all: Vec<&str> = Status::ALL.iter().map(|status| status.word()).collect();
        all.sort_unstable();
        let code = |word: &str| all.binary_search(&word).unwrap_or_default() as u32;
        let keys: Vec<String> = sets.0.iter().map(|set| set.comparator.key()).collect();
        let lengths: Vec<String> = groups.when.iter().map(|when| when.length().to_string()).collect();
        let notes: Vec<String> = changes.previous.iter().map(note).collect();
        Vocabulary {
            statuses: status.words.iter().map(|word| code(word)).collect(),
            comparators: List::of(keys.iter().map(String::as_str)),
            averages: sets.0.iter().map(|set| u32::from(set.comparator.is_published())).collect(),
            names: List::of(sets.0.iter().flat_map(|set| set.names.iter().map(String::as_str))),
            width: groups.authorities.len(),
            units: List::of(groups.subjects.iter().map(|subject| subject.unit.word())),
            polarities: List::of(groups.subjects.iter().map(|subject| polarity(subject.polarity))),
            lengths: List::of(lengths.iter().map(String::as_str)),
            notes: List::of(notes.iter().map(String::as_str).chain([Link::NO_FIGURE, ""])),
            status: all.into_iter().map(str::to_owned).collect(),
        }
    }

    /// The code of a status of the source.
    pub fn status(&self, code: usize) -> u32 {
        self.statuses[code]
    }

    /// The code of a status.
    pub fn status_of(&self, status: Status) -> u32 {
        self.status.iter().position(|word| word == status.word()).unwrap_or_default() as u32
    }

    /// The codes of the names of set `number`, by place.
    pub fn names_of(&self, number: usize) -> &[u32] {
        &self.names.codes[number * self.width..(number + 1) * self.width]
    }

    /// The code of the note for a change that lacks a figure, and of none.
    pub fn lost_and_none(&self) -> (u32, u32) {
        let codes = &self.notes.codes;
        (codes[codes.len() - 2], codes[codes.len() - 1])
    }
}

/// Why there is no change; empty where there is one.
pub(super) fn note(previous: &Previous) -> String {
    match previous {
        Previous::Group(_) => String::new(),
        Previous::None(why) => why.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_in_order() {
        let lists: [&[&str]; 7] = [&BEYOND, &UNUSUAL, &BANDS, &CERTAIN, &TRENDS, &FLIPS, &AVERAGES];
        for list in lists {
            assert!(list.is_sorted(), "{list:?}");
        }
        for marker in [Marker::Increasing, Marker::Decreasing, Marker::NoChange] {
            for polarity in [Polarity::High, Polarity::Low, Polarity::None] {
                assert_eq!(TRENDS[usize::from(trend(marker, polarity))], marker.worded(polarity));
            }
        }
        for place in [Place::FarBelow, Place::Below, Place::Within, Place::Above, Place::FarAbove] {
            assert_eq!(UNUSUAL[usize::from(unusual(Some(place)))], place.word());
        }
        for outcome in [Outcome::Better, Outcome::Similar, Outcome::Worse, Outcome::Higher, Outcome::Lower] {
            assert_eq!(BEYOND[usize::from(beyond(outcome))], outcome.as_str());
        }
    }
}
