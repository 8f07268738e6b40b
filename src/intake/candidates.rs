//! Which block of each pipeline a file's header comes nearest to, and on which sheet and row.

use std::collections::BTreeSet;

use crate::grid::TextTable;
use crate::normalise::{Fit, fit, is_template};
use crate::pipeline::{Pipeline, ReleaseBlock};

use super::arrival::Arrival;
use crate::refresh::names::{Named, name_fits, named};

/// A block that may be the one for a file.
pub(super) struct Candidate<'p> {
    /// The pipeline.
    pub pipeline: &'p Pipeline,
    /// The block.
    pub block: &'p ReleaseBlock,
    /// How the file's name stands to the one that the block asks for.
    pub named: Named,
    /// How well the header fits.
    pub fit: Fit,
    /// How many of the columns that the block takes figures from are there by name; those that a pattern leaves open
    /// do not count.
    pub figures: usize,
    /// The sheet, by number.
    pub sheet: usize,
    /// The header row that fits, where it is not the declared one.
    pub moved_to: Option<u32>,
    /// Whether the sheet is not the one the block asks for.
    pub other_sheet: bool,
    /// Other sheets that the block does not ask for either and that fit as well.
    pub rivals: Vec<String>,
}

impl Candidate<'_> {
    /// Whether every column that the block names is there, in the sheet and row it says.
    pub fn fits(&self) -> bool {
        self.fit.missing.is_empty() && self.fit.found > 0 && self.moved_to.is_none() && !self.other_sheet
    }

    /// The share of the named columns that is there.
    pub fn share(&self) -> f64 {
        self.fit.found as f64 / (self.fit.found + self.fit.missing.len()).max(1) as f64
    }

    /// Fitting before not, share of names, the file's own name, number of names.
    fn order(&self) -> (bool, u32, Named, usize) {
        (self.fits(), (self.share() * 1000.0) as u32, self.named, self.fit.found)
    }
}

/// The best block of each pipeline for a file, the likeliest first; pipelines of which it has nothing are left out,
/// unless `all` are wanted. Only sheets that `wanted` accepts are looked at.
pub(super) fn candidates<'p>(
    arrival: &Arrival,
    pipelines: &[&'p Pipeline],
    all: bool,
    wanted: &dyn Fn(&str) -> bool,
) -> Vec<Candidate<'p>> {
    let mut found: Vec<Candidate<'p>> = pipelines
        .iter()
        .filter_map(|&pipeline| {
            let blocks =
                pipeline.releases.iter().rev().filter_map(|block| candidate(arrival, pipeline, block, all, wanted));
            // Of blocks that fit alike the newest is the one.
            blocks.reduce(|best, other| if other.order() > best.order() { other } else { best })
        })
        .filter(|candidate| all || candidate.fit.found > 0)
        .collect();
    found.sort_by(|a, b| b.order().cmp(&a.order()).then_with(|| a.pipeline.name.cmp(&b.pipeline.name)));
    found
}

/// The best sheet and header row for a block.
pub(super) fn candidate<'p>(
    arrival: &Arrival,
    pipeline: &'p Pipeline,
    block: &'p ReleaseBlock,
    all: bool,
    wanted: &dyn Fn(&str) -> bool,
) -> Option<Candidate<'p>> {
    let mut all: Vec<Candidate<'p>> = arrival
        .filled()
        .filter(|&sheet| arrival.sheet(sheet).0.is_empty() || wanted(arrival.sheet(sheet).0))
        .flat_map(|sheet| places(arrival, block, sheet).map(move |moved_to| (sheet, moved_to)))
        .filter_map(|(sheet, moved_to)| of_place(arrival, pipeline, block, sheet, moved_to, all))
        .collect();
    // A sheet that is asked for by name goes before one that only has its columns, one that Excel shows before a hidden one.
    let rank = |candidate: &Candidate<'_>| {
        (candidate.order(), !candidate.other_sheet, !arrival.opened.is_hidden(candidate.sheet))
    };
    let at = (0..all.len()).reduce(|best, other| if rank(&all[other]) > rank(&all[best]) { other } else { best })?;
    let mut best = all.swap_remove(at);
    let is_rival = |other: &&Candidate<'_>| rank(other) == rank(&best) && other.sheet != best.sheet;
    best.rivals = all.iter().filter(is_rival).map(|other| arrival.sheet(other.sheet).0.to_owned()).collect();
    best.rivals.retain(|_| best.other_sheet);
    best.rivals.dedup();
    Some(named_alike(arrival, best, all))
}

/// Of sheets that fit alike, the one whose title is nearest to the one that the block asks for, where one alone is.
fn named_alike<'p>(arrival: &Arrival, best: Candidate<'p>, all: Vec<Candidate<'p>>) -> Candidate<'p> {
    let Some(pattern) = best.block.sheet.as_ref().filter(|_| !best.rivals.is_empty()) else { return best };
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let asked = words(pattern.get_ref());
    let shared = |sheet: usize| words(arrival.sheet(sheet).0).intersection(&asked).count();
    let (rivals, first) = (best.rivals.clone(), best.sheet);
    let is_rival = |other: &Candidate<'p>| rivals.iter().any(|title| *title == arrival.sheet(other.sheet).0);
    let mut alike: Vec<Candidate<'p>> = all.into_iter().filter(is_rival).chain([best]).collect();
    alike.sort_by_key(|candidate| shared(candidate.sheet));
    let counts: Vec<usize> = alike.iter().map(|candidate| shared(candidate.sheet)).collect();
    let alone = counts.last().is_some_and(|most| counts.iter().filter(|count| *count == most).count() == 1);
    let at =
        if alone { alike.len() - 1 } else { alike.iter().position(|candidate| candidate.sheet == first).unwrap_or(0) };
    let mut chosen = alike.swap_remove(at);
    chosen.rivals = if alone { Vec::new() } else { rivals };
    chosen
}

/// The header rows to try on a sheet: the declared one, and the likely one where that is another.
fn places(arrival: &Arrival, block: &ReleaseBlock, sheet: usize) -> impl Iterator<Item = Option<u32>> + use<> {
    let rows = block.header.rows();
    let declared = rows.last().copied().unwrap_or(1);
    let several = rows.len() != 1;
    let likely = arrival.likely_headers(sheet).iter().copied();
    let moved: Vec<u32> = likely.filter(|row| *row != declared && !several).collect();
    std::iter::once(None).chain(moved.into_iter().map(Some))
}

/// How a block stands to one sheet and header row; where it has none of the names only if `all` are wanted.
pub(super) fn of_place<'p>(
    arrival: &Arrival,
    pipeline: &'p Pipeline,
    block: &'p ReleaseBlock,
    sheet: usize,
    moved_to: Option<u32>,
    all: bool,
) -> Option<Candidate<'p>> {
    let table: TextTable = arrival.cut(sheet, block, moved_to, Some(50)).ok()?;
    // Patterns are dear to try, and a sheet with none of the plain names is none of the block's.
    let names = block.columns.values().flat_map(|columns| &columns.get_ref().0).map(String::as_str);
    let broken_down = block.breakdown.iter().chain(&block.filters).map(|name| name.get_ref().as_str());
    let is_there = |name: &str| is_template(name) || table.position(name).is_some();
    if !all && !names.chain(block.area.columns()).chain(broken_down).any(is_there) && block.indicators.is_none() {
        return None;
    }
    let fit = fit(block, &table, &arrival.meta);
    let title = arrival.sheet(sheet).0;
    let is_asked = |pattern: &str| title.eq_ignore_ascii_case(pattern) || name_fits(title, pattern);
    let other_sheet = block.sheet.as_ref().is_some_and(|pattern| !is_asked(pattern.get_ref()));
    let named_columns =
        block.columns.iter().flat_map(|(key, columns)| columns.get_ref().0.iter().map(move |name| (key, name)));
    let is_there =
        |key: &str, name: &str| !fit.missing.iter().any(|missing| missing.key == key && missing.name == name);
    let figures = named_columns.filter(|(key, name)| !is_open(name) && is_there(key, name)).count();
    Some(Candidate {
        pipeline,
        block,
        named: named(&arrival.name, block.file.get_ref()),
        fit,
        figures,
        sheet,
        moved_to,
        other_sheet,
        rivals: Vec::new(),
    })
}

/// Whether a column's name is a pattern that says hardly anything, such as `{breakdown}` alone.
pub(super) fn is_open(name: &str) -> bool {
    let plain = name.replace("{period}", "").replace("{breakdown}", "");
    is_template(name) && plain.chars().filter(|c| c.is_alphanumeric()).count() < 3
}
