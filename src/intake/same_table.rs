//! Whether a file is another release of a table: what its header, its name, its words and its figures say together.
//!
//! Files of one publisher often have one header, so that equal columns alone make two candidates and never a rename.

use super::candidates::{Candidate, is_open};
use super::common::{Agreement, Common, View, share_words};
use super::shelf::Before;
use crate::area::Register;
use crate::grid::Title;
use crate::normalise::columns_of;
use crate::refresh::names::{Named, is_month};

/// How many columns are held against each other at most.
const COLUMNS: usize = 12;

/// What the figures and words of a file say, held against the release before.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Evidence {
    /// The release it was held against; none where none is filed.
    pub release: Option<String>,
    /// Figures that both releases have and that agree, and all that both have.
    pub figures: (usize, usize),
    /// Whether the figures are of the same periods, so that they should agree.
    pub dated: bool,
    /// The share of the words beside the figures that the release before has as well.
    pub words: Option<f64>,
    /// A title that both have, but for its years.
    pub title: Option<String>,
}

/// What a file is to a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SameTable {
    /// Another release of it.
    Kin,
    /// It may be: nothing but the header speaks for it.
    Perhaps,
    /// Another data set.
    Stranger,
}

impl Evidence {
    /// Holds the columns that the block names in both files against each other.
    pub fn of(candidate: &Candidate<'_>, new: View<'_>, before: Option<&Before<'_>>, register: &Register) -> Evidence {
        let Some(before) = before else { return Evidence::default() };
        let old = before.view(register);
        let common = Common::of(old, new, register);
        let across = candidate
            .block
            .columns
            .values()
            .flat_map(|columns| &columns.get_ref().0)
            .any(|name| name.contains("{period}"));
        let pairs = pairs(candidate, new, before);
        let all = pairs.iter().take(COLUMNS).map(|&(one, other)| common.agreement(one, other));
        let figures =
            all.fold((0, 0), |sum: (usize, usize), found: Agreement| (sum.0 + found.agree, sum.1 + found.shared));
        Evidence {
            release: Some(before.release.to_string()),
            figures,
            dated: common.dated || across,
            words: share_words(old, new),
            title: title(before.table.around.titles.iter(), new.table.around.titles.iter()),
        }
    }

    /// What the figures say alone, else the words.
    fn verdict(&self) -> Option<bool> {
        let (agree, shared) = self.figures;
        if self.dated && shared >= 10 {
            let share = agree as f64 / shared as f64;
            return if share >= 0.7 {
                Some(true)
            } else if share < 0.3 {
                Some(false)
            } else {
                None
            };
        }
        match (self.words, &self.title) {
            (Some(0.0), _) => Some(false),
            (_, Some(_)) => Some(true),
            _ => None,
        }
    }

    /// What was found, in words; empty where there was nothing to compare.
    pub fn text(&self) -> String {
        let Some(release) = &self.release else {
            return "no earlier release is filed, so that only names are compared".to_owned();
        };
        let figures = match (self.figures, self.dated) {
            ((agree, shared), true) if shared > 0 => format!(", {agree} of {shared} figures agree"),
            _ if self.words == Some(0.0) => ", no word beside the figures is the same".to_owned(),
            _ => String::new(),
        };
        let title = self.title.as_ref().map_or_else(String::new, |title| format!(", the same title `{title}`"));
        format!("compared with release {release}{figures}{title}")
    }

    /// Whether the figures speak for the table.
    pub fn speaks_for(&self) -> bool {
        self.verdict() == Some(true)
    }

    /// Whether figures or words speak against it.
    pub fn speaks_against(&self) -> bool {
        self.verdict() == Some(false)
    }
}

/// What a candidate is to its table.
pub(super) fn same_table(candidate: &Candidate<'_>, evidence: &Evidence) -> SameTable {
    if candidate.named == Named::AsAsked && (candidate.fits() || candidate.figures > 0) {
        return SameTable::Kin;
    }
    // A header that is there in part, and nothing that says whose it is.
    let near = candidate.fits() || (candidate.share() >= 0.4 && candidate.fit.found >= 2 && candidate.figures > 0);
    match evidence.verdict() {
        _ if !near => SameTable::Stranger,
        Some(true) => SameTable::Kin,
        // A name that is the table's own outweighs figures that were all revised; that they were is said.
        _ if candidate.named >= Named::Same => SameTable::Kin,
        Some(false) => SameTable::Stranger,
        None if candidate.fits() && has_figures(candidate) => SameTable::Perhaps,
        None if candidate.share() >= 0.6 || candidate.named == Named::Like => SameTable::Perhaps,
        None => SameTable::Stranger,
    }
}

/// The first title of a file that the release before has too, but for years and digits; of a few words none is told.
fn title<'t>(old: impl Iterator<Item = &'t Title>, new: impl Iterator<Item = &'t Title>) -> Option<String> {
    let words = |title: &Title| -> Vec<String> {
        let words = title.text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 1);
        words.map(str::to_lowercase).filter(|word| !is_month(word)).collect()
    };
    let known: Vec<Vec<String>> = old.map(words).collect();
    let is_known = |title: &&Title| {
        let own = words(title);
        // A line about the sheet itself stands on many; one that names a year is about the figures.
        let digits = title.text.split(|c: char| !c.is_ascii_digit());
        let has_year = digits.into_iter().any(|digits| digits.len() == 4 && digits.starts_with(['1', '2']));
        (4..=40).contains(&own.len()) && has_year && known.contains(&own)
    };
    new.filter(|title| title.text.len() <= 300).find(is_known).map(|title| title.text.clone())
}

/// Whether any figure of the block is taken by its name, or all of them are.
fn has_figures(candidate: &Candidate<'_>) -> bool {
    candidate.figures > 0 || candidate.block.indicators.is_some() || candidate.block.columns.is_empty()
}

/// The columns that the block takes figures from, in the file before and in the new one.
fn pairs(candidate: &Candidate<'_>, new: View<'_>, before: &Before<'_>) -> Vec<(usize, usize)> {
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (key, columns) in &candidate.block.columns {
        for name in columns.get_ref().0.iter().filter(|name| !is_open(name)) {
            for column in columns_of(name, new.table) {
                let header = new.table.names().nth(column).unwrap_or_default();
                pairs.extend(before.column(key, header).map(|old| (old, column)));
            }
        }
    }
    if pairs.is_empty() {
        let there = |name: &String| before.table.position(name).zip(new.table.position(name));
        pairs.extend(new.columns.numbers.iter().filter_map(there));
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

impl Before<'_> {
    /// The column of the release before for what is `name` now: of that name, else the one that its own block maps.
    pub fn column(&self, key: &str, name: &str) -> Option<usize> {
        let named = self.table.position(name);
        named.or_else(|| {
            let columns = self.block.columns.get(key)?;
            self.table.position(columns.get_ref().0.first()?)
        })
    }
}
